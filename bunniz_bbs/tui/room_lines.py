"""A room's lines laid out for a width."""

from dataclasses import dataclass
from datetime import datetime

from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.domain.rooms import Line as RoomLine
from bunniz_bbs.domain.rooms import LineKind
from bunniz_bbs.i18n.times import left
from bunniz_bbs.tui.ink import (
    Ink,
    Line,
    Span,
    cells,
    cut,
    line,
    pad,
    width_of,
    wrap_spans,
)
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import hour

NARROW = 60
TIGHT = 30
"""Columns below which nothing hangs, and one's own name is not told."""
NARROW_NAME = 10
"""Columns of one's own name before what one types, where there is little room."""
NAME_COLUMN = 12
NARROW_COLUMN = 7


@dataclass(frozen=True, slots=True)
class Aside:
    """What the house says to this session alone, in between."""

    text: str
    at: datetime


def room_line(session: Session, said: RoomLine, width: int) -> list[Line]:
    """One line of a room; what wraps hangs under its text.

    A name is never cut: who speaks must be clear.
    """
    narrow = width < NARROW
    head: list[Span] = [Span(" ")]
    if not narrow:
        head.append(Span(hour(session, said.sent_at) + "  ", Ink.QUIET))
    hang = 2 if width < TIGHT else width_of(head) + 2
    ink = Ink.ACCENT if said.author == session.actor.id else Ink.STRONG
    if said.kind is LineKind.ME:
        head += [Span("* "), Span(said.name, ink), Span(" "), *_badge(session, said)]
        text = Span(said.text, Ink.EMPHASIS)
    else:
        column = NARROW_COLUMN if narrow else NAME_COLUMN
        hang += 0 if width < TIGHT else column - 1
        head += [Span(pad(said.name, column), ink), Span(" "), *_badge(session, said)]
        text = Span(said.text)
    spans = [*_timer(session, said), text]
    used = max(0, width_of(head) - hang)
    wrapped = wrap_spans(spans, width - hang - 1, used=used)
    return [
        line(*head, *one) if index == 0 else line(" " * hang, *one)
        for index, one in enumerate(wrapped)
    ]


def _badge(session: Session, said: RoomLine) -> list[Span]:
    """The organisation for which somebody speaks, where two of the team say so."""
    badge = session.badges.get(said.author)
    return [Span(f"[{badge.organisation}] ", Ink.ACCENT)] if badge else []


def _timer(session: Session, said: RoomLine) -> list[Span]:
    """How long the line still is there, where its writer gave it a timer."""
    if not said.timed:
        return []
    rest = (said.expires_at - session.services.clock.now()).total_seconds()
    label = left(session.words, max(0.0, rest))
    return [Span(f"{label} {session.glyphs.timed} ", Ink.ACCENT)]


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


def room_prompt(session: Session, room: RoomSlug, width: int) -> Line:
    """The name one speaks under, and the timer of what one says."""
    timer = session.standing.timers.get(room)
    label = left(session.words, timer.total_seconds()) if timer else ""
    name = session.actor.name
    if width < NARROW:
        name = "" if label or width < TIGHT else cut(name, NARROW_NAME)
    spans = [Span(" ")]
    spans += [Span(f"{name} ", Ink.ACCENT)] if name else []
    spans += [Span(f"{label} ", Ink.ALERT)] if label else []
    return (*spans, Span(f"{session.glyphs.prompt} ", Ink.ACCENT))
