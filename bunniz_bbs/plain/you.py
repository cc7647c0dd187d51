"""What is one's own, in line mode: a menu with numbers."""

from collections.abc import Sequence

from bunniz_bbs.commands.people import role_word
from bunniz_bbs.commands.profiles import NONE, OFF
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.policy import Action, allows
from bunniz_bbs.domain.text import printable
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n.door import NAMES
from bunniz_bbs.i18n.people import about_profile, about_renaming
from bunniz_bbs.plain.asking import BACK, Choice, Listing, ask
from bunniz_bbs.plain.drafts import see_drafts
from bunniz_bbs.plain.giving import carry_out
from bunniz_bbs.plain.invites import see_invites
from bunniz_bbs.plain.keeping import see_bookmarks, see_followed, see_quiet
from bunniz_bbs.plain.keys import see_keys
from bunniz_bbs.plain.notes import see_notes
from bunniz_bbs.plain.talk import Talk

NOTHING = "-"
"""Takes away what is shown."""


async def see_you(talk: Talk) -> None:
    """Choose among all that is one's own until somebody goes back.

    Raises:
        Left: The account is gone, as was asked.
        BunnizError: It could not be looked up.
    """
    words = talk.words
    listing = Listing(
        talk,
        lambda: _choices(talk),
        lambda: [words("A number changes or opens one. Enter shows the list again.")],
        nothing="",
    )
    await talk.say(words("You"))
    while (chosen := await listing.choose()) is not None:
        try:
            await _open(talk, chosen)
        except BunnizError as error:
            await talk.refuse(error)
        await talk.say(talk.words("You"))


async def _choices(talk: Talk) -> Sequence[Choice[str]]:
    words, someone, services = talk.words, talk.someone, talk.services
    profile = await services.profiles.of(someone)
    role = role_word(words, someone.role)
    spoken = ", ".join(NAMES[one] for one in profile.speaks)
    unseen = words("others see that you are there")
    seen = words("nobody sees you until you speak") if profile.hidden else unseen
    pronouns = printable(profile.pronouns) or words("not shown")
    found = [
        Choice(f"{words('Name')}: {printable(someone.name)} ({role})", "name"),
        Choice(f"{words('Pronouns')}: {pronouns}", "pronouns"),
        Choice(f"{words('You speak')}: {spoken or words('not shown')}", "speaks"),
        Choice(f"{words('In rooms')}: {seen}", "show" if profile.hidden else "hide"),
    ]
    if allows(someone, Action.KEEP_NOTES):
        found.append(Choice(words("Your notes on people"), "notes"))
    found += [
        Choice(words("Your keys"), "keys"),
        Choice(words("Bookmarks"), "bookmarks"),
        Choice(words("What you follow"), "followed"),
        Choice(words("Quiet boards"), "quiet"),
    ]
    invites = allows(someone, Action.INVITE)
    if invites and (await services.invites.allowance(someone)).may:
        found.append(Choice(words("Invites"), "invites"))
    return [
        *found,
        Choice(words("What you agreed to"), "agreements"),
        Choice(words("What this place knows about you"), "known"),
        Choice(words("Your drafts"), "drafts"),
        Choice(words("What you want to read"), "warnings"),
        Choice(words("Leaving for good"), "leave-for-good"),
    ]


async def _open(talk: Talk, item: str) -> None:
    match item:
        case "name":
            await _rename(talk)
        case "pronouns":
            await _pronouns(talk)
        case "speaks":
            await _speaks(talk)
        case "notes":
            await see_notes(talk)
        case "drafts":
            await see_drafts(talk)
        case "bookmarks":
            await see_bookmarks(talk)
        case "followed":
            await see_followed(talk)
        case "quiet":
            await see_quiet(talk)
        case "keys":
            await see_keys(talk)
        case "invites":
            await see_invites(talk)
        case command:
            await carry_out(talk, f"/{command}")


async def _rename(talk: Talk) -> None:
    words, about = talk.words, [about_renaming(talk.words)]
    await talk.say(*about)
    prompt = words("Another name, or Enter alone to go back:")
    typed = await ask(talk, prompt, lambda: about)
    if typed and typed not in BACK:
        account = await talk.services.naming.rename(talk.someone, typed)
        await talk.say(words("You are called {name} now.", name=account.name))


async def _pronouns(talk: Talk) -> None:
    words, about = talk.words, [about_profile(talk.words)]
    await talk.say(*about)
    prompt = words("Your pronouns, - shows none, Enter alone goes back:")
    typed = await ask(talk, prompt, lambda: about)
    if typed and typed not in BACK:
        await carry_out(talk, f"/pronouns {OFF if typed == NOTHING else typed}")


async def _speaks(talk: Talk) -> None:
    words, about = talk.words, [about_profile(talk.words)]
    await talk.say(*about)
    prompt = words(
        "Your languages ({languages}), - shows none, Enter alone goes back:",
        languages=" ".join(LANGUAGES),
    )
    typed = await ask(talk, prompt, lambda: about)
    if typed and typed not in BACK:
        await carry_out(talk, f"/speaks {NONE if typed == NOTHING else typed}")
