"""What may be said of a mistake of ours: a number, a kind and a place. Never words."""

import logging
from collections.abc import Callable
from pathlib import PurePath
from typing import Final

_BYTES: Final = 4
_PACKAGE: Final = "bunniz_bbs"


def new_incident(random: Callable[[int], bytes]) -> str:
    """A number to find an incident by: eight hexadecimal digits."""
    return random(_BYTES).hex()


def report(
    error: BaseException, log: logging.Logger, random: Callable[[int], bytes]
) -> str:
    """Write down where an error arose; returns the number to find that line by."""
    incident = new_incident(random)
    log.error("incident %s: %s", incident, describe(error))
    return incident


def describe(error: BaseException) -> str:
    """The type of an error and where it arose: `KeyError at services/rooms.py:90`.

    The innermost place in this program is named, and the innermost of all where that
    is another one. Of a group of errors the first one counts. An error's own words are
    left out: they can hold what people wrote.
    """
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    kind = type(error).__name__
    ours = innermost = ""
    trace = error.__traceback__
    while trace is not None:
        path = PurePath(trace.tb_frame.f_code.co_filename)
        innermost = f"{'/'.join(path.parts[-2:])}:{trace.tb_lineno}"
        if _PACKAGE in path.parts:
            start = len(path.parts) - path.parts[::-1].index(_PACKAGE)
            ours = f"{'/'.join(path.parts[start:])}:{trace.tb_lineno}"
        trace = trace.tb_next
    places = [ours or innermost]
    if ours and not innermost.endswith(ours.rpartition("/")[2]):
        places.append(innermost)
    return f"{kind} at {' from '.join(one for one in places if one) or 'nowhere'}"
