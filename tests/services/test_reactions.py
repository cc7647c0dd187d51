"""What readers say to authors without a word."""

from dataclasses import replace

import pytest

from bunniz_bbs.domain.errors import NotAllowed, PostNotFound
from bunniz_bbs.domain.own import Posts
from bunniz_bbs.domain.reactions import Kindness, Reaction

HEARD, THANKS = Reaction


async def seen(home, actor, thread, number: int = 1) -> Kindness | None:
    view = await home.services.threads.open(actor, thread.id)
    return view.kindness.get(number)


async def test_the_author_sees_how_many_and_nobody_else_does(
    home, maple, clover, mossy
):
    """Not who; whoever said it sees their own, others nothing, the team neither."""
    thread = await home.thread(maple)
    turn, robin = home.services.reactions.turn, await home.person("robin")
    async with home.ear(maple) as ear:
        for one, said in ((clover, HEARD), (clover, THANKS), (robin, HEARD)):
            assert await turn(one, thread.id, 1, said)
        assert await ear.taken() == []

    assert await seen(home, maple, thread) == Kindness(heard=2, thanks=1)
    assert await seen(home, clover, thread) == Kindness(frozenset({HEARD, THANKS}))
    assert await seen(home, robin, thread) == Kindness(frozenset({HEARD}))
    assert await seen(home, mossy, thread) is None
    passer = await home.services.people.passing(None)
    porch = await home.thread(maple, "porch")
    assert await seen(home, passer, porch) is None


async def test_again_takes_it_back(home, maple, clover):
    """And nothing of it is left."""
    thread = await home.thread(maple)
    turn = home.services.reactions.turn
    assert await turn(clover, thread.id, 1, HEARD)
    assert not await turn(clover, thread.id, 1, HEARD)

    assert await seen(home, maple, thread) is None
    assert (await home.rows())["reactions"] == []


async def test_one_says_it_to_others_about_what_is_there(home, maple, clover):
    """Not to oneself, nor about a post that is gone, nor where nobody says so."""
    thread = await home.thread(maple, posts=2)
    turn = home.services.reactions.turn
    with pytest.raises(NotAllowed):
        await turn(maple, thread.id, 1, HEARD)
    await home.services.posts.delete(maple, thread.id, 2)
    for number in (2, 3, -1):
        with pytest.raises(PostNotFound):
            await turn(clover, thread.id, number, HEARD)
    boards = home.house.boards
    boards["general"] = replace(boards["general"], reactions=(THANKS,))
    with pytest.raises(NotAllowed):
        await turn(clover, thread.id, 1, HEARD)


@pytest.mark.parametrize("how", ["post", "thread", "account", "author"])
async def test_it_goes_with_what_it_was_about_and_whose_it_was(
    home, maple, clover, how
):
    """With the post, the thread, and either account."""
    thread = await home.thread(maple, posts=2)
    await home.services.reactions.turn(clover, thread.id, 2, HEARD)
    if how == "post":
        await home.services.posts.delete(maple, thread.id, 2)
    elif how == "thread":
        await home.store.write(lambda tx: tx.threads.remove(thread.id))
    else:
        gone = clover if how == "account" else maple
        await home.services.leaving.leave(gone, Posts.REMOVE)

    assert (await home.rows())["reactions"] == []
