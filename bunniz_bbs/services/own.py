"""What this place knows about somebody, and a copy of it for them alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId, ThreadId
from bunniz_bbs.domain.own import Holding, Kept, Seen, Where, WrittenPost
from bunniz_bbs.domain.people import Account, Actor
from bunniz_bbs.domain.policy import Action, allows, require
from bunniz_bbs.services.drafts import STAYS, DraftService
from bunniz_bbs.services.exporting import everything, post_data
from bunniz_bbs.services.limits import EXPORTS, Limits
from bunniz_bbs.services.memories import RoomMemories
from bunniz_bbs.services.mentions import under_names
from bunniz_bbs.services.notes import Note, NoteService
from bunniz_bbs.services.people import own_account
from bunniz_bbs.services.team import ANSWER_STAYS, CLOSED_STAYS, HELD_STAYS
from bunniz_bbs.services.trust import EDGES_STAY
from bunniz_bbs.services.visits import Visits
from bunniz_bbs.store.ports import Store, Transaction

AT_ONCE: Final = 200
"""Posts that are read and handed out at once."""


@dataclass(frozen=True, slots=True)
class OnDisk:
    """Where something is in the database, and who sees it."""

    columns: str
    """`table: column column; table: ...`. Each column of each table is somewhere."""
    counted: tuple[str, ...]
    """The columns that say whose it is; none: it is not counted for one person."""
    seen: Seen
    stays: timedelta | None = None


ON_DISK: Final[dict[Kept, OnDisk]] = {
    Kept.ACCOUNT: OnDisk(
        "accounts: id name shape role language read_floor waiting settles_on answers"
        " new_until",
        ("accounts.id",),
        Seen.MEMBERS,
    ),
    Kept.PROFILE: OnDisk("accounts: pronouns speaks hidden", (), Seen.MEMBERS),
    Kept.KEYS: OnDisk(
        "keys: digest account label added_in used_in", ("keys.account",), Seen.YOU
    ),
    Kept.CODES: OnDisk(
        "codes: digest account kind good_from expires_at",
        ("codes.account",),
        Seen.NOBODY,
    ),
    Kept.CONSENTS: OnDisk(
        "consents: account kind version given_in", ("consents.account",), Seen.YOU
    ),
    Kept.POSTS: OnDisk(
        "posts: id thread number author author_name body created_at edited deleted"
        " warnings goes_at; entries: post terms",
        ("posts.author",),
        Seen.READERS,
    ),
    Kept.THREADS: OnDisk(
        "threads: id board title author author_name created_at last_at last_number"
        " pinned locked warnings ask language closed kept_for checked_on"
        " goes_at",
        ("threads.author",),
        Seen.READERS,
    ),
    Kept.MENTIONS: OnDisk("posts: body; held_posts: body", (), Seen.READERS),
    Kept.HELD: OnDisk(
        "held_posts: id board thread title author author_name body sent_at"
        " warnings ask language goes_at",
        ("held_posts.author",),
        Seen.TEAM,
        HELD_STAYS,
    ),
    Kept.DRAFTS: OnDisk(
        "drafts: account place sealed saved_at",
        ("drafts.account",),
        Seen.YOU,
        STAYS,
    ),
    Kept.READS: OnDisk("reads: account thread number", ("reads.account",), Seen.YOU),
    Kept.MEANT: OnDisk(
        "mentions: account thread number answer", ("mentions.account",), Seen.YOU
    ),
    Kept.FOLLOWS: OnDisk(
        "follows: account thread wanted", ("follows.account",), Seen.YOU
    ),
    Kept.QUIET: OnDisk(
        "quiet_boards: account board", ("quiet_boards.account",), Seen.YOU
    ),
    Kept.BOOKMARKS: OnDisk(
        "bookmarks: account thread number", ("bookmarks.account",), Seen.YOU
    ),
    Kept.REACTIONS: OnDisk(
        "reactions: account thread number heard thanks",
        ("reactions.account",),
        Seen.YOU,
    ),
    Kept.CHOICES: OnDisk(
        "choices: account opens folds hides languages",
        ("choices.account",),
        Seen.YOU,
    ),
    Kept.NOTES: OnDisk("notes: writer sealed", ("notes.writer",), Seen.YOU),
    Kept.NOTED: OnDisk("notes: about", (), Seen.OTHER),
    Kept.VOUCHES: OnDisk(
        "vouches: voucher", ("vouches.voucher",), Seen.TEAM, EDGES_STAY
    ),
    Kept.VOUCHED: OnDisk("vouches: account given_on", (), Seen.TEAM, EDGES_STAY),
    Kept.INVITES: OnDisk(
        "invites: digest role uses_left expires_at claim inviter",
        ("invites.inviter",),
        Seen.NOBODY,
    ),
    Kept.BROUGHT: OnDisk(
        "invited: inviter", ("invited.inviter",), Seen.TEAM, EDGES_STAY
    ),
    Kept.INVITED: OnDisk(
        "invited: account came_on", ("invited.account",), Seen.TEAM, EDGES_STAY
    ),
    Kept.BADGE: OnDisk(
        "badges: account organisation given_on", ("badges.account",), Seen.READERS
    ),
    Kept.BADGES_GIVEN: OnDisk(
        "badges: proposed_by confirmed_by",
        ("badges.proposed_by", "badges.confirmed_by"),
        Seen.TEAM,
    ),
    Kept.RESTRICTIONS: OnDisk(
        "restrictions: account kind reason until",
        ("restrictions.account",),
        Seen.TEAM,
    ),
    Kept.BARRED: OnDisk(
        "barred_keys: digest account reason until",
        ("barred_keys.account",),
        Seen.TEAM,
    ),
    Kept.NAMES: OnDisk(
        "reserved_names: digest account", ("reserved_names.account",), Seen.NOBODY
    ),
    Kept.LOG: OnDisk(
        "moderation_log: number at act target until reason person",
        ("moderation_log.person",),
        Seen.TEAM,
    ),
    Kept.LOG_BY: OnDisk(
        "moderation_log: moderator", ("moderation_log.moderator",), Seen.TEAM
    ),
    Kept.REPORTS: OnDisk(
        "reports: id target body sent_at closed_at", (), Seen.TEAM, CLOSED_STAYS
    ),
    Kept.DECLINED: OnDisk(
        "declined_keys: digest reason until", (), Seen.YOU, ANSWER_STAYS
    ),
}
_COUNTED: Final = [one for on in ON_DISK.values() for one in on.counted]
_NOT_KEPT: Final = (Kept.ADDRESS, Kept.TIMES, Kept.IDENTITY)


class OwnService:
    """Tells somebody what is kept of them."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        house: House,
        held: RoomMemories,
        visits: Visits,
        limits: Limits,
        notes: NoteService,
        drafts: DraftService,
    ) -> None:
        self._store = store
        self._clock = clock
        self._house = house
        self._held = held
        self._visits = visits
        self._limits = limits
        self._notes = notes
        self._drafts = drafts

    async def known(self, actor: Actor) -> Sequence[Holding]:
        """Every kind of thing that is kept of the actor, and how much there is now.

        What others keep of one, or the team alone may see, is named and not counted.

        Raises:
            NotAllowed: There is no account.
        """
        require(actor, Action.SET_OWN)

        async def work(tx: Transaction) -> Sequence[Holding]:
            account = await own_account(tx, actor)
            counts = await tx.own.counts(account.id, _COUNTED)
            found = []
            for kind, on in ON_DISK.items():
                count = sum(counts[one] for one in on.counted) if on.counted else None
                if kind is Kept.PROFILE:
                    count = _shown(account)
                found.append(Holding(kind, Where.DISK, on.seen, count, on.stays))
            return found

        on_disk = await self._store.read(work)
        return [*on_disk, *self._in_memory(actor.id), *_not_kept()]

    async def export(self, actor: Actor) -> dict[str, object]:
        """Everything of the actor's that JSON can hold, but posts: `posts` has those.

        Of others there are names alone, and those only where the actor knows them.

        Raises:
            NotAllowed: There is no account.
            TooFast: It was asked for too often.
        """
        require(actor, Action.SET_OWN)
        self._limits.take(EXPORTS, actor.id)
        notes: Sequence[Note] = ()
        if allows(actor, Action.KEEP_NOTES):
            notes = await self._notes.all(actor)
        drafts = [one.draft for one in await self._drafts.all(actor)]

        async def work(tx: Transaction) -> dict[str, object]:
            account = await own_account(tx, actor)
            lines = self._held.lines_of(actor.id)
            return await everything(
                tx, account, notes, drafts, lines, self._clock.now()
            )

        return {"place": self._house.name, **await self._store.read(work)}

    async def posts(
        self, actor: Actor, after: tuple[int, int] = (0, 0)
    ) -> Sequence[dict[str, object]]:
        """The actor's posts, a part at a time, as JSON can hold them.

        Args:
            actor: Whose.
            after: Thread and number of the last one that was handed out.
        """
        require(actor, Action.SET_OWN)
        thread, number = after

        async def work(tx: Transaction) -> Sequence[WrittenPost]:
            seen = ThreadId(thread), number
            found = await tx.own.posts(actor.id, seen, AT_ONCE)
            return await under_names(tx, found, actor.language)

        return [post_data(one) for one in await self._store.read(work)]

    def _in_memory(self, account: AccountId) -> Sequence[Holding]:
        lines = len(self._held.lines_of(account))
        here = int(account in self._visits.accounts())
        return [
            Holding(Kept.LINES, Where.MEMORY, Seen.READERS, lines),
            Holding(Kept.PRESENCE, Where.MEMORY, Seen.READERS, here),
            Holding(Kept.LIMITS, Where.MEMORY, Seen.NOBODY),
        ]


def _not_kept() -> Sequence[Holding]:
    return [Holding(one, Where.NOWHERE, Seen.NOBODY) for one in _NOT_KEPT]


def _shown(account: Account) -> int:
    """How many things somebody says of themselves."""
    return bool(account.pronouns) + len(account.speaks) + account.hidden
