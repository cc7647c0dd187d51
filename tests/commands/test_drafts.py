import pytest

from bunniz_bbs.commands.registry import ShowDrafts
from bunniz_bbs.domain.errors import DraftNotFound
from tests.commands.giving import Giver


async def test_tell_where_how_they_begin_and_how_long_they_stay(home, maple):
    """The first words that are no quote; as data all of it."""
    thread = await home.thread(maple)
    body = "> @maple #1:\n> Rye.\n\nAnd salt"
    await home.services.drafts.save(maple, f"thread:{thread.id}", "", body)
    home.clock.move(hours=1)

    reply = await Giver(home, maple).verb("drafts")

    assert reply.effect == ShowDrafts()
    [line] = reply.lines
    assert line == (
        f"{thread.id} - Reply in “{thread.title}” - And salt - gone in 23 h"
    )
    [data] = reply.data
    assert (data["draft"], data["thread"], data["body"]) == (
        str(thread.id),
        thread.id,
        body,
    )


async def test_say_so_where_there_are_none(home, maple):
    """In a sentence, and as an empty list."""
    reply = await Giver(home, maple).verb("drafts")

    assert (reply.lines, reply.data) == (["You have no drafts."], [])


async def test_one_is_shown_and_thrown_away(home, maple):
    """By its name in the list."""
    giver = Giver(home, maple)
    await home.services.drafts.save(maple, "board:general", "Bread", "Rye?\nOr wheat?")

    shown = await giver.verb("draft general")
    assert shown.lines[-4:] == ["Bread", "", "Rye?", "Or wheat?"]
    gone = await giver.slash("/draft general --drop")
    assert gone.data == {"draft": "general", "dropped": True}
    with pytest.raises(DraftNotFound):
        await giver.verb("draft general")
