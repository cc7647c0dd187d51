"""Commands for what one wants to read: warnings by tag, languages."""

from collections.abc import Sequence
from typing import Final

from bunniz_bbs.commands.labels import one_of, tags_named
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Kind,
    LookAgain,
    Parameter,
    Reply,
    Standing,
)
from bunniz_bbs.domain.choices import Lens, Show
from bunniz_bbs.domain.labels import Tag
from bunniz_bbs.domain.people import NOBODY, Actor
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.door import NAMES
from bunniz_bbs.i18n.labels import SHOWS, TAGS
from bunniz_bbs.services import Services

EVERY: Final = "all"
"""Stands for all tags, or for all languages."""
BY_NAME: Final = {
    "open": Show.OPEN,
    "fold": Show.FOLD,
    "hide": Show.HIDE,
    "default": Show.ASK,
}
"""What can be chosen."""
_TAGS: Final = Parameter(N_("TAGS"), Kind.LABELS, required=False)
_CHOICE: Final = Parameter(N_("CHOICE"), Kind.LABELS, required=False)
_LANGUAGES: Final = Parameter(N_("LANGUAGES"), Kind.LABELS, required=False)


async def focus(services: Services, actor: Actor, standing: Standing) -> Lens:
    """How a visit sees what others warned of, by the choices that hold now.

    Whoever has no account chooses for the length of a visit.
    """
    lens = standing.lens
    if actor.is_passing:
        lens.reader = NOBODY
    else:
        lens.reader = actor.id
        lens.choices = await services.choices.of(actor)
    return lens


async def warnings(context: Context, arguments: Arguments) -> Reply:
    """What one chose for each tag, or another choice."""
    lens = await focus(context.services, context.actor, context.standing)
    if text := arguments.text("TAGS").lower():
        tags = list(Tag) if text == EVERY else sorted(tags_named(text))
        show = BY_NAME[one_of(arguments.text("CHOICE"), list(BY_NAME))]
        if context.actor.is_passing:
            for tag in tags:
                lens.choices = lens.choices.choose(tag, show)
        else:
            chosen = await context.services.choices.choose(context.actor, tags, show)
            lens.choices = chosen
    words, choices = context.words, lens.choices
    how = words("To change one: warnings TAGS CHOICE, such as warnings police hide.")
    width = max(map(len, Tag))
    lines = [
        f"{one:<{width}}  {words(SHOWS[choices.of(one)])} - {words(TAGS[one])}"
        for one in Tag
    ]
    names = {show: name for name, show in BY_NAME.items()}
    data = {one.value: names[choices.of(one)] for one in Tag}
    return Reply([*lines, how], data, LookAgain())


async def reads(context: Context, arguments: Arguments) -> Reply:
    """The languages in which one reads, or others."""
    lens = await focus(context.services, context.actor, context.standing)
    if text := arguments.text("LANGUAGES").lower():
        given = [] if text == EVERY else [one for one in text.split(",") if one]
        wanted = [one_of(one, LANGUAGES, besides=EVERY) for one in given]
        lens.choices = await context.services.choices.read_in(context.actor, wanted)
    choices = lens.choices
    return Reply(
        [reading_text(context.words, choices.languages)],
        {"languages": list(choices.languages)},
        LookAgain(),
    )


def reading_text(words: Words, languages: Sequence[Language]) -> str:
    """What is said of the languages in which somebody reads."""
    if not languages:
        return words("You see threads in every language.")
    return words(
        "You see threads in: {languages}. Those in other languages are left out; those "
        "that do not say theirs are there.",
        languages=", ".join(NAMES[one] for one in languages),
    )


CHOICE_COMMANDS = (
    Command(
        "warnings",
        N_("Show or choose what happens to texts that warn: open fold hide default."),
        Action.READ_BOARD,
        warnings,
        parameters=(_TAGS, _CHOICE),
    ),
    Command(
        "reads",
        N_("Show or choose in which languages you read threads: fr nl en de, all."),
        Action.SET_OWN,
        reads,
        parameters=(_LANGUAGES,),
    ),
)
