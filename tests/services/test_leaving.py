"""Leaving for good: what goes, what stays, and that it is told everywhere."""

import asyncio

import pytest

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.bus.ports import HOUSE
from bunniz_bbs.domain.errors import (
    NameTaken,
    NotAllowed,
    NotConfirmed,
    OnlySysop,
    PersonNotFound,
)
from bunniz_bbs.domain.events import AccountRemoved, LinesGone, ThreadChanged
from bunniz_bbs.domain.own import Posts
from bunniz_bbs.domain.people import CONSOLE, NOBODY, Actor, Role
from bunniz_bbs.domain.rooms import conversation_of
from bunniz_bbs.services import Services
from bunniz_bbs.services.leaving import require_confirmed
from bunniz_bbs.services.node import HouseNode
from bunniz_bbs.services.voices import Voices
from bunniz_bbs.store.ports import Store
from bunniz_bbs.wiring import build
from tests.services.houses import a_house
from tests.services.living import PEPPER, Living, key_of
from tests.services.still import StillClock
from tests.store.conftest import database, nodes, path, server, sqlite, three

__all__ = ["database", "nodes", "path", "server", "sqlite", "three"]


class TestWhatGoes:
    @pytest.mark.parametrize("posts", Posts)
    async def test_nothing_leads_to_the_account_any_more(
        self, home: Living, mossy, clover, posts
    ):
        """Whatever was kept: no table has the id but the log, and none has the name."""
        maple = await home.person("maple")
        await home.thread(maple, posts=2)
        await home.services.threads.start(maple, "careful", "Waits", "Words.")
        await home.services.drafts.save(maple, "board:general", "T", "Half")
        await home.services.keys.recovery_codes(maple)
        await home.services.trust.vouch(maple, "clover")
        await home.services.moderation.mute(mossy, "maple", None, "Loud")
        await home.services.moderation.unmute(mossy, "maple", "Quiet")

        await home.services.leaving.leave(maple, posts)

        rows = await home.rows()
        log = rows.pop("moderation_log")
        assert maple.id in str(log)
        assert maple.id not in str(rows)
        assert "maple" not in f"{rows} {log}"
        assert await home.services.people.recognise(key_of("maple")) is None
        with pytest.raises(PersonNotFound):
            await home.services.trust.person(clover, "maple")

    async def test_the_name_stays_reserved(self, home: Living, maple):
        """So that nobody is taken for whoever left."""
        await home.services.leaving.leave(maple, Posts.KEEP)

        with pytest.raises(NameTaken):
            await home.person("Maple")

    async def test_posts_stay_with_no_name(self, home: Living, maple, clover):
        """The thread is whole for whoever answered."""
        thread = await home.thread(maple)
        await home.services.posts.reply(clover, thread.id, "Yes.")

        await home.services.leaving.leave(maple, Posts.KEEP)

        view = await home.services.threads.open(clover, thread.id)
        assert [(one.author, one.author_name) for one in view.posts] == [
            (NOBODY, ""),
            (clover.id, "clover"),
        ]
        assert view.posts[0].body == "First words."

    async def test_posts_go(self, home: Living, maple, clover):
        """Where others wrote, their words stay; else the thread goes."""
        alone = await home.thread(maple)
        shared = await home.thread(maple, title="Salt")
        await home.services.posts.reply(clover, shared.id, "Yes.")

        await home.services.leaving.leave(maple, Posts.REMOVE)

        rows = await home.services.threads.on_board(clover, "general")
        assert [row.thread.id for row in rows] == [shared.id]
        view = await home.services.threads.open(clover, shared.id)
        assert [one.deleted for one in view.posts] == [True, False]
        assert alone.id != shared.id

    async def test_lines_in_rooms_go_and_screens_are_told(
        self, home: Living, maple, clover
    ):
        """Also one that comes in late from another node."""
        await home.services.rooms.enter(maple, "lounge", "visit")
        line = await home.services.rooms.say(maple, "lounge", "Hello")
        await home.services.rooms.enter(clover, "lounge", "other")
        said = await home.services.rooms.say(clover, "lounge", "Hi")
        thread = await home.thread(maple)

        async with home.ear(maple) as ear:
            await home.services.leaving.leave(maple, Posts.KEEP)
            heard = await ear.taken()

        assert LinesGone(line.room, (line.id,)) in heard
        assert AccountRemoved(maple.id, left=True) in heard
        assert any(
            isinstance(one, ThreadChanged) and one.board == thread.board
            for one in heard
        )
        home.wired.held.take_line(line)
        assert list(home.wired.held.of(line.room).lines) == [said.id]

    async def test_a_guests_talk_with_the_team_goes(self, home: Living, mossy):
        """With what the team answered."""
        robin = await home.waiter("robin")
        stoop = conversation_of("stoop", robin.id)
        await home.services.rooms.enter(robin, "stoop", "visit")
        await home.services.rooms.say(robin, "stoop", "Hello?")
        await home.services.rooms.enter(mossy, stoop, "team")
        await home.services.rooms.say(mossy, stoop, "Welcome.")

        await home.services.leaving.leave(robin, Posts.REMOVE)

        assert not home.wired.held.of(stoop).lines


