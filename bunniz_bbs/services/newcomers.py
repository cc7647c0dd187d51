"""Slow posting: what somebody new has written lately is counted in the database.

So it holds on all nodes, and after a restart.
"""

from datetime import datetime

from bunniz_bbs.domain.newcomers import DAY, Written, require_few, require_slow
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.services.links import links_in
from bunniz_bbs.services.mentions import mentioned
from bunniz_bbs.store.ports import Transaction


async def require_settled(
    tx: Transaction, actor: Actor, body: str, now: datetime, *, begins: bool
) -> None:
    """Let somebody new post slowly, and everybody else as they like.

    What guests write is looked at and not counted: the team reads it first, and of
    those who have no account nobody could.

    Args:
        tx: Where it is looked up.
        actor: Who posts.
        body: What, with accounts in place of names.
        now: The moment.
        begins: Whether it begins a thread.

    Raises:
        NewHere: It is too much for now.
    """
    guest = actor.role is Role.GUEST
    account = None if guest else await tx.accounts.get(actor.id)
    until = account.new_until if account else None
    new = until is not None and now.date() <= until
    if guest or new:
        require_few(len(links_in(body)), len(mentioned(body)))
    if new:
        posts = await tx.posts.written(actor.id, now - DAY)
        held = await tx.held.by(actor.id)
        waiting = [Written(one.sent_at, one.thread is None) for one in held]
        lately = [one for one in (*posts, *waiting) if one.at > now - DAY]
        require_slow(lately, begins, now)
