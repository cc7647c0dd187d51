"""Line mode from the inside: a menu in plain lines, without SSH."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from bunniz_bbs.bus.ports import HOUSE
from bunniz_bbs.domain.events import HouseChanged
from bunniz_bbs.domain.ids import BoardSlug, RoomSlug
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.plain.paper import MOST_HELD
from bunniz_bbs.plain.reading import AT_ONCE
from bunniz_bbs.plain.talk import SCREENFUL
from tests.plain.conftest import Enter
from tests.plain.reader import Reader
from tests.services.living import Living, key_of
from tests.services.still import settle


@pytest.fixture
async def reader(enter: Enter, maple: Actor) -> Reader:
    """A member through a pipe."""
    return enter("maple")


@pytest.fixture
async def typist(enter: Enter, maple: Actor) -> Reader:
    """A member at a terminal."""
    return enter("maple", terminal=True)


def present(home: Living) -> int:
    return len(home.wired.held.of(RoomSlug("lounge")).present)


class TestLeavingForGood:
    async def test_asks_what_becomes_of_posts_and_for_the_name(
        self, home, reader, maple
    ):
        """Another name changes nothing; one's own ends the visit and the account."""
        thread = await home.thread(maple)
        reader.type("/leave-for-good", "3")
        await reader.reads("2. My posts go too", "Nothing was changed.")
        reader.type("/leave-for-good", "2", "clover")
        await reader.reads("type your name: maple", "Nothing was changed.")
        reader.type("/leave-for-good", "2", "maple")

        await reader.reads("This account was removed.")
        await reader.ends()
        assert reader.out.count("This account was removed.") == 1
        assert not await home.services.people.all(CONSOLE)
        assert await home.store.read(lambda tx: tx.threads.get(thread.id)) is None


class TestReading:
    async def test_a_thread_is_read_post_by_post(self, home, reader, clover):
        """From the list of what is new; what was shown counts as read."""
        thread = await home.thread(clover, title="Bread", posts=3)
        reader.type("1", "1")
        await reader.reads("1. Bread - 3 new", "#1 clover", "First words.", "1 of 3")
        reader.type("", "")
        await reader.reads("#2 clover", "Words 2.", "#3 clover", "Last post.")
        maple = await home.services.people.recognise(key_of("maple"))
        view = await home.services.threads.open(Actor.of(maple), thread.id)

        assert view.read == 3

    async def test_it_goes_on_where_one_stopped(self, home, reader, clover, maple):
        """At the first post that is new; earlier ones can be asked for by number."""
        thread = await home.thread(clover, posts=3)
        await home.services.threads.mark_read(maple, thread.id, 2)
        reader.type("n")
        await reader.reads("#3 clover", "Last post.")
        reader.type("1", "9")
        await reader.reads("#1 clover", "no such post")

    async def test_n_goes_through_all_that_is_new(self, home, reader, clover):
        """And says when that was all."""
        await home.thread(clover, title="One")
        await home.thread(clover, title="Two")
        reader.type("n", "n", "n", "0")

        await reader.reads("#1", "#1", "You have read everything.", "Home.")

    async def test_boards_and_threads_are_chosen_by_number(self, home, reader, clover):
        """What a mark says on a screen is said in words."""
        thread = await home.thread(clover, title="Bread")
        mossy = await home.person("mossy", Role.MODERATOR)
        await home.services.order.pin(mossy, thread.id, True, "x")
        await home.services.order.lock(mossy, thread.id, True, "x")
        reader.type("2")
        await reader.reads("Boards", "2. General - 1 new")
        reader.type("2")
        await reader.reads(
            "General (kept 1 year)", "1. Bread - 1 new - locked - pinned"
        )
        reader.type("1", "r")
        await reader.reads("First words.", "This thread is locked")
        reader.type("0", "0", "0", "0")

        await reader.reads("You have left.")
        assert await reader.ends() == 0

    async def test_long_lists_come_by_the_screenful(self, home, reader, clover):
        """Enter shows more; any number can be chosen at any time."""
        for n in range(SCREENFUL + 3):
            await home.thread(clover, title=f"Thread {n}")
            home.clock.move(minutes=1)
        reader.type("1")
        await reader.reads(f"{SCREENFUL}. Thread 3", "or Enter for 3 more:")
        assert f"{SCREENFUL + 1}. " not in reader.out
        reader.type("")
        await reader.reads(f"{SCREENFUL + 3}. Thread 0", "Your choice:")
        reader.type(str(SCREENFUL + 2))
        await reader.reads("Thread 1 - General")

    async def test_long_texts_come_by_the_screenful(self, home, reader, clover):
        """What is answered instead of Enter answers the next question."""
        text = "\n\n".join(f"Row {n}." for n in range(30))
        await home.services.threads.start(clover, "general", "Long", text)
        reader.type("n")
        await reader.reads("Row 0.", "more lines, Enter goes on:")
        assert "Row 15." not in reader.out
        reader.type("")
        await reader.reads("Row 15.", "more lines, Enter goes on:")
        reader.type("0")

        await reader.reads("Home.")
        assert "Row 29." not in reader.out

    async def test_help_numbers_rules_and_language(self, home, reader):
        """Each is one number away; the language is kept."""
        reader.type("4")
        await reader.reads("We are not an emergency service", "- Be kind.")
        reader.type("5", "fr", "/whoami")
        await reader.reads("1. Français", "Ton rôle", "Ton choix")
        account = await home.services.people.recognise(key_of("maple"))

        assert account.language == "fr"

    async def test_a_place_can_be_opened_at_once(self, home, enter, maple, clover):
        """`plain PLACE`; one that is not there is said, and one is at home."""
        await home.thread(clover)
        for place, wanted in (
            ("general", "About general."),
            ("1", "First words."),
            ("lounge", "Type a line"),
            ("nowhere", "No board is called"),
        ):
            await enter("maple", place).reads(wanted)


