"""What readers chose holds for them alone, everywhere."""

import pytest

from bunniz_bbs.domain.choices import Choices, LeftOut, Show
from bunniz_bbs.domain.errors import NotAllowed
from bunniz_bbs.domain.labels import Labels, Tag

GRIEF = frozenset({Tag.DEATH})


async def test_a_choice_is_kept_and_told(home, maple, clover):
    """For its reader: in `known`, in the export, and to nobody else."""
    on = home.services
    await on.choices.choose(maple, [Tag.DEATH, Tag.MONEY], Show.FOLD)
    chosen = await on.choices.read_in(maple, ["nl", "fr"])

    expected = Choices(folds=GRIEF | {Tag.MONEY}, languages=("fr", "nl"))
    assert await on.choices.of(maple) == chosen == expected
    assert await on.choices.of(clover) == Choices()
    exported = (await on.own.export(maple))["choices"]
    assert exported == {
        "open": [],
        "fold": ["death", "money"],
        "hide": [],
        "read_in": ["fr", "nl"],
    }


async def test_of_passers_nothing_is_kept(home):
    """They see what is folded and open it."""
    passer = await home.services.people.passing(None)

    assert await home.services.choices.of(passer) == Choices()
    with pytest.raises(NotAllowed):
        await home.services.choices.choose(passer, [Tag.DEATH], Show.OPEN)


async def test_what_is_hidden_is_never_new(home, maple, clover):
    """Not on the board, not in the overview, not on the way through what is unread."""
    on = home.services
    hidden = await on.threads.start(clover, "general", "T", "B", Labels(GRIEF))
    await on.choices.choose(maple, [Tag.DEATH], Show.HIDE)

    overview = await on.boards.overview(maple)
    assert (overview.new, overview.unread) == (0, ())
    assert await on.boards.next_unread(maple) is None
    assert not await on.threads.on_board(maple, "general")
    assert await on.threads.left_out(maple, "general") == LeftOut(hidden=1)

    await on.choices.choose(maple, [Tag.DEATH], Show.ASK)

    found = await on.boards.next_unread(maple)
    assert found.thread.id == hidden.id


async def test_other_languages_are_left_out_and_can_be_looked_at(home, maple, clover):
    """What is in no language said is there."""
    on = home.services
    for title, language in (("Brood", "nl"), ("Pain", "fr"), ("Rye", None)):
        labels = Labels(language=language)
        await on.threads.start(clover, "general", title, "B", labels)
    await on.choices.read_in(maple, ["nl"])

    shown = await on.threads.on_board(maple, "general")
    whole = await on.threads.on_board(maple, "general", foreign=True)

    assert [row.thread.title for row in shown] == ["Rye", "Brood"]
    assert len(whole) == 3
    assert (await on.boards.overview(maple)).new == 2
    assert await on.threads.left_out(maple, "general") == LeftOut(foreign=1)
