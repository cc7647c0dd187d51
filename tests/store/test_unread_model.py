"""Unread, as the store finds it, is what counting every post would find."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.store.ports import Store, Transaction
from tests.store.rows import ANN, GENERAL, LONG_AGO, NOON, begin, join

DAY = timedelta(days=1)
WRITERS = ("ann", "bob")

THREADS = st.integers(0, 2)
NUMBERS = st.integers(1, 12)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("post"), THREADS, st.sampled_from(WRITERS)),
        st.tuples(st.just("post"), THREADS, st.just("bob")),
        st.tuples(st.just("delete"), THREADS, NUMBERS),
        st.tuples(st.just("read"), THREADS, NUMBERS),
        st.tuples(st.just("day"), st.integers(0, 2), st.just(0)),
        st.tuples(st.just("back"), st.just(1), st.just(0)),
    ),
    max_size=40,
)


class Model:
    """The same house as a dictionary, counted post by post."""

    def __init__(self, threads: list[ThreadId]) -> None:
        self.threads = threads
        self.posts: list[dict[int, Post]] = [{} for _ in threads]
        self.marks = [0 for _ in threads]

    def unread(self, thread: int, floor) -> int:
        """Not read, not before the floor, not Ann's, not deleted."""
        return sum(
            number > self.marks[thread]
            and post.created_at.date() >= floor
            and post.author != ANN
            and not post.deleted
            for number, post in self.posts[thread].items()
        )


async def clear(store: Store) -> None:
    """Remove what an earlier history left."""

    async def work(tx: Transaction) -> None:
        for row in await tx.threads.on_board(GENERAL, ANN, LONG_AGO):
            await tx.threads.remove(row.thread.id)
        await tx.accounts.remove(ANN)

    await store.write(work)


async def live(store: Store, steps: list[tuple[str, int, object]]) -> Model:
    """Take the steps in the store and in a model of it."""
    await join(store, "Ann")
    threads = [await begin(store, title=f"t{number}") for number in range(3)]
    model = Model([thread.id for thread in threads])
    now = NOON

    async def work(tx: Transaction) -> None:
        nonlocal now
        for kind, which, what in steps:
            if kind == "day":
                now += which * DAY
            elif kind == "back":
                now -= DAY
            elif kind == "post":
                name = str(what)
                thread = threads[which].id
                post = await tx.posts.add(thread, name, name, "words", now)  # type: ignore[arg-type]
                model.posts[which][post.number] = post
            elif kind == "read":
                number = int(str(what))
                await tx.reads.advance(ANN, threads[which].id, number)
                model.marks[which] = max(model.marks[which], number)
            elif post := model.posts[which].get(int(str(what))):
                await tx.posts.delete(post.id)
                gone = await tx.posts.get(threads[which].id, post.number)
                assert gone is not None
                model.posts[which][post.number] = gone

    await store.write(work)
    return model


@settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS, days=st.integers(-2, 6))
async def test_unread_is_what_counting_finds(store: Store, steps, days: int):
    """For any history, any mark and any floor, on the board and in the unread list."""
    floor = (NOON + days * DAY).date()
    await clear(store)

    model = await live(store, steps)
    board = await store.read(lambda tx: tx.threads.on_board(GENERAL, ANN, floor))
    unread = await store.read(lambda tx: tx.threads.unread([GENERAL], ANN, floor))

    expected = {
        thread: model.unread(number, floor)
        for number, thread in enumerate(model.threads)
    }
    assert {row.thread.id: row.unread for row in board} == expected
    assert {row.thread.id: row.unread for row in unread} == {
        thread: count for thread, count in expected.items() if count
    }
    for row in board:
        written = model.posts[model.threads.index(row.thread.id)].values()
        assert row.followed == any(post.author == ANN for post in written)
