"""What a post says, laid out in lines."""

from collections.abc import Sequence
from typing import Final

from bunniz_bbs.domain.markup import (
    Block,
    CodeBlock,
    Document,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
)
from bunniz_bbs.services.markup import link_text, parse
from bunniz_bbs.services.quotes import source
from bunniz_bbs.tui.ink import Ink, Line, Span, cut, line, wrap, wrap_spans
from bunniz_bbs.tui.session import Session

WIDEST: Final = 78
"""Columns of running text; longer lines are hard to read."""

LONG_QUOTE: Final = 4
"""Lines of a quote beyond which it is folded."""


def body_lines(
    session: Session, body: str, width: int, *, folded: bool = False
) -> list[Line]:
    """A body laid out in at most `width` columns; long quotes folded where asked."""
    width = max(10, min(width, WIDEST))
    document = parse(body)
    if not folded:
        return _document(session, document, width)
    lines: list[Line] = []
    for index, block in enumerate(document.blocks):
        laid = _block(session, block, width)
        if isinstance(block, Quote) and len(laid) > LONG_QUOTE:
            laid = _folded(session, block, len(laid), width)
        lines += [(), *laid] if index else laid
    return lines


def _folded(session: Session, quote: Quote, lines: int, width: int) -> list[Line]:
    """One line in place of a long quote: how long it is, and of what."""
    words, of = session.words, source(quote)
    told = words("… {n} lines quoted", n=lines)
    if of:
        told = words(
            "… {n} lines by {name}, #{number}",
            n=lines - 1,
            name=of.name,
            number=of.number,
        )
    bar = session.glyphs.quote + " "
    return [line(Span(bar, Ink.QUOTE), Span(cut(told, width - 2), Ink.QUIET))]


def _document(session: Session, document: Document, width: int) -> list[Line]:
    lines: list[Line] = []
    for index, block in enumerate(document.blocks):
        if index:
            lines.append(())
        lines += _block(session, block, width)
    return lines


def _block(session: Session, block: Block, width: int) -> Sequence[Line]:
    match block:
        case Paragraph(spans=spans):
            return wrap_spans(_inline(spans), width)
        case Heading(spans=spans):
            bold = [Span(one.text, Ink.TITLE) for one in _inline(spans)]
            return wrap_spans(bold, width)
        case CodeBlock(text=text):
            return [
                line("  ", Span(one, Ink.CODE))
                for row in text.split("\n")
                for one in wrap(row, width - 2)
            ]
        case Rule():
            return [line(Span(session.glyphs.rule * min(width, 20), Ink.QUIET))]
        case Quote(blocks=blocks):
            bar = Span(session.glyphs.quote + " ", Ink.QUOTE)
            inner = _document(session, Document(blocks), width - 2)
            return [(bar, *(_quoted(one) for one in spans)) for spans in inner]
        case ListBlock(items=items, start=start):
            lines: list[Line] = []
            for number, item in enumerate(items):
                mark = "- " if start is None else f"{start + number}. "
                inner = _document(session, Document(item), width - len(mark))
                for index, laid in enumerate(inner):
                    lines.append(line(mark if index == 0 else " " * len(mark), *laid))
            return lines


def _quoted(span: Span) -> Span:
    return Span(span.text, Ink.QUOTE) if span.ink is Ink.PLAIN else span


def _inline(spans: Sequence[Inline]) -> list[Span]:
    found: list[Span] = []
    for one in spans:
        if isinstance(one, Link):
            found.append(Span(link_text(one), Ink.ACCENT))
            continue
        ink = Ink.PLAIN
        if one.code:
            ink = Ink.CODE
        elif one.bold:
            ink = Ink.STRONG
        elif one.italic:
            ink = Ink.EMPHASIS
        found.append(Span(one.text, ink))
    return found
