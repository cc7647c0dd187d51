"""Commands for talking live."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from bunniz_bbs.bus.ports import HOUSE, room_topic
from bunniz_bbs.commands.moments import minute
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    GoBack,
    GoTo,
    Kind,
    Parameter,
    Reply,
)
from bunniz_bbs.domain.errors import RoomNotFound, TextEmpty, TooFast, UsageUnclear
from bunniz_bbs.domain.events import HouseClosing, LineSaid, LinesGone
from bunniz_bbs.domain.ids import LineId, RoomSlug
from bunniz_bbs.domain.limits import LINE_CHARACTERS
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.rooms import Line, LineKind
from bunniz_bbs.domain.team import Badge
from bunniz_bbs.domain.text import clean_line, printable
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.times import ago, spell_duration
from bunniz_bbs.services.memories import Crowd
from bunniz_bbs.services.rooms import RoomActivity, hold_timer

CROWDS = {
    Crowd.NOBODY: N_("nobody at the moment"),
    Crowd.FEW: N_("a few people"),
    Crowd.SEVERAL: N_("several people"),
    Crowd.MANY: N_("many people"),
}


def describe(context: Context, activity: RoomActivity) -> str:
    """How lively a room is, in words and never in numbers."""
    words = context.words
    if not activity.room.open:
        return words("not open yet")
    crowd = words(CROWDS[activity.crowd])
    if activity.last_at is None:
        return crowd
    when = ago(words, activity.last_at, context.services.clock.now())
    return words("{crowd}, last words {when}", crowd=crowd, when=when)


def line_text(line: Line, badge: Badge | None = None) -> str:
    """A line as plain text, for one-shot readers."""
    name = printable(line.name)
    if badge:
        name += f" [{printable(badge.organisation)}]"
    text = printable(line.text)
    return f"* {name} {text}" if line.kind is LineKind.ME else f"{name}: {text}"


def line_data(line: Line) -> dict[str, object]:
    """A line as data."""
    return {
        "name": line.name,
        "kind": line.kind.value,
        "text": line.text,
        "sent_at": minute(line.sent_at),
        "expires_at": (
            line.expires_at.isoformat(timespec="seconds") if line.timed else None
        ),
    }


def here(context: Context) -> RoomSlug:
    """The room that is open.

    Raises:
        RoomNotFound: None is.
    """
    if context.room is None:
        raise RoomNotFound("")
    return context.room


async def list_rooms(context: Context, arguments: Arguments) -> Reply:
    """The rooms and how lively they are."""
    rooms = context.services.rooms.all(context.actor)
    language = context.words.language
    return Reply(
        [
            f"{one.room.slug}  {one.room.title[language]} - {describe(context, one)}"
            for one in rooms
        ],
        [
            {
                "room": one.room.slug,
                "title": one.room.title[language],
                "open": one.room.open,
                "crowd": one.crowd.value,
                "last_at": one.last_at and minute(one.last_at),
            }
            for one in rooms
        ],
    )


async def join(context: Context, arguments: Arguments) -> Reply:
    """Go into a room."""
    wanted = arguments.text("ROOM").lstrip("#").lower()
    room = context.services.rooms.get(context.actor, wanted)
    return Reply(effect=GoTo(room.slug))


async def leave(context: Context, arguments: Arguments) -> Reply:
    """Leave the room."""
    room = here(context)
    await context.services.rooms.leave(context.actor, room, context.visit)
    context.standing.timers.pop(room, None)
    return Reply(effect=GoBack())


async def names(context: Context, arguments: Arguments) -> Reply:
    """Who is in the room."""
    present = context.services.rooms.names(context.actor, here(context))
    words = context.words
    told = [words("Here: {names}", names=", ".join(present))]
    told.append(words("Others may be here who are hidden."))
    return Reply(told, present)


async def topic(context: Context, arguments: Arguments) -> Reply:
    """Show or set what the room is about."""
    room, words = here(context), context.words
    wanted = arguments.text("TEXT")
    rooms = context.services.rooms
    if wanted:
        cleared = "" if wanted == "off" else wanted
        now = await rooms.set_topic(context.actor, room, cleared)
    else:
        now = rooms.view(context.actor, room, context.visit).topic
    return Reply([words("Topic: {topic}", topic=now) if now else words("No topic.")])


async def me(context: Context, arguments: Arguments) -> Reply:
    """Say what one does."""
    room = here(context)
    await context.services.rooms.say(
        context.actor,
        room,
        arguments.text("TEXT"),
        kind=LineKind.ME,
        timer=context.standing.timers.get(room),
    )
    return Reply()


async def ephemeral(context: Context, arguments: Arguments) -> Reply:
    """Give a timer to one line, or to all that one says from now on."""
    room, words = here(context), context.words
    wanted, text = arguments.text("DURATION"), arguments.text("TEXT")
    timers = context.standing.timers
    if wanted == "off":
        if text:
            raise UsageUnclear(EPHEMERAL.usage(words, context.front))
        timers.pop(room, None)
        stay = spell_duration(words, context.services.house.room(room).stay)
        return Reply([words("Your lines stay {duration} again.", duration=stay)])
    if not wanted:
        if text:
            raise UsageUnclear(EPHEMERAL.usage(words, context.front))
        return Reply([_timer_now(words, timers.get(room))])
    duration = arguments.duration("DURATION")
    assert duration is not None
    duration = hold_timer(duration)
    if text:
        await context.services.rooms.say(context.actor, room, text, timer=duration)
        return Reply()
    timers[room] = duration
    return Reply([_timer_now(words, duration)])


def _timer_now(words: Words, duration: timedelta | None) -> str:
    if duration is None:
        return words("Your lines have no timer of their own.")
    return words(
        "From now on your lines here go after {duration}. "
        "Anyone here can still copy them before.",
        duration=spell_duration(words, duration),
    )


async def say(context: Context, arguments: Arguments) -> Reply:
    """Say lines in a room from standard input or from the arguments.

    All of them are looked at before the first is said; each further one waits until
    the room may be spoken in again.
    """
    rooms, clock = context.services.rooms, context.services.clock
    room = rooms.get(context.actor, arguments.text("ROOM").lower())
    timer = arguments.duration("DURATION")
    text = arguments.text("TEXT") or await context.body()
    said: list[Line] = []
    for one in _lines(text):
        while True:
            try:
                said.append(await rooms.say(context.actor, room.slug, one, timer=timer))
                break
            except TooFast as fast:
                if not said:
                    raise
                await clock.sleep(fast.seconds)
    return Reply([], [line_data(line) for line in said])


def _lines(text: str) -> Sequence[str]:
    """The lines in a text that have anything in them.

    Raises:
        TextEmpty: None has.
        TextTooLong: One of them does not fit.
    """
    lines: list[str] = []
    for one in text.splitlines():
        with suppress(TextEmpty):
            lines.append(clean_line(one, characters=LINE_CHARACTERS))
    if not lines:
        raise TextEmpty
    return lines


async def listen(context: Context, arguments: Arguments) -> Reply:
    """Show a room's lines as they come, until the connection or the server ends."""
    rooms, actor, visit = context.services.rooms, context.actor, context.visit
    room = rooms.get(actor, arguments.text("ROOM").lower())
    shown: set[LineId] = set()

    async def show(line: Line) -> None:
        if line.id not in shown:
            shown.add(line.id)
            await context.emit(line_text(line), line_data(line))

    async with context.services.bus.subscribe([room_topic(room.slug), HOUSE]) as heard:
        try:
            view = await rooms.enter(actor, room.slug, visit)
            while True:
                # Also when events were lost: what was said meanwhile is still there.
                for line in view.lines:
                    await show(line)
                shown &= {line.id for line in view.lines}
                while event := await heard.next():
                    if isinstance(event, LineSaid):
                        await show(event.line)
                    elif isinstance(event, LinesGone):
                        shown.difference_update(event.lines)
                    elif isinstance(event, HouseClosing):
                        return Reply()
                view = rooms.view(actor, room.slug, visit)
        finally:
            await rooms.leave(actor, room.slug, visit)