class TestWhoWasNotLetIn:
    async def test_may_ask_again_under_the_same_name(self, home: Living, mossy):
        """Nothing stands under it."""
        await home.waiter("robin")

        await home.services.team.decline(mossy, "robin", "Not now")

        assert await home.person("robin")

    async def test_leaves_a_name_that_stands_under_a_post(self, home: Living, mossy):
        """Nobody is taken for whoever wrote it."""
        robin = await home.waiter("robin")
        thread = await home.thread(robin, board="porch")

        await home.services.team.decline(mossy, "robin", "Not now")

        with pytest.raises(NameTaken):
            await home.person("robin")
        view = await home.services.threads.open(mossy, thread.id)
        assert view.posts[0].author_name == "robin"


class TestWho:
    async def test_the_only_sysop_makes_another_first(self, home: Living, sorrel):
        """And can leave then."""
        with pytest.raises(OnlySysop):
            await home.services.leaving.leave(sorrel, Posts.KEEP)
        await home.person("maple", Role.SYSOP)

        await home.services.leaving.leave(sorrel, Posts.KEEP)

        names = [one.name for one in await home.services.people.all(CONSOLE)]
        assert names == ["maple"]

    async def test_nobody_leaves_twice(self, home: Living, maple):
        """Nor does the console."""
        await home.services.leaving.leave(maple, Posts.KEEP)
        for actor in (maple, CONSOLE, Actor.passing()):
            with pytest.raises(NotAllowed):
                await home.services.leaving.leave(actor, Posts.KEEP)

    def test_it_is_confirmed_by_the_own_name(self):
        """However it is written, and nothing else."""
        fern = Actor("id", "Fern dew", Role.MEMBER)
        require_confirmed(fern, " fern Dew ")
        for typed in ("", "yes", "fern"):
            with pytest.raises(NotConfirmed):
                require_confirmed(fern, typed)


@pytest.fixture
def on(nodes: list[Store]) -> list[Services]:
    """Four ways in, spread over the nodes of a house."""
    house, clock = a_house(), StillClock()
    return [
        build(store, MemoryBus(), clock, house, PEPPER).services
        for store in (nodes * 4)[:4]
    ]


class TestAtOnce:
    async def test_of_two_sysops_who_leave_one_stays(self, on: list[Services]):
        """A house is never without one, on both databases."""
        sysops = [
            Actor.of(
                await on[0].people.add(CONSOLE, name, key_of(name), Role.SYSOP, "en")
            )
            for name in ("sorrel", "heather")
        ]

        answers = await asyncio.gather(
            *(
                services.leaving.leave(one, Posts.REMOVE)
                for services, one in zip(on, sysops, strict=False)
            ),
            return_exceptions=True,
        )

        assert sorted(map(str, map(type, answers))) == sorted(
            map(str, (type(None), OnlySysop))
        )
        assert len(await on[0].people.all(CONSOLE)) == 1

    async def test_a_post_that_is_sent_while_one_leaves_bears_no_name(
        self, on: list[Services]
    ):
        """It is there without a name, or it was refused."""
        for round_ in range(5):
            name = f"maple {round_}"
            actor = Actor.of(
                await on[0].people.add(CONSOLE, name, key_of(name), Role.MEMBER, "en")
            )
            thread = await on[0].threads.start(actor, "general", "Bread", "Words.")

            await asyncio.gather(
                on[0].posts.reply(actor, thread.id, "More."),
                on[1].leaving.leave(actor, Posts.KEEP),
                return_exceptions=True,
            )

            reader = Actor("reader", "reader", Role.SYSOP)
            view = await on[2].threads.open(reader, thread.id)
            assert {one.author_name for one in view.posts} == {""}


async def test_another_node_lets_lines_go_too(home: Living, maple):
    """By the event that it hears."""
    line = await say_hello(home, maple)
    other = build(home.store, MemoryBus(), home.clock, home.house, PEPPER)
    other.held.take_line(line)

    there = other.services
    voices = Voices(home.store, home.clock)
    node = HouseNode(there.bus, other.held, voices, there.describing, there.badges)
    node.take(HOUSE, AccountRemoved(maple.id, left=True))

    assert not other.held.of(line.room).lines


async def say_hello(home: Living, actor: Actor):
    """Say something in the lounge."""
    await home.services.rooms.enter(actor, "lounge", "visit")
    return await home.services.rooms.say(actor, "lounge", "Hello")
