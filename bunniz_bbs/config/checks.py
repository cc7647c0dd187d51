"""What no single part of boards.yaml can see: doubles, and names that lead nowhere.

The checks read what stands in the file, whether or not its parts are right, so that
they find what they can next to other mistakes.
"""

import re
from collections.abc import Iterator, Mapping
from math import nan
from typing import Final, TypeAlias, get_args

from wcwidth import wcswidth

from bunniz_bbs.config.boards import GuardsConfig
from bunniz_bbs.config.found import Found
from bunniz_bbs.config.parts import SLUG, TITLE_COLUMNS, RoleName
from bunniz_bbs.config.problems import Mistake, Steps, near
from bunniz_bbs.config.rooms import instance_title
from bunniz_bbs.domain.words import LANGUAGES

_ROLES: Final[tuple[str, ...]] = get_args(RoleName)
_TEAM: Final = ("moderator", "sysop")

Named: TypeAlias = dict[str, tuple[str, int]]
"""What is called so, board or room, and its line."""


def cross_check(found: Found) -> Iterator[Mistake]:
    """Each mistake that lies between parts of the file."""
    named: Named = {}
    yield from _slugs(found, named)
    yield from _sections(found)
    yield from _launched(found, named)
    for steps, board in found.items("boards"):
        yield from _order_of_roles(steps, board, ("post", "reply"))
        yield from _writers(steps, board, found)
        yield from _guards(steps, board, found)
        yield from _after_event(steps, board)
        yield from _twice((*steps, "ask_mode"), board.inner.get("ask_mode"))
    titles = {board.text("slug") or "": board for _, board in found.items("boards")}
    for steps, room in found.items("rooms"):
        yield from _order_of_roles(steps, room, ("post",))
        yield from _instances(steps, room, titles, named)
    yield from _twice(("defaults", "reactions"), found.at(("defaults", "reactions")))


def _slugs(found: Found, named: Named) -> Iterator[Mistake]:
    """Boards and rooms share one set of names."""
    seen: dict[str, Found] = {}
    for part, kind in (("boards", "board"), ("rooms", "room")):
        for steps, item in found.items(part):
            slug = _slug(item, "slug")
            if slug is None:
                continue
            if slug in named:
                other, line = named[slug]
                # Where an alias brings the name in, its use is the slip.
                copied = seen[slug] is item.inner["slug"]
                where = steps if copied else (*steps, "slug")
                yield where, f"the {other} on line {line} is called `{slug}` already"
            else:
                named[slug] = (kind, found.line_of((*steps, "slug")))
                seen[slug] = item.inner["slug"]


def _sections(found: Found) -> Iterator[Mistake]:
    """Sections have names of their own; boards stand in one that is there."""
    lines: dict[str, int] = {}
    for steps, section in found.items("sections"):
        name = _slug(section, "id")
        if name is None:
            continue
        if name in lines:
            text = f"the section on line {lines[name]} is called `{name}` already"
            yield (*steps, "id"), text
        lines.setdefault(name, found.line_of((*steps, "id")))
    for steps, board in found.items("boards"):
        name = _slug(board, "section")
        if name is not None and name not in lines:
            text = f"there is no section `{name}`{near(name, lines)}"
            yield (*steps, "section"), text


def _slug(item: Found, key: str) -> str | None:
    """The short name under a key; none where it could not be one."""
    name = item.text(key)
    return name if name is not None and re.fullmatch(SLUG, name) else None


def _launched(found: Found, named: Named) -> Iterator[Mistake]:
    """What is opened is there, and is named once."""
    for steps, one in found.items("launch_profile"):
        name = one.value
        if isinstance(name, str) and re.fullmatch(SLUG, name) and name not in named:
            yield steps, f"no board or room is called `{name}`{near(name, named)}"
    yield from _twice(("launch_profile",), found.inner.get("launch_profile"))


