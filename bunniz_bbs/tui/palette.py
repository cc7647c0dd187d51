"""How each ink looks: a palette for each kind of terminal and taste.

No meaning hangs on colour alone: each ink that matters also has a weight, a sign
or a place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rich.style import Style
from textual.theme import Theme

from bunniz_bbs.tui.ink import Ink


@dataclass(frozen=True, slots=True)
class Palette:
    """Styles shared by all sessions that look alike."""

    theme: Theme
    styles: Mapping[Ink, Style]


def _palette(
    name: str,
    *,
    dark: bool,
    ground: str,
    text: str,
    quiet: str,
    accent: str,
    raised: str,
    alert: str,
) -> Palette:
    base = Style(color=text, bgcolor=ground)
    return Palette(
        Theme(
            name=name,
            primary=accent,
            accent=accent,
            foreground=text,
            background=ground,
            surface=ground,
            panel=raised,
            dark=dark,
            variables={
                "input-selection-background": raised,
            },
        ),
        {
            Ink.PLAIN: base,
            Ink.TITLE: base + Style(bold=True),
            Ink.STRONG: base + Style(bold=True),
            Ink.QUIET: base + Style(color=quiet),
            Ink.ACCENT: base + Style(color=accent, bold=True),
            Ink.EMPHASIS: base + Style(italic=True),
            Ink.CODE: base + Style(color=text, bgcolor=raised),
            Ink.QUOTE: base + Style(color=quiet),
            Ink.ALERT: base + Style(color=alert, bold=True),
            Ink.CHOSEN: Style(bgcolor=raised),
            Ink.BAR: base + Style(color=accent, bold=True),
            Ink.FIELD: base + Style(bgcolor=raised),
            Ink.HINT: Style(color=quiet, bgcolor=raised),
        },
    )


DARK: Final = _palette(
    "bunniz-dark",
    dark=True,
    ground="#1b191d",
    text="#e8e0d8",
    quiet="#a89d93",
    accent="#e9b08a",
    raised="#35302f",
    alert="#f2a2a2",
)
LIGHT: Final = _palette(
    "bunniz-light",
    dark=False,
    ground="#fbf7f1",
    text="#2b2629",
    quiet="#6a5f58",
    accent="#8f3a1c",
    raised="#ece3d8",
    alert="#9c1f2e",
)


def _few(name: str, styles: Mapping[Ink, Style]) -> Palette:
    """A palette for terminals whose own colours are the ground and the text."""
    heavy = (Ink.TITLE, Ink.STRONG, Ink.ACCENT, Ink.ALERT, Ink.BAR)
    under = Style(underline=True)
    return Palette(
        Theme(
            name=name,
            primary="#ffffff",
            accent="#ffffff",
            foreground="#ffffff",
            background="#000000",
            surface="#000000",
            panel="#000000",
            dark=True,
        ),
        {ink: Style(bold=ink in heavy) for ink in Ink}
        | dict.fromkeys((Ink.EMPHASIS, Ink.FIELD, Ink.HINT), under)
        | {Ink.CHOSEN: Style(reverse=True)}
        | dict(styles),
    )


MONO: Final = _few("bunniz-mono", {})
"""For terminals without colours: weight, reverse and underline only."""

SIXTEEN: Final = _few(
    "bunniz-sixteen",
    {
        Ink.ACCENT: Style(color="bright_yellow", bold=True),
        Ink.BAR: Style(color="bright_yellow", bold=True),
        Ink.ALERT: Style(color="bright_red", bold=True),
        Ink.TITLE: Style(color="bright_white", bold=True),
        Ink.STRONG: Style(color="bright_white", bold=True),
        Ink.CHOSEN: Style(color="black", bgcolor="white", bold=False),
    },
)
"""For terminals whose sixteen colours are what their owner made of them."""

PALETTES: Final = (DARK, LIGHT, MONO, SIXTEEN)
