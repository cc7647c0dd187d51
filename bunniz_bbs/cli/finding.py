"""What `doctor` finds, and what it asks of whoever holds the store."""

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Final, Literal

from bunniz_bbs.domain.people import CONSOLE, Role
from bunniz_bbs.wiring import Wired

LONG: Final = timedelta(days=30)
"""A code that works longer than this is easily forgotten."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    level: Literal["fine", "advice", "problem"]
    check: str
    said: str
    do: str = ""
    """What would make it better."""

    def line(self) -> str:
        """The finding as it is printed."""
        return f"{self.level + ':':9}{self.said}" + (f" {self.do}" if self.do else "")


async def look_inside(wired: Wired) -> list[str]:
    """What only whoever holds the store can see, a line of JSON each."""
    found = [await _sysops(wired), await _invites(wired)]
    return [json.dumps(asdict(one)) for one in found]


async def _sysops(wired: Wired) -> Finding:
    people = await wired.services.people.all(CONSOLE)
    sysops = [one.name for one in people if one.role is Role.SYSOP]
    if not sysops:
        do = "Get a claim code with: bunniz-bbs claim"
        return Finding("advice", "sysops", "Nobody is sysop.", do)
    if len(sysops) == 1:
        said = f"{sysops[0]} is the only sysop; with that key lost, nobody is left."
        do = (
            "Make a second one: bunniz-bbs people role NAME sysop. When it is lost: "
            "bunniz-bbs people reset NAME"
        )
        return Finding("advice", "sysops", said, do)
    return Finding("fine", "sysops", f"There are {len(sysops)} sysops.")


async def _invites(wired: Wired) -> Finding:
    count = await wired.services.invites.longer_than(CONSOLE, LONG)
    if count:
        said = f"Invite codes that still work after {LONG.days} days: {count}."
        do = "Make shorter ones; whoever made them withdraws them with: uninvite"
        return Finding("advice", "invites", said, do)
    said = f"No invite code works longer than {LONG.days} days."
    return Finding("fine", "invites", said)
