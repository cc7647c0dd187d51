"""What reaches a terminal: our own sequences, and nobody else's."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from bunniz_bbs.ssh import driver
from bunniz_bbs.tui.filters import only_ours
from tests.ssh.front import Front
from tests.ssh.seat import Seat, seated

OURS = re.compile(r"\x1b\[(?:[0-9;]*[mHK]|\?25[hl])")
FOREIGN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\u034f\u180b-\u180f\u200b\u200c\ufe00-\ufe0d\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)
"""Controls and hidden characters that are left when our own sequences are taken out."""

hostile = some.lists(
    some.one_of(
        some.text(max_size=6),
        some.sampled_from(
            [
                *(
                    "\x1b",
                    "\x1b[",
                    "\x1b]",
                    "\x1bP",
                    "\x1b_",
                    "\x1b^",
                    "\x1bX",
                    "\x1b\\",
                ),
                *(
                    "\x1b]52;c;cm0gLXJm\x07",
                    "\x1b]0;title\x1b\\",
                    "\x1b]8;;http://x\x07",
                ),
                *("\x1bPq#0\x1b\\", "\x1b[21t", "\x1b[6n", "\x1b[c", "\x1b[?1049l"),
                *(
                    "\x1b[?25l",
                    "\x1b[?1000h",
                    "\x1b[2J",
                    "\x1b[5i",
                    "\x1b[31m",
                    "\x1b[1;1H",
                ),
                *("\x1b[>4;2m", "\x1b[?1;2$p", "\x1b7", "\x1bc", "\x1b#8", "\x1b(0"),
                *(
                    "\x9b31m",
                    "\x9d0;x\x9c",
                    "\x90",
                    "\x9f",
                    "\u202e",
                    "\u2066",
                    "\u200f",
                ),
                *(
                    "\x00",
                    "\x07",
                    "\x08",
                    "\x0e",
                    "\r",
                    "\n",
                    "\t",
                    "\x7f",
                    "\x84",
                    "\x85",
                ),
                *("[", "31", ";", "m", "?25", "h", "\ud800", "é", "漢", "👩‍👩‍👧"),
            ]
        ),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=1000)
@given(hostile)
@example("\x1b\x1b[31m")
@example("\x1b\x00[2J")
@example("\x1b[3\x1b[31m1m")
@example("\x1b[\x9b31m")
def test_nothing_foreign_comes_out(text: str) -> None:
    """No OSC, DCS, APC, PM, SOS, C1, report, mode or direction, in any mixture."""
    out = only_ours(text)

    assert FOREIGN.search(OURS.sub("", out)) is None
    assert only_ours(out) == out
    assert len(out) <= len(text)


@settings(max_examples=300)
@given(some.text())
def test_texts_without_controls_are_left_alone(text: str) -> None:
    """Letters of every alphabet, signs and pictographs."""
    plain = FOREIGN.sub("", text)

    assert only_ours(plain) == plain


KEYS = [
    *(b"j", b"k", b"/", b"lounge", b"\r", b"hello", b"\r", b"/bo", b"\x1b", b"?"),
    *(b"\x1b", b"\x1b", b"/", b"general", b"\r", b"\r", b"j", b"r", b"text", b"\x13"),
    *(b"\x1b", b"c", b"T\r", b"b", b"\t", b"\x1b", b"\x1b", b"l", b"\r"),
    *(b"\x1b[<0;5;5M", b"\x1b[<64;5;5M", b"\x1b[200~paste\x1b[201~", b"/log\r"),
]
TERMINALS = {
    "truecolor": ("xterm-256color", {"COLORTERM": "truecolor"}),
    "256": ("xterm-256color", {}),
    "16": ("linux", {}),
    "none": ("vt100", {}),
}
COLOURS = {
    "truecolor": r"[34]8;2;\d+;\d+;\d+",
    "256": r"[34]8;5;\d+|[39][0-79]|4[0-79]|10[0-7]",
    "16": r"[39][0-79]|4[0-79]|10[0-7]",
    "none": r"[34]9",
}


@contextmanager
def wiretap(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every frame of the real program, as it comes to the filter."""
    frames: list[str] = []

    def listen(text: str) -> str:
        frames.append(text)
        return only_ours(text)

    with monkeypatch.context() as patch:
        patch.setattr(driver, "only_ours", listen)
        yield frames


async def tour(seat: Seat) -> None:
    """Look at everything that there is."""
    await seat.sees("Boards")
    for key in KEYS:
        before = len(seat.raw)
        seat.press(key)
        await seat.moves(before)
    seat.channel.change_terminal_size(40, 15)
    await seat.moves(len(seat.raw))
    seat.press(b"\x18")
    await seat.ends()


@pytest.mark.parametrize("colours", TERMINALS)
async def test_frames_of_the_real_program_pass_unchanged(
    front: Front, monkeypatch: pytest.MonkeyPatch, colours: str
) -> None:
    """The filter takes nothing of what we draw, on any terminal."""
    rosa = await front.person("rosa")
    threads = front.wired.services.threads
    await threads.start(rosa, "general", "Bread é 漢字", "Body **bold** `x` 👩‍👩‍👧")
    term, env = TERMINALS[colours]

    with wiretap(monkeypatch) as frames:
        async with seated(front, "rosa", term=term, env=env) as seat:
            await tour(seat)

    assert len(frames) > 20
    assert [one for one in frames if only_ours(one) != one] == []


async def test_each_terminal_has_its_own_colours(front: Front) -> None:
    """Styles are shared by all visits; how they are written must not be."""
    await front.person("rosa")

    for colours in (*TERMINALS, *reversed(TERMINALS)):
        term, env = TERMINALS[colours]
        async with seated(front, "rosa", term=term, env=env) as seat:
            await seat.sees("Boards")
            seat.press(b"?")
            await seat.sees("Esc")
        own = re.compile(rf"(?:{COLOURS[colours]}|[0-9]|2[0-9])(?:;|$)")
        for sequence in re.findall(r"\x1b\[([0-9;]*)m", seat.raw.decode()):
            rest = sequence
            while rest and (match := own.match(rest)):
                rest = rest[match.end() :]
            assert rest == "", f"{sequence} on a terminal with {colours} colours"


EVIL = (
    "\x1b]0;owned\x07\x1b]52;c;cm0=\x07\x1b[2J\x1b[31m\x9b31m\u202eabc\x1bP0q\x1b\\"
    "\x1b[?1049l\x1b[10;10H[@click=app.quit]x[/]\x07\x08"
)
CONTROLS = re.compile(rb"\x1b[\]PX^_]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|[\x07\x08]")


async def test_what_members_write_moves_nobodys_cursor(front: Front) -> None:
    """Typed, pasted and posted: it is shown as letters or not at all."""
    await front.person("rosa")
    await front.person("lune")

    async with (
        seated(front, "rosa", "go lounge") as rosa,
        seated(front, "lune", "go lounge") as lune,
    ):
        await rosa.sees("Lounge")
        await lune.sees("Lounge")
        rosa.press(b"\x1b[200~" + EVIL.encode() + b"\x1b[201~", b" marker", b"\r")
        await lune.sees("marker")

        for seat in (rosa, lune):
            assert CONTROLS.search(seat.raw) is None
            assert b"\x1b[2J" not in seat.raw
            assert b"\x1b[10;10H[@" not in seat.raw
