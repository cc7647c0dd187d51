"""A post as lines: its head, and its body laid out for a width."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Final

from bunniz_bbs.domain.choices import Show
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.reactions import Kindness
from bunniz_bbs.domain.team import Badge
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.i18n.help_lines import first_lines
from bunniz_bbs.i18n.labels import about, about_thread, hidden_posts
from bunniz_bbs.i18n.people import author
from bunniz_bbs.i18n.reactions import beneath
from bunniz_bbs.i18n.threads import afterwards, beforehand, goes, missing
from bunniz_bbs.services.links import links_in
from bunniz_bbs.services.quotes import quoted_numbers
from bunniz_bbs.services.threads import ThreadView
from bunniz_bbs.tui.body_text import body_lines
from bunniz_bbs.tui.folds import Folds
from bunniz_bbs.tui.ink import Ink, Line, Span, line, spread, wrap
from bunniz_bbs.tui.room_lines import divider
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import when
from bunniz_bbs.tui.widgets.listing import Row

AROUND: Final = 5
"""Columns beside a body."""

GATE: Final = "gate"
"""What one chooses to open a thread that is folded as a whole."""

SLICE: Final = 0.004
"""Seconds of laying out after which others have their turn."""

MOST_LAID: Final = 400
"""Bodies that are kept as they were laid out; beyond them all are laid out anew."""


@dataclass(frozen=True, slots=True)
class Leads:
    """Where one can go from a post."""

    quoted: Sequence[int]
    """The posts of its thread that it quotes."""
    links: bool
    """Whether it has links."""


class Bodies:
    """Lays bodies out for one reader, and each but once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.badges: Mapping[AccountId, Badge] = {}
        """Those that stand beside names."""
        self.kindness: dict[int, Kindness] = {}
        """What stands under posts, by their numbers."""
        self.folds = Folds()
        """Whose long quotes are shown."""
        self._laid: dict[tuple[str, int, str], list[Line]] = {}
        self._leads: dict[str, Leads] = {}

    def leads(self, post: Post) -> Leads:
        """Where a post leads; each body is looked through but once."""
        if (found := self._leads.get(post.body)) is None:
            if len(self._leads) >= MOST_LAID:
                self._leads.clear()
            quoted = quoted_numbers(post.body)
            found = Leads(quoted, links=bool(links_in(post.body)))
            self._leads[post.body] = found
        return found

    def lines(self, post: Post, width: int) -> list[Line]:
        """A post's body laid out in at most `width` columns, as it is folded."""
        return self._lines(post.body, width, not self.folds.is_open(post.number))

    def can_fold(self, post: Post, width: int) -> bool:
        """Whether a post has a quote that is long enough to be folded."""
        if ">" not in post.body:
            return False
        wide = width - AROUND
        whole = self._lines(post.body, wide, folded=False)
        return len(self._lines(post.body, wide, folded=True)) < len(whole)

    def _lines(self, body: str, width: int, folded: bool) -> list[Line]:
        folded = folded and ">" in body
        key = (body, width, self.session.words.language if folded else "")
        if (laid := self._laid.get(key)) is None:
            if len(self._laid) >= MOST_LAID:
                self._laid.clear()
            laid = body_lines(self.session, body, width, folded=folded)
            self._laid[key] = laid
        return laid

    def keep(self, posts: Sequence[Post]) -> None:
        """Forget the bodies of all other posts: nothing stays that has gone."""
        there = {post.body for post in posts}
        self._laid = {key: one for key, one in self._laid.items() if key[0] in there}
        self._leads = {key: one for key, one in self._leads.items() if key in there}

    async def prepare(self, posts: Sequence[Post], width: int) -> None:
        """Lay out the bodies of posts, which takes a while: others have their turns."""
        until = perf_counter() + SLICE
        for post in posts:
            self.lines(post, width - AROUND)
            if perf_counter() > until:
                await asyncio.sleep(0)
                until = perf_counter() + SLICE


def thread_rows(
    bodies: Bodies, view: ThreadView, read: int, width: int
) -> tuple[list[Row], int | None]:
    """The posts that are there, and the number of the first one that is new.

    Args:
        bodies: Lays out for whoever reads.
        view: The thread.
        read: How far they had read when they came.
        width: Columns.
    """
    session = bodies.session
    rows = _head(session, view, width) if view.begins else []
    first_new = None
    hidden: list[int] = []
    lens = session.lens
    for post in view.posts:
        show = lens.post(view.thread, post)
        if show is Show.HIDE:
            hidden.append(post.number)
            continue
        rows += _hidden(session, hidden)
        hidden = []
        new = post.number > read and post.author != session.actor.id
        if new and first_new is None and not post.deleted:
            first_new = post.number
            if rows and read:
                rows.append(Row((divider(session, width),)))
        lines = post_lines(bodies, post, width, folded=show is not Show.OPEN)
        rows.append(Row(lines, (post.number,), barred=True))
    rows += _hidden(session, hidden)
    if view.ends:
        rows += _foot(session, view, width)
    return rows, first_new


