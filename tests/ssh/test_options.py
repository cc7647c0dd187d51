"""How this server speaks SSH, as its live options and its answers say it."""

from typing import Any, Final

import asyncssh
import pytest

from bunniz_bbs.config.settings import Algorithms
from bunniz_bbs.ssh.options import make_options
from bunniz_bbs.ssh.server import CannotListen, listen, refuse_textual_environment
from tests.ssh.front import Front, host_key
from tests.ssh.gate import NO_CONFIG

KEX: Final = ["mlkem768x25519-sha256", "curve25519-sha256"]
KEX_OLD_NAME: Final = "curve25519-sha256@libssh.org"
SIGNATURES: Final = [
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "rsa-sha2-512",
    "rsa-sha2-256",
]
"""Members' keys of older kinds too; never SHA-1."""
WANTED: Final[dict[str, Any]] = {
    # Algorithms.
    "kex_algs": [*KEX, KEX_OLD_NAME],
    "encryption_algs": ["aes256-gcm@openssh.com", "aes128-gcm@openssh.com"],
    "mac_algs": ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"],
    "compression_algs": ["none"],
    "signature_algs": SIGNATURES,
    "server_host_keys": ["ssh-ed25519"],
    # It would sign whatever a client sends, on and on.
    "all_server_host_keys": [],
    "rekey_bytes": 256 * 2**20,
    "rekey_seconds": 3600,
    # Who comes in. Keyboard-interactive asks nothing, and lets in guests alone.
    "public_key_auth": True,
    "kbdint_auth": True,
    "password_auth": False,
    "host_based_auth": False,
    "authorized_client_keys": [],
    "known_client_hosts": None,
    "trust_client_host": False,
    "login_timeout": 18,
    # No Kerberos without a host name; the two others then mean nothing.
    "gss_host": None,
    "gss_auth": True,
    "gss_kex": True,
    "gss_store": None,
    "x509_trusted_certs": None,
    "x509_trusted_cert_paths": [],
    "x509_purposes": "secureShellClient",
    # What is done for them: a session with a terminal, and nothing else.
    "allow_pty": True,
    "agent_forwarding": False,
    "x11_forwarding": False,
    "x11_auth_path": None,
    "allow_scp": False,
    "sftp_factory": None,
    "sftp_version": 3,
    "process_factory": None,
    "session_factory": None,
    # Bytes go through as they are; the four below mean nothing without an editor.
    "encoding": None,
    "errors": "strict",
    "line_editor": False,
    "line_echo": True,
    "line_history": 1000,
    "max_line_length": 1024,
    "utf8_decode_errors": "strict",
    # The wire. Dead peers are found by the kernel.
    "version": "bunniz",
    "window": 65536,
    "max_pktsize": 32768,
    "tcp_keepalive": True,
    "keepalive_interval": 0,
    "keepalive_count_max": 3,
    # Nobody is looked up, nothing is connected to.
    "rdns_lookup": False,
    "host": "",
    "orig_host": "",
    "port": 22,
    "family": 0,
    "local_addr": None,
    "connect_timeout": None,
    "tunnel": None,
    "proxy_command": None,
    "passphrase": None,
    "canonicalize_hostname": False,
    "canonicalize_fallback_local": True,
    "canonicalize_max_dots": 1,
    "canonicalize_permitted_cnames": [],
    "canonical_domains": [],
}
OURS: Final = {"protocol_factory", "kwargs", "config"}
"""Who asks for keys, what was set to get here, and files that were read: see below."""


def plain(value: Any) -> Any:
    """A value of an option without its wrapping: text for bytes, a list for any row."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list | tuple | dict):
        return [plain(one) for one in value]
    return value


async def live_options(front: Front) -> dict[str, Any]:
    """The options of a connection on which somebody is logged in."""
    await front.person("rosa")
    async with front.connect("rosa"):
        (connection,) = front.connections
        return vars(connection._options)


async def test_every_option_is_as_it_was_decided(front: Front) -> None:
    """On the live server: a default that a new version changes is noticed."""
    options = await live_options(front)

    found = {name: plain(options[name]) for name in WANTED if name in options}
    assert found == WANTED


async def test_every_option_was_decided(front: Front) -> None:
    """A new version of asyncssh that can do more may do it unasked."""
    assert set(await live_options(front)) - OURS == set(WANTED)


async def test_no_file_of_this_account_is_read(front: Front) -> None:
    """Neither for the server's settings nor for who may come in."""
    options = await live_options(front)

    assert options["kwargs"]["config"] == ()
    assert options["config"].get_options(False) == {}


def test_strict_differs_in_one_thing() -> None:
    """One key exchange, which holds against quantum computers."""
    seen: dict[Algorithms, dict[str, Any]] = {"default": {}, "strict": {}}
    for algorithms in seen:
        options = vars(make_options(host_key(), asyncssh.SSHServer, algorithms))
        seen[algorithms] = {name: plain(options[name]) for name in WANTED}

    assert seen["default"] == WANTED
    assert seen["strict"] == WANTED | {"kex_algs": ["mlkem768x25519-sha256"]}


@pytest.mark.parametrize("kex", [*KEX, KEX_OLD_NAME])
async def test_each_key_exchange_works(front: Front, kex: str) -> None:
    """With post-quantum clients and with older ones."""
    await front.person("rosa")

    async with front.connect("rosa", kex_algs=[kex]) as client:
        assert (await client.run("whoami")).exit_status == 0
        assert client.get_extra_info("recv_compression") == "none"


REFUSED: dict[str, Any] = {
    "nist curves": dict(kex_algs=["ecdh-sha2-nistp256", "ecdh-sha2-nistp521"]),
    "finite fields": dict(kex_algs=["diffie-hellman-group14-sha256"]),
    "group exchange": dict(kex_algs=["diffie-hellman-group-exchange-sha256"]),
    "chacha": dict(encryption_algs=["chacha20-poly1305@openssh.com"]),
    "ctr": dict(encryption_algs=["aes256-ctr"]),
    "cbc": dict(encryption_algs=["aes256-cbc"]),
    "zlib": dict(compression_algs=["zlib", "zlib@openssh.com"]),
    "rsa host key": dict(server_host_key_algs=["rsa-sha2-512"]),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_nothing_else_is_negotiated(front: Front, what: str) -> None:
    """A client that knows only this is turned away."""
    with pytest.raises(asyncssh.KeyExchangeFailed):
        await asyncssh.connect("127.0.0.1", front.port, **NO_CONFIG | REFUSED[what])


async def test_a_port_in_use_is_said_in_words(front: Front) -> None:
    """What is so, and what to do."""
    with pytest.raises(CannotListen, match="the port is in use"):
        await listen(front.reception, host_key(), "127.0.0.1", front.port)


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("no.such.name.invalid", 0, "no such address"),
        ("192.0.2.1", 0, "does not have that address"),
        ("127.0.0.1", 70000, "not an address to listen on"),
        ("a" * 300, 0, "not an address to listen on|no such address"),
    ],
)
async def test_an_odd_address_is_said_in_words(
    front: Front, host: str, port: int, said: str
) -> None:
    """Not as a trace of Python."""
    with pytest.raises(CannotListen, match=said):
        await listen(front.reception, host_key(), host, port)


def test_textuals_debugging_is_refused() -> None:
    """It would write down every key that members press."""
    refuse_textual_environment({"TERM": "xterm"})

    with pytest.raises(CannotListen, match="TEXTUAL_DEBUG is set"):
        refuse_textual_environment({"TEXTUAL_DEBUG": "1"})
