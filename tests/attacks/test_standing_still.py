"""Who takes nothing, or asks for nothing, costs little and is gone in time."""

from typing import Final

import pytest

from tests.attacks.kinds import IDLERS, READER_MEGABYTES, READERS, STALL_SECONDS
from tests.attacks.server import Server
from tests.attacks.watch import talking, under_attack

SLACK: Final = 25.0
"""Seconds until their buffers are full and their stall begins; the machine is busy."""


@pytest.mark.timeout(90)
async def test_who_stands_still_is_gone_in_time(server: Server) -> None:
    """Readers that stop, talk on, open no window or a huge one, and idlers: at once."""
    async with talking(server) as talk:
        async with under_attack(server, (*READERS, *IDLERS)) as attack:
            await talk.until_over(attack, STALL_SECONDS + SLACK)

        assert attack.megabytes_each <= READER_MEGABYTES
        await talk.goes_on(1)
