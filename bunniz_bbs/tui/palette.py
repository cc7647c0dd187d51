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
                "input-cursor-background": text,
                "input-cursor-foreground": ground,
                "input-selection-background": raised,
                "quiet": quiet,
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
            Ink.CHOSEN: Style(color=text, bgcolor=raised, bold=True),
            Ink.BAR: base + Style(color=accent, bold=True),
        },
    )


DARK: Final = _palette(
    "bunniz-dark",
    dark=True,
    ground="#1b191d",
    text="#e8e0d8",
    quiet="#a1968c",
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


def _mono() -> Palette:
    base = Style()
    heavy = (Ink.TITLE, Ink.STRONG, Ink.ACCENT, Ink.ALERT, Ink.BAR)
    return Palette(
        Theme(
            name="bunniz-mono",
            primary="#ffffff",
            accent="#ffffff",
            foreground="#ffffff",
            background="#000000",
            surface="#000000",
            panel="#000000",
            variables={"quiet": "#ffffff"},
        ),
        {ink: base + Style(bold=ink in heavy) for ink in Ink}
        | {Ink.CHOSEN: Style(reverse=True), Ink.EMPHASIS: Style(underline=True)},
    )


MONO: Final = _mono()
"""For terminals without colours: weight, reverse and underline only."""

PALETTES: Final = (DARK, LIGHT, MONO)
