import asyncio
from datetime import timedelta

import pytest

from bunniz_bbs.commands.registry import GoBack, GoTo
from bunniz_bbs.domain.errors import (
    DurationUnclear,
    NotAllowed,
    RoomClosed,
    RoomNotFound,
    TextEmpty,
    TextTooLong,
    TooFast,
    UsageUnclear,
)
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.rooms import LineKind
from tests.commands.giving import Giver

LOUNGE = RoomSlug("lounge")
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def giver(home, maple) -> Giver:
    """A member's visit, in the lounge."""
    await home.services.rooms.enter(maple, LOUNGE, "visit")
    return Giver(home, maple, room=LOUNGE)


def lines(home, room: str = "lounge"):
    return list(home.wired.held.of(RoomSlug(room)).lines.values())


class TestRooms:
    async def test_are_told_in_words(self, home, giver):
        """How lively each is, and which are not open; never a number of people."""
        await home.services.rooms.say(giver.actor, "lounge", "Hello")
        home.clock.move(minutes=5)

        reply = await giver.verb("rooms")

        assert reply.lines == [
            "lounge  Lounge - a few people, last words 5 min",
            "later  Later - not open yet",
        ]
        assert [(one["room"], one["crowd"], one["open"]) for one in reply.data] == [
            ("lounge", "few", True),
            ("later", "nobody", False),
        ]


class TestJoinAndLeave:
    async def test_join_goes_there(self, giver):
        """With or without the sign that other places put before a room."""
        for name in ("lounge", "#Lounge"):
            assert (await giver.slash(f"/join {name}")).effect == GoTo(LOUNGE)

    @pytest.mark.parametrize(
        ("room", "refusal"),
        [("office", RoomNotFound), ("nothing", RoomNotFound), ("later", RoomClosed)],
    )
    async def test_join_is_refused_like_coming_in(self, giver, room, refusal):
        """Hidden and missing alike."""
        with pytest.raises(refusal):
            await giver.slash(f"/join {room}")

    async def test_leave_leaves_and_forgets_the_timer(self, home, giver):
        """Coming back, one's lines stay as long as anybody's."""
        await giver.slash("/ephemeral 10m")

        reply = await giver.slash("/leave")

        assert reply.effect == GoBack()
        assert giver.standing.timers == {}
        assert not home.wired.held.of(LOUNGE).present

    @pytest.mark.parametrize(
        "text", ["/leave", "/names", "/me x", "/topic", "/ephemeral 5m"]
    )
    async def test_outside_a_room_there_is_none(self, home, maple, text):
        """The refusal names no room: it is told how to go into one."""
        with pytest.raises(RoomNotFound) as refusal:
            await Giver(home, maple).slash(text)

        assert refusal.value.name == ""


class TestTalking:
    async def test_names_are_those_who_are_here(self, home, giver, clover):
        """By name."""
        await home.services.rooms.enter(clover, "lounge", "other")

        reply = await giver.slash("/names")

        assert reply.lines[0] == "Here: clover, maple"
        assert reply.data == ["clover", "maple"]

    async def test_me_says_what_one_does(self, home, giver):
        """As a line of its own kind, with the timer that is set."""
        await giver.slash("/ephemeral 10m")
        await giver.slash("/me makes  tea")

        [line] = lines(home)
        assert (line.kind, line.text) == (LineKind.ME, "makes  tea")
        assert line.expires_at == home.clock.now() + 10 * MINUTE

    async def test_topic_is_shown_set_and_cleared(self, home, giver, mossy):
        """By moderators; members read it."""
        await home.services.rooms.enter(mossy, "lounge", "other")
        team = Giver(home, mossy, room=LOUNGE, visit="other")

        assert (await giver.slash("/topic")).lines == ["No topic."]
        assert (await team.slash("/topic Rye bread")).lines == ["Topic: Rye bread"]
        assert (await giver.slash("/topic")).lines == ["Topic: Rye bread"]
        with pytest.raises(NotAllowed):
            await giver.slash("/topic Wheat")
        assert (await team.slash("/topic off")).lines == ["No topic."]


