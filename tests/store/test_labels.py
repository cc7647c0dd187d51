"""Labels come back as they were kept: the same on every store."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy.dialects import sqlite

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.labels import NONE, Ask, Labels, Tag
from bunniz_bbs.domain.team import HeldId
from bunniz_bbs.store.ports import Store
from bunniz_bbs.store.tables import Tags
from tests.store.rows import BOB, GENERAL, LONG_AGO, NOON, begin, say

LABELS = Labels(frozenset({Tag.VIOLENCE, Tag.MONEY}), Ask.BOTH, "de")
NOBODY = AccountId("nobody")


@given(some.frozensets(some.sampled_from(Tag)))
def test_any_set_of_tags_is_a_number_and_back(tags):
    """Each by a bit of its own."""
    column, dialect = Tags(), sqlite.dialect()

    kept = column.process_bind_param(tags, dialect)

    assert column.process_result_value(kept, dialect) == tags


def test_a_tag_of_a_later_program_is_left_out():
    """What this one cannot name it does not show."""
    assert Tags().process_result_value(1 << 40, sqlite.dialect()) == frozenset()


async def test_a_thread_keeps_them_in_every_list(store: Store):
    """As it was begun, and as they were changed."""
    first = await begin(store, posts=1)
    later = NOON + timedelta(hours=1)
    second = await store.write(
        lambda tx: tx.threads.add(GENERAL, "Salt", BOB, "Bob", later, LABELS)
    )
    assert (first.labels, second.labels) == (NONE, LABELS)

    await store.write(lambda tx: tx.threads.label(first.id, LABELS))

    rows = await store.read(lambda tx: tx.threads.on_board(GENERAL, NOBODY, LONG_AGO))
    assert [row.thread.labels for row in rows] == [LABELS, LABELS]
    rows = await store.read(lambda tx: tx.threads.unread([GENERAL], NOBODY, LONG_AGO))
    assert [row.thread.labels for row in rows] == [LABELS]


async def test_a_post_keeps_its_warnings_until_it_is_removed(store: Store):
    """Words and warnings go together."""
    thread = await begin(store)
    post = await say(store, thread.id)
    await store.write(lambda tx: tx.posts.warn(post.id, LABELS.warnings))
    [found] = await store.read(lambda tx: tx.posts.in_thread(thread.id))
    assert found.warnings == LABELS.warnings

    await store.write(lambda tx: tx.posts.delete(post.id))

    [found] = await store.read(lambda tx: tx.posts.in_thread(thread.id))
    assert found.warnings == frozenset()


async def test_what_waits_keeps_them(store: Store):
    """Until the team has read it."""
    wrote = GENERAL, None, "Bread", BOB, "Bob", "Rye?", NOON, LABELS
    await store.write(lambda tx: tx.held.add(HeldId(1), *wrote))

    [held] = await store.read(lambda tx: tx.held.all())

    assert held.labels == LABELS
