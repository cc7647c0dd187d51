"""Lines of text in columns: measured, cut, wrapped, typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bunniz_bbs.i18n import words_for
from bunniz_bbs.tui.edges import key_line, top_line
from bunniz_bbs.tui.glyphs import ASCII, UNICODE
from bunniz_bbs.tui.ink import (
    Ink,
    Span,
    aligned,
    cells,
    cut,
    line,
    spread,
    width_of,
    wrap,
    wrap_spans,
)
from bunniz_bbs.tui.keys import BACK, HELP, LEAVE, Key
from bunniz_bbs.tui.letters import in_ascii
from bunniz_bbs.tui.typed import LONGEST, Typed

FAMILY = "👨\u200d👩\u200d👧"

TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab é日本👩🏽❤️🇧🇪\u200d\u0301"), st.characters(codec="utf-8")
    ),
    max_size=80,
)
PRINTABLE = TEXT.map(lambda text: "".join(one for one in text if one.isprintable()))


def text_of(spans: tuple[Span, ...]) -> str:
    return "".join(span.text for span in spans)


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("été", 3), ("日本", 4), (FAMILY, 2), ("e\u0301", 1), ("🇧🇪", 2)],
)
def test_measures_as_terminals_do(text: str, columns: int):
    """Wide letters take two columns, marks none, a pictograph its two."""
    assert cells(text) == columns


@given(PRINTABLE, st.integers(0, 40))
def test_cuts_to_a_width(text: str, width: int):
    """What is cut ends with an ellipsis and is never too wide."""
    done = cut(text, width)

    assert cells(done) <= width
    assert done == text or done.endswith("…") or not width


def test_cuts_no_pictograph_in_two():
    """A family stays a family, or goes."""
    assert cut(FAMILY + FAMILY, 3) == FAMILY + "…"
    assert cut(FAMILY + FAMILY, 2) == "…"


@given(PRINTABLE, st.integers(2, 40))
def test_wraps_to_a_width(text: str, width: int):
    """No line is too wide, and no letter is lost."""
    lines = wrap(text, width)

    assert all(cells(one) <= width for one in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.lists(PRINTABLE, max_size=4), st.integers(2, 40), st.integers(0, 50))
def test_wraps_styled_text_alike(texts: list[str], width: int, used: int):
    """Pieces in several inks wrap as one text, after what begins the first line."""
    lines = wrap_spans([Span(one) for one in texts], width, used=used)

    assert all(cells(text_of(one).rstrip()) <= width for one in lines)
    kept = "".join(text_of(one) for one in lines)
    assert "".join(kept.split()) == "".join("".join(texts).split())


@given(PRINTABLE, PRINTABLE, st.integers(1, 80))
def test_spreads_to_both_ends(left: str, right: str, width: int):
    """Left and right share a line and never overflow it."""
    done = spread((Span(left),), (Span(right),), width)

    assert width_of(done) <= width


@given(PRINTABLE)
def test_has_ascii_twins(text: str):
    """For terminals without UTF-8 a text is ASCII, and as wide as before."""
    done = in_ascii(text)

    assert done.isascii()
    assert len(done) == cells(text)


def test_ascii_twins_can_be_read():
    """Accents go, quotation marks stay marks, the rest is a question mark."""
    assert in_ascii("déjà “vu” 日…") == 'deja "vu" ??~'


def test_aligns_columns():
    """Texts are filled up to the widest, at either end."""
    assert aligned(["a", "日本"]) == ["a   ", "日本"]
    assert aligned(["a", "bcd"], right=True) == ["  a", "bcd"]


@pytest.mark.parametrize("width", range(1, 120))
def test_top_line_is_as_wide_as_the_window(width: int):
    """The first part is worth cutting a title for; the others come when they fit."""
    parts = [Span("kept 1 year", Ink.QUIET), Span("Money and tax", Ink.QUIET)]
    title = line(Span("A title that is rather long", Ink.TITLE))

    done = top_line(title, parts, words_for("en"), "·", width)

    assert width_of(done) <= width
    text = text_of(done)
    assert ("kept 1 year" in text) == (width >= 32)
    assert ("Money and tax" in text) == (width >= 62)


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("width", range(5, 120, 3))
def test_key_line_fits(width: int, glyphs: object):
    """The first key, help and the ways out stay; moving goes first."""
    keys = [
        Key("up", "noop", "move", "move"),
        Key("enter", "x", "read", "enter"),
        Key("c", "x", "write", "c"),
        Key("n", "x", "next unread", "n"),
        HELP,
        BACK,
        LEAVE,
        Key("l", "x", "language", name="l"),
    ]

    done = text_of(key_line(keys, words_for("en"), glyphs, width))  # type: ignore[arg-type]

    assert cells(done) <= width
    assert "language" not in done
    if width >= 24:
        assert all(one in done for one in ("read", "?", "Esc", "^X"))
    assert "move" not in done or "leave now" in done


class TestTyping:
    def test_inserts_at_the_cursor(self):
        """Text goes where the cursor is; control characters do not."""
        typed = Typed()

        typed.insert("ac\x1b\u202e")
        typed.at = 1
        typed.insert("b")

        assert (typed.text, typed.at) == ("abc", 2)

    def test_takes_only_so_much(self):
        """A line is bounded."""
        typed = Typed()

        typed.insert("x" * (LONGEST + 5))

        assert len(typed.text) == LONGEST

    def test_moves_over_whole_characters(self):
        """A family of joined pictographs is one step."""
        typed = Typed("a" + FAMILY, 1 + len(FAMILY))

        assert typed.step(-1) == 1
        typed.at = 1
        assert typed.step(1) == 1 + len(FAMILY)
        typed.at = 0
        assert typed.step(-1) == 0

    def test_moves_by_words(self):
        """Words end at spaces."""
        typed = Typed("one two  three", 0)

        assert typed.word(1) == 3
        typed.at = 3
        assert typed.word(1) == 7
        typed.at = 14
        assert typed.word(-1) == 9
        assert (typed.edge(-1), typed.edge(1)) == (0, 14)

    @given(PRINTABLE, st.integers(3, 30), st.data())
    def test_shows_where_the_cursor_is(self, text: str, room: int, data: st.DataObject):
        """The cursor is always in view, and what is shown always fits."""
        typed = Typed()
        typed.insert(text)
        typed.at = data.draw(st.integers(0, len(typed.text)))

        typed.reveal(room)

        assert cells(typed.shown(room)) <= room
        assert 0 <= typed.column() <= room

    def test_finds_the_place_of_a_column(self):
        """A click goes to the letter under it, or to the end."""
        typed = Typed("a日b")

        assert [typed.place(one) for one in range(6)] == [0, 1, 1, 2, 3, 3]