_ROOM = Parameter(N_("ROOM"), Kind.ROOM)

EPHEMERAL = Command(
    "ephemeral",
    N_("Let a line, or all your lines from now on, go after a time: 10m, 1h, off."),
    Action.SPEAK,
    ephemeral,
    Front.SLASH,
    (
        Parameter(N_("DURATION"), Kind.DURATION, required=False, or_off=True),
        Parameter(N_("TEXT"), Kind.TEXT, required=False),
    ),
    aliases=("burn",),
    in_room=True,
)

ROOM_COMMANDS = (
    Command(
        "rooms",
        N_("Show the rooms and how lively they are."),
        Action.LOOK_AROUND,
        list_rooms,
        aliases=("list",),
    ),
    Command(
        "join",
        N_("Go into a room."),
        Action.ENTER_ROOM,
        join,
        Front.SLASH,
        (_ROOM,),
    ),
    Command(
        "leave",
        N_("Leave the room."),
        Action.ENTER_ROOM,
        leave,
        Front.SLASH,
        aliases=("part",),
        in_room=True,
    ),
    Command(
        "names",
        N_("Show who is in the room."),
        Action.ENTER_ROOM,
        names,
        Front.SLASH,
        aliases=("who", "members"),
        in_room=True,
    ),
    Command(
        "me",
        N_("Say what you do."),
        Action.SPEAK,
        me,
        Front.SLASH,
        (Parameter(N_("TEXT"), Kind.TEXT),),
        in_room=True,
    ),
    EPHEMERAL,
    Command(
        "topic",
        N_("Show what the room is about; moderators can change it."),
        Action.ENTER_ROOM,
        topic,
        Front.SLASH,
        (Parameter(N_("TEXT"), Kind.TEXT, required=False),),
        in_room=True,
    ),
    Command(
        "say",
        N_("Say something in a room; without text, what comes on standard input."),
        Action.SPEAK,
        say,
        Front.VERB,
        (
            Parameter(N_("DURATION"), Kind.DURATION, required=False, flag="-e"),
            _ROOM,
            Parameter(N_("TEXT"), Kind.TEXT, required=False),
        ),
    ),
    Command(
        "listen",
        N_("Show what is said in a room as it comes."),
        Action.ENTER_ROOM,
        listen,
        Front.VERB,
        (_ROOM,),
    ),
)
