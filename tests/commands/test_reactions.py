"""Commands for what readers say to authors without a word."""

from tests.commands.giving import Giver


async def test_are_given_and_taken_back_by_the_same_word(home, maple, clover):
    """As a verb, or in the open thread; the author reads how many."""
    thread = await home.thread(maple)
    giver = Giver(home, clover, thread=thread.id)

    given = await giver.slash("/heard 1")
    thanked = await giver.verb(f"thanks {thread.id}#1")
    own = await giver.verb(f"read general {thread.id}")
    read = await Giver(home, maple).verb(f"read general {thread.id}")
    back = await giver.verb(f"thanks {thread.id}#1")

    assert given.lines == ["The author sees that somebody heard them, and not who."]
    assert thanked.data == {"thread": thread.id, "post": 1, "thanks": True}
    assert own.lines[-2:] == ["  you heard this", "  you gave thanks"]
    assert read.lines[-2:] == ["  1 heard you", "  1 thanks you"]
    [post] = read.data["posts"]
    assert (post["heard"], post["thanks"], post["said"]) == (1, 1, [])
    assert back.lines == ["Taken back."]
    assert back.data["thanks"] is False
