"""What warns, in line mode: read when it is opened, and said while one writes."""

import pytest

from bunniz_bbs.domain.labels import Ask, Labels, Tag
from bunniz_bbs.domain.people import Actor
from tests.plain.reader import Reader
from tests.services.living import Living

GRIEF = frozenset({Tag.DEATH})


@pytest.fixture
async def reader(enter, maple: Actor) -> Reader:
    """A member in line mode."""
    entered: Reader = enter("maple")
    return entered


async def test_a_thread_opens_when_one_says_so(home: Living, clover, reader: Reader):
    """In a list there is what it warns of, and o reads it."""
    await home.services.threads.start(clover, "general", "Rye", "A", Labels(GRIEF))
    reader.type("2", "2")
    await reader.reads("1. [death and grief] - 1 new")
    reader.type("1")
    await reader.reads("This thread is about: death and grief.", "o opens it")
    assert "Rye" not in reader.out
    reader.type("o")
    await reader.reads("[death and grief] Rye - General", "#1 clover", "Last post.")


async def test_a_post_opens_when_one_says_so(home: Living, clover, reader: Reader):
    """Its number and its author are told before."""
    thread = await home.thread(clover)
    await home.services.posts.reply(clover, thread.id, "A hard night.", GRIEF)
    reader.type("/go 1", "2")
    await reader.reads(
        "#2 clover", "[death and grief]", "Last post, folded. o opens it"
    )
    assert "A hard night." not in reader.out
    reader.type("w", "o")
    await reader.reads("There is no “w” here", "A hard night.", "Last post.")


async def test_labels_are_set_while_one_writes(
    home: Living, maple: Actor, reader: Reader
):
    """By their names; one that is not known is refused with those that are."""
    reader.type("/go porch", "c", "Rye", "I am tired.", ".w")
    await reader.reads("English", "violence, sexual-violence", "listen, advice", "none")
    reader.type(".w death,rye")
    await reader.reads("“rye” is not known here.")
    reader.type(".w death,listen,nl", ".")
    await reader.reads("warns of: death and grief", "asks to be listened to", "Posted.")

    [row] = await home.services.threads.on_board(maple, "porch")
    assert row.thread.labels == Labels(GRIEF, Ask.LISTEN, "nl")


async def test_a_reply_warns_alone(home: Living, maple: Actor, reader: Reader):
    """It asks for nothing."""
    thread = await home.thread(maple)
    reader.type("/go 1", "r", "A raid.", ".w listen", ".w police", ".")
    await reader.reads(
        "“listen” is not known here.", "warns of: police", "Posted as #2"
    )

    view = await home.services.threads.open(maple, thread.id)
    assert view.posts[1].warnings == {Tag.POLICE}
