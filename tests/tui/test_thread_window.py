"""What a page has of a thread is always a piece of it, with nothing left out."""

import random

import pytest

from bunniz_bbs.domain.people import Actor
from bunniz_bbs.store.ports import Transaction
from bunniz_bbs.store.tables import posts as posts_table
from bunniz_bbs.tui.thread_window import SHOWN, ThreadWindow
from tests.tui.house import TestHouse
from tests.tui.test_windows import POSTS, a_long_thread

HEIGHT = 30
WIDTH = 80


@pytest.mark.parametrize("seed", range(4))
async def test_a_window_equals_a_part_of_the_list(
    house: TestHouse, lune: Actor, rosa: Actor, seed: int
):
    """Wherever one goes, while posts are written and go, singly and in numbers."""
    chance = random.Random(seed)
    thread = await a_long_thread(house, rosa)
    window = ThreadWindow(house.session(lune), thread)
    store = house.services.threads._store

    async def left() -> list[int]:
        found = await store.read(lambda tx: tx.posts.in_thread(thread))
        return [post.number for post in found]

    async def lose(numbers: list[int]) -> None:
        async def work(tx: Transaction) -> None:
            gone = posts_table.c.number.in_(numbers) & (posts_table.c.thread == thread)
            await tx.posts.connection.execute(  # type: ignore[attr-defined]
                posts_table.delete().where(gone)
            )

        await store.write(work)

    await window.load(WIDTH, chance.choice([None, 1, POSTS // 2, POSTS, 9 * POSTS]))
    for _ in range(40):
        there = await left()
        match chance.randrange(7):
            case 0:
                await window.edge(WIDTH, chance.choice([-1, 1]))
            case 1:
                wanted = chance.choice(there)
                await window.around(WIDTH, wanted)
                assert window.has(wanted)
            case 2:
                await window.around(WIDTH, chance.randrange(1, POSTS + 9))
            case 3:
                house.clock.move(seconds=60)
                await house.reply(rosa, thread, "More.")
            case 4:
                begin = chance.randrange(len(there) - 8)
                await lose(there[begin : begin + chance.randrange(1, 8)])
                await window.load(WIDTH, None)
            case _:
                await window.more(WIDTH, chance.choice([-1, 1]), HEIGHT)
        view = window.view
        assert view is not None
        assert view.posts
        numbers = [post.number for post in view.posts]
        there = await left()
        between = [one for one in there if numbers[0] <= one <= numbers[-1]]
        assert numbers == between
        assert len(numbers) <= 3 * max(SHOWN, HEIGHT)
    while not window.view.begins:  # type: ignore[union-attr]
        assert await window.more(WIDTH, -1, HEIGHT)
    assert window.view.posts[0].number == (await left())[0]  # type: ignore[union-attr]
