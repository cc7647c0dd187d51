"""What a hostile client sends where keys are expected."""

import random
from typing import Final

WILD: Final = (-1, 0, 1, 2, 65535, 999_999, 2**31, 2**32 - 1, 10**20)
PARSER_KILLERS: Final = (
    b"\x1b[9999999u",
    b"\x1b[9999999999u",
    b"\x1b[0:R",
    b"\x1b[48;0;0;0;0t",
    b"\x1b[<;;M",
    b"\x1b[<0;1M",
    b"\x1b[;;;;;;;;;;~",
    b"\x1b[1;:;:u",
    b"\x1b[?",
    b"\x1b[" + b"1;" * 60 + b"H",
    b"\x1b" * 40,
    b"\x1bO",
    b"\x1b\x1b[\x1b]\x1b[",
)
"""Sequences that Textual's own parser fails on, or waits for the end of."""
REPLIES: Final = (
    b"\x1b[?62;22c",
    b"\x1b[>41;354;0c",
    b"\x1b[0n",
    b"\x1b[24;80R",
    b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
    b"\x1b]11;rgb:0000/0000/0000\x07",
    b"\x1b]52;c;cm0gLXJm\x07",
    b"\x1bP>|evil(1)\x1b\\",
    b"\x1bP1$r0m\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b[?2026;2$y",
    b"\x1b[?1u",
)
"""What terminals answer to questions that nobody asked."""
BROKEN: Final = (
    *(b"\xff\xfe", b"\xc3", b"\xe2\x82", b"\xf0\x9f\x91", b"\xed\xa0\x80", b"\xc0\xaf"),
)
"""UTF-8 that is none."""
KEYS: Final = (
    *(b"\r", b"\t", b"\x08", b"\x7f", b"\x03", b"\x0e", b"\x14", b"\x1bOP"),
    *(b"\x1b[A", b"\x1b[B", b"\x1b[5~", b"\x1b[6~", b"\x1b"),
    *(b"?", b"/", b"j", b"k", b"r", b"c", b"e", b"d", b"n", b"l", b"Q"),
)
"""Keys that do something somewhere; none that leaves."""
LEAVES: Final = bytes.maketrans(b"\x18qQ", b"\x17xx")
"""Ctrl+X and q end a visit, which is what they are for."""


class Hostile:
    """Makes inputs by chance."""

    def __init__(self, seed: object) -> None:
        self._chance = random.Random(str(seed))
        self._makers = (
            *(self._resize, self._mouse, self._kitty, self._focus, self._reply) * 2,
            *(self._killer, self._paste, self._open_paste, self._flood, self._utf8),
            *(self._junk, self._key, self._key),
        )

    def next(self) -> bytes:
        """One input."""
        return self._chance.choice(self._makers)().translate(LEAVES)

    def giant(self) -> bytes:
        """A paste that is larger than any that is taken."""
        return b"\x1b[200~" + self._chance.choice((b"x", b"\n", "漢".encode())) * 70_000

    def _wild(self) -> bytes:
        return str(self._chance.choice(WILD)).encode()

    def _resize(self) -> bytes:
        numbers = b";".join(self._wild() for _ in range(4))
        return b"\x1b[48;%bt\x1b[8;%b;%bt" % (numbers, self._wild(), self._wild())

    def _mouse(self) -> bytes:
        button = self._chance.choice((b"0", b"64", b"65", b"35", self._wild()))
        end = self._chance.choice((b"M", b"m"))
        sent = b"\x1b[<%b;%b;%b%b" % (button, self._wild(), self._wild(), end)
        return sent + b"\x1b[M" + self._chance.randbytes(3)

    def _kitty(self) -> bytes:
        return b"\x1b[%b;%b:%bu" % (self._wild(), self._wild(), self._wild())

    def _focus(self) -> bytes:
        return self._chance.choice((b"\x1b[I", b"\x1b[O")) * self._chance.randint(1, 20)

    def _reply(self) -> bytes:
        reply = self._chance.choice(REPLIES)
        return reply[: self._chance.randint(1, len(reply))]

    def _killer(self) -> bytes:
        return self._chance.choice(PARSER_KILLERS)

    def _paste(self) -> bytes:
        return b"\x1b[200~" + self._junk() + b"\x1b[201~"

    def _open_paste(self) -> bytes:
        mark = b"\x1b[200~"
        return mark[: self._chance.randint(2, len(mark))] + self._junk()

    def _flood(self) -> bytes:
        return self._chance.choice(KEYS) * self._chance.randint(2, 4)

    def _utf8(self) -> bytes:
        return b"".join(self._chance.choices(BROKEN, k=self._chance.randint(1, 8)))

    def _junk(self) -> bytes:
        return self._chance.randbytes(self._chance.randint(1, 12))

    def _key(self) -> bytes:
        return self._chance.choice(KEYS)
