"""What the door says, question by question."""

from enum import IntEnum
from typing import Final

from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.i18n import Words
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.widgets.rows import Row

MEASURE = 72
"""Columns of running text."""

GREETING = "Choisir · Kiezen · Choose · Auswählen"
NAMES: Final[dict[Language, str]] = {
    "fr": "Français",
    "nl": "Nederlands",
    "en": "English",
    "de": "Deutsch",
}
"""Each language by its own name."""


NARROWEST: Final = 50
"""Columns that take the line below in one piece."""
KEYGEN: Final = 'ssh-keygen -t ed25519 -C "" -f ~/.ssh/bunniz'
"""Makes a key for this place alone, with no name in it."""


class Step(IntEnum):
    """The questions, in order."""

    LANGUAGE = 0
    LIMITS = 1
    RULES = 2
    CODE = 3
    NAME = 4
    KEY = 5
    """Instead of a code and a name, for whoever came without a key."""


WITH_KEY: Final = (Step.LANGUAGE, Step.LIMITS, Step.RULES, Step.CODE, Step.NAME)
KEYLESS: Final = (Step.LANGUAGE, Step.LIMITS, Step.RULES, Step.KEY)


def question(
    step: Step, words: Words, house: House, width: int, *, guests: bool
) -> list[Row]:
    """What one reads at a step; `guests`: whether there is something for them."""
    match step:
        case Step.LANGUAGE:
            return ask_language()
        case Step.LIMITS:
            return limits(words, width)
        case Step.RULES:
            return rules(words, house, width)
        case Step.CODE:
            return ask_code(words, width, guests=guests)
        case Step.NAME:
            return ask_name(words, width)
        case Step.KEY:
            return tell_of_keys(words, width, guests=guests)


def ask_language() -> list[Row]:
    """Asks for a language, in all of them."""
    return [
        Row((line(" ", Span(GREETING, Ink.QUIET)), ())),
        *(Row((line("   ", NAMES[one]),), (one,)) for one in LANGUAGES),
    ]


def limits(words: Words, width: int) -> list[Row]:
    """What this place can and cannot protect."""
    told = [
        words("No name, no e-mail, no IP address is kept here."),
        words(
            "The server sees what you write while it handles it: messages are "
            "not end-to-end encrypted. Whoever runs it could read them."
        ),
        words(
            "Anyone can take a picture of a screen. Somebody may lie about who "
            "they are."
        ),
        words("Your device and your network keep traces that we cannot erase."),
        words(
            "We are not an emergency service: 112, police 101. Ctrl+X leaves at "
            "once, from anywhere."
        ),
    ]
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
    agree = words("Press Enter if you are an adult and agree.")
    return [*rows, Row(((),)), _paragraph(agree, width, Ink.STRONG)]


def ask_code(words: Words, width: int, *, guests: bool) -> list[Row]:
    """Asks for a code."""
    told = words(
        "Somebody who is here already can give you one. Capitals, spaces and dashes do "
        "not matter."
    )
    rows = [_title(words("Your invite code")), _paragraph(told, width)]
    if guests:
        look = words("No code? Press Enter right away to look around as a guest.")
        rows.append(_paragraph(look, width))
    return rows


def tell_of_keys(words: Words, width: int, *, guests: bool) -> list[Row]:
    """Tells whoever came without a key how to make one."""
    made = words(
        "You came without a key. By a key this place knows you again, with no name "
        "and no password. On your device, make one for here alone:"
    )
    told = words(
        "Put these lines into ~/.ssh/config, with the address that you came to, then "
        "type: ssh bunniz. Members whose key was not offered do the same."
    )
    look = words("Press Enter to look around as a guest.")
    closed = words("Nothing here is open to guests, so come back with a key.")
    return [
        _title(words("A key of your own")),
        _paragraph(made, width),
        _commands(KEYGEN if width > NARROWEST else KEYGEN.replace(" -f", " \\\n  -f")),
        _paragraph(told, width),
        _commands(config_block()),
        _paragraph(look if guests else closed, width, Ink.STRONG),
    ]


def member_note(words: Words, width: int) -> list[Line]:
    """What stands under the question for a code: members are told what went wrong."""
    laid = wrap(another_key(words), min(width - 4, MEASURE))
    return [
        *(line(" ", Span(one, Ink.QUIET)) for one in laid),
        (),
        *(line("   ", Span(one, Ink.QUIET)) for one in config_block().split("\n")),
    ]


def ask_name(words: Words, width: int) -> list[Row]:
    """Asks for a name."""
    return [
        _title(words("Your name here")),
        _paragraph(
            words(
                "This one was drawn by lot. Keep it, or type another one: nothing "
                "that you use elsewhere, nothing that names you."
            ),
            width,
        ),
        _paragraph(words("Press Enter to come in under this name."), width, Ink.STRONG),
    ]


def unknown_key(words: Words) -> str:
    """Why one stands at the door, and what is kept of a key."""
    return words(
        "Your SSH key is not known here yet. Whoever has an invite code can come in "
        "with it and choose a pseudonym. Of your key only a keyed hash is kept, of "
        "your device nothing."
    )


def keyless(words: Words) -> str:
    """What is so for whoever came without a key."""
    return words(
        "You came without an SSH key. Guests can read what is open to them; whoever "
        "wants to write or to talk needs a key, and an invite code."
    )


def another_key(words: Words) -> str:
    """What to do for a member whose client offered another key."""
    return words(
        "Already a member? Then your SSH client offered another key than the one you "
        "joined with. Name the right one in ~/.ssh/config:"
    )


def config_block() -> str:
    """What a member puts into ~/.ssh/config so that the right key is offered."""
    return (
        "Host bunniz\n"
        "  HostName HOST\n"
        "  Port 2222\n"
        "  User x\n"
        "  IdentityFile ~/.ssh/bunniz\n"
        "  IdentitiesOnly yes\n"
        "  LogLevel ERROR"
    )


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
