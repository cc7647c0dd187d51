"""Use cases that go on to their end, and removals that leave no copy."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.store.ports import Store

P = ParamSpec("P")
T = TypeVar("T")


def whole(
    work: Callable[P, Coroutine[Any, Any, T]],
) -> Callable[P, Coroutine[Any, Any, T]]:
    """Let a use case go on to its end when its caller goes away in the middle.

    What is committed is also published: a ban whose moderator's connection dropped at
    that moment still ends the other's visit.
    """

    @wraps(work)
    async def to_its_end(*given: P.args, **named: P.kwargs) -> T:
        return await asyncio.shield(asyncio.ensure_future(work(*given, **named)))

    return to_its_end


async def shred(store: Store) -> None:
    """Leave no copy of what was removed.

    The removal itself is done and told: where a copy cannot be overwritten now, the
    janitor sees to it on its next round.
    """
    with suppress(StoreDown):
        await store.shred()
