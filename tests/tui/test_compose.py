"""Writing loses nothing."""

from datetime import timedelta

from bunniz_bbs.domain.limits import BODY_CHARACTERS, TITLE_CHARACTERS
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.tui.screens.compose import ComposePage
from bunniz_bbs.tui.widgets.editor import MOST_TYPED, Editor
from tests.tui.house import TestHouse
from tests.tui.visit import Visit, visiting


async def begin(visit: Visit, title: str = "Bread", body: str = "Where?") -> None:
    await visit.press("c")
    await visit.type(f"{title}\n{body}")


def compose(visit: Visit) -> ComposePage:
    assert isinstance(visit.page, ComposePage)
    return visit.page


async def test_posts_a_thread_and_opens_it(house: TestHouse, lune: Actor):
    """Ctrl+S sends; one stands in the thread, and the board is behind it."""
    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit)
        await visit.sees("as lune", "6 of 4000 characters")
        await visit.press("ctrl+s")
        await visit.sees("lune  #1", "Where?")
        await visit.press("escape")
        await visit.sees("Money and tax", "Bread")


async def test_previews(house: TestHouse, lune: Actor):
    """Tab goes from the title to the text, to a preview, and round."""
    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit, body="a **bold** word")
        await visit.press("tab")
        await visit.sees("New thread · preview", "a bold word", "go on writing")
        await visit.press("question_mark")
        await visit.sees("Help · New thread")
        await visit.press("escape", "tab")
        await visit.sees("a **bold** word")
        await visit.type("!")
        await visit.sees("Bread!")
        await visit.press("tab")
        await visit.type(".")
        await visit.sees("a **bold** word.")


async def test_typing_on_in_the_preview_sends_nothing(house: TestHouse, lune: Actor):
    """Letters and pastes go into the text; s sends only when it is pressed twice."""
    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit, body="a word")
        await visit.press("tab", "s")
        await visit.sees("preview", "Press s again to send this.")
        await visit.type("us")
        await visit.sees("New thread", "a wordus", "8 of 4000")
        await visit.press("tab", "s", "s")
        await visit.sees("lune  #1", "a wordus")


async def test_esc_in_the_preview_goes_back_to_the_text(house: TestHouse, lune: Actor):
    """What is typed next goes there, and to no key of the page below."""
    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit, body="a **word**")
        await visit.press("tab", "escape")
        await visit.sees("a **word**", "back, keep draft")
        await visit.type(" more")
        await visit.sees("a **word** more")
        await visit.press("escape")
        await visit.sees("Your draft is kept for 24 hours.")


async def test_says_so_when_the_preview_is_empty(house: TestHouse, lune: Actor):
    """An empty preview is a sentence."""
    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit, body="")
        await visit.press("f2")
        await visit.sees("Nothing written yet.")


async def test_keeps_what_was_refused(house: TestHouse, lune: Actor, heron: Actor):
    """A refusal says why and takes nothing away; typing on clears it."""
    await house.services.moderation.mute(heron, "lune", timedelta(hours=1), "names")

    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit)
        await visit.press("ctrl+s")
        await visit.sees("A moderator muted you", "The reason given:", "names.")
        await visit.sees("Bread", "Where?")
        await visit.type(" Here?")
        await visit.lacks("A moderator muted you")


async def test_asks_for_a_title_and_a_text(house: TestHouse, lune: Actor):
    """Nothing is sent that is empty, too long or too much."""
    async with visiting(house.app(lune, "money")) as visit:
        await visit.press("c", "ctrl+s")
        await visit.sees("There is nothing to send yet.")
        await visit.type("t" * (TITLE_CHARACTERS + 1))
        await visit.sees(f"title: {TITLE_CHARACTERS + 1} of {TITLE_CHARACTERS}")
        await visit.press("ctrl+s")
        await visit.sees(f"This has {TITLE_CHARACTERS + 1} characters")


async def test_counts_what_does_not_fit(house: TestHouse, lune: Actor):
    """More than fits can be typed, so that it can be cut; far too much cannot."""
    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit, body="")
        editor = visit.page.query_one(Editor)
        editor.insert("x" * (BODY_CHARACTERS + 1))
        await visit.sees("1 character too many")
        await visit.press("ctrl+s")
        await visit.sees(f"This has {BODY_CHARACTERS + 1} characters")
        editor.insert("x" * (MOST_TYPED - BODY_CHARACTERS - 1))
        await visit.type("more")
        assert len(editor.text) == MOST_TYPED
        await visit.sees("nothing of it was taken")