class TestAnywhere:
    async def test_a_question_mark_explains_the_place(self, reader):
        """Wherever one is."""
        reader.type("?")
        await reader.reads("This is home", "/help for all commands")
        reader.type("2", "?")
        await reader.reads("A number opens a board")

    async def test_commands_and_verbs_can_be_given(self, home, reader, clover):
        """By the names that the registry gives them; refusals are said."""
        await home.thread(clover)
        reader.type(
            "/whoami", "/read general 1", "/nonsense", "/names", "/ban clover x"
        )
        await reader.reads(
            "You are maple",
            "First words.",
            "There is no command “nonsense”",
            "inside a room only",
            "Your role does not reach",
        )
        reader.type("/help", "", "")
        await reader.reads("/whoami - ", "/unread - ", "/ephemeral")

    async def test_a_command_leads_elsewhere(self, home, reader, clover):
        """From any place, and home from there."""
        await home.thread(clover)
        reader.type("2", "2", "/join lounge")
        await reader.reads("Lounge (")
        reader.type("/go general", "/go 1", "0")
        await reader.reads("About general.", "First words.", "Home.")
        assert present(home) == 0
        reader.type("/quit")
        assert await reader.ends() == 0

    async def test_what_is_no_choice_is_said(self, reader):
        """Nothing happens silently."""
        reader.type("7", "x" * 100, "2", "99")

        await reader.reads("no “7”", "no “xxx", "no “99”")


