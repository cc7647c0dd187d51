from datetime import timedelta

import pytest

from bunniz_bbs.domain.errors import (
    LineNotFound,
    Muted,
    NotAllowed,
    RoomClosed,
    RoomNotFound,
    TextEmpty,
    TextTooLong,
    TooFast,
)
from bunniz_bbs.domain.events import LineSaid, LinesGone, RoomStirred, TopicSet
from bunniz_bbs.domain.limits import LINE_CHARACTERS, ROOM_LINES
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.rooms import LineKind
from bunniz_bbs.services.memories import Crowd
from bunniz_bbs.services.rooms import hold_timer

MINUTE = timedelta(minutes=1)


def texts(view) -> list[str]:
    return [line.text for line in view.lines]


class TestEnter:
    async def test_shows_who_comes_in_the_rooms_history(self, home, maple, clover):
        """Half an hour here, and no older line."""
        await home.services.rooms.say(maple, "lounge", "Old")
        home.clock.move(minutes=31)
        await home.services.rooms.say(maple, "lounge", "Recent")
        home.clock.move(minutes=5)

        view = await home.services.rooms.enter(clover, "lounge", "visit")

        assert texts(view) == ["Recent"]
        assert view.room.slug == "lounge"

    async def test_where_nothing_is_kept_one_had_to_be_there(self, home):
        """Without history only what is said from now on is shown."""
        tansy = await home.person("tansy", Role.TRUSTED)
        alder = await home.person("alder", Role.TRUSTED)
        await home.services.rooms.say(tansy, "den", "Before")
        home.clock.move(seconds=1)
        entered = await home.services.rooms.enter(alder, "den", "visit")
        await home.services.rooms.say(tansy, "den", "After")

        view = home.services.rooms.view(alder, "den", "visit")

        assert texts(entered) == []
        assert texts(view) == ["After"]

    async def test_coming_in_again_changes_nothing(self, home, maple):
        """The same visit is there once, and nobody is told again."""
        async with home.ear() as ear:
            for _ in range(2):
                await home.services.rooms.enter(maple, "lounge", "visit")
            assert await ear.taken() == [RoomStirred("lounge")]

    async def test_what_one_saw_stays_in_view_while_one_is_there(self, home, maple):
        """The history counts from coming in, not from looking."""
        await home.services.rooms.say(maple, "lounge", "Before")
        home.clock.move(minutes=29)
        await home.services.rooms.enter(maple, "lounge", "visit")
        home.clock.move(minutes=29)

        assert texts(home.services.rooms.view(maple, "lounge", "visit")) == ["Before"]

    @pytest.mark.parametrize("slug", ["office", "nothing", "", "LOUNGE"])
    async def test_hidden_and_missing_look_the_same(self, home, maple, slug):
        """Nobody learns that a room exists which is not for them."""
        with pytest.raises(RoomNotFound) as refusal:
            await home.services.rooms.enter(maple, slug, "visit")

        assert refusal.value.name == slug

    async def test_a_room_that_is_not_open_says_so(self, home, sorrel):
        """To everybody who may see it."""
        with pytest.raises(RoomClosed):
            await home.services.rooms.enter(sorrel, "later", "visit")


class TestPresence:
    async def test_two_visits_of_one_account_are_one_person(self, home, maple):
        """One leaves when the last of them does."""
        rooms = home.services.rooms
        for visit in ("phone", "laptop"):
            await rooms.enter(maple, "lounge", visit)
        assert rooms.names(maple, "lounge") == ["maple"]

        await rooms.leave(maple, "lounge", "phone")
        assert rooms.names(maple, "lounge") == ["maple"]
        await rooms.leave(maple, "lounge", "laptop")

        assert not home.wired.held.of("lounge").present

    async def test_leaving_twice_is_leaving_once(self, home, maple):
        """And leaving where one never was is nothing at all."""
        await home.services.rooms.enter(maple, "lounge", "visit")

        async with home.ear() as ear:
            for room in ("lounge", "lounge", "den", "nothing"):
                await home.services.rooms.leave(maple, room, "visit")
            assert await ear.taken() == [RoomStirred("lounge")]

    async def test_names_are_for_those_who_are_seen_themselves(
        self, home, maple, clover
    ):
        """Nobody watches from outside who comes and goes."""
        await home.services.rooms.enter(maple, "lounge", "visit")

        with pytest.raises(RoomNotFound):
            home.services.rooms.names(clover, "lounge")
        await home.services.rooms.enter(clover, "lounge", "visit 2")

        assert home.services.rooms.names(clover, "lounge") == ["clover", "maple"]

    async def test_lines_are_for_those_who_are_in(self, home, maple, clover):
        """Nobody listens at the door, and a visit that left sees nothing more."""
        await home.services.rooms.enter(maple, "lounge", "visit")

        with pytest.raises(RoomNotFound):
            home.services.rooms.view(clover, "lounge", "other visit")
        await home.services.rooms.leave(maple, "lounge", "visit")
        with pytest.raises(RoomNotFound):
            home.services.rooms.view(maple, "lounge", "visit")

    async def test_names_are_in_the_order_of_the_alphabet(self, home):
        """Whoever came in first cannot be told from the list."""
        people = [await home.person(name) for name in ("tansy", "Alder", "maple")]
        for person in people:
            await home.services.rooms.enter(person, "lounge", person.id)

        names = home.services.rooms.names(people[0], "lounge")

        assert names == ["Alder", "maple", "tansy"]


