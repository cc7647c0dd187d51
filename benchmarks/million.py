"""A house of a million posts, in the shapes that boards have, made from a seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy import Table, insert, text
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks.texts import Said, Texts, body_of, terms_of
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.domain.people import Account, Role
from bunniz_bbs.services.names import shape
from bunniz_bbs.store.tables import (
    NOBODY,
    accounts,
    entries,
    follows,
    mentions,
    posts,
    reads,
    threads,
)

POSTS: Final = 1_000_000
PEOPLE: Final = 200
GREAT: Final = BoardSlug("money")
"""The board that has more threads than all others together."""
GREAT_SHARE: Final = 0.6
HUGE: Final = 10
"""So many threads have `HUGE_POSTS` each; most of the others have a few."""
HUGE_POSTS: Final = 10_000
LONGEST: Final = 600
SHAPE: Final = 1.1
"""How fast threads grow rare with their size: a mean of about ten posts."""
YEAR: Final = timedelta(days=365)
DELETED: Final = 0.01
MEANT, FOLLOWED = 100, 200
"""Posts that mean each person, and threads of which each said something."""
BATCH: Final = 20_000
SPECIAL: Final = ("nothing read", "most read", "all read")
"""Of a whole year; most is all but one thread of fifty."""


@dataclass
class Million:
    """What was made."""

    posts: int
    threads: int
    great_threads: int
    huge: ThreadId
    """The id of a thread with very many posts, on the great board."""
    small: ThreadId
    """The id of one with a few."""


@dataclass
class _Thread:
    board: BoardSlug
    times: list[datetime]
    """When each of its posts was written."""
    written: int = 0
    id: ThreadId = field(init=False)
    title: Said = field(init=False)


async def fill(
    engine: AsyncEngine,
    house: House,
    now: datetime,
    texts: Texts,
    count: int = POSTS,
    seed: int = 1,
) -> Million:
    """Put such a house into empty tables."""
    chance = random.Random(seed)
    made = _threads(chance, house, now, count)
    people = [account(number, now) for number in range(PEOPLE)]
    await _insert(engine, accounts, map(_account_row, people))
    await _insert(engine, threads, _thread_rows(chance, texts, made, people))
    await _insert_posts(engine, _post_rows(chance, texts, made, people))
    await _insert(engine, reads, _read_rows(chance, made, people))
    await _insert(engine, mentions, _meaning_rows(chance, made, people))
    await _insert(engine, follows, _follow_rows(chance, made, people))
    if engine.dialect.name == "postgresql":
        await _settle(engine)
    great = [one for one in made if one.board == GREAT]
    return Million(
        sum(len(one.times) for one in made),
        len(made),
        len(great),
        max(great, key=lambda one: len(one.times)).id,
        next(one.id for one in reversed(great) if 4 <= len(one.times) <= 8),
    )


def account(number: int, now: datetime) -> Account:
    """Somebody of it; the first of them are those of `SPECIAL`."""
    name = SPECIAL[number] if number < len(SPECIAL) else f"member {number}"
    floor = (now - YEAR - timedelta(days=30)).date()
    return Account(AccountId(f"{number:020x}"), name, Role.TRUSTED, "en", floor)


def _threads(
    chance: random.Random, house: House, now: datetime, count: int
) -> list[_Thread]:
    """All threads in the order in which they were begun, with the times of posts."""
    others = [one for one in house.boards.values() if one.slug != GREAT]
    made: list[_Thread] = []
    left, huge = count, HUGE
    while left > 0:
        board = house.boards[GREAT]
        if huge == 0 and chance.random() > GREAT_SHARE:
            board = chance.choice(others)
        size = min(LONGEST, int(chance.paretovariate(SHAPE) * 2))
        if huge:
            huge, size = huge - 1, HUGE_POSTS
        size = min(size, left)
        left -= size
        span = min(board.lifetime or YEAR, YEAR)
        begun = chance.random() * 0.98 * span
        rest = timedelta(days=3) if size <= LONGEST else begun
        times = sorted(
            now - begun + min(begun, rest) * chance.random() ** 2 for _ in range(size)
        )
        made.append(_Thread(board.slug, times))
    made.sort(key=lambda one: one.times[0])
    for number, one in enumerate(made, 1):
        one.id = ThreadId(number)
    return made


def _account_row(one: Account) -> dict[str, Any]:
    """What everybody has; all else is as the tables say unless it is said."""
    return {
        "id": one.id,
        "name": one.name,
        "shape": shape(one.name),
        "role": int(one.role),
        "language": one.language,
        "read_floor": one.read_floor,
    }


def _thread_rows(
    chance: random.Random,
    texts: Texts,
    made: Sequence[_Thread],
    people: Sequence[Account],
) -> Iterator[dict[str, Any]]:
    for one in made:
        one.title = texts.title(chance)
        author = chance.choice(people[len(SPECIAL) :])
        yield {
            "id": one.id,
            "board": one.board,
            "title": str(one.title),
            "author": author.id,
            "author_name": author.name,
            "created_at": one.times[0],
            "last_at": one.times[-1],
            "last_number": len(one.times),
            "pinned": chance.random() < 0.0002,
            "locked": chance.random() < 0.01,
        }


def _post_rows(
    chance: random.Random,
    texts: Texts,
    made: Sequence[_Thread],
    people: Sequence[Account],
) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each with what it is found by, in the order in which they were written.

    A thread's posts lie far apart.
    """
    order = sorted((at, one.id) for one in made for at in one.times)
    for number, (at, thread) in enumerate(order, 1):
        one = made[thread - 1]
        one.written += 1
        author = chance.choice(people[len(SPECIAL) :])
        deleted = chance.random() < DELETED
        said = texts.post(chance, number)
        title = one.title if one.written == 1 else None
        post = {
            "id": number,
            "thread": thread,
            "number": one.written,
            "author": NOBODY if deleted else author.id,
            "author_name": "" if deleted else author.name,
            "body": "" if deleted else body_of(said),
            "created_at": at,
            "edited": False,
            "deleted": deleted,
        }
        found_by = "" if deleted else terms_of(one.board, title, said)
        yield post, {"post": number, "terms": found_by}


