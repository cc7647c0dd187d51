"""Makes the house, as it opens, from what boards.yaml says."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from bunniz_bbs.config.boards import BoardConfig
from bunniz_bbs.config.house import HelpLineConfig, HouseConfig
from bunniz_bbs.config.parts import Paragraph, Sentence, Title
from bunniz_bbs.config.rooms import RoomConfig, instance_title
from bunniz_bbs.domain.admission import (
    Admission,
    InviteRule,
    Mode,
    Operator,
    Terms,
    TrustRule,
)
from bunniz_bbs.domain.boards import Board, Identity, Premod, Section
from bunniz_bbs.domain.house import Address, HelpLine, House
from bunniz_bbs.domain.ids import BoardSlug, RoomSlug
from bunniz_bbs.domain.labels import Ask
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.reactions import Reaction
from bunniz_bbs.domain.rooms import SHORTEST_STAY, Room
from bunniz_bbs.domain.words import LANGUAGES, Told


def house_of(config: HouseConfig) -> House:
    """The house with the boards and rooms that are open in it."""
    opened = set(config.launch_profile)
    boards = [
        _board(config, board)
        for board in config.boards
        if board.enabled and board.slug in opened
    ]
    titles = {board.slug: _told(board.title) for board in config.boards}
    rooms = [
        room
        for one in config.rooms
        if one.slug in opened
        for room in _rooms(one, titles)
    ]
    return House(
        name=config.name,
        sections=tuple(Section(one.id, _told(one)) for one in config.sections),
        boards={board.slug: board for board in boards},
        rooms={room.slug: room for room in rooms},
        rules=tuple(_told(rule) for rule in config.house_rules),
        help_lines=tuple(_help_line(one) for one in config.help_lines),
        admission=_admission(config),
        address=Address(config.address.host, config.address.port or 0),
        warns_of_links=config.defaults.link_policy == "warn",
    )


def _told(text: Title | Sentence | Paragraph) -> Told:
    return {language: getattr(text, language) for language in LANGUAGES}


def _admission(config: HouseConfig) -> Admission:
    said, operator = config.admission, config.operator
    invites = said.invites
    return Admission(
        mode=Mode(said.mode),
        invites=InviteRule(
            *(Role.of(invites.lowest), invites.most, invites.days, invites.uses)
        ),
        trust=TrustRule(said.trust.days, said.trust.vouches),
        terms=Terms(
            said.terms.version,
            tuple(_told(one) for one in said.terms.text),
            tuple(_told(one) for one in said.terms.changed),
        ),
        operator=Operator(operator.name, operator.contact, operator.authorities),
    )


def _days(days: int | None) -> timedelta | None:
    return None if days is None else timedelta(days=days)


def _help_line(line: HelpLineConfig) -> HelpLine:
    return HelpLine(
        number=line.number,
        what=_told(line.what),
        hours=_told(line.hours) if line.hours else dict.fromkeys(LANGUAGES, ""),
        language=line.language,
        urgent=line.urgent,
        source=line.source,
        checked_on=line.source_read_on,
    )


def _board(config: HouseConfig, board: BoardConfig) -> Board:
    defaults = config.defaults
    # `ttl_days: null` means that threads stay, not that nothing is said.
    said = "ttl_days" in board.model_fields_set
    return Board(
        slug=BoardSlug(board.slug),
        section=board.section,
        title=_told(board.title),
        about=_told(board.about),
        read=Role.of(board.read),
        post=Role.of(board.post),
        reply=None if board.reply == "none" else Role.of(board.reply),
        identity=Identity(board.identity or defaults.identity),
        premod=Premod(board.premod or defaults.premod),
        lifetime=_days(board.ttl_days if said else defaults.ttl_days),
        stale_after=_days(board.stale_after_days),
        help_line=board.show_help_line,
        asks=tuple(Ask(one) for one in board.ask_mode),
        reactions=tuple(Reaction(one) for one in defaults.reactions),
    )


def _rooms(room: RoomConfig, titles: Mapping[str, Told]) -> Iterator[Room]:
    """One room, or one for each of its instances."""
    title = _told(room.title)
    if not room.instances:
        yield _room(room, room.slug, title)
    for one in room.instances:
        added = titles.get(one, dict.fromkeys(LANGUAGES, one))
        full = {
            language: instance_title(title[language], added[language], language)
            for language in LANGUAGES
        }
        yield _room(room, f"{room.slug}-{one}", full)


def _room(room: RoomConfig, slug: str, title: Told) -> Room:
    return Room(
        slug=RoomSlug(slug),
        title=title,
        about=_told(room.about),
        read=Role.of(room.read),
        post=Role.of(room.post),
        history=max(
            timedelta(minutes=room.history_minutes),
            # The team reads what a guest said while nobody of the team was there.
            SHORTEST_STAY if room.one_to_one else timedelta(0),
        ),
        # Rooms with a host or by appointment are not built yet.
        open=not (room.needs_host or room.opens == "scheduled"),
        help_line=room.show_help_line,
        one_to_one=room.one_to_one,
    )
