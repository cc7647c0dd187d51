"""Commands and options for labels."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, TypeVar

from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Kind,
    Parameter,
    Reply,
)
from bunniz_bbs.domain.choices import Lens, Show
from bunniz_bbs.domain.errors import LabelUnclear, ThreadNotFound
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.labels import Ask, Labels, Tag, in_order
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.labels import about

NOTHING: Final = "none"
"""Takes a label away."""
ALL: Final = "all"
"""Stands for the thread itself, where a post could be named."""

L = TypeVar("L", bound=str)

WARN: Final = Parameter(N_("TAGS"), Kind.LABELS, required=False, flag="--warn")
ASK: Final = Parameter(N_("ASK"), Kind.LABELS, required=False, flag="--ask")
LANG: Final = Parameter(N_("LANGUAGE"), Kind.LABELS, required=False, flag="--lang")
LASTS: Final = Parameter(N_("DURATION"), Kind.DURATION, required=False, flag="--for")
_TARGET: Final = Parameter(N_("THREAD"), Kind.PLACE)
_TAGS: Final = Parameter(N_("TAGS"), Kind.LABELS)
_REASON: Final = Parameter(N_("REASON"), Kind.TEXT)


def tags_in(arguments: Arguments) -> frozenset[Tag] | None:
    """The warnings that were given; None: nothing was said of them.

    Raises:
        LabelUnclear: One is not known.
    """
    text = arguments.text("TAGS").lower()
    if not text:
        return None
    return frozenset() if text == NOTHING else tags_named(text, besides=NOTHING)


def tags_named(text: str, besides: str = "all") -> frozenset[Tag]:
    """Tags by their names, with commas between them.

    Raises:
        LabelUnclear: One is not known.
    """
    known, given = list(Tag), [one for one in text.split(",") if one]
    return frozenset(one_of(one, known, besides=besides) for one in given)


def labels_in(arguments: Arguments, before: Labels) -> Labels:
    """The labels that were given, in place of those that were there.

    Raises:
        LabelUnclear: One is not known.
    """
    labels, warnings = before, tags_in(arguments)
    if warnings is not None:
        labels = replace(labels, warnings=warnings)
    if ask := arguments.text("ASK"):
        labels = replace(labels, ask=_or_none(ask, list(Ask)))
    if language := arguments.text("LANGUAGE"):
        labels = replace(labels, language=_or_none(language, LANGUAGES))
    return replace(labels, lasts=arguments.duration("DURATION"))


def one_of(given: str, known: Sequence[L], *, besides: str = "") -> L:
    """The one that was meant.

    Args:
        given: What was typed.
        known: Those that there are.
        besides: What could have been typed as well.

    Raises:
        LabelUnclear: None is called so.
    """
    wanted = given.lower()
    found = next((one for one in known if one == wanted), None)
    if found is None:
        named = ", ".join([*known, *([besides] if besides else [])])
        raise LabelUnclear(given, named)
    return found


def _or_none(given: str, known: Sequence[L]) -> L | None:
    """The label that was given; None: none is to stand there."""
    if given.lower() == NOTHING:
        return None
    return one_of(given, known, besides=NOTHING)


def labels_data(labels: Labels) -> dict[str, object]:
    """Labels for machines."""
    return {
        "warnings": list(in_order(labels.warnings)),
        "ask": labels.ask,
        "language": labels.language,
    }


def shown_title(lens: Lens, thread: Thread) -> str | None:
    """A thread's title for machines; None: it is folded."""
    return thread.title if lens.thread(thread) is Show.OPEN else None


def _target(arguments: Arguments) -> tuple[ThreadId, int | None]:
    """A thread, or a post in it: `12` or `12#3`."""
    thread, mark, number = arguments.text("THREAD").partition("#")
    given = Arguments({"THREAD": thread, "POST": number}, arguments.usage)
    return ThreadId(given.number("THREAD")), given.number("POST") if mark else None


def _said(words: Words, warnings: frozenset[Tag]) -> str:
    if not warnings:
        return words("It warns of nothing now.")
    return words("It warns of: {tags}.", tags=about(words, warnings))


async def label(context: Context, arguments: Arguments) -> Reply:
    """Change the labels of one's own thread or post."""
    services, actor = context.services, context.actor
    thread, number = _target(arguments)
    if number is not None:
        warnings = tags_in(arguments) or frozenset()
        await services.labels.label_post(actor, thread, number, warnings)
        return Reply(
            [_said(context.words, warnings)],
            {"thread": thread, "post": number, "warnings": list(in_order(warnings))},
        )
    view = await services.threads.open(actor, thread, 1, 1)
    labels = labels_in(arguments, view.thread.labels)
    await services.labels.label(actor, thread, labels)
    return Reply(
        [context.words("The labels were changed.")],
        {"thread": thread, **labels_data(labels)},
    )


async def warn(context: Context, arguments: Arguments) -> Reply:
    """Put warnings on anybody's thread or post."""
    thread, number = _meant(context, arguments)
    warnings = tags_in(arguments) or frozenset()
    await context.services.labels.warn(
        context.actor, thread, number, warnings, arguments.text("REASON")
    )
    data = {"thread": thread, "post": number, "warnings": list(in_order(warnings))}
    return Reply([_said(context.words, warnings)], data)


def _meant(context: Context, arguments: Arguments) -> tuple[ThreadId, int | None]:
    """The thread or the post that warnings are put on."""
    if context.front is Front.VERB:
        return _target(arguments)
    if context.thread is None:
        raise ThreadNotFound
    whole = arguments.text("TARGET").lower() == ALL
    return context.thread, None if whole else arguments.number("TARGET")


LABEL_COMMANDS = (
    Command(
        "label",
        N_("Change what your own thread, or a post as THREAD#N, warns of or asks for."),
        Action.LABEL,
        label,
        Front.VERB,
        (_TARGET, WARN, ASK, LANG),
    ),
    Command(
        "warn",
        N_("Put warnings on a thread, or on a post as THREAD#N."),
        Action.WARN,
        warn,
        Front.VERB,
        (_TARGET, _TAGS, _REASON),
    ),
    Command(
        "warn",
        N_("Put warnings on a post by its number, or on the whole thread with “all”."),
        Action.WARN,
        warn,
        Front.SLASH,
        (Parameter(N_("TARGET"), Kind.NUMBER), _TAGS, _REASON),
    ),
)
