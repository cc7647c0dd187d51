"""What the visits of one process share of their rooms: lines laid out, frames painted.

A line of a room looks the same on many screens. It is laid out once for each way of
looking, painted once, and the bytes are handed to everybody who looks that way.
"""

import asyncio
from collections.abc import Callable, Hashable, MutableMapping, Sequence
from time import perf_counter
from typing import Final, Protocol, TypeAlias
from weakref import WeakKeyDictionary

from bunniz_bbs.domain.rooms import Line as RoomLine
from bunniz_bbs.tui.ink import Line
from bunniz_bbs.tui.room_lines import room_line
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.sheets import Sheets

SLICE: Final = 0.004
"""Seconds of painting after which others have their turn."""
FEW: Final = 4
"""Screens that draw themselves anew at once; then keys have their turn."""
MOST_LOOKS: Final = 64
"""Ways in which one line is kept laid out, at most."""

Frames: TypeAlias = MutableMapping[Hashable, bytes | None]
"""Frames that were painted in one turn, by all that changes their bytes."""


class Viewer(Protocol):
    """A screen that shows a room."""

    def catch_up(self, frames: Frames) -> None:
        """Show what was said meanwhile."""

    def broke(self, error: Exception) -> None:
        """Something of ours broke as it did."""


class Gallery:
    """Shared by all visits of a process; keeps nothing of a line that is gone."""

    def __init__(self) -> None:
        self.sheets = Sheets()
        self._laid: WeakKeyDictionary[RoomLine, dict[Hashable, list[Line]]] = (
            WeakKeyDictionary()
        )
        self._behind: dict[Viewer, None] = {}  # in the order in which they came
        self._going = False
        self._frames: Frames = {}
        self._anew: dict[Callable[[], None], None] = {}  # in their order

    # -- lines

    def lay(self, session: Session, said: RoomLine, width: int) -> Sequence[Line]:
        """A line of a room laid out for a width."""
        if said.timed:  # it counts down
            return room_line(session, said, width)
        looks = self._laid.setdefault(said, {})
        own = said.author == session.actor.id
        shown, badge = session.capabilities.unicode, session.badges.get(said.author)
        look = (width, own, session.words.language, shown, badge)
        if (laid := looks.get(look)) is None:
            if len(looks) >= MOST_LOOKS:
                looks.clear()
            laid = looks[look] = room_line(session, said, width)
        return laid

    # -- frames

    def show(self, viewer: Viewer) -> None:
        """Let a screen show what was said, and all that comes until it does."""
        if viewer not in self._behind:
            self._behind[viewer] = None
            if not self._going:
                self._go_on()

    def _go_on(self) -> None:
        self._going = True
        asyncio.get_running_loop().call_soon(self._go_round)

    def _go_round(self) -> None:
        """Let screens catch up, as many as fit in a slice of time."""
        self._going = False
        until = perf_counter() + SLICE
        while self._behind:
            viewer = next(iter(self._behind))
            del self._behind[viewer]
            try:
                viewer.catch_up(self._frames)
            except Exception as error:
                viewer.broke(error)
            if self._behind and perf_counter() > until:
                self._go_on()
                return
        self._frames.clear()

    def draw_anew(self, draw: Callable[[], None]) -> None:
        """Let a screen draw itself anew when its turn comes: all at once are a stall.

        Args:
            draw: Has it drawn; called once, however often it was asked for until then.
        """
        if draw not in self._anew:
            self._anew[draw] = None
            if len(self._anew) == 1:
                asyncio.get_running_loop().call_soon(self._draw_some)

    def _draw_some(self) -> None:
        for draw in list(self._anew)[:FEW]:
            draw()
            del self._anew[draw]
        if self._anew:
            asyncio.get_running_loop().call_later(SLICE, self._draw_some)
