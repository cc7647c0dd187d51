"""The verb `search`, and the slash command of the same name."""

import pytest

from bunniz_bbs.commands.registry import ShowSearch
from bunniz_bbs.domain.choices import Show
from bunniz_bbs.domain.errors import UsageUnclear
from bunniz_bbs.domain.labels import Labels, Tag
from tests.commands.giving import Giver
from tests.services.living import Living


async def test_answers_in_words_and_as_data(home: Living, maple):
    """Where to read it, who wrote it, the line, and what in it was found."""
    thread = await home.services.threads.start(maple, "general", "Bread", "Two rolls.")

    reply = await Giver(home, maple).verb("search roll")

    assert reply.lines[:2] == [
        f"general {thread.id} #1 - Bread - General - maple - now",
        "  Two rolls.",
    ]
    [found] = reply.data
    assert (found["thread"], found["post"], found["author"]) == (thread.id, 1, "maple")
    assert found["line"] == "Two rolls."
    assert found["found"] == ["rolls"]


async def test_quotes_reach_it_through_a_shell(home: Living, maple):
    """What was quoted for the server is a phrase, and a name of two words is one."""
    ash = await home.person("green ash")
    await home.services.threads.start(ash, "general", "One", "bread and butter")
    await home.services.threads.start(maple, "general", "Two", "butter and bread")
    giver = Giver(home, maple)

    async def titles(line: str) -> list[str]:
        return [one["title"] for one in (await giver.verb(line)).data]

    assert await titles('search "bread and butter"') == ["One"]
    assert await titles("search bread and butter") == ["Two", "One"]
    assert await titles('search bread "by:green ash"') == ["One"]
    assert await titles('search bread by:"green ash"') == ["One"]
    assert await titles("search bread by:greenash") == ["One"]


async def test_as_many_as_are_asked_for(home: Living, maple):
    """Between one and some hundreds."""
    await home.thread(maple, posts=4)
    giver = Giver(home, maple)

    assert len((await giver.verb("search words --limit 2")).data) == 2
    for unclear in ("search", "search words --limit 0", "search words --limit 9999"):
        with pytest.raises(UsageUnclear):
            await giver.verb(unclear)


async def test_the_slash_command_opens_the_page(home: Living, maple):
    """With what is looked for as it was typed."""
    reply = await Giver(home, maple).slash('/search "two words" -three')

    assert reply.effect == ShowSearch('"two words" -three')


async def test_what_warns_is_folded(home: Living, maple, clover):
    """In words and as data; what one hides is not there at all."""
    thread = await home.services.threads.start(maple, "general", "Bread", "Two rolls.")
    warned = Labels(frozenset({Tag.VIOLENCE}))
    await home.services.labels.label(maple, thread.id, warned)
    giver = Giver(home, clover)

    reply = await giver.verb("search roll")
    assert "rolls" not in str(reply)
    assert "Bread" not in str(reply)
    assert reply.data[0]["folded"]
    assert reply.data[0]["warnings"] == ["violence"]

    await home.services.choices.choose(clover, [Tag.VIOLENCE], Show.HIDE)
    assert (await giver.verb("search roll")).data == []
