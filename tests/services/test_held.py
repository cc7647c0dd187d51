"""One's own posts that wait for the team."""

import pytest

from bunniz_bbs.bus.ports import TEAM
from bunniz_bbs.domain.errors import NotHere, NothingKept
from bunniz_bbs.domain.events import TeamStirred
from bunniz_bbs.domain.team import HeldPost


async def sent(home, actor, title: str = "Bread") -> HeldPost:
    """A post on a board where the team reads all of them first."""
    home.clock.move(minutes=1)
    return await home.services.threads.start(actor, "careful", title, "How, @maple?")


async def test_an_author_sees_their_own(home, maple, clover):
    """The oldest first, with names in place; of others' they see nothing."""
    first, second = await sent(home, maple), await sent(home, maple, "Salt")
    await sent(home, clover, "Yeast")

    own = await home.services.held.own(maple)

    assert [(one.id, one.title) for one in own] == [
        (first.id, "Bread"),
        (second.id, "Salt"),
    ]
    assert own[0].body == "How, @maple?"


async def test_what_is_taken_back_is_read_by_nobody(home, maple, mossy):
    """The team is told that its list is another one, and no word is left."""
    held = await sent(home, maple)
    async with home.bus.subscribe([TEAM]) as heard:
        await home.services.held.withdraw(maple, held.id)
        assert await heard.next() == TeamStirred()

    assert await home.services.held.own(maple) == []
    assert (await home.services.team.queue(mossy)).held == ()
    assert "How," not in str(await home.rows())
    assert await home.services.moderation.log(mossy) == []


async def test_what_is_not_ones_own_or_was_decided_stays(home, maple, clover, mossy):
    """The two are answered alike: nobody learns which numbers wait."""
    theirs, own = await sent(home, clover), await sent(home, maple)
    await home.services.team.publish(mossy, own.id)

    for number in (theirs.id, own.id, 10**9, -1):
        with pytest.raises(NotHere):
            await home.services.held.withdraw(maple, number)

    assert len((await home.services.team.queue(mossy)).held) == 1


async def test_without_an_account_nothing_is_known_as_ones_own(home, maple):
    """Also not what was sent in this very visit."""
    passer = await home.services.people.passing(None)
    theirs = await sent(home, maple)

    assert await home.services.held.own(passer) == ()
    with pytest.raises(NothingKept):
        await home.services.held.withdraw(passer, theirs.id)