class TestEphemeral:
    async def test_one_line(self, home, giver):
        """Goes after its time; the next one does not."""
        await giver.slash("/ephemeral 10m now you see me")

        [line] = lines(home)
        assert (line.text, line.timed) == ("now you see me", True)
        assert line.expires_at == home.clock.now() + 10 * MINUTE
        assert giver.standing.timers == {}

    async def test_all_lines_from_now_on(self, giver):
        """Until it is taken off; the answer tells that others can copy them."""
        on = await giver.slash("/burn 1h")
        shown = await giver.slash("/ephemeral")
        assert giver.standing.timers == {LOUNGE: timedelta(hours=1)}
        off = await giver.slash("/ephemeral off")

        assert "1 hour" in on.lines[0]
        assert "copy" in on.lines[0]
        assert shown.lines == on.lines
        assert off.lines == ["Your lines stay 1 hour again."]
        assert giver.standing.timers == {}
        assert (await giver.slash("/ephemeral")).lines == [
            "Your lines have no timer of their own."
        ]

    @pytest.mark.parametrize("text", ["/ephemeral hello there", "/ephemeral off now"])
    async def test_never_says_a_line_without_a_timer(self, home, giver, text):
        """A slip is refused rather than said for an hour."""
        with pytest.raises(UsageUnclear):
            await giver.slash(text)

        assert lines(home) == []

    async def test_is_held_within_what_is_offered(self, giver):
        """And the answer tells what it really is."""
        reply = await giver.slash("/ephemeral 1s")

        assert "5 seconds" in reply.lines[0]


class TestSay:
    async def test_says_the_words_of_the_command(self, home, giver):
        """Without coming in, and without an answer in words."""
        reply = await giver.verb("say lounge it's me")

        [line] = lines(home)
        assert line.text == "it's me"
        assert reply.lines == []
        assert [one["text"] for one in reply.data] == ["it's me"]

    async def test_says_each_line_of_standard_input(self, home, giver):
        """Empty ones are left out, and each has the timer."""
        await giver.verb("say -e 10m lounge", "one\n\n\u200b\ntwo\n")

        assert [line.text for line in lines(home)] == ["one", "two"]
        assert all(line.timed for line in lines(home))

    async def test_more_lines_than_at_once_wait_their_turn(self, home, giver):
        """A pasted poem is said to its end, a line a second."""
        poem = "\n".join(f"verse {number}" for number in range(7))

        saying = asyncio.create_task(giver.verb("say lounge", poem))
        await home.clock.until_asleep()
        assert len(lines(home)) == 5
        home.clock.move(seconds=1)
        await home.clock.until_asleep()
        home.clock.move(seconds=1)

        assert len((await saying).data) == 7
        assert lines(home)[-1].text == "verse 6"

    async def test_the_first_line_does_not_wait(self, home, giver):
        """One that is too fast is refused, as on the full screen."""
        for number in range(5):
            await giver.verb(f"say lounge {number}")

        with pytest.raises(TooFast):
            await giver.verb("say lounge 6")

    @pytest.mark.parametrize(
        ("line", "body", "refusal"),
        [
            ("say lounge", "", TextEmpty),
            ("say lounge", "\n \u200b\n", TextEmpty),
            ("say lounge", "fits\n" + "x" * 1001, TextTooLong),
            ("say lounge", "x" * 10**6, TextTooLong),
            ("say lounge -e soon hello", "", DurationUnclear),
            ("say later hello", "", RoomClosed),
            ("say", "", UsageUnclear),
        ],
    )
    async def test_what_is_refused_is_refused_whole(
        self, home, giver, line, body, refusal
    ):
        """No line is said when one of them cannot be."""
        with pytest.raises(refusal):
            await giver.verb(line, body)

        assert lines(home) == []

    @pytest.mark.parametrize("room", ["office", "nothing"])
    async def test_hidden_and_missing_look_the_same(self, giver, room):
        """Also in that neither waits for standard input."""
        with pytest.raises(RoomNotFound) as refusal:
            await giver.verb(f"say {room}", "hello")

        assert refusal.value.name == room
        assert giver.asked == 0

    async def test_who_may_only_listen_is_told_so(self, home):
        """The service decides."""
        guest = await home.person("gorse", Role.GUEST)

        with pytest.raises(NotAllowed):
            await Giver(home, guest).verb("say lounge hello")
