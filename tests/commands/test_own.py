"""Seeing what is kept of one, taking it along, and leaving for good."""

import json

import pytest

from bunniz_bbs.commands.registry import (
    Context,
    Document,
    Front,
    Leave,
    ShowKnown,
    ShowLeaving,
    Standing,
)
from bunniz_bbs.domain.errors import NotAllowed, NotConfirmed, UsageUnclear
from bunniz_bbs.domain.own import Kept
from bunniz_bbs.domain.people import CONSOLE, Actor
from bunniz_bbs.i18n import words_for
from bunniz_bbs.services.own import AT_ONCE
from tests.commands.giving import Giver
from tests.services.living import Living


@pytest.fixture
def giver(home: Living, maple) -> Giver:
    """A member's visit."""
    return Giver(home, maple)


class TestKnown:
    async def test_tells_each_kind_in_a_line(self, home, giver, maple):
        """In words, and for machines; on a screen there is a page."""
        await home.thread(maple, posts=2)

        reply = await giver.verb("known")

        assert reply.effect == ShowKnown()
        assert any(line.startswith("- Your posts: 2. ") for line in reply.lines)
        assert any(line.startswith("- Drafts: nothing. ") for line in reply.lines)
        assert any("Where you come from: not kept." in line for line in reply.lines)
        assert [one["what"] for one in reply.data] == [one.value for one in Kept]
        posts = next(one for one in reply.data if one["what"] == "posts")
        assert posts["count"] == 2
        json.dumps(reply.data)

    async def test_has_another_name(self, giver):
        """Which people look for."""
        assert (await giver.verb("privacy")).lines


class TestExport:
    async def test_is_one_document_of_everything(self, home, giver, maple):
        """However many posts there are."""
        thread = await home.thread(maple)
        count = AT_ONCE + 1

        async def fill(tx):
            for _ in range(count - 1):
                now = home.clock.now()
                await tx.posts.add(thread.id, maple.id, "maple", "“Words.”", now)

        await home.store.write(fill)

        text = await exported(giver)

        copy = json.loads(text)
        assert copy["account"]["name"] == "maple"
        assert [one["number"] for one in copy["posts"]] == list(range(1, count + 1))
        assert copy["posts"][1]["text"] == "“Words.”"

    async def test_of_somebody_who_wrote_nothing(self, giver):
        """Is a document too."""
        assert json.loads(await exported(giver))["posts"] == []

    async def test_is_a_verb(self, giver):
        """A screen is no file."""
        reply = await giver.slash("/export")

        assert reply.lines == ["A copy of all that is yours: ssh HOST export > FILE"]


class TestLeavingForGood:
    async def test_says_what_it_means_first(self, home, giver):
        """And changes nothing."""
        reply = await giver.verb("leave-for-good")

        assert reply.data["removed"] is False
        assert any("keyed hash of your name" in line for line in reply.lines)
        assert reply.lines[-1].endswith("leave-for-good --posts keep|remove maple")
        assert len(await home.services.people.all(CONSOLE)) == 1

    async def test_without_an_account_there_is_nothing_to_leave(self, home):
        """Whoever looks around is not asked to type the name of this visit."""
        giver = Giver(home, Actor.passing("en", "1", "tile glow"))

        with pytest.raises(NotAllowed):
            await giver.verb("leave-for-good")

    @pytest.mark.parametrize("posts", ["keep", "remove"])
    async def test_wants_a_choice_and_the_own_name(self, home, giver, maple, posts):
        """Nothing less."""
        thread = await home.thread(maple)
        for line in ("maple", "--posts all maple"):
            with pytest.raises(UsageUnclear):
                await giver.verb(f"leave-for-good {line}")
        for name in ("", "clover"):
            with pytest.raises(NotConfirmed):
                await giver.verb(f"leave-for-good --posts {posts} {name}")

        reply = await giver.verb(f"leave-for-good --posts {posts} Maple")

        assert reply.effect == Leave()
        assert reply.data == {"removed": True, "posts": posts}
        assert not await home.services.people.all(CONSOLE)
        found = await home.store.read(lambda tx: tx.threads.get(thread.id))
        assert (found is None) == (posts == "remove")

    async def test_on_a_screen_a_page_asks(self, giver):
        """Whatever was typed after it."""
        reply = await giver.slash("/leave-for-good maple")

        assert reply.effect == ShowLeaving()

    async def test_is_how_one_takes_back_what_one_agreed_to(self, giver):
        """It is the same thing."""
        assert (await giver.verb("agreements")).lines[-1] == (
            "To do that: leave-for-good"
        )


class TestSomebodyWhoLeft:
    async def test_has_no_name_on_what_stays(self, home, giver, maple, clover):
        """In words a stand-in, for machines none."""
        thread = await home.thread(maple)
        await giver.verb("leave-for-good --posts keep maple")

        reply = await Giver(home, clover).verb(f"read general {thread.id}")

        assert reply.lines[2].startswith("#1 somebody who has left - ")
        assert reply.data["posts"][0]["author"] is None
        assert reply.data["posts"][0]["body"] == "First words."


async def exported(giver: Giver) -> str:
    """What `export` writes to standard output."""
    pieces: list[str] = []

    async def emit(text: str, data: object) -> None:
        assert isinstance(data, Document)
        pieces.append(data.text)

    home = giver.home
    context = Context(
        home.services,
        giver.actor,
        words_for("en"),
        home.wired.registry,
        Front.VERB,
        visit="visit",
        standing=Standing(),
        emit=emit,
    )
    command = home.wired.registry.find("export", Front.VERB, giver.actor)
    await command.run(context, None)
    return "\n".join(pieces)
