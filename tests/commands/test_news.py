"""What is new, and what one keeps, as commands tell it."""

import pytest

from bunniz_bbs.commands.registry import (
    LookAgain,
    ShowBookmarks,
    ShowFollowed,
    ShowNews,
)
from bunniz_bbs.domain.errors import UsageUnclear
from tests.commands.giving import Giver


async def test_what_is_new_stands_under_headings(home, maple, clover):
    """In the order in which it is gone through; as data each says its kind."""
    mine = await home.thread(maple, title="Mine")
    await home.services.posts.reply(clover, mine.id, "So it is.")
    home.clock.move(minutes=1)
    named = await home.thread(clover, title="Named")
    await home.services.posts.edit(clover, named.id, 1, "Ask @maple.")
    home.clock.move(minutes=1)
    other = await home.thread(clover, title="Other")

    reply = await Giver(home, maple).verb("new")

    assert reply.lines == [
        "To you",
        f"{named.id:>5}  clover names you - Named - 1 new - General - 1 min",
        "What you follow",
        f"{mine.id:>5}  Mine - 1 new - General - 2 min",
        "On the boards",
        f"{other.id:>5}  Other - 1 new - General - now",
    ]
    assert [(one["kind"], one["by"]) for one in reply.data] == [
        ("mention", "clover"),
        ("followed", None),
        ("new", None),
    ]
    assert reply.effect == ShowNews()


async def test_lists_open_their_pages(home, maple, clover):
    """And say so where they are empty."""
    giver = Giver(home, maple)
    empty = [await giver.slash(one) for one in ("/followed", "/bookmarks")]
    assert [one.effect for one in empty] == [ShowFollowed(), ShowBookmarks()]
    assert [one.data for one in empty] == [[], []]
    thread = await home.thread(clover, title="Rye", posts=2)
    done = [
        await giver.verb(text)
        for text in (f"follow {thread.id}", f"bookmark {thread.id} 2")
    ]
    assert [one.effect for one in done] == [LookAgain(), LookAgain()]
    followed = await giver.verb("followed")
    assert followed.lines == [f"{thread.id:>5}  Rye - General - now"]
    kept = await giver.verb("bookmarks")
    assert kept.lines == [f"{thread.id:>5}  Rye #2 - clover: Words 2."]
    await giver.verb(f"unfollow {thread.id}")
    await giver.verb(f"bookmark {thread.id} 2 --remove")
    assert not (await giver.verb("followed")).data
    assert not (await giver.verb("bookmarks")).data


async def test_much_counts_as_read_at_once(home, maple, clover):
    """A board, then all; the second time there is nothing left."""
    await home.thread(clover)
    await home.thread(clover, "porch")
    giver = Giver(home, maple)

    told = [
        (await giver.verb(one)).data["threads"]
        for one in ("read-all general", "read-all", "read-all")
    ]
    assert told == [1, 1, 0]


async def test_quiet_boards_are_listed(home, maple):
    """Without a name, those that are; with one, it becomes quiet."""
    giver = Giver(home, maple)
    assert (await giver.verb("quiet")).lines == ["No board is quiet for you."]
    await giver.verb("quiet GENERAL")
    assert (await giver.verb("quiet")).lines == ["general  General"]
    await giver.verb("unquiet general")
    assert (await giver.verb("quiet")).data == []


async def test_a_thread_is_meant_by_its_number_or_by_being_open(home, maple, clover):
    """Elsewhere it has to be named."""
    await home.thread(clover)
    with pytest.raises(UsageUnclear):
        await Giver(home, maple).slash("/follow")
