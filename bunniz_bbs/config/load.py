"""Reads boards.yaml."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bunniz_bbs.config.models import (
    ROLES,
    BoardConfig,
    HouseConfig,
    RoomConfig,
    Sentence,
    Title,
)
from bunniz_bbs.config.problems import ConfigBroken, Problem, explain, key_of, line_of
from bunniz_bbs.domain.boards import Board, Identity, Premod, Section
from bunniz_bbs.domain.house import HelpLine, House
from bunniz_bbs.domain.ids import BoardSlug, RoomSlug
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.rooms import Room
from bunniz_bbs.domain.words import LANGUAGES, Told

LARGEST: Final = 2**20
MOST_PARTS: Final = 50_000
"""Keys, items and values; aliases count each time they are used."""

__all__ = ["ConfigBroken", "Problem", "load_house", "read_config", "schema"]


def load_house(path: Path) -> House:
    """The house that a file describes.

    Raises:
        ConfigBroken: The file has mistakes; all of them are named with their lines.
    """
    return _house(read_config(path))


def read_config(path: Path) -> HouseConfig:
    """Everything that a file says, open or not.

    Raises:
        ConfigBroken: The file has mistakes; all of them are named with their lines.
    """
    data = _read(path)
    problems: list[Problem] = []
    config: HouseConfig | None = None
    try:
        config = HouseConfig.model_validate(data)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            loc = [step for step in one["loc"] if step in _steps(data, one["loc"])]
            problem = explain(one, HouseConfig)
            problems.append(_problem(path, data, loc, problem))
    problems += (
        _problem(path, data, loc, text) for loc, text in _cross_checks(data, config)
    )
    if problems or config is None:
        unique = dict.fromkeys(sorted(problems, key=lambda one: one.line))
        raise ConfigBroken(list(unique))
    return config


def schema() -> dict[str, Any]:
    """The JSON Schema of boards.yaml, with each key described."""
    return HouseConfig.model_json_schema()


def _steps(data: object, loc: Sequence[int | str]) -> list[int | str]:
    """The steps of a path that name keys of the file, not parts of a union."""
    kept: list[int | str] = []
    last = len(loc) - 1
    for index, step in enumerate(loc):
        if isinstance(data, dict) and (step in data or index == last):
            kept.append(step)
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            kept.append(step)
            data = data[step] if step < len(data) else None
    return kept


def _problem(
    path: Path, data: object, loc: Sequence[int | str], text: str
) -> Problem:
    return Problem(path, line_of(data, loc), key_of(data, loc), text)


def _read(path: Path) -> CommentedMap:
    def broken(line: int, text: str) -> ConfigBroken:
        return ConfigBroken([Problem(path, line, "", text)])

    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise broken(1, "there is no such file") from None
    except OSError as error:
        raise broken(1, f"cannot be read: {error.strerror}") from None
    if len(raw) > LARGEST:
        raise broken(1, f"is larger than {LARGEST // 1024} KiB")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise broken(line, "is not UTF-8 text") from None
    try:
        data = YAML(typ="rt").load(text)
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1
        raise broken(line, "this key stands here twice") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = " ".join(str(error.problem or error.context or "").split())
        line = mark.line + 1 if mark else 1
        raise broken(line, f"this is not YAML: {why}") from None
    except (YAMLError, ValueError, RecursionError, AttributeError, TypeError):
        raise broken(1, "this is not YAML that can be read") from None
    if data is None:
        raise broken(1, "is empty")
    if not isinstance(data, CommentedMap):
        raise broken(1, "must hold keys such as boards: and rooms:")
    if _parts(data, 0) > MOST_PARTS:
        raise broken(1, "holds too many parts, or aliases within aliases")
    return data


def _parts(data: object, count: int) -> int:
    """How many parts there are, counting no further than needed."""
    waiting = [data]
    while waiting and count <= MOST_PARTS:
        one = waiting.pop()
        count += 1
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
    return count


def _cross_checks(
    data: CommentedMap, config: HouseConfig | None
) -> Iterator[tuple[list[int | str], str]]:
    """What no single part can see: doubles, and names that lead nowhere."""
    seen: dict[object, str] = {}
    for part, kind in (("boards", "board"), ("rooms", "room")):
        for index, item in enumerate(_list(data, part)):
            slug = item.get("slug") if isinstance(item, dict) else None
            if slug is None:
                continue
            if slug in seen:
                text = f"{slug} is the name of another {seen[slug]} already"
                yield [part, index, "slug"], text
            seen[slug] = kind
    sections = [
        item.get("id") for item in _list(data, "sections") if isinstance(item, dict)
    ]
    for index, name in enumerate(sections):
        if name is not None and name in sections[:index]:
            yield ["sections", index, "id"], f"{name} is another section already"
    for index, item in enumerate(_list(data, "boards")):
        section = item.get("section") if isinstance(item, dict) else None
        if isinstance(section, str) and section not in sections:
            yield ["boards", index, "section"], f"there is no section {section}"
    for index, slug in enumerate(_list(data, "launch_profile")):
        if isinstance(slug, str) and slug not in seen:
            text = f"there is no board or room {slug}"
            yield ["launch_profile", index], text
        elif slug in _list(data, "launch_profile")[:index]:
            yield ["launch_profile", index], f"{slug} stands here twice"
    if config is not None:
        boards = {board.slug for board in config.boards}
        for index, room in enumerate(config.rooms):
            for number, instance in enumerate(room.instances):
                if instance not in boards:
                    text = f"there is no board {instance} to take the title from"
                    yield ["rooms", index, "instances", number], text


def _list(data: CommentedMap, key: str) -> list[Any]:
    value = data.get(key)
    return value if isinstance(value, list) else []


# -- from the file's models to the domain


def _told(text: Title | Sentence) -> Told:
    return {language: getattr(text, language) for language in LANGUAGES}


def _role(name: str) -> Role:
    return Role(ROLES.index(name))  # type: ignore[arg-type]


def _days(days: int | None) -> timedelta | None:
    return timedelta(days=days) if days else None


def _house(config: HouseConfig) -> House:
    launched = set(config.launch_profile)
    boards = [
        _board(config, board)
        for board in config.boards
        if board.enabled and board.slug in launched
    ]
    titles = {board.slug: _told(board.title) for board in config.boards}
    rooms = [
        room
        for one in config.rooms
        if one.slug in launched
        for room in _rooms(one, titles)
    ]
    return House(
        name=config.name,
        sections=tuple(Section(one.id, _told(one)) for one in config.sections),
        boards={board.slug: board for board in boards},
        rooms={room.slug: room for room in rooms},
        rules=tuple(_told(rule) for rule in config.house_rules),
        help_lines=tuple(
            HelpLine(
                one.number,
                _told(one.what),
                _told(one.hours) if one.hours else dict.fromkeys(LANGUAGES, ""),
                one.language,
                one.urgent,
                one.source,
                _day(one.source_read_on),
            )
            for one in config.help_lines
        ),
    )


def _day(day: date) -> date:
    return date(day.year, day.month, day.day)


def _board(config: HouseConfig, board: BoardConfig) -> Board:
    said = board.model_fields_set
    defaults = config.defaults
    ttl = board.ttl_days if "ttl_days" in said else defaults.ttl_days
    return Board(
        slug=BoardSlug(board.slug),
        section=board.section,
        title=_told(board.title),
        about=_told(board.about),
        read=_role(board.read),
        post=_role(board.post),
        reply=_role(board.reply) if board.reply else None,
        identity=Identity(board.identity or defaults.identity),
        premod=Premod(board.premod or defaults.premod),
        lifetime=_days(ttl),
        stale_after=_days(board.stale_after_days),
        help_line=board.show_help_line,
    )


def _rooms(room: RoomConfig, titles: dict[str, Told]) -> list[Room]:
    """One room, or one for each of its instances."""
    runs = not (room.one_to_one or room.needs_host or room.opens == "scheduled")

    def made(slug: str, title: Told) -> Room:
        return Room(
            slug=RoomSlug(slug),
            title=title,
            about=_told(room.about),
            read=_role(room.read),
            post=_role(room.post),
            history=timedelta(minutes=room.history_minutes),
            open=runs,
            help_line=room.show_help_line,
        )

    own = _told(room.title)
    if not room.instances:
        return [made(room.slug, own)]
    return [
        made(
            f"{room.slug}-{one}",
            {
                language: f"{own[language]}: {titles[one][language]}"
                for language in LANGUAGES
            },
        )
        for one in room.instances
    ]
