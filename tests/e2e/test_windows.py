"""Windows of every size, and clients that are not kind."""

import os
import socket

import pytest

from tests.e2e.house import House


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (9999, 9999), (20, 5), (300, 90)])
def test_a_window_of_any_size_is_survived(shared: House, size: tuple[int, int]) -> None:
    """Whatever the size, the visit goes on and ends well."""
    visitor = shared.enter("rosa", "go", "lounge")
    visitor.await_text("Nothing here")
    visitor.resize(*size)
    visitor.settle()
    visitor.type("still here", "enter")
    visitor.resize(80, 24)
    visitor.settle()

    visitor.await_text("still here")
    visitor.press("^X")
    assert visitor.await_exit() == 0


def test_a_first_window_of_no_size_is_drawn(shared: House) -> None:
    """A client without a window of its own says 0x0: it gets 80x24."""
    visitor = shared.enter("rosa", size=(80, 24))
    visitor.await_text("Boards")
    visitor.press("q")

    assert visitor.await_exit() == 0


def test_typed_escapes_and_floods_end_nothing(shared: House) -> None:
    """Resize reports, broken sequences, open pastes and key floods do no harm."""
    lune = shared.enter("lune", "go", "lounge")
    lune.await_text("Nothing here")
    for hostile in (
        b"\x1b[48;9999999;9999999;1;1t",
        b"\x1b[9999999999u\x1b[0:R\x1b[<0;1;1M",
        b"\x1b[200~" + b"x" * 200_000 + b"\x1b[201~",
        b"\x1b[200~never closed",
        os.urandom(20_000).replace(b"\x18", b""),
        b"\x1b" * 5000,
        b"\xff\xfe\x9b\x9d" * 500,
        b"a" * 3000,
    ):
        rosa = shared.enter("rosa", "go", "lounge")
        rosa.await_text("The lounge")
        for start in range(0, len(hostile), 1024):
            rosa.send(hostile[start : start + 1024])
            rosa.read(0.001)
        lune.type("mine", "enter")
        lune.await_text("mine")
        rosa.close()

    assert shared.ask("rosa", "whoami").returncode == 0
    assert not any("incident" in line for line in shared.output), shared.output


def test_garbage_before_the_handshake_is_dropped(shared: House) -> None:
    """Whoever does not speak SSH is hung up on; others get in."""
    for garbage in (
        b"GET / HTTP/1.1\r\n\r\n",
        os.urandom(4096),
        b"SSH-2.0-x\r\n" * 500,
    ):
        with socket.create_connection(("127.0.0.1", shared.port), timeout=10) as gate:
            gate.sendall(garbage)
            while True:
                try:
                    if not gate.recv(4096):
                        break
                except ConnectionError:
                    break

    assert shared.ask("rosa", "whoami").returncode == 0


def test_markup_in_a_paste_is_one_line(shared: House) -> None:
    """A paste of several lines into a room's line is one line, not many."""
    rosa = shared.enter("rosa", "go", "lounge")
    rosa.await_text("Nothing here")
    rosa.send(b"\x1b[200~one\r\ntwo\nthree\x1b[201~")
    rosa.await_text("one two three")
    rosa.press("enter")

    rosa.await_text("rosa         one two three")