class TestWriting:
    async def test_a_thread_is_begun(self, home, reader, maple):
        """A title, lines, a dot; two dots are one."""
        reader.type("2", "2", "c", "Bread", "one", "", "..", "...", "/two", ".")
        await reader.reads("only a dot", "Posted.")
        [row] = await home.services.threads.on_board(maple, "general")
        view = await home.services.threads.open(maple, row.thread.id)

        assert row.thread.title == "Bread"
        assert view.posts[0].body == "one\n\n.\n...\n/two"

    async def test_a_reply_is_written(self, home, reader, maple, clover):
        """From the thread, or by the verb."""
        await home.thread(clover)
        reader.type("n", "r", "well baked", ".")
        await reader.reads("Posted as #2.")
        reader.type("/reply 1", "once more", ".")
        await reader.reads("Posted as #3.")
        view = await home.services.threads.open(maple, 1)

        assert [one.body for one in view.posts][1:] == ["well baked", "once more"]

    async def test_lines_can_be_taken_back_and_read_out(self, reader):
        """While one writes."""
        reader.type("2", "2", "c", "T", "one", "two", ".u", ".r", ".?")

        await reader.reads("The last line is now: one", "one\n", ".x throws")

    async def test_a_refusal_keeps_the_text(self, home, reader, maple):
        """It can be sent again, or kept."""
        await home.services.moderation.mute(
            await home.person("mossy", Role.MODERATOR), "maple", None, "rest"
        )
        reader.type("2", "2", "c", "T", "words", ".")
        await reader.reads("A moderator muted you", "Your text is still here")
        reader.type(".q")
        await reader.reads("Your draft is kept for 24 hours.")
        draft = await home.services.drafts.get(maple, "board:general")

        assert (draft.title, draft.body) == ("T", "words")

    async def test_a_line_that_is_too_long_is_never_cut_in_silence(self, home, reader):
        """It is refused as a whole."""
        reader.type("2", "2", "c", "T", "x" * 9000, ".")

        await reader.reads("Nothing was sent")

    async def test_a_long_thread_is_read_to_its_end(self, home, enter, maple, clover):
        """Post by post, from the first new one, though not all is fetched at once."""
        posts = 2 * AT_ONCE + 3
        thread = await home.thread(clover, posts=posts)
        await home.services.threads.mark_read(maple, thread.id, AT_ONCE)
        reader = enter("maple")
        reader.type("2", "2", "1", *[""] * (posts - AT_ONCE - 1), "3", "999", "0")

        await reader.reads(
            *(f"Words {number}." for number in range(AT_ONCE + 1, posts + 1)),
            "Last post.",
            "Words 3.",
            f"Post 3 of {posts}.",
            "There is no such post in this thread.",
        )

    @pytest.mark.parametrize("how", ["close", "end"])
    async def test_what_was_begun_is_there_again(self, home, enter, maple, how):
        """After the line dropped, or one left; the unfinished line too."""
        writer = enter("maple", terminal=True)
        writer.type("2", "2", "c", "Bread", "one")
        writer.keys("tw")
        await writer.reads("tw")
        getattr(writer.lines, how)()
        assert await writer.ends() == 0

        again = enter("maple")
        again.type("2", "2", "c")
        await again.reads("the draft that you began", "Bread", "one\ntw\n")
        again.type("1", "three", ".")
        await again.reads("Posted.")
        view = await home.services.threads.open(maple, 1)
        assert view.posts[0].body == "one\ntw\nthree"

    async def test_a_draft_is_saved_while_one_writes(self, home, typist, maple):
        """A second after a line, so that a server that dies has it."""
        typist.type("2", "2", "c", "Bread", "one")
        await typist.reads("one\n")
        await home.clock.until_asleep()
        home.clock.move(seconds=1)
        async with asyncio.timeout(10):
            while not await home.services.drafts.get(maple, "board:general"):
                await settle()

    async def test_a_draft_can_be_begun_anew(self, home, enter, maple):
        """It is gone then."""
        await home.services.drafts.save(maple, "board:general", "Old", "old")
        reader = enter("maple")
        reader.type("2", "2", "c", "2", "New", "new", ".")
        await reader.reads("Old\nold\n", "Posted.")
        assert (await home.services.threads.open(maple, 1)).posts[0].body == "new"

    async def test_one_quotes_and_changes_what_one_wrote(
        self, home, reader, maple, clover
    ):
        """W begins with the words of the post; e with one's own, line by line."""
        thread = await home.thread(clover)
        reader.type(f"/go {thread.id}", "w", "Mine", "too", ".")
        await reader.reads("> @clover #1:", "> First words.", "Posted as #2.")
        reader.type("2", "e", ".l", ".s 5 Others", "..s 5 x", ".d 4", ".d 99", ".")
        await reader.reads(
            "1. > @clover #1:",
            "Line 5 is now: Others",
            "Line 4 is gone.",
            "There is no line 99.",
            "#2 was changed.",
        )
        [_, post] = (await home.services.threads.open(maple, thread.id)).posts
        assert post.body == "> @clover #1:\n> First words.\n\nOthers\n.s 5 x"
        reader.type("1", "e")
        await reader.reads("only what you wrote yourself")

    async def test_a_former_name_is_not_sent(self, home, typist, maple, clover):
        """Who is renamed while one writes is called so, also in a quote."""
        thread = await home.thread(clover)
        typist.type(f"/go {thread.id}", "w", "Dear @Clover")
        await typist.reads("> @clover #1:", "Dear @Clover\n")
        await home.services.naming.rename(clover, "Heather")
        await settle()
        typist.type(".")
        await typist.reads("Posted as #2.")
        [_, post] = (await home.services.threads.open(maple, thread.id)).posts
        assert post.body == "> @Heather #1:\n> First words.\n\nDear @Heather"

    async def test_drafts_are_listed_and_gone_on_with(self, home, reader, maple):
        """Under You, by their number."""
        thread = await home.thread(maple)
        await home.services.drafts.save(maple, f"thread:{thread.id}", "", "Begun")
        reader.type("/drafts", f"/draft {thread.id}", f"/edit {thread.id}#1", ".x")
        await reader.reads(
            f"{thread.id} - Reply in “Bread” - Begun - gone in 24 h",
            "First words.",
            "Your text was thrown away.",
        )
        reader.type("y", "12", "1", "1", "and done", ".", "0", "0")
        await reader.reads("Your drafts", "Posted as #2.", "You have no drafts.")
        view = await home.services.threads.open(maple, thread.id)
        assert view.posts[1].body == "Begun\nand done"

    async def test_whoever_may_not_write_is_told_before(self, reader):
        """Nobody types for nothing."""
        reader.type("2", "3", "c")

        await reader.reads("Notices", "Your role does not reach")


