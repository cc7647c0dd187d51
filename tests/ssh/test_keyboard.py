"""From bytes of any kind, in pieces of any size, to keys and pastes alone."""

import asyncio
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from textual import events
from textual.message import Message

from bunniz_bbs.ssh import keyboard as module
from bunniz_bbs.ssh.keyboard import (
    ESCAPE_SECONDS,
    FARTHEST,
    MOST_ERRORS,
    MOST_EVENTS,
    MOST_RAW,
    SLICE,
    Keyboard,
)
from bunniz_bbs.ssh.pastes import LONGEST
from tests.ssh.front import until


class Desk:
    """A keyboard, and an app that takes one event after the other."""

    def __init__(self, *, busy: bool = False) -> None:
        self.events: list[Message] = []
        self.held: list[bool] = []
        self.broken = 0
        self.too_long = 0
        self.waiting: list[Callable[[], None]] = []
        self.keyboard = Keyboard(
            self.events.append,
            self.waiting.append if busy else self._settled,
            self.held.append,
            self._break,
            self._dropped,
        )

    def _settled(self, then: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_soon(then)

    def _break(self) -> None:
        self.broken += 1

    def _dropped(self) -> None:
        self.too_long += 1

    def work(self) -> None:
        """Let a busy app be done with what it has."""
        todo, self.waiting[:] = self.waiting[:], []
        for then in todo:
            then()

    async def settles(self) -> None:
        """Wait until all that came was given."""
        keyboard = self.keyboard
        await until(lambda: not (keyboard._events or keyboard._raw or keyboard._timer))

    @property
    def keys(self) -> list[str]:
        """The names of the keys, pastes in quotation marks."""
        return [
            one.key if isinstance(one, events.Key) else f'"{one.text}"'
            for one in self.events
            if isinstance(one, events.Key | events.Paste)
        ]


def run(doing: Any) -> Any:
    """Do something on a loop of its own."""
    return asyncio.run(doing)


def pieces(stream: bytes, cuts: list[int]) -> list[bytes]:
    """A stream, cut where it is said."""
    places = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})
    return [stream[a:b] for a, b in pairwise(places)]


async def typed(chunks: list[bytes]) -> Desk:
    """What comes of these pieces."""
    desk = Desk()
    for chunk in chunks:
        desk.keyboard.feed(chunk)
    await desk.settles()
    return desk


sequences = some.sampled_from(
    [
        *(b"\x1b", b"\x1b[", b"\x1b[A", b"\x1bOP", b"\x1b[15~", b"\x1b[1;5C", b"\x1ba"),
        *(b"\x1b[200~", b"\x1b[201~", b"\x1b[48;9;9;9;9t", b"\x1b[48;0;0;0;0t"),
        *(b"\x1b[9999999u", b"\x1b[0:R", b"\x1b[;R", b"\x1b[5;7R", b"\x1b[?2048;1$y"),
        *(b"\x1b[<0;5;5M", b"\x1b[<0;0;0M", b"\x1b[<64;5;5M", b"\x1b[M   ", b"\x1b[I"),
        *(
            b"\x1b[<35;" + b"9" * 20 + b";5M",
            b"\x1b[-5;-5;-5M",
            b"\x1b[<;;M",
            b"\x1b[O",
        ),
        *(
            b"\xff",
            b"\xc3",
            b"\xe6\xbc",
            b"\x80",
            b"\x00",
            b"\r",
            b"\x7f",
            b"\t",
            b"\x03",
        ),
    ]
)
anything = some.lists(
    some.one_of(sequences, some.binary(max_size=12)), max_size=30
).map(b"".join)
cuts = some.lists(some.integers(0, 400), max_size=10)


@settings(max_examples=300, deadline=None)
@given(anything, cuts)
@example(b"\x1b[48;0;0;0;0t\x1b[<0;5;5M", [])
@example(b"\x1b[0:R", [])
def test_no_bytes_break_it(stream: bytes, cut: list[int]) -> None:
    """Nothing is raised, nothing but input comes out, nothing stays behind."""

    async def work() -> None:
        desk = Desk()
        desk.keyboard.feed(b"")
        for piece in pieces(stream, cut):
            desk.keyboard.feed(piece)
            assert len(desk.keyboard._events) <= MOST_EVENTS + SLICE
        if desk.keyboard._paste:
            desk.keyboard.feed(b"\x1b[201~")
        desk.keyboard._give_up()  # time passes
        desk.keyboard._give_up()
        await until(lambda: not desk.keyboard._events)
        for one in desk.events:
            assert isinstance(one, module._WANTED), one
            if isinstance(one, events.MouseEvent):
                assert 0 <= one.x <= FARTHEST
                assert 0 <= one.y <= FARTHEST
        assert not desk.keyboard._raw
        desk.keyboard.close()

    run(work())


