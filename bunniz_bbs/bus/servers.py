"""Where the broker is: one address that may name several hosts."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

PORT: Final = 4222
_SCHEMES: Final = ("nats", "tls")


class AddressBroken(Exception):
    """The broker's address makes no sense; says why, and never holds its password."""


@dataclass(frozen=True, slots=True)
class Servers:
    """A broker that may be reached at several places."""

    urls: tuple[str, ...]
    """Each with a scheme, a host and a port, and nothing else."""
    encrypted: bool
    """Whether it is spoken to over TLS, or not at all."""
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    """None, with a user: the user is a token."""


def servers_from(address: str) -> Servers:
    """The places that `nats://[user:password@]host[:port][,host…]` names.

    Raises:
        AddressBroken: It makes no sense.
    """
    scheme, mark, rest = address.strip().partition("://")
    if not mark or scheme not in _SCHEMES:
        raise AddressBroken("it begins neither with nats:// nor with tls://")
    who, at, hosts = rest.rstrip("/").rpartition("@")
    user, colon, password = who.partition(":")
    if at and not user:
        raise AddressBroken("there is no user before the @")
    urls = tuple(_url(scheme, host) for host in hosts.split(","))
    return Servers(
        urls,
        scheme == "tls",
        unquote(user) if at else None,
        unquote(password) if colon else None,
    )


def _url(scheme: str, host: str) -> str:
    try:
        parts = urlsplit(f"{scheme}://{host.strip()}")
        name, port = parts.hostname, parts.port
    except ValueError:
        raise AddressBroken("a host or its port makes no sense") from None
    if not name or parts.path or parts.query or parts.fragment:
        raise AddressBroken("a host or its port makes no sense")
    shown = f"[{name}]" if ":" in name else name
    return f"{scheme}://{shown}:{PORT if port is None else port}"