def _twice(steps: Steps, words: Found | None) -> Iterator[Mistake]:
    """A list of words holds each of them once."""
    if words is None or not isinstance(words.value, tuple):
        return
    seen: set[str] = set()
    for index, word in enumerate(words.value):
        if isinstance(word, str) and word in seen:
            yield (*steps, index), f"`{word[:40]}` stands in this list twice"
        elif isinstance(word, str):
            seen.add(word)


def _order_of_roles(
    steps: Steps, place: Found, keys: tuple[str, ...]
) -> Iterator[Mistake]:
    """Whoever writes somewhere can read there."""
    read = place.text("read")
    for key in keys:
        role = place.text(key)
        if _rank(role) < _rank(read):
            text = f"`{role}` is below `read`, which begins with `{read}`"
            yield (*steps, key), text


def _rank(role: str | None) -> float:
    """A role's place among the others; what is no role is neither above nor below."""
    return _ROLES.index(role) if role in _ROLES else nan


def _writers(steps: Steps, board: Found, found: Found) -> Iterator[Mistake]:
    """Only the team writes as the team."""
    identity = board.inner.get("identity")
    if identity is None or identity.value is None:
        identity = found.at(("defaults", "identity"))
    if identity is None or identity.value != "staff":
        return
    for key in ("post", "reply"):
        role = board.text(key)
        if role in _ROLES and role not in _TEAM:
            text = (
                f"must be `moderator` or `sysop`, not `{role}`: people write as the "
                "team here (`identity: staff`)"
            )
            yield (*steps, key), text


def _guards(steps: Steps, board: Found, found: Found) -> Iterator[Mistake]:
    """A guard that is off stops nothing."""
    blocking = board.inner.get("guards_block")
    yield from _twice((*steps, "guards_block"), blocking)
    if blocking is None or not isinstance(blocking.value, tuple):
        return
    for index, guard in enumerate(blocking.value):
        text = found.at(("defaults", "guards", str(guard)))
        off = text is None or text.value == ""
        if guard in GuardsConfig.model_fields and off:
            where = (*steps, "guards_block", index)
            yield where, f"the guard `{guard}` is off: `defaults.guards` has no text"


def _after_event(steps: Steps, board: Found) -> Iterator[Mistake]:
    days = board.inner.get("ttl_after_event_days")
    if days is not None and days.value is not None and board.text("form") != "event":
        yield (*steps, "ttl_after_event_days"), "goes only with `form: event`"


def _instances(
    steps: Steps, room: Found, titles: Mapping[str, Found], named: Named
) -> Iterator[Mistake]:
    """Rooms that are made from one have names and titles that fit."""
    slug, listed = _slug(room, "slug"), room.inner.get("instances")
    yield from _twice((*steps, "instances"), listed)
    if slug is None or listed is None or not isinstance(listed.value, tuple):
        return
    made: set[str] = set()
    for index, one in enumerate(listed.value):
        if not isinstance(one, str) or not re.fullmatch(SLUG, one) or one in made:
            continue
        made.add(one)
        where, name = (*steps, "instances", index), f"{slug}-{one}"
        if not re.fullmatch(SLUG, name):
            yield where, f"makes `{name}`, {len(name)} characters; at most 24 can be"
        elif name in named:
            kind, line = named[name]
            yield where, f"makes `{name}`, and so the {kind} on line {line} is called"
        named.setdefault(name, ("room", listed.lines[index]))
        yield from _title(where, room, one, titles.get(one))


def _title(
    steps: Steps, room: Found, slug: str, board: Found | None
) -> Iterator[Mistake]:
    """The title of such a room takes the board's that has its name, if one has."""
    for language in LANGUAGES:
        added = board.text("title", language) if board else None
        own = room.text("title", language) or ""
        title = instance_title(own, added or slug, language)
        if (width := wcswidth(title)) > TITLE_COLUMNS:
            most = f"at most {TITLE_COLUMNS} fit"
            yield steps, f"makes a title of {width} columns ({language}); {most}"
            return