async def test_keeps_a_draft(house: TestHouse, lune: Actor):
    """Esc goes back and keeps the draft; the next time one goes on with it."""
    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit)
        await visit.press("escape")
        await visit.sees("Your draft is kept for 24 hours.", "No threads yet.")
        await visit.press("c")
        await visit.sees("This is the draft that you began", "Bread", "Where?")
        await visit.type("There.")
        await visit.press("ctrl+s")
        await visit.sees("Where?There.")
        await visit.press("escape", "c")
        await visit.sees("New thread")
        assert "Where?" not in visit.text


async def test_keeps_no_draft_of_nothing(house: TestHouse, lune: Actor):
    """Who types nothing leaves nothing, and is not told otherwise."""
    thread = await house.thread(lune, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        for key in ("r", "Q", "e"):
            await visit.press(key, "escape")
            await visit.sees("lune  #1")
            assert "Your draft is kept" not in visit.text


async def test_keeps_a_draft_when_the_visit_ends(house: TestHouse, lune: Actor):
    """A connection that drops takes no words with it."""
    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit)
        await visit.pilot.press("ctrl+x")
    draft = await house.services.drafts.get(lune, "board:money")

    assert draft is not None
    assert (draft.title, draft.body) == ("Bread", "Where?")


async def test_saves_while_one_types(house: TestHouse, lune: Actor):
    """The draft is on the disk a moment after the last key."""
    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit)
        await visit.holds(
            lambda: not compose(visit).draft.differs(compose(visit).now())
        )
        draft = await house.services.drafts.get(lune, "board:money")
        assert draft is not None
        assert draft.body == "Where?"


async def test_throws_a_draft_away_when_asked_twice(house: TestHouse, lune: Actor):
    """Ctrl+D asks once; typing in between takes it back."""
    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit)
        await visit.press("ctrl+d")
        await visit.sees("Press Ctrl+D again to throw this draft away.")
        await visit.type("x")
        await visit.lacks("Press Ctrl+D again")
        await visit.press("ctrl+d", "ctrl+d")
        await visit.sees("No threads yet.")
        await visit.press("c")
        await visit.sees("0 of 4000 characters")
        assert "Bread" not in visit.text


async def test_adds_a_quote_to_a_draft(house: TestHouse, lune: Actor, rosa: Actor):
    """A quote joins what was begun, and joins it once."""
    thread = await house.thread(rosa, "money", "Question", "One.")

    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("r")
        await visit.type("Begun.")
        await visit.press("escape", "Q")
        await visit.sees("Begun.", "> One.")
        await visit.type("x")
        await visit.press("escape", "Q")
        assert visit.text.count("> One.") == 1


async def test_says_where_a_thread_went_meanwhile(
    house: TestHouse, lune: Actor, rosa: Actor, heron: Actor
):
    """Other people read there, and it may stay otherwise; out of reach, it is gone."""
    thread = await house.thread(rosa, "money", "Rent")
    async with visiting(house.app(lune, str(thread))) as visit:
        await visit.press("r")
        await visit.type("Yes")
        await house.services.order.move(heron, thread, "wellbeing", "It is about that")
        await visit.sees("and what you send goes there", "kept 90 days", "Yes")
        await house.services.order.move(heron, thread, "modroom", "For the team")
        await visit.lacks("and what you send goes there")
        await visit.sees("Yes")
        await visit.press("escape")
        await visit.sees("Esc again throws this text away.")


async def test_explains_how_to_write(house: TestHouse, lune: Actor):
    """F1 explains keys and signs, and warns of details that name somebody."""
    async with visiting(house.app(lune, "money")) as visit:
        await visit.press("c", "f1")
        await visit.sees("Ctrl+S sends.", "You can write **bold**", "show who you are")
        await visit.press("escape")
        await visit.sees("New thread")


async def test_takes_a_paste_as_plain_text(house: TestHouse, lune: Actor):
    """Control characters in a paste never reach the text."""
    from textual import events

    async with visiting(house.app(lune, "money")) as visit:
        await begin(visit, body="")
        visit.app.post_message(events.Paste("a\x1b[31mb\r\nc\td\u202e\x9b0m"))
        await visit.pilot.pause()
        assert visit.page.query_one(Editor).text == "a[31mb\nc    d0m"
