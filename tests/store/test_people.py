"""Accounts, keys, codes, restrictions: the same on every store."""

import asyncio
from dataclasses import replace

import pytest

from bunniz_bbs.domain.errors import KeyTaken, NameTaken
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.moderation import Act, Restraint, Restriction
from bunniz_bbs.domain.people import Role
from bunniz_bbs.store.board_ports import SealedDraft
from bunniz_bbs.store.ports import Store
from tests.store.rows import (
    ANN,
    BOB,
    GENERAL,
    HOUR,
    LONG_AGO,
    NOON,
    a_code,
    a_key,
    an_account,
    begin,
    join,
    say,
)


class TestAccounts:
    async def test_come_back_as_they_were(self, store: Store):
        """An account is found by id, shape and key, with every field."""
        ann = replace(an_account("Ann", Role.TRUSTED), language="nl")
        await store.write(lambda tx: tx.accounts.add(ann, "ann"))
        await store.write(lambda tx: tx.keys.add(a_key(), ANN))

        assert await store.read(lambda tx: tx.accounts.get(ANN)) == ann
        assert await store.read(lambda tx: tx.accounts.by_shape("ann")) == ann
        assert await store.read(lambda tx: tx.accounts.by_key(a_key())) == ann

    async def test_nobody_is_none(self, store: Store):
        """An unknown id, shape or key is nobody's."""
        assert await store.read(lambda tx: tx.accounts.get(ANN)) is None
        assert await store.read(lambda tx: tx.accounts.by_shape("ann")) is None
        assert await store.read(lambda tx: tx.accounts.by_key(a_key())) is None

    async def test_shape_is_taken_once(self, store: Store):
        """A second account of the same shape is refused and not kept."""
        await join(store, "Ann")
        other = replace(an_account("Änn"), id=AccountId("other"))

        with pytest.raises(NameTaken) as refusal:
            await store.write(lambda tx: tx.accounts.add(other, "ann"))

        assert refusal.value.name == "Änn"
        assert await store.read(lambda tx: tx.accounts.get(other.id)) is None

    async def test_all_are_by_name(self, store: Store):
        """Capital letters do not matter for the order."""
        await join(store, "bob", "Ann", "Cleo")

        people = await store.read(lambda tx: tx.accounts.all())

        assert [one.name for one in people] == ["Ann", "bob", "Cleo"]

    async def test_role_and_language_change(self, store: Store):
        """What is changed is changed for this account only."""
        await join(store, "Ann", "Bob")

        await store.write(lambda tx: tx.accounts.set_role(ANN, Role.SYSOP))
        await store.write(lambda tx: tx.accounts.set_language(ANN, "de"))

        ann = await store.read(lambda tx: tx.accounts.get(ANN))
        bob = await store.read(lambda tx: tx.accounts.get(BOB))
        assert ann == replace(an_account("Ann", Role.SYSOP), language="de")
        assert bob == an_account("Bob")

    async def test_exactly_this_role(self, store: Store):
        """A higher role is not this one."""
        await join(store, "Ann")
        await store.write(lambda tx: tx.accounts.set_role(ANN, Role.SYSOP))

        async def any_of(role: Role) -> bool:
            return await store.read(lambda tx: tx.accounts.any_with_role(role))

        assert await any_of(Role.SYSOP)
        assert not await any_of(Role.MEMBER)

    async def test_removal_takes_all_but_the_words(self, store: Store):
        """Keys, marks, drafts and restrictions go; posts stay under their name."""
        await join(store, "Ann")
        thread = await begin(store, author="ann", posts=2)
        mute = Restriction(ANN, Restraint.MUTE, "shouting", None)
        await store.write(lambda tx: tx.keys.add(a_key(), ANN))
        await store.write(lambda tx: tx.reads.advance(ANN, thread.id, 2))
        draft = SealedDraft("board:general", b"B", NOON)
        await store.write(lambda tx: tx.drafts.save(ANN, draft))
        await store.write(lambda tx: tx.restrictions.set(mute))

        await store.write(lambda tx: tx.accounts.remove(ANN))

        assert await store.read(lambda tx: tx.accounts.by_key(a_key())) is None
        assert await store.read(lambda tx: tx.reads.get(ANN, thread.id)) == 0
        assert await store.read(lambda tx: tx.drafts.get(ANN, draft.place)) is None
        held = store.read(lambda tx: tx.restrictions.get(ANN, Restraint.MUTE, NOON))
        assert await held is None
        posts = await store.read(lambda tx: tx.posts.in_thread(thread.id))
        assert [(one.author, one.author_name) for one in posts] == [("", "Ann")] * 2
        begun = await store.read(lambda tx: tx.threads.get(thread.id))
        assert begun is not None
        assert (begun.author, begun.author_name) == ("", "Ann")

    async def test_the_words_of_the_removed_are_nobodys(self, store: Store):
        """A reader without an id has written none of them."""
        await join(store, "Ann")
        await begin(store, author="ann", posts=2)
        await store.write(lambda tx: tx.accounts.remove(ANN))

        rows = await store.read(
            lambda tx: tx.threads.on_board(GENERAL, AccountId(""), LONG_AGO)
        )

        assert [(row.unread, row.followed) for row in rows] == [(2, False)]


