"""What readers chose, and what is left out of their lists: the same on every store."""

from datetime import timedelta

import pytest

from bunniz_bbs.domain.choices import Choices, LeftOut, Show
from bunniz_bbs.domain.labels import Labels, Tag
from bunniz_bbs.store.ports import Store
from tests.store.rows import ANN, BOB, GENERAL, LONG_AGO, NOON, join, say

POLICE, GRIEF = frozenset({Tag.POLICE}), frozenset({Tag.DEATH, Tag.MONEY})
SOME = Choices(POLICE, frozenset({Tag.DRUGS}), frozenset({Tag.DEATH}), ("nl", "en"))


@pytest.fixture(autouse=True)
async def people(store: Store) -> None:
    """Two are here."""
    await join(store, "Ann", "Bob")


async def begun(store: Store, title: str, labels: Labels, author=BOB) -> None:
    """A thread with a post, after all others."""
    order = ["plain", "warns", "french", "both", "own"]
    at = NOON + timedelta(hours=order.index(title))
    thread = await store.write(
        lambda tx: tx.threads.add(GENERAL, title, author, "Bob", at, labels)
    )
    await say(store, thread.id, author=str(author), at=at)


async def titles(store: Store, *, foreign: bool = False) -> list[str]:
    """What Ann sees on the board, the oldest first."""
    rows = await store.read(
        lambda tx: tx.threads.on_board(GENERAL, ANN, LONG_AGO, foreign=foreign)
    )
    return [row.thread.title for row in reversed(rows)]


async def filled(store: Store) -> None:
    """A thread of each kind."""
    await begun(store, "plain", Labels())
    await begun(store, "warns", Labels(GRIEF, language="nl"))
    await begun(store, "french", Labels(language="fr"))
    await begun(store, "both", Labels(GRIEF, language="fr"))
    await begun(store, "own", Labels(GRIEF, language="fr"), ANN)


async def test_choices_come_back(store: Store):
    """At first there are none; a later choice takes the place of an earlier one."""
    assert await store.read(lambda tx: tx.choices.get(ANN)) == Choices()

    await store.write(lambda tx: tx.choices.set(ANN, Choices(languages=("fr",))))
    await store.write(lambda tx: tx.choices.set(ANN, SOME))

    assert await store.read(lambda tx: tx.choices.get(ANN)) == SOME
    assert await store.read(lambda tx: tx.choices.get(BOB)) == Choices()


async def test_of_no_choice_nothing_is_kept(store: Store):
    """And of a removed account neither."""
    count = lambda: store.read(  # noqa: E731
        lambda tx: tx.own.counts(ANN, ["choices.account"])
    )
    await store.write(lambda tx: tx.choices.set(ANN, SOME))
    await store.write(lambda tx: tx.choices.set(ANN, Choices()))
    assert await count() == {"choices.account": 0}

    await store.write(lambda tx: tx.choices.set(ANN, SOME))
    await store.write(lambda tx: tx.accounts.remove(ANN))

    assert await count() == {"choices.account": 0}


async def test_whoever_chose_nothing_sees_everything(store: Store):
    """On the board and among what is new."""
    await filled(store)

    assert await titles(store) == ["plain", "warns", "french", "both", "own"]
    assert await store.read(lambda tx: tx.threads.left_out(GENERAL, ANN)) == LeftOut()
    counts = await store.read(
        lambda tx: tx.threads.unread_counts([GENERAL], ANN, LONG_AGO)
    )
    assert counts == {GENERAL: 4}


@pytest.mark.parametrize(
    ("choices", "seen", "left_out"),
    [
        (Choices(hides=GRIEF), ["plain", "french", "own"], LeftOut(hidden=2)),
        (Choices(languages=("nl",)), ["plain", "warns", "own"], LeftOut(foreign=2)),
        (Choices(languages=("nl", "fr")), ["plain", "warns", "french", "both", "own"],
         LeftOut()),
        (SOME, ["plain", "own"], LeftOut(hidden=2, foreign=1)),
    ],
)  # fmt: skip
async def test_what_was_chosen_is_left_out(store: Store, choices, seen, left_out):
    """Of the board, of what is new and of its count; never one's own."""
    await filled(store)
    await store.write(lambda tx: tx.choices.set(ANN, choices))

    assert await titles(store) == seen
    assert await store.read(lambda tx: tx.threads.left_out(GENERAL, ANN)) == left_out
    new = await store.read(lambda tx: tx.threads.unread([GENERAL], ANN, LONG_AGO))
    assert [row.thread.title for row in reversed(new)] == [
        one for one in seen if one != "own"
    ]
    counts = await store.read(
        lambda tx: tx.threads.unread_counts([GENERAL], ANN, LONG_AGO)
    )
    assert counts == {GENERAL: len(seen) - 1}


async def test_other_languages_can_be_asked_for(store: Store):
    """What is hidden stays so."""
    await filled(store)
    await store.write(lambda tx: tx.choices.set(ANN, SOME))

    assert await titles(store, foreign=True) == ["plain", "french", "own"]


async def test_hidden_posts_are_not_new(store: Store):
    """Neither on the board nor among what is new; one's own and others still count."""
    await begun(store, "plain", Labels())
    [row] = await store.read(lambda tx: tx.threads.on_board(GENERAL, ANN, LONG_AGO))
    thread = row.thread.id
    for author, tags in ((BOB, GRIEF), (BOB, POLICE), (ANN, GRIEF), (BOB, GRIEF)):
        post = await say(store, thread, author=str(author))
        await store.write(lambda tx, one=post, warn=tags: tx.posts.warn(one.id, warn))

    async def new() -> list[int]:
        boards = [GENERAL]
        on_board = await store.read(
            lambda tx: tx.threads.on_board(GENERAL, ANN, LONG_AGO)
        )
        found = await store.read(lambda tx: tx.threads.unread(boards, ANN, LONG_AGO))
        return [row.unread for row in (*on_board, *found)]

    assert await new() == [4, 4]
    await store.write(lambda tx: tx.choices.set(ANN, Choices(hides=GRIEF)))
    assert await new() == [2, 2]
    await store.write(lambda tx: tx.reads.advance(ANN, thread, 3))

    assert await new() == [0]


class TestChoosing:
    def test_the_strictest_choice_wins(self):
        """Of a text that warns of several things; what is not chosen is asked."""
        order = [(Tag.POLICE, Show.OPEN), (Tag.MONEY, Show.ASK)]
        order += [(Tag.DRUGS, Show.FOLD), (Tag.DEATH, Show.HIDE)]

        for at, (tag, show) in enumerate(order):
            assert SOME.of(tag) is show
            assert SOME.show([one for one, _ in order[: at + 1]]) is show
        assert SOME.show([]) is Show.OPEN

    def test_one_choice_takes_the_place_of_another(self):
        """For one tag, and of no other."""
        for show in Show:
            changed = SOME.choose(Tag.DEATH, show)
            assert changed.of(Tag.DEATH) is show
            assert changed.choose(Tag.DEATH, Show.HIDE) == SOME

    def test_all_languages_are_as_good_as_none(self):
        """Nothing is left out then."""
        assert SOME.reading(("fr", "nl", "en", "de")).languages == ()
