"""What one visit sees of a room: its lines, the house's answers, where new begins."""

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

from bunniz_bbs.domain.ids import LineId
from bunniz_bbs.domain.rooms import Line as RoomLine
from bunniz_bbs.tui.ink import Line
from bunniz_bbs.tui.room_lines import Aside, aside_lines, divider, room_line
from bunniz_bbs.tui.session import Session

ASIDES: Final = 50
"""Answers of the house that stay in view, at most."""


class RoomFeed:
    """Holds lines until they go, and lays them out for a width."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.lines: dict[LineId, RoomLine] = {}
        self._asides: deque[Aside] = deque(maxlen=ASIDES)
        self._seen: LineId | None = None
        """The newest line that was in view when one last looked away."""
        self._laid: dict[tuple[LineId, int, str], list[Line]] = {}

    # -- what comes and goes

    def load(self, lines: Iterable[RoomLine], came: int) -> None:
        """Begin anew with these lines, the last ones of which came meanwhile."""
        self.lines = {one.id: one for one in lines}
        if came and self._seen is None:
            self._seen = next(iter(list(self.lines)[:-came][-1:]), None)

    def add(self, said: RoomLine) -> None:
        """A line was said."""
        self.lines[said.id] = said

    def drop(self, gone: Iterable[LineId]) -> None:
        """Lines have gone, and every copy of them."""
        for one in gone:
            self.lines.pop(one, None)
        self.forget()

    def forget(self) -> None:
        """Lay everything out anew: language or colours are others now."""
        self._laid.clear()

    def answer(self, texts: Sequence[str]) -> None:
        """The house answers, to this visit alone."""
        now = self._session.services.clock.now()
        self._asides += [Aside(text, now) for text in texts]

    def look_away(self) -> None:
        """What comes from now on is new."""
        self._seen = next(reversed(self.lines), None)

    # -- how it looks

    def lay(self, width: int) -> Sequence[Line]:
        """All lines for a width, with answers and the divider in their places."""
        laid: list[Line] = []
        asides, new = list(self._asides), self._first_new()
        for said in self.lines.values():
            while asides and asides[0].at <= said.sent_at:
                laid += aside_lines(asides.pop(0), width)
            if said.id == new:
                laid.append(divider(self._session, width))
            laid += self._one(said, width)
        for aside in asides:
            laid += aside_lines(aside, width)
        return laid or self._nothing(width)

    def _first_new(self) -> LineId | None:
        """The first line after those that were in view; they may have gone since."""
        ids = list(self.lines)
        if self._seen is None:
            return None
        if self._seen in self.lines:
            return next(iter(ids[ids.index(self._seen) + 1 :]), None)
        return next((one for one in ids if one > self._seen), None)

    def _one(self, said: RoomLine, width: int) -> Sequence[Line]:
        if said.timed:
            return room_line(self._session, said, width)
        key = (said.id, width, self._session.words.language)
        if key not in self._laid:
            self._laid[key] = room_line(self._session, said, width)
        return self._laid[key]

    def _nothing(self, width: int) -> Sequence[Line]:
        text = self._session.words(
            "Nothing here at the moment. What you say now is seen by those who are in."
        )
        return aside_lines(Aside(text, self._session.services.clock.now()), width)
