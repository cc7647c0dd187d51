"""The same words sent to the same place again: where they stand already.

Of guests without an account nobody can tell whether they are the same person.

A key pressed twice, or a verb repeated after a line broke, posts nothing twice.
"""

from datetime import datetime, timedelta
from typing import Final

from bunniz_bbs.domain.ids import BoardSlug, ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.team import HeldPost
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.store.ports import Transaction

AGAIN: Final = timedelta(hours=1)
"""Who says the same later means to."""


async def begun(
    tx: Transaction,
    actor: Actor,
    board: BoardSlug,
    title: str,
    body: str,
    now: datetime,
) -> Thread | None:
    """The thread that the actor began with these words a moment ago."""
    if actor.is_passing:
        return None
    return await tx.threads.alike(board, actor.id, title, body, now - AGAIN)


async def replied(
    tx: Transaction, actor: Actor, thread: ThreadId, body: str, now: datetime
) -> Post | None:
    """The post in which the actor said these words a moment ago."""
    if actor.is_passing:
        return None
    return await tx.posts.alike(thread, actor.id, body, now - AGAIN)


async def waiting(
    tx: Transaction,
    actor: Actor,
    name: str,
    place: tuple[BoardSlug, ThreadId | None],
    title: str,
    body: str,
) -> HeldPost | None:
    """The post with these words that waits for the team already."""
    if actor.is_passing:
        return None
    wanted = (*place, title, name, body)
    for one in await tx.held.by(actor.id):
        if (one.board, one.thread, one.title, one.author_name, one.body) == wanted:
            return one
    return None