class TestTalking:
    async def test_lines_come_as_they_are_said(self, home, reader, clover):
        """Each once: name and text; one's own as well."""
        await home.services.rooms.say(clover, "lounge", "Before")
        reader.type("3", "1")
        await reader.reads("Lounge (", "clover: Before")
        await home.services.rooms.say(clover, "lounge", "Now")
        reader.type("hello", "//slash", "/me waves", "help")
        await reader.reads(
            "clover: Now\n",
            "maple: hello\n",
            "maple: /slash",
            "* maple waves",
            "maple: help",
        )
        reader.type(".")
        await reader.reads("Rooms")

        assert reader.out.count("clover: Before") == 1
        assert present(home) == 0

    async def test_what_comes_waits_while_one_types(self, home, typist, clover):
        """And is told when the line is sent; a line that has gone is not."""
        typist.type("3", "1")
        await typist.reads("Type a line")
        typist.keys("half a th")
        await typist.reads("half a th")
        await home.services.rooms.say(clover, "lounge", "First")
        gone = await home.services.rooms.say(clover, "lounge", "Secret")
        await home.services.rooms.say(clover, "lounge", "Third")
        await settle()
        await home.services.rooms.remove(clover, "lounge", gone.id)
        await settle()
        assert typist.out.endswith("half a th")

        typist.keys("ought\r")
        await typist.reads(
            "ought\n2 lines came while you typed:\nclover: First\nclover: Third\n",
            "maple: half a thought",
        )
        assert "Secret" not in typist.out

    async def test_of_very_many_lines_that_wait_the_last_are_told(
        self, home, typist, clover
    ):
        """And that there were more."""
        typist.type("3", "1")
        await typist.reads("Type a line")
        typist.keys("x")
        await typist.reads("x")
        for n in range(MOST_HELD + 5):
            home.clock.move(seconds=1)
            await home.services.rooms.say(clover, "lounge", f"line {n}.")
            await settle()
        typist.keys("\r")
        told = f"{MOST_HELD + 5} lines came while you typed: Only the last {MOST_HELD}"
        await typist.reads(told, "line 5.", "maple: x")

        assert "line 4." not in typist.out

    async def test_it_comes_at_once_when_the_line_is_rubbed_out(
        self, home, typist, clover
    ):
        """Nobody waits for nothing."""
        typist.type("3", "1")
        await typist.reads("Type a line")
        typist.keys("né")
        await typist.reads("né")
        await home.services.rooms.say(clover, "lounge", "First")
        await settle()
        typist.keys("\x7f\x7f")

        await typist.reads("1 line came while you typed:\nclover: First\n")

    async def test_timers_and_topics_are_told_in_words(
        self, home, reader, clover, mossy
    ):
        """How long a line stays is said once, when it comes."""
        reader.type("3", "1", "/ephemeral 10m", "mine")
        await reader.reads(
            "From now on your lines here go after 10 minutes",
            "maple: mine (gone after 10 min)",
        )
        await home.services.rooms.set_topic(mossy, "lounge", "tea")
        await reader.reads("Topic: tea\n")

    async def test_fast_lines_are_said_in_their_time(self, home, reader):
        """What is pasted is not lost."""
        reader.type("3", "1", *(f"line {n}" for n in range(7)))
        await reader.reads("maple: line 4")
        for n in (5, 6):
            await home.clock.until_asleep()
            home.clock.move(seconds=1)
            await reader.reads(f"maple: line {n}")

    async def test_older_lines_can_be_asked_for(self, home, reader, clover, mossy):
        """Twenty at a time."""
        for n in range(45):
            home.clock.move(seconds=1)
            await home.services.rooms.say(clover, "lounge", f"line {n}.")
        reader.type("3", "1")
        await reader.reads("line 25.", "line 44.", "There are 25 older lines")
        assert "line 24." not in reader.out
        reader.type("")
        await reader.reads("line 5.", "line 24.", "There are 5 older lines")
        reader.type("", "")
        await reader.reads("line 0.", "line 4.", "no older lines")

    async def test_what_was_lost_on_the_way_is_looked_up(self, home, reader, clover):
        """Each line once, though the queue ran over."""
        reader.type("3", "1")
        await reader.reads("Type a line")
        for n in range(300):
            home.clock.move(seconds=1)
            await home.services.rooms.say(clover, "lounge", f"line {n}.")
        await reader.reads("line 299.")

        assert all(reader.out.count(f": line {n}.") == 1 for n in range(300))

    async def test_a_room_that_is_not_for_one_any_more_closes(
        self, home, reader, clover
    ):
        """Nothing more is heard from it."""
        reader.type("3", "1")
        await reader.reads("Type a line")
        lounge = home.house.rooms[RoomSlug("lounge")]
        home.house.rooms = {
            lounge.slug: replace(lounge, read=Role.MODERATOR, post=Role.MODERATOR)
        }
        await home.bus.publish(HOUSE, HouseChanged())
        await reader.reads("This room is not for you any more")
        assert present(home) == 0
        mossy = await home.person("mossy", Role.MODERATOR)
        await home.services.rooms.say(mossy, "lounge", "among us")
        reader.type("still there", ".")
        await reader.reads("Rooms")

        assert "among us" not in reader.out


