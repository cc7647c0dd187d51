"""Who may do what: every use case of every service, as members could read it.

This is written by hand, apart from `domain/policy.py`, so that a slip there is seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bunniz_bbs.domain.errors import (
    BoardNotFound,
    BunnizError,
    NotAllowed,
    Outranked,
    RoomClosed,
    RoomNotFound,
    ThreadLocked,
    ThreadNotFound,
    WaitsForTeam,
)
from bunniz_bbs.domain.ids import LineId, ThreadId
from bunniz_bbs.domain.people import Actor, Role
from tests.services.living import key_of
from tests.services.scene import Scene

GUEST, MEMBER, TRUSTED, MODERATOR, SYSOP = Role
NOBODY = None

BEFORE = {
    "people.recognise",
    "people.suggest",
    "people.fit",
    "people.check_code",
    "people.join",
}
"""Before anybody is known there is no actor: a key or a code is what is asked for."""

INSIDE = {"threads.readable", "rooms.memory", "rooms.take_out"}
"""Parts that other services and the keeper use once the policy was asked."""

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
        MODERATOR,
        lambda s, a: s.on.threads.start(a, "careful", "T", "B"),
        (BoardNotFound, WaitsForTeam),
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

DRAFTS: Sequence[May] = (
    May("drafts.get", GUEST, lambda s, a: s.on.drafts.get(a, "board:porch")),
    May(
        "drafts.save", GUEST, lambda s, a: s.on.drafts.save(a, "board:porch", "T", "B")
    ),
    May("drafts.drop", GUEST, lambda s, a: s.on.drafts.drop(a, "board:porch")),
)

ROOMS: Sequence[May] = (
    May("rooms.all", GUEST, lambda s, a: s.on.rooms.all(a)),
    May("rooms.get", GUEST, lambda s, a: s.on.rooms.get(a, "lounge"), case="open"),
    May(
        "rooms.get",
        MODERATOR,
        lambda s, a: s.on.rooms.get(a, "office"),
        (RoomNotFound,),
        case="for the team",
    ),
    May(
        "rooms.get",
        NOBODY,
        lambda s, a: s.on.rooms.get(a, "later"),
        (RoomClosed,),
        case="not open yet",
    ),
    May("rooms.enter", GUEST, lambda s, a: s.on.rooms.enter(a, "lounge", a)),
    May(
        "rooms.enter",
        TRUSTED,
        lambda s, a: s.on.rooms.enter(a, "den", a),
        (RoomNotFound,),
        case="for the trusted",
    ),
    May("rooms.view", GUEST, lambda s, a: s.on.rooms.view(a, "lounge", a.name)),
    May(
        "rooms.view",
        TRUSTED,
        lambda s, a: s.on.rooms.view(a, "den", a.name),
        (RoomNotFound,),
        case="for the trusted",
    ),
    May("rooms.names", GUEST, lambda s, a: s.on.rooms.names(a, "lounge")),
    May(
        "rooms.names",
        TRUSTED,
        lambda s, a: s.on.rooms.names(a, "den"),
        (RoomNotFound,),
        case="for the trusted",
    ),
    May("rooms.leave", GUEST, lambda s, a: s.on.rooms.leave(a, "lounge", a.name)),
    May(
        "rooms.say",
        MEMBER,
        lambda s, a: s.on.rooms.say(a, "lounge", "B"),
        (NotAllowed,),
        lambda s, a: s.on.rooms.say(a, "lounge", JUNK, timer=FAR),
        case="where members speak",
    ),
    May(
        "rooms.say",
        TRUSTED,
        lambda s, a: s.on.rooms.say(a, "den", "B"),
        (RoomNotFound,),
        lambda s, a: s.on.rooms.say(a, "den", "", timer=-FAR),
        case="for the trusted",
    ),
    May(
        "rooms.set_topic",
        MODERATOR,
        lambda s, a: s.on.rooms.set_topic(a, "lounge", "Bread"),
        (NotAllowed,),
        lambda s, a: s.on.rooms.set_topic(a, "lounge", JUNK),
    ),
    May(
        "rooms.remove", GUEST, lambda s, a: s.on.rooms.remove(a, "lounge", s.line_of(a))
    ),
    May(
        "rooms.remove",
        NOBODY,
        lambda s, a: s.on.rooms.remove(a, "lounge", s.line_of(s.other)),
        case="somebody else's",
    ),
    May(
        "rooms.remove",
        TRUSTED,
        lambda s, a: s.on.rooms.remove(a, "den", s.line_of(a, "den")),
        (RoomNotFound,),
        lambda s, a: s.on.rooms.remove(a, "den", LineId("nothing")),
        case="in a room for the trusted",
    ),
    May(
        "rooms.last_line", GUEST, lambda s, a: s.on.rooms.last_line(a, "lounge", a.name)
    ),
    May(
        "rooms.last_line",
        TRUSTED,
        lambda s, a: s.on.rooms.last_line(a, "den", a.name),
        (RoomNotFound,),
        lambda s, a: s.on.rooms.last_line(a, "den", ""),
        case="for the trusted",
    ),
)


def _over(what: str, call: Callable[[Scene, Actor, str, str], Any]) -> Sequence[May]:
    """An act on a person: from moderators on, and only on those who rank lower."""
    return (
        May(
            f"moderation.{what}",
            MODERATOR,
            lambda s, a: call(s, a, s.other.name, "Why"),
            (NotAllowed,),
            lambda s, a: call(s, a, JUNK, ""),
            case="a member",
        ),
        May(
            f"moderation.{what}",
            SYSOP,
            lambda s, a: call(s, a, s.second.name, "Why"),
            (NotAllowed, Outranked),
            case="a moderator",
        ),
        May(
            f"moderation.{what}",
            NOBODY,
            lambda s, a: call(s, a, s.people[SYSOP].name, "Why"),
            (NotAllowed, Outranked),
            case="a sysop",
        ),
    )


MODERATION: Sequence[May] = (
    *_over("kick", lambda s, a, name, why: s.on.moderation.kick(a, name, why)),
    *_over("mute", lambda s, a, name, why: s.on.moderation.mute(a, name, None, why)),
    *_over("unmute", lambda s, a, name, why: s.on.moderation.unmute(a, name, why)),
    *_over("ban", lambda s, a, name, why: s.on.moderation.ban(a, name, FAR, why)),
    *_over("unban", lambda s, a, name, why: s.on.moderation.unban(a, name, why)),
    May(
        "moderation.delete_post",
        MODERATOR,
        lambda s, a: s.on.moderation.delete_post(a, s.porch, 1, "Why"),
        (NotAllowed,),
        lambda s, a: s.on.moderation.delete_post(a, NOWHERE, -1, ""),
    ),
    May(
        "moderation.delete_post",
        SYSOP,
        lambda s, a: s.on.moderation.delete_post(a, s.own[SYSOP], 1, "Why"),
        (NotAllowed, Outranked),
        case="a sysop's",
    ),
    May(
        "moderation.delete_line",
        MODERATOR,
        lambda s, a: s.on.moderation.delete_line(a, "lounge", s.other.name, "Why"),
        (NotAllowed,),
        lambda s, a: s.on.moderation.delete_line(a, "nowhere", JUNK, ""),
    ),
    May(
        "moderation.delete_line",
        SYSOP,
        lambda s, a: s.on.moderation.delete_line(
            a, "lounge", s.people[SYSOP].name, "W"
        ),
        (NotAllowed, Outranked),
        case="a sysop's",
    ),
    May(
        "moderation.pin",
        MODERATOR,
        lambda s, a: s.on.moderation.pin(a, s.porch, True, "Why"),
        (NotAllowed,),
        lambda s, a: s.on.moderation.pin(a, NOWHERE, True, ""),
    ),
    May(
        "moderation.lock",
        MODERATOR,
        lambda s, a: s.on.moderation.lock(a, s.porch, True, "Why"),
        (NotAllowed,),
        lambda s, a: s.on.moderation.lock(a, NOWHERE, True, ""),
    ),
    May("moderation.log", MODERATOR, lambda s, a: s.on.moderation.log(a)),
)

PEOPLE: Sequence[May] = (
    May("people.refresh", GUEST, lambda s, a: s.on.people.refresh(a)),
    May("people.set_language", GUEST, lambda s, a: s.on.people.set_language(a, "nl")),
    May(
        "people.addressee",
        MODERATOR,
        lambda s, a: s.on.people.addressee(a, "fern dew Why"),
        (NotAllowed,),
        lambda s, a: s.on.people.addressee(a, ""),
    ),
    May(
        "people.add",
        SYSOP,
        lambda s, a: s.on.people.add(a, "juniper", key_of("juniper"), MEMBER, "en"),
        (NotAllowed,),
        lambda s, a: s.on.people.add(a, JUNK, key_of(a.name), SYSOP, "en"),
    ),
    May("people.all", SYSOP, lambda s, a: s.on.people.all(a)),
    May(
        "people.set_role",
        SYSOP,
        lambda s, a: s.on.people.set_role(a, s.other.name, TRUSTED),
        (NotAllowed,),
        lambda s, a: s.on.people.set_role(a, JUNK, SYSOP),
    ),
    May(
        "people.set_role",
        NOBODY,
        lambda s, a: s.on.people.set_role(a, s.people[SYSOP].name, GUEST),
        (NotAllowed, Outranked),
        case="of a sysop",
    ),
    May(
        "people.remove",
        SYSOP,
        lambda s, a: s.on.people.remove(a, s.other.name),
        (NotAllowed,),
        lambda s, a: s.on.people.remove(a, JUNK),
    ),
    May(
        "people.remove",
        NOBODY,
        lambda s, a: s.on.people.remove(a, s.people[SYSOP].name),
        (NotAllowed, Outranked),
        case="a sysop",
    ),
)

INVITES: Sequence[May] = (
    May(
        "invites.create",
        MODERATOR,
        lambda s, a: s.on.invites.create(a, 1, timedelta(days=7), TRUSTED),
        (NotAllowed,),
        lambda s, a: s.on.invites.create(a, -1, FAR * 1000, TRUSTED),
    ),
    May(
        "invites.create",
        SYSOP,
        lambda s, a: s.on.invites.create(a, 1, timedelta(days=7), MODERATOR),
        (NotAllowed,),
        lambda s, a: s.on.invites.create(a, -1, -FAR, SYSOP),
        case="for the team",
    ),
    May("invites.claim", SYSOP, lambda s, a: s.on.invites.claim(a)),
)

TABLE = (
    *BOARDS,
    *THREADS,
    *POSTS,
    *DRAFTS,
    *ROOMS,
    *MODERATION,
    *PEOPLE,
    *INVITES,
)
