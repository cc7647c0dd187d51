"""One's invite codes in line mode."""

from collections.abc import Sequence
from datetime import timedelta

from bunniz_bbs.commands.trust import allowance_text, lifetimes
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.i18n.times import spell_duration
from bunniz_bbs.plain.asking import Choice, Listing
from bunniz_bbs.plain.giving import carry_out
from bunniz_bbs.plain.talk import Talk

WITHDRAW = "w"


async def see_invites(talk: Talk) -> None:
    """Make codes, or make all of them useless, until somebody goes back.

    Raises:
        BunnizError: They could not be looked up.
    """
    words = talk.words

    def about() -> Sequence[str]:
        return [words("A number makes a code; w makes all your codes useless.")]

    while True:
        allowed = await talk.services.invites.allowance(talk.someone)
        await talk.say(words("Invites"), allowance_text(words, allowed), *about())
        listing = Listing(
            talk, lambda: _choices(talk), about, nothing="", letters=WITHDRAW
        )
        chosen = await listing.choose()
        if chosen is None:
            return
        try:
            command = "/uninvite" if chosen == WITHDRAW else f"/invite {chosen}d"
            await carry_out(talk, command)
        except BunnizError as error:
            await talk.refuse(error)


async def _choices(talk: Talk) -> Sequence[Choice[int]]:
    words = talk.words
    allowed = await talk.services.invites.allowance(talk.someone)
    found = []
    for days in lifetimes(talk.someone, allowed):
        lasts = spell_duration(words, timedelta(days=days))
        told = words("Make a code that works once, for {duration}", duration=lasts)
        found.append(Choice(told, days))
    return found
