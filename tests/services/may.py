"""Who may do what: every use case of every service, as members could read it.

This is written by hand, apart from `domain/policy.py`, so that a slip there is seen.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bunniz_bbs.domain.errors import (
    BoardNotFound,
    BunnizError,
    DraftNotFound,
    NotAllowed,
    ThreadLocked,
    ThreadNotFound,
)
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.people import Actor, Role
from tests.services.scene import Scene

GUEST, MEMBER, TRUSTED, MODERATOR, SYSOP = Role
NOBODY = None

BEFORE = {
    "people.recognise",
    "people.suggest",
    "people.passing",
    "people.fit",
    "people.check_code",
    "people.join",
    "keys.open_with",
    "admission.come_in",
    "admission.answer",
}
"""Before anybody is known there is no actor: a key or a code is what is asked for."""

INSIDE = {
    "badges.changed",
    "threads.readable",
    "rooms.take_out",
    "describing.take",
    "visits.open",
    "visits.accounts",
}
"""Parts that other services and the keeper use once the policy was asked."""

PASSERS_MAY = {
    "badges.given",
    "boards.readable",
    "boards.overview",
    "boards.next_unread",
    "search.search",
    "boards.get",
    "news.of",
    "threads.writers",
    "threads.on_board",
    "threads.open",
    "posts.one",
    "threads.mark_read",  # and nothing is marked
    "people.refresh",
    "rooms.all",  # and none is shown
    "rooms.leave",  # nobody is in
    "rooms.is_for",  # and none is
    "keys.used",  # and nothing is noted
    "held.own",  # and none is known
    "choices.of",  # and none are kept
    "threads.left_out",  # and none are
    "team.report",  # and who it was is not kept
    "admission.missing",  # and nothing is
}
"""Whoever has no account: what guests may, as far as nothing of it stays."""

JUNK = "\x00\u202e" * 9000
FAR = timedelta(days=900_000)
NOWHERE = ThreadId(-1)

Call = Callable[[Scene, Actor], Any]


@dataclass(frozen=True)
class May:
    """One use case in one kind of place, and from which role on it is allowed."""

    what: str
    lowest: Role | None
    call: Call
    refusals: tuple[type[BunnizError], ...] = (NotAllowed,)
    absurd: Call | None = None
    """The same with arguments that make no sense, where there are any."""
    case: str = ""

    def __str__(self) -> str:
        return f"{self.what} {self.case}".strip()

    def allows(self, role: Role) -> bool:
        """Whether somebody of this role may."""
        return self.lowest is not None and role >= self.lowest


BOARDS: Sequence[May] = (
    May("boards.readable", GUEST, lambda s, a: s.on.boards.readable(a)),
    May("boards.overview", GUEST, lambda s, a: s.on.boards.overview(a)),
    May("boards.next_unread", GUEST, lambda s, a: s.on.boards.next_unread(a)),
    May("search.search", GUEST, lambda s, a: s.on.search.search(a, "bread")),
    May("boards.get", GUEST, lambda s, a: s.on.boards.get(a, "porch"), case="open"),
    May(
        "boards.get",
        MEMBER,
        lambda s, a: s.on.boards.get(a, "general"),
        (BoardNotFound,),
        case="for members",
    ),
    May(
        "boards.get",
        MODERATOR,
        lambda s, a: s.on.boards.get(a, "team"),
        (BoardNotFound,),
        case="for the team",
    ),
)

THREADS: Sequence[May] = (
    May("threads.writers", GUEST, lambda s, a: s.on.threads.writers(a, "porch")),
    May("threads.on_board", GUEST, lambda s, a: s.on.threads.on_board(a, "porch")),
    May(
        "threads.on_board",
        TRUSTED,
        lambda s, a: s.on.threads.on_board(a, "circle"),
        (BoardNotFound,),
        case="for the trusted",
    ),
    May("threads.open", GUEST, lambda s, a: s.on.threads.open(a, s.porch)),
    May(
        "threads.open",
        MEMBER,
        lambda s, a: s.on.threads.open(a, s.general),
        (ThreadNotFound,),
        case="for members",
    ),
    May(
        "threads.open",
        MODERATOR,
        lambda s, a: s.on.threads.open(a, s.team),
        (ThreadNotFound,),
        case="for the team",
    ),
    May("threads.start", GUEST, lambda s, a: s.on.threads.start(a, "porch", "T", "B")),
    May(
        "threads.start",
        MEMBER,
        lambda s, a: s.on.threads.start(a, "general", "T", "B"),
        (BoardNotFound,),
        lambda s, a: s.on.threads.start(a, "general", JUNK, ""),
        case="for members",
    ),
    May(
        "threads.start",
        SYSOP,
        lambda s, a: s.on.threads.start(a, "notices", "T", "B"),
        (NotAllowed,),
        lambda s, a: s.on.threads.start(a, "notices", "", JUNK),
        case="where only sysops begin",
    ),
    May(
        "threads.start",
        MEMBER,
        lambda s, a: s.on.threads.start(a, "careful", "T", "B"),
        (BoardNotFound,),
        lambda s, a: s.on.threads.start(a, "careful", "", ""),
        case="where the team reads first",
    ),
    May("threads.mark_read", GUEST, lambda s, a: s.on.threads.mark_read(a, s.porch, 1)),
    May(
        "threads.mark_read",
        MEMBER,
        lambda s, a: s.on.threads.mark_read(a, s.general, 1),
        (ThreadNotFound,),
        lambda s, a: s.on.threads.mark_read(a, s.general, -(10**9)),
        case="for members",
    ),
)

POSTS: Sequence[May] = (
    May("posts.one", GUEST, lambda s, a: s.on.posts.one(a, s.porch, 1)),
    May(
        "posts.one",
        MEMBER,
        lambda s, a: s.on.posts.one(a, s.general, 1),
        (ThreadNotFound,),
        lambda s, a: s.on.posts.one(a, s.general, -1),
        case="for members",
    ),
    May("posts.reply", GUEST, lambda s, a: s.on.posts.reply(a, s.porch, "B")),
    May(
        "posts.reply",
        MEMBER,
        lambda s, a: s.on.posts.reply(a, s.general, "B"),
        (ThreadNotFound,),
        lambda s, a: s.on.posts.reply(a, s.general, JUNK),
        case="for members",
    ),
    May(
        "posts.reply",
        NOBODY,
        lambda s, a: s.on.posts.reply(a, s.notice, "B"),
        (NotAllowed,),
        lambda s, a: s.on.posts.reply(a, s.notice, ""),
        case="where nobody replies",
    ),
    May(
        "posts.reply",
        MODERATOR,
        lambda s, a: s.on.posts.reply(a, s.locked, "B"),
        (ThreadLocked,),
        lambda s, a: s.on.posts.reply(a, s.locked, ""),
        case="to a locked thread",
    ),
    May("posts.edit", GUEST, lambda s, a: s.on.posts.edit(a, s.own[a.role], 1, "B")),
    May(
        "posts.edit",
        NOBODY,
        lambda s, a: s.on.posts.edit(a, s.porch, 1, "B"),
        (NotAllowed,),
        lambda s, a: s.on.posts.edit(a, s.porch, 1, JUNK),
        case="somebody else's",
    ),
    May("posts.delete", GUEST, lambda s, a: s.on.posts.delete(a, s.own[a.role], 1)),
    May(
        "posts.delete",
        NOBODY,
        lambda s, a: s.on.posts.delete(a, s.porch, 1),
        case="somebody else's",
    ),
)


async def _find_draft(scene: Scene, actor: Actor) -> None:
    """There is none."""
    with suppress(DraftNotFound):
        await scene.on.drafts.find(actor, "porch")


DRAFTS: Sequence[May] = (
    May("drafts.get", GUEST, lambda s, a: s.on.drafts.get(a, "board:porch")),
    May(
        "drafts.save", GUEST, lambda s, a: s.on.drafts.save(a, "board:porch", "T", "B")
    ),
    May("drafts.count", GUEST, lambda s, a: s.on.drafts.count(a)),
    May("drafts.all", GUEST, lambda s, a: s.on.drafts.all(a)),
    May("drafts.find", GUEST, _find_draft),
    May(
        "drafts.require_there",
        GUEST,
        lambda s, a: s.on.drafts.require_there(a, "board:porch"),
    ),
    May("drafts.drop", GUEST, lambda s, a: s.on.drafts.drop(a, "board:porch")),
)

UP_TO_DRAFTS = (*BOARDS, *THREADS, *POSTS, *DRAFTS)
