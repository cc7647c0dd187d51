"""Who may ask the team, and who may decide."""

from collections.abc import Sequence

from bunniz_bbs.domain.errors import NotAllowed
from bunniz_bbs.domain.team import HeldId, ReportId
from tests.services.may import GUEST, JUNK, MODERATOR, May

NONE = HeldId(-1)

TEAM: Sequence[May] = (
    May("team.report", GUEST, lambda s, a: s.on.team.report(a, "porch/1#1", "B")),
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
