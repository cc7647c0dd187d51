"""Unread, as the store finds it, is what counting every post would find."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bunniz_bbs.domain.threads import Post
from bunniz_bbs.store.ports import Store, Transaction
from bunniz_bbs.store.sqlite import open_sqlite
from tests.store.conftest import KEY
from tests.store.rows import ANN, GENERAL, NOON, begin, join

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

    def __init__(self, count: int) -> None:
        self.posts: list[dict[int, Post]] = [{} for _ in range(count)]
        self.marks = [0] * count

    def unread(self, thread: int, floor) -> int:
        """Not read, not before the floor, not Ann's, not deleted."""
        return sum(
            number > self.marks[thread]
            and post.created_at.date() >= floor
            and post.author != ANN
            and not post.deleted
            for number, post in self.posts[thread].items()
        )


async def live(store: Store, steps: list[tuple[str, int, object]]) -> Model:
    """Take the steps in the store and in a model of it."""
    await join(store, "Ann")
    threads = [await begin(store, title=f"t{number}") for number in range(3)]
    model = Model(len(threads))
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


@settings(max_examples=50, deadline=None)
@given(steps=STEPS, days=st.integers(-2, 6))
async def test_unread_is_what_counting_finds(steps, days: int):
    """For any history, any mark and any floor, on the board and in the unread list."""
    floor = (NOON + days * DAY).date()
    with tempfile.TemporaryDirectory() as folder:
        store = await open_sqlite(Path(folder) / "house.db", KEY)
        try:
            model = await live(store, steps)
            board = await store.read(
                lambda tx: tx.threads.on_board(GENERAL, ANN, floor)
            )
            unread = await store.read(
                lambda tx: tx.threads.unread([GENERAL], ANN, floor)
            )
        finally:
            await store.close()

    expected = {
        number + 1: model.unread(number, floor) for number in range(len(model.posts))
    }
    assert {row.thread.id: row.unread for row in board} == expected
    assert {row.thread.id: row.unread for row in unread} == {
        thread: count for thread, count in expected.items() if count
    }
    for row in board:
        written = model.posts[row.thread.id - 1].values()
        assert row.mine == any(post.author == ANN for post in written)
