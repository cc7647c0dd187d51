"""Lines as they are typed, key by key."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bunniz_bbs.plain.streams import Gone
from bunniz_bbs.ssh.line_input import AHEAD, LONGEST_LINE
from tests.plain.reader import typed_lines


async def read(*pieces: bytes, terminal: bool = True) -> tuple[list[str], str]:
    """The lines that these pieces make, and what is echoed."""
    lines, wire = typed_lines(terminal=terminal)
    found: list[str] = []

    async def collect() -> None:
        while (line := await lines.read_line()) is not None:
            found.append(line)

    collecting = asyncio.create_task(collect())
    for piece in pieces:
        await asyncio.sleep(0)
        lines.take(piece)
    lines.end()
    await collecting
    return found, wire.raw.decode()


@pytest.mark.parametrize(
    ("typed", "line", "echo"),
    [
        (b"tea\r", "tea", "tea\r\n"),
        (b"teaa\x7f\r", "tea", "teaa\b \b\r\n"),
        ("thé\x7fe\r".encode(), "the", "thé\b \be\r\n"),
        ("e\u0301\x08x\r".encode(), "x", "e\u0301\b \bx\r\n"),
        ("茶\x7fx\r".encode(), "x", "茶\b \b\b \bx\r\n"),
        (b"\x7f\x7fa\r", "a", "a\r\n"),
        (b"abc\x15x\r", "x", "abc\b \b\b \b\b \bx\r\n"),
        (b"a\tb\x07c\x00\r", "a bc", "a bc\r\n"),
        (b"a\x1b[Ab\x1b[1;5Cc\x1bOPd\x1be\r", "abcde", "abcde\r\n"),
        (b"a\xff\xfeb\r", "a��b", "a��b\r\n"),
        ("a\u202eb\x9bc\r".encode(), "abc", "abc\r\n"),
    ],
)
async def test_keys_make_a_line(typed: bytes, line: str, echo: str) -> None:
    """Letters and backspaces do; arrows and controls do not, and are not echoed."""
    assert await read(typed) == ([line], echo)
    # The same in the smallest pieces.
    assert await read(*(bytes([one]) for one in typed)) == ([line], echo)


@pytest.mark.parametrize("terminal", [True, False])
async def test_a_line_ends_once(terminal: bool) -> None:
    """With a return, a newline, or both."""
    lines, _ = await read(b"a\r\nb\nc\r\rd\n\n", terminal=terminal)

    assert lines == ["a", "b", "c", "", "d", ""]


async def test_a_file_need_not_end_with_a_newline() -> None:
    """On a terminal only Enter sends."""
    assert await read(b"a\nb", terminal=False) == (["a", "b"], "")
    assert await read(b"a\rb") == (["a"], "a\r\nb")
    assert await read(b"a\rb\x04c\r") == (["a"], "a\r\nb")


async def test_what_is_typed_ahead_is_echoed_when_it_is_its_turn() -> None:
    """Not amid what is being written."""
    lines, wire = typed_lines(terminal=True)
    lines.take(b"first\rsec")
    assert wire.raw == b""
    assert await lines.read_line() == "first"
    assert wire.raw == b"first\r\n"
    assert lines.unfinished == ""
    reading = asyncio.create_task(lines.read_line())
    await asyncio.sleep(0)
    assert lines.unfinished == "sec"
    lines.take(b"ond\r")

    assert await reading == "second"


async def test_a_line_is_idle_until_it_is_begun() -> None:
    """And again when all of it is rubbed out."""
    lines, _ = typed_lines(terminal=True)
    reading = asyncio.create_task(lines.read_line())
    await lines.wait_idle()
    await asyncio.sleep(0)
    lines.take(b"a")
    await asyncio.sleep(0)
    idle = asyncio.create_task(lines.wait_idle())
    await asyncio.sleep(0.01)
    assert not idle.done()
    lines.take(b"\x7f")
    await idle
    reading.cancel()


@pytest.mark.parametrize("key", [b"\x03", b"\x18"])
async def test_leaving_does_not_wait(key: bytes) -> None:
    """However much was typed before it."""
    lines, _ = typed_lines(terminal=True)
    lines.take(b"one\rtwo\r" + key)

    with pytest.raises(Gone):
        await lines.read_line()
    await lines.wait_closed()


async def test_a_long_line_is_taken_as_far_as_its_refusal() -> None:
    """It is longer than anything that fits, so that it is refused and not cut."""
    [line], _ = await read(b"x" * 3 * LONGEST_LINE + b"\r")

    assert len(line) == LONGEST_LINE


async def test_a_client_that_sends_much_waits() -> None:
    """Until it was read."""
    lines, wire = typed_lines(terminal=False)
    lines.take(b"x\n" * AHEAD)
    assert wire.held
    for _ in range(AHEAD):
        assert await lines.read_line() == "x"

    assert not wire.held


@given(some.lists(some.binary(max_size=20), max_size=20), some.booleans())
def test_any_bytes_are_survived(pieces: list[bytes], terminal: bool) -> None:
    """No escape and no control is echoed or read."""

    async def work() -> None:
        try:
            lines, echo = await read(*pieces, terminal=terminal)
        except Gone:
            return
        assert not [one for one in lines if not one.isprintable() and one.isascii()]
        assert "\x1b" not in echo + "".join(lines)

    asyncio.run(work())
