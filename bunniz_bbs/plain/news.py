"""What is new, in line mode: a list with numbers, and what counts as read at once."""

from collections.abc import Sequence

from bunniz_bbs.commands.choices import focus
from bunniz_bbs.commands.news import item_text
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.i18n import news as said
from bunniz_bbs.plain.asking import Choice, Listing, ask
from bunniz_bbs.plain.reading import read_next, read_thread
from bunniz_bbs.plain.talk import Talk

YES = "y"


async def read_new(talk: Talk) -> None:
    """Choose among all that is new until somebody goes back.

    Raises:
        BunnizError: It could not be looked up.
    """
    words = talk.words

    async def load() -> Sequence[Choice[ThreadId]]:
        await focus(talk.services, talk.someone, talk.standing)
        news = await talk.services.news.of(talk.someone)
        house, now = talk.services.house, talk.services.clock.now()
        choices, above = [], ""
        for item in news.items:
            heading = words(said.HEADINGS[item.kind])
            text = item_text(words, house, talk.standing.lens, item, now)
            over = "" if heading == above else f"{heading}:"
            choices.append(Choice(text, item.thread.id, over))
            above = heading
        return choices

    def about() -> Sequence[str]:
        return [
            words(
                "A number opens a thread, n the next one with something new; a lets "
                "everything count as read. /since 7d chooses from when on posts count "
                "as new."
            )
        ]

    while True:
        await talk.say(words("New for you"))
        nothing = words("Nothing new.")
        letters = "n" if talk.someone.is_passing else "na"
        listing = Listing(talk, load, about, nothing=nothing, letters=letters)
        chosen = await listing.choose()
        if chosen is None:
            return
        try:
            if chosen == "n":
                await read_next(talk)
            elif chosen == "a":
                await _read_all(talk)
            else:
                await read_thread(talk, ThreadId(int(chosen)))
        except BunnizError as error:
            await talk.refuse(error)


async def _read_all(talk: Talk) -> None:
    """Let everything count as read, once that is meant."""
    words = talk.words
    sure = words("Everything counts as read then. y and Enter, or Enter alone not:")
    if (await ask(talk, sure, lambda: [sure])).lower() == YES:
        count = await talk.services.news.mark_all(talk.someone)
        await talk.say(said.read_at_once(words, count))
