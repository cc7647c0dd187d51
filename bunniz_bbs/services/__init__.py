"""What somebody can do here: authorise, transact, publish."""

from dataclasses import dataclass

from bunniz_bbs.bus.ports import Bus
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.house import House
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
from bunniz_bbs.services.keys import KeyService
from bunniz_bbs.services.labels import LabelService
from bunniz_bbs.services.leaving import LeavingService
from bunniz_bbs.services.moderation import ModerationService
from bunniz_bbs.services.naming import NamingService
from bunniz_bbs.services.news import NewsService
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
from bunniz_bbs.services.whereabouts import Whereabouts


@dataclass(frozen=True, slots=True)
class Services:
    """The bundle that a front is given."""

    house: House
    clock: Clock
    bus: Bus
    visits: Visits
    whereabouts: Whereabouts
    describing: HouseService
    people: PeopleService
    admission: AdmissionService
    naming: NamingService
    own: OwnService
    leaving: LeavingService
    invites: InviteService
    keys: KeyService
    profiles: ProfileService
    notes: NoteService
    boards: BoardService
    news: NewsService
    follows: FollowService
    bookmarks: BookmarkService
    reactions: ReactionService
    threads: ThreadService
    posts: PostService
    labels: LabelService
    choices: ChoiceService
    search: SearchService
    held: HeldService
    drafts: DraftService
    rooms: RoomService
    order: OrderService
    moderation: ModerationService
    bans: BanService
    team: TeamService
    trust: TrustService
    badges: BadgeService
