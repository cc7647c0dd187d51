"""The first and the last line of every screen, laid out for a width."""

from collections.abc import Iterator, Sequence
from typing import Final

from bunniz_bbs.i18n import Words
from bunniz_bbs.tui.glyphs import Glyphs
from bunniz_bbs.tui.ink import Ink, Line, Span, cells, cut_line, line, width_of
from bunniz_bbs.tui.keys import Key

LAST_TO_GO: Final = ("?", "F1", "Esc", "^X")
"""Keys that stay on the key line to the last: help, and the ways out."""
LONG: Final = 10
"""Columns of a label that is not worth another key."""
EASY: Final = ("move", "y")
"""Keys that are found without being told, or that `?` tells of soon enough."""
WIDE_GAP, GAP = "   ", "  "
SHORTEST_TITLE: Final = 14
"""Columns that are left to a title when something else is worth cutting it for."""


def top_line(
    where: Line, parts: Sequence[Span], words: Words, dot: str, width: int
) -> Line:
    """Where one is, and at the right what happens to words there.

    Args:
        where: The title; cut where both meet, but a third of the line is left to it.
        parts: What is told at the right, the most important first; as many as fit.
        words: Whose language stands at the end.
        dot: What stands between the parts.
        width: Columns.
    """
    title = line(" ", *where)
    language = line(Span(f"  {words.language.upper()} ", Ink.QUIET))
    wide = width_of(title)
    kept: Line = ()
    for part in parts:
        more = (*kept, Span(f" {dot} ", Ink.QUIET), part) if kept else (part,)
        # The first part is worth cutting a long title for, the others are not.
        least = max(SHORTEST_TITLE, width // 3)
        left_to_title = wide if kept else min(wide, least)
        if left_to_title + 2 + width_of(more) + width_of(language) > width:
            break
        kept = more
    right = (*kept, *language)
    if width_of(right) + 8 > width:
        return cut_line(title, width)
    shown = cut_line(title, width - width_of(right) - (2 if kept else 0))
    return (*shown, Span(" " * (width - width_of(shown) - width_of(right))), *right)


def key_line(keys: Sequence[Key], words: Words, glyphs: Glyphs, width: int) -> Line:
    """As many keys as fit; the first one, help and the ways out stay to the last."""
    kept = [key for key in keys if key.shown]
    bare: set[Key] = set()

    def laid(gap: str) -> Line:
        spans = [Span(" ")]
        for key in kept:
            spans += [Span(glyphs.of_key(key.shown), Ink.STRONG)]
            if key not in bare:
                spans.append(Span(f" {words(key.label)}", Ink.QUIET))
            spans.append(Span(gap))
        return tuple(spans[:-1])

    if width_of(laid(WIDE_GAP)) <= width:
        return laid(WIDE_GAP)
    for key in _spare(kept, words):
        if width_of(laid(GAP)) <= width:
            break
        if key.shown in LAST_TO_GO:
            bare.add(key)
        else:
            kept.remove(key)
    return cut_line(laid(GAP), width)


def _spare(keys: Sequence[Key], words: Words) -> Iterator[Key]:
    """What a key line can do without, in order; the last keys lose their label only."""
    yield from [key for key in keys if key.shown in EASY]
    rest = [key for key in keys if key.shown not in EASY][1:]
    yield from [key for key in rest if key.shown == "^X"]
    long = [key for key in rest if cells(words(key.label)) > LONG]
    yield from [key for key in long if key.shown == "Esc"]
    yield from reversed([key for key in rest if key.shown not in LAST_TO_GO])
    yield from [key for key in rest if key.shown in LAST_TO_GO]
