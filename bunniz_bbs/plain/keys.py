"""One's keys in line mode: a list with numbers, and what is done with one of them."""

from collections.abc import Sequence

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.keys import Key
from bunniz_bbs.i18n import keys as said
from bunniz_bbs.plain.asking import BACK, Choice, Listing, ask, no_choice
from bunniz_bbs.plain.giving import carry_out
from bunniz_bbs.plain.talk import Talk
from bunniz_bbs.services.keys import handle

LETTERS = {"c": "/keys code", "h": "/connect", "s": "/keys stop"}
"""What can be asked for beside a key."""
RECOVERY = "w"


async def see_keys(talk: Talk) -> None:
    """Choose among one's keys until somebody goes back.

    Raises:
        BunnizError: They could not be looked up.
    """
    words, letters = talk.words, "".join([*LETTERS, RECOVERY])

    def about() -> Sequence[str]:
        return [_letters(talk), *said.about_recovery(words)]

    while True:
        keys, someone = talk.services.keys, talk.someone
        await talk.say(words("Your keys"))
        if pending := await keys.pending_reset(someone):
            await talk.say(said.reset_pending(words, pending))
        left = said.recovery_left(words, await keys.recovery_left(someone))
        listing = Listing(
            talk, lambda: _choices(talk), about, nothing="", letters=letters
        )
        await talk.say(left, _letters(talk))
        chosen = await listing.choose()
        if chosen is None:
            return
        try:
            await _do(talk, chosen)
        except BunnizError as error:
            await talk.refuse(error)


def _letters(talk: Talk) -> str:
    return talk.words(
        "A number opens a key; c makes a code for another device, w recovery codes, s "
        "stops a reset, h tells how to connect."
    )


async def _choices(talk: Talk) -> Sequence[Choice[Key]]:
    words, now = talk.words, talk.services.clock.now()
    found = []
    for one in await talk.services.keys.list(talk.someone):
        parts = [said.called(words, one), said.added(words, one)]
        parts.append(said.used(words, one, now))
        if one.digest == talk.key:
            parts.append(words("the key of this visit"))
        found.append(Choice(f"{handle(one)}  " + ", ".join(parts), one))
    return found


async def _do(talk: Talk, chosen: Key | str) -> None:
    words = talk.words
    if isinstance(chosen, Key):
        await _with(talk, chosen)
    elif chosen != RECOVERY:
        await carry_out(talk, LETTERS[chosen])
    else:
        prompt = words("w again makes eight and ends all older ones, Enter goes back:")
        if (await ask(talk, prompt, lambda: said.about_recovery(words))) == RECOVERY:
            await carry_out(talk, "/keys recovery")


async def _with(talk: Talk, key: Key) -> None:
    """Give a key a label, or revoke it."""
    words, which = talk.words, handle(key)
    prompt = words("e changes the label, d revokes the key for good, 0 goes back:")
    answer = (await ask(talk, prompt, lambda: [prompt])).lower()
    if answer == "e":
        asked = words("What you call this key, such as phone; Enter goes back:")
        if label := await ask(talk, asked, lambda: [asked]):
            await carry_out(talk, f"/keys label {which} {label}")
    elif answer == "d":
        sure = words("d again revokes {key} for good, Enter goes back:", key=which)
        if (await ask(talk, sure, lambda: [sure])).lower() == "d":
            await carry_out(talk, f"/keys revoke {which}")
    elif answer and answer not in BACK:
        await talk.say(no_choice(words, answer))
