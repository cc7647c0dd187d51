"""Labels in words: what a text warns of, and what its author asks for."""

from collections.abc import Iterable
from typing import Final

from bunniz_bbs.domain.choices import LeftOut, Lens, Show
from bunniz_bbs.domain.labels import Ask, Labels, Tag, in_order
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.i18n.door import NAMES
from bunniz_bbs.i18n.people import author
from bunniz_bbs.i18n.times import stay
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

BRIEFLY: Final[dict[Ask, str]] = {
    Ask.LISTEN: N_("to listen"),
    Ask.ADVICE: N_("for advice"),
    Ask.BOTH: N_("to listen, advice"),
}
"""The same beside a title."""

SHOWS: Final[dict[Show, str]] = {
    Show.OPEN: N_("always open"),
    Show.ASK: N_("folded until opened"),
    Show.FOLD: N_("always folded"),
    Show.HIDE: N_("hidden"),
}
"""What happens to a text with a warning."""

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
    if labels.lasts:
        parts.append(stay(words, labels.lasts))
    return tuple(parts)


def heading(words: Words, lens: Lens, thread: Thread) -> str:
    """A thread's title as a reader sees it: what it warns of, then the title or not."""
    tags, shown = thread.labels.warnings, lens.thread(thread) is Show.OPEN
    marked = [f"[{about(words, tags)}]"] if tags else []
    return " ".join([*marked, *([thread.title] if shown else [])])


def beside(words: Words, labels: Labels) -> list[str]:
    """What stands beside a title: its language, if another, and what it asks for."""
    told = [labels.language.upper()] if labels.language else []
    if labels.language == words.language:
        told = []
    return told + ([words(BRIEFLY[labels.ask])] if labels.ask else [])


def left_out(words: Words, left: LeftOut) -> list[str]:
    """That threads of a board are not shown, and what can be done about it."""
    told = []
    if left.foreign:
        told.append(
            words.many(
                "{n} thread in another language is not shown; “reads all” changes it.",
                "{n} threads in other languages are not shown; “reads all” changes it.",
                left.foreign,
            )
        )
    return told + hidden_threads(words, left)


def hidden_threads(words: Words, left: LeftOut) -> list[str]:
    """That threads are not shown, by what they warn of."""
    if not left.hidden:
        return []
    return [
        words.many(
            "{n} thread is hidden by your choice.",
            "{n} threads are hidden by your choice.",
            left.hidden,
        )
    ]


def hidden_posts(words: Words, n: int) -> str:
    """That posts are not shown."""
    return words.many(
        "{n} post is hidden by your choice.", "{n} posts are hidden by your choice.", n
    )


def about_choosing(words: Words) -> list[str]:
    """What each choice about warnings does."""
    return [
        words(
            "What authors warn of is folded until you open it, for your visit. For "
            "each subject you can have it open always, or folded always, also post by "
            "post in a thread that is about it, or hidden: then it is in none of your "
            "lists and never new. Where a text warns of several things, the strictest "
            "of your choices holds. What you wrote yourself you always see."
        ),
        words(
            "Nobody else sees what you choose. It is kept in the data file, and so is "
            "all that is hidden from you."
        ),
    ]


def about_thread(words: Words, lens: Lens, thread: Thread) -> list[str]:
    """What is said in place of a thread that is folded or hidden as a whole."""
    tags = about(words, thread.labels.warnings)
    told = [words("This thread is about: {tags}.", tags=tags)]
    if lens.thread(thread) is Show.HIDE:
        told.append(words("By your choice it is not shown; “warnings” changes that."))
    return told


def asked_for(words: Words, thread: Thread) -> str:
    """What the author of a thread asked for; empty: nothing."""
    ask, name = thread.labels.ask, author(words, thread.author_name)
    return words(REMINDERS[ask], name=name) if ask else ""
