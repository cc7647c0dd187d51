"""Python's search for garbage, at moments when it keeps nobody waiting.

A full search looks at every object: with two hundred sessions it stops everybody for
half a second. By itself Python does one in the middle of a talk, for instance just when
many have come in. Here it is done when sessions have left something behind, and when
nobody does anything.
"""

import asyncio
import gc
import time
from collections.abc import Callable
from typing import Final

THRESHOLDS: Final = (2000, 20, 1_000_000_000)
"""How often young objects are looked through, and that old ones are not by themselves
(`gc.set_threshold`)."""
LEFT: Final = 20
"""Connections that have ended after which a full search is due, or a quarter of those
that are there, where these are more."""
LONGEST: Final = 300.0
"""Seconds after which one is due in any case, where anything was done since."""
WORKED: Final = 1.0
"""Seconds of processor that count as anything."""
LOOK: Final = 5.0
QUIET_SECONDS: Final = 0.25
QUIET: Final = 0.03
"""A server that uses less than this share of a core has nobody waiting for it."""
PATIENCE: Final = 60.0
"""Seconds after which it is not waited for a quiet moment any longer."""


def leave_alone() -> None:
    """What is there by now stays: no search goes through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


async def collect(ended: Callable[[], int], present: Callable[[], int]) -> None:
    """Search for garbage when it is due, until cancelled.

    Args:
        ended: How many connections have ended so far.
        present: How many there are.
    """
    gone, at, used = ended(), time.monotonic(), time.process_time()
    while True:
        await asyncio.sleep(LOOK)
        left = ended() - gone >= max(LEFT, present() // 4)
        late = time.monotonic() - at > LONGEST and time.process_time() - used > WORKED
        if left or late:
            await _quiet()
            gc.collect()
            gone, at, used = ended(), time.monotonic(), time.process_time()


async def _quiet() -> None:
    """Wait until nobody does anything, or it has been waited for long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        used, began = time.process_time(), time.monotonic()
        await asyncio.sleep(QUIET_SECONDS)
        if time.process_time() - used < QUIET * (time.monotonic() - began):
            return
