"""Many at once, on one node or on three: as if one came after the other."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from itertools import cycle
from typing import TypeVar

import pytest

from bunniz_bbs.domain.errors import KeyTaken, NameTaken, ThreadNotFound
from bunniz_bbs.domain.ids import AccountId, ThreadId
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import Role
from bunniz_bbs.store.ports import Store, Transaction
from tests.store.rows import (
    ANN,
    GENERAL,
    HOUR,
    NOON,
    a_code,
    a_key,
    an_account,
    begin,
    join,
    say,
)

T = TypeVar("T")
ROUNDS = 15


async def at_once(
    nodes: list[Store], times: int, work: Callable[[int], Callable[..., Awaitable[T]]]
) -> list[T | BaseException]:
    """What as many units of work return or raise, on all nodes in turn."""
    return await asyncio.gather(
        *(
            node.write(work(number))
            for number, node in zip(range(times), cycle(nodes), strict=False)
        ),
        return_exceptions=True,
    )


async def test_last_use_of_a_code_is_for_one(nodes: list[Store]):
    """Twenty redeem it: exactly one comes in."""
    await nodes[0].write(lambda tx: tx.invites.add(a_code(), Role.MEMBER, 1, None))

    given = await at_once(
        nodes, 20, lambda _: lambda tx: tx.invites.redeem(a_code(), NOON)
    )

    assert [one.role for one in given if one] == [Role.MEMBER]
    assert given.count(None) == 19


async def test_replies_are_numbered_without_gaps(nodes: list[Store]):
    """Twenty answer in one thread: each has a number of its own, from 1 to 20."""
    thread = await begin(nodes[0])

    posts = await at_once(
        nodes, 20, lambda _: lambda tx: tx.posts.add(thread.id, ANN, "Ann", "Hi", NOON)
    )

    assert sorted(post.number for post in posts) == list(range(1, 21))


async def test_a_shape_is_for_one(nodes: list[Store]):
    """Twelve take names that look the same: one has it, the others are told."""
    accounts = [replace(an_account("Ann"), id=AccountId(f"id{i}")) for i in range(12)]

    ended = await at_once(
        nodes, 12, lambda i: lambda tx: tx.accounts.add(accounts[i], "ann")
    )

    assert sorted(type(one).__name__ for one in ended) == ["NameTaken"] * 11 + [
        "NoneType"
    ]
    assert all(isinstance(one, NameTaken | None) for one in ended)
    assert len(await nodes[-1].read(lambda tx: tx.accounts.all())) == 1


async def test_a_key_is_for_one(nodes: list[Store]):
    """Twelve add one key to their accounts: it opens one of them."""
    names = [f"n{number}" for number in range(12)]
    await join(nodes[0], *names)

    ended = await at_once(
        nodes, 12, lambda i: lambda tx: tx.keys.add(a_key(), AccountId(names[i]))
    )

    assert sum(one is None for one in ended) == 1
    assert sum(isinstance(one, KeyTaken) for one in ended) == 11


async def test_log_is_numbered_without_gaps(nodes: list[Store]):
    """A number that is missing would look like an entry that was taken out."""
    ended = await at_once(
        nodes, 15, lambda _: lambda tx: tx.log.add(NOON, "M", Act.PIN, "t", None, "w")
    )

    assert sorted(entry.number for entry in ended) == list(range(1, 16))


async def test_two_that_wait_for_each_other_both_end(nodes: list[Store]):
    """Units that touch the same threads in opposite orders do not stop each other."""
    threads = [(await begin(nodes[0])).id for _ in range(2)]

    def work(number: int) -> Callable[[Transaction], Awaitable[None]]:
        async def both(tx: Transaction) -> None:
            for thread in threads if number % 2 else reversed(threads):
                await tx.posts.add(thread, ANN, "Ann", str(number), NOON)

        return both

    assert await at_once(nodes, 4, work) == [None] * 4
    for thread in threads:
        posts = await nodes[0].read(lambda tx, t=thread: tx.posts.in_thread(t))
        assert [post.number for post in posts] == [1, 2, 3, 4]


async def empties(tx: Transaction, thread: ThreadId) -> None:
    """Delete the first post, and the thread when nothing is left."""
    first = await tx.posts.get(thread, 1)
    assert first is not None
    await tx.posts.delete(first.id)
    if all(post.deleted for post in await tx.posts.in_thread(thread)):
        await tx.threads.remove(thread)


async def expires(tx: Transaction, thread: ThreadId) -> None:
    """Remove what has been silent."""
    await tx.threads.remove_older(GENERAL, NOON)


@pytest.mark.parametrize("removal", [empties, expires])
async def test_no_acknowledged_reply_goes_with_a_thread(nodes: list[Store], removal):
    """A thread that is answered while it is removed: the answer is refused or stays."""
    for _ in range(ROUNDS):
        thread = (await begin(nodes[0], at=NOON - HOUR, posts=1)).id

        _, said = await asyncio.gather(
            nodes[0].write(lambda tx, t=thread: removal(tx, t)),
            say(nodes[-1], thread, at=NOON),
            return_exceptions=True,
        )

        if isinstance(said, BaseException):
            assert isinstance(said, ThreadNotFound)
        else:
            found = await nodes[0].read(lambda tx, t=thread: tx.posts.get(t, 2))
            assert found == said


async def test_thread_goes_with_its_last_two_posts(nodes: list[Store]):
    """Both posts of a thread are deleted at once: no empty thread is left."""
    for _ in range(ROUNDS):
        thread = (await begin(nodes[0], posts=2)).id

        async def delete(tx: Transaction, number: int, thread=thread) -> None:
            post = await tx.posts.get(thread, number)
            assert post is not None
            await tx.posts.delete(post.id)
            if all(one.deleted for one in await tx.posts.in_thread(thread)):
                await tx.threads.remove(thread)

        await at_once(nodes[-2:], 2, lambda i: lambda tx: delete(tx, i + 1))

        assert await nodes[0].read(lambda tx, t=thread: tx.threads.get(t)) is None


async def test_nothing_leads_to_a_removed_account(nodes: list[Store]):
    """Somebody is removed while they write: what they wrote names no account."""
    for _ in range(ROUNDS):
        await join(nodes[0], "Ann")
        thread = (await begin(nodes[0])).id

        async def write(tx: Transaction, thread=thread) -> None:
            if await tx.accounts.get(ANN):
                await tx.posts.add(thread, ANN, "Ann", "Hi", NOON)

        await asyncio.gather(
            nodes[0].write(lambda tx: tx.accounts.remove(ANN)), nodes[-1].write(write)
        )

        posts = await nodes[0].read(lambda tx, t=thread: tx.posts.in_thread(t))
        assert all(post.author == "" for post in posts)
