"""Labels in words: what a text warns of, and what its author asks for."""

from collections.abc import Iterable
from typing import Final

from bunniz_bbs.domain.labels import Ask, Labels, Tag, in_order
from bunniz_bbs.i18n.door import NAMES
from bunniz_bbs.i18n.words import N_, Words

TAGS: Final[dict[Tag, str]] = {
    Tag.VIOLENCE: N_("violence"),
    Tag.SEXUAL_VIOLENCE: N_("sexual violence"),
    Tag.COERCION: N_("coercion and exploitation"),
    Tag.SELF_HARM: N_("self-harm"),
    Tag.SUICIDE: N_("suicide"),
    Tag.DEATH: N_("death and grief"),
    Tag.HATE: N_("hate and stigma"),
    Tag.POLICE: N_("police and courts"),
    Tag.OUTING: N_("being outed"),
    Tag.DRUGS: N_("alcohol and drugs"),
    Tag.HEALTH: N_("illness and the body"),
    Tag.PREGNANCY: N_("pregnancy and abortion"),
    Tag.FAMILY: N_("family and custody"),
    Tag.MONEY: N_("money worries"),
}

WANTS: Final[dict[Ask, str]] = {
    Ask.LISTEN: N_("listen to me"),
    Ask.ADVICE: N_("give me advice"),
    Ask.BOTH: N_("both"),
}
"""What an author chooses among."""

ASKS: Final[dict[Ask, str]] = {
    Ask.LISTEN: N_("asks to be listened to"),
    Ask.ADVICE: N_("asks for advice"),
    Ask.BOTH: N_("asks to be listened to and for advice"),
}
"""What readers see."""

REMINDERS: Final[dict[Ask, str]] = {
    Ask.LISTEN: N_("{name} asks to be listened to, not for advice."),
    Ask.ADVICE: N_("{name} asks for advice."),
    Ask.BOTH: N_("{name} asks to be listened to, and for advice too."),
}
"""What somebody sees who replies."""


def about(words: Words, tags: Iterable[Tag]) -> str:
    """What a text warns of, in the order of the house."""
    return ", ".join(words(TAGS[one]) for one in in_order(tags))


def told(words: Words, labels: Labels) -> tuple[str, ...]:
    """Each label that is set, for the author."""
    parts = []
    if labels.warnings:
        parts.append(words("warns of: {tags}", tags=about(words, labels.warnings)))
    if labels.ask:
        parts.append(words(ASKS[labels.ask]))
    if labels.language:
        parts.append(NAMES[labels.language])
    return tuple(parts)


def reminder(words: Words, ask: Ask | None, name: str) -> str:
    """What the author of a thread asked for; empty: nothing."""
    return words(REMINDERS[ask], name=name) if ask else ""
