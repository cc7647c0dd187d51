"""The composition root: alone knows which parts stand behind the ports."""

import asyncio
import logging
import secrets as system
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.bus.ports import Bus
from bunniz_bbs.commands.house import all_commands
from bunniz_bbs.commands.registry import Registry
from bunniz_bbs.config.load import ConfigBroken, house_from
from bunniz_bbs.config.secrets import Secrets
from bunniz_bbs.config.settings import DEFAULT_PORT, Settings
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.incidents import describe
from bunniz_bbs.services import Services
from bunniz_bbs.services.admission import AdmissionService
from bunniz_bbs.services.badges import BadgeService
from bunniz_bbs.services.bans import BanService
from bunniz_bbs.services.boards import BoardService
from bunniz_bbs.services.bookmarks import BookmarkService
from bunniz_bbs.services.choices import ChoiceService
from bunniz_bbs.services.describing import HouseService
from bunniz_bbs.services.drafts import DraftService
from bunniz_bbs.services.follows import FollowService
from bunniz_bbs.services.held import HeldService
from bunniz_bbs.services.invites import InviteService
from bunniz_bbs.services.janitor import Janitor
from bunniz_bbs.services.keeper import RoomKeeper
from bunniz_bbs.services.keys import KeyService
from bunniz_bbs.services.labels import LabelService
from bunniz_bbs.services.leaving import LeavingService
from bunniz_bbs.services.limits import Limits
from bunniz_bbs.services.memories import RoomMemories
from bunniz_bbs.services.moderation import ModerationService
from bunniz_bbs.services.naming import NamingService
from bunniz_bbs.services.news import NewsService
from bunniz_bbs.services.node import HouseNode
from bunniz_bbs.services.notes import NoteService
from bunniz_bbs.services.order import OrderService
from bunniz_bbs.services.own import OwnService
from bunniz_bbs.services.people import PeopleService
from bunniz_bbs.services.posts import PostService
from bunniz_bbs.services.profiles import ProfileService
from bunniz_bbs.services.reactions import ReactionService
from bunniz_bbs.services.rooms import RoomService
from bunniz_bbs.services.search import SearchService
from bunniz_bbs.services.team import TeamService
from bunniz_bbs.services.threads import ThreadService
from bunniz_bbs.services.trust import TrustService
from bunniz_bbs.services.visits import Visits
from bunniz_bbs.services.voices import Voices
from bunniz_bbs.services.watch import Watch
from bunniz_bbs.services.whereabouts import Whereabouts
from bunniz_bbs.store.ports import Store
from bunniz_bbs.wiring.buses import open_bus, until_whole
from bunniz_bbs.wiring.clock import SharedClock
from bunniz_bbs.wiring.keys import fingerprint_of, fit
from bunniz_bbs.wiring.stores import clock_of, open_store

PATIENCE_SECONDS = 3.0
PAUSE_SECONDS = 1.0
"""How long something that failed rests before it goes on."""
_log = logging.getLogger("bunniz.house")


@dataclass(frozen=True, slots=True)
class Wired:
    """Everything that runs without a network."""

    services: Services
    registry: Registry
    held: RoomMemories
    keeper: RoomKeeper
    janitor: Janitor
    watch: Watch
    pepper: bytes


def read_description(text: str) -> House | Sequence[str]:
    """A house of what boards.yaml says, or its mistakes."""
    try:
        return house_from(text, Path("boards.yaml"))
    except ConfigBroken as broken:
        return [str(problem) for problem in broken.problems]


