"""Consents, badges, vouches, invitations, notes: the same on every store."""

from datetime import date

import pytest

from bunniz_bbs.domain.admission import Consent, ConsentKind
from bunniz_bbs.domain.errors import NameTaken
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.team import Badge
from bunniz_bbs.store.ports import Store
from tests.store.rows import ANN, BOB, begin, join

DAY = date(2026, 3, 1)
LATER = date(2026, 3, 2)
CLEO = AccountId("cleo")


@pytest.fixture(autouse=True)
async def people(store: Store) -> None:
    """Three are here."""
    await join(store, "Ann", "Bob", "Cleo")


class TestAccounts:
    async def test_a_rename_reaches_all_that_one_wrote(self, store: Store):
        """Threads and posts too, and nobody else's."""
        thread = await begin(store, author="ann", posts=1)
        other = await begin(store, author="bob", posts=1)

        await store.write(lambda tx: tx.accounts.rename(ANN, "Zoe", "zoe"))

        found = await store.read(lambda tx: tx.threads.get(thread.id))
        (post,) = await store.read(lambda tx: tx.posts.in_thread(thread.id))
        assert (found.author_name, post.author_name) == ("Zoe", "Zoe")
        assert (await store.read(lambda tx: tx.threads.get(other.id))).author_name == (
            "Bob"
        )
        assert await store.read(lambda tx: tx.accounts.by_shape("ann")) is None
        named = await store.read(lambda tx: tx.accounts.named([ANN, BOB, "gone"]))
        assert named == {ANN: "Zoe", BOB: "Bob"}

    async def test_a_name_that_somebody_has_is_refused(self, store: Store):
        """One's own, written differently, is not."""
        with pytest.raises(NameTaken):
            await store.write(lambda tx: tx.accounts.rename(ANN, "BOB", "bob"))
        await store.write(lambda tx: tx.accounts.rename(ANN, "ANN", "ann"))

        assert (await store.read(lambda tx: tx.accounts.get(ANN))).name == "ANN"

    async def test_what_one_shows_comes_back(self, store: Store):
        """Pronouns, languages, whether one is seen."""
        await store.write(lambda tx: tx.accounts.set_profile(ANN, "she", ["fr", "nl"]))
        await store.write(lambda tx: tx.accounts.set_hidden(ANN, True))

        ann = await store.read(lambda tx: tx.accounts.get(ANN))
        assert (ann.pronouns, ann.speaks, ann.hidden) == ("she", ("fr", "nl"), True)

    async def test_those_who_are_not_seen_are_found_among_others(self, store: Store):
        """And nobody among nobody."""
        await store.write(lambda tx: tx.accounts.set_hidden(ANN, True))

        for asked, hidden in (([ANN, BOB, "gone"], {ANN}), ([BOB], set()), ([], set())):
            found = await store.read(lambda tx, a=asked: tx.accounts.hidden(a))
            assert set(found) == hidden

    async def test_those_who_wait_and_those_who_settled(self, store: Store):
        """Only members settle."""
        await store.write(lambda tx: tx.accounts.set_waiting(ANN, True))
        for one in (BOB, CLEO):
            await store.write(lambda tx, a=one: tx.accounts.set_settles_on(a, LATER))
        await store.write(lambda tx: tx.accounts.set_role(CLEO, Role.TRUSTED))

        async def ids(work) -> list[str]:
            return [one.id for one in await store.read(work)]

        assert await ids(lambda tx: tx.accounts.waiting()) == [ANN]
        assert await ids(lambda tx: tx.accounts.with_role(Role.TRUSTED)) == [CLEO]
        assert await ids(lambda tx: tx.accounts.settled(DAY)) == []
        assert await ids(lambda tx: tx.accounts.settled(LATER)) == [BOB]


async def test_those_who_are_new_are_so_for_a_while(store: Store):
    """The day is forgotten once it is over."""
    for one, day in ((ANN, DAY), (BOB, LATER)):
        await store.write(lambda tx, a=one, d=day: tx.accounts.set_new_until(a, d))

    await store.write(lambda tx: tx.accounts.forget_new(LATER))

    kept = [
        await store.read(lambda tx, a=one: tx.accounts.get(a)) for one in (ANN, BOB)
    ]
    assert [one.new_until for one in kept] == [None, LATER]