class TestAll:
    async def test_shows_what_one_may_see_in_the_order_of_the_house(self, home, maple):
        """A room that is not open yet is shown as such."""
        rooms = home.services.rooms.all(maple)

        assert [(one.room.slug, one.room.open) for one in rooms] == [
            ("lounge", True),
            ("later", False),
        ]

    async def test_tells_how_lively_a_room_is(self, home, maple):
        """Whether somebody is there, and when somebody last spoke."""
        [before, _] = home.services.rooms.all(maple)
        await home.services.rooms.enter(maple, "lounge", "visit")
        await home.services.rooms.say(maple, "lounge", "Hello")

        [after, _] = home.services.rooms.all(maple)

        assert (before.crowd, before.last_at) == (Crowd.NOBODY, None)
        assert (after.crowd, after.last_at) == (Crowd.FEW, home.clock.now())

    @pytest.mark.parametrize(
        ("people", "crowd"),
        [
            (0, Crowd.NOBODY),
            (1, Crowd.FEW),
            (5, Crowd.FEW),
            (6, Crowd.SEVERAL),
            (19, Crowd.SEVERAL),
            (20, Crowd.MANY),
            (5000, Crowd.MANY),
        ],
    )
    def test_a_crowd_is_never_exact(self, people, crowd):
        """One or five read the same: small counts tell who is there."""
        assert Crowd.of(people) is crowd


class TestSay:
    async def test_is_heard_in_the_room(self, home, maple):
        """With who said it, and when it goes; those who list rooms learn only that."""
        async with home.ear() as ear:
            line = await home.services.rooms.say(maple, "lounge", "Hello")
            assert await ear.taken() == [LineSaid(line), RoomStirred("lounge")]

        assert (line.name, line.text, line.kind) == ("maple", "Hello", LineKind.SAY)
        assert line.expires_at == home.clock.now() + timedelta(hours=1)
        assert not line.timed

    async def test_is_in_no_file(self, home, maple):
        """Rooms live in memory alone."""
        before = await home.rows()

        await home.services.rooms.say(maple, "lounge", "Hello")

        assert await home.rows() == before

    async def test_a_timer_is_fixed_when_it_is_sent(self, home, maple):
        """Longer than the room keeps lines, if so wished; never changed later."""
        rooms = home.services.rooms
        short = await rooms.say(maple, "lounge", "Short", timer=10 * MINUTE)
        long = await rooms.say(maple, "lounge", "Long", timer=timedelta(days=2))

        assert short.expires_at == home.clock.now() + 10 * MINUTE
        assert long.expires_at == home.clock.now() + timedelta(days=2)
        assert short.timed
        assert long.timed

    @pytest.mark.parametrize(
        ("timer", "held"),
        [
            (timedelta(0), timedelta(seconds=5)),
            (timedelta(seconds=-9), timedelta(seconds=5)),
            (timedelta(seconds=1), timedelta(seconds=5)),
            (timedelta(days=300), timedelta(days=7)),
            (MINUTE, MINUTE),
        ],
    )
    async def test_a_timer_is_held_within_what_is_offered(
        self, home, maple, timer, held
    ):
        """Not so short that nobody can read it; no timer never means no end."""
        line = await home.services.rooms.say(maple, "lounge", "Hello", timer=timer)

        assert hold_timer(timer) == held
        assert line.expires_at == home.clock.now() + held
        assert line.timed

    async def test_what_one_does(self, home, maple):
        """A line of its own kind."""
        line = await home.services.rooms.say(
            maple, "lounge", "makes tea", kind=LineKind.ME
        )

        assert line.kind is LineKind.ME

    @pytest.mark.parametrize(
        ("text", "refusal"),
        [
            ("", TextEmpty),
            (" \n\t", TextEmpty),
            ("\u200b\u202e\x00", TextEmpty),
            ("x" * (LINE_CHARACTERS + 1), TextTooLong),
            ("x" * 1_000_000, TextTooLong),
        ],
    )
    async def test_words_that_do_not_fit_are_refused(self, home, maple, text, refusal):
        """Nothing is heard, and it counts for nothing."""
        async with home.ear() as ear:
            for _ in range(7):
                with pytest.raises(refusal):
                    await home.services.rooms.say(maple, "lounge", text)
            assert await ear.taken() == []

        assert await home.services.rooms.say(maple, "lounge", "Hello")

    async def test_is_one_clean_line(self, home, maple):
        """Breaks become spaces; what steers a terminal, turns or hides text is gone."""
        line = await home.services.rooms.say(
            maple, "lounge", "a\r\nb\x1b]0;c\x07 [red]d[/]\u202ee\u200b"
        )

        assert line.text == "a b]0;c [red]d[/]e"

    async def test_five_at_once_and_then_one_a_second(self, home, maple, clover):
        """Each for themselves, over all rooms and visits."""
        for number in range(5):
            await home.services.rooms.say(maple, "lounge", f"{number}")

        with pytest.raises(TooFast) as fast:
            await home.services.rooms.say(maple, "lounge", "6")
        assert await home.services.rooms.say(clover, "lounge", "Hello")
        home.clock.move(seconds=fast.value.seconds)

        assert fast.value.seconds == 1
        assert await home.services.rooms.say(maple, "lounge", "6")

    async def test_a_room_holds_a_thousand_lines(self, home, maple):
        """The oldest goes from all screens when one more is said."""
        first = await home.services.rooms.say(maple, "lounge", "First")
        for number in range(ROOM_LINES - 1):
            home.clock.move(seconds=1)
            await home.services.rooms.say(maple, "lounge", f"{number}")
        home.clock.move(seconds=1)

        async with home.ear() as ear:
            line = await home.services.rooms.say(maple, "lounge", "One more")
            assert await ear.taken() == [
                LineSaid(line),
                LinesGone("lounge", (first.id,)),
                RoomStirred("lounge"),
            ]

    async def test_lines_sort_by_when_they_were_said(self, home, maple):
        """By their ids alone."""
        ids = []
        for _ in range(20):
            ids.append((await home.services.rooms.say(maple, "lounge", "Hello")).id)
            home.clock.move(seconds=1.25)

        assert sorted(ids) == ids
        assert len(set(ids)) == 20

    async def test_a_room_to_listen_in_takes_no_words(self, home):
        """Guests hear what members say."""
        guest = await home.person("gorse", Role.GUEST)
        await home.services.rooms.enter(guest, "lounge", "visit")

        with pytest.raises(NotAllowed):
            await home.services.rooms.say(guest, "lounge", "Hello")


