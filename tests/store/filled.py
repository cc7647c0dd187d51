"""A house full of what moving could lose, made from a seed."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bunniz_bbs.domain.labels import Tag
from bunniz_bbs.store.tables import (
    accounts,
    badges,
    barred_keys,
    bookmarks,
    choices,
    codes,
    consents,
    declined_keys,
    drafts,
    entries,
    follows,
    held_posts,
    invited,
    invites,
    keys,
    mentions,
    metadata,
    moderation_log,
    notes,
    posts,
    quiet_boards,
    reactions,
    reads,
    reports,
    reserved_names,
    restrictions,
    threads,
    vouches,
)
from bunniz_bbs.store.terms import terms_of
from tests.store.rows import GENERAL

WORDS: Final = (
    "hello", "été", "👩‍👩‍👧", "ß", "ﬀ", "\u202e", "'; DROP TABLE posts; --", "%s", ":x",
    "line\nline", "\t", " ", "日本語", "\U0010fffd", "\x7f", "\x01", "NULL",
    "é", "e\u0301",
)  # fmt: skip
FIRST: Final = datetime(1970, 1, 1, tzinfo=UTC)
FLOORS: Final = (date(1, 1, 1), date(2026, 3, 1), date(9999, 12, 31))
PEOPLE: Final = 40
THREADS: Final = 120


def rows(seed: int, count: int) -> dict[Any, list[dict[str, object]]]:
    """Rows for every table, with that many posts."""
    chance = random.Random(seed)

    def words(most: int = 8) -> str:
        return "".join(chance.choice(WORDS) for _ in range(chance.randint(0, most)))

    def moment() -> datetime:
        return FIRST + timedelta(microseconds=chance.randint(0, 2**52))

    def a_few() -> frozenset[Tag]:
        return frozenset(chance.sample(list(Tag), 2))

    people = [f"{number:020x}" for number in range(PEOPLE)]
    authors = [*people, ""]
    # Numbers with gaps, and the last of them gone.
    numbers = sorted(chance.sample(range(1, 10_000), THREADS))
    written: dict[int, int] = dict.fromkeys(numbers, 0)
    said = []
    for number in range(count):
        thread = chance.choice(numbers)
        written[thread] += 1
        said.append(
            {
                "id": number * 3 + 1,
                "thread": thread,
                "number": written[thread],
                "author": chance.choice(authors),
                "author_name": words(2),
                "body": words(40),
                "created_at": moment(),
                "edited": chance.random() < 0.1,
                "goes_at": chance.choice([None, moment()]),
                "deleted": chance.random() < 0.1,
            }
        )

    def of_posts() -> list[dict[str, object]]:
        return [
            {"account": one, "thread": post["thread"], "number": post["number"]}
            for one in people
            for post in chance.sample(said, min(3, len(said)))
        ]

    return {
        accounts: [
            {
                "id": one,
                "name": words() + one,
                "shape": one,
                "role": chance.randint(0, 4),
                "language": chance.choice(["fr", "nl", "en", "de"]),
                "read_floor": chance.choice(FLOORS),
                "pronouns": words(2),
                "speaks": chance.choice(["", "fr nl"]),
                "hidden": chance.random() < 0.5,
                "waiting": chance.random() < 0.5,
                "answers": chance.random() < 0.5,
                "settles_on": chance.choice([None, *FLOORS]),
                "new_until": chance.choice([None, *FLOORS]),
            }
            for one in people
        ],
        keys: [
            {
                "digest": digest,
                "account": account,
                "label": words(3),
                "added_in": chance.choice([None, *FLOORS]),
                "used_in": chance.choice([None, *FLOORS]),
            }
            for digest, account in [
                (b"\0" * 32, people[0]),
                *((chance.randbytes(32), chance.choice(people)) for _ in range(60)),
            ]
        ],
        codes: [
            {
                "digest": chance.randbytes(32),
                "account": chance.choice(people),
                "kind": chance.choice(["device", "recovery", "reset"]),
                "good_from": chance.choice([None, moment()]),
                "expires_at": chance.choice([None, moment()]),
            }
            for _ in range(30)
        ],
        barred_keys: [
            {
                "digest": chance.randbytes(32),
                "account": chance.choice([*people, "gone"]),
                "reason": words(),
                "until": chance.choice([None, moment()]),
            }
            for _ in range(20)
        ],
        reserved_names: [
            {"digest": chance.randbytes(32), "account": chance.choice([None, *people])}
            for _ in range(20)
        ],
        consents: [
            {
                "account": one,
                "kind": kind,
                "version": chance.randint(1, 9),
                "given_in": chance.choice(FLOORS),
            }
            for one in people
            for kind in ("terms", "adult", "special")
        ],
        badges: [
            {
                "account": one,
                "organisation": words(3),
                "proposed_by": chance.choice(people),
                "confirmed_by": chance.choice([None, *people]),
                "given_on": chance.choice([None, *FLOORS]),
            }
            for one in people[:5]
        ],
        vouches: [
            {
                "account": one,
                "voucher": chance.choice(people),
                "given_on": chance.choice(FLOORS),
            }
            for one in people[:20]
        ],
        invited: [
            {
                "account": one,
                "inviter": chance.choice(people),
                "came_on": chance.choice(FLOORS),
            }
            for one in people[:20]
        ],
        notes: [
            {
                "writer": one,
                "about": chance.choice(people),
                "sealed": chance.randbytes(chance.randint(0, 90)),
            }
            for one in people[:20]
        ],
        declined_keys: [
            {
                "digest": chance.randbytes(32),
                "reason": words(),
                "until": chance.choice(FLOORS),
            }
            for _ in range(10)
        ],
        held_posts: [
            {
                "id": number * 2,
                "board": "newcomers",
                "thread": chance.choice([None, *numbers]),
                "title": words(),
                "author": chance.choice(authors),
                "author_name": words(2),
                "body": words(40),
                "sent_at": moment(),
            }
            for number in range(1, 30)
        ],
        reports: [
            {
                "id": number * 2,
                "target": words(2),
                "body": words(20),
                "sent_at": moment(),
                "closed_at": chance.choice([None, moment()]),
            }
            for number in range(1, 30)
        ],
        invites: [
            {
                "digest": chance.randbytes(32),
                "role": 1,
                "uses_left": chance.randint(0, 1000),
                "expires_at": chance.choice([None, moment()]),
                "claim": chance.random() < 0.5,
                "inviter": chance.choice([None, *people]),
            }
            for _ in range(20)
        ],
        threads: [
            {
                "id": number,
                "board": chance.choice(["general", "money"]),
                "title": words(),
                "author": chance.choice(authors),
                "author_name": words(2),
                "created_at": moment(),
                "last_at": moment(),
                "last_number": written[number],
                "pinned": chance.random() < 0.1,
                "locked": chance.random() < 0.1,
                "closed": chance.random() < 0.1,
                "kept_for": words(2),
                "checked_on": chance.choice([None, *FLOORS]),
                "goes_at": chance.choice([None, moment()]),
            }
            for number in numbers
        ],
        posts: said,
        entries: [
            {"post": one["id"], "terms": terms_of(GENERAL, "", str(one["body"]))}
            for one in said
        ],
        reads: [
            {"account": one, "thread": thread, "number": chance.randint(0, 2**31 - 1)}
            for one in people
            for thread in chance.sample(numbers, 20)
        ],
        choices: [
            {
                "account": one,
                **{kind: a_few() for kind in ("opens", "folds", "hides")},
                "languages": chance.choice(["", "nl en"]),
            }
            for one in chance.sample(people, PEOPLE // 2)
        ],
        mentions: [{**one, "answer": chance.random() < 0.5} for one in of_posts()],
        bookmarks: of_posts(),
        reactions: [{**one, "heard": True, "thanks": False} for one in of_posts()],
        follows: [
            {"account": one, "thread": thread, "wanted": chance.random() < 0.5}
            for one in people
            for thread in chance.sample(numbers, 3)
        ],
        quiet_boards: [
            {"account": one, "board": board}
            for one in people[:10]
            for board in ("general", "money")
        ],
        drafts: [
            {
                "account": one,
                "place": place,
                "sealed": chance.randbytes(60),
                "saved_at": moment(),
            }
            for one in people
            for place in ("board:general", "thread:7", words(3) or "post:1")
        ],
        restrictions: [
            {
                "account": one,
                "kind": kind,
                "reason": words(),
                "until": chance.choice([None, moment()]),
            }
            for one in people[:10]
            for kind in ("ban", "mute")
        ],
        moderation_log: [
            {
                "number": number,
                "at": moment(),
                "moderator": words(2),
                "act": "ban",
                "target": words(2),
                "until": chance.choice([None, moment()]),
                "reason": words(),
                "person": words(1),
            }
            for number in range(1, 700)
        ],
    }


async def fill(engine: AsyncEngine, seed: int, count: int) -> None:
    """Put such a house into empty tables."""
    made = rows(seed, count)
    async with engine.begin() as connection:
        for table in metadata.sorted_tables:
            if made[table]:
                await connection.execute(insert(table), made[table])


async def content(engine: AsyncEngine) -> dict[str, set[Any]]:
    """Everything that is there, in no order."""
    async with engine.connect() as connection:
        return {
            table.name: {tuple(row) for row in await connection.execute(select(table))}
            for table in metadata.sorted_tables
        }