class TestEnds:
    async def test_the_end_of_input_is_a_farewell(self, home, reader):
        """Status 0."""
        assert "You have left." in await reader.leaves()
        assert home.bus._listeners == {}

    async def test_ctrl_d_is_a_farewell(self, typist):
        """What was typed of a line is not sent."""
        typist.keys("3\x04")

        assert await typist.ends() == 0
        assert typist.out.endswith("You have left. Come back any time.\n")

    @pytest.mark.parametrize("key", ["\x03", "\x18"])
    @pytest.mark.parametrize("terminal", [True, False])
    async def test_leaving_at_once_says_nothing(
        self, home, enter, maple, key, terminal
    ):
        """Also out of a room, and though lines wait before it."""
        reader = enter("maple", "lounge", terminal=terminal)
        await reader.reads("Type a line")
        before = reader.out
        reader.keys(f"hello there{key}")

        assert await reader.ends() == 0
        assert reader.out.strip() == before.strip()
        assert present(home) == 0

    async def test_whoever_is_sent_out_reads_why(
        self, home, enter, maple, mossy, sorrel
    ):
        """Kicked, banned, removed: the sentence, and status 4."""
        mod = home.services.moderation
        for end, wanted in (
            (lambda: mod.kick(mossy, "maple", "too loud"), "ended this visit"),
            (lambda: mod.ban(mossy, "maple", None, "far too loud"), "closed the door"),
        ):
            reader = enter("maple", terminal=True)
            reader.keys("2\rhal")
            await reader.reads("hal")
            await end()
            assert await reader.ends() == 4
            assert f"\n{'A moderator'}" in reader.out
            assert wanted in reader.out
        banned = enter("maple")
        assert await banned.ends() == 4
        assert "far too loud" in banned.out
        await mod.unban(mossy, "maple", "well")
        reader = enter("maple")
        await reader.reads("Your choice:")
        await home.services.people.remove(sorrel, "maple")
        assert await reader.ends() == 4
        assert "This account was removed." in reader.out

    async def test_what_was_begun_is_kept_by_whoever_is_sent_out(
        self, home, typist, maple, mossy
    ):
        """They may come back."""
        typist.type("2", "2", "c", "Bread", "one")
        await typist.reads("one\n")
        await home.services.moderation.kick(mossy, "maple", "too loud")
        assert await typist.ends() == 4

        assert (await home.services.drafts.get(maple, "board:general")).body == "one"

    async def test_a_role_holds_at_once(self, home, reader, maple):
        """A new one opens, an old one closes."""
        await reader.reads("Your choice:")
        await home.services.people.set_role(CONSOLE, "maple", Role.MODERATOR)
        await settle()
        reader.type("/log")
        await reader.reads("role changed")

    async def test_notices_come_between_questions(self, home, typist, mossy):
        """The question is asked again after them."""
        await typist.reads("Your choice: ")
        await home.services.moderation.mute(mossy, "maple", None, "rest")

        await typist.reads("\nA moderator muted you", "rest\nYour choice: ")

    async def test_a_server_that_stops_says_so(self, reader):
        """Status 0."""
        await reader.reads("Your choice:")
        reader.lines.house_closes()

        assert await reader.ends() == 0
        assert reader.out.endswith("rooms begin anew.\n")


