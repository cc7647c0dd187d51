"""Lists, feeds and fields, as keys and clicks move them."""

from textual import events
from textual.app import App, ComposeResult

from bunniz_bbs.tui.glyphs import UNICODE
from bunniz_bbs.tui.ink import Line, Span, line
from bunniz_bbs.tui.palette import DARK
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.feed import Feed
from bunniz_bbs.tui.widgets.rows import Row, Rows


def prompt() -> Line:
    return line(" ", Span("you > "))


class Bench(App[None]):
    """One list, one feed, one field."""

    CSS = "Feed { height: 5; } Rows { height: 10; }"

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[object] = []
        self.said: list[str] = []
        self.rows = Rows(DARK, UNICODE)
        self.told = [f"line {number}" for number in range(20)]
        self.feed = Feed(DARK, UNICODE, self.lay)
        self.entry = Entry(DARK, prompt, lambda typed: [typed + "1", typed + "22"])

    def lay(self, width: int, count: int) -> list[Line]:
        """The last lines that are told."""
        return [line(one) for one in self.told[-count:]]

    def compose(self) -> ComposeResult:
        """All three."""
        yield self.rows
        yield self.feed
        yield self.entry

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Note it."""
        self.chosen.append(event.item)

    def on_entry_submitted(self, event: Entry.Submitted) -> None:
        """Note it."""
        self.said.append(event.value)


def a_list() -> list[Row]:
    rows = [Row((line(" A heading"),))]
    rows += [Row((line(f" row {number}"),), (number,)) for number in range(4)]
    several = line(" ", Span("left", item=0), "  ", Span("right", item=1))
    rows.append(Row((several,), ("left", "right")))
    long = tuple(line(f" post {number}") for number in range(25))
    return [*rows, Row((*long, ()), ("post",), barred=True)]


class TestRows:
    async def test_moves_over_what_can_be_chosen(self):
        """Headings are passed by; left and right move within a row."""
        async with Bench().run_test() as pilot:
            app = pilot.app
            app.rows.show(a_list())
            app.rows.focus()
            assert app.rows.chosen == 0
            await pilot.press("up", "down", "j", "k", "enter")
            assert app.chosen == [1]
            await pilot.press("down", "down", "down", "right", "right", "enter")
            await pilot.press("left", "enter")
            assert app.chosen == [1, "right", "left"]

    async def test_scrolls_through_what_is_long(self):
        """A post that is longer than the window is read line by line, or by screens."""
        async with Bench().run_test() as pilot:
            rows = pilot.app.rows
            rows.show(a_list())
            rows.focus()
            await pilot.press("end")
            assert rows.chosen == "post"
            assert "post" in rows.visible_items
            await pilot.press("home")
            assert (rows.top, rows.chosen) == (0, 0)
            assert "post" not in rows.visible_items
            await pilot.press("pagedown")
            assert rows.top == 8
            await pilot.press("down", "down")
            assert rows.top == 10
            assert "post" not in rows.visible_items
            await pilot.press("home", "G")
            assert not rows.more

    async def test_keeps_its_cursor(self):
        """Shown anew, the cursor stays on its item, or goes to a neighbour."""
        async with Bench().run_test() as pilot:
            rows = pilot.app.rows
            rows.show(a_list())
            rows.focus()
            await pilot.press("down", "down")
            assert rows.chosen == 2
            rows.show([Row((line(" new"),), ("new",)), *a_list()])
            assert rows.chosen == 2
            rows.show(a_list())
            rows.show([row for row in a_list() if row.items != (2,)])
            assert rows.chosen == 3
            rows.show([])
            assert rows.chosen is None
            await pilot.press("down", "up", "enter", "pagedown", "home", "left")

    async def test_answers_to_the_mouse(self):
        """A click chooses, also among several in a row; the wheel scrolls."""
        async with Bench().run_test() as pilot:
            app = pilot.app
            app.rows.show(a_list())
            app.rows.focus()
            await pilot.click(Rows, offset=(3, 2))
            await pilot.click(Rows, offset=(9, 5))
            await pilot.click(Rows, offset=(3, 0))
            assert app.chosen == [1, "right"]
            await pilot._post_mouse_events([events.MouseScrollDown], Rows)
            assert app.rows.top == 3
            await pilot._post_mouse_events([events.MouseScrollUp], Rows)
            assert app.rows.top == 0
            await pilot.click(Rows, offset=(3, 6))
            assert app.rows.chosen == "post"
            assert app.chosen == [1, "right"]

    async def test_tells_where_its_cursor_is(self):
        """Screen readers follow the terminal's cursor to the row."""
        async with Bench().run_test() as pilot:
            rows = pilot.app.rows
            rows.show(a_list())
            rows.focus()
            await pilot.press("down")
            assert rows.cursor_screen_offset == (0, 2)


