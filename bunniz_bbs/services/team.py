"""The team's queue: people who wait, posts that wait, reports, talks in the porch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bunniz_bbs.bus.ports import HOUSE, TEAM, Bus, board_topic, person_topic
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import NotHere, TextEmpty, TooManyWait
from bunniz_bbs.domain.events import (
    AccountRemoved,
    Event,
    HeldDecided,
    RoleChanged,
    TeamStirred,
    ThreadChanged,
)
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId, ThreadId
from bunniz_bbs.domain.limits import (
    PLACE_CHARACTERS,
    REPORT_CHARACTERS,
    REPORT_LINES,
)
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import NOBODY, PASSER, Account, Actor, Role
from bunniz_bbs.domain.policy import Action, require
from bunniz_bbs.domain.team import HeldId, HeldPost, Report, ReportId
from bunniz_bbs.domain.text import clean, clean_line
from bunniz_bbs.services import reasons
from bunniz_bbs.services.codes import receipt_number
from bunniz_bbs.services.enrolment import Enrolment
from bunniz_bbs.services.limits import PASSING, REPORTS, Limits
from bunniz_bbs.services.mentions import note_mentions, to_tokens, under_names
from bunniz_bbs.services.people import named
from bunniz_bbs.services.porch import Conversation
from bunniz_bbs.services.rooms import RoomService
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction

HELD_STAYS: Final = timedelta(days=30)
"""How long a post waits at most; then it goes unread."""
CLOSED_STAYS: Final = timedelta(days=90)
"""How long a report is kept once it is closed."""
ANSWER_STAYS: Final = timedelta(days=30)
"""How long somebody who was not let in finds the team's answer at the door."""
POSTS: Final = "posts.author"
"""Where somebody's posts are counted."""
MOST_REPORTS: Final = 500
"""Open reports that there is room for."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for the team."""

    people: tuple[Account, ...]
    """Who asked to come in."""
    held: tuple[HeldPost, ...]
    """Posts that others cannot read yet, the oldest first."""
    reports: tuple[Report, ...]
    """What somebody asked the team to look at, the oldest first."""
    talks: tuple[Conversation, ...]
    """Guests who talk with the team, or left their words."""

    @property
    def count(self) -> int:
        """How much of it waits for somebody to do something."""
        unanswered = sum(one.waits for one in self.talks)
        return len(self.people) + len(self.held) + len(self.reports) + unanswered


