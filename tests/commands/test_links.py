"""The links of a post, from any front."""

import pytest

from bunniz_bbs.domain.errors import PostNotFound, ThreadNotFound, UsageUnclear
from tests.commands.giving import Giver

BODY = "[bank](https://evil.be/x) and https://b\u0430nk.be"


async def test_each_with_its_host_after_a_warning(home, maple, clover):
    """The address stands alone on its line; foreign letters are told of."""
    thread = await home.thread(clover)
    await home.services.posts.reply(clover, thread.id, BODY)
    giver = Giver(home, maple)

    reply = await giver.verb(f"links {thread.id}#2")

    assert reply.lines[0].startswith("Nothing of a link is fetched here.")
    assert reply.lines[1:] == [
        "1. evil.be",
        "https://evil.be/x",
        "2. xn--bnk-6cd.be",
        "It shows as b\u0430nk.be, in letters that can pass for others.",
        "https://xn--bnk-6cd.be",
    ]
    assert reply.data[0] == {
        "host": "evil.be",
        "address": "https://evil.be/x",
        "text": "bank",
    }
    giver.thread = thread.id
    assert (await giver.slash("/links 2")).lines == reply.lines
    assert (await giver.slash(f"/links {thread.id}#2")).lines == reply.lines


async def test_where_the_house_does_not_warn(home, maple, clover):
    """The addresses alone."""
    thread = await home.thread(clover)
    await home.services.posts.reply(clover, thread.id, "https://a.be")
    home.services.house.warns_of_links = False

    reply = await Giver(home, maple).verb(f"links {thread.id}#2")

    assert reply.lines == ["1. a.be", "https://a.be"]


async def test_a_post_without_any(home, maple, clover):
    """Says so; as data it is an empty list."""
    thread = await home.thread(clover)

    reply = await Giver(home, maple).verb(f"links {thread.id}#1")

    assert (reply.lines, reply.data) == (["There is no link in this post."], [])


async def test_what_is_not_there_is_refused(home, maple, clover):
    """Removed posts have none, and threads that one may not read are not there."""
    thread = await home.thread(clover, posts=2)
    await home.services.posts.delete(clover, thread.id, 2)
    giver = Giver(home, maple)

    for line, refusal in (
        (f"links {thread.id}#2", PostNotFound),
        (f"links {thread.id}#9", PostNotFound),
        ("links 99#1", ThreadNotFound),
        ("links 1", UsageUnclear),
        ("links", UsageUnclear),
    ):
        with pytest.raises(refusal):
            await giver.verb(line)
