"""A room's lines laid out for a width."""

from dataclasses import dataclass
from datetime import datetime

from bunniz_bbs.domain.rooms import Line as RoomLine
from bunniz_bbs.domain.rooms import LineKind
from bunniz_bbs.i18n.times import left
from bunniz_bbs.tui.ink import Ink, Line, Span, cells, cut, line, wrap_spans
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import hour

NARROW = 60
NAME_COLUMN = 12


@dataclass(frozen=True, slots=True)
class Aside:
    """What the house says to this session alone, in between."""

    text: str
    at: datetime


def room_line(session: Session, said: RoomLine, width: int) -> list[Line]:
    """One line of a room; what wraps hangs under its text."""
    narrow = width < NARROW
    prefix: list[Span] = [Span(" ")]
    if not narrow:
        prefix.append(Span(hour(session, said.sent_at) + "  ", Ink.QUIET))
    mine = said.author == session.actor.id
    spans: list[Span] = []
    if said.timed:
        gone_in = said.expires_at - session.services.clock.now()
        label = left(session.words, max(0.0, gone_in.total_seconds()))
        spans.append(Span(f"{label} {session.glyphs.timed} ", Ink.ACCENT))
    if said.kind is LineKind.ME:
        prefix.append(Span("* "))
        spans.append(Span(f"{said.name} ", Ink.STRONG))
        spans.append(Span(said.text, Ink.EMPHASIS))
    else:
        column = 8 if narrow else NAME_COLUMN
        name = cut(said.name, column) if not narrow else said.name
        pad = " " * max(1, column - cells(name) + 1)
        prefix.append(Span(name, Ink.ACCENT if mine else Ink.STRONG))
        prefix.append(Span(pad))
        spans.append(Span(said.text))
    indent = sum(cells(one.text) for one in prefix)
    if narrow and indent > width // 2:
        body = wrap_spans(spans, width - 3)
        return [line(*prefix), *(line("  ", *one) for one in body)]
    wrapped = wrap_spans(spans, width - indent - 1)
    return [
        line(*prefix, *one) if index == 0 else line(" " * indent, *one)
        for index, one in enumerate(wrapped)
    ]


def aside_lines(aside: Aside, width: int) -> list[Line]:
    """What the house says, set apart."""
    wrapped = wrap_spans([Span(aside.text, Ink.QUIET)], width - 5)
    return [line("   ", *one) for one in wrapped]


def divider(session: Session, width: int) -> Line:
    """Where what is new begins."""
    word = f" {session.words('new')} "
    rule = session.glyphs.rule
    return line(
        " ",
        Span(rule * (width - cells(word) - 4), Ink.QUIET),
        Span(word, Ink.ACCENT),
        Span(rule * 2, Ink.QUIET),
    )
