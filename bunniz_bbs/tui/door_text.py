"""What the door says, question by question."""

from enum import IntEnum
from typing import Final

from bunniz_bbs.domain.admission import ConsentKind, Mode
from bunniz_bbs.domain.house import Address, House
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import Words, door
from bunniz_bbs.i18n.notices import removed
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.widgets.rows import Row

MEASURE = 72
"""Columns of running text."""

NARROWEST: Final = 50
"""Columns that take the making of a key in one piece."""


class Step(IntEnum):
    """The questions, in order."""

    LANGUAGE = 0
    LIMITS = 1
    RULES = 2
    ADULT = 3
    CODE = 4
    SPECIAL = 5
    NAME = 6
    KEY = 7
    """Instead of a code and a name, for whoever came without a key."""


OPENING: Final = (Step.LANGUAGE, Step.LIMITS, Step.RULES, Step.ADULT)
"""What everybody reads who is not known."""
WITH_KEY: Final = (*OPENING, Step.CODE, Step.SPECIAL, Step.NAME)
KEYLESS: Final = (*OPENING, Step.KEY)
CONSENTS: Final = {
    Step.RULES: ConsentKind.TERMS,
    Step.ADULT: ConsentKind.ADULT,
    Step.SPECIAL: ConsentKind.SPECIAL,
}
"""Where one agrees, and to what."""


def question(
    step: Step,
    words: Words,
    house: House,
    address: Address,
    width: int,
    *,
    guests: bool,
    answer: str = "",
) -> list[Row]:
    """What one reads at a step.

    Args:
        step: Which one.
        words: In which language.
        house: What is told of.
        address: Where the house is reached.
        width: How wide the screen is.
        guests: Whether there is something for guests.
        answer: Why the team did not let them in, where they asked before.
    """
    match step:
        case Step.LANGUAGE:
            return ask_language()
        case Step.LIMITS:
            told = [_paragraph(removed(words, answer), width)] if answer else []
            return [*told, *limits(words, house, width)]
        case Step.RULES | Step.ADULT | Step.SPECIAL:
            return consent(CONSENTS[step], words, house, width)
        case Step.CODE:
            mode = house.admission.mode
            return ask_code(words, width, mode, guests=guests)
        case Step.NAME:
            return ask_name(words, width)
        case Step.KEY:
            return tell_of_keys(words, address, width, guests=guests)


def ask_language() -> list[Row]:
    """Asks for a language, in all of them."""
    return [
        Row((line(" ", Span(door.GREETING, Ink.QUIET)), ())),
        *(Row((line("   ", door.NAMES[one]),), (one,)) for one in LANGUAGES),
    ]


def limits(words: Words, house: House, width: int) -> list[Row]:
    """What this place can and cannot protect, and who answers for it."""
    told = [*door.limits(words), *door.operator(words, house.admission.operator)]
    return [
        _title(words("Before you come in")),
        *(_paragraph(one, width) for one in told),
    ]


def rules(words: Words, house: House, width: int) -> list[Row]:
    """How people are with each other here."""
    rows = [_title(words("How we are with each other"))]
    for rule in house.rules:
        laid = wrap(rule[words.language], min(width - 6, MEASURE))
        rows.append(
            Row(
                tuple(
                    line(" - " if index == 0 else "   ", one)
                    for index, one in enumerate(laid)
                )
            )
        )
    return [*rows, Row(((),))]


def consent(
    kind: ConsentKind, words: Words, house: House, width: int, had: int = 0
) -> list[Row]:
    """What one agrees to, each by itself; `had`: the version of earlier, 0 for none."""
    if kind is not ConsentKind.TERMS:
        rows = [_title(door.consent_title(words, kind))]
        rows += [_paragraph(one, width) for one in door.about_consent(words, kind)]
    else:
        changes = door.changes(words, house.admission, had)
        rows = [_title(words("What is new in the terms"))] if changes else []
        rows += [_paragraph(one, width) for one in changes]
        rows += rules(words, house, width)
        if told := door.terms(words, house.admission):
            rows.append(_title(words("What you can expect, and what we keep")))
            rows += [_paragraph(one, width) for one in told]
    return [*rows, _paragraph(door.agree(words, kind), width, Ink.STRONG)]


def ask_code(words: Words, width: int, mode: Mode, *, guests: bool) -> list[Row]:
    """Asks for a code."""
    rows = [
        _title(words("Your invite code")),
        _paragraph(door.about_codes(words), width),
    ]
    if told := door.without_code(words, mode):
        rows.append(_paragraph(told, width))
    if guests and mode in (Mode.INVITE, Mode.CLOSED):
        look = words("No code? Press Enter right away to look around as a guest.")
        rows.append(_paragraph(look, width))
    elif guests:
        look = words("To look around as a guest first, press Ctrl+G.")
        rows.append(_paragraph(look, width))
    return rows


def tell_of_keys(
    words: Words, address: Address, width: int, *, guests: bool
) -> list[Row]:
    """Tells whoever came without a key how to make one."""
    made, keygen, told, *config = door.about_keys(words, address)
    if width <= NARROWEST:
        keygen = keygen.replace(" -f", " \\\n  -f")
    look = words("Press Enter to look around as a guest.")
    closed = words("Nothing here is open to guests, so come back with a key.")
    return [
        _title(words("A key of your own")),
        _paragraph(made, width),
        _commands(keygen),
        _paragraph(told, width),
        _commands("\n".join(config)),
        _paragraph(look if guests else closed, width, Ink.STRONG),
    ]


def member_note(words: Words, address: Address, width: int) -> list[Line]:
    """What stands under the question for a code: members are told what went wrong."""
    config = door.client_config(words, address)
    laid = wrap(door.another_key(words), min(width - 4, MEASURE))
    return [
        *(line(" ", Span(one, Ink.QUIET)) for one in laid),
        (),
        *(line("   ", Span(one, Ink.QUIET)) for one in config),
    ]


def member_hint(words: Words, width: int) -> list[Line]:
    """The same where there is little room."""
    told = words("Already a member? F1 tells why you are asked.")
    laid = wrap(told, min(width - 4, MEASURE))
    return [line(" ", Span(one, Ink.QUIET)) for one in laid]


def ask_name(words: Words, width: int) -> list[Row]:
    """Asks for a name."""
    return [
        _title(words("Your name here")),
        _paragraph(
            door.about_names(words),
            width,
        ),
        _paragraph(words("Press Enter to come in under this name."), width, Ink.STRONG),
    ]


def _commands(text: str) -> Row:
    """Lines to be copied, never broken."""
    lines: list[Line] = [line("   ", one) for one in text.split("\n")]
    return Row((*lines, ()))


def _title(text: str) -> Row:
    return Row((line(" ", Span(text, Ink.ACCENT)), ()))


def _paragraph(text: str, width: int, ink: Ink = Ink.PLAIN) -> Row:
    laid = wrap(text, min(width - 4, MEASURE))
    lines: list[Line] = [line(" ", Span(one, ink)) for one in laid]
    return Row((*lines, ()))
