"""What nodes tell each other, under the seal."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from bunniz_bbs.bus.sealing import NODE_BYTES

CHALLENGE_BYTES: Final = 16
EVERYBODY: Final = b"\x00" * NODE_BYTES
"""Asked for instead of a node: whoever hears it."""
MOST_ANSWERED: Final = 200
"""Nodes that one account can answer."""
_HEAD: Final = struct.Struct(">BQQ")
_ASKER: Final = NODE_BYTES + CHALLENGE_BYTES
_FIRST: Final = 1
_LAST: Final = 2


class Kind(IntEnum):
    """What a frame is for."""

    BEAT = 1
    """I am here. Its sender hears it too, and knows that it is not cut off."""
    TOLD = 2
    """Events."""
    ASK = 3
    """Tell me what you hold."""
    ACCOUNT = 4
    """A part of what I hold, for those who asked."""
    BYE = 5
    """I stop."""


_KINDS: Final = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Frame:
    """One message of a node."""

    kind: Kind
    number: int
    """Counts up for each message of a node; one that is left out was lost."""
    stamp: int
    """Milliseconds by the sender's own monotonic clock."""
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Ask:
    """A request for an account."""

    node: bytes
    """Whose; `EVERYBODY`: of whoever hears it."""
    challenge: bytes
    """Random: an account that gives it back was given after it was asked for."""


@dataclass(frozen=True, slots=True)
class Account:
    """A part of an account."""

    answers: Mapping[bytes, bytes]
    """The challenge of each node that asked."""
    first: bool
    last: bool
    told: Sequence[bytes] = field(default=())


def pack(frame: Frame) -> bytes:
    """A frame as bytes."""
    return _HEAD.pack(frame.kind, frame.number, frame.stamp) + frame.body


def unpack(data: bytes) -> Frame | None:
    """A frame; None: this version knows none like it."""
    if len(data) < _HEAD.size:
        return None
    kind, number, stamp = _HEAD.unpack_from(data)
    if kind not in _KINDS:
        return None
    return Frame(Kind(kind), number, stamp, data[_HEAD.size :])


def pack_told(told: Sequence[bytes]) -> bytes:
    """Encoded events as the body of a frame; none of them holds a line break."""
    return b"\n".join(told)


def unpack_told(body: bytes) -> list[bytes]:
    """The encoded events in a body."""
    return body.split(b"\n") if body else []


def pack_ask(ask: Ask) -> bytes:
    """A request as the body of a frame."""
    return ask.node + ask.challenge


def unpack_ask(body: bytes) -> Ask | None:
    """The request in a body; None: there is none."""
    if len(body) != _ASKER:
        return None
    return Ask(body[:NODE_BYTES], body[NODE_BYTES:])


def pack_account(account: Account) -> bytes:
    """A part of an account as the body of a frame."""
    flags = _FIRST * account.first + _LAST * account.last
    head = bytes((flags, len(account.answers)))
    askers = b"".join(node + given for node, given in account.answers.items())
    return head + askers + pack_told(account.told)


def unpack_account(body: bytes) -> Account | None:
    """The part of an account in a body; None: there is none."""
    if len(body) < 2 or len(body) < (end := 2 + body[1] * _ASKER):
        return None
    answers = {
        body[at : at + NODE_BYTES]: body[at + NODE_BYTES : at + _ASKER]
        for at in range(2, end, _ASKER)
    }
    flags, told = body[0], unpack_told(body[end:])
    return Account(answers, bool(flags & _FIRST), bool(flags & _LAST), told)
