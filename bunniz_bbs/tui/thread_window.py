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

    def has(self, number: int) -> bool:
        """Whether a post is between the first and the last that are there."""
        posts = self.view.posts if self.view else ()
        return bool(posts) and posts[0].number <= number <= posts[-1].number

    async def load(self, width: int, at: int | None) -> None:
        """Fetch where reading goes on or around a post, or again what was there.

        Raises:
            BunnizError: It could not be fetched.
        """
        known, session = self.view, self.session
        self.bodies.badges = await session.services.badges.given(session.actor)
        if known and known.posts:
            count = len(known.posts) + SHOWN * known.ends
            self.view = await self._fetch(width, known.posts[0].number, count)
        elif at:
            await self.around(width, at)
        if self.view is None or not self.view.posts:
            self.view = await self._fetch(width, None, SHOWN)
        self.bodies.keep(self.view.posts)

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
        if way < 0:
            more = await self._fetch(width, before=known.posts[0].number)
        else:
            more = await self._fetch(width, known.posts[-1].number + 1)
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
        if way < 0:
            self.view = await self._fetch(width, 1)
        else:
            self.view = await self._fetch(width, before=known.last + 1)
        return True

    async def around(self, width: int, number: int) -> None:
        """Fetch the posts around this one.

        Raises:
            BunnizError: They could not be fetched.
        """
        view = await self._fetch(width, max(1, number - SHOWN // 4))
        if not view.posts or view.posts[-1].number < number:
            # It is gone, and so is all after it; or a window further on has it.
            view = await self._fetch(width, before=number + 1)
        self.view = view

    async def _fetch(
        self,
        width: int,
        first: int | None = None,
        count: int = SHOWN,
        *,
        before: int | None = None,
    ) -> ThreadView:
        services, actor = self.session.services, self.session.actor
        view = await services.threads.open(
            actor, self.thread, first, count, before=before
        )
        here = {post.number for post in view.posts}
        others = self.bodies.kindness.items()
        kept = {number: one for number, one in others if number not in here}
        self.bodies.kindness = {**kept, **view.kindness}
        await self.bodies.prepare(view.posts, width)
        return view
