"""Every kind of attacker, and what each may cost."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from tests.attacks.callers import (
    opens_halfway,
    opens_with_rubbish,
    stands_in_the_hall,
    waits_at_the_gate,
)
from tests.attacks.floods import (
    asks_for_tiny_packets,
    bursts_of_tiny_packets,
    exchanges_keys_without_end,
    floods_with_channels,
    floods_with_variables,
    resizes_like_a_storm,
)
from tests.attacks.readers import (
    opens_huge_windows,
    opens_no_window,
    stops_reading,
    talks_without_reading,
)
from tests.attacks.typists import (
    pastes_without_end,
    presses_every_key,
    types_without_end,
)
from tests.ssh.gate import Gate

READER_MEGABYTES: Final = 2.0
FLOOD_MEGABYTES: Final = 20.0
STALL_SECONDS: Final = 20.0
"""Seconds after which somebody who takes or asks for nothing is gone."""


@dataclass(frozen=True)
class Kind:
    """One kind of attacker."""

    attack: Callable[[Gate, str], Awaitable[None]]
    """Attacks a gate as a person whose key it has, until it is cut off or cancelled."""
    megabytes: float = FLOOD_MEGABYTES
    """Memory that the server may spend on one of them."""
    stalls: bool = False
    """Whether it must be gone after a while."""

    @property
    def name(self) -> str:
        """What it does, in words."""
        return self.attack.__name__.replace("_", " ")


READERS: Final = tuple(
    Kind(attack, READER_MEGABYTES, stalls=True)
    for attack in (
        stops_reading,
        talks_without_reading,
        opens_no_window,
        opens_huge_windows,
    )
)
IDLERS: Final = tuple(
    Kind(attack, READER_MEGABYTES, stalls=True)
    for attack in (stands_in_the_hall, waits_at_the_gate)
)
FLOODS: Final = tuple(
    map(
        Kind,
        (
            asks_for_tiny_packets,
            floods_with_variables,
            floods_with_channels,
            bursts_of_tiny_packets,
            exchanges_keys_without_end,
            resizes_like_a_storm,
        ),
    )
)
CALLERS: Final = tuple(map(Kind, (opens_halfway, opens_with_rubbish)))
TYPISTS: Final = tuple(
    map(Kind, (presses_every_key, types_without_end, pastes_without_end))
)
KINDS: Final = (*READERS, *IDLERS, *FLOODS, *CALLERS, *TYPISTS)
