"""Commands about what one shows of oneself, and whether one is seen."""

from typing import Final, cast

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Kind,
    Parameter,
    Reply,
)
from bunniz_bbs.domain.errors import UsageUnclear
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.text import printable
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.door import NAMES

OFF: Final = "off"
NONE: Final = "none"
USAGE: Final = f"speaks [{' '.join(LANGUAGES)} | {NONE}]"


async def pronouns(context: Context, arguments: Arguments) -> Reply:
    """One's pronouns, shown or changed."""
    profiles, wanted = context.services.profiles, arguments.text("TEXT")
    if wanted:
        cleared = "" if wanted.strip().lower() == OFF else wanted
        shown = await profiles.set_pronouns(context.actor, cleared)
    else:
        shown = (await profiles.of(context.actor)).pronouns
    return Reply([pronouns_text(context.words, shown)], {"pronouns": shown})


def pronouns_text(words: Words, shown: str) -> str:
    """What is said of somebody's own pronouns."""
    if not shown:
        return words("You show no pronouns.")
    return words("Pronouns: {text}", text=printable(shown))


async def speaks(context: Context, arguments: Arguments) -> Reply:
    """The languages one shows that one speaks, shown or changed."""
    profiles, words = context.services.profiles, context.words
    wanted = arguments.text("LANGUAGES").lower().replace(",", " ").split()
    if wanted:
        spoken = await profiles.set_speaks(context.actor, _languages(wanted))
    else:
        spoken = (await profiles.of(context.actor)).speaks
    names = ", ".join(NAMES[one] for one in spoken)
    said = (
        words("Speaks: {text}", text=names)
        if spoken
        else words("You do not show which languages you speak.")
    )
    return Reply([said], {"speaks": list(spoken)})


def _languages(wanted: list[str]) -> list[Language]:
    """The languages that were typed.

    Raises:
        UsageUnclear: One of them is none of the house's.
    """
    if wanted in ([NONE], [OFF]):
        return []
    if not set(wanted) <= set(LANGUAGES):
        raise UsageUnclear(USAGE)
    return [cast(Language, one) for one in wanted]


async def hide(context: Context, arguments: Arguments) -> Reply:
    """Not be seen in rooms."""
    await context.services.profiles.set_hidden(context.actor, True)
    return Reply(hidden_text(context.words), {"hidden": True})


async def show(context: Context, arguments: Arguments) -> Reply:
    """Be seen in rooms."""
    await context.services.profiles.set_hidden(context.actor, False)
    said = context.words("Those who are in a room with you see that you are there.")
    return Reply([said], {"hidden": False})


def hidden_text(words: Words) -> list[str]:
    """What it means to be hidden."""
    return [
        words(
            "From now on nobody sees that you are in a room, and you do not see who is."
        ),
        words(
            "If you say something there, your name stands beside it, and you are seen "
            "in that room until you leave it or hide again."
        ),
        words("In the porch the team and its guest always see each other."),
    ]


PROFILE_COMMANDS = (
    Command(
        "pronouns",
        N_("Show or change your pronouns; “off” takes them away."),
        Action.SET_OWN,
        pronouns,
        parameters=(Parameter(N_("TEXT"), Kind.TEXT, required=False),),
    ),
    Command(
        "speaks",
        N_("Show or change which languages others see you speak: fr nl en de, none."),
        Action.SET_OWN,
        speaks,
        parameters=(Parameter(N_("LANGUAGES"), Kind.TEXT, required=False),),
    ),
    Command(
        "hide",
        N_("Be in rooms without being seen, until you say something there."),
        Action.SET_OWN,
        hide,
    ),
    Command(
        "show",
        N_("Be seen in rooms again."),
        Action.SET_OWN,
        show,
    ),
)
