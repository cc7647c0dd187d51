"""Who may change how threads stand."""

from collections.abc import Sequence
from typing import Any

from bunniz_bbs.domain.errors import NotAllowed
from bunniz_bbs.domain.people import Actor, Role
from tests.services.may import GUEST, MODERATOR, NOBODY, NOWHERE, May
from tests.services.scene import Scene


async def reopen(scene: Scene, actor: Actor) -> Any:
    """Take replies again in a thread of one's own in which one took none."""
    own = scene.own[Role.GUEST if actor.is_passing else actor.role]
    if not actor.is_passing:
        await scene.home.store.write(lambda tx: tx.threads.set_closed(own, True))
    return await scene.on.order.close(actor, own, False)


ORDER: Sequence[May] = (
    May(
        "order.pin",
        MODERATOR,
        lambda s, a: s.on.order.pin(a, s.porch, True, "Why"),
        (NotAllowed,),
        lambda s, a: s.on.order.pin(a, NOWHERE, True, ""),
    ),
    May(
        "order.lock",
        MODERATOR,
        lambda s, a: s.on.order.lock(a, s.porch, True, "Why"),
        (NotAllowed,),
        lambda s, a: s.on.order.lock(a, NOWHERE, True, ""),
    ),
    May(
        "order.move",
        MODERATOR,
        lambda s, a: s.on.order.move(a, s.porch, "team", "Why"),
        (NotAllowed,),
        lambda s, a: s.on.order.move(a, NOWHERE, "nowhere", ""),
    ),
    May(
        "order.keep",
        MODERATOR,
        lambda s, a: s.on.order.keep(a, s.porch, True, "Why"),
        (NotAllowed,),
        lambda s, a: s.on.order.keep(a, NOWHERE, True, ""),
    ),
    May(
        "order.check",
        MODERATOR,
        lambda s, a: s.on.order.check(a, s.porch),
        (NotAllowed,),
        lambda s, a: s.on.order.check(a, NOWHERE),
    ),
    May("order.close", GUEST, reopen),
    May(
        "order.close",
        NOBODY,
        lambda s, a: s.on.order.close(a, s.porch, True),
        case="somebody else's",
    ),
)