class TeamService:
    """Shows the team what waits for it, and carries out what it decides.

    Where two decide at once, one does, and the other is told that it is done.
    """

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        house: House,
        rooms: RoomService,
        limits: Limits,
        pepper: bytes,
        random: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._bus = bus
        self._clock = clock
        self._house = house
        self._rooms = rooms
        self._limits = limits
        self._random = random
        self._enrolment = Enrolment(clock, house, pepper, random)

    async def queue(self, actor: Actor) -> Queue:
        """Everything that waits.

        Raises:
            NotAllowed: The actor is not of the team.
        """
        require(actor, Action.READ_QUEUE)

        async def work(
            tx: Transaction,
        ) -> tuple[Sequence[Account], Sequence[HeldPost], Sequence[Report]]:
            waiting = await tx.accounts.waiting()
            held = await under_names(tx, await tx.held.all(), actor.language)
            reports = await under_names(tx, await tx.reports.open(), actor.language)
            return waiting, held, reports

        people, held, reports = await self._store.read(work)
        talks = self._rooms.conversations(actor)
        return Queue(tuple(people), tuple(held), tuple(reports), tuple(talks))

    # -- people who wait

    @whole
    async def approve(self, actor: Actor, name: str) -> Account:
        """Let somebody in who waits; from now on they are a member.

        Raises:
            NotAllowed: The actor is not of the team.
            PersonNotFound: Nobody is called that.
            NotHere: They do not wait any more.
        """
        require(actor, Action.DECIDE)

        async def work(tx: Transaction) -> Account:
            account = await _waiting(tx, name)
            trust = self._house.admission.trust
            settles_on = trust.settles_on(self._clock.now().date())
            await tx.accounts.set_waiting(account.id, False)
            await tx.accounts.set_role(account.id, Role.MEMBER)
            await tx.accounts.set_settles_on(account.id, settles_on)
            until = self._enrolment.new_until(Role.MEMBER)
            await tx.accounts.set_new_until(account.id, until)
            await self._note(tx, actor, Act.APPROVE, "", "", account.id)
            return account

        account = await self._store.write(work)
        await self._tell(account, RoleChanged(account.id, Role.MEMBER))
        return account

    @whole
    async def decline(self, actor: Actor, name: str, reason: str) -> Account:
        """Turn somebody away who waits; their account goes, and they are told why.

        Whoever is away finds the answer when they come back with their key.

        Raises:
            NotAllowed: The actor is not of the team.
            PersonNotFound: Nobody is called that.
            NotHere: They do not wait any more.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.DECIDE)
        why = reasons.given(reason)

        async def work(tx: Transaction) -> Account:
            account = await _waiting(tx, name)
            for one in await tx.held.by(account.id):
                await tx.held.remove(one.id)
            keys = [one.digest for one in await tx.keys.of(account.id)]
            until = (self._clock.now() + ANSWER_STAYS).date()
            await tx.declined.add(keys, why, until)
            # A name that stands under no post can be chosen when they ask again.
            if (await tx.own.counts(account.id, [POSTS]))[POSTS]:
                await self._enrolment.remove(tx, account)
            else:
                await tx.accounts.remove(account.id)
            await self._note(tx, actor, Act.DECLINE, "", why, account.id)
            return account

        account = await self._store.write(work)
        gone = AccountRemoved(account.id, why)
        await self._bus.publish(HOUSE, gone)
        await self._tell(account, gone)
        await shred(self._store)
        return account

    # -- posts that wait

    @whole
    async def publish(self, actor: Actor, held: HeldId) -> HeldPost:
        """Put a post that waits on its board.

        Raises:
            NotAllowed: The actor is not of the team.
            NotHere: It does not wait any more.
            BoardNotFound: Its board is not open any more.
        """
        require(actor, Action.DECIDE)

        async def work(tx: Transaction) -> tuple[HeldPost, ThreadId]:
            post = await _held(tx, held)
            board = self._house.board(post.board)
            now, author = self._clock.now(), (post.author, post.author_name)
            thread = post.thread
            if thread is None:
                begun = await tx.threads.add(
                    post.board, post.title, *author, now, post.labels, post.goes_at
                )
                thread = begun.id
            # What a thread warns of is said once, of all that is in it.
            warned = post.labels.warnings if post.thread else frozenset()
            goes_at = post.goes_at if post.thread else None
            put = await tx.posts.add(thread, *author, post.body, now, warned, goes_at)
            await note_mentions(tx, board, put)
            if post.thread is None and await tx.accounts.get(post.author):
                await tx.reads.advance(post.author, thread, put.number)
            target = f"{post.board}/{thread}#{put.number}"
            await self._note(tx, actor, Act.PUBLISH, target, "")
            return post, thread

        post, thread = await self._store.write(work)
        changed = ThreadChanged(post.board, thread)
        await self._bus.publish(board_topic(post.board), changed)
        await self._tell_author(post, published=True)
        return post

    @whole
    async def refuse(self, actor: Actor, held: HeldId, reason: str) -> HeldPost:
        """Let a post that waits go unread by others; its author is told why.

        Raises:
            NotAllowed: The actor is not of the team.
            NotHere: It does not wait any more.
            ReasonMissing: A reason is needed.
        """
        require(actor, Action.DECIDE)
        why = reasons.given(reason)

        async def work(tx: Transaction) -> HeldPost:
            post = await _held(tx, held)
            await self._note(tx, actor, Act.REFUSE, post.board, why)
            return post

        post = await self._store.write(work)
        await self._tell_author(post, published=False, reason=why)
        await shred(self._store)
        return post

    # -- reports

    @whole
    async def report(self, actor: Actor, place: str, body: str) -> Report:
        """Ask the team to look at something; who asked is not kept.

        Args:
            actor: Anybody, also without an account.
            place: Such as `board/thread#post` or `room/name`; may be empty.
            body: What is the matter.

        Raises:
            TextEmpty, TextTooLong, TextTooManyLines: The words do not fit.
            TooFast: Too many reports in a short time.
            TooManyWait: The team has too much to read already.
        """
        require(actor, Action.REPORT)
        try:
            where = clean_line(place, characters=PLACE_CHARACTERS)
        except TextEmpty:
            where = ""
        words = clean(body, characters=REPORT_CHARACTERS, lines=REPORT_LINES)
        self._limits.take(REPORTS, actor.id)
        if actor.is_passing:
            self._limits.take(PASSING, PASSER)

        async def work(tx: Transaction) -> Report:
            if len(await tx.reports.open(MOST_REPORTS)) >= MOST_REPORTS:
                raise TooManyWait
            kept = await to_tokens(tx, words)
            while True:
                number = ReportId(receipt_number(self._random))
                added = await tx.reports.add(number, where, kept, self._clock.now())
                if added:
                    return added

        report = await self._store.write(work)
        await self._stir()
        return report

    @whole
    async def close(self, actor: Actor, report: ReportId) -> None:
        """Note that a report was seen to.

        Raises:
            NotAllowed: The actor is not of the team.
            NotHere: It is closed already.
        """
        require(actor, Action.DECIDE)

        async def work(tx: Transaction) -> None:
            if not await tx.reports.close(report, self._clock.now()):
                raise NotHere

        await self._store.write(work)
        await self._stir()

    # -- telling

    async def _tell(self, account: Account, event: Event) -> None:
        await self._bus.publish(person_topic(account.id), event)
        await self._stir()

    async def _tell_author(
        self, post: HeldPost, *, published: bool, reason: str = ""
    ) -> None:
        if post.author != NOBODY:
            decided = HeldDecided(post.author, post.title, published, reason)
            await self._bus.publish(person_topic(post.author), decided)
        await self._stir()

    async def _stir(self) -> None:
        await self._bus.publish(TEAM, TeamStirred())

    async def _note(
        self,
        tx: Transaction,
        actor: Actor,
        act: Act,
        target: str,
        reason: str,
        person: AccountId = NOBODY,
    ) -> None:
        now = self._clock.now()
        await tx.log.add(now, actor.id, act, target, None, reason, person)


async def _waiting(tx: Transaction, name: str) -> Account:
    """Somebody who waits.

    Raises:
        PersonNotFound: Nobody is called that.
        NotHere: They do not wait.
    """
    account = await named(tx, name)
    if not account.waiting:
        raise NotHere
    return account


async def _held(tx: Transaction, held: HeldId) -> HeldPost:
    """A post that waited until now.

    Raises:
        NotHere: It does not wait any more.
    """
    post = await tx.held.get(held)
    if post is None or not await tx.held.remove(held):
        raise NotHere
    return post
