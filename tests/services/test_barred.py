"""Bans on keys, and names that nobody takes from somebody who is gone."""

from datetime import timedelta

import pytest

from bunniz_bbs.bus.memory import MemoryBus
from bunniz_bbs.domain.errors import (
    AlreadyDone,
    Banned,
    KeyTaken,
    NameTaken,
    PersonNotFound,
    ReasonMissing,
)
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import CONSOLE, Actor, Role, gone
from bunniz_bbs.services import Services
from bunniz_bbs.services.janitor import Janitor
from bunniz_bbs.services.keys import handle
from bunniz_bbs.store.ports import Store
from bunniz_bbs.wiring import build
from tests.services.houses import a_house
from tests.services.living import PEPPER, key_of
from tests.services.may_keys import public_key
from tests.services.still import StillClock
from tests.store.conftest import database, path, postgres, server, sqlite, store

__all__ = ["database", "path", "postgres", "server", "sqlite", "store"]

HOUR = timedelta(hours=1)
PHONE = key_of("maple's phone")


@pytest.fixture
def clock() -> StillClock:
    """A clock that moves when told."""
    return StillClock()


@pytest.fixture
def on(store: Store, clock: StillClock) -> Services:
    """The services of a house on each database in turn."""
    return build(store, MemoryBus(), clock, a_house(), PEPPER).services


@pytest.fixture
async def maple(on: Services) -> Actor:
    """A member with two keys."""
    account = await on.people.add(CONSOLE, "maple", key_of("maple"), Role.MEMBER, "en")
    actor = Actor.of(account)
    code, _ = await on.keys.device_code(actor)
    assert await on.keys.open_with(PHONE, code)
    return actor


async def test_a_ban_holds_for_every_key(on, maple):
    """Whichever device somebody comes with, the reason is said."""
    await on.moderation.ban(CONSOLE, "maple", HOUR, "Too loud")

    for key in (key_of("maple"), PHONE):
        with pytest.raises(Banned) as ban:
            await on.people.recognise(key)
        assert ban.value.reason == "Too loud"


async def test_no_key_escapes_with_the_account(on, maple):
    """The account is removed; its keys open nothing and join with no invite."""
    await on.moderation.ban(CONSOLE, "maple", None, "Too loud")
    await on.people.remove(CONSOLE, "maple")
    code = await on.invites.create(CONSOLE, 1, HOUR, Role.MEMBER)

    for key in (key_of("maple"), PHONE):
        with pytest.raises(Banned):
            await on.people.recognise(key)
        with pytest.raises(Banned):
            await on.people.join(key, code, "clover", "en")

    assert await on.people.join(key_of("clover"), code, "clover", "en")


async def test_a_barred_key_opens_no_other_account(on, maple):
    """At the door its owner reads why; from its file alone nobody learns of the ban."""
    clover = Actor.of(
        await on.people.add(CONSOLE, "clover", key_of("clover"), Role.MEMBER, "en")
    )
    text = public_key()
    added = await on.keys.add(maple, text, "old")
    recovery = await on.keys.recovery_codes(clover)
    device, _ = await on.keys.device_code(clover)
    await on.moderation.ban(CONSOLE, "maple", None, "Too loud")
    await on.people.remove(CONSOLE, "maple")

    for code in (device, recovery[0]):
        with pytest.raises(Banned, match="Too loud"):
            await on.keys.open_with(added.digest, code)
    with pytest.raises(KeyTaken):
        await on.keys.add(clover, text, "mine")

    assert await on.keys.recovery_left(clover) == 8
    assert await on.keys.open_with(key_of("clover's phone"), device)


async def test_the_ban_of_somebody_who_is_gone_can_be_lifted(on, maple):
    """By what stands for them in the log; whoever holds a key may then join again."""
    await on.moderation.ban(CONSOLE, "maple", None, "Too loud")
    await on.people.remove(CONSOLE, "maple")
    [_, banned] = await on.moderation.log(CONSOLE)

    lifted = await on.bans.lift(CONSOLE, banned.target, "Talked")

    assert lifted.name == banned.target == gone(maple.id)
    for key in (key_of("maple"), PHONE):
        assert await on.people.recognise(key) is None
    entry = (await on.moderation.log(CONSOLE))[0]
    assert (entry.act, entry.target) == (Act.UNBAN, banned.target)
    with pytest.raises(PersonNotFound):
        await on.bans.lift(CONSOLE, maple.id, "Again")


