"""Home in line mode: a menu with numbers, from which one goes everywhere."""

from collections.abc import Sequence

from bunniz_bbs.commands.people import role_word
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.ids import PostPlace
from bunniz_bbs.domain.policy import Action, allows
from bunniz_bbs.i18n import Words
from bunniz_bbs.i18n.door import rules
from bunniz_bbs.i18n.help_lines import help_lines
from bunniz_bbs.i18n.notices import asked_to_come_in
from bunniz_bbs.plain.agreeing import agree_first
from bunniz_bbs.plain.asking import BACK, ask, no_choice
from bunniz_bbs.plain.door import choose_language, come_in, join
from bunniz_bbs.plain.news import read_new
from bunniz_bbs.plain.paper import Left
from bunniz_bbs.plain.reading import (
    read_board,
    read_boards,
    read_next,
    read_thread,
)
from bunniz_bbs.plain.rooms import choose_room, talk_in
from bunniz_bbs.plain.search import look_for
from bunniz_bbs.plain.talk import Looking, Place, Talk, Turn
from bunniz_bbs.plain.team import see_to
from bunniz_bbs.plain.you import see_you


async def visit(talk: Talk, place: str | None) -> None:
    """Be here until somebody leaves.

    Args:
        talk: Who.
        place: What is opened at first; None: home.

    Raises:
        Left, Gone: They leave.
    """
    if talk.someone.is_passing:
        await come_in(talk)
    else:
        await talk.say(talk.services.house.name)
        await agree_first(talk)
    if place:
        talk.paper.hand_back(f"/go {place}")
    else:
        await _show(talk)
    while True:
        try:
            await _home(talk)
        except Turn as turn:
            await _go(talk, turn.place)
            await talk.say(_home_again(talk.words))


async def _home(talk: Talk) -> None:
    """Do one thing that is chosen at home."""
    words = talk.words
    answer = (await ask(talk, words("Your choice:"), lambda: _about(words))).lower()
    try:
        match answer:
            case "":
                await _show(talk)
            case "1":
                await read_new(talk)
                await talk.say(_home_again(talk.words))
            case "2":
                await read_boards(talk)
                await talk.say(_home_again(talk.words))
            case "3":
                await choose_room(talk)
                await talk.say(_home_again(talk.words))
            case "4":
                await talk.page(
                    [
                        *help_lines(words, talk.services.house),
                        words("How we are with each other"),
                        *rules(words, talk.services.house),
                    ]
                )
            case "5":
                if language := await choose_language(talk):
                    await talk.speak(language)
                    await talk.say(talk.words("From now on in English."))
            case "6" if talk.someone.is_passing:
                await join(talk)
                await talk.say(_home_again(talk.words))
            case "s":
                await look_for(talk)
                await talk.say(_home_again(talk.words))
            case "y" if not talk.someone.is_passing:
                await see_you(talk)
                await talk.say(_home_again(talk.words))
            case "t" if allows(talk.someone, Action.READ_QUEUE):
                await see_to(talk)
                await talk.say(_home_again(talk.words))
            case "n":
                if await read_next(talk):
                    await talk.say(_home_again(talk.words))
            case _ if answer in BACK:
                raise Left
            case _:
                await talk.say(no_choice(words, answer))
    except BunnizError as error:
        await talk.refuse(error)


async def _go(talk: Talk, place: Place) -> None:
    """Open a place, and what is asked for from there, until somebody comes home."""
    following: Place | None = place
    while following is not None:
        here, following = following, None
        try:
            if isinstance(here, Looking):
                await look_for(talk, here.text)
            elif isinstance(here, PostPlace):
                await read_thread(talk, *here)
            elif isinstance(here, int):
                await read_thread(talk, here)
            elif talk.services.house.has_room(here):
                await talk_in(talk, here)
            else:
                await read_board(talk, here)
        except Turn as turn:
            following = turn.place
        except BunnizError as error:
            await talk.refuse(error)


async def _show(talk: Talk) -> None:
    """The menu."""
    words, someone = talk.words, talk.someone
    if someone.is_passing:
        await talk.say(words("You look around as a guest; nobody knows you here."))
    else:
        role = role_word(words, someone.role)
        told = words("You are {name}, {role}.", name=someone.name, role=role)
        await talk.say(told)
    lines = [
        words("1. What is new"),
        words("2. Boards"),
        words("3. Rooms"),
        words("4. Help numbers and house rules"),
        words("5. Language"),
    ]
    if someone.is_passing:
        has_key = talk.key is not None
        join_in, make = words("6. Join with an invite code"), words("6. Make a key")
        lines.append(join_in if has_key else make)
    lines.append(words("s. Search: posts by what they say"))
    if someone.waiting:
        await talk.say(asked_to_come_in(words))
    if not someone.is_passing:
        lines.append(words("y. You: your name, your keys, and all that is yours"))
    if allows(someone, Action.READ_QUEUE):
        count = (await talk.services.team.queue(someone)).count
        lines.append(words("t. For the team ({n})", n=count))
    await talk.say(*lines, words("0. Leave"))


def _home_again(words: Words) -> str:
    return words("Home. Enter shows the menu.")


def _about(words: Words) -> Sequence[str]:
    return [
        words(
            "This is home, in line mode. Type a number and Enter; n opens the next "
            "thread with something new."
        ),
    ]