class TestFeed:
    async def test_stands_at_the_end(self):
        """The newest line is the last; few lines stand at the bottom."""
        async with Bench().run_test() as pilot:
            app = pilot.app
            assert app.feed.render_line(4).text.startswith("line 19")
            app.told = ["only"]
            app.feed.redo()
            assert app.feed.render_line(4).text.startswith("only")
            assert not app.feed.render_line(0).text.strip()

    async def test_holds_while_one_reads_back(self):
        """Scrolled up, lines that come do not move what is read."""
        async with Bench().run_test() as pilot:
            app = pilot.app
            app.feed.scroll_lines(8)
            before = app.feed.render_line(0).text
            app.told.append("one more")
            app.feed.redo(grown=1)
            assert app.feed.render_line(0).text == before
            assert app.feed.render_line(4).text.endswith("↓")
            app.feed.scroll_lines(-99)
            assert app.feed.render_line(4).text.startswith("one more")
            app.feed.scroll_lines(99)
            assert app.feed.render_line(0).text.startswith("line 0")


class TestEntry:
    async def test_edits_a_line(self):
        """Arrows, words, ends, and rubbing out, as readline has them."""
        async with Bench().run_test() as pilot:
            entry = pilot.app.entry
            entry.focus()
            await pilot.press(*"one two")
            await pilot.press("ctrl+left", "X", "home", "delete", "end", "backspace")
            assert entry.value == "ne Xtw"
            await pilot.press("ctrl+w")
            assert entry.value == "ne "
            await pilot.press("left", "left", "right", "ctrl+k")
            assert entry.value == "ne"
            await pilot.press("ctrl+u", "a", "ctrl+right", "enter")
            assert entry.value == "a"
            assert pilot.app.said == ["a"]

    async def test_completes_in_turn(self):
        """Tab goes through what fits; typing begins anew."""
        async with Bench().run_test() as pilot:
            entry = pilot.app.entry
            entry.focus()
            await pilot.press("a", "tab")
            assert entry.value == "a1"
            await pilot.press("tab")
            assert entry.value == "a22"
            await pilot.press("tab", "b", "tab")
            assert entry.value == "a1b1"

    async def test_puts_the_terminals_cursor_where_one_types(self):
        """After the prompt and what is before it, counted in columns."""
        async with Bench().run_test(size=(30, 20)) as pilot:
            entry = pilot.app.entry
            entry.focus()
            await pilot.press("日", "b")
            assert entry.cursor_screen_offset == (7 + 3, entry.region.y)
            await pilot.press(*"x" * 30)
            assert entry.cursor_screen_offset.x == 29
            assert "you > …" in entry.render_line(0).text
            await pilot.press("home")
            assert entry.cursor_screen_offset.x == 7
            await pilot.click(Entry, offset=(9, 0))
            assert entry.cursor_screen_offset.x == 9

    async def test_takes_a_paste_as_one_line(self):
        """Line breaks and control characters do not get in."""
        async with Bench().run_test() as pilot:
            entry = pilot.app.entry
            entry.focus()
            entry.post_message(events.Paste("one\r\ntwo\tthree\x1b[0m"))
            await pilot.pause()
            assert entry.value == "one two three[0m"