async def walk_in(reader: Reader, language: str = "3") -> None:
    """Choose a language at the door, and agree to all but the last thing."""
    await reader.reads("1. Français", "1-4:")
    reader.type(language, "")


class TestTheDoor:
    async def test_an_unknown_key_looks_around(self, home, enter):
        """A language, limits, rules; then what is open to guests, and nothing else."""
        reader = enter("stranger")
        await walk_in(reader)
        await reader.reads("Before you come in", "- Be kind.", "18 or older")
        reader.type("")
        await reader.reads("Your SSH key is not known here yet", "6. Join with")
        reader.type("2", "1", "c")
        await reader.reads("Porch", "Your SSH key is not known")
        reader.type("0", "0", "3", "0", "/read general")
        await reader.reads("1. Stoop", "Your SSH key is not known")
        assert home.services.visits.accounts() == set()

    async def test_whoever_was_not_let_in_reads_why(self, home, enter, mossy):
        """In the language that they choose, before anything is asked."""
        await home.waiter("robin")
        await home.services.team.decline(mossy, "robin", "Come with a friend.")

        reader = enter("robin")
        await walk_in(reader)

        await reader.reads("did not let you in", "Come with a friend.", "18 or older")

    async def test_a_board_says_what_of_ones_own_waits(self, home, enter, maple):
        """And how to take it back; to nobody else."""
        held = await home.services.threads.start(maple, "careful", "Bread", "How?")
        reader = enter("maple", "careful")
        await reader.reads(
            f"Your thread “Bread” waits for the team. /withdraw {held.id}"
        )
        reader.type(f"/withdraw {held.id}")
        await reader.reads("Taken back: Bread.")

    async def test_an_unknown_key_joins_with_a_code(self, home, enter, maple, mossy):
        """What does not fit is said kindly, and asked again."""
        code = await home.services.invites.create(
            mossy, 1, timedelta(days=7), Role.MEMBER
        )
        reader = enter("alder", terminal=True)
        await walk_in(reader, "1")
        reader.type("", "6", "XXXX", code.lower(), "")
        await reader.reads("Ce code", "Ton nom")
        reader.type("+", "maple", "alder")
        await reader.reads("maple", "Bienvenue, alder")
        reader.type("/whoami")
        await reader.reads("alder")
        await home.services.moderation.kick(mossy, "alder", "x")

        assert await reader.ends() == 4

    async def test_no_key_reads_how_to_make_one(self, home, enter):
        """And looks around as a guest."""
        reader = enter(None)
        await walk_in(reader)
        reader.type("", "6")
        await reader.reads(
            "You came without an SSH key",
            'ssh-keygen -t ed25519 -C ""',
            "IdentitiesOnly",
        )
        reader.type("0")
        assert await reader.ends() == 0

    async def test_where_nothing_is_open_to_guests_one_joins_or_leaves(
        self, home, enter
    ):
        """Nobody stands in an empty house."""
        home.house.boards = {
            slug: one
            for slug, one in home.house.boards.items()
            if one.read > Role.GUEST and slug != BoardSlug("porch")
        }
        keyless, stranger = enter(None), enter("stranger")
        for one in (keyless, stranger):
            await walk_in(one)
            one.type("")
        await keyless.reads("Nothing here is open to guests")
        assert await keyless.ends() == 0
        await stranger.reads("Your invite code")
        stranger.type("")
        assert await stranger.ends() == 0

    async def test_whoever_does_not_agree_leaves(self, enter, home):
        """No rules, no way in."""
        reader = enter(None)
        await walk_in(reader)
        reader.type("maybe", "0")

        assert await reader.ends() == 0
        assert "guest" not in reader.out.split("agree.")[-1]


