"""What one visit sees of a room: its lines, the house's answers, where new begins."""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import dropwhile, islice
from typing import Final

from bunniz_bbs.domain.ids import LineId
from bunniz_bbs.domain.rooms import Line as RoomLine
from bunniz_bbs.services.rooms import Hearing
from bunniz_bbs.tui.ink import Line
from bunniz_bbs.tui.room_lines import Aside, aside_lines, divider
from bunniz_bbs.tui.session import Session

ASIDES: Final = 50
"""Answers of the house that stay in view, at most."""


class RoomFeed:
    """Looks at the room's own lines, from the newest back, as far as one sees."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._hearing: Hearing | None = None
        self._asides: deque[Aside] = deque(maxlen=ASIDES)
        self._seen: LineId | None = None
        """The newest line that was in view when one last looked away."""
        self.oldest: LineId | None = None
        """The oldest line that was laid out the last time; None: there was none."""

    # -- what comes and goes

    def load(self, hearing: Hearing, came: int) -> None:
        """Look at these lines, the last ones of which came meanwhile."""
        self._hearing = hearing
        if came and self._seen is None:
            before = next(islice(self.newest_first(), came, None), None)
            self._seen = before.id if before else None

    def newest_first(self) -> Iterator[RoomLine]:
        """The lines that are there, as far back as one looks."""
        return self._hearing.newest_first() if self._hearing else iter(())

    @property
    def newest(self) -> LineId | None:
        """The newest line that is there."""
        newest = next(self.newest_first(), None)
        return newest.id if newest else None

    def answer(self, texts: Sequence[str]) -> None:
        """The house answers, to this visit alone."""
        now = self._session.services.clock.now()
        self._asides += [Aside(text, now) for text in texts]

    def forget(self, name: str) -> None:
        """Take back the answers of the house that name somebody so."""
        kept = [one for one in self._asides if name not in one.text]
        self._asides = deque(kept, maxlen=ASIDES)

    def look_away(self, shown: LineId | None) -> None:
        """What comes after a line is new."""
        self._seen = shown

    # -- how it looks

    def lay(self, width: int, count: int, last: LineId | None) -> Sequence[Line]:
        """The lines up to one, for a width: so many, and a few more, or all there are.

        The house's answers and the divider stand in their places between them.
        """
        blocks: list[Sequence[Line]] = []
        rows, below, asides = 0, None, list(self._asides)

        def put(block: Sequence[Line]) -> None:
            nonlocal rows
            blocks.append(block)
            rows += len(block)

        self.oldest = None
        for said in self._back_from(last):
            while asides and asides[-1].at > said.sent_at:
                put(aside_lines(asides.pop(), width))
            if below and self._is_new(below) and not self._is_new(said.id):
                put([divider(self._session, width)])
            if rows >= count:
                break
            put(self._session.gallery.lay(self._session, said, width))
            below = self.oldest = said.id
        else:
            if below and self._is_new(below):
                put([divider(self._session, width)])
            while asides:
                put(aside_lines(asides.pop(), width))
        laid = [one for block in reversed(blocks) for one in block]
        return laid or self._nothing(width)

    def _back_from(self, last: LineId | None) -> Iterator[RoomLine]:
        """The lines up to one, from there back; None: none."""
        if last is None:
            return iter(())
        return dropwhile(lambda said: said.id > last, self.newest_first())

    def since(self, shown: LineId) -> Sequence[RoomLine] | None:
        """The lines that came after one that is shown, oldest first.

        None: they do not simply stand under it.
        """
        came: list[RoomLine] = []
        for said in self.newest_first():
            if said.id <= shown:
                break
            came.append(said)
        came.reverse()
        if came and self._asides and self._asides[-1].at > came[0].sent_at:
            return None
        if self._seen is not None and self._seen >= shown:
            return None  # the divider comes with them
        return came

    def _is_new(self, line: LineId) -> bool:
        return self._seen is not None and line > self._seen

    def _nothing(self, width: int) -> Sequence[Line]:
        text = self._session.words(
            "Nothing here at the moment. What you say now is seen by those who are in."
        )
        return aside_lines(Aside(text, self._session.services.clock.now()), width)
