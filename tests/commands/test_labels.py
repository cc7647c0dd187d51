"""Labels as they are given and read on a line."""

import pytest

from bunniz_bbs.domain.errors import LabelUnclear, ThreadNotFound
from bunniz_bbs.domain.labels import Ask, Labels, Tag
from tests.commands.giving import Giver

LABELS = "--warn death,suicide --ask listen --lang nl"
GRIEF = frozenset({Tag.DEATH, Tag.SUICIDE})


async def begun(home, actor, options=""):
    body = f"Rye {options}?\n"
    reply = await Giver(home, actor).verb(f"post porch -t Rye {options}", body)
    return reply.data["thread"]


async def labels_of(home, actor, thread):
    return (await home.services.threads.open(actor, thread)).thread.labels


class TestPost:
    async def test_begins_with_labels(self, home, maple):
        """In any order, each by its flag."""
        thread = await begun(home, maple, LABELS)

        expected = Labels(GRIEF, Ask.LISTEN, "nl")
        assert await labels_of(home, maple, thread) == expected

    async def test_is_in_the_language_of_its_author_unless_said(self, home):
        """`none` leaves it open."""
        alder = await home.person("alder", language="fr")

        usual, any_language = (
            await begun(home, alder, "--warn none"),
            await begun(home, alder, "--lang none"),
        )

        assert await labels_of(home, alder, usual) == Labels(language="fr")
        assert await labels_of(home, alder, any_language) == Labels()

    @pytest.mark.parametrize("options", ["--warn rye", "--ask rye", "--lang es"])
    async def test_an_unknown_label_is_named(self, home, maple, options):
        """With those that there are, before anything is posted."""
        with pytest.raises(LabelUnclear, match=options[-2:]):
            await begun(home, maple, options)

        assert not await home.services.threads.on_board(maple, "porch")


async def test_replies_warn_of_their_own(home, maple):
    """And `read` tells machines of all labels."""
    thread = await begun(home, maple, LABELS)
    giver = Giver(home, maple)

    await giver.verb(f"reply {thread} --warn police", "Rye.")
    read = (await giver.verb(f"read porch {thread}")).data

    assert (read["warnings"], read["ask"], read["language"]) == (
        ["suicide", "death"],
        "listen",
        "nl",
    )
    assert [one["warnings"] for one in read["posts"]] == [[], ["police"]]
    [row] = (await giver.verb("read porch")).data
    assert row["warnings"] == ["suicide", "death"]


async def test_authors_change_what_they_say(home, maple):
    """What is not given stays as it was."""
    thread = await begun(home, maple, LABELS)
    giver = Giver(home, maple)

    await giver.verb(f"label {thread} --ask none --warn money")
    reply = await giver.verb(f"label {thread}#1 --warn police")

    assert reply.lines == ["It warns of: police and courts."]
    expected = Labels(frozenset({Tag.MONEY}), None, "nl")
    assert await labels_of(home, maple, thread) == expected


async def test_the_team_warns_of_a_thread_or_a_post(home, maple, mossy):
    """As a verb by number, and on the open thread."""
    thread = await begun(home, maple)
    giver = Giver(home, mossy, thread=thread)

    await giver.verb(f"warn {thread}#1 police A raid")
    await giver.slash("/warn all death,suicide It is hard to read")
    reply = await giver.slash("/warn 1 none It is not about that")

    assert reply.lines == ["It warns of nothing now."]
    assert (await labels_of(home, maple, thread)).warnings == GRIEF
    view = await home.services.threads.open(maple, thread)
    assert view.posts[0].warnings == frozenset()
    with pytest.raises(ThreadNotFound):
        await Giver(home, mossy).slash("/warn all death Why")