def _read_rows(
    chance: random.Random, made: Sequence[_Thread], people: Sequence[Account]
) -> Iterator[dict[str, Any]]:
    _, most, everything = (one.id for one in people[: len(SPECIAL)])
    for one in made:
        last = len(one.times)
        if chance.random() > 0.02:
            yield {"account": most, "thread": one.id, "number": last}
        yield {"account": everything, "thread": one.id, "number": last}
    for reader in people[len(SPECIAL) :]:
        for one in chance.sample(made, min(500, len(made))):
            seen = chance.randint(1, len(one.times))
            yield {"account": reader.id, "thread": one.id, "number": seen}


def _meaning_rows(
    chance: random.Random, made: Sequence[_Thread], people: Sequence[Account]
) -> Iterator[dict[str, Any]]:
    """Posts that mean people who have not read them, in threads of any age."""
    for reader in people:
        for one in chance.sample(made, min(MEANT, len(made))):
            place = {"thread": one.id, "number": chance.randint(1, len(one.times))}
            yield {"account": reader.id, "answer": chance.random() < 0.5, **place}


def _follow_rows(
    chance: random.Random, made: Sequence[_Thread], people: Sequence[Account]
) -> Iterator[dict[str, Any]]:
    for reader in people:
        for one in chance.sample(made, min(FOLLOWED, len(made))):
            wanted = chance.random() < 0.9
            yield {"account": reader.id, "thread": one.id, "wanted": wanted}


async def _insert(
    engine: AsyncEngine, table: Table, rows: Iterator[dict[str, Any]]
) -> None:
    while batch := list(islice(rows, BATCH)):
        async with engine.begin() as connection:
            await connection.execute(insert(table), batch)


async def _insert_posts(
    engine: AsyncEngine, rows: Iterator[tuple[dict[str, Any], dict[str, Any]]]
) -> None:
    """Posts with what they are found by, except those that were deleted.

    On PostgreSQL an index over all of them is made quicker than one by one.
    """
    on_postgres, index = engine.dialect.name == "postgresql", ""
    async with engine.begin() as connection:
        if on_postgres:
            made_by = text("SELECT pg_get_indexdef('entries_found'::regclass)")
            index = str(await connection.scalar(made_by))
            await connection.execute(text("DROP INDEX entries_found"))
    while batch := list(islice(rows, BATCH)):
        async with engine.begin() as connection:
            await connection.execute(insert(posts), [post for post, _ in batch])
            found_by = [entry for _, entry in batch if entry["terms"]]
            await connection.execute(insert(entries), found_by)
    async with engine.begin() as connection:
        if on_postgres:
            await connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
            await connection.execute(text(index))


async def _settle(engine: AsyncEngine) -> None:
    """What PostgreSQL does by itself after a while, and counts on from the last id."""
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        for table in (threads, posts):
            last = f"(SELECT max(id) FROM {table.name})"
            sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
            await connection.execute(text(f"SELECT setval({sequence}, {last})"))
        await connection.execute(text("VACUUM ANALYZE"))
