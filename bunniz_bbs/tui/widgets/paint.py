"""From lines in inks to what the compositor wants."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip

from bunniz_bbs.domain.text import printable
from bunniz_bbs.tui.ink import Ink, Span, cells, cut_line, width_of
from bunniz_bbs.tui.palette import Palette


def paint(
    spans: Sequence[Span],
    width: int,
    palette: Palette,
    *,
    chosen: int | None = None,
    whole: bool = False,
) -> Strip:
    """A line as a strip of exactly `width` cells.

    Every text passes the last filter here: no control character leaves.

    Args:
        spans: The line.
        width: Columns.
        palette: How inks look.
        chosen: The item that the cursor is on.
        whole: Whether the cursor is on the line as a whole.
    """
    if width_of(spans) > width:
        spans = cut_line(spans, width)
    styles = palette.styles
    segments = []
    used = 0
    for span in spans:
        style = styles[span.ink]
        if whole or (span.item is not None and span.item == chosen):
            heavy = Ink.STRONG if span.ink is Ink.PLAIN else span.ink
            style = styles[heavy] + styles[Ink.CHOSEN]
        text = printable(span.text)
        used += cells(text)
        segments.append(Segment(text, style))
    if used < width:
        rest = styles[Ink.PLAIN]
        rest = rest + styles[Ink.CHOSEN] if whole else rest
        segments.append(Segment(" " * (width - used), rest))
    return Strip(segments, max(width, used))
