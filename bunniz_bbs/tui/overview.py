"""Home's rows: what is new, where people talk, all boards. Laid out for a width."""

from collections.abc import Sequence

from bunniz_bbs.commands.rooms import CROWDS
from bunniz_bbs.i18n.notices import asked_to_come_in
from bunniz_bbs.services.boards import BoardView, Overview, SectionView
from bunniz_bbs.services.rooms import RoomActivity
from bunniz_bbs.tui.ink import (
    Ink,
    Line,
    Span,
    cells,
    line,
    pad,
    spread,
    width_of,
    wrap,
)
from bunniz_bbs.tui.news_rows import GAP, heading, news_rows
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import when
from bunniz_bbs.tui.widgets.rows import Row


def new_rows(
    session: Session, overview: Overview, most: int, width: int, *, slim: bool
) -> list[Row]:
    """Threads with something new, at most so many; the rest is counted."""
    words = session.words
    if session.actor.is_passing:
        told = words(
            "You look around as a guest: you can read what is open to everybody. To "
            "write and to talk, come in by the door: press c."
        )
        rows = [Row(_quiet(told, width))]
        if porch := _porch(session):
            talk = words("In “{porch}” you can talk with the team.", porch=porch)
            rows.append(Row(_quiet(talk, width)))
        return [*rows, Row(((),))]
    if session.actor.waiting:
        return [Row(_quiet(asked_to_come_in(words), width)), Row(((),))]
    if not overview.unread:
        calm = words("Nothing new since you last looked.")
        return [Row(_quiet(calm, width)), Row(((),))]
    rows = [heading(words("New for you"))]
    named = overview.unread[:most]
    rows += news_rows(session, named, width, slim=slim, kinds=True)
    more = overview.new - len(named)
    if more > 0:
        text = words.many(
            "and {n} more: N shows all",
            "and {n} more: N shows all",
            more,
        )
        rows.append(Row((line("   ", Span(text, Ink.QUIET)),)))
    return [*rows, Row(((),))]


def _porch(session: Session) -> str:
    """What the room is called in which guests talk with the team; empty: none is."""
    rooms = session.services.rooms.all(session.actor)
    titles = [one.room.title for one in rooms if one.room.one_to_one and one.room.open]
    return titles[0][session.words.language] if titles else ""


def _quiet(text: str, width: int) -> tuple[Line, ...]:
    return tuple(line(" ", Span(one, Ink.QUIET)) for one in wrap(text, width - 2))


def room_rows(
    session: Session,
    rooms: Sequence[RoomActivity],
    width: int,
    *,
    slim: bool,
    column: int,
) -> list[Row]:
    """Rooms that can be entered, one a line; the others are only named."""
    if not rooms:
        return []
    words = session.words
    rows = [heading(words("Talking now"))]
    for one in rooms:
        if one.room.open:
            laid = _room_line(session, one, width, slim=slim, column=column)
            rows.append(Row((laid,), (one.room.slug,)))
    titles = [one.room.title[words.language] for one in rooms if not one.room.open]
    if titles:
        text = words("not open yet: {rooms}", rooms=", ".join(titles))
        closed = [Span(one, Ink.QUIET) for one in wrap(text, width - 5)]
        rows.append(Row(tuple(line("   ", one) for one in closed)))
    return [*rows, Row(((),))]


def _room_line(
    session: Session, one: RoomActivity, width: int, *, slim: bool, column: int
) -> Line:
    words, dot = session.words, session.glyphs.dot
    came = session.rooms.get(one.room.slug)
    mark = Span(session.glyphs.unread if came else " ", Ink.ACCENT)
    title = Span(one.room.title[words.language], Ink.STRONG if came else Ink.PLAIN)
    left = line(" ", mark, " ", title)
    told = [words(CROWDS[one.crowd])]
    if came:
        told.insert(0, words.many("{n} new line", "{n} new lines", came))
    elif came is not None:
        told.insert(0, words("you are in"))
    if slim:
        return spread(left, line(Span(told[0] + " ", Ink.QUIET)), width)
    if one.last_at:
        told.append(when(session, one.last_at))
    gap = Span(" " * max(2, column + 3 - width_of(left)))
    return (*left, gap, Span(f" {dot} ".join(told), Ink.QUIET))


def first_column(
    session: Session, sections: Sequence[SectionView], rooms: Sequence[RoomActivity]
) -> int:
    """How wide the titles of sections and rooms are, with the gap after them."""
    language = session.words.language
    titles = [view.section.title[language] for view in sections]
    titles += [one.room.title[language] for one in rooms if one.room.open]
    return max(map(cells, titles), default=0) + GAP


def board_rows(
    session: Session,
    sections: Sequence[SectionView],
    width: int,
    *,
    slim: bool,
    column: int,
) -> list[Row]:
    """All boards under their sections."""
    language = session.words.language
    rows = [heading(session.words("Boards"))]
    if slim:
        for view in sections:
            title = Span(view.section.title[language], Ink.QUIET)
            rows.append(Row((line("   ", title),)))
            rows += [_board_row(session, one, width) for one in view.boards]
        return rows
    for view in sections:
        spans = [_board_spans(session, one, at) for at, one in enumerate(view.boards)]
        dot = Span(f" {session.glyphs.dot} ", Ink.QUIET)
        lines = flow(spans, dot, width - column - 5)
        head = Span(pad(view.section.title[language], column), Ink.QUIET)
        hang = Span(" " * column)
        rows.append(
            Row(
                tuple(
                    line("   ", head if index == 0 else hang, *one)
                    for index, one in enumerate(lines)
                ),
                tuple(one.board.slug for one in view.boards),
            )
        )
    return rows


def _board_row(session: Session, one: BoardView, width: int) -> Row:
    mark = Span(session.glyphs.unread if one.unread else " ", Ink.ACCENT)
    title = one.board.title[session.words.language]
    left = line("   ", mark, " ", Span(title, Ink.STRONG if one.unread else Ink.PLAIN))
    count = Span(f"{one.unread} " if one.unread else "", Ink.QUIET)
    return Row((spread(left, (count,), width),), (one.board.slug,))


def _board_spans(session: Session, one: BoardView, at: int) -> Line:
    title = Span(one.board.title[session.words.language], Ink.PLAIN, at)
    if not one.unread:
        return (title,)
    return (title, Span(f" {session.glyphs.unread}{one.unread}", Ink.ACCENT, at))


def flow(pieces: Sequence[Line], between: Span, width: int) -> list[Line]:
    """Pieces side by side as far as they fit; none is broken."""
    lines: list[Line] = [()]
    for piece in pieces:
        joined = (*lines[-1], between, *piece) if lines[-1] else piece
        if lines[-1] and width_of(joined) > width:
            lines.append(piece)
        else:
            lines[-1] = joined
    return lines
