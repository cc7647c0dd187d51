"""Labels as they are given and read on a line."""

import pytest

from bunniz_bbs.domain.errors import LabelUnclear, ThreadNotFound
from bunniz_bbs.domain.labels import Ask, Labels, Tag
from tests.commands.giving import Giver

LABELS = "--warn death,suicide --ask listen --lang nl"
GRIEF = frozenset({Tag.DEATH, Tag.SUICIDE})


async def begun(home, actor, options="", title="Rye"):
    reply = await Giver(home, actor).verb(f"post porch -t {title} {options}", "Rye?\n")
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
            await begun(home, alder, "--lang none", "Oats"),
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


class TestReading:
    async def test_what_warns_is_folded_until_asked_for(self, home, maple, clover):
        """A thread's title and posts, a post's words: in lines and for machines."""
        thread = await begun(home, maple, "--warn death")
        giver = Giver(home, clover)

        [listed] = (await giver.verb("read porch")).lines
        read = await giver.verb(f"read porch {thread}")

        assert "[death and grief] - " in listed
        assert "Rye" not in listed
        assert read.lines == [
            "[death and grief]",
            "This thread is about: death and grief.",
            "With --open it is shown.",
        ]
        assert (read.data["title"], read.data["posts"]) == (None, [])
        [row] = (await giver.verb("unread")).data
        assert (row["title"], row["folded"]) == (None, True)

        opened = await giver.verb(f"read porch {thread} --open")

        assert opened.lines[0] == "[death and grief] Rye"
        assert opened.data["posts"][0]["body"] == "Rye?"

    async def test_a_post_is_folded_by_itself(self, home, maple, clover):
        """The others are there."""
        thread = await begun(home, maple)
        await Giver(home, maple).verb(f"reply {thread} --warn police", "A raid.")
        giver = Giver(home, clover)

        read = await giver.verb(f"read porch {thread}")

        assert read.lines[-1] == "  [police and courts] With --open it is shown."
        bodies = [(one["body"], one["folded"]) for one in read.data["posts"]]
        assert bodies == [("Rye?", False), (None, True)]

    async def test_one_sees_ones_own(self, home, maple):
        """Whoever wrote it knows it."""
        thread = await begun(home, maple, "--warn death")

        read = await Giver(home, maple).verb(f"read porch {thread}")

        assert read.data["posts"][0]["body"] == "Rye?"

    async def test_hidden_posts_leave_a_line(self, home, maple, clover):
        """That there are some, and no word of theirs, not even with --open."""
        thread = await begun(home, maple)
        await Giver(home, maple).verb(f"reply {thread} --warn police", "A raid.")
        giver = Giver(home, clover)
        await giver.verb("warnings police hide")

        read = await giver.verb(f"read porch {thread} --open")

        assert read.lines[-1] == "1 post is hidden by your choice."
        assert read.data["posts"][1]["body"] is None

    async def test_says_what_its_author_asks_for(self, home, maple, clover):
        """Above the posts, and in a word in lists; with the language, if another."""
        thread = await begun(home, maple, "--ask listen --lang nl")
        giver = Giver(home, clover)

        [listed] = (await giver.verb("read porch")).lines
        read = await giver.verb(f"read porch {thread}")

        assert "Rye - 1 new - NL - to listen" in listed
        assert read.lines[1] == "maple asks to be listened to, not for advice."


class TestChoosing:
    async def test_each_tag_has_a_choice(self, home, maple):
        """Several at once; `default` takes a choice back."""
        giver = Giver(home, maple)
        await giver.slash("/warnings police,death hide")
        await giver.slash("/warnings all fold")

        reply = await giver.slash("/warnings police default")

        assert reply.data["police"] == "default"
        assert set(reply.data.values()) == {"default", "fold"}
        assert "police           folded until opened - police and courts" in reply.lines
        assert (await giver.verb("warnings")).data == reply.data

    @pytest.mark.parametrize("typed", ["rye hide", "police rye", "police"])
    async def test_what_cannot_be_chosen_is_named(self, home, maple, typed):
        """With what can."""
        with pytest.raises(LabelUnclear):
            await Giver(home, maple).slash(f"/warnings {typed}")

    async def test_without_an_account_it_holds_for_the_visit(self, home, maple):
        """And nothing is written."""
        await begun(home, maple, "--warn death")
        passer = await home.services.people.passing(None)
        giver, before = Giver(home, passer), await home.rows()

        await giver.slash("/warnings death open")

        [listed] = (await giver.verb("read porch")).lines
        assert "[death and grief] Rye" in listed
        assert await home.rows() == before

    async def test_one_reads_in_some_languages(self, home, maple, clover):
        """A line says how many threads are left out, and how to see them."""
        await begun(home, maple, "--lang fr")
        giver = Giver(home, clover)

        chosen = await giver.verb("reads nl,en")
        listed = await giver.verb("read porch")

        assert chosen.data == {"languages": ["nl", "en"]}
        assert chosen.lines[0].startswith("You see threads in: Nederlands, English.")
        assert listed.lines == [
            "No threads yet.",
            "1 thread in another language is not shown; “reads all” changes it.",
        ]
        assert (await giver.verb("unread")).data == []
        await giver.verb("reads all")
        assert len((await giver.verb("read porch")).data) == 1


async def test_threads_and_posts_get_an_end(home, maple):
    """By `--for`; readers and machines are told when."""
    giver = Giver(home, maple)
    thread = await begun(home, maple, "--for 7d")
    reply = await giver.verb(f"reply {thread} --for 2d", "For two days.")

    read = await giver.verb(f"read porch {thread}")

    assert reply.data["post"] == 2
    assert read.data["expires_at"] == "2026-03-08T12:00+00:00"
    ends = [one["expires_at"] for one in read.data["posts"]]
    assert ends == [None, "2026-03-03T12:00+00:00"]
    assert "#2 maple - now - gone on 3 March" in read.lines
    home.clock.move(days=2)
    later = await giver.verb(f"read porch {thread}")
    assert "#2 is gone: its time was up" in later.lines
