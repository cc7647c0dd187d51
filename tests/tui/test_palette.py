"""Text can be read in every palette, and no meaning hangs on colour alone."""

import pytest
from rich.style import Style

from bunniz_bbs.tui.capabilities import Capabilities
from bunniz_bbs.tui.ink import Ink
from bunniz_bbs.tui.palette import DARK, LIGHT, MONO, PALETTES, SIXTEEN, Palette

ENOUGH = 4.5
"""WCAG 2.2, level AA, for text."""


def brightness(colour: tuple[int, int, int]) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    parts = [one / 255 for one in colour]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(style: Style) -> float:
    assert style.color is not None
    assert style.bgcolor is not None
    both = [
        brightness(tuple(one.get_truecolor()))  # type: ignore[arg-type]
        for one in (style.color, style.bgcolor)
    ]
    return (max(both) + 0.05) / (min(both) + 0.05)


@pytest.mark.parametrize("ink", [ink for ink in Ink if ink is not Ink.CHOSEN])
@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_every_ink_can_be_read(palette: Palette, ink: Ink):
    """On its ground, and where the cursor is on it."""
    style = palette.styles[ink]

    assert contrast(style) >= ENOUGH
    assert contrast(style + palette.styles[Ink.CHOSEN]) >= ENOUGH


@pytest.mark.parametrize("palette", PALETTES, ids=lambda one: one.theme.name)
def test_every_palette_has_every_ink(palette: Palette):
    """No screen asks in vain."""
    assert set(palette.styles) == set(Ink)


@pytest.mark.parametrize("palette", PALETTES, ids=lambda one: one.theme.name)
def test_what_matters_differs_by_more_than_colour(palette: Palette):
    """What is new, what warns and what is a title are bold; emphasis is a shape."""
    styles = palette.styles

    for ink in (Ink.TITLE, Ink.STRONG, Ink.ACCENT, Ink.ALERT, Ink.BAR):
        assert styles[ink].bold
    assert not styles[Ink.PLAIN].bold
    assert styles[Ink.EMPHASIS].italic or styles[Ink.EMPHASIS].underline


def test_mono_has_no_colours():
    """Weight, reverse and underline are all there is."""
    for style in MONO.styles.values():
        assert style.color is None
        assert style.bgcolor is None
    assert MONO.styles[Ink.CHOSEN].reverse


@pytest.mark.parametrize(
    ("term", "palette"),
    [("xterm-256color", DARK), ("linux", SIXTEEN), ("vt100", MONO), ("xterm-m", MONO)],
)
def test_terminals_get_what_they_can_show(term: str, palette: Palette):
    """The colours of a terminal follow from its name."""
    colour = Capabilities.of(term).colour

    expected = {"none": MONO, "16": SIXTEEN}.get(colour, DARK)
    assert expected is palette
