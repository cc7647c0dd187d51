"""From what an app shows to a picture: each character stands in its own cells."""

from collections.abc import Iterator
from functools import cache
from html import escape
from importlib.resources import as_file, files
from math import ceil
from typing import Final

import resvg_py
from rich.color import Color
from rich.style import Style
from rich.terminal_theme import SVG_EXPORT_THEME
from wcwidth import wcwidth

from bunniz_bbs.tui.app import BunnizApp
from bunniz_bbs.tui.widgets.editor import Editor
from bunniz_bbs.tui.widgets.entry import Entry

FONTS: Final = ("fontpkg_jetbrains_mono", "fontpkg_fira_code")
"""The first has no sign for Enter, which the second lends."""
WIDE: Final = 9.6
"""Pixels of a cell; a letter of JetBrains Mono is 0.6 of its size."""
HIGH: Final = 20
SIZE: Final = 16
MARGIN: Final = 14


def picture(app: BunnizApp) -> bytes:
    """What an app shows now, as a PNG."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing(app), font_files=list(_fonts()), skip_system_fonts=True
        )
    )


def drawing(app: BunnizApp) -> str:
    """What an app shows now, as an SVG."""
    columns, rows = app.size
    ground = app.session.palette.theme.background or "#000000"
    wide, high = ceil(columns * WIDE) + 2 * MARGIN, rows * HIGH + 2 * MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">'
        f'<rect width="{wide}" height="{high}" fill="{ground}"/>'
        f'<g font-family="JetBrains Mono, Fira Code" font-size="{SIZE}" '
        f'xml:space="preserve">{"".join(_runs(app))}</g>{_cursor(app)}</svg>'
    )


def _cursor(app: BunnizApp) -> str:
    """The cursor of a usual terminal, where one can type."""
    if not isinstance(app.focused, Entry | Editor):
        return ""
    x, y = app.focused.cursor_screen_offset
    return (
        f'<rect x="{MARGIN + x * WIDE:.1f}" y="{MARGIN + y * HIGH}" width="{WIDE}" '
        f'height="{HIGH}" fill="{app.session.palette.theme.foreground}" '
        f'fill-opacity="0.6"/>'
    )


def _runs(app: BunnizApp) -> Iterator[str]:
    theme = app.session.palette.theme
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            style = style or Style()
            ink, paper = _hex(style.color, theme.foreground), _hex(style.bgcolor, "")
            if style.reverse:
                ink, paper = paper or theme.background or "#000000", ink
            cells = [max(0, wcwidth(one)) for one in text]
            left, top = MARGIN + x * WIDE, MARGIN + y * HIGH
            if paper:
                yield (
                    f'<rect x="{left:.1f}" y="{top}" width="{sum(cells) * WIDE:.1f}" '
                    f'height="{HIGH}" fill="{paper}" shape-rendering="crispEdges"/>'
                )
            places, at = [], x
            for wide in cells:
                places.append(f"{MARGIN + at * WIDE:.1f}")
                at += wide
            if text.strip():
                look = 'font-weight="bold" ' if style.bold else ""
                look += 'font-style="italic" ' if style.italic else ""
                look += 'text-decoration="underline" ' if style.underline else ""
                yield (
                    f'<text x="{" ".join(places)}" y="{top + SIZE - 1}" '
                    f'{look}fill="{ink}">{escape(text)}</text>'
                )
            x = at


def _hex(color: Color | None, default: str | None) -> str:
    if color is None or color.is_default:
        return default or ""
    return color.get_truecolor(SVG_EXPORT_THEME).hex


@cache
def _fonts() -> tuple[str, ...]:
    found = []
    for package in FONTS:
        for one in (files(package) / "files").iterdir():
            with as_file(one) as path:
                found.append(str(path))
    return tuple(found)
