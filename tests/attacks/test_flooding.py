"""Who floods the server costs little, holds nothing for long, and stops nobody."""

import pytest

from tests.attacks.kinds import CALLERS, FLOODS, TYPISTS, Kind
from tests.attacks.server import Server
from tests.attacks.watch import talking, under_attack


@pytest.mark.timeout(90)
@pytest.mark.parametrize(
    "kind", [*FLOODS, *CALLERS, *TYPISTS], ids=lambda kind: kind.name
)
async def test_members_talk_on_under_a_flood(server: Server, kind: Kind) -> None:
    """What it costs is bounded, and every file is closed when it is over."""
    async with talking(server) as talk:
        async with under_attack(server, [kind]) as attack:
            await talk.goes_on(2)

        assert attack.megabytes_each <= kind.megabytes
        await talk.goes_on(1)