async def test_a_handle_means_somebody_who_is_gone_and_banned(on, maple):
    """Nobody else: whoever is here has a name and a rank."""
    await on.people.add(CONSOLE, "clover", key_of("clover"), Role.MEMBER, "en")
    await on.moderation.ban(CONSOLE, "maple", None, "Too loud")

    for who in (gone(maple.id), maple.id, maple.id[:5], "~", "", "~%%%%%%", "clover"):
        with pytest.raises((PersonNotFound, AlreadyDone)):
            await on.bans.lift(CONSOLE, who, "Talked")
    with pytest.raises(ReasonMissing):
        await on.bans.lift(CONSOLE, "maple", " ")
    assert (await on.bans.lift(CONSOLE, "maple", "Talked")).name == "maple"
    assert await on.people.recognise(PHONE)


async def test_lifted_it_is_lifted_for_every_key(on, maple):
    """The door opens again to each device."""
    await on.moderation.ban(CONSOLE, "maple", None, "Too loud")
    await on.moderation.unban(CONSOLE, "maple", "Talked")

    for key in (key_of("maple"), PHONE):
        assert await on.people.recognise(key)


async def test_at_its_end_it_is_over_and_then_forgotten(on, maple, store, clock):
    """Nothing of a ban that ended stays on any key."""
    await on.moderation.ban(CONSOLE, "maple", HOUR, "Too loud")
    before = clock.now()
    clock.move(hours=1)

    assert await on.people.recognise(PHONE)
    assert await store.read(lambda tx: tx.barred.get(PHONE, before))

    await Janitor(store, MemoryBus(), clock, a_house()).round()
    assert await store.read(lambda tx: tx.barred.get(PHONE, before)) is None


async def test_a_lifted_mute_lifts_no_ban(on, maple):
    """Each is lifted by itself."""
    await on.moderation.ban(CONSOLE, "maple", None, "Too loud")
    await on.moderation.mute(CONSOLE, "maple", None, "Too loud")
    await on.moderation.unmute(CONSOLE, "maple", "Talked")

    with pytest.raises(Banned):
        await on.people.recognise(PHONE)


async def test_a_key_revoked_before_is_not_barred(on, maple):
    """It opened nothing any more: somebody else may hold it by now."""
    first = next(k for k in await on.keys.list(maple) if k.digest == PHONE)
    await on.keys.revoke(maple, handle(first))
    await on.moderation.ban(CONSOLE, "maple", None, "Too loud")

    assert await on.people.recognise(PHONE) is None


async def test_nobody_takes_the_name_of_somebody_who_is_gone(on, maple):
    """Their posts still bear it: neither it nor what looks like it is free."""
    await on.people.remove(CONSOLE, "maple")
    code = await on.invites.create(CONSOLE, 1, HOUR, Role.MEMBER)

    for name in ("maple", "Máple"):
        with pytest.raises(NameTaken):
            await on.people.fit(name)
        with pytest.raises(NameTaken):
            await on.people.join(key_of("clover"), code, name, "en")

    assert await on.people.join(key_of("clover"), code, "clover", "en")


async def test_what_is_read_tells_the_month_at_most(on, clock):
    """Whoever reads the data file cannot tell on which day somebody came."""
    floors = set()
    start = clock.now().replace(day=1)
    clock.move(seconds=(start + timedelta(days=31) - clock.now()).total_seconds())
    for number in range(3):
        name = f"clover {'abc'[number]}"
        account = await on.people.add(CONSOLE, name, key_of(name), Role.MEMBER, "en")
        floors.add(account.read_floor)
        clock.move(days=2)

    assert {one.day for one in floors} == {1}
