"""How many connections one source may open. In memory only, under a keyed hash."""

import hashlib
import hmac
import ipaddress
from collections import Counter
from collections.abc import Callable
from typing import Final

TOTAL: Final = 2000
"""Connections that are open at once."""
AT_THE_GATE: Final = 128
"""Connections that have not proven a key yet."""
EACH: Final = 16
"""Connections of one source. Loopback is exempt: behind a balancer or an onion service
on this machine everybody comes from there."""
BURST: Final = 16
PER_SECOND: Final = 2.0
REMEMBERED: Final = 4096


class Sources:
    """Counts connections by source; forgets everything when the process ends."""

    def __init__(self, monotonic: Callable[[], float], secret: bytes) -> None:
        self._monotonic = monotonic
        self._secret = secret
        self._open: Counter[bytes] = Counter()
        self._tokens: dict[bytes, tuple[float, float]] = {}
        self._total = 0
        self._waiting = 0

    def enter(self, address: str) -> "Place | None":
        """A place for one more connection; None when there is none."""
        if self._total >= TOTAL or self._waiting >= AT_THE_GATE:
            return None
        source = self._source(address)
        if source is not None and not self._may(source):
            return None
        self._total += 1
        self._waiting += 1
        if source is not None:
            self._open[source] += 1
        return Place(self, source)

    def _source(self, address: str) -> bytes | None:
        """A short keyed hash of an address, of its /64 for IPv6; None for loopback."""
        try:
            ip = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return None
        if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        if ip.is_loopback:
            return None
        packed = ip.packed if ip.version == 4 else ip.packed[:8]
        return hmac.digest(self._secret, packed, hashlib.sha256)[:12]

    def _may(self, source: bytes) -> bool:
        now = self._monotonic()
        tokens, then = self._tokens.pop(source, (float(BURST), now))
        tokens = min(BURST, tokens + (now - then) * PER_SECOND)
        may = tokens >= 1 and self._open[source] < EACH
        self._tokens[source] = (tokens - may, now)
        while len(self._tokens) > REMEMBERED:
            del self._tokens[next(iter(self._tokens))]
        return may

    def proven(self) -> None:
        """One connection has proven a key."""
        self._waiting -= 1

    def leave(self, source: bytes | None, *, waiting: bool) -> None:
        """One connection has ended."""
        self._total -= 1
        self._waiting -= waiting
        if source is not None:
            self._open[source] -= 1
            if self._open[source] <= 0:
                del self._open[source]


class Place:
    """One connection's place among all; given back once."""

    def __init__(self, sources: Sources, source: bytes | None) -> None:
        self._sources = sources
        self._source = source
        self._waiting = True
        self._held = True

    def proven(self) -> None:
        """The connection has proven a key."""
        if self._held and self._waiting:
            self._waiting = False
            self._sources.proven()

    def leave(self) -> None:
        """The connection has ended; doing it twice is harmless."""
        if self._held:
            self._held = False
            self._sources.leave(self._source, waiting=self._waiting)
