"""A room's lines in memory, and when they go. Pure data, no clock and no bus."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, TypeAlias

from bunniz_bbs.domain.ids import AccountId, LineId
from bunniz_bbs.domain.limits import ROOM_LINES
from bunniz_bbs.domain.rooms import Line

_HOUR: Final = timedelta(hours=1)
_MINUTE: Final = timedelta(minutes=1)
_LAST_STEP: Final = timedelta(seconds=10)
_HOURS_UNTIL: Final = timedelta(minutes=90)
"""With more left than this, hours are shown."""


People: TypeAlias = tuple[tuple[AccountId, str], ...]
"""Accounts with their names."""


@dataclass(slots=True)
class Presence:
    """One session in a room."""

    account: AccountId
    name: str
    since: datetime
    hidden: bool | None = False
    """Whether they do not want to be seen; None: that is being looked up."""
    spoke: bool = False
    """Whether they said something here, which all who are in have seen."""

    @property
    def seen(self) -> bool:
        """Whether others see that they are here."""
        return self.hidden is False or self.spoke


@dataclass(slots=True)
class RoomMemory:
    """What a room holds. It is nowhere else, and gone when the process ends."""

    lines: dict[LineId, Line] = field(default_factory=dict)
    present: dict[object, Presence] = field(default_factory=dict)
    """Who is here through this node, by visit."""
    elsewhere: dict[str, People] = field(default_factory=dict)
    """Who is here through other nodes, by node."""
    topic: str = ""
    topic_turn: int = 0
    """How often the topic was set."""
    removed: dict[LineId, datetime] = field(default_factory=dict)
    """Lines that somebody took out, and when they would have gone: a node that did not
    hear of it must not bring them back."""
    last_at: datetime | None = None
    most: int = ROOM_LINES
    """Lines that it holds at most."""

    @property
    def empty(self) -> bool:
        """Whether nobody is here and nothing is held."""
        here = self.present or any(self.elsewhere.values())
        return not (here or self.lines or self.removed)

    def add(self, line: Line) -> list[LineId]:
        """Keep a line; say which oldest ones had to go for it."""
        self.lines[line.id] = line
        self.last_at = line.sent_at
        gone = list(islice(self.lines, max(0, len(self.lines) - self.most)))
        for one in gone:
            del self.lines[one]
        return gone

    def take(self, line: Line) -> list[LineId]:
        """Keep a line that was said on another node, in its place among the others."""
        if line.id in self.lines or line.id in self.removed:
            return []
        last = next(reversed(self.lines), line.id)
        gone = self.add(line)
        if line.id < last:
            self.lines = dict(sorted(self.lines.items()))
            self.last_at = max(one.sent_at for one in self.lines.values())
        return gone

    def people(self) -> Mapping[AccountId, str]:
        """Everybody who is seen here, through whichever node, by account."""
        found = dict(self.people_here())
        for told in self.elsewhere.values():
            found |= dict(told)
        return found

    def people_here(self) -> People:
        """Everybody who is seen here through this node, each once."""
        seen = (one for one in self.present.values() if one.seen)
        return tuple({one.account: one.name for one in seen}.items())

    def hide(self, account: AccountId, hidden: bool) -> bool:
        """Somebody wants to be seen or not; whether others see a difference."""
        before = self.people_here()
        for one in self.present.values():
            if one.account == account:
                one.hidden, one.spoke = hidden, False
        return self.people_here() != before

    def heard(self, account: AccountId) -> bool:
        """Somebody spoke, and is seen until they leave; whether that is new."""
        unseen = [
            one
            for one in self.present.values()
            if one.account == account and not one.seen
        ]
        for one in unseen:
            one.spoke = True
        return bool(unseen)

    def rename(self, account: AccountId, was: str, name: str) -> bool:
        """Call somebody otherwise, also where others mean them; whether any line did.

        Args:
            account: Who.
            was: What they were called.
            name: What they are called now.
        """
        meant = re.compile(rf"(?<![\w@])@{re.escape(was)}(?!\w)", re.IGNORECASE)
        changed = False
        for line in list(self.lines.values()):
            own = name if line.author == account else line.name
            text = meant.sub(lambda _: f"@{name}", line.text)
            if (own, text) != (line.name, line.text):
                self.lines[line.id] = replace(line, name=own, text=text)
                changed = True
        for one in self.present.values():
            if one.account == account:
                one.name = name
        for node, people in self.elsewhere.items():
            self.elsewhere[node] = tuple(
                (one, name if one == account else called) for one, called in people
            )
        return changed

    def drop(self, line: LineId) -> bool:
        """Let a line go; whether it was there."""
        return self.lines.pop(line, None) is not None

    def take_out(self, line: LineId, until: datetime) -> bool:
        """Let a line go for good, also where it comes up again; whether it was there.

        Args:
            line: Which line.
            until: When it has gone from every node by itself.
        """
        self.removed[line] = until
        return self.drop(line)

    def expire(self, now: datetime) -> list[LineId]:
        """Let go of every line whose time is up; say which."""
        gone = [line.id for line in self.lines.values() if line.expires_at <= now]
        for one in gone:
            del self.lines[one]
        for one in [one for one, until in self.removed.items() if until <= now]:
            del self.removed[one]
        return gone

    def since(self, then: datetime) -> Iterator[Line]:
        """The lines sent at or after a moment, oldest first."""
        return (line for line in self.lines.values() if line.sent_at >= then)

    def newest_first(self, then: datetime) -> Iterator[Line]:
        """The lines sent at or after a moment, as far back as one looks."""
        for line in reversed(self.lines.values()):
            if line.sent_at < then:
                return
            yield line

    def next_change(self, now: datetime) -> datetime | None:
        """When a line goes next, or a shown timer reads differently; None: never."""
        moments = [first_change(line, now) for line in self.lines.values()]
        moments += self.removed.values()
        return min(moments, default=None)


def first_change(line: Line, now: datetime) -> datetime:
    """When a line goes, or its shown timer reads differently."""
    if line.timed and line.expires_at > now:
        return now + until_label_changes(line.expires_at - now)
    return line.expires_at


def until_label_changes(left: timedelta) -> timedelta:
    """How long until a remaining time is shown with other words.

    Hours and minutes are counted up to whole ones, the last minute in steps of ten
    seconds: a timer that ticks each second would keep every screen awake.
    """
    if left > _HOURS_UNTIL:
        return min(left % _HOUR or _HOUR, left - _HOURS_UNTIL)
    step = _MINUTE if left > _MINUTE else _LAST_STEP
    return left % step or step
