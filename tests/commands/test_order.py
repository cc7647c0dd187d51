"""Commands for how threads stand."""

import pytest

from bunniz_bbs.domain.errors import UsageUnclear
from tests.commands.giving import Giver


async def test_a_thread_moves_from_where_it_is_open_or_by_its_number(
    home, maple, mossy
):
    """The answer names the board as people know it."""
    here = await home.thread(maple, title="Rye")
    there = await home.thread(maple, "porch", title="Oats")

    slash = await Giver(home, mossy, thread=here.id).slash("/move porch fits better")
    verb = await Giver(home, mossy).verb(f"move {there.id} GENERAL fits better")

    assert slash.lines == ["Moved to Porch: Rye"]
    assert verb.lines == ["Moved to General: Oats"]
    assert verb.data == {"thread": there.id, "board": "general"}
    with pytest.raises(UsageUnclear):
        await Giver(home, mossy).verb(f"move {there.id} porch")


async def test_what_readers_see_of_it(home, maple, mossy):
    """That the team keeps a thread and why, and that it takes no replies."""
    thread = await home.thread(maple, title="Rye")
    giver = Giver(home, mossy)

    kept = await giver.verb(f"keep {thread.id} asked every week")
    closed = await Giver(home, maple, thread=thread.id).slash("/close-replies")
    read = await Giver(home, maple).verb(f"read general {thread.id}")

    assert kept.lines == ["It stays: Rye"]
    assert closed.lines == ["It takes no more replies: Rye"]
    assert read.lines[:2] == ["Rye", "The team keeps this: asked every week"]
    assert read.lines[-1] == "Whoever began this thread takes no more replies."
    assert read.data["closed"] is True
    assert read.data["kept_for"] == "asked every week"
    listed = await Giver(home, maple).verb("read general")
    assert listed.data[0]["closed"] is True

    opened = await Giver(home, maple).verb(f"open-replies {thread.id}")
    checked = await giver.verb(f"checked {thread.id}")
    unkept = await giver.verb(f"unkeep {thread.id} old")

    assert opened.lines == ["It takes replies again: Rye"]
    assert checked.lines == ["Checked today: Rye"]
    assert unkept.lines == ["It goes when its time is up: Rye"]
    read = await Giver(home, maple).verb(f"read general {thread.id}")
    assert read.data["checked_on"] == home.clock.now().date().isoformat()
