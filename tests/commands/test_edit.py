"""Changing one's own post, and quoting, as verbs."""

import pytest

from bunniz_bbs.domain.errors import NotAllowed, TextEmpty, UsageUnclear
from tests.commands.giving import Giver


async def test_ones_own_post_is_changed(home, maple):
    """It says so; readers see that it was edited, and the former words are gone."""
    thread = await home.thread(maple)

    reply = await Giver(home, maple).verb(f"edit {thread.id}#1", "Other words.")

    assert reply.data == {"thread": thread.id, "post": 1}
    [post] = (await home.services.threads.open(maple, thread.id)).posts
    assert (post.body, post.edited) == ("Other words.", True)
    assert "First words." not in str(await home.rows())


async def test_anothers_is_not(home, maple, clover):
    """That is said before anything is read."""
    thread = await home.thread(clover)
    giver = Giver(home, maple)

    with pytest.raises(NotAllowed):
        await giver.verb(f"edit {thread.id}#1", "Other words.")
    with pytest.raises(UsageUnclear):
        await giver.verb("edit 1", "Other words.")

    assert giver.asked == 0


async def test_a_reply_quotes_a_post_by_its_number(home, maple, clover):
    """With its author, who may be called otherwise later; never a quote alone."""
    thread = await home.thread(clover)
    giver = Giver(home, maple)

    await giver.verb(f"reply {thread.id} --quote 1", "Mine.")
    await home.services.naming.rename(clover, "Heather")

    view = await home.services.threads.open(maple, thread.id)
    assert view.posts[1].body == "> @Heather #1:\n> First words.\n\nMine."
    with pytest.raises(TextEmpty):
        await giver.verb(f"reply {thread.id} --quote 1", " \n")
