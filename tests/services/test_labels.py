"""What is said of words before anybody reads them."""

import pytest

from bunniz_bbs.domain.errors import AlreadyDone, NotAllowed, NotAskedHere, PostNotFound
from bunniz_bbs.domain.labels import Ask, Labels, Tag
from bunniz_bbs.domain.moderation import Act

POLICE = frozenset({Tag.POLICE})
GRIEF = frozenset({Tag.DEATH, Tag.SUICIDE})
ALL = Labels(GRIEF, Ask.LISTEN, "nl")


async def labels_of(home, actor, thread):
    view = await home.services.threads.open(actor, thread)
    return view.thread.labels, [one.warnings for one in view.posts]


class TestAuthors:
    async def test_a_thread_begins_with_labels(self, home, maple, clover):
        """They are there for whoever reads; replies have warnings of their own."""
        on = home.services
        thread = await on.threads.start(maple, "porch", "Bread", "Rye.", ALL)
        await on.posts.reply(clover, thread.id, "Wheat.", POLICE)

        assert await labels_of(home, maple, thread.id) == (ALL, [frozenset(), POLICE])
        [row] = await on.threads.on_board(clover, "porch")
        assert row.thread.labels == ALL

    async def test_nothing_is_asked_for_where_a_board_does_not_offer_it(
        self, home, maple
    ):
        """Nothing is posted then."""
        asking = Labels(ask=Ask.LISTEN)

        with pytest.raises(NotAskedHere):
            await home.services.threads.start(maple, "general", "T", "B", asking)

        assert not await home.services.threads.on_board(maple, "general")

    async def test_authors_change_theirs(self, home, maple, clover):
        """And nobody else's, not even of posts in a thread that they began."""
        on, thread = home.services, await home.thread(maple, "porch")
        await on.posts.reply(clover, thread.id, "Wheat.")

        await on.labels.label(maple, thread.id, ALL)
        await on.labels.label_post(clover, thread.id, 2, POLICE)

        assert await labels_of(home, maple, thread.id) == (ALL, [frozenset(), POLICE])
        with pytest.raises(NotAllowed):
            await on.labels.label(clover, thread.id, Labels())
        with pytest.raises(NotAllowed):
            await on.labels.label_post(maple, thread.id, 2, frozenset())
        with pytest.raises(PostNotFound):
            await on.labels.label_post(maple, thread.id, 3, frozenset())

    async def test_an_edit_keeps_warnings_or_changes_them(self, home, maple):
        """As its author says."""
        on, thread = home.services, await home.thread(maple)

        await on.posts.edit(maple, thread.id, 1, "Oats.", POLICE)
        await on.posts.edit(maple, thread.id, 1, "Spelt.")

        assert await labels_of(home, maple, thread.id) == (Labels(), [POLICE])

    async def test_a_removed_post_warns_of_nothing(self, home, maple, clover):
        """What it was about went with it."""
        on, thread = home.services, await home.thread(maple)
        await on.posts.reply(clover, thread.id, "Wheat.", POLICE)

        await on.posts.delete(clover, thread.id, 2)

        assert (await labels_of(home, maple, thread.id))[1] == [frozenset()] * 2


class TestTheTeam:
    async def test_warns_where_an_author_did_not(self, home, maple, mossy):
        """With a reason, in the log; a thread keeps what it asks for."""
        on, thread = home.services, await home.thread(maple, "porch")
        await on.labels.label(maple, thread.id, Labels(ask=Ask.BOTH))

        await on.labels.warn(mossy, thread.id, None, GRIEF, "It is hard to read")
        await on.labels.warn(mossy, thread.id, 1, POLICE, "A raid")

        expected = Labels(GRIEF, Ask.BOTH), [POLICE]
        assert await labels_of(home, maple, thread.id) == expected
        place = f"porch/{thread.id}"
        assert [
            (one.act, one.target, one.reason) for one in await on.moderation.log(mossy)
        ] == [
            (Act.WARN, f"{place}#1", "A raid"),
            (Act.WARN, place, "It is hard to read"),
        ]

    async def test_twice_the_same_is_not_logged(self, home, maple, mossy):
        """It is so already."""
        on, thread = home.services, await home.thread(maple)
        await on.labels.warn(mossy, thread.id, None, GRIEF, "Why")

        with pytest.raises(AlreadyDone):
            await on.labels.warn(mossy, thread.id, None, GRIEF, "Why")

        assert len(await on.moderation.log(mossy)) == 1


@pytest.mark.parametrize("begins", [True, False])
async def test_what_waits_for_the_team_keeps_its_labels(home, maple, mossy, begins):
    """A thread its own, a reply its warnings; while it waits and once it is read."""
    on = home.services
    if begins:
        held = await on.threads.start(maple, "careful", "T", "B", Labels(GRIEF))
    else:
        thread = await on.threads.start(mossy, "careful", "T", "B")
        held = await on.posts.reply(maple, thread.id, "B", GRIEF)
    assert [one.labels for one in await on.held.own(maple)] == [Labels(GRIEF)]

    await on.team.publish(mossy, held.id)

    [row] = await on.threads.on_board(maple, "careful")
    labels, warned = await labels_of(home, maple, row.thread.id)
    assert [labels.warnings, warned[-1]] == (
        [GRIEF, frozenset()] if begins else [frozenset(), GRIEF]
    )


async def test_everybody_on_the_board_hears_of_other_labels(home, maple):
    """So that screens fold what is warned of now."""
    thread = await home.thread(maple)
    async with home.ear() as ear:
        await home.services.labels.label_post(maple, thread.id, 1, POLICE)

        assert [one.thread for one in await ear.taken()] == [thread.id]


async def test_one_takes_ones_labels_along(home, maple):
    """With each post, and with what waits."""
    on = home.services
    await on.threads.start(maple, "careful", "T", "B", Labels(GRIEF, None, "de"))
    thread = await home.thread(maple)
    await on.labels.label_post(maple, thread.id, 1, POLICE)

    [post] = await on.own.posts(maple)
    [held] = (await on.own.export(maple))["waiting_posts"]

    assert post["warnings"] == ["police"]
    assert held["warnings"] == ["suicide", "death"]
    assert (held["asks_for"], held["language"]) == (None, "de")
