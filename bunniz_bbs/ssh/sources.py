"""How many connections one source may open. In memory only, under a keyed hash."""

import hashlib
import hmac
import ipaddress
from collections import Counter
from collections.abc import Callable
from typing import Final

from bunniz_bbs.config.settings import SourceLimits
from bunniz_bbs.ssh.allowance import Allowance

TOTAL: Final = 2000
"""Connections that are open at once."""
AT_THE_GATE: Final = 128
"""Connections that have not proven a key yet. For one more, the oldest of them goes:
somebody who comes in needs a moment, somebody who only holds a place stays long."""
EACH: Final = 16
"""Connections of one source. Loopback is exempt unless it is set otherwise: behind a
balancer or an onion service on this machine everybody comes from there."""
BURST: Final = 16
PER_SECOND: Final = 2.0
REMEMBERED: Final = 4096


class Sources:
    """Counts connections by source; forgets everything when the process ends."""

    def __init__(
        self,
        monotonic: Callable[[], float],
        secret: bytes,
        limits: SourceLimits = "remote",
    ) -> None:
        """Sources of which nothing is known yet.

        Args:
            monotonic: Tells the time.
            secret: The key of the hashes; another one at each start.
            limits: Which sources are told apart. What is held in total and at the gate
                is bounded in any case.
        """
        self._limits = limits
        self._monotonic = monotonic
        self._secret = secret
        self._open: Counter[bytes] = Counter()
        self._allowances: dict[bytes, Allowance] = {}
        self._total = 0
        self._waiting: dict[Place, None] = {}  # in the order in which they came

    def enter(self, address: str, put_out: Callable[[], None]) -> "Place | None":
        """A place for one more connection; None when there is none.

        Args:
            address: Where it comes from.
            put_out: Ends it, should its place be needed before it has proven a key.
        """
        source = self._source(address)
        if source is not None and not self._may(source):
            return None
        while len(self._waiting) >= AT_THE_GATE:
            next(iter(self._waiting)).give_way()
        if self._total >= TOTAL:
            return None
        self._total += 1
        if source is not None:
            self._open[source] += 1
        place = Place(self, source, put_out)
        self._waiting[place] = None
        return place

    def _source(self, address: str) -> bytes | None:
        """A short keyed hash of an address, of its /64 for IPv6; None: not counted."""
        if self._limits == "none":
            return None
        try:
            ip = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return None
        if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        if ip.is_loopback and self._limits != "all":
            return None
        packed = ip.packed if ip.version == 4 else ip.packed[:8]
        return hmac.digest(self._secret, packed, hashlib.sha256)[:12]

    def _may(self, source: bytes) -> bool:
        now = self._monotonic()
        allowance = self._allowances.pop(source, None)
        allowance = allowance or Allowance(BURST, PER_SECOND, now)
        self._allowances[source] = allowance  # now the last to be forgotten
        while len(self._allowances) > REMEMBERED:
            del self._allowances[next(iter(self._allowances))]
        return self._open[source] < EACH and allowance.has(1, now)

    def proven(self, place: "Place") -> None:
        """One connection has proven a key."""
        self._waiting.pop(place, None)

    def leave(self, place: "Place", source: bytes | None) -> None:
        """One connection has ended."""
        self._total -= 1
        self._waiting.pop(place, None)
        if source is not None:
            self._open[source] -= 1
            if self._open[source] <= 0:
                del self._open[source]


class Place:
    """One connection's place among all; given back once."""

    def __init__(
        self, sources: Sources, source: bytes | None, put_out: Callable[[], None]
    ) -> None:
        self._sources = sources
        self._source = source
        self._put_out = put_out
        self._held = True

    def proven(self) -> None:
        """The connection has proven a key."""
        if self._held:
            self._sources.proven(self)

    def give_way(self) -> None:
        """The place is needed for somebody else: end the connection."""
        self.leave()
        self._put_out()

    def leave(self) -> None:
        """The connection has ended; doing it twice is harmless."""
        if self._held:
            self._held = False
            self._sources.leave(self, self._source)
