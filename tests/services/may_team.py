"""Who may ask the team, and who may decide."""

from collections.abc import Sequence

from bunniz_bbs.domain.errors import NotAllowed
from bunniz_bbs.domain.ids import BoardSlug
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.team import HeldId, ReportId
from tests.services.may import GUEST, JUNK, MODERATOR, May
from tests.services.scene import Scene

NONE, OWN = HeldId(-1), HeldId(7)


async def withdraw(scene: Scene, actor: Actor) -> None:
    """Take a post back that one has just sent."""
    if actor.is_passing:
        await scene.on.held.withdraw(actor, scene.held)
    now = scene.home.clock.now()
    await scene.home.store.write(
        lambda tx: tx.held.add(
            OWN, BoardSlug("careful"), None, "T", actor.id, actor.name, "B", now
        )
    )
    await scene.on.held.withdraw(actor, OWN)


TEAM: Sequence[May] = (
    May("team.report", GUEST, lambda s, a: s.on.team.report(a, "porch/1#1", "B")),
    May("held.own", GUEST, lambda s, a: s.on.held.own(a)),
    May("held.withdraw", GUEST, withdraw),
    May("team.queue", MODERATOR, lambda s, a: s.on.team.queue(a)),
    May(
        "team.approve",
        MODERATOR,
        lambda s, a: s.on.team.approve(a, s.waiter.name),
        (NotAllowed,),
        lambda s, a: s.on.team.approve(a, JUNK),
    ),
    May(
        "team.decline",
        MODERATOR,
        lambda s, a: s.on.team.decline(a, s.waiter.name, "Why"),
        (NotAllowed,),
        lambda s, a: s.on.team.decline(a, JUNK, ""),
    ),
    May(
        "team.publish",
        MODERATOR,
        lambda s, a: s.on.team.publish(a, s.held),
        (NotAllowed,),
        lambda s, a: s.on.team.publish(a, NONE),
    ),
    May(
        "team.refuse",
        MODERATOR,
        lambda s, a: s.on.team.refuse(a, s.held, "Why"),
        (NotAllowed,),
        lambda s, a: s.on.team.refuse(a, NONE, ""),
    ),
    May(
        "team.close",
        MODERATOR,
        lambda s, a: s.on.team.close(a, s.report),
        (NotAllowed,),
        lambda s, a: s.on.team.close(a, ReportId(-1)),
    ),
)
