"""One's own notes on people in line mode."""

from collections.abc import Sequence

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.text import printable
from bunniz_bbs.plain.asking import BACK, Choice, Listing, ask
from bunniz_bbs.plain.talk import Talk
from bunniz_bbs.services.notes import Note

NEW = "c"
NOTHING = "-"
"""Removes a note."""


async def see_notes(talk: Talk) -> None:
    """Write notes and change them until somebody goes back.

    Raises:
        BunnizError: They could not be looked up.
    """
    words = talk.words
    nothing = words("You have no notes.")

    def about() -> Sequence[str]:
        return [words("A number changes a note; c writes a new one.")]

    while True:
        await talk.say(words("Your notes on people"), *about())
        listing = Listing(
            talk, lambda: _choices(talk), about, nothing=nothing, letters=NEW
        )
        chosen = await listing.choose()
        if chosen is None:
            return
        try:
            await _write(talk, chosen)
        except BunnizError as error:
            await talk.refuse(error)


async def _choices(talk: Talk) -> Sequence[Choice[Note]]:
    found = await talk.services.notes.all(talk.someone)
    return [
        Choice(f"{printable(one.name)} - {printable(one.text)}", one) for one in found
    ]


async def _write(talk: Talk, chosen: Note | str) -> None:
    words, notes = talk.words, talk.services.notes
    if isinstance(chosen, Note):
        name = chosen.name
        prompt = words("The note anew, - removes it, Enter alone goes back:")
    else:
        whom = words("On whom? Their name, or Enter alone to go back:")
        name = await ask(talk, whom, lambda: [whom])
        if not name or name in BACK:
            return
        if there := await notes.read(talk.someone, name):
            await talk.say(words("Your note: {text}", text=printable(there)))
        prompt = words("Your note, or Enter alone to go back:")
    typed = await ask(talk, prompt, lambda: [prompt])
    if not typed or typed in BACK:
        return
    account = await notes.write(talk.someone, name, "" if typed == NOTHING else typed)
    if typed == NOTHING:
        told = words("You have no note on {name} any more.", name=account.name)
        await talk.say(told)
    else:
        await talk.say(words("Noted, for you alone."))
