from datetime import timedelta

import pytest

from bunniz_bbs.commands.moderation import ACTS
from bunniz_bbs.commands.registry import ShowLog
from bunniz_bbs.domain.errors import (
    Banned,
    Muted,
    NotAllowed,
    PersonNotFound,
    PostNotFound,
    ThreadNotFound,
    UsageUnclear,
)
from bunniz_bbs.domain.ids import CodeDigest, RoomSlug
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import Role
from tests.commands.giving import Giver
from tests.services.living import key_of

LOUNGE = RoomSlug("lounge")


@pytest.fixture
def giver(home, mossy) -> Giver:
    """A moderator's visit, in the lounge."""
    return Giver(home, mossy, room=LOUNGE)


class TestActsOnPeople:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("kick maple loud", "maple was sent out."),
            ("mute maple 10m loud", "maple is muted for 10 minutes."),
            ("mute maple loud", "maple is muted until a moderator lifts it."),
            ("ban maple 7d loud", "maple is banned for 7 days."),
            ("ban maple off the rails", "maple is banned until a moderator lifts it."),
        ],
    )
    async def test_answer_in_a_sentence(self, giver, maple, text, said):
        """As a slash command and as a verb."""
        for reply in (await giver.slash(f"/{text}"), await giver.verb(text)):
            assert reply.lines == [said]
            assert reply.data == {"name": "maple"}

    async def test_lift_what_they_began(self, home, giver, maple):
        """Mute and ban."""
        await giver.slash("/mute maple loud")
        await giver.slash("/ban maple loud")

        mute = await giver.slash("/unmute maple talked")
        ban = await giver.slash("/unban maple talked")

        assert mute.lines == ["maple can write again."]
        assert ban.lines == ["maple can come in again."]
        assert await home.thread(maple)

    async def test_hold_for_the_time_that_was_said(self, home, giver, maple):
        """And no longer."""
        await giver.slash("/mute maple 10m loud")
        with pytest.raises(Muted) as muted:
            await home.thread(maple)
        await giver.slash("/ban maple 1h loud")
        with pytest.raises(Banned) as banned:
            await home.services.people.recognise(key_of("maple"))

        now = home.clock.now()
        assert muted.value == Muted("loud", now + timedelta(minutes=10))
        assert banned.value == Banned("loud", now + timedelta(hours=1))

    @pytest.mark.parametrize("how", ["slash", "verb"])
    @pytest.mark.parametrize(
        "text", ["ban maple --invites 7d spam", "ban maple 7d spam --invites"]
    )
    async def test_a_ban_can_reach_the_codes_that_were_given(
        self, home, giver, clover, how, text
    ):
        """And the moderator is told who came through them."""
        maple = await home.person("maple", Role.TRUSTED)
        today = home.clock.now().date()

        async def invite(tx):
            await tx.invites.add(
                CodeDigest(b"c" * 32), Role.MEMBER, 1, None, inviter=maple.id
            )
            await tx.invited.add(clover.id, maple.id, today)

        await home.store.write(invite)

        reply = await getattr(giver, how)(text)

        assert reply.lines == [
            "maple is banned for 7 days.",
            "The invite codes that they gave can be used no more.",
            "Through their codes came, in the last 90 days: clover",
        ]
        assert reply.data == {"name": "maple", "invited": ["clover"]}
        assert not (await home.rows())["invites"]
        with pytest.raises(Banned) as ban:
            await home.services.people.recognise(key_of("maple"))
        assert ban.value.reason == "spam"

    async def test_a_ban_leaves_codes_alone_unless_that_is_said(self, home, giver):
        """The word within a reason is part of the reason."""
        maple = await home.person("maple", Role.TRUSTED)
        digest = CodeDigest(b"c" * 32)
        await home.store.write(
            lambda tx: tx.invites.add(digest, Role.MEMBER, 1, None, inviter=maple.id)
        )

        await giver.slash("/ban maple gave out --invites-of-old")

        assert (await home.rows())["invites"]

    @pytest.mark.parametrize("how", ["slash", "verb"])
    async def test_a_name_with_a_space_is_one_name(self, home, giver, how):
        """As the house itself suggests them; a shorter name is not meant."""
        await home.person("fern")
        await home.person("fern dew")

        mute = await getattr(giver, how)("/mute Fern dew 10m too loud".lstrip("/"))
        kick = await getattr(giver, how)("kick fern too loud")

        assert mute.lines == ["fern dew is muted for 10 minutes."]
        assert kick.lines == ["fern was sent out."]
        entries = await home.services.moderation.log(giver.actor)
        assert [one.reason for one in entries] == ["too loud", "too loud"]

    async def test_a_name_is_no_reason(self, home, giver):
        """Where the name takes all words, the reason is missing."""
        await home.person("fern dew")

        with pytest.raises(UsageUnclear) as unclear:
            await giver.slash("/kick fern dew")

        assert unclear.value.usage == "/kick NAME REASON"

    @pytest.mark.parametrize("what", ["kick", "mute", "unmute", "ban", "unban"])
    async def test_need_a_name_and_a_reason(self, giver, maple, what):
        """The way it goes is said; nobody else is found instead."""
        for text in (f"/{what}", f"/{what} maple"):
            with pytest.raises(UsageUnclear):
                await giver.slash(text)
        with pytest.raises(PersonNotFound) as refusal:
            await giver.slash(f"/{what} juniper loud")

        assert refusal.value.name == "juniper"

    @pytest.mark.parametrize("what", ["kick", "mute", "unmute", "ban", "unban"])
    async def test_members_are_refused(self, home, maple, clover, what):
        """Before anybody is looked for."""
        for name in ("clover", "juniper"):
            with pytest.raises(NotAllowed):
                await Giver(home, maple).slash(f"/{what} {name} loud")


