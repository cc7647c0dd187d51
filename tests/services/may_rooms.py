"""Who may do what in rooms, to people and to codes."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from bunniz_bbs.domain.errors import (
    NotAllowed,
    Outranked,
    RoomClosed,
    RoomNotFound,
)
from bunniz_bbs.domain.ids import LineId
from bunniz_bbs.domain.people import Actor
from tests.services.living import key_of
from tests.services.may import (
    FAR,
    GUEST,
    JUNK,
    MEMBER,
    MODERATOR,
    NOBODY,
    NOWHERE,
    SYSOP,
    TRUSTED,
    May,
)
from tests.services.scene import Scene

ROOMS: Sequence[May] = (
    May("rooms.all", GUEST, lambda s, a: s.on.rooms.all(a)),
    May("rooms.is_for", GUEST, lambda s, a: s.on.rooms.is_for(a, "lounge")),
    May("rooms.conversations", MODERATOR, lambda s, a: s.on.rooms.conversations(a)),
    May(
        "rooms.enter",
        MODERATOR,
        lambda s, a: s.on.rooms.enter(a, f"stoop~{s.other.id}", a),
        (RoomNotFound,),
        case="a guest's talk with the team",
    ),
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
    May("rooms.hearing", GUEST, lambda s, a: s.on.rooms.hearing(a, "lounge", a.name)),
    May(
        "rooms.hearing",
        TRUSTED,
        lambda s, a: s.on.rooms.hearing(a, "den", a.name),
        (RoomNotFound,),
        case="for the trusted",
    ),
    May("rooms.crowd", GUEST, lambda s, a: s.on.rooms.crowd(a, "lounge")),
    May(
        "rooms.crowd",
        TRUSTED,
        lambda s, a: s.on.rooms.crowd(a, "den"),
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
        "bans.lift",
        MODERATOR,
        lambda s, a: s.on.bans.lift(a, s.other.name, "Why"),
        (NotAllowed,),
        lambda s, a: s.on.bans.lift(a, JUNK, ""),
    ),
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
    May("moderation.log", MODERATOR, lambda s, a: s.on.moderation.log(a)),
)

PEOPLE: Sequence[May] = (
    May("people.refresh", GUEST, lambda s, a: s.on.people.refresh(a)),
    May("people.set_language", GUEST, lambda s, a: s.on.people.set_language(a, "nl")),
    May(
        "naming.rename",
        GUEST,
        lambda s, a: s.on.naming.rename(a, f"Birch {a.role}"),
        (NotAllowed,),
        lambda s, a: s.on.naming.rename(a, JUNK),
    ),
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

DESCRIBING: Sequence[May] = (
    May(
        "describing.describe",
        SYSOP,
        lambda s, a: s.on.describing.describe(a, "not: right"),
        (NotAllowed,),
        lambda s, a: s.on.describing.describe(a, JUNK),
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

FROM_ROOMS_ON = (*ROOMS, *MODERATION, *PEOPLE, *DESCRIBING, *INVITES)
