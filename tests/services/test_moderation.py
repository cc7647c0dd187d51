import asyncio
from datetime import timedelta

import pytest

from bunniz_bbs.bus.ports import person_topic
from bunniz_bbs.domain.errors import (
    AlreadyDone,
    Banned,
    Muted,
    NotAllowed,
    Outranked,
    PersonNotFound,
    ReasonMissing,
    StoreDown,
    TextTooLong,
)
from bunniz_bbs.domain.events import (
    BanSet,
    Kicked,
    MuteLifted,
    MuteSet,
)
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import Role
from tests.services.living import key_of

HOUR = timedelta(hours=1)


@pytest.fixture
def act(home, maple, mossy):
    """An act of a moderator on a member, by its name."""
    on = home.services.moderation
    acts = {
        "kick": lambda name, why: on.kick(mossy, name, why),
        "mute": lambda name, why: on.mute(mossy, name, HOUR, why),
        "unmute": lambda name, why: on.unmute(mossy, name, why),
        "ban": lambda name, why: on.ban(mossy, name, HOUR, why),
        "unban": lambda name, why: on.unban(mossy, name, why),
    }

    async def do(what: str, name: str = "maple", why: str = "Too loud"):
        return await acts[what](name, why)

    return do


async def log(home, mossy):
    return [
        (one.act.value, one.moderator, one.target, one.reason)
        for one in await home.services.moderation.log(mossy)
    ]


class TestActsOnPeople:
    @pytest.mark.parametrize("what", ["kick", "mute", "ban"])
    async def test_the_person_is_told_and_it_is_noted(
        self, home, act, maple, mossy, what
    ):
        """By one event with the reason, and one entry in the log."""
        end = home.clock.now() + HOUR
        events = {
            "kick": Kicked(maple.id, "Too loud"),
            "mute": MuteSet(maple.id, "Too loud", end),
            "ban": BanSet(maple.id, "Too loud", end),
        }

        async with home.ear(maple) as ear:
            account = await act(what)
            assert await ear.taken() == [events[what]]

        assert account.id == maple.id
        assert await log(home, mossy) == [(what, "mossy", "maple", "Too loud")]

    async def test_lifting_a_mute_is_told(self, home, act, maple, mossy):
        """So that the person knows that they can write."""
        await act("mute")

        async with home.ear(maple) as ear:
            await act("unmute", why="Talked")
            assert await ear.taken() == [MuteLifted(maple.id)]

        assert (await log(home, mossy))[0] == ("unmute", "mossy", "maple", "Talked")

    @pytest.mark.parametrize("what", ["unmute", "unban"])
    async def test_what_does_not_hold_cannot_be_lifted(self, home, act, mossy, what):
        """Neither one that never was nor one whose time is up; nothing is noted."""
        with pytest.raises(AlreadyDone):
            await act(what)
        await act(what.removeprefix("un"))
        home.clock.move(hours=1)

        with pytest.raises(AlreadyDone):
            await act(what)

        assert len(await log(home, mossy)) == 1

    @pytest.mark.parametrize("what", ["kick", "mute", "unmute", "ban", "unban"])
    @pytest.mark.parametrize(
        ("name", "why", "refusal"),
        [
            ("maple", "", ReasonMissing),
            ("maple", " \n ", ReasonMissing),
            ("maple", "x" * 301, TextTooLong),
            ("juniper", "Why", PersonNotFound),
            ("", "Why", PersonNotFound),
            ("mossy", "Why", Outranked),
            ("alder", "Why", Outranked),
        ],
    )
    async def test_what_is_refused_leaves_no_trace(
        self, home, act, maple, mossy, what, name, why, refusal
    ):
        """Nothing changes, nobody is told and nothing is noted."""
        alder = await home.person("alder", Role.SYSOP)
        before = await home.everything()

        async with home.ear(maple, mossy, alder) as ear:
            with pytest.raises(refusal):
                await act(what, name, why)
            assert await ear.taken() == []

        assert await home.everything() == before

    @pytest.mark.parametrize("name", ["@maple", "MAPLE", "Máple", "ma.ple"])
    async def test_a_name_is_found_by_its_looks(self, act, maple, name):
        """A moderator need not copy every accent."""
        assert (await act("kick", name)).id == maple.id

    async def test_nothing_is_told_of_what_could_not_be_kept(self, home, act, maple):
        """A ban that is not on disk ends nobody's visit."""
        async with home.ear(maple) as ear:
            await home.store.close()
            for what in ("kick", "mute", "ban"):
                with pytest.raises(StoreDown):
                    await act(what)
            assert await ear.taken() == []

    @pytest.mark.parametrize("what", ["kick", "mute", "ban"])
    async def test_is_told_though_the_moderator_went_away(self, home, act, maple, what):
        """What is committed reaches the person, whoever's connection drops."""
        async with home.ear(maple) as ear:
            acting = asyncio.create_task(act(what))
            await asyncio.sleep(0)
            acting.cancel()

            event = await ear.next()

        assert event is not None
        assert len((await home.rows())["moderation_log"]) == 1

    async def test_words_are_cleaned(self, home, act, mossy):
        """A reason is one line, without anything that steers a terminal."""
        await act("kick", why="Too\x1b[2J\nloud\u202e")

        assert (await log(home, mossy))[0][3] == "Too[2J loud"


