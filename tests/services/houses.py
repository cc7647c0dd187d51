"""Builders of places: a test names only what it is about."""

from collections.abc import Sequence
from datetime import timedelta

from bunniz_bbs.domain.boards import Board, Identity, Premod, Section
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import BoardSlug, RoomSlug
from bunniz_bbs.domain.labels import Ask
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.rooms import Room
from bunniz_bbs.domain.words import LANGUAGES, Told


def told(text: str) -> Told:
    """The same text in each language."""
    return dict.fromkeys(LANGUAGES, text)


def a_board(
    slug: str = "general",
    *,
    section: str = "talk",
    read: Role = Role.MEMBER,
    post: Role = Role.MEMBER,
    reply: Role | None = Role.MEMBER,
    premod: Premod = Premod.NONE,
    lifetime: timedelta | None = timedelta(days=365),
    asks: tuple[Ask, ...] = (),
) -> Board:
    """A board for members."""
    return Board(
        slug=BoardSlug(slug),
        section=section,
        title=told(slug.title()),
        about=told(f"About {slug}."),
        read=read,
        post=post,
        reply=reply,
        identity=Identity.PSEUDONYM,
        premod=premod,
        lifetime=lifetime,
        stale_after=None,
        help_line=False,
        asks=asks,
    )


def a_room(
    slug: str = "lounge",
    *,
    read: Role = Role.GUEST,
    post: Role = Role.MEMBER,
    history: timedelta = timedelta(minutes=30),
    opened: bool = True,
    one_to_one: bool = False,
) -> Room:
    """A room where guests may listen and members speak."""
    return Room(
        slug=RoomSlug(slug),
        title=told(slug.title()),
        about=told(f"About {slug}."),
        read=read,
        post=post,
        history=history,
        open=opened,
        one_to_one=one_to_one,
    )


BOARDS = (
    a_board(
        "porch", read=Role.GUEST, post=Role.GUEST, reply=Role.GUEST, asks=tuple(Ask)
    ),
    a_board("general"),
    a_board("circle", read=Role.TRUSTED, post=Role.TRUSTED, reply=Role.TRUSTED),
    a_board("notices", read=Role.GUEST, post=Role.SYSOP, reply=None, lifetime=None),
    a_board("careful", premod=Premod.ALL),
    a_board(
        "team",
        section="house",
        read=Role.MODERATOR,
        post=Role.MODERATOR,
        reply=Role.MODERATOR,
    ),
)

ROOMS = (
    a_room("lounge"),
    a_room("den", read=Role.TRUSTED, post=Role.TRUSTED, history=timedelta(0)),
    a_room("office", read=Role.MODERATOR, post=Role.MODERATOR),
    a_room("later", opened=False),
    a_room("stoop", post=Role.GUEST, one_to_one=True),
)


def a_house(
    boards: Sequence[Board] = BOARDS,
    rooms: Sequence[Room] = ROOMS,
    rules: Sequence[str] = ("Be kind.", "Name nobody."),
) -> House:
    """A house with something for each role."""
    sections = dict.fromkeys(board.section for board in boards)
    return House(
        name="Test house",
        sections=tuple(Section(one, told(one.title())) for one in sections),
        boards={board.slug: board for board in boards},
        rooms={room.slug: room for room in rooms},
        rules=tuple(told(rule) for rule in rules),
        help_lines=(),
    )