def build(
    store: Store,
    bus: Bus,
    clock: Clock,
    house: House,
    pepper: bytes,
    read: Callable[[str], House | Sequence[str]] = read_description,
    fingerprint: str = "",
    port: int = DEFAULT_PORT,
) -> Wired:
    """All services on a store and a bus."""
    limits = Limits(clock)
    voices = Voices(store, clock)
    visits = Visits()
    badges = BadgeService(store, bus, clock)
    random = system.token_bytes
    threads = ThreadService(store, bus, clock, house, voices, limits, random)
    held = RoomMemories(bus, clock, house)
    rooms = RoomService(store, bus, clock, house, held, voices, limits, random)
    describing = HouseService(bus, house, read)
    bus.join(HouseNode(bus, held, voices, describing, badges))
    moderation = ModerationService(store, bus, clock, threads, rooms, voices)
    notes = NoteService(store, limits, pepper, random)
    drafts = DraftService(store, clock, house, pepper, random)
    services = Services(
        house=house,
        clock=clock,
        bus=bus,
        visits=visits,
        whereabouts=Whereabouts(house, port),
        describing=describing,
        people=PeopleService(store, bus, clock, house, limits, pepper, random),
        admission=AdmissionService(store, bus, clock, house, limits, pepper, random),
        naming=NamingService(store, bus, limits, held, pepper),
        own=OwnService(store, clock, house, held, visits, limits, notes, drafts),
        leaving=LeavingService(
            *(store, bus, clock, house, held, voices, badges, pepper, random)
        ),
        invites=InviteService(store, clock, house, limits, pepper, random),
        keys=KeyService(
            *(store, bus, clock, limits, pepper, random),
            *(fit, fingerprint),
        ),
        profiles=ProfileService(store, bus, held, voices),
        notes=notes,
        boards=BoardService(store, house),
        news=NewsService(store, clock, house),
        follows=FollowService(store, house, threads),
        bookmarks=BookmarkService(store, house, threads),
        reactions=ReactionService(store, threads, limits),
        threads=threads,
        posts=PostService(store, bus, clock, threads, voices, limits),
        labels=LabelService(store, bus, clock, threads),
        choices=ChoiceService(store),
        search=SearchService(store, clock, house, limits),
        held=HeldService(store, bus),
        drafts=drafts,
        rooms=rooms,
        order=OrderService(store, bus, clock, house, threads),
        moderation=moderation,
        bans=BanService(store, clock, moderation),
        team=TeamService(store, bus, clock, house, rooms, limits, pepper, random),
        trust=TrustService(store, bus, clock, house, limits),
        badges=badges,
    )
    return Wired(
        services,
        all_commands(),
        held,
        RoomKeeper(held, bus, clock),
        Janitor(store, bus, clock, house),
        Watch(store, bus, clock, visits, held),
        pepper,
    )


@asynccontextmanager
async def open_house(
    settings: Settings, house: House, secrets: Secrets, *, patient: bool = False
) -> AsyncIterator[Wired]:
    """The house on its foundations: by default a data file and an in-process bus.

    Args:
        settings: Which foundations, and where.
        house: What boards.yaml says.
        secrets: What only the nodes of the house know.
        patient: Whether to wait a while for other nodes, to be heard by them.

    Raises:
        StoreUnusable: The data file cannot be opened; says why and what to do.
    """
    async with AsyncExitStack() as stack:
        store = await open_store(settings, secrets)
        stack.push_async_callback(store.close)
        clock = await clock_of(store)
        bus = await stack.enter_async_context(
            open_bus(settings.bus, secrets.data_key, clock)
        )
        wired = build(
            *(store, bus, clock, house, secrets.pepper),
            fingerprint=fingerprint_of(secrets.host_key),
            port=settings.port,
        )
        if patient:
            await until_whole(bus, PATIENCE_SECONDS)
        yield wired


async def _again_and_again(run: Callable[[], Awaitable[None]]) -> None:
    """Run something for ever: a mistake of ours in it ends one turn, not the rest."""
    while True:
        try:
            await run()
        except Exception as error:
            _log.error("a keeper of the house failed: %s", describe(error))
            await asyncio.sleep(PAUSE_SECONDS)


@asynccontextmanager
async def keeping(wired: Wired) -> AsyncIterator[None]:
    """Let lines and threads go when their time is up, until the block ends."""
    runs = [wired.keeper.run, wired.janitor.run]
    if not isinstance(wired.services.bus, MemoryBus):
        runs.append(wired.watch.run)
    if isinstance(wired.services.clock, SharedClock):
        runs.append(wired.services.clock.run)
    tasks = [asyncio.create_task(_again_and_again(run)) for run in runs]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
