"""A client's terminal: its size, its name, and what is typed before anybody listens."""

from typing import cast

import pytest
from asyncssh.packet import String
from hypothesis import given
from hypothesis import strategies as some

from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.terminal import (
    ENTER,
    HEIGHTS,
    LEAVE,
    TYPED_AHEAD,
    UNKNOWN,
    USUAL_TERM,
    VANISH,
    WIDTHS,
    Terminal,
    clamp,
    known_term,
)
from tests.ssh.front import Front, until
from tests.ssh.raw import raw
from tests.ssh.seat import seated

sizes = some.integers(0, 2**32 - 1)


@given(sizes, sizes)
def test_every_size_can_be_drawn(width: int, height: int) -> None:
    """Whatever a client says, it is one that an app can lay out."""
    wide, high = clamp(width, height)

    assert WIDTHS[0] <= wide <= WIDTHS[1]
    assert HEIGHTS[0] <= high <= HEIGHTS[1]
    assert clamp(wide, high) == (wide, high)


def test_no_size_is_a_usual_one() -> None:
    """Clients without a terminal of their own say 0."""
    assert clamp(0, 0) == UNKNOWN
    assert clamp(0, 50) == (UNKNOWN[0], 50)


@given(some.text(max_size=60))
def test_a_terminals_name_is_a_name(term: str) -> None:
    """Letters, digits and few signs; anything else is a usual terminal."""
    known = known_term(term)

    assert known == (term if known == term else USUAL_TERM)
    assert known.isascii()
    assert 0 < len(known) <= 40
    assert not set(known) & set(" /\\\n\x1b")


class Wire(list[bytes]):
    """Takes what is written."""

    colorterm = ""

    def write(self, data: bytes) -> None:
        """Something is written."""
        self.append(data)


def a_terminal() -> tuple[Terminal, Wire]:
    """A terminal, and what reaches it."""
    wire = Wire()
    return Terminal(cast(GuardedChannel, wire), "xterm", (80, 24)), wire


def test_a_terminal_is_given_back_once() -> None:
    """Every mode that was set is unset, and only then."""
    terminal, wire = a_terminal()
    terminal.leave()
    terminal.enter()
    terminal.leave()
    terminal.leave()

    assert wire == [ENTER.encode(), LEAVE.encode()]


def test_nothing_is_written_after_vanishing() -> None:
    """Neither a late frame nor a word."""
    terminal, wire = a_terminal()
    terminal.enter()
    terminal.vanish()
    terminal.write("a late frame")
    terminal.leave()
    terminal.resize(10, 10)

    assert wire == [ENTER.encode(), VANISH.encode()]
    assert terminal._resizing is None


def test_a_little_of_what_is_typed_early_is_kept() -> None:
    """And given to whoever listens first, once."""
    terminal, _ = a_terminal()
    for _ in range(100):
        terminal.typed(b"0123456789")
    heard: list[bytes] = []
    terminal.listen(heard.append)
    terminal.typed(b"later")

    assert heard == [(b"0123456789" * 100)[:TYPED_AHEAD], b"later"]
    assert not terminal._ahead


def test_lone_halves_of_characters_are_written_as_a_sign() -> None:
    """They have no bytes of their own."""
    terminal, wire = a_terminal()
    terminal.write("a\ud800b")

    assert wire == [b"a?b"]


async def test_keys_typed_early_have_their_effect(front: Front) -> None:
    """A person who knows the way does not wait for the picture."""
    await front.person("rosa")
    async with raw(front) as client:
        await client.log_in(front.keys["rosa"])
        channel = await client.channel()
        assert channel is not None
        client.pty(channel)
        client.data(channel, b"?")
        client.ask(channel, "shell")
        seen = b""
        while b"Esc" not in seen:
            seen += (await client.next(94))[1]


@pytest.mark.parametrize(
    "term", ["", "vt100", "linux", "xterm\x1b[31m", "x" * 500, "../../etc", "é"]
)
async def test_a_terminal_of_any_name_is_drawn_on(front: Front, term: str) -> None:
    """Or turned away, where SSH itself forbids the name."""
    await front.person("rosa")
    async with raw(front) as client:
        await client.log_in(front.keys["rosa"])
        channel = await client.channel()
        assert channel is not None
        client.pty(channel, term=term)
        client.ask(channel, "exec", String(""))
        kind, payload = await client.next(94, 1)
        assert kind in (0, 1) if not term.isascii() else ENTER.encode() in payload


async def test_a_window_without_a_size_is_drawn(front: Front) -> None:
    """At 80x24, as everybody does."""
    await front.person("rosa")
    async with seated(front, "rosa") as seat:
        await seat.sees("Boards")
        seat.channel.change_terminal_size(0, 0)
        before = len(seat.raw)
        seat.press(b"?")
        await until(lambda: len(seat.raw) > before)
        (visit,) = front.listener._visits
        assert visit._terminal is not None
        assert visit._terminal.size == UNKNOWN
