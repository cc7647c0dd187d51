"""Keys, codes for accounts, barred keys: the same on every store."""

import asyncio
from datetime import date

import pytest

from bunniz_bbs.domain.errors import KeyTaken
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.keys import AccountCode, CodeKind, Key
from bunniz_bbs.store.ports import Store
from tests.store.rows import ANN, BOB, HOUR, NOON, a_code, a_key, join

MARCH = date(2026, 3, 1)
MONDAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
async def people(store: Store) -> None:
    """Ann and Bob are here."""
    await join(store, "Ann", "Bob")


class TestKeys:
    async def add(self, store: Store, number: int, label: str, who=ANN) -> None:
        """Let a key in."""
        await store.write(lambda tx: tx.keys.add(a_key(number), who, label, MARCH))

    async def test_come_back_by_label(self, store: Store):
        """With what their owner may see of them, and nobody else's."""
        await self.add(store, 1, "phone")
        await self.add(store, 2, "Laptop")
        await self.add(store, 3, "theirs", BOB)

        assert await store.read(lambda tx: tx.keys.of(ANN)) == [
            Key(a_key(2), "Laptop", MARCH, None),
            Key(a_key(1), "phone", MARCH, None),
        ]

    async def test_are_nobody_elses_business(self, store: Store):
        """One can neither name nor revoke another's key."""
        await self.add(store, 1, "phone")

        for work in (
            lambda tx: tx.keys.set_label(BOB, a_key(1), "mine"),
            lambda tx: tx.keys.remove(BOB, a_key(1)),
        ):
            assert await store.write(work) is False
        (kept,) = await store.read(lambda tx: tx.keys.of(ANN))
        assert kept.label == "phone"

    async def test_a_key_opens_one_account(self, store: Store):
        """Whoever adds it second is refused."""
        await self.add(store, 1, "phone")
        with pytest.raises(KeyTaken):
            await self.add(store, 1, "phone", BOB)

    async def test_last_use_only_moves_on(self, store: Store):
        """A visit that is noted late does not take it back."""
        await self.add(store, 1, "phone")
        for day in (MONDAY, MARCH):
            await store.write(lambda tx, d=day: tx.keys.set_used(a_key(1), d))

        (kept,) = await store.read(lambda tx: tx.keys.of(ANN))
        assert kept.used_in == MONDAY

    async def test_a_revoked_key_opens_nothing(self, store: Store):
        """And it is free again."""
        await self.add(store, 1, "phone")

        assert await store.write(lambda tx: tx.keys.remove(ANN, a_key(1)))
        assert await store.read(lambda tx: tx.accounts.by_key(a_key(1))) is None
        await self.add(store, 1, "found", BOB)

    async def test_all_others_can_be_revoked_at_once(self, store: Store):
        """Those of other people stay."""
        for number in (1, 2, 3):
            await self.add(store, number, f"{number}")
        await self.add(store, 4, "theirs", BOB)

        gone = await store.write(lambda tx: tx.keys.remove_others(ANN, a_key(2)))

        assert sorted(gone) == [a_key(1), a_key(3)]
        assert [one.digest for one in await store.read(lambda tx: tx.keys.of(ANN))] == [
            a_key(2)
        ]
        assert len(await store.read(lambda tx: tx.keys.of(BOB))) == 1


