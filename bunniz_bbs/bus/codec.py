"""Events as bytes and back: one version, a closed set, and moments that travel.

What a node cannot read is dropped and counted, never raised: another node may run
another version of the program. Moments are told as a duration from the moment of
telling, so that a node whose clock is wrong shows and expires a line rightly. Only
`until` is told as it is, because the database says the same to every node.
"""

import json
import logging
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any, Final, TypeAlias, Union, get_args, get_origin, get_type_hints

from bunniz_bbs.bus.ports import Told
from bunniz_bbs.bus.tally import Tally
from bunniz_bbs.domain.events import Event, LineSaid

VERSION: Final = 1
LARGEST_LINE: Final = 8 * 1024
"""Bytes of a line that was said; the longest that may be written needs half."""
LARGEST: Final = 768 * 1024
"""Bytes of any other event: boards.yaml fits, and a broker takes 1 MiB."""
_ABSOLUTE: Final = frozenset({"until"})
_log = logging.getLogger("bunniz.bus")
_TICK: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_Way: TypeAlias = Callable[[Any, datetime], Any]


class TooLarge(Exception):
    """An event has more bytes than its kind may have."""


class _Unreadable(Exception):
    """This is not what this version writes."""


class Codec:
    """Writes and reads events; counts what it could not read."""

    def __init__(self) -> None:
        self._dropped = Tally(_log, "an event that another node told was not read")

    @property
    def dropped(self) -> int:
        """How many events could not be read."""
        return self._dropped.count

    def encode(self, topic: str, event: Event, now: datetime) -> bytes:
        """An event with its topic, in one line, as told at this moment.

        Raises:
            TooLarge: It would be refused where it arrives.
        """
        kind = type(event).__name__
        told = [VERSION, topic, kind, _KINDS[kind].write(event, now)]
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        data = text.encode("utf-8", "replace")
        if len(data) > largest(type(event)):
            raise TooLarge
        return data

    def decode(self, data: bytes, now: datetime) -> Told | None:
        """The event that was told, by this node's clock; None: it cannot be read."""
        try:
            return _read(data, now)
        except (_Unreadable, ValueError, OverflowError, RecursionError):
            self._dropped.add()
            return None


def largest(kind: type[Event]) -> int:
    """How many bytes an event of this kind may have."""
    return LARGEST_LINE if kind is LineSaid else LARGEST


def _read(data: bytes, now: datetime) -> Told:
    if len(data) > LARGEST:
        raise _Unreadable
    told = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    if not isinstance(told, list) or len(told) != 4 or told[0] != VERSION:
        raise _Unreadable
    _, topic, kind, given = told
    if not isinstance(topic, str) or not isinstance(kind, str) or kind not in _KINDS:
        raise _Unreadable
    shape = _KINDS[kind]
    if len(data) > largest(shape.made):
        raise _Unreadable
    return topic, shape.read(given, now)


def _no_constant(_: str) -> None:
    raise _Unreadable


class _Shape:
    """How the fields of one dataclass are written and read, in both directions."""

    def __init__(self, made: type[Any]) -> None:
        hints = get_type_hints(made)
        self.made = made
        self._ways = {
            one.name: _ways(hints[one.name], absolute=one.name in _ABSOLUTE)
            for one in fields(made)
        }

    def write(self, value: object, now: datetime) -> Mapping[str, Any]:
        """The fields as JSON has them."""
        return {
            name: write(getattr(value, name), now)
            for name, (write, _) in self._ways.items()
        }

    def read(self, given: object, now: datetime) -> Any:
        """The value, if exactly its fields are there and each is of its kind."""
        if not isinstance(given, dict) or given.keys() != self._ways.keys():
            raise _Unreadable
        return self.made(
            **{name: read(given[name], now) for name, (_, read) in self._ways.items()}
        )


def _ways(hint: Any, *, absolute: bool = False) -> tuple[_Way, _Way]:
    """How a value of some type is written and read."""
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, Union):
        return _optional(inner, absolute=absolute)
    if origin is tuple:
        return _many(inner) if inner[-1] is Ellipsis else _some(inner)
    if hint is datetime:
        return _moment(absolute=absolute)
    if hint in (str, int, bool):
        return _plain, _exactly(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return (lambda value, _: value.value), _member(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        shape = _Shape(hint)
        return shape.write, shape.read
    raise TypeError(f"no way to write {hint!r}: add one here")


def _plain(value: Any, _: datetime) -> Any:
    return value


def _exactly(kind: type[Any]) -> _Way:
    """A value of just this type: True is no number."""

    def read(value: Any, _: datetime) -> Any:
        if type(value) is not kind:
            raise _Unreadable
        return value

    return read


def _member(kind: type[Enum]) -> _Way:
    values = {one.value: one for one in kind}

    def read(value: Any, _: datetime) -> Any:
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise _Unreadable
        if value not in values:
            raise _Unreadable
        return values[value]

    return read


def _moment(*, absolute: bool) -> tuple[_Way, _Way]:
    """A moment, in microseconds from the moment of telling or from 1970."""

    def write(value: datetime, now: datetime) -> int:
        return (value - (_EPOCH if absolute else now)) // _TICK

    def read(value: Any, now: datetime) -> datetime:
        if type(value) is not int:
            raise _Unreadable
        return (_EPOCH if absolute else now) + value * _TICK

    return write, read


def _optional(inner: tuple[Any, ...], *, absolute: bool) -> tuple[_Way, _Way]:
    (hint,) = (one for one in inner if one is not type(None))
    write, read = _ways(hint, absolute=absolute)
    return (
        lambda value, now: None if value is None else write(value, now),
        lambda value, now: None if value is None else read(value, now),
    )


def _many(inner: tuple[Any, ...]) -> tuple[_Way, _Way]:
    """Any number of one kind."""
    write, read = _ways(inner[0])

    def read_all(value: Any, now: datetime) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _Unreadable
        return tuple(read(one, now) for one in value)

    return (lambda value, now: [write(one, now) for one in value]), read_all


def _some(inner: tuple[Any, ...]) -> tuple[_Way, _Way]:
    """A fixed number, each of its own kind."""
    ways = [_ways(one) for one in inner]

    def write(value: Any, now: datetime) -> list[Any]:
        return [to(one, now) for (to, _), one in zip(ways, value, strict=True)]

    def read(value: Any, now: datetime) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(ways):
            raise _Unreadable
        return tuple(of(one, now) for (_, of), one in zip(ways, value, strict=True))

    return write, read


_KINDS: Final = {one.__name__: _Shape(one) for one in get_args(Event)}
