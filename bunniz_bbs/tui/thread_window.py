"""The posts of a thread that a page has: fetched where one reads, kept near there."""

from dataclasses import replace
from typing import Final

from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.services.threads import ThreadView
from bunniz_bbs.tui.posts import Bodies
from bunniz_bbs.tui.session import Session

SHOWN: Final = 20
"""Posts that are fetched at once; others when one comes near the first or the last."""


class ThreadWindow:
    """Some posts of one thread that follow each other, laid out for one reader."""

    def __init__(self, session: Session, thread: ThreadId) -> None:
        self.session = session
        self.thread = thread
        self.view: ThreadView | None = None
        """What was fetched; None: nothing yet."""
        self.bodies = Bodies(session)

    async def load(self, width: int, at: int | None) -> None:
        """Fetch where reading goes on or around a post, or again what was there.

        Raises:
            BunnizError: It could not be fetched.
        """
        known, session = self.view, self.session
        self.bodies.badges = await session.services.badges.given(session.actor)
        if known is None or not known.posts:
            self.view = await self._fetch(width, at and _begin_around(at), SHOWN)
            if at and not self.view.posts:  # it went, and all that came after it
                self.view = await self._fetch(width, None, SHOWN)
        else:
            first, count = known.posts[0].number, len(known.posts)
            self.view = await self._fetch(width, first, count + SHOWN * known.ends)

    async def more(self, width: int, way: int, height: int) -> bool:
        """Fetch the posts before the first that is there, or after the last.

        Args:
            width: Columns to lay them out in.
            way: -1 before, 1 after.
            height: Rows of a screen; of what lies further, nothing is kept.

        Returns:
            Whether others are there now.

        Raises:
            BunnizError: They could not be fetched.
        """
        known = self.view
        if known is None or (known.begins if way < 0 else known.ends):
            return False
        at = known.posts[0].number
        first = max(1, at - SHOWN) if way < 0 else known.posts[-1].number + 1
        count = min(SHOWN, at - first) if way < 0 else SHOWN
        more = await self._fetch(width, first, count)
        if self.view is not known:
            return False
        # Two screens of posts, which take two lines at least, and no more than that:
        # what lies further is fetched again when somebody goes back.
        kept = max(SHOWN, height)
        posts = more.posts + known.posts[:kept]
        if way > 0:
            posts = known.posts[-kept:] + more.posts
        self.view = replace(more, posts=posts)
        return True

    async def edge(self, width: int, way: int) -> bool:
        """Fetch the first posts of all, or the last; whether they were not there.

        Raises:
            BunnizError: They could not be fetched.
        """
        known = self.view
        if known is None or (known.begins if way < 0 else known.ends):
            return False
        last = known.thread.last_number
        first = 1 if way < 0 else max(1, last + 1 - SHOWN)
        self.view = await self._fetch(width, first, SHOWN)
        return True

    async def _fetch(self, width: int, first: int | None, count: int) -> ThreadView:
        services, actor = self.session.services, self.session.actor
        view = await services.threads.open(actor, self.thread, first, count)
        await self.bodies.prepare(view.posts, width)
        return view


def _begin_around(number: int) -> int:
    """The first post to fetch, so that there are some before this one."""
    return max(1, number - SHOWN // 4)
