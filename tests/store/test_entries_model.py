"""Whatever happens to posts, what is found is what a look at each would find."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bunniz_bbs.domain.ids import PostId, ThreadId
from bunniz_bbs.domain.search import parse
from bunniz_bbs.services.snippets import has
from bunniz_bbs.store.ports import Store, Transaction
from bunniz_bbs.store.sqlite import SqliteStore
from tests.store.rows import ANN, BOB, GENERAL, NOON, OTHER

WORDS = ("bread", "breads", "of", "the", "impôts", "klanten", "Häuser")
SOUGHT = ("bread", "impot", "klant haus", '"of the"', '"the bread of"', "of the")

BODIES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), st.sampled_from((GENERAL, OTHER)), BODIES),
        st.tuples(st.just("post"), st.integers(0, 3), BODIES),
        st.tuples(st.just("edit"), st.integers(0, 9), BODIES),
        st.tuples(st.just("delete"), st.integers(0, 9), st.just("")),
        st.tuples(st.just("move"), st.integers(0, 3), st.just("")),
        st.tuples(st.just("remove"), st.integers(0, 3), st.just("")),
        st.tuples(st.just("leave"), st.sampled_from((ANN, BOB)), st.booleans()),
    ),
    max_size=25,
)


async def live(tx: Transaction, steps: list) -> tuple[list[ThreadId], list[PostId]]:
    """Take the steps; all threads and posts that there ever were."""
    threads: list[ThreadId] = []
    posts: list[PostId] = []
    for count, (kind, what, more) in enumerate(steps):
        author = (ANN, BOB)[count % 2]
        if kind == "begin":
            begun = await tx.threads.add(what, str(more), author, author, NOON)
            threads.append(begun.id)
        elif kind == "leave" and more:
            await tx.own.remove_posts(what)
        elif kind == "leave":
            await tx.own.unname(what)
        elif kind in ("edit", "delete") and posts:
            post = posts[what % len(posts)]
            await (tx.posts.edit(post, more) if kind == "edit" else _gone(tx, post))
        elif kind in ("post", "move", "remove") and threads:
            thread = threads[what % len(threads)]
            there = await tx.threads.get(thread)
            if kind == "post" and there:
                post = await tx.posts.add(thread, author, author, more, NOON)
                posts.append(post.id)
            elif kind == "move" and there:
                other = OTHER if there.board == GENERAL else GENERAL
                await tx.threads.move(thread, other)
            elif kind == "remove":
                await tx.threads.remove(thread)
    return threads, posts


async def _gone(tx: Transaction, post: PostId) -> None:
    await tx.posts.delete(post)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
async def test_finds_what_a_look_at_each_post_finds(store: Store, steps: list):
    """For any history, on either board, by words and phrases, by whom, in parts."""
    made = await store.write(lambda tx: live(tx, steps))

    async def compare(tx: Transaction) -> None:
        posts = {one.id: one for one in await tx.posts.some(made[1])}
        threads = {one.id: one for one in await tx.threads.some(made[0])}
        for typed in SOUGHT:
            sought = parse(typed)
            fits = {
                one.id
                for one in posts.values()
                if not one.deleted
                and has(
                    sought,
                    [threads[one.thread].title if one.number == 1 else "", one.body],
                )
            }
            for board, others in ((GENERAL, [OTHER]), (OTHER, [GENERAL])):
                here = {
                    one for one in fits if threads[posts[one].thread].board == board
                }
                found = await tx.entries.find(sought, [board], others)
                assert list(found) == sorted(here, reverse=True)
                anns = await tx.entries.find(sought, [board], others, ANN)
                assert set(anns) == {one for one in here if posts[one].author == ANN}
            both = [GENERAL, OTHER]
            first = await tx.entries.find(sought, both, [], limit=2)
            rest = (
                await tx.entries.find(sought, both, [], before=first[-1])
                if first
                else []
            )
            assert [*first, *rest] == sorted(fits, reverse=True)

    await store.read(compare)
    await store.write(lambda tx: _clear(tx, made[0]))


async def _clear(tx: Transaction, threads: list[ThreadId]) -> None:
    for thread in threads:
        await tx.threads.remove(thread)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
async def test_the_index_agrees_with_its_entries(sqlite: SqliteStore, steps: list):
    """SQLite finds no fault in it, and where nothing is left, it holds nothing."""
    made = await sqlite.write(lambda tx: live(tx, steps))
    check = (
        "INSERT INTO entries_found (entries_found, rank) VALUES ('integrity-check', 1)"
    )
    async with sqlite.writer.begin() as connection:
        await connection.execute(text(check))

    await sqlite.write(lambda tx: _clear(tx, made[0]))

    async with sqlite.writer.begin() as connection:
        await connection.execute(text(check))
        assert not (await connection.execute(text("SELECT * FROM entries"))).all()
