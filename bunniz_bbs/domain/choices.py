"""What somebody wants to read, and what not without being asked."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from bunniz_bbs.domain.ids import AccountId, ThreadId
from bunniz_bbs.domain.labels import Tag
from bunniz_bbs.domain.people import NOBODY
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.domain.words import LANGUAGES, Language

MOST_OPENED: Final = 1_000
"""What one visit has opened is forgotten beyond this many."""


class Show(StrEnum):
    """What happens to a text with a warning."""

    OPEN = "open"
    """It is shown like any other."""
    ASK = "ask"
    """It is folded; once it is opened it stays so for the visit."""
    FOLD = "fold"
    """It is folded, and so is each post that warns of it in a thread that does too."""
    HIDE = "hide"
    """It is not shown, and counts as read."""


@dataclass(frozen=True, slots=True)
class Choices:
    """One reader's choices; what is not chosen is asked."""

    opens: frozenset[Tag] = frozenset()
    folds: frozenset[Tag] = frozenset()
    hides: frozenset[Tag] = frozenset()
    languages: tuple[Language, ...] = ()
    """Threads in other languages are left out; empty: in none."""

    def of(self, tag: Tag) -> Show:
        """What was chosen for one tag."""
        if tag in self.hides:
            return Show.HIDE
        if tag in self.folds:
            return Show.FOLD
        return Show.OPEN if tag in self.opens else Show.ASK

    def show(self, tags: Iterable[Tag]) -> Show:
        """What happens to a text that warns of all these: the strictest wins."""
        chosen = {self.of(one) for one in tags}
        strict = (Show.HIDE, Show.FOLD, Show.ASK)
        return next((one for one in strict if one in chosen), Show.OPEN)

    def choose(self, tag: Tag, show: Show) -> "Choices":
        """With another choice for one tag."""
        less = {tag}
        sets = {
            Show.OPEN: self.opens - less,
            Show.FOLD: self.folds - less,
            Show.HIDE: self.hides - less,
        }
        if show is not Show.ASK:
            sets[show] |= less
        return replace(
            self, opens=sets[Show.OPEN], folds=sets[Show.FOLD], hides=sets[Show.HIDE]
        )

    def opened(self) -> "Choices":
        """With everything open that is not hidden."""
        return replace(self, opens=frozenset(Tag) - self.hides, folds=frozenset())

    def reading(self, languages: tuple[Language, ...]) -> "Choices":
        """With other languages; all of them are as good as none."""
        chosen = () if len(languages) == len(LANGUAGES) else languages
        return replace(self, languages=chosen)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many threads of a list are not shown to somebody, by their own choice."""

    hidden: int = 0
    """They warn of something that the reader does not want to see."""
    foreign: int = 0
    """They are in other languages."""


@dataclass(slots=True)
class Lens:
    """How one visit sees what others warned of; knows what was opened in it."""

    reader: AccountId = NOBODY
    choices: Choices = Choices()
    _opened: set[tuple[ThreadId, int]] = field(default_factory=set)

    def thread(self, thread: Thread) -> Show:
        """What happens to a thread's title, and to all that is in it."""
        if self._own(thread.author):
            return Show.OPEN
        return self._show(thread.labels.warnings, (thread.id, 0))

    def post(self, thread: Thread, post: Post) -> Show:
        """What happens to a post of a thread that one has come into.

        Whoever is there chose to read of what the thread warns of, and is not asked
        anew for each post, unless they want to be.
        """
        if self._own(post.author):
            return Show.OPEN
        known = {
            one
            for one in thread.labels.warnings
            if self.choices.of(one) in (Show.OPEN, Show.ASK)
        }
        return self._show(post.warnings - known, (thread.id, post.number))

    def open(self, thread: ThreadId, number: int = 0) -> None:
        """Open a thread, or a post in it, for this visit."""
        if len(self._opened) >= MOST_OPENED:
            self._opened.clear()
        self._opened.add((thread, number))

    def _own(self, author: AccountId) -> bool:
        return author == self.reader != NOBODY

    def _show(self, tags: frozenset[Tag], what: tuple[ThreadId, int]) -> Show:
        show = self.choices.show(tags)
        return Show.OPEN if show is not Show.HIDE and what in self._opened else show