class TestTopic:
    async def test_is_told_noted_and_seen(self, home, maple, mossy):
        """The log says that it was set, never what it says."""
        await home.services.rooms.enter(maple, "lounge", "visit")

        async with home.ear() as ear:
            said = await home.services.rooms.set_topic(
                mossy, "lounge", " Secret\nbread "
            )
            assert await ear.taken() == [TopicSet("lounge", "Secret bread", 1)]

        assert said == "Secret bread"
        assert home.services.rooms.view(maple, "lounge", "visit").topic == said
        [entry] = await home.services.moderation.log(mossy)
        assert (entry.act.value, entry.target, entry.reason) == ("topic", "lounge", "")
        assert "bread" not in str(await home.rows())

    async def test_nothing_clears_it(self, home, mossy):
        """An empty topic is none."""
        await home.services.rooms.set_topic(mossy, "lounge", "Bread")

        assert await home.services.rooms.set_topic(mossy, "lounge", "  ") == ""
        assert home.wired.held.of("lounge").topic == ""

    async def test_too_long_a_one_changes_nothing(self, home, mossy):
        """The former one stays."""
        await home.services.rooms.set_topic(mossy, "lounge", "Bread")

        with pytest.raises(TextTooLong):
            await home.services.rooms.set_topic(mossy, "lounge", "x" * 121)

        assert home.wired.held.of("lounge").topic == "Bread"

    async def test_is_no_way_round_a_mute(self, home, mossy, sorrel):
        """A moderator whom a sysop muted does not speak through it."""
        await home.services.moderation.mute(sorrel, "mossy", None, "Enough")

        with pytest.raises(Muted):
            await home.services.rooms.set_topic(mossy, "lounge", "Shouting")

        assert home.wired.held.of("lounge").topic == ""


class TestRemove:
    async def test_ones_own_line_goes_from_all_screens(self, home, maple):
        """And from memory."""
        line = await home.services.rooms.say(maple, "lounge", "Oops")

        async with home.ear() as ear:
            await home.services.rooms.remove(maple, "lounge", line.id)
            assert await ear.taken() == [LinesGone("lounge", (line.id,))]

        with pytest.raises(LineNotFound):
            await home.services.rooms.remove(maple, "lounge", line.id)

    async def test_others_lines_are_removed_with_a_reason_only(
        self, home, maple, sorrel
    ):
        """Not by this way, which leaves no entry in the log."""
        line = await home.services.rooms.say(maple, "lounge", "Words")

        with pytest.raises(NotAllowed):
            await home.services.rooms.remove(sorrel, "lounge", line.id)


class TestLastLine:
    async def test_is_the_newest_under_a_name(self, home, maple, clover):
        """By its looks; another's line in between does not matter."""
        for person, text in ((maple, "First"), (maple, "Second"), (clover, "Third")):
            await home.services.rooms.say(person, "lounge", text)

        assert (
            home.services.rooms.last_line(clover, "lounge", "@MAPLE").text == "Second"
        )

    async def test_is_not_found_where_there_is_none(self, home, maple, clover):
        """In this room."""
        await home.services.rooms.say(maple, "lounge", "Words")

        with pytest.raises(LineNotFound):
            home.services.rooms.last_line(maple, "lounge", "clover")
