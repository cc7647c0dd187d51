"""What one can do with a thread and the post that the cursor is on."""

from bunniz_bbs.commands.team import receipt
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.labels import Labels
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.policy import Action, allows_board
from bunniz_bbs.domain.reactions import Reaction
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.i18n.news import kept
from bunniz_bbs.i18n.reactions import told
from bunniz_bbs.tui.keys import Key
from bunniz_bbs.tui.screens.labels import LabelsPage
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.thread_jumps import ThreadJumps
from bunniz_bbs.tui.widgets.rows import Rows


class ThreadActing(ThreadJumps):
    """Replies, changes, removes, reports."""

    def __init__(
        self, session: Session, thread: ThreadId, at: int | None = None
    ) -> None:
        super().__init__(session, thread, at)
        self._sure = 0
        """The post that `d` was pressed on once."""

    def offers(self, key: Key) -> bool:
        """What this person may do with the post that the cursor is on."""
        if self.view is None:
            return key.action not in ("reply", "quote", "edit", "delete", "labels")
        actor = self.session.actor
        if key.action in ("follow", "bookmark"):
            return not actor.is_passing
        if key.action in ("reply", "quote"):
            if self.gated or (key.action == "quote" and self.is_folded()):
                return False
            open_for = self.view.thread.takes_replies or actor.role >= Role.MODERATOR
            return open_for and allows_board(actor, Action.REPLY, self.view.board)
        if key.action in ("edit", "delete", "labels"):
            post = self.post()
            return post is not None and post.author == actor.id and not post.deleted
        if key.action.startswith("react"):
            post = self.post()
            others = post is not None and post.author != actor.id and not post.deleted
            said = [one for one in self.view.board.reactions if one in key.action]
            return others and bool(said) and not (self.gated or actor.is_passing)
        if key.action == "links":
            post = self.post()
            return post is not None and self.window.bodies.leads(post).links
        return super().offers(key)

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """What was begun with another post is not meant any more."""
        self._sure = 0

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Enter opens what is folded; on a post it begins a reply."""
        event.stop()
        if self.is_folded():
            self.open_folded()
        else:
            await self.action_reply()

    async def action_reply(self) -> None:
        """Answer in the thread."""
        await self._reply_to(None)

    async def action_quote(self) -> None:
        """Answer with the words of the post that the cursor is on."""
        if self.is_folded():
            self.open_folded()
        else:
            await self._reply_to(self.post())

    async def _reply_to(self, quoted: Post | None) -> None:
        if self.view is None or self.gated:
            return
        await self.note()
        try:
            await self.house.write_reply(self.view, quoted)
        except BunnizError as error:
            self.refuse(error)

    async def action_links(self) -> None:
        """Show where the links of the post lead, and their addresses."""
        post = self.post()
        if self.is_folded():
            self.open_folded()
        elif self.view and post and self.window.bodies.leads(post).links:
            await self.house.show_links(self.view, post)
        else:
            self.say(self.words("There is no link in this post."))

    async def action_edit(self) -> None:
        """Change one's own post."""
        post = self.post()
        if self.view is None or post is None or post.deleted:
            return
        if post.author != self.session.actor.id:
            self.say(self.words("You can change only what you wrote yourself."))
            return
        await self.house.write_edit(self.view, post)

    async def action_follow(self) -> None:
        """Follow this thread, or do not any more."""
        await self.house.follow_or_not(self.thread, self)

    async def action_bookmark(self) -> None:
        """Keep the post that the cursor is on, or forget it."""
        post = self.post()
        if post is None:
            return
        try:
            wanted = await self.session.services.bookmarks.turn(
                self.session.actor, self.thread, post.number
            )
        except BunnizError as error:
            self.refuse(error)
            return
        self.say(kept(self.words, wanted=wanted))

    async def action_labels(self) -> None:
        """Change what one's own post warns of; of the first one, the whole thread."""
        post, view, actor = self.post(), self.view, self.session.actor
        if view is None or post is None or post.author != actor.id:
            self.say(self.words("You can label only what you wrote yourself."))
            return
        begins = post.number == 1 and view.thread.author == actor.id
        page = LabelsPage(
            self.session,
            labels=view.thread.labels if begins else Labels(post.warnings),
            asks=view.board.asks if begins else None,
            lives=(),
            changed=lambda labels: self._label_soon(post, labels, begins=begins),
        )
        await self.house.push_screen(page)

    def _label_soon(self, post: Post, labels: Labels, *, begins: bool) -> None:
        async def put() -> None:
            service, actor = self.session.services.labels, self.session.actor
            try:
                if begins:
                    await service.label(actor, self.thread, labels)
                else:
                    number, warnings = post.number, labels.warnings
                    await service.label_post(actor, self.thread, number, warnings)
            except BunnizError as error:
                self.refuse(error)

        self.house.call_later(put)

    async def action_react(self, said: str) -> None:
        """Say something to the author of the post that the cursor is on, or not."""
        post, reaction = self.post(), Reaction(said)
        if post is None or self.gated:
            return
        services, actor = self.session.services, self.session.actor
        try:
            given = await services.reactions.turn(
                actor, self.thread, post.number, reaction
            )
        except BunnizError as error:
            self.refuse(error)
            return
        await self.reload()
        self.say(told(self.words, reaction, given=given))

    def action_report(self) -> None:
        """Ask the team to look at the post that the cursor is on."""
        post = self.post()
        if self.view is None or post is None:
            return
        place = f"{self.view.board.slug}/{self.thread}#{post.number}"

        async def send(text: str) -> str:
            team, actor = self.session.services.team, self.session.actor
            return receipt(self.words, await team.report(actor, place, text))

        self.ask_for(self.words("what is the matter with this post"), send)

    async def action_delete(self) -> None:
        """Remove one's own post; asks once."""
        post = self.post()
        if self.view is None or post is None or post.deleted:
            return
        if post.author != self.session.actor.id:
            self.say(self.words("You can remove only what you wrote yourself."))
            return
        if self._sure != post.number:
            self._sure = post.number
            self.say(self.words("Press d again to remove this post for good."))
            return
        self._sure = 0
        self.say("")
        try:
            await self.session.services.posts.delete(
                self.session.actor, self.thread, post.number
            )
        except BunnizError as error:
            self.refuse(error)
            return
        await self.reload()
