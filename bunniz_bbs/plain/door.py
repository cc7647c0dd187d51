"""The door in line mode: a language, honest limits, house rules; a code and a name."""

from contextlib import suppress
from typing import Final

from bunniz_bbs.domain.admission import ConsentKind, Mode
from bunniz_bbs.domain.errors import BunnizError, CodeRefused, DoorClosed
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.keys import CodeKind
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.i18n.door import (
    GREETING,
    NAMES,
    about_codes,
    about_keys,
    about_names,
    another_key,
    client_config,
    keyless,
    limits,
    operator,
    unknown_key,
    without_code,
)
from bunniz_bbs.i18n.keys import about_recovery, came_back
from bunniz_bbs.i18n.notices import asked_to_come_in, removed
from bunniz_bbs.plain.agreeing import agree_first, ask_to_agree
from bunniz_bbs.plain.asking import BACK, ask
from bunniz_bbs.plain.paper import Left
from bunniz_bbs.plain.places import number_in
from bunniz_bbs.plain.talk import Talk, Turn
from bunniz_bbs.services.keys import Opened

ANOTHER: Final = "+"
WITHOUT: Final = "+"
"""Comes in without a code, where one can."""


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
    if answer := await talk.services.admission.answer(talk.key):
        await talk.say(removed(words, answer))
    await talk.say(house.name, words("Before you come in"), *limits(words))
    await talk.say(*operator(words, house.admission.operator))
    for kind in (ConsentKind.TERMS, ConsentKind.ADULT):
        if not await ask_to_agree(talk, kind):
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
    words, address = talk.words, talk.services.whereabouts.address
    if talk.key is None:
        await talk.say(*about_keys(words, address))
        return
    await talk.say(about_codes(words), another_key(words))
    await talk.say(*client_config(words, address))
    if told := without_code(words, talk.services.admission.rules.mode):
        await talk.say(told)
    while code := await _ask_code(talk, talk.key):
        if not await ask_to_agree(talk, ConsentKind.SPECIAL):
            return
        if await _ask_name(talk, talk.key, "" if code == WITHOUT else code):
            return


async def _ask_code(talk: Talk, key: KeyDigest) -> str:
    """Ask for a code that would let somebody in; empty: somebody goes back."""
    words = talk.words
    prompt = words("Your invite code, or Enter alone to go back:")
    free = talk.services.admission.rules.mode in (Mode.OPEN, Mode.APPROVAL)
    if free:
        prompt = words("Your code, + to come in without one, or Enter to go back:")
    while typed := await ask(talk, prompt, lambda: [about_codes(words)]):
        if free and typed == WITHOUT:
            return typed
        try:
            if opened := await talk.services.keys.open_with(key, typed):
                await _come_back(talk, opened)
                return ""
            await talk.services.people.check_code(key, typed)
        except BunnizError as error:
            await talk.refuse(error)
        else:
            return typed
    return ""


async def _come_back(talk: Talk, opened: Opened) -> None:
    """The code let this key into an account that is there already."""
    account, device = opened.account, opened.kind is CodeKind.DEVICE
    talk.someone = Actor.of(account)
    await talk.speak(account.language)
    talk.listen()
    told = came_back(talk.words, account.name, device=device, left=opened.left)
    await talk.say(told)
    await agree_first(talk)


async def _ask_name(talk: Talk, key: KeyDigest, code: str) -> bool:
    """Ask for a name and come in; whether it was done, else the code is asked anew."""
    words, people = talk.words, talk.services.people
    drawn = await people.suggest(words.language)
    await talk.say(about_names(words))
    while True:
        prompt = words(
            "Your name: Enter alone takes “{name}”, + draws another:", name=drawn
        )
        typed = await ask(talk, prompt, lambda: [about_names(words)])
        if typed == ANOTHER:
            drawn = await people.suggest(words.language)
            continue
        try:
            name, language = typed or drawn, words.language
            if code:
                account = await people.join(key, code, name, language, talk.agreed)
            else:
                admission = talk.services.admission
                account = await admission.come_in(key, name, language, talk.agreed)
        except (CodeRefused, DoorClosed) as error:
            await talk.refuse(error)
            return False
        except BunnizError as error:
            await talk.refuse(error)
            continue
        talk.someone = Actor.of(account)
        talk.listen()
        if account.waiting:
            await talk.say(asked_to_come_in(words))
            return True
        await talk.say(words("Welcome, {name}. Type ? for help.", name=account.name))
        await talk.say(about_recovery(words)[0], words("To make them: /keys recovery"))
        return True