class TestKeys:
    async def test_opens_one_account(self, store: Store):
        """A key that opens an account, be it the same one, is taken."""
        await join(store, "Ann", "Bob")
        await store.write(lambda tx: tx.keys.add(a_key(), ANN))

        for account in (ANN, BOB):
            with pytest.raises(KeyTaken):
                await store.write(lambda tx, a=account: tx.keys.add(a_key(), a))

        opened = await store.read(lambda tx: tx.accounts.by_key(a_key()))
        assert opened is not None
        assert opened.id == ANN


class TestInvites:
    async def add(self, store: Store, uses: int = 1, until=None, claim=False) -> None:
        """Keep the code."""
        await store.write(
            lambda tx: tx.invites.add(a_code(), Role.TRUSTED, uses, until, claim=claim)
        )

    async def redeem(self, store: Store, at=NOON) -> Role | None:
        """Use the code."""
        given = await store.write(lambda tx: tx.invites.redeem(a_code(), at))
        return given.role if given else None

    async def good(self, store: Store, at=NOON) -> bool:
        """Ask about the code."""
        return await store.read(lambda tx: tx.invites.good(a_code(), at))

    async def test_gives_a_role_as_often_as_it_says(self, store: Store):
        """The third use of two gives nothing; asking uses nothing."""
        await self.add(store, uses=2)

        assert [await self.good(store) for _ in range(3)] == [True] * 3
        roles = [await self.redeem(store) for _ in range(3)]

        assert roles == [Role.TRUSTED, Role.TRUSTED, None]
        assert not await self.good(store)

    async def test_ends_when_it_expires(self, store: Store):
        """At its end it is no good, a microsecond before it is."""
        await self.add(store, until=NOON)

        assert not await self.good(store, NOON)
        assert await self.redeem(store, NOON) is None
        assert await self.redeem(store, NOON - HOUR / 3_600_000_000) is Role.TRUSTED

    async def test_unknown_is_no_good(self, store: Store):
        """A code that nobody made gives nothing."""
        assert not await self.good(store)
        assert await self.redeem(store) is None

    async def test_one_use_for_one_of_many(self, store: Store):
        """Twenty at once with the last use: exactly one comes in."""
        await self.add(store)

        roles = await asyncio.gather(*(self.redeem(store) for _ in range(20)))

        assert roles.count(Role.TRUSTED) == 1
        assert roles.count(None) == 19

    async def test_count_for_their_maker(self, store: Store):
        """Codes that can be used count, and all of one's own can be taken back."""
        await join(store, "Ann", "Bob")
        for number, uses, until in ((1, 1, None), (2, 2, NOON), (3, 0, None)):
            await store.write(
                lambda tx, n=number, u=uses, t=until: tx.invites.add(
                    a_code(n), Role.MEMBER, u, t, inviter=ANN
                )
            )

        assert await store.read(lambda tx: tx.invites.count_of(ANN, NOON - HOUR)) == 2
        assert await store.read(lambda tx: tx.invites.count_of(ANN, NOON)) == 1
        assert await store.read(lambda tx: tx.invites.count_of(BOB, NOON)) == 0
        given = await store.write(lambda tx: tx.invites.redeem(a_code(1), NOON))
        assert given is not None
        assert given.inviter == ANN
        assert await store.write(lambda tx: tx.invites.drop_of(ANN)) == 3
        assert await store.write(lambda tx: tx.invites.redeem(a_code(2), NOON)) is None

    async def test_claims_are_dropped(self, store: Store):
        """Only claim codes go."""
        await self.add(store, claim=True)
        await store.write(lambda tx: tx.invites.add(a_code(2), Role.MEMBER, 1, None))

        await store.write(lambda tx: tx.invites.drop_claims())

        assert not await self.good(store)
        assert await store.read(lambda tx: tx.invites.good(a_code(2), NOON))

    async def test_spent_are_forgotten(self, store: Store):
        """Used up and expired codes go, so that asking earlier finds nothing."""
        await self.add(store, until=NOON)
        await store.write(lambda tx: tx.invites.add(a_code(2), Role.MEMBER, 1, None))

        await store.write(lambda tx: tx.invites.drop_spent(NOON))

        assert not await self.good(store, NOON - HOUR)
        assert await store.read(lambda tx: tx.invites.good(a_code(2), NOON))


