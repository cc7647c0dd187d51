"""What posts are found by is what they say, on either database, whatever happens."""

from collections.abc import Sequence

import pytest
from sqlalchemy import text

from bunniz_bbs.domain.ids import BoardSlug, PostId
from bunniz_bbs.domain.search import parse
from bunniz_bbs.store.ports import Store
from bunniz_bbs.store.sqlite import SqliteStore
from tests.store.rows import ANN, BOB, GENERAL, HOUR, NOON, OTHER, begin, say

SECRET = BoardSlug("secret")


async def find(
    store: Store,
    words: str,
    boards: Sequence[BoardSlug] = (GENERAL,),
    others: Sequence[BoardSlug] = (OTHER, SECRET),
    **more: object,
) -> list[PostId]:
    """What is found on boards, and by default by looking for these."""
    sought = parse(words)
    return list(
        await store.read(
            lambda tx: tx.entries.find(sought, boards, others, **more)  # type: ignore[arg-type]
        )
    )


@pytest.mark.parametrize(
    ("said", "sought"),
    [
        ("Mes impôts de l'année", "impot"),
        ("Mes impots de l'annee", "impôts annee"),
        ("les travailleuses arrivent", "travailleuse"),
        ("de klanten en hun huizen", "klant huis"),
        ("Die Häuser und die Steuern", "haus steuer"),
        ("two clients were paying", "client pay"),
        ("la sécurité sociale", '"securite SOCIALE"'),
        ("straße", "strasse"),
        ("un cœur", "coeur"),
        ("**bold** and `code`", "bold code"),
        ("see https://example.org/path", "example path"),
        ("l'heure exacte", "heure"),
        ("Ζωή και νερό", "νερο"),
    ],
)
async def test_forms_and_accents_make_no_difference(
    store: Store, said: str, sought: str
):
    """Plurals, endings, capitals and accents of the four languages."""
    thread = await begin(store)
    post = await say(store, thread.id, said)

    assert await find(store, sought) == [post.id]


@pytest.mark.parametrize(
    ("said", "sought"),
    [
        ("la sécurité sociale", '"sociale sécurité"'),
        ("tax on rent", '"tax rent"'),
        ("rent", "rental agreement"),
        ("\x0201234567890123456789\x03 hello", "01234567890123456789"),
    ],
)
async def test_what_is_not_said_is_not_found(store: Store, said: str, sought: str):
    """Phrases keep their order; all words are needed; who is meant is no word."""
    thread = await begin(store)
    await say(store, thread.id, said)

    assert await find(store, sought) == []


async def test_a_title_finds_the_post_that_begins_the_thread(store: Store):
    """And no other one of it."""
    thread = await begin(store, title="Sourdough")
    first = await say(store, thread.id)
    await say(store, thread.id)

    assert await find(store, "sourdough") == [first.id]


async def test_the_newest_come_first_and_older_ones_after(store: Store):
    """As many as are asked for, and then those before the last of them."""
    thread = await begin(store)
    posts = [await say(store, thread.id, "bread") for _ in range(5)]
    numbers = [post.id for post in reversed(posts)]

    assert await find(store, "bread", limit=2) == numbers[:2]
    assert await find(store, "bread", before=numbers[1], limit=9) == numbers[2:]


async def test_is_found_where_one_looks(store: Store):
    """On few boards of many, and on many of few; never on another."""
    here = await say(store, (await begin(store)).id, "bread")
    there = await say(store, (await begin(store, board=OTHER)).id, "bread")
    hidden = await say(store, (await begin(store, board=SECRET)).id, "bread")

    assert await find(store, "bread") == [here.id]
    assert await find(store, "bread", [GENERAL, OTHER], [SECRET]) == [there.id, here.id]
    assert await find(store, "bread", [SECRET], [GENERAL, OTHER]) == [hidden.id]
    everywhere = await find(store, "bread", [GENERAL, OTHER, SECRET], [])
    assert everywhere == [hidden.id, there.id, here.id]
    assert await find(store, "bread", [], [GENERAL, OTHER, SECRET]) == []


