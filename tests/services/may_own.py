"""Who may see what is kept of them, take it along, and leave for good."""

from collections.abc import Sequence

from bunniz_bbs.domain.own import Posts
from bunniz_bbs.domain.people import Actor, Role
from tests.services.may import GUEST, May
from tests.services.scene import Scene


async def leave(scene: Scene, actor: Actor) -> None:
    """Leave a house that somebody else can run."""
    if not actor.is_passing:
        await scene.home.person("heather", Role.SYSOP)
    await scene.on.leaving.leave(actor, Posts.REMOVE)


OWN: Sequence[May] = (
    May("own.known", GUEST, lambda s, a: s.on.own.known(a)),
    May("own.export", GUEST, lambda s, a: s.on.own.export(a)),
    May("own.posts", GUEST, lambda s, a: s.on.own.posts(a)),
    May("leaving.leave", GUEST, leave),
)
