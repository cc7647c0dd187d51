"""What moderators do: always with a reason, always told, always in the log."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bunniz_bbs.bus.ports import Bus, board_topic, person_topic
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import (
    AlreadyDone,
    LineNotFound,
    PostNotFound,
)
from bunniz_bbs.domain.events import (
    BanSet,
    Kicked,
    MuteLifted,
    MuteSet,
    PostRemoved,
    ThreadChanged,
)
from bunniz_bbs.domain.ids import AccountId, ThreadId
from bunniz_bbs.domain.moderation import Act, LogEntry, Restraint, Restriction
from bunniz_bbs.domain.people import NOBODY, Account, Actor
from bunniz_bbs.domain.policy import Action, require, require_over
from bunniz_bbs.domain.rooms import Line, base_of
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.services import reasons
from bunniz_bbs.services.log import newest
from bunniz_bbs.services.people import named
from bunniz_bbs.services.posts import remove_post
from bunniz_bbs.services.rooms import RoomService
from bunniz_bbs.services.threads import ThreadService
from bunniz_bbs.services.voices import Voices
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction


class ModerationService:
    """Keeps order. Each act is one entry in the log, in the same unit of work."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        threads: ThreadService,
        rooms: RoomService,
        voices: Voices,
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._threads = threads
        self._rooms = rooms
        self._voices = voices

    @whole
    async def kick(self, actor: Actor, name: str, reason: str) -> Account:
        """End somebody's sessions; they may come back.

        Raises:
            NotAllowed, Outranked: The actor's role does not reach.
            PersonNotFound: Nobody is called that.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.KICK)
        why = reasons.given(reason)
        account = await self._act(actor, Action.KICK, Act.KICK, name, None, why)
        await self._bus.publish(person_topic(account.id), Kicked(account.id, why))
        return account

    @whole
    async def mute(
        self, actor: Actor, name: str, duration: timedelta | None, reason: str
    ) -> Account:
        """Keep somebody from writing anywhere, for a while or until lifted.

        Raises:
            NotAllowed, Outranked: The actor's role does not reach.
            PersonNotFound: Nobody is called that.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.MUTE)
        why, until = reasons.given(reason), self._until(duration)

        async def restrain(tx: Transaction, account: Account) -> None:
            await tx.restrictions.set(
                Restriction(account.id, Restraint.MUTE, why, until)
            )

        account = await self._act(
            actor, Action.MUTE, Act.MUTE, name, until, why, restrain
        )
        self._voices.changed(account.id)
        await self._bus.publish(
            person_topic(account.id), MuteSet(account.id, why, until)
        )
        return account

    @whole
    async def unmute(self, actor: Actor, name: str, reason: str) -> Account:
        """Let somebody write again.

        Raises:
            NotAllowed, Outranked: The actor's role does not reach.
            PersonNotFound: Nobody is called that.
            AlreadyDone: No mute holds.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.MUTE)
        account = await self._lift(
            actor, Action.MUTE, Act.UNMUTE, Restraint.MUTE, name, reason
        )
        self._voices.changed(account.id)
        await self._bus.publish(person_topic(account.id), MuteLifted(account.id))
        return account

    @whole
    async def ban(
        self,
        actor: Actor,
        name: str,
        duration: timedelta | None,
        reason: str,
        *,
        invites: bool = False,
    ) -> Account:
        """Close the door to somebody and end their sessions.

        It holds for each of their keys, whatever becomes of the account.

        Args:
            actor: Who does it.
            name: To whom.
            duration: For how long; None: until it is lifted.
            reason: Why.
            invites: Whether the invite codes that they gave are useless from now on.

        Raises:
            NotAllowed, Outranked: The actor's role does not reach.
            PersonNotFound: Nobody is called that.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.BAN)
        why, until = reasons.given(reason), self._until(duration)

        async def restrain(tx: Transaction, account: Account) -> None:
            await tx.restrictions.set(
                Restriction(account.id, Restraint.BAN, why, until)
            )
            keys = [one.digest for one in await tx.keys.of(account.id)]
            await tx.barred.add(keys, account.id, why, until)
            if invites:
                await tx.invites.drop_of(account.id)

        account = await self._act(
            actor, Action.BAN, Act.BAN, name, until, why, restrain
        )
        self._voices.changed(account.id)
        await self._bus.publish(
            person_topic(account.id), BanSet(account.id, why, until)
        )
        return account

    @whole
    async def unban(self, actor: Actor, name: str, reason: str) -> Account:
        """Open the door to somebody again.

        Raises:
            NotAllowed, Outranked: The actor's role does not reach.
            PersonNotFound: Nobody is called that.
            AlreadyDone: No ban holds.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.BAN)
        account = await self._lift(
            actor, Action.BAN, Act.UNBAN, Restraint.BAN, name, reason
        )
        self._voices.changed(account.id)
        return account

    @whole
    async def delete_post(
        self, actor: Actor, thread: ThreadId, number: int, reason: str
    ) -> bool:
        """Remove somebody's post; whether the whole thread went with it.

        Raises:
            NotAllowed, Outranked: The actor's role does not reach.
            ThreadNotFound, PostNotFound: It is gone.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.DELETE_OTHERS)
        why = reasons.given(reason)

        async def work(tx: Transaction) -> tuple[Thread, Post, bool]:
            found, _ = await self._threads.readable(tx, actor, thread)
            post = await tx.posts.get(thread, number)
            if post is None or post.deleted:
                raise PostNotFound
            author = await tx.accounts.get(post.author)
            if author and author.id != actor.id:
                require_over(actor, Action.DELETE_OTHERS, author.name, author.role)
            target = f"{found.board}/{thread}#{number}"
            await self._note(tx, actor, Act.DELETE_POST, target, None, why)
            return found, post, await remove_post(tx, post)

        found, post, all_gone = await self._store.write(work)
        await self._bus.publish(
            board_topic(found.board), ThreadChanged(found.board, thread)
        )
        await self._bus.publish(
            person_topic(post.author), PostRemoved(post.author, found.title, why)
        )
        await shred(self._store)
        return all_gone

    @whole
    async def delete_line(
        self, actor: Actor, room: str, name: str, reason: str
    ) -> Line:
        """Remove the newest line of somebody from a room; says which it was.

        The line of somebody whose account is gone can be removed too.

        Raises:
            NotAllowed, Outranked: The actor's role does not reach.
            RoomNotFound, RoomClosed: The room is not for the actor, or not open.
            PersonNotFound: Nobody is called that.
            LineNotFound: They have no line there.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.DELETE_OTHERS)
        why = reasons.given(reason)

        async def work(tx: Transaction) -> Line:
            try:
                line = self._rooms.last_line(actor, room, name)
            except LineNotFound:
                await named(tx, name)
                raise
            author = await tx.accounts.get(line.author)
            if author and author.id != actor.id:
                require_over(actor, Action.DELETE_OTHERS, author.name, author.role)
            # Of guests who have no account nothing is written, not even a name.
            person = author.id if author else NOBODY
            target = "" if author else base_of(line.room)
            act = Act.DELETE_LINE
            await self._note(tx, actor, act, target, None, why, person)
            return line

        line = await self._store.write(work)
        await self._rooms.take_out(line)
        await self._bus.publish(
            person_topic(line.author), PostRemoved(line.author, base_of(line.room), why)
        )
        return line

    async def log(self, actor: Actor) -> Sequence[LogEntry]:
        """What moderators did lately, newest first, under the names of today."""
        require(actor, Action.READ_LOG)
        return await self._store.read(newest)

    async def _act(
        self,
        actor: Actor,
        action: Action,
        act: Act,
        name: str,
        until: datetime | None,
        reason: str,
        also: Callable[[Transaction, Account], Awaitable[None]] | None = None,
    ) -> Account:
        """Act on a person of lower rank and note it, in one unit of work."""

        async def work(tx: Transaction) -> Account:
            account = await named(tx, name)
            require_over(actor, action, account.name, account.role)
            if also:
                await also(tx, account)
            await self._note(tx, actor, act, "", until, reason, account.id)
            return account

        return await self._store.write(work)

    async def _lift(
        self,
        actor: Actor,
        action: Action,
        act: Act,
        kind: Restraint,
        name: str,
        reason: str,
    ) -> Account:
        async def restrain(tx: Transaction, account: Account) -> None:
            if not await tx.restrictions.get(account.id, kind, self._clock.now()):
                raise AlreadyDone
            await tx.restrictions.lift(account.id, kind)
            if kind is Restraint.BAN:
                await tx.barred.lift(account.id)

        return await self._act(
            actor, action, act, name, None, reasons.given(reason), restrain
        )

    async def _note(
        self,
        tx: Transaction,
        actor: Actor,
        act: Act,
        target: str,
        until: datetime | None,
        reason: str,
        person: AccountId = NOBODY,
    ) -> None:
        now = self._clock.now()
        await tx.log.add(now, actor.id, act, target, until, reason, person)

    def _until(self, duration: timedelta | None) -> datetime | None:
        return None if duration is None else self._clock.now() + duration
