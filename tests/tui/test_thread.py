"""A thread is read from the first unread post on, and acted on."""

from datetime import timedelta

from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.labels import Labels
from bunniz_bbs.domain.own import Posts
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.tui.screens.thread import ThreadPage
from tests.tui.house import TestHouse
from tests.tui.visit import Visit, visiting

LONG = "\n\n".join(f"Line {number} of a long post." for number in range(1, 25))


def read_so_far(visit: Visit) -> int:
    assert isinstance(visit.page, ThreadPage)
    return visit.page._read


async def read_of(house: TestHouse, actor: Actor, thread: ThreadId) -> int:
    return (await house.services.threads.open(actor, thread)).read


async def test_divides_what_is_new(house: TestHouse, lune: Actor, rosa: Actor):
    """A line stands before the first unread post, and stays while one reads on."""
    thread = await house.thread(lune, "money", "Question", "One.")
    await house.reply(rosa, thread, "Two.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("One.", "Two.")
        at = next(i for i, one in enumerate(visit.lines) if "─ new ─" in one)
        assert "rosa  #2" in visit.lines[at + 1]
        await visit.holds(lambda: read_so_far(visit) == 2)
        await house.reply(rosa, thread, "Three.")
        await visit.sees("Three.")
        assert "rosa  #2" in visit.lines[at + 1]


async def test_has_no_divider_where_all_is_new(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """A thread that one never saw begins with its first post."""
    thread = await house.thread(rosa, "money", "Question", "One.", "Two.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("One.", "Two.")
        assert "─ new ─" not in visit.text


async def test_opens_where_new_begins(house: TestHouse, lune: Actor, rosa: Actor):
    """The divider is at the top of the window, whatever stands before it."""
    thread = await house.thread(lune, "money", "Question", LONG)
    await house.reply(rosa, thread, LONG)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("rosa  #2")
        top = "\n".join(visit.lines[:6])
        assert "─ new ─" in top
        assert "rosa  #2" in top
        assert visit.lines[2].rstrip().endswith("↑")


async def test_counts_as_read_only_what_was_seen(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """A post is read when its end was on the screen, not when its thread was open."""
    thread = await house.thread(rosa, "money", "Question", "Short.", LONG, "Last.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.holds(lambda: read_so_far(visit) == 1)
        await visit.press("pagedown")
        assert read_so_far(visit) == 1
        await visit.press("pagedown", "pagedown", "pagedown")
        await visit.holds(lambda: read_so_far(visit) == 3)

    assert await read_of(house, lune, thread) == 3


async def test_leaves_the_rest_unread(house: TestHouse, lune: Actor, rosa: Actor):
    """Who leaves early finds the rest unread."""
    thread = await house.thread(rosa, "money", "Question", "Short.", LONG)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.holds(lambda: read_so_far(visit) == 1)
        await visit.press("escape")
        await visit.sees("1 new for you")

    assert await read_of(house, lune, thread) == 1


async def test_shows_markdown(house: TestHouse, lune: Actor, rosa: Actor):
    """Headings, lists, quotes and links are laid out; removed posts leave a number."""
    thread = await house.thread(
        rosa,
        "money",
        "Question",
        "# Head\n\n- one\n- two\n\n> said\n\n[here](http://x.be)",
    )
    await house.reply(lune, thread, "Gone soon.")
    await house.services.posts.delete(lune, thread, 2)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("Head", "- one", "│ said", "here <http://x.be>")
        await visit.sees("#2 was removed")


async def test_replies(house: TestHouse, lune: Actor, rosa: Actor):
    """`r` begins a reply; sent, it stands at the end of the thread."""
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("r")
        await visit.sees("Reply: Question", "as lune")
        await visit.type("My answer.")
        await visit.press("ctrl+s")
        await visit.sees("lune  #2", "My answer.")


async def test_replies_with_a_quote(house: TestHouse, lune: Actor, rosa: Actor):
    """`Q` quotes the post that the cursor is on, and one writes after it."""
    thread = await house.thread(rosa, "money", "Question", "One.", "Two.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("home", "down", "Q")
        await visit.sees("> @rosa #2:", "> Two.")
        await visit.type("Indeed.")
        await visit.press("ctrl+s")
        await visit.sees("│ Two.", "Indeed.")


async def test_edits_ones_own_post(house: TestHouse, lune: Actor):
    """`e` changes one's own words, and the post says so."""
    thread = await house.thread(lune, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("e")
        await visit.sees("Edit: Question")
        await visit.type(" More.")
        await visit.press("ctrl+s")
        await visit.sees("One. More.", "edited")


async def test_removes_after_asking(house: TestHouse, lune: Actor, rosa: Actor):
    """`d` twice removes; a move in between takes the first one back."""
    thread = await house.thread(rosa, "money", "Question", "One.")
    await house.reply(lune, thread, "Two.")
    await house.reply(lune, thread, "Three.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("end", "d")
        await visit.sees("Press d again to remove this post for good.")
        await visit.press("up")
        await visit.lacks("Press d again")
        await visit.press("d")
        await visit.sees("Press d again")
        await visit.press("d")
        await visit.sees("#2 was removed", "Three.")


async def test_leaves_what_is_others(house: TestHouse, lune: Actor, rosa: Actor):
    """Others' posts offer no change, and the keys say why."""
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("r reply")
        assert "e edit" not in visit.text
        await visit.press("e")
        await visit.sees("You can change only what you wrote yourself.")
        await visit.press("d")
        await visit.sees("You can remove only what you wrote yourself.")


async def test_nothing_is_kept_of_what_is_gone(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """A page that shows a thread forgets the words that are removed from it."""
    thread = await house.thread(rosa, "money", "Question", "One.", "> Two.\n\nThree.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("Two.", "Three.")
        await house.services.posts.delete(rosa, thread, 2)
        await visit.sees("#2 was removed")
        kept = repr(vars(visit.page.window.bodies))  # type: ignore[attr-defined]
        assert "One." in kept
        assert "Two." not in kept
        assert "Three." not in kept


async def test_goes_back_when_its_last_post_is_removed(house: TestHouse, lune: Actor):
    """The thread is gone with its last words, and its page with it."""
    thread = await house.thread(lune, "money", "Question", "One.")

    async with visiting(house.app(lune, "money")) as visit:
        await visit.press("enter")
        await visit.sees("One.")
        await visit.press("d", "d")
        await visit.sees("No threads yet.", "That thread is not there any more.")
    assert thread


async def test_a_name_goes_when_its_bearer_leaves_for_good(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """At once, in front of whoever reads; what they wrote stays, as they chose."""
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("rosa  #1", "One.")
        await house.services.leaving.leave(rosa, Posts.KEEP)
        await visit.sees("somebody who has left  #1", "One.")
        assert "rosa" not in visit.text


async def test_takes_no_replies_when_locked(
    house: TestHouse, lune: Actor, rosa: Actor, heron: Actor
):
    """A lock is told under the last post, and the keys follow."""
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("r reply")
        await house.services.order.lock(heron, thread, True, "enough")
        await visit.sees("This thread is locked: it takes no more replies.")
        assert "r reply" not in visit.text
        await visit.press("r")
        await visit.type("But.")
        await visit.press("ctrl+s")
        await visit.sees("This thread is locked", "But.")


async def test_shows_help_lines_where_the_board_says_so(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """At the foot of threads on such boards stand numbers to call."""
    board = next(one for one in house.services.house.boards.values() if one.help_line)
    thread = await house.thread(rosa, board.slug, "Not well", "Tonight is bad.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("Tonight is bad.", "112  ")


async def test_moderators_act_by_commands(house: TestHouse, heron: Actor, rosa: Actor):
    """On a thread, commands of the team are about it."""
    thread = await house.thread(rosa, "money", "Question", "One.", "A name.")

    async with visiting(house.app(heron, str(thread))) as visit:
        await visit.ask("delete 2 names a person")
        await visit.sees("#2 was removed")
        await visit.ask("lock goes on elsewhere")
        await visit.sees("This thread is locked")
        await visit.ask("lock again")
        await visit.sees("It is so already.")


async def test_follows_a_thread_that_is_moved(
    house: TestHouse, lune: Actor, heron: Actor, rosa: Actor
):
    """The page stays, says where the thread is now, and hears of what comes there."""
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("Money and tax", "One.")
        await house.services.order.move(heron, thread, "wellbeing", "It is about that")
        await visit.sees("Mental wellbeing")
        await house.reply(rosa, thread, "Two.")
        await visit.sees("Two.")


async def test_lets_go_of_a_thread_that_is_not_for_one_any_more(
    house: TestHouse, lune: Actor, heron: Actor, rosa: Actor
):
    """Moved where one may not read, it leaves the screen at once."""
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("One.")
        await house.services.order.move(heron, thread, "modroom", "For the team")
        await visit.sees("That thread is not there any more.")
        await visit.lacks("One.", "Question")


async def test_says_that_the_team_keeps_it_or_that_it_is_old(
    house: TestHouse, lune: Actor, heron: Actor
):
    """Above the first post, with the day and the reason."""
    sysop = await house.person("sorrel", Role.SYSOP)
    thread = await house.thread(sysop, "help", "Numbers", "The numbers.")
    house.clock.move(days=200)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("May be out of date.", "The numbers.")
        await house.services.order.check(heron, thread)
        await house.services.order.keep(heron, thread, True, "Asked every week")
        await visit.sees("Last checked:", "The team keeps this: Asked every week")
        assert "kept by the team" in visit.lines[0]
        await visit.lacks("out of date")


async def test_whoever_began_it_can_take_no_more_replies(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Readers see it under the last post, and are offered no reply."""
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with (
        visiting(house.app(lune, str(thread))) as reader,
        visiting(house.app(rosa, str(thread))) as writer,
    ):
        await reader.sees("r reply")
        await writer.ask("close-replies")
        await reader.sees("Whoever began this thread takes no more replies.")
        assert "r reply" not in reader.text
        await writer.ask("open-replies")
        await reader.sees("r reply")


async def test_what_has_an_end_says_so_and_goes_from_the_screen(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """In the reader's own time: that it went, and not what it was."""
    thread = await house.thread(rosa, "money", "Question", "One.")
    reply, day = house.services.posts.reply, timedelta(days=1)
    await reply(lune, thread, "Brief words.", frozenset(), day)

    async with visiting(house.app(rosa, str(thread))) as visit:
        await visit.sees("gone on", "Brief words.")
        house.clock.move(days=1)
        await house.wired.janitor.round()
        await visit.sees("#2 is gone: its time was up")
        await visit.lacks("Brief words.")
        assert "Brief words." not in repr(visit.page.window.bodies._laid)


async def test_a_thread_with_an_end_leaves_the_screen(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Its header says when; then one is back where one came from."""
    labels = Labels(lasts=timedelta(days=3))
    start = house.services.threads.start
    thread = await start(rosa, "money", "Question", "Brief words.", labels)

    async with visiting(house.app(lune, str(thread.id))) as visit:
        await visit.sees("Brief words.")
        assert "gone on" in visit.lines[0]
        house.clock.move(days=3)
        await house.wired.janitor.round()
        await visit.sees("That thread is not there any more.")
        await visit.lacks("Brief words.", "Question")


async def test_one_thanks_without_a_word(house: TestHouse, lune: Actor, rosa: Actor):
    """By a key, taken back by the same; the author sees how many, and no name."""
    thread = await house.thread(rosa, "wellbeing", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.sees("One.")
        await visit.press("t")
        await visit.sees("you gave thanks", "and not who")
        await visit.press("h")
        await visit.sees("you heard this")
        await visit.press("h")
        await visit.sees("Taken back.")
        await visit.lacks("you heard this")
    async with visiting(house.app(rosa, str(thread))) as visit:
        await visit.sees("1 thanks you")
        assert "lune" not in visit.text
        await visit.press("t")
        assert "you gave thanks" not in visit.text