class TestPlainness:
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(
        some.lists(
            some.one_of(
                some.sampled_from(
                    ["", "0", "1", "2", "3", "n", "c", "r", ".", ".q", "?"]
                ),
                some.sampled_from(["/help", "/join lounge", "/quit", "/read general"]),
                some.text(max_size=30),
            ),
            max_size=12,
        ),
        some.booleans(),
    )
    async def test_any_lines_are_survived_and_no_escape_leaves(
        self, home, maple, lines, terminal
    ):
        """Whatever is typed: nothing breaks, and nothing but text is written."""
        reader = Reader(home, "maple", terminal=terminal)
        reader.type(*lines)
        reader.lines.end()
        while not reader.task.done():
            await asyncio.sleep(0)
            home.clock.move(seconds=1)

        assert reader.task.result() == 0
        assert not set(reader.raw.decode()) & set(map(chr, [*range(8), *range(11, 13)]))
        assert b"\x1b" not in reader.raw

    async def test_what_others_write_is_text(self, home, enter, clover, maple):
        """Escapes in a title, a post or a line do not reach a terminal."""
        await home.thread(clover, title="B\x1b[31mread\u202e")
        await home.services.rooms.say(clover, "lounge", "a\x1b]0;x\x07b")
        reader = enter("maple", terminal=True)
        reader.type("n", "0", "3", "1")
        await reader.reads("clover: a")

        assert b"\x1b" not in reader.raw
        assert "\u202e" not in reader.out

    async def test_a_flood_of_lines_waits(self, home, reader):
        """Four hundred at once, then twenty a second."""
        reader.type(*["x"] * 500)
        await home.clock.until_asleep()

        assert reader.out.count("There is no “x”") <= 400