class TestCodes:
    def code(self, number=1, kind=CodeKind.DEVICE, begin=None, end=None) -> AccountCode:
        """A code of Ann's."""
        return AccountCode(a_code(number), ANN, kind, begin, end)

    async def test_work_once(self, store: Store):
        """Asking uses nothing."""
        code = self.code(end=NOON + HOUR)
        await store.write(lambda tx: tx.codes.add(code))

        assert await store.read(lambda tx: tx.codes.get(code.digest, NOON)) == code
        assert await store.write(lambda tx: tx.codes.redeem(code.digest, NOON)) == code
        assert await store.write(lambda tx: tx.codes.redeem(code.digest, NOON)) is None

    async def test_work_in_their_time(self, store: Store):
        """From their first moment on, until their last."""
        code = self.code(begin=NOON, end=NOON + HOUR)
        await store.write(lambda tx: tx.codes.add(code))
        moments = (NOON - HOUR, NOON, NOON + HOUR)

        good = [
            await store.read(lambda tx, m=moment: tx.codes.get(code.digest, m))
            for moment in moments
        ]

        assert good == [None, code, None]

    async def test_one_use_for_one_of_many(self, store: Store):
        """Twenty at once: exactly one gets in."""
        code = self.code(kind=CodeKind.RECOVERY)
        await store.write(lambda tx: tx.codes.add(code))

        found = await asyncio.gather(
            *(
                store.write(lambda tx: tx.codes.redeem(code.digest, NOON))
                for _ in range(20)
            )
        )

        assert found.count(code) == 1
        assert found.count(None) == 19

    async def test_of_one_kind(self, store: Store):
        """Listed, those that are not good yet too, and dropped."""
        reset = self.code(2, CodeKind.RESET, begin=NOON + HOUR)
        for code in (self.code(1, CodeKind.RECOVERY), reset):
            await store.write(lambda tx, c=code: tx.codes.add(c))

        found = await store.read(lambda tx: tx.codes.of(ANN, CodeKind.RESET, NOON))
        assert found == [reset]
        assert await store.write(lambda tx: tx.codes.drop(ANN, CodeKind.RESET)) == 1
        assert not await store.read(lambda tx: tx.codes.of(ANN, CodeKind.RESET, NOON))
        assert await store.read(lambda tx: tx.codes.of(ANN, CodeKind.RECOVERY, NOON))

    async def test_expired_are_forgotten(self, store: Store):
        """So that asking earlier finds nothing; those without an end stay."""
        for code in (self.code(1, end=NOON), self.code(2, CodeKind.RECOVERY)):
            await store.write(lambda tx, c=code: tx.codes.add(c))

        await store.write(lambda tx: tx.codes.drop_expired(NOON))

        assert await store.read(lambda tx: tx.codes.get(a_code(1), NOON - HOUR)) is None
        assert await store.read(lambda tx: tx.codes.get(a_code(2), NOON))

    async def test_go_with_their_account(self, store: Store):
        """Nobody comes back to an account that is gone."""
        await store.write(lambda tx: tx.codes.add(self.code()))
        await store.write(lambda tx: tx.accounts.remove(ANN))

        assert await store.write(lambda tx: tx.codes.redeem(a_code(), NOON)) is None


class TestBarredKeys:
    async def test_outlive_the_account(self, store: Store):
        """Until their end."""
        await store.write(
            lambda tx: tx.barred.add([a_key(1), a_key(2)], ANN, "why", NOON)
        )
        await store.write(lambda tx: tx.accounts.remove(ANN))

        held = await store.read(lambda tx: tx.barred.get(a_key(2), NOON - HOUR))
        assert held is not None
        assert (held.reason, held.until) == ("why", NOON)
        assert await store.read(lambda tx: tx.barred.get(a_key(2), NOON)) is None
        assert await store.read(lambda tx: tx.barred.get(a_key(3), NOON)) is None

    async def test_the_last_word_holds(self, store: Store):
        """A longer ban takes the place of a shorter one; lifting ends it for all."""
        for until in (NOON, None):
            await store.write(
                lambda tx, u=until: tx.barred.add([a_key(1), a_key(2)], ANN, "why", u)
            )
        assert await store.read(lambda tx: tx.barred.get(a_key(1), NOON + HOUR))

        await store.write(lambda tx: tx.barred.lift(ANN))
        assert await store.read(lambda tx: tx.barred.get(a_key(2), NOON)) is None

    async def test_ended_are_forgotten(self, store: Store):
        """Those without an end stay."""
        await store.write(lambda tx: tx.barred.add([a_key(1)], ANN, "why", NOON))
        await store.write(lambda tx: tx.barred.add([a_key(2)], BOB, "why", None))

        await store.write(lambda tx: tx.barred.drop_ended(NOON))

        before = NOON - HOUR
        assert await store.read(lambda tx: tx.barred.get(a_key(1), before)) is None
        assert await store.read(lambda tx: tx.barred.get(a_key(2), before))


class TestReservedNames:
    async def test_are_free_for_their_bearer_alone(self, store: Store):
        """Even when that account is gone nobody gets them."""
        name = bytes(32)
        await store.write(lambda tx: tx.reserved.add(name, ANN))

        async def free(who: AccountId | None) -> bool:
            return await store.read(lambda tx: tx.reserved.is_free(name, who))

        assert [await free(one) for one in (ANN, BOB, None)] == [True, False, False]
        await store.write(lambda tx: tx.accounts.remove(ANN))
        assert [await free(one) for one in (ANN, BOB, None)] == [False] * 3

    async def test_are_given_back(self, store: Store):
        """Once their bearer has taken them again."""
        await store.write(lambda tx: tx.reserved.add(bytes(32), ANN))
        await store.write(lambda tx: tx.reserved.drop(bytes(32)))

        assert await store.read(lambda tx: tx.reserved.is_free(bytes(32), BOB))
