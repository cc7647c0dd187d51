"""Labels on what one writes."""

from datetime import timedelta

from bunniz_bbs.domain.choices import Show
from bunniz_bbs.domain.labels import Ask, Labels, Tag
from bunniz_bbs.domain.people import Actor
from tests.tui.house import TestHouse
from tests.tui.visit import visiting

GRIEF = frozenset({Tag.DEATH})


async def test_a_thread_gets_labels(house: TestHouse, lune: Actor):
    """Ctrl+L lists them, Enter and Space set them; the text is there as it was."""
    async with visiting(house.app(lune, "wellbeing")) as visit:
        await visit.press("c")
        await visit.type("Bread\nWhere?")
        await visit.sees("^L labels", "English")
        await visit.press("ctrl+l")
        await visit.sees("What does it warn of?", "[ ] violence")
        await visit.press("enter", "down", "space")
        await visit.sees("[x] violence", "[x] sexual violence")
        await visit.press("end")
        await visit.sees("[x] English")
        await visit.press("home", "enter", "escape")
        await visit.sees("warns of: sexual violence", "English", "Where?")
        await visit.press("ctrl+s")
        await visit.sees("lune  #1")

    [row] = await house.services.threads.on_board(lune, "wellbeing")
    expected = Labels(frozenset({Tag.SEXUAL_VIOLENCE}), None, "en")
    assert row.thread.labels == expected


async def test_who_replies_is_reminded(house: TestHouse, lune: Actor, rosa: Actor):
    """Of what the author asked for; a reply has warnings alone."""
    begin = house.services.threads.start
    asked = Labels(ask=Ask.LISTEN)
    thread = await begin(rosa, "wellbeing", "Rye", "I am tired.", asked)

    async with visiting(house.app(lune, str(thread.id))) as visit:
        await visit.press("r")
        await visit.sees("rosa asks to be listened to, not for advice.")
        await visit.press("ctrl+l")
        await visit.sees("[ ] money worries")
        await visit.lacks("What do you ask for?")


