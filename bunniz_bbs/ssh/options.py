"""How this server speaks SSH: few algorithms, and nothing beside sessions."""

from collections.abc import Callable
from typing import Any, Final

import asyncssh

from bunniz_bbs.config.settings import Algorithms
from bunniz_bbs.ssh.keys import SIGNATURES

KEX: Final[dict[Algorithms, tuple[str, ...]]] = {
    # Clients before OpenSSH 9.9 need the second or the third, under its older name.
    "default": (
        "mlkem768x25519-sha256",
        "curve25519-sha256",
        "curve25519-sha256@libssh.org",
    ),
    "strict": ("mlkem768x25519-sha256",),
}
"""The first of each holds against quantum computers too."""
CIPHERS: Final = ("aes256-gcm@openssh.com", "aes128-gcm@openssh.com")
MACS: Final = ("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com")
WINDOW: Final = 65536
"""Bytes that a client may send before it is read."""
PACKET: Final = 32768
LOGIN_SECONDS: Final = 18


def make_options(
    host_key: bytes,
    doorkeeper: Callable[[], asyncssh.SSHServer],
    algorithms: Algorithms = "default",
) -> asyncssh.SSHServerConnectionOptions:
    """The options of every connection.

    Args:
        host_key: An ed25519 private key in OpenSSH's format.
        doorkeeper: Makes the one who asks each connection for its key.
        algorithms: What is offered to clients.
    """
    settings: dict[str, Any] = dict(
        server_factory=doorkeeper,
        # An object, not a file name: asyncssh would read the file at each log-in.
        server_host_keys=[asyncssh.import_private_key(host_key)],
        server_version="bunniz",
        kex_algs=KEX[algorithms],
        encryption_algs=CIPHERS,
        mac_algs=MACS,
        # Compressed lengths tell of contents, and a small packet can become a huge one.
        compression_algs=None,
        signature_algs=SIGNATURES,
        public_key_auth=True,
        password_auth=False,
        # Asks nothing: who has no key comes in as a guest (see proof.py).
        kbdint_auth=True,
        host_based_auth=False,
        gss_host=None,
        x509_trusted_certs=None,
        agent_forwarding=False,
        x11_forwarding=False,
        allow_scp=False,
        sftp_factory=None,
        rdns_lookup=False,
        line_editor=False,
        encoding=None,
        window=WINDOW,
        max_pktsize=PACKET,
        login_timeout=LOGIN_SECONDS,
        # Kernel keepalive finds dead peers without waking sessions.
        tcp_keepalive=True,
        keepalive_interval=0,
        rekey_bytes="256M",
        rekey_seconds="1h",
        # Nothing of this account's ~/.ssh is looked at.
        config=(),
    )
    return asyncssh.SSHServerConnectionOptions(**settings)
