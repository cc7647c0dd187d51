"""How this server speaks SSH, as its live options and its answers say it."""

import inspect
import re
from typing import Any

import asyncssh
import pytest
from asyncssh.channel import SSHChannel, SSHServerChannel
from asyncssh.connection import SSHConnection, SSHServerConnection
from textual._parser import Parser
from textual._xterm_parser import XTermParser
from textual.app import App

from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.guard import GuardedConnection
from bunniz_bbs.ssh.options import make_options
from bunniz_bbs.ssh.proof import ProvingConnection
from bunniz_bbs.ssh.server import CannotListen, listen, refuse_textual_environment
from bunniz_bbs.tui.guarded import GuardedApp
from tests.ssh.front import NO_CONFIG, Front, host_key

KEX = [b"mlkem768x25519-sha256", b"curve25519-sha256", b"curve25519-sha256@libssh.org"]
WANTED: dict[str, Any] = {
    "kex_algs": KEX,
    "encryption_algs": [b"aes256-gcm@openssh.com", b"aes128-gcm@openssh.com"],
    "mac_algs": [b"hmac-sha2-256-etm@openssh.com", b"hmac-sha2-512-etm@openssh.com"],
    "compression_algs": [b"none"],
    "signature_algs": [
        b"ssh-ed25519",
        b"sk-ssh-ed25519@openssh.com",
        b"ecdsa-sha2-nistp256",
        b"sk-ecdsa-sha2-nistp256@openssh.com",
        b"rsa-sha2-512",
        b"rsa-sha2-256",
    ],
    "version": b"bunniz",
    "public_key_auth": True,
    "password_auth": False,
    "kbdint_auth": False,
    "host_based_auth": False,
    "gss_host": None,
    "x509_trusted_certs": None,
    "authorized_client_keys": [],
    "agent_forwarding": False,
    "x11_forwarding": False,
    "allow_scp": False,
    "sftp_factory": None,
    "process_factory": None,
    "session_factory": None,
    "rdns_lookup": False,
    "line_editor": False,
    "encoding": None,
    "window": 65536,
    "max_pktsize": 32768,
    "login_timeout": 20,
    "keepalive_interval": 0,
    "tcp_keepalive": True,
    "rekey_bytes": 256 * 2**20,
    "rekey_seconds": 3600,
}


@pytest.mark.parametrize("name", WANTED)
def test_each_option_is_as_it_was_decided(name: str) -> None:
    """A new version of asyncssh that changes a default is noticed."""
    options = make_options(host_key(), asyncssh.SSHServer)
    value = getattr(options, name)

    assert (list(value) if isinstance(value, tuple) else value) == WANTED[name]


def test_there_is_one_host_key_and_it_proves_nothing_on_request() -> None:
    """An ed25519 key; a client cannot make the server sign on and on."""
    options = make_options(host_key(), asyncssh.SSHServer)

    assert list(options.server_host_keys) == [b"ssh-ed25519"]
    assert not options.all_server_host_keys


@pytest.mark.parametrize("kex", [one.decode() for one in KEX])
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


BASES = {
    ProvingConnection: SSHServerConnection,
    GuardedConnection: SSHServerConnection,
    GuardedChannel: SSHServerChannel,
    GuardedApp: App,
}


@pytest.mark.parametrize("guard", BASES, ids=lambda one: one.__name__)
def test_every_private_name_that_is_overridden_exists(guard: type) -> None:
    """An override of a name that is gone would guard nothing."""
    for name, value in vars(guard).items():
        private = name.startswith("_") and not name.startswith("__")
        if not private or not (inspect.isfunction(value) or name.startswith("_pack")):
            continue
        assert hasattr(BASES[guard], name) or name in OWN[guard], name


OWN: dict[type, set[str]] = {
    ProvingConnection: {"_tell_unfit"},
    GuardedConnection: {"_end", "_rest", "_read_on", "_refuse", "_flush", "_unsent"},
    GuardedChannel: {"_line_is_clear"},
    GuardedApp: {"_hop", "_hopper"},
}


@pytest.mark.parametrize("guard", BASES, ids=lambda one: one.__name__)
def test_no_private_name_of_ours_is_one_of_theirs(guard: type) -> None:
    """What is ours alone must not override something by accident."""
    theirs = "".join(inspect.getsource(one) for one in BASES[guard].__mro__[:-1])
    set_here = re.findall(r"self\.(_\w+)(?:: [^=\n]+)? = ", inspect.getsource(guard))
    ours = OWN[guard] | set(set_here) - MEANT

    assert [name for name in ours if re.search(rf"\bself\.{name}\b", theirs)] == []


MEANT = {
    # Theirs, and set on purpose.
    *("_username", "_peer_addr", "_peer_host", "_peer_port", "_inpbuf"),
    *("_send_buf_len", "_send_state", "_send_window"),
    *("_loop", "_thread_id", "_exception", "_return_code", "_clipboard"),
    *("_capture_stdout", "_capture_stderr", "_filters"),
}


ATTRIBUTES: dict[type, tuple[str, ...]] = {
    SSHConnection: (
        "_auth_complete",
        "_cancel_login_timer",
        "_channels",
        "_deferred_packets",
        "_inpbuf",
        "_kex_complete",
        "_loop",
        "_peer_addr",
        "_peer_host",
        "_peer_port",
        "_session_id",
        "_transport",
        "_username",
    ),
    SSHChannel: (
        "_close_send",
        "_conn",
        "_env",
        "_pause_resume_writing",
        "_send_buf",
        "_send_buf_len",
        "_send_pktsize",
        "_send_state",
        "_send_window",
        "_session",
    ),
    Parser: ("_timeout_time",),
    XTermParser: ("_parse_extended_key",),
    App: (
        "_capture_stdout",
        "_capture_stderr",
        "_exception",
        "_exception_event",
        "_exit_renderables",
        "_filters",
        "_process_messages",
        "_thread_init",
    ),
}


@pytest.mark.parametrize("theirs", ATTRIBUTES, ids=lambda one: one.__name__)
def test_every_private_name_that_is_used_exists(theirs: type) -> None:
    """As an attribute that their own code sets or defines."""
    source = inspect.getsource(theirs)

    for name in ATTRIBUTES[theirs]:
        assert f"self.{name}" in source or f"def {name}" in source, name


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
