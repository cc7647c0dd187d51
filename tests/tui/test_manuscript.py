"""Whatever keys are pressed, the editor holds what a plain model of it holds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.app import ComposeResult
from wcwidth import iter_graphemes, wcswidth

from bunniz_bbs.tui.capabilities import Capabilities
from bunniz_bbs.tui.guarded import GuardedApp
from bunniz_bbs.tui.manuscript import (
    MOST_EDITS,
    MOST_REMEMBERED,
    Layout,
    Manuscript,
)
from bunniz_bbs.tui.palette import DARK
from bunniz_bbs.tui.widgets.editor import MOST_TYPED, Editor

COLUMNS, ROWS = 14, 5


@dataclass
class Model:
    """What an editor does, said as plainly as can be: whole texts are remembered."""

    text: str = ""
    at: int = 0
    anchor: int | None = None
    goal: int | None = None
    done: list[tuple[str, int]] = field(default_factory=list)
    undone: list[tuple[str, int]] = field(default_factory=list)
    typing: int | None = None
    """Where the next letter must come to belong to the last change."""

    def bounds(self) -> list[int]:
        """Where characters begin and end."""
        found = [0]
        for one in iter_graphemes(self.text):
            found.append(found[-1] + len(one))
        return found

    def go(self, place: int, choosing: bool = False, goal: int | None = None) -> None:
        """Put the cursor somewhere."""
        if choosing and self.anchor is None:
            self.anchor = self.at
        if not choosing:
            self.anchor = None
        self.at = min(one for one in self.bounds() if one >= place)
        self.goal = goal
        self.typing = None

    def line(self) -> tuple[int, int]:
        """Where the line of the cursor begins and ends."""
        before, after = self.text[: self.at], self.text[self.at :]
        return len(before) - len(before.split("\n")[-1]), self.at + len(
            after.split("\n")[0]
        )

    def target(self, unit: str, way: int) -> int:
        """Where a move leads to."""
        first, last = self.line()
        if unit == "limit":
            return len(self.text) if way > 0 else 0
        if unit == "edge":
            return last if way > 0 else first
        if unit == "step" or self.at == (last if way > 0 else first):
            ahead = [one for one in self.bounds() if one > self.at]
            behind = [one for one in self.bounds() if one < self.at]
            return min(ahead, default=self.at) if way > 0 else max(behind, default=0)
        place = self.at
        for spaces in (True, False):
            while first <= place + min(0, way) and place + max(0, way) <= last:
                if (self.text[place + min(0, way)] == " ") is not spaces:
                    break
                place += way
        return place

    def rows(self) -> list[tuple[int, int]]:
        """Where rows begin and end: each takes as many words as fit in it."""
        width, made, at = COLUMNS - 2, [], 0
        for line in self.text.split("\n"):
            begin, end = at, at + len(line)
            while True:
                fits = [
                    one
                    for one in self.bounds()
                    if begin < one <= end
                    and wcswidth(self.text[begin:one].rstrip(" ")) <= width
                ]
                if not fits or fits[-1] == end:
                    break
                between = [
                    one
                    for one in fits
                    if self.text[one - 1] == " " and self.text[one] != " "
                ]
                made.append((begin, (between or fits)[-1]))
                begin = made[-1][1]
            made.append((begin, end))
            at = end + 1
        return made

    def row(self, way: int) -> tuple[int, int]:
        """Where a move by rows leads to, and in which column it wants to be."""
        rows = self.rows()
        now = max(index for index, one in enumerate(rows) if one[0] <= self.at)
        column = min(COLUMNS - 2, wcswidth(self.text[rows[now][0] : self.at]))
        goal = column if self.goal is None else self.goal
        if not 0 <= now + way < len(rows):
            return (len(self.text) if way > 0 else 0), goal
        begin, end = rows[now + way]
        last = now + way + 1 == len(rows) or rows[now + way + 1][0] > end
        places = [
            one
            for one in self.bounds()
            if begin <= one <= end and (last or one < end)
            if wcswidth(self.text[begin:one]) <= goal
        ]
        return max(places, default=begin), goal

    def change(self, start: int, end: int, come: str, typed: bool = False) -> None:
        """Put words in place of others."""
        if not come and start == end:
            self.anchor = None
            return
        if not (typed and self.typing == start == end):
            self.done.append((self.text, self.at))
        self.undone = []
        self.text = self.text[:start] + come + self.text[end:]
        self.go(start + len(come))
        if typed and come not in " \n":
            self.typing = start + len(come)

    def press(self, key: str, text: str) -> None:
        """What a key does."""
        first, last = sorted((self.at, self.at if self.anchor is None else self.anchor))
        choosing = "shift+" in key
        bare = key.replace("shift+", "")
        if key in ("type", "paste"):
            self.change(first, last, text, typed=key == "type")
        elif bare in MOVES:
            self.go(self.target(*MOVES[bare]), choosing)
        elif bare in LINES:
            place, goal = self.row(LINES[bare])
            self.go(place, choosing, goal)
        elif key in CUTS:
            if first == last:
                first, last = sorted((self.at, self.target(*CUTS[key])))
            self.change(first, last, "")
            self.goal = None
        elif key == "ctrl+z" and self.done:
            self.undone.append((self.text, self.at))
            self.text, place = self.done.pop()
            self.go(place)
        elif key == "ctrl+y" and self.undone:
            self.done.append((self.text, self.at))
            self.text, place = self.undone.pop()
            self.go(place)


MOVES = {
    "left": ("step", -1),
    "right": ("step", 1),
    "ctrl+left": ("word", -1),
    "ctrl+right": ("word", 1),
    "home": ("edge", -1),
    "end": ("edge", 1),
    "ctrl+home": ("limit", -1),
    "ctrl+end": ("limit", 1),
}
LINES = {"up": -1, "down": 1, "pageup": 1 - ROWS, "pagedown": ROWS - 1}
CUTS = {
    "backspace": ("step", -1),
    "delete": ("step", 1),
    "ctrl+w": ("word", -1),
    "alt+d": ("word", 1),
    "ctrl+u": ("edge", -1),
    "ctrl+k": ("edge", 1),
}
SIGNS = "ab  .é漢\u0301👩\n"
"""Wide ones, a mark that joins the letter before it, spaces and breaks."""

typed = st.tuples(st.just("type"), st.sampled_from(SIGNS))
pasted = st.tuples(st.just("paste"), st.text(SIGNS, max_size=30))
held = [one.replace("ctrl+", "ctrl+shift+") for one in MOVES if "ctrl" in one]
held += [f"shift+{one}" for one in (*MOVES, *LINES) if "ctrl" not in one]
others = st.sampled_from([*MOVES, *LINES, *CUTS, *held, "ctrl+z", "ctrl+y"])
pressed = st.lists(typed | typed | pasted | st.tuples(others, st.just("")), max_size=60)


class Desk(GuardedApp):
    """An editor and nothing else."""

    def compose(self) -> ComposeResult:
        """The editor."""
        yield Editor(DARK)

    @property
    def editor(self) -> Editor:
        """The editor."""
        return self.screen.query_one(Editor)

    async def press(self, key: str, text: str = "") -> None:
        """Press a key, and wait until it has had its effect."""
        if key == "paste":
            self.post_message(events.Paste(text))
        elif key == "type":
            self.post_message(events.Key("enter" if text == "\n" else "any", text))
        else:
            self.post_message(events.Key(key, None))
        settled = asyncio.Event()
        self.when_settled(settled.set)
        await settled.wait()


@asynccontextmanager
async def at_a_desk() -> AsyncIterator[Desk]:
    desk = Desk(Capabilities())
    async with desk.run_test(size=(COLUMNS, ROWS)):
        desk.editor.focus()
        yield desk


@settings(max_examples=60, deadline=None)
@given(keys=pressed)
def test_any_keys_do_what_a_plain_model_does(keys: list[tuple[str, str]]):
    """Text, cursor and what is chosen are the same after each; the screen shows it."""

    async def story() -> None:
        async with at_a_desk() as desk:
            model, script = Model(), desk.editor._script
            for key, text in keys:
                await desk.press(key, text)
                model.press(key, text)
                now = (script.text, script.at, script.chosen)
                chosen = sorted((model.at, model.at))
                if model.anchor is not None:
                    chosen = sorted((model.at, model.anchor))
                assert now == (model.text, model.at, tuple(chosen))
            shows(desk.editor, model)

    asyncio.run(story())


def shows(editor: Editor, model: Model) -> None:
    """The rows around the cursor stand on the screen, and the cursor in them."""
    rows = model.rows()
    row = max(index for index, one in enumerate(rows) if one[0] <= model.at)
    cursor = editor.cursor_screen_offset
    assert 0 <= cursor.x < COLUMNS
    assert 0 <= cursor.y < ROWS
    top = row - cursor.y
    for y in range(ROWS):
        begin, end = rows[top + y] if top + y < len(rows) else (0, 0)
        strip = editor.render_line(y)
        assert strip.cell_length == COLUMNS
        assert strip.text.strip() == model.text[begin:end].strip()
    before = wcswidth(model.text[rows[row][0] : model.at])
    assert cursor.x == 1 + min(before, COLUMNS - 2)


async def test_pastes_as_one():
    """One Ctrl+Z takes a paste back, another what was typed; Ctrl+Y brings it again."""
    async with at_a_desk() as desk:
        for one in "ab c":
            await desk.press("type", one)
        await desk.press("paste", "one\ntwo \x1b[31m\u202ethree")
        await desk.press("ctrl+z")
        assert desk.editor.text == "ab c"
        await desk.press("ctrl+z")
        assert desk.editor.text == "ab "
        await desk.press("ctrl+y")
        await desk.press("ctrl+y")
        assert desk.editor.text == "ab cone\ntwo [31mthree"


async def test_takes_nothing_of_what_does_not_fit():
    """Half a paste would be lost in silence."""
    async with at_a_desk() as desk:
        await desk.press("paste", "x" * (MOST_TYPED - 2))
        await desk.press("paste", "abc")
        assert len(desk.editor.text) == MOST_TYPED - 2


def test_remembers_so_much_and_no_more():
    """Changes without end take no memory without end."""
    script = Manuscript()
    for _ in range(50):
        script.paste("x" * 5000)
        script.cut(0)
    held = sum(len(one.gone) + len(one.come) for one in script._done)
    assert held <= MOST_REMEMBERED
    for _ in range(MOST_EDITS * 3):
        script.paste("y")
    assert len(script._done) == MOST_EDITS


@given(st.text(SIGNS, max_size=200), st.integers(2, 20))
def test_rows_hold_the_whole_text(text: str, width: int):
    """Each row fits; together they are the text; each place is in one of them."""
    layout = Layout.of(text, width)

    whole = [text[start:end] for start, end in layout.rows]
    assert "".join(whole) == text.replace("\n", "")
    assert all(wcswidth(one.rstrip(" ")) <= width for one in whole)
    for place in range(len(text) + 1):
        start, end = layout.rows[layout.row_of(place)]
        assert start <= place <= end
    longer = text + "a"
    assert Layout.of(longer, width, layout).rows == Layout.of(longer, width).rows
