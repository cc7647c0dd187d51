"""The door in line mode: a language, honest limits, house rules; a code and a name."""

from contextlib import suppress
from typing import Final

from bunniz_bbs.domain.errors import BunnizError, CodeRefused
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.i18n.door import (
    CONFIG,
    GREETING,
    NAMES,
    about_codes,
    about_keys,
    about_names,
    another_key,
    keyless,
    limits,
    rules,
    unknown_key,
)
from bunniz_bbs.plain.asking import BACK, ask
from bunniz_bbs.plain.paper import Left
from bunniz_bbs.plain.places import number_in
from bunniz_bbs.plain.talk import Talk, Turn

ANOTHER: Final = "+"


async def come_in(talk: Talk) -> None:
    """Receive somebody who is not known here.

    Raises:
        Left: They go away again, or nothing is open to them.
    """
    language = await choose_language(talk)
    if language is None:
        raise Left
    await talk.speak(language)
    words, house = talk.words, talk.services.house
    await talk.say(house.name, words("Before you come in"), *limits(words))
    await talk.say(words("How we are with each other"), *rules(words, house))
    while answer := await _agreed(talk):
        if answer in BACK:
            raise Left
    if talk.services.boards.readable(talk.someone):
        await talk.say(unknown_key(words) if talk.key else keyless(words))
        return
    with suppress(Turn):
        await join(talk)
    if talk.someone.is_passing:
        told = words("Nothing here is open to guests, so come back with a key.")
        await talk.say(*() if talk.key else (told,))
        raise Left


async def _agreed(talk: Talk) -> str:
    """Ask whether somebody agrees; empty: they do."""
    prompt = talk.words("Press Enter if you are an adult and agree.")
    return (await talk.paper.ask(prompt)).strip().lower()


async def choose_language(talk: Talk) -> Language | None:
    """Ask for a language, in all of them; None: somebody goes back."""
    lines = [f"{at}. {NAMES[one]}" for at, one in enumerate(LANGUAGES, 1)]
    await talk.say(GREETING, *lines)
    while True:
        answer = (await talk.paper.ask(f"1-{len(LANGUAGES)}:")).strip().lower()
        number = number_in(answer)
        if number is not None and 1 <= number <= len(LANGUAGES):
            return LANGUAGES[number - 1]
        for one in LANGUAGES:
            if answer in (one, NAMES[one].lower()):
                return one
        if answer in BACK:
            return None
        await talk.say(*lines)


async def join(talk: Talk) -> None:
    """Let somebody whose key is not known come in with a code, under a name."""
    words = talk.words
    if talk.key is None:
        await talk.say(*about_keys(words))
        return
    await talk.say(about_codes(words), another_key(words), *CONFIG)
    while code := await _ask_code(talk, talk.key):
        if await _ask_name(talk, talk.key, code):
            return


async def _ask_code(talk: Talk, key: KeyDigest) -> str:
    """Ask for a code that would let somebody in; empty: somebody goes back."""
    words = talk.words
    prompt = words("Your invite code, or Enter alone to go back:")
    while typed := await ask(talk, prompt, lambda: [about_codes(words)]):
        try:
            await talk.services.people.check_code(key, typed)
        except BunnizError as error:
            await talk.refuse(error)
        else:
            return typed
    return ""


async def _ask_name(talk: Talk, key: KeyDigest, code: str) -> bool:
    """Ask for a name and come in; whether it was done, else the code is asked anew."""
    words, people = talk.words, talk.services.people
    drawn = people.suggest(words.language)
    await talk.say(about_names(words))
    while True:
        prompt = words(
            "Your name: Enter alone takes “{name}”, + draws another:", name=drawn
        )
        typed = await ask(talk, prompt, lambda: [about_names(words)])
        if typed == ANOTHER:
            drawn = people.suggest(words.language)
            continue
        try:
            account = await people.join(key, code, typed or drawn, words.language)
        except CodeRefused as error:
            await talk.refuse(error)
            return False
        except BunnizError as error:
            await talk.refuse(error)
            continue
        talk.someone = Actor.of(account)
        talk.listen()
        await talk.say(words("Welcome, {name}. Type ? for help.", name=account.name))
        return True