def _head(session: Session, view: ThreadView, width: int) -> list[Row]:
    """What stands above the first post."""
    today = session.services.clock.now().date()
    told = beforehand(session.words, view.thread, view.board, today)
    lines = [one for text in told for one in wrap(text, width - 2)]
    if not lines:
        return []
    return [Row((*(line(" ", Span(one, Ink.ACCENT)) for one in lines), ()))]


def gate_rows(session: Session, view: ThreadView, width: int) -> list[Row]:
    """What stands in place of a thread that is folded as a whole."""
    words, lens, thread = session.words, session.lens, view.thread
    told = about_thread(words, lens, thread)
    if lens.thread(thread) is not Show.HIDE:
        told.append(words("Enter opens it for this visit, Esc goes back."))
    lines = [line(" ", one) for text in told for one in wrap(text, width - 2)]
    return [Row(tuple(lines), (GATE,), barred=True)]


def _hidden(session: Session, numbers: Sequence[int]) -> list[Row]:
    """One line in place of posts that follow each other and are not shown."""
    if not numbers:
        return []
    told = hidden_posts(session.words, len(numbers))
    # It counts as seen like the last of them.
    return [Row((line(" ", Span(told, Ink.QUIET)), ()), (numbers[-1],), barred=True)]


def _foot(session: Session, view: ThreadView, width: int) -> list[Row]:
    """What stands under the last post."""
    words = session.words
    told = list(afterwards(words, view.thread))
    if view.board.help_line:
        told += first_lines(words, session.services.house)
    lines = [one for text in told for one in wrap(text, width - 2)]
    return [Row(tuple(line(" ", Span(one, Ink.QUIET)) for one in lines))]


def preview_rows(session: Session, body: str, width: int) -> list[Row]:
    """A post that is being written, as it will look."""
    lines = body_lines(session, body, width - 4)
    if not lines:
        lines = [line(Span(session.words("Nothing written yet."), Ink.QUIET))]
    return [Row((line("   ", *one),)) for one in lines]


def post_lines(
    bodies: Bodies, post: Post, width: int, *, folded: bool = False
) -> tuple[Line, ...]:
    """A whole post: head, what it warns of, body unless folded, and an empty line."""
    session = bodies.session
    words = session.words
    if post.deleted:
        return (line(" ", Span(missing(words, post), Ink.QUIET)), ())
    head = head_line(bodies, post, width)
    body = _warning(session, post, width) if post.warnings else []
    if not folded:
        body += bodies.lines(post, width - AROUND)
    elif post.warnings:
        opens = Span(words("Enter opens this post for this visit."), Ink.QUIET)
        body.append((opens,))
    if kindness := bodies.kindness.get(post.number):
        said = f" {session.glyphs.dot} ".join(beneath(words, kindness))
        body += [(Span(one, Ink.ACCENT),) for one in wrap(said, width - AROUND)]
    return (head, *(line("   ", *one) for one in body), ())


def head_line(bodies: Bodies, post: Post, width: int) -> Line:
    """Who wrote a post, its number, and when."""
    session = bodies.session
    words = session.words
    age = when(session, post.created_at)
    said = [goes(words, post), words("edited") if post.edited else "", age]
    age = f" {session.glyphs.dot} ".join(one for one in said if one)
    number = Span(f"  #{post.number}", Ink.QUIET)
    badge = bodies.badges.get(post.author)
    mark = Span(f"  [{badge.mark}]" if badge else "", Ink.ACCENT)
    left = line(" ", _author(session, post), number, mark)
    return spread(left, line(Span(age + " ", Ink.QUIET)), width)


def _warning(session: Session, post: Post, width: int) -> list[Line]:
    text = f"[{about(session.words, post.warnings)}]"
    return [(Span(one, Ink.STRONG),) for one in wrap(text, width - AROUND)]


def _author(session: Session, post: Post) -> Span:
    """Who wrote a post; nobody's name is a quiet one."""
    ink = Ink.STRONG if post.author_name else Ink.QUIET
    return Span(author(session.words, post.author_name), ink)