async def test_consents_keep_the_newest_version(store: Store):
    """Each kind by itself; withdrawn is gone."""
    first = Consent(ConsentKind.TERMS, 1, DAY)
    second = Consent(ConsentKind.TERMS, 2, LATER)
    adult = Consent(ConsentKind.ADULT, 1, DAY)
    for one in (first, adult, second):
        await store.write(lambda tx, c=one: tx.consents.give(ANN, c))

    assert await store.read(lambda tx: tx.consents.of(ANN)) == [adult, second]
    await store.write(lambda tx: tx.consents.withdraw(ANN, ConsentKind.TERMS))
    assert await store.read(lambda tx: tx.consents.of(ANN)) == [adult]
    assert await store.read(lambda tx: tx.consents.of(BOB)) == []


async def test_badges_are_proposed_given_and_taken(store: Store):
    """One for each account, by organisation."""
    proposed = Badge(ANN, "violett", BOB, None, None)
    given = Badge(ANN, "violett", BOB, CLEO, DAY)
    other = Badge(CLEO, "Espace P", BOB, ANN, DAY)
    for one in (proposed, other, given):
        await store.write(lambda tx, b=one: tx.badges.set(b))

    assert await store.read(lambda tx: tx.badges.all()) == [other, given]
    assert await store.read(lambda tx: tx.badges.get(ANN)) == given
    assert await store.write(lambda tx: tx.badges.remove(ANN))
    assert not await store.write(lambda tx: tx.badges.remove(ANN))


async def test_vouches_count_once_for_each_voucher(store: Store):
    """They can be taken back, and are forgotten."""
    add = [(BOB, DAY), (CLEO, LATER), (BOB, LATER)]
    new = [
        await store.write(lambda tx, v=who, d=day: tx.vouches.add(ANN, v, d))
        for who, day in add
    ]

    assert new == [True, True, False]
    assert await store.read(lambda tx: tx.vouches.of(ANN)) == [BOB, CLEO]
    await store.write(lambda tx: tx.vouches.drop_older(LATER))
    assert await store.read(lambda tx: tx.vouches.of(ANN)) == [CLEO]
    assert await store.write(lambda tx: tx.vouches.remove(ANN, CLEO))
    assert await store.read(lambda tx: tx.vouches.of(ANN)) == []


async def test_who_came_through_whom_is_forgotten(store: Store):
    """Until then both ends can be asked for."""
    await store.write(lambda tx: tx.invited.add(ANN, CLEO, DAY))
    await store.write(lambda tx: tx.invited.add(BOB, CLEO, LATER))

    assert await store.read(lambda tx: tx.invited.by(CLEO)) == [ANN, BOB]
    assert await store.read(lambda tx: tx.invited.inviter(ANN)) == CLEO
    await store.write(lambda tx: tx.invited.drop_older(LATER))
    assert await store.read(lambda tx: tx.invited.inviter(ANN)) is None
    assert await store.read(lambda tx: tx.invited.by(CLEO)) == [BOB]


async def test_notes_are_their_writers(store: Store):
    """Replaced, dropped, and gone with whom they are about."""
    for sealed in (b"one", b"two"):
        await store.write(lambda tx, s=sealed: tx.notes.set(ANN, BOB, s))
    await store.write(lambda tx: tx.notes.set(ANN, CLEO, b"three"))

    assert await store.read(lambda tx: tx.notes.get(ANN, BOB)) == b"two"
    assert await store.read(lambda tx: tx.notes.get(BOB, ANN)) is None
    await store.write(lambda tx: tx.accounts.remove(CLEO))
    assert await store.read(lambda tx: tx.notes.of(ANN)) == {BOB: b"two"}
    await store.write(lambda tx: tx.notes.drop(ANN, BOB))
    assert await store.read(lambda tx: tx.notes.of(ANN)) == {}