class TestMute:
    async def test_holds_everywhere_until_its_end(self, home, act, maple):
        """In rooms and on boards; then it is over by itself."""
        await home.services.rooms.enter(maple, "lounge", "visit")
        await act("mute")

        with pytest.raises(Muted):
            await home.services.rooms.say(maple, "lounge", "Hello")
        with pytest.raises(Muted):
            await home.thread(maple)
        home.clock.move(hours=1)

        assert await home.services.rooms.say(maple, "lounge", "Hello")
        assert await home.thread(maple)

    async def test_holds_after_a_restart(self, home, act, maple):
        """Also for somebody who speaks in a room without having come in."""
        await act("mute")
        await home.reopen()

        with pytest.raises(Muted):
            await home.services.rooms.say(maple, "lounge", "Hello")

    async def test_holds_for_whoever_left_all_rooms(self, home, act, maple):
        """Going out and speaking from outside is no way round it."""
        await home.services.rooms.enter(maple, "lounge", "visit")
        await act("mute")
        await home.services.rooms.leave(maple, "lounge", "visit")

        with pytest.raises(Muted):
            await home.services.rooms.say(maple, "lounge", "Hello")

    async def test_a_second_one_replaces_the_first(self, home, act, maple, mossy):
        """The newer reason and end hold."""
        await act("mute")
        await home.services.moderation.mute(mossy, "maple", None, "Again")

        with pytest.raises(Muted) as muted:
            await home.services.rooms.say(maple, "lounge", "Hello")

        assert muted.value == Muted("Again", None)


class TestBan:
    async def test_holds_after_a_restart(self, home, act, maple):
        """The key opens nothing until the ban ends."""
        await act("ban")
        await home.reopen()

        with pytest.raises(Banned):
            await home.services.people.recognise(key_of("maple"))
        home.clock.move(hours=1)

        assert await home.services.people.recognise(key_of("maple"))

    async def test_silences_a_visit_that_is_still_open(self, home, act, maple):
        """Until it has ended, nothing can be said, posted or entered."""
        await home.services.rooms.enter(maple, "lounge", "visit")
        await act("ban")

        with pytest.raises(Banned):
            await home.services.rooms.say(maple, "lounge", "Hello")
        with pytest.raises(Banned):
            await home.services.rooms.enter(maple, "lounge", "other visit")
        with pytest.raises(Banned):
            await home.thread(maple)

    async def test_lifted_it_is_over_at_once(self, home, act, maple):
        """The door is open again, in rooms too."""
        await act("ban")
        await act("unban")

        assert await home.services.people.recognise(key_of("maple"))
        assert await home.services.rooms.enter(maple, "lounge", "visit")


class TestLog:
    async def test_newest_first_with_the_end_of_what_ends(self, home, act, mossy):
        """Each entry under its own number."""
        await act("kick")
        await act("mute")

        entries = await home.services.moderation.log(mossy)

        assert [one.act for one in entries] == [Act.MUTE, Act.KICK]
        assert entries[0].number > entries[1].number
        assert entries[0].until == home.clock.now() + HOUR
        assert entries[1].until is None

    async def test_is_not_for_members(self, home, act, maple):
        """The team alone reads what the team does."""
        await act("kick")

        with pytest.raises(NotAllowed):
            await home.services.moderation.log(maple)


async def test_acts_reach_the_person_in_their_order(home, act, maple, mossy):
    """What happened last is heard last."""
    async with home.bus.subscribe([person_topic(maple.id)]) as heard:
        for what in ("mute", "kick", "ban"):
            await act(what)

        events = [type(await heard.next()) for _ in range(3)]

    assert events == [MuteSet, Kicked, BanSet]
    assert [one[0] for one in await log(home, mossy)] == ["ban", "kick", "mute"]
