"""A house with somebody of each role, and words of theirs in every place."""

from dataclasses import dataclass
from datetime import timedelta

from bunniz_bbs.domain.ids import AccountId, BoardSlug, LineId, RoomSlug, ThreadId
from bunniz_bbs.domain.moderation import Restraint, Restriction
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.rooms import Line, LineKind
from bunniz_bbs.domain.team import Badge, HeldId, ReportId
from bunniz_bbs.services import Services
from bunniz_bbs.services.lines import Presence
from bunniz_bbs.store.ports import Transaction
from tests.services.living import Living

NAMES = {
    Role.GUEST: "gorse",
    Role.MEMBER: "maple",
    Role.TRUSTED: "tansy",
    Role.MODERATOR: "mossy",
    Role.SYSOP: "sorrel",
}


@dataclass
class Scene:
    """What the table of who may what is about."""

    home: Living
    people: dict[Role, Actor]
    """Somebody of each role."""
    other: Actor
    """One more member, muted and banned, on whom the others act."""
    second: Actor
    """One more moderator, muted and banned too."""
    own: dict[Role, ThreadId]
    """A thread on the open board, begun by whoever has the role."""
    porch: ThreadId
    general: ThreadId
    team: ThreadId
    notice: ThreadId
    locked: ThreadId
    waiter: Actor
    """Somebody who asked to come in."""
    held: HeldId
    """A post that waits for the team."""
    report: ReportId
    badged: Actor
    """Who has a badge, and for whom everybody vouches."""

    @property
    def on(self) -> Services:
        """The services of the house."""
        return self.home.services

    def line_of(self, actor: Actor, room: str = "lounge") -> LineId:
        """The line that somebody said in a room."""
        return LineId(f"{room} {actor.name}".encode().hex())


async def a_scene(home: Living) -> Scene:
    """Let somebody of each role in, with words in every place; past all limits."""
    people = {role: await home.person(name, role) for role, name in NAMES.items()}
    other = await home.person("fern dew")
    second = await home.person("alder", Role.MODERATOR)
    sysop = people[Role.SYSOP]
    own = {role: await _thread(home, "porch", one) for role, one in people.items()}
    scene = Scene(
        home,
        people,
        other,
        second,
        own,
        porch=await _thread(home, "porch", other),
        general=await _thread(home, "general", other),
        team=await _thread(home, "team", sysop),
        notice=await _thread(home, "notices", sysop),
        locked=await _thread(home, "porch", other, locked=True),
        waiter=await home.waiter("robin"),
        held=await home.store.write(lambda tx: _held(tx, home, other)),
        report=await home.store.write(lambda tx: _report(tx, home)),
        badged=await _badged(home, list(people.values())),
    )
    await home.store.write(lambda tx: _restrain(tx, [other.id, second.id]))
    return scene


def talk(scene: Scene) -> Scene:
    """Let everybody be in the rooms and have said a line there."""
    for actor in (*scene.people.values(), scene.other):
        for room in ("lounge", "den"):
            _in_room(scene, actor, room)
    return scene


async def _thread(
    home: Living, board: str, author: Actor, *, locked: bool = False
) -> ThreadId:
    """A thread that is there already, past the limits and the policy."""
    now = home.clock.now()

    async def work(tx: Transaction) -> ThreadId:
        thread = await tx.threads.add(
            home.house.board(board).slug, "Bread", author.id, author.name, now
        )
        await tx.posts.add(thread.id, author.id, author.name, "Words.", now)
        await tx.threads.set_locked(thread.id, locked)
        return thread.id

    return await home.store.write(work)


async def _badged(home: Living, vouchers: list[Actor]) -> Actor:
    """A member with a badge for whom these people vouch."""
    badged, today = await home.person("yarrow"), home.clock.now().date()

    async def work(tx: Transaction) -> None:
        by = vouchers[-1].id
        await tx.badges.set(Badge(badged.id, "UTSOPI", by, by, today))
        for one in vouchers:
            await tx.vouches.add(badged.id, one.id, today)

    await home.store.write(work)
    return badged


async def _held(tx: Transaction, home: Living, author: Actor) -> HeldId:
    board, now = BoardSlug("careful"), home.clock.now()
    wrote = (author.id, author.name, "B", now)
    post = await tx.held.add(HeldId(654_321), board, None, "Bread", *wrote)
    assert post
    return post.id


async def _report(tx: Transaction, home: Living) -> ReportId:
    number, now = ReportId(123_456), home.clock.now()
    report = await tx.reports.add(number, "porch/1#1", "Look.", now)
    assert report
    return report.id


async def _restrain(tx: Transaction, accounts: list[AccountId]) -> None:
    """Mutes and bans that can be lifted; they bind nobody who acts in the table."""
    for account in accounts:
        for kind in Restraint:
            await tx.restrictions.set(Restriction(account, kind, "Why", None))


def _in_room(scene: Scene, actor: Actor, room: str) -> None:
    """Somebody is in a room and has said a line there."""
    now = scene.home.clock.now()
    slug = RoomSlug(room)
    memory = scene.home.wired.held.of(slug)
    memory.present[actor.name] = Presence(actor.id, actor.name, now)
    memory.add(
        Line(
            scene.line_of(actor, room),
            slug,
            actor.id,
            actor.name,
            LineKind.SAY,
            "Words.",
            now,
            now + timedelta(hours=1),
            timed=False,
        )
    )