async def test_is_found_among_what_one_wrote(store: Store):
    """By whom, with words and without."""
    thread = await begin(store)
    anns = await say(store, thread.id, "tax bread", author="ann")
    bobs = await say(store, thread.id, "bread", author="bob")

    assert await find(store, "bread", author=ANN) == [anns.id]
    assert await find(store, "bread", author=BOB) == [bobs.id]
    assert await find(store, "by:ann", author=ANN) == [anns.id]
    assert await find(store, "tax", author=BOB) == []
    assert await find(store, "tax", [OTHER], author=ANN) == []


async def test_is_found_by_what_it_says_now(store: Store):
    """An edit takes the former words away."""
    thread = await begin(store, title="Sourdough")
    post = await say(store, thread.id, "bread")

    await store.write(lambda tx: tx.posts.edit(post.id, "butter"))

    assert await find(store, "bread") == []
    assert await find(store, "butter sourdough") == [post.id]


async def test_is_found_where_its_thread_is_now(store: Store):
    """A thread that is moved takes what it is found by along."""
    thread = await begin(store)
    post = await say(store, thread.id, "bread")

    await store.write(lambda tx: tx.entries.move(thread.id, OTHER))

    assert await find(store, "bread") == []
    assert await find(store, "bread", [OTHER], [GENERAL, SECRET]) == [post.id]


async def test_what_is_gone_is_not_found(store: Store):
    """Removed posts, removed and silent threads, and what somebody took along."""
    thread, silent = await begin(store), await begin(store, at=NOON - HOUR)
    removed, kept = [await say(store, thread.id, "bread") for _ in range(2)]
    await say(store, silent.id, "bread", at=NOON - HOUR)
    await say(store, thread.id, "bread", author="ann")

    await store.write(lambda tx: tx.posts.delete(removed.id))
    await store.write(lambda tx: tx.threads.remove_older(GENERAL, NOON))
    await store.write(lambda tx: tx.own.remove_posts(ANN))
    assert await find(store, "bread") == [kept.id]
    await store.write(lambda tx: tx.posts.edit(removed.id, "bread"))
    assert await find(store, "bread") == [kept.id]

    await store.write(lambda tx: tx.threads.remove(thread.id))
    assert await find(store, "bread") == []


async def test_nothing_of_a_post_is_left_in_the_index(sqlite: SqliteStore):
    """Neither in the entries nor in the tables that the index is made of."""
    thread = await begin(sqlite)
    await say(sqlite, thread.id, "bread and butter")
    async with sqlite.writer.connect() as connection:
        some = text("SELECT count(*) FROM entries_found WHERE entries_found MATCH :of")
        [[terms]] = await connection.execute(text("SELECT terms FROM entries"))
        [[before]] = await connection.execute(some, {"of": terms.split()[0]})

    await sqlite.write(lambda tx: tx.threads.remove(thread.id))

    async with sqlite.writer.connect() as connection:
        assert before == 1
        assert not (await connection.execute(text("SELECT * FROM entries"))).all()
        blocks = await connection.scalars(text("SELECT block FROM entries_found_data"))
        held = b"".join(blocks)
        # A term shares its beginning with the one before it: its end is looked for.
        assert not [one for one in terms.split() if one[2:].encode() in held]
        check = "INSERT INTO entries_found (entries_found) VALUES ('integrity-check')"
        await connection.execute(text(check))


async def test_what_somebody_types_breaks_nothing(store: Store):
    """Signs of the databases' own languages are words or nothing."""
    post = await say(store, (await begin(store)).id, "near or not and")

    for typed in ("near OR not", '"near OR" and', "NOT near", "near* ^and {x} (or)"):
        assert await find(store, typed) in ([post.id], [])
    assert await find(store, "%' OR 1=1 --") == []
