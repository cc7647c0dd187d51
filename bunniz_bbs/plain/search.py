"""Search in line mode: a question, and numbered posts of which each can be opened."""

from collections.abc import Sequence
from typing import Final

from bunniz_bbs.commands.search import how_far, line_of, title_of
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n.people import author
from bunniz_bbs.i18n.search import how_to_search, promise
from bunniz_bbs.i18n.times import ago
from bunniz_bbs.plain.asking import BACK, Choice, Listing, ask
from bunniz_bbs.plain.reading import read_thread
from bunniz_bbs.plain.talk import Talk
from bunniz_bbs.services.search import SHOWN, Found, Hit

OLDER: Final = "m"
"""Goes on to older posts."""


async def look_for(talk: Talk, text: str = "") -> None:
    """Look for posts until somebody goes back.

    Args:
        talk: Who looks.
        text: For what, at first; empty: it is asked.
    """
    words = talk.words

    def about() -> Sequence[str]:
        return [*how_to_search(words), promise(words)]

    while True:
        if not text:
            prompt = words("What do you look for? Enter alone goes back:")
            text = await ask(talk, prompt, about)
        if not text or text in BACK:
            return
        try:
            await _choose(talk, text)
        except BunnizError as error:
            await talk.refuse(error)
        text = ""


async def _choose(talk: Talk, text: str) -> None:
    """Read among what was found.

    Raises:
        BunnizError: It could not be looked for.
    """
    words, search = talk.words, talk.services.search
    found = await search.search(talk.someone, text)
    while True:
        listing = _listing(talk, found)
        chosen = await listing.choose()
        while isinstance(chosen, Hit):
            try:
                await read_thread(talk, chosen.thread.id, chosen.post.number)
            except BunnizError as error:
                await talk.refuse(error)
            await talk.say(words("Back at what was found. Enter shows it again."))
            chosen = await listing.choose()
        if chosen is None or found.before is None:
            return
        found = await search.search(talk.someone, text, SHOWN, found.before)


def _listing(talk: Talk, found: Found) -> Listing[Hit]:
    words, goes_on = talk.words, found.before is not None

    async def load() -> Sequence[Choice[Hit]]:
        choices = [Choice(_told(talk, one), one) for one in found.hits]
        if choices:
            first = choices[0]
            choices[0] = Choice(first.text, first.item, how_far(words, found))
        return choices

    def about() -> Sequence[str]:
        older = [words("m goes on to older posts.")] * goes_on
        return [words("A number opens the post where it is."), *older]

    letters = OLDER if goes_on else ""
    return Listing(talk, load, about, nothing=how_far(words, found), letters=letters)


def _told(talk: Talk, hit: Hit) -> str:
    """A post that was found, all in words."""
    words = talk.words
    parts = [
        title_of(words, hit),
        hit.board.title[words.language],
        printable(author(words, hit.post.author_name)),
        ago(words, hit.post.created_at, talk.services.clock.now()),
        *[words("may be out of date")] * hit.stale,
    ]
    return f"{' - '.join(parts)}: {line_of(words, hit)}"