keys = some.lists(
    some.sampled_from(
        [
            *(("a", b"a"), ("b", b"b"), ("backspace", b"\x7f"), ("enter", b"\r")),
            *(("up", b"\x1b[A"), ("down", b"\x1b[B"), ("pageup", b"\x1b[5~")),
            *(
                ("f1", b"\x1bOP"),
                ("ctrl+s", b"\x13"),
                ("tab", b"\t"),
                ("é", "é".encode()),
            ),
            *(("漢", "漢".encode()), ("shift+tab", b"\x1b[Z"), ("space", b" ")),
        ]
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=200, deadline=None)
@given(keys, cuts)
def test_keys_keep_their_order_however_they_come(
    pressed: list[tuple[str, bytes]], cut: list[int]
) -> None:
    """Letters, Backspace, Enter, arrows: in one burst or cut in the middle."""
    desk = run(typed(pieces(b"".join(sent for _, sent in pressed), cut)))

    assert desk.keys == [name for name, _ in pressed]


lines = some.text(
    some.characters(blacklist_categories=("Cc", "Cs"), blacklist_characters="\x7f"),
    max_size=200,
)


@settings(max_examples=200, deadline=None)
@given(some.lists(lines, min_size=1, max_size=4), cuts)
@example(["x" * 100], list(range(230)))
@example(["[201~", "200~"], list(range(60)))
def test_pastes_are_whole_however_they_come(pasted: list[str], cut: list[int]) -> None:
    """Between keys, in every cut, also in the middle of a mark."""
    stream = b"a" + b"b".join(
        b"\x1b[200~" + one.encode() + b"\x1b[201~" for one in pasted
    )
    stream += b"c"
    desk = run(typed(pieces(stream, cut)))

    wanted = ["a"]
    for one in pasted:
        wanted += [f'"{one}"'] * bool(one) + ["b"]
    assert desk.keys == [*wanted[:-1], "c"]


def test_a_paste_is_never_keys() -> None:
    """Sequences in it press nothing; a hidden Enter sends nothing."""
    evil = b"\x1b[200~ls\x1b[A\x1b\r\x1bOP\x1b]0;x\x07\x03 end\x1b[201~"
    desk = run(typed([evil]))

    assert desk.keys == ['"ls[A\rOP]0;x end"']


@pytest.mark.parametrize("step", [1000, 4096, 32768, LONGEST * 3])
def test_a_paste_that_is_too_long_is_dropped_whole_and_told(step: int) -> None:
    """Nothing of it is typed; what comes behind it is."""

    async def work() -> Desk:
        desk = Desk()
        stream = b"\x1b[200~" + b"x" * (LONGEST + 1) + b"\x1b[201~" + b"y"
        for start in range(0, len(stream), step):
            desk.keyboard.feed(stream[start : start + step])
            if desk.keyboard._paste:
                assert len(desk.keyboard._paste._data) <= LONGEST
        await desk.settles()
        return desk

    desk = run(work())

    assert desk.keys == ["y"]
    assert desk.too_long == 1


def test_the_longest_paste_is_taken() -> None:
    """To the byte."""
    desk = run(typed([b"\x1b[200~" + b"x" * LONGEST + b"\x1b[201~"]))

    assert desk.keys == ['"' + "x" * LONGEST + '"']
    assert desk.too_long == 0


def test_a_paste_that_is_never_closed_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a moment of silence; then keys are keys again."""
    monkeypatch.setattr(module, "PASTE_SECONDS", 0.05)

    async def work() -> Desk:
        desk = Desk()
        desk.keyboard.feed(b"\x1b[200~half")
        desk.keyboard.feed(b" a paste")
        await desk.settles()
        desk.keyboard.feed(b"k")
        await desk.settles()
        return desk

    assert run(work()).keys == ['"half a paste"', "k"]


def test_an_esc_that_nothing_follows_is_the_key() -> None:
    """Neither at once, when it may begin another key, nor never."""

    async def work() -> None:
        desk = Desk()
        loop = asyncio.get_running_loop()
        began = loop.time()
        desk.keyboard.feed(b"\x1b")
        assert desk.keys == []
        await desk.settles()
        assert desk.keys == ["escape"]
        assert loop.time() - began >= ESCAPE_SECONDS - 0.02
        desk.keyboard.feed(b"\x1b")
        desk.keyboard.feed(b"[A")
        await desk.settles()
        assert desk.keys == ["escape", "up"]
        assert desk.keyboard._timer is None

    run(work())


def test_half_a_mark_is_keys_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alt+[ begins like a paste; it is not swallowed."""
    monkeypatch.setattr(module, "MARK_SECONDS", 0.05)

    async def work() -> Desk:
        desk = Desk()
        desk.keyboard.feed(b"\x1b[")
        await desk.settles()
        desk.keyboard.feed(b"k")
        await desk.settles()
        return desk

    assert run(work()).keys[-1] == "k"


@pytest.mark.parametrize(
    "report",
    [
        b"\x1b[48;9999999;9999999;1;1t",
        b"\x1b[48;24;80;480;800t",
        b"\x1b[5;7R",
        b"\x1b[?2026;1$y",
        b"\x1b[?2048;1$y",
        b"\x1b[I",
        b"\x1b[O",
        b"\x1b[<35;5;5M",
    ],
)
def test_reports_of_a_terminal_end_here(report: bytes) -> None:
    """A size, a position, a mode or a focus that is typed never reaches an app."""
    desk = run(typed([report, b"k"]))

    assert [type(one) for one in desk.events] == [events.Key]


def test_who_breaks_the_parser_again_and_again_is_cut_off() -> None:
    """Five times; keys between them are still read."""

    async def work() -> None:
        desk = Desk()
        for number in range(MOST_ERRORS):
            assert desk.broken == 0
            desk.keyboard.feed(b"\x1b[48;0;0;0;0t\x1b[<0;5;5M")
            desk.keyboard.feed(b"k")
            await desk.settles()
            assert desk.keys == ["k"] * (number + 1)
        assert desk.broken == 1

    run(work())


def test_what_nobody_takes_is_bounded() -> None:
    """A busy app: events and bytes are few, and the client is told to wait."""

    async def work() -> None:
        desk = Desk(busy=True)
        for _ in range(10):
            desk.keyboard.feed(b"k" * 1000)
        assert len(desk.keyboard._events) <= MOST_EVENTS + SLICE
        assert desk.held == [True]
        assert len(desk.events) == 1
        while desk.waiting:
            desk.work()
        assert desk.held == [True, False]
        assert desk.keys == ["k"] * 10_000
        assert len(desk.keyboard._raw) < MOST_RAW

    run(work())


def test_one_event_is_given_at_a_time() -> None:
    """The next one when the one before has had its effect."""

    async def work() -> None:
        desk = Desk(busy=True)
        desk.keyboard.feed(b"a\x7fb\r")
        assert desk.keys == ["a"]
        desk.work()
        assert desk.keys == ["a", "backspace"]
        desk.keyboard.feed(b"c")
        assert desk.keys == ["a", "backspace"]
        for _ in range(5):
            desk.work()
        assert desk.keys == ["a", "backspace", "b", "enter", "c"]

    run(work())


def test_events_wait_as_long_as_they_are_told() -> None:
    """The next one is given after that, and who asks hears of those that wait."""

    async def work() -> None:
        desk = Desk()
        asked: list[bool] = []

        def rest(pressing: bool) -> float:
            asked.append(pressing)
            return 0.01

        desk.keyboard._rest = rest
        desk.keyboard.feed(b"abcd")
        await until(lambda: desk.keyboard._resting)
        assert desk.keys == ["a"]
        await desk.settles()
        await until(lambda: desk.keys == ["a", "b", "c", "d"])
        assert asked == [False, True, True]
        desk.keyboard.feed(b"e")
        await until(lambda: desk.keys == ["a", "b", "c", "d", "e"])
        assert asked == [False, True, True, False]

    run(work())


def test_nothing_is_given_while_nobody_looks() -> None:
    """It waits, and so does what comes meanwhile; then it is given in order."""

    async def work() -> None:
        desk = Desk()
        desk.keyboard.block(True)
        desk.keyboard.feed(b"a")
        desk.keyboard.feed(b"k" * (MOST_EVENTS + SLICE + MOST_RAW))
        await asyncio.sleep(0)
        assert desk.keys == []
        assert desk.held == [True]
        desk.keyboard.block(False)
        await until(lambda: len(desk.keys) == 1 + MOST_EVENTS + SLICE + MOST_RAW)
        assert desk.keys[0] == "a"
        assert desk.held == [True, False]

    run(work())


def test_a_closed_keyboard_takes_nothing() -> None:
    """Nothing is given, kept or waited for after the end."""

    async def work() -> None:
        desk = Desk(busy=True)
        desk.keyboard.feed(b"abc\x1b")
        desk.keyboard.close()
        desk.keyboard.feed(b"def")
        desk.work()
        await asyncio.sleep(ESCAPE_SECONDS * 1.5)
        assert desk.keys == ["a"]
        assert not desk.keyboard._raw

    run(work())