class TestDelete:
    async def test_in_a_room_the_last_line_of_somebody(self, home, giver):
        """Whose name may have a space."""
        fern = await home.person("fern dew")
        for text in ("one", "two"):
            await home.services.rooms.say(fern, "lounge", text)

        reply = await giver.slash("/delete fern dew names a client")

        assert reply.lines == ["Removed the last line of fern dew."]
        left = home.wired.held.of(LOUNGE).lines.values()
        assert [line.text for line in left] == ["one"]

    @pytest.mark.parametrize("number", ["2", "#2"])
    async def test_in_a_thread_a_post_by_its_number(self, home, mossy, maple, number):
        """With or without its sign."""
        thread = await home.thread(maple, posts=2)
        giver = Giver(home, mossy, thread=thread.id)

        reply = await giver.slash(f"/delete {number} names a client")

        assert reply.lines == ["Removed post #2."]
        assert (await home.services.threads.open(maple, thread.id)).posts[1].deleted

    async def test_as_a_verb_with_thread_and_number(self, home, mossy, maple):
        """`12#2`, as the log names it."""
        thread = await home.thread(maple, posts=2)

        await Giver(home, mossy).verb(f"delete {thread.id}#2 names a client")

        assert (await home.services.threads.open(maple, thread.id)).posts[1].deleted

    async def test_what_makes_no_sense_is_refused(self, home, mossy, maple):
        """With the way it goes."""
        thread = await home.thread(maple)
        giver = Giver(home, mossy, thread=thread.id)

        with pytest.raises(UsageUnclear) as unclear:
            await giver.slash("/delete maple names a client")
        with pytest.raises(UsageUnclear):
            await giver.verb(f"delete {thread.id} names a client")
        with pytest.raises(PostNotFound):
            await Giver(home, mossy).slash("/delete 1 names a client")

        assert unclear.value.usage == "/delete TARGET REASON"


class TestPinAndLock:
    @pytest.mark.parametrize(
        ("what", "said"),
        [
            ("pin", "Pinned: Rye"),
            ("unpin", "Unpinned: Rye"),
            ("lock", "Locked: Rye"),
            ("unlock", "Unlocked: Rye"),
        ],
    )
    async def test_the_open_thread_or_any(self, home, mossy, maple, what, said):
        """By slash command the one in front, by verb the one that is named."""
        here = await home.thread(maple, title="Rye")
        there = await home.thread(maple, title="Rye")
        if what.startswith("un"):
            for thread in (here, there):
                change = getattr(home.services.order, what[2:])
                await change(mossy, thread.id, True, "Why")

        slash = await Giver(home, mossy, thread=here.id).slash(f"/{what} useful")
        verb = await Giver(home, mossy).verb(f"{what} {there.id} useful")

        assert slash.lines == verb.lines == [said]
        assert (slash.data, verb.data) == ({"thread": here.id}, {"thread": there.id})

    async def test_without_a_thread_there_is_none(self, home, mossy):
        """Neither in front nor by that number."""
        with pytest.raises(ThreadNotFound):
            await Giver(home, mossy).slash("/pin useful")
        with pytest.raises(ThreadNotFound):
            await Giver(home, mossy).verb("pin 99 useful")
        with pytest.raises(UsageUnclear):
            await Giver(home, mossy).verb("pin useful")


class TestLog:
    async def test_is_one_line_an_act(self, giver, maple):
        """Who did what to whom, until when and why, newest first."""
        await giver.slash("/kick maple loud")
        await giver.slash("/mute maple 1h loud")

        reply = await giver.verb("log")

        assert reply.lines == [
            "   2  now  mossy  muted  maple  until 1 March 2026, 13:00 (UTC)  loud",
            "   1  now  mossy  sent out  maple  loud",
        ]
        assert [one["act"] for one in reply.data] == ["mute", "kick"]
        assert reply.data[0]["until"] == "2026-03-01T13:00+00:00"
        assert reply.effect is None

    async def test_opens_its_page_on_the_full_screen(self, giver):
        """An empty one says so as a verb."""
        assert (await giver.slash("/log")).effect == ShowLog()
        assert (await giver.verb("audit")).lines == ["The log is empty."]

    def test_has_a_word_for_each_act(self):
        """No entry can break the page."""
        assert set(ACTS) == set(Act)
