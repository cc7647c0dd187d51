"""What one began to write, in line mode."""

from collections.abc import Sequence

from bunniz_bbs.commands.choices import focus
from bunniz_bbs.commands.drafts import draft_line
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.plain.asking import Choice, Listing
from bunniz_bbs.plain.talk import Talk
from bunniz_bbs.plain.writing import write_on
from bunniz_bbs.services.drafts import Begun


async def see_drafts(talk: Talk) -> None:
    """Go on with drafts until somebody goes back.

    Raises:
        BunnizError: They could not be looked up.
    """
    words = talk.words

    def about() -> Sequence[str]:
        return [words("A number goes on with a draft, or throws it away.")]

    while True:
        await talk.say(words("Your drafts"), *about())
        nothing = words("You have no drafts.")
        chosen = await Listing(
            talk, lambda: _choices(talk), about, nothing=nothing
        ).choose()
        if not isinstance(chosen, Begun):
            return
        try:
            await write_on(talk, chosen)
        except BunnizError as error:
            await talk.refuse(error)


async def _choices(talk: Talk) -> Sequence[Choice[Begun]]:
    words, now = talk.words, talk.services.clock.now()
    lens = await focus(talk.services, talk.someone, talk.standing)
    found = await talk.services.drafts.all(talk.someone)
    return [Choice(draft_line(words, lens, one, now), one) for one in found]
