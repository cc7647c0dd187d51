"""Carries out what is typed after a slash: a slash command, or a verb."""

from bunniz_bbs.commands.parsing import read_slash, read_verb, split_slash, split_verb
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Effect,
    Front,
    GoBack,
    GoTo,
    Leave,
    Reply,
    ShowHelp,
    ShowLeaving,
    ShowSearch,
    Speak,
)
from bunniz_bbs.domain.errors import CommandNotFound, RoomNotFound
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.plain.body import Body, Unsent
from bunniz_bbs.plain.leaving import leave_for_good
from bunniz_bbs.plain.paper import Left
from bunniz_bbs.plain.places import place_called
from bunniz_bbs.plain.talk import Back, Looking, Talk, Turn


async def carry_out(talk: Talk, text: str, *, thread: ThreadId | None = None) -> None:
    """Do what was typed after a slash, and show what it answers.

    Raises:
        BunnizError: It was not done.
        Turn, Back, Left: It leads somewhere else.
    """
    name, rest = split_slash(text)
    name = name.lower()
    if name == "go":
        raise Turn(place_called(talk.services.house, rest))
    command, front = _find(talk, name)
    if command.in_room and talk.room is None:
        raise RoomNotFound("")
    if front is Front.SLASH:
        arguments = read_slash(command, rest, talk.words)
    else:
        arguments = read_verb(command, split_verb(rest), talk.words)
    if command.name == "listen":  # it ends where a verb's connection does
        raise Turn(talk.services.rooms.get(talk.someone, arguments.text("ROOM")).slug)
    body = await _body(talk, command, arguments, thread)
    try:
        reply = await command.run(
            talk.context(front, thread=thread, body=body.given), arguments
        )
    except Unsent:
        return
    if isinstance(reply.effect, ShowHelp):
        reply = Reply(_all_commands(talk))
    await talk.page(reply.lines)
    if reply.effect:
        await _follow(talk, reply.effect)


def _find(talk: Talk, name: str) -> tuple[Command, Front]:
    """What somebody means; a slash command rather than a verb."""
    try:
        return talk.registry.find(name, Front.SLASH, talk.someone), Front.SLASH
    except CommandNotFound as error:
        try:
            return talk.registry.find(name, Front.VERB, talk.someone), Front.VERB
        except CommandNotFound as second:
            raise (error if error.suggestion else second) from None


async def _body(
    talk: Talk, command: Command, arguments: Arguments, thread: ThreadId | None
) -> Body:
    """What a verb reads from standard input, with the place of its draft.

    Raises:
        BunnizError: What is to be changed is not there.
    """
    match command.name:
        case "post":
            place = f"board:{arguments.text('BOARD').lower()}"
            return Body(talk, place, arguments.text("TITLE"))
        case "reply":
            return Body(talk, f"thread:{arguments.number('THREAD')}")
        case "edit":
            meant = arguments.post("POST", thread)
            post = await talk.services.posts.one(talk.someone, *meant)
            if post.author != talk.someone.id:
                return Body(talk, None)  # it will be said that this cannot be
            await talk.page(post.body.split("\n"))
            return Body(talk, f"post:{post.id}", text=post.body)
        case _:
            return Body(talk, None)


def _all_commands(talk: Talk) -> list[str]:
    """All that can be typed after a slash, with what it does."""
    shown: dict[str, tuple[Command, Front]] = {}
    for front in (Front.SLASH, Front.VERB):
        for command in talk.registry.offered(front, talk.someone):
            shown.setdefault(command.name, (command, front))
    return [
        f"/{command.usage(talk.words, front).removeprefix('/')}"
        f" - {talk.words(command.summary)}"
        for command, front in shown.values()
    ]


async def _follow(talk: Talk, effect: Effect) -> None:
    match effect:
        case GoTo(place=place):
            raise Turn(place)
        case GoBack():
            raise Back
        case Leave():
            raise Left
        case Speak(words=words):
            await talk.speak(words.language)
        case ShowSearch(text=text):
            raise Turn(Looking(text))
        case ShowLeaving():
            await leave_for_good(talk)
        case _:
            pass