async def test_a_quote_carries_its_warning_on(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """Whoever quotes it warns of it too."""
    thread = await house.thread(rosa, "wellbeing", "Rye", "Hello.")
    await house.services.posts.reply(rosa, thread, "A hard night.", GRIEF)

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("end", "enter", "Q")
        await visit.sees("warns of: death and grief")
        await visit.press("ctrl+s")
        await visit.sees("lune  #3")

    view = await house.services.threads.open(lune, thread)
    assert view.posts[-1].warnings == GRIEF


async def test_an_edit_changes_warnings(house: TestHouse, lune: Actor):
    """Of one's own post."""
    thread = await house.thread(lune, "wellbeing", "Rye", "Hello.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("e", "ctrl+l", "enter", "escape")
        await visit.sees("warns of: violence")
        await visit.press("ctrl+s")
        await visit.sees("edited")

    view = await house.services.threads.open(lune, thread)
    assert view.posts[0].warnings == {Tag.VIOLENCE}


class TestReading:
    async def test_a_thread_that_warns_is_folded(
        self, house: TestHouse, lune: Actor, rosa: Actor
    ):
        """In lists and by itself; once it is opened, it counts as read."""
        labels = Labels(GRIEF)
        begin = house.services.threads.start
        await begin(rosa, "wellbeing", "Rye bread", "I am tired.", labels)

        async with visiting(house.app(lune)) as visit:
            await visit.sees("[death and grief]", "Mental wellbeing")
            await visit.lacks("Rye bread")
            await visit.app.go("wellbeing", visit.page)
            await visit.sees("[death and grief]")
            await visit.lacks("Rye bread")
            await visit.press("enter")
            await visit.sees("This thread is about: death and grief.", "Enter opens it")
            await visit.lacks("Rye bread", "tired", "r reply")
            await visit.press("enter")
            await visit.sees("[death and grief] Rye bread", "I am tired.", "r reply")
            await visit.press("escape")
            await visit.sees("[death and grief] Rye bread")

        assert await house.services.boards.next_unread(lune) is None

    async def test_a_folded_post_opens_by_itself(
        self, house: TestHouse, lune: Actor, rosa: Actor
    ):
        """The others are open; o and Enter open it, and o folds long quotes then."""
        thread = await house.thread(rosa, "wellbeing", "Rye", "Hello.")
        await house.services.posts.reply(rosa, thread, "A hard night.", GRIEF)

        async with visiting(house.app(lune, str(thread))) as visit:
            await visit.sees("Hello.", "[death and grief]", "Enter opens this post")
            await visit.lacks("A hard night.")
            await visit.press("end")
            await visit.sees("o unfold")
            await visit.press("Q")
            await visit.sees("A hard night.", "[death and grief]")
            await visit.lacks("Reply:", "o unfold")
            await visit.press("enter")
            await visit.sees("Reply: Rye")

    async def test_hidden_posts_are_one_line(
        self, house: TestHouse, lune: Actor, rosa: Actor
    ):
        """However many follow each other; they count as read."""
        thread = await house.thread(rosa, "wellbeing", "Rye", "Hello.")
        for number in range(3):
            house.clock.move(minutes=1)
            await house.services.posts.reply(rosa, thread, f"Night {number}.", GRIEF)
        await house.services.choices.choose(lune, [Tag.DEATH], Show.HIDE)

        async with visiting(house.app(lune, str(thread))) as visit:
            await visit.sees("Hello.", "3 posts are hidden by your choice.")
            await visit.lacks("Night", "death")
            await visit.press("end", "Q")
            await visit.lacks("Night")
        assert await house.services.boards.next_unread(lune) is None

    async def test_a_hidden_thread_stays_shut(
        self, house: TestHouse, lune: Actor, rosa: Actor
    ):
        """It is not on the board, and by its number one sees only why."""
        begin = house.services.threads.start
        thread = await begin(rosa, "wellbeing", "Rye", "Tired.", Labels(GRIEF))
        await house.services.choices.choose(lune, [Tag.DEATH], Show.HIDE)

        async with visiting(house.app(lune, "wellbeing")) as visit:
            await visit.sees("1 thread is hidden by your choice.")
            await visit.lacks("Rye")
            await visit.app.go(thread.id, visit.page)
            await visit.sees("By your choice it is not shown")
            await visit.press("enter", "o")
            await visit.lacks("Tired.")


async def test_other_languages_come_with_a_key(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """A line says how many are left out; L shows them and takes them away again."""
    begin = house.services.threads.start
    await begin(rosa, "wellbeing", "Roggebrood", "Hallo.", Labels(language="nl"))
    await house.services.choices.read_in(lune, ["fr"])

    async with visiting(house.app(lune, "wellbeing")) as visit:
        await visit.sees("1 thread in another language is not shown: press L.")
        await visit.lacks("Roggebrood")
        await visit.press("L")
        await visit.sees("Roggebrood", "NL · 1 new", "press L for yours")
        await visit.press("L")
        await visit.lacks("Roggebrood")


async def test_a_thread_gets_an_end(house: TestHouse, lune: Actor):
    """Shorter than what the board gives it; fixed when it is sent."""
    async with visiting(house.app(lune, "wellbeing")) as visit:
        await visit.press("c")
        await visit.type("Bread\nWhere?")
        await visit.press("ctrl+l", "end", "up", "enter")
        await visit.sees("[x] gone after 7 days")
        await visit.press("escape")
        await visit.sees("gone after 7 days", "Where?")
        await visit.press("ctrl+s")
        await visit.sees("lune  #1", "gone on 8 March")

    [row] = await house.services.threads.on_board(lune, "wellbeing")
    assert row.thread.goes_at == house.clock.now() + timedelta(days=7)


async def test_authors_label_what_stands_there_already(
    house: TestHouse, lune: Actor, rosa: Actor
):
    """With w on the first post the whole thread, on another that post."""
    thread = await house.thread(lune, "wellbeing", "Rye", "Hello.")
    await house.reply(rosa, thread, "Hello too.")
    await house.reply(lune, thread, "A raid.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("home", "w")
        await visit.sees("What do you ask for?")
        await visit.press("enter", "escape")
        await visit.sees("[violence] Rye")
        await visit.press("end", "w")
        await visit.lacks("What do you ask for?")
        await visit.press("down", "enter", "escape")
        await visit.sees("[sexual violence]", "A raid.")
        await visit.press("up", "w")
        await visit.sees("You can label only what you wrote yourself.")


async def test_choices_are_changed_on_a_page_of_ones_own(house: TestHouse, lune: Actor):
    """From what is one's own; Enter goes on to the next choice."""
    async with visiting(house.app(lune)) as visit:
        await visit.press("y")
        await visit.sees("What you want to read")
        while "▌  What you want to read" not in visit.text:
            await visit.press("down")
        await visit.press("enter")
        await visit.sees(
            "When a text warns of:", "folded until opened", "for you alone"
        )
        await visit.press("enter", "enter", "down", *["enter"] * 3)
        await visit.sees("always folded", "hidden")
        await visit.press("end", "enter")
        await visit.sees(
            "left out", "You see threads in: Français, Nederlands, English"
        )

    choices = await house.services.choices.of(lune)
    assert (choices.of(Tag.VIOLENCE), choices.of(Tag.SEXUAL_VIOLENCE)) == (
        Show.FOLD,
        Show.HIDE,
    )
    assert choices.languages == ("fr", "nl", "en")