class TestRestrictions:
    async def test_all_in_one_look(self, store: Store):
        """What holds, nothing, or nobody."""
        await join(store, "Ann", "Bob")
        for kind, until in ((Restraint.BAN, NOON), (Restraint.MUTE, None)):
            held = Restriction(ANN, kind, "why", until)
            await store.write(lambda tx, r=held: tx.restrictions.set(r))

        async def kinds(who: AccountId, at=NOON) -> set[str] | None:
            found = await store.read(lambda tx: tx.restrictions.on(who, at))
            return None if found is None else {one.kind.value for one in found[1]}

        assert await kinds(ANN, NOON - HOUR) == {"ban", "mute"}
        assert await kinds(ANN) == {"mute"}
        assert await kinds(BOB) == set()
        assert await kinds(AccountId("gone")) is None

    async def get(self, store: Store, at=NOON, kind=Restraint.BAN):
        """The restriction that holds for Ann."""
        return await store.read(lambda tx: tx.restrictions.get(ANN, kind, at))

    async def test_holds_until_its_end(self, store: Store):
        """At its end it does not hold any more."""
        await join(store, "Ann")
        ban = Restriction(ANN, Restraint.BAN, "spam", NOON + HOUR)
        await store.write(lambda tx: tx.restrictions.set(ban))

        assert await self.get(store) == ban
        assert await self.get(store, NOON + HOUR) is None
        assert await self.get(store, kind=Restraint.MUTE) is None

    async def test_a_new_one_replaces_its_kind(self, store: Store):
        """A ban without an end takes the place of the one with an end."""
        await join(store, "Ann")
        for until in (NOON, None):
            ban = Restriction(ANN, Restraint.BAN, f"until {until}", until)
            await store.write(lambda tx, b=ban: tx.restrictions.set(b))

        assert await self.get(store, NOON + 999 * HOUR) == ban

    async def test_lifting_says_whether_there_was_one(self, store: Store):
        """The second time there is none."""
        await join(store, "Ann")
        ban = Restriction(ANN, Restraint.BAN, "spam", None)
        await store.write(lambda tx: tx.restrictions.set(ban))

        async def lift() -> bool:
            return await store.write(
                lambda tx: tx.restrictions.lift(ANN, Restraint.BAN)
            )

        assert [await lift(), await lift()] == [True, False]
        assert await self.get(store) is None


async def test_log_is_newest_first(store: Store):
    """Entries are numbered from 1 and come back whole; the limit keeps the newest."""
    for act, until in ((Act.MUTE, NOON), (Act.UNMUTE, None), (Act.PIN, None)):
        await store.write(
            lambda tx, a=act, u=until: tx.log.add(NOON, "Mod", a, "bar", u, "why", ANN)
        )

    entries = await store.read(lambda tx: tx.log.newest(2))
    first = (await store.read(lambda tx: tx.log.newest()))[-1]

    assert [(one.number, one.act) for one in entries] == [(3, Act.PIN), (2, Act.UNMUTE)]
    assert (first.number, first.at, first.moderator) == (1, NOON, "Mod")
    assert (first.target, first.until, first.reason) == ("bar", NOON, "why")
    assert first.person == ANN


class TestDrafts:
    async def test_is_kept_and_replaced(self, store: Store):
        """The later one takes the place of the earlier one."""
        await join(store, "Ann", "Bob")
        draft = SealedDraft("board:general", b"B", NOON)
        later = replace(draft, sealed=b"C", saved_at=NOON + HOUR)
        await store.write(lambda tx: tx.drafts.save(ANN, draft))
        await store.write(lambda tx: tx.drafts.save(ANN, later))

        assert await store.read(lambda tx: tx.drafts.get(ANN, draft.place)) == later
        assert await store.read(lambda tx: tx.drafts.get(BOB, draft.place)) is None

    async def test_is_dropped(self, store: Store):
        """Dropping what is not there is nothing."""
        await join(store, "Ann")
        draft = SealedDraft("board:general", b"B", NOON)
        await store.write(lambda tx: tx.drafts.save(ANN, draft))

        for _ in range(2):
            await store.write(lambda tx: tx.drafts.drop(ANN, draft.place))

        assert await store.read(lambda tx: tx.drafts.get(ANN, draft.place)) is None

    async def test_old_ones_are_dropped(self, store: Store):
        """What was saved then or later stays."""
        await join(store, "Ann")
        old = SealedDraft("board:a", b"", NOON - HOUR)
        new = SealedDraft("board:b", b"", NOON)
        for draft in (old, new):
            await store.write(lambda tx, d=draft: tx.drafts.save(ANN, d))

        await store.write(lambda tx: tx.drafts.drop_older(NOON))

        assert await store.read(lambda tx: tx.drafts.get(ANN, "board:a")) is None
        assert await store.read(lambda tx: tx.drafts.get(ANN, "board:b")) == new

    async def test_needs_an_account(self, store: Store):
        """Nothing is kept for somebody without one, and nothing fails."""
        draft = SealedDraft("board:a", b"", NOON)

        await store.write(lambda tx: tx.drafts.save(ANN, draft))

        assert await store.read(lambda tx: tx.drafts.get(ANN, "board:a")) is None

    async def test_edit_of_a_deleted_post_goes(self, store: Store):
        """The words of a deleted post are not left in somebody's draft."""
        await join(store, "Ann")
        thread = await begin(store, author="ann")
        post = await say(store, thread.id, author="ann")
        draft = SealedDraft(f"post:{post.id}", b"Hello again", NOON)
        await store.write(lambda tx: tx.drafts.save(ANN, draft))

        await store.write(lambda tx: tx.posts.delete(post.id))

        assert await store.read(lambda tx: tx.drafts.get(ANN, draft.place)) is None
