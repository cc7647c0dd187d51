"""The keys of an account, and the codes that let another key open it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bunniz_bbs.bus.ports import Bus, person_topic
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.errors import (
    Banned,
    KeyNotFound,
    KeyTaken,
    LastKey,
    StoreDown,
    TooMany,
)
from bunniz_bbs.domain.events import KeyAdded, KeyRevoked, ResetAsked
from bunniz_bbs.domain.ids import AccountId, KeyDigest
from bunniz_bbs.domain.keys import AccountCode, CodeKind, Key, month, week
from bunniz_bbs.domain.moderation import Act, Restraint
from bunniz_bbs.domain.people import CONSOLE, Account, Actor
from bunniz_bbs.domain.policy import Action, require, require_over
from bunniz_bbs.domain.text import clean_line
from bunniz_bbs.services.codes import code_digest, key_digest, new_code, recovery_code
from bunniz_bbs.services.key_files import key_in
from bunniz_bbs.services.limits import CODES, INVITES, Limits
from bunniz_bbs.services.people import named
from bunniz_bbs.services.whole import shred, whole
from bunniz_bbs.store.ports import Store, Transaction

MOST_KEYS: Final = 10
LONGEST_LABEL: Final = 30
RECOVERY_CODES: Final = 8
DEVICE_CODE_STAYS: Final = timedelta(minutes=10)
RESET_WAITS: Final = timedelta(hours=24)
RESET_STAYS: Final = timedelta(days=7)
"""From the moment on at which it can be used."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of a code that let a key in."""

    account: Account
    kind: CodeKind
    left: int
    """Recovery codes that can still be used."""


class KeyService:
    """Lets more keys open an account, and fewer."""

    def __init__(
        self,
        store: Store,
        bus: Bus,
        clock: Clock,
        limits: Limits,
        pepper: bytes,
        random: Callable[[int], bytes],
        fit: Callable[[bytes], object],
        fingerprint: str,
    ) -> None:
        """The keys of everybody.

        Args:
            store: Where what is left of keys is kept.
            bus: Where an account's visits hear of it.
            clock: The time.
            limits: How often codes can be tried.
            pepper: What keyed hashes are made with.
            random: Draws bytes.
            fit: Raises KeyUnfit for a public key blob that is not accepted.
            fingerprint: What clients show of the house's own key.
        """
        self.fingerprint = fingerprint
        self._store = store
        self._bus = bus
        self._clock = clock
        self._limits = limits
        self._pepper = pepper
        self._random = random
        self._fit = fit
        self._week = date.min
        self._noted: set[KeyDigest] = set()

    # -- keys

    async def list(self, actor: Actor) -> Sequence[Key]:
        """The keys that open one's account."""
        require(actor, Action.MANAGE_OWN_KEYS)
        return await self._store.read(lambda tx: tx.keys.of(actor.id))

    async def opens(self, actor: Actor, key: KeyDigest) -> bool:
        """Whether a key opens one's account now."""
        require(actor, Action.MANAGE_OWN_KEYS)
        account = await self._store.read(lambda tx: tx.accounts.by_key(key))
        return account is not None and account.id == actor.id

    async def note_use(self, actor: Actor, key: KeyDigest) -> None:
        """Note the week in which a key was used, once a week."""
        require(actor, Action.MANAGE_OWN_KEYS)
        this = week(self._clock.now())
        if this != self._week:
            self._week = this
            self._noted.clear()
        if key not in self._noted:
            await self._store.write(lambda tx: tx.keys.set_used(key, this))
            self._noted.add(key)

    async def used(self, actor: Actor, key: KeyDigest | None) -> None:
        """`note_use`, for whoever comes in: nobody stays out for want of it."""
        if key is not None and not actor.is_passing:
            with suppress(StoreDown):
                await self.note_use(actor, key)

    async def add(self, actor: Actor, text: str, label: str) -> Key:
        """Let the key in a public key file open one's account.

        Of a key that is barred no more is said than of one that opens an account: a
        file alone does not prove whose it is, and a ban is told to its owner only.

        Raises:
            KeyUnfit: The file holds no single key that is accepted.
            KeyTaken: The key opens an account already, this one or another.
            TooMany: The account has as many keys as fit.
        """
        require(actor, Action.MANAGE_OWN_KEYS)
        blob = key_in(text)
        self._fit(blob)
        digest = key_digest(self._pepper, blob)
        called = _label(label)
        now = self._clock.now()
        added_in = month(now)

        async def work(tx: Transaction) -> None:
            if await tx.barred.get(digest, now):
                raise KeyTaken
            await self._let_in(tx, digest, actor.id, called, added_in)

        await self._store.write(work)
        await self._bus.publish(person_topic(actor.id), KeyAdded(actor.id, called))
        return Key(digest, called, added_in, None)

    async def _let_in(
        self,
        tx: Transaction,
        digest: KeyDigest,
        account: AccountId,
        label: str,
        added_in: date,
    ) -> None:
        if len(await tx.keys.of(account)) >= MOST_KEYS:
            raise TooMany(MOST_KEYS)
        await tx.keys.add(digest, account, label, added_in)

    async def label(self, actor: Actor, which: str, label: str) -> Key:
        """Call a key so, for oneself alone.

        Raises:
            KeyNotFound: None, or more than one, is called that.
        """
        require(actor, Action.MANAGE_OWN_KEYS)
        called = _label(label)

        async def work(tx: Transaction) -> Key:
            key = _one(await tx.keys.of(actor.id), which)
            await tx.keys.set_label(actor.id, key.digest, called)
            return Key(key.digest, called, key.added_in, key.used_in)

        return await self._store.write(work)

    @whole
    async def revoke(self, actor: Actor, which: str) -> Key:
        """Let a key open the account no more; its visits end.

        Raises:
            KeyNotFound: None, or more than one, is called that.
            LastKey: There would be no way back.
        """
        require(actor, Action.MANAGE_OWN_KEYS)
        now = self._clock.now()

        async def work(tx: Transaction) -> Key:
            keys = await tx.keys.of(actor.id)
            key = _one(keys, which)
            ways_back = await tx.codes.of(actor.id, CodeKind.RECOVERY, now)
            if len(keys) == 1 and not ways_back:
                raise LastKey
            await tx.keys.remove(actor.id, key.digest)
            return key

        key = await self._store.write(work)
        await self._tell_revoked(actor.id, [key.digest])
        await shred(self._store)
        return key

    async def _tell_revoked(
        self, account: AccountId, keys: Sequence[KeyDigest]
    ) -> None:
        for one in keys:
            await self._bus.publish(
                person_topic(account), KeyRevoked(account, one.hex())
            )

    # -- codes of one's own

    async def device_code(self, actor: Actor) -> tuple[str, datetime]:
        """A code that lets one more key in, and until when; it replaces the last one.

        Raises:
            TooMany: The account has as many keys as fit.
            TooFast: Too many codes in a short time.
        """
        require(actor, Action.MANAGE_OWN_KEYS)
        self._limits.take(INVITES, ("device", actor.id))
        code = new_code(self._random)
        until = self._clock.now() + DEVICE_CODE_STAYS
        kept = self._code(code, actor.id, CodeKind.DEVICE, None, until)

        async def work(tx: Transaction) -> None:
            if len(await tx.keys.of(actor.id)) >= MOST_KEYS:
                raise TooMany(MOST_KEYS)
            await tx.codes.drop(actor.id, CodeKind.DEVICE)
            await tx.codes.add(kept)

        await self._store.write(work)
        return code, until

    async def recovery_codes(self, actor: Actor) -> Sequence[str]:
        """Eight new codes in words, shown this once; earlier ones become useless.

        Raises:
            TooFast: Too many codes in a short time.
        """
        require(actor, Action.MANAGE_OWN_KEYS)
        self._limits.take(INVITES, ("recovery", actor.id))
        codes = [recovery_code(self._random) for _ in range(RECOVERY_CODES)]

        async def work(tx: Transaction) -> None:
            await tx.codes.drop(actor.id, CodeKind.RECOVERY)
            for one in codes:
                await tx.codes.add(
                    self._code(one, actor.id, CodeKind.RECOVERY, None, None)
                )

        await self._store.write(work)
        return codes

    async def recovery_left(self, actor: Actor) -> int:
        """How many recovery codes can still be used."""
        require(actor, Action.MANAGE_OWN_KEYS)
        return await self._store.read(lambda tx: self._left(tx, actor.id))

    async def _left(self, tx: Transaction, account: AccountId) -> int:
        now = self._clock.now()
        return len(await tx.codes.of(account, CodeKind.RECOVERY, now))

    def _code(
        self,
        code: str,
        account: AccountId,
        kind: CodeKind,
        good_from: datetime | None,
        expires_at: datetime | None,
    ) -> AccountCode:
        digest = code_digest(self._pepper, code)
        return AccountCode(digest, account, kind, good_from, expires_at)

    # -- at the door

    @whole
    async def open_with(self, key: KeyDigest, code: str) -> Opened | None:
        """Use a code up and let a key open its account; None: it is of no account.

        A device's code adds the key. A recovery or reset code also revokes all other
        keys, whose visits end. Either all of it happens or the code stays unused.

        Raises:
            Banned: The account may not come in, or the key is of somebody banned.
            KeyTaken: The key opens an account already.
            TooMany: The account has as many keys as fit.
            TooFast: This key has tried too often.
        """
        # Beside the bucket of invite codes: one that is of no account is tried as one.
        self._limits.take(CODES, ("account", key))
        digest = code_digest(self._pepper, code)
        now = self._clock.now()

        async def work(tx: Transaction) -> tuple[Opened, Sequence[KeyDigest]] | None:
            found = await tx.codes.redeem(digest, now)
            account = await tx.accounts.get(found.account) if found else None
            if found is None or account is None:
                return None
            ban = await tx.barred.get(key, now) or await tx.restrictions.get(
                account.id, Restraint.BAN, now
            )
            if ban:
                raise Banned(ban.reason, ban.until)
            if await tx.accounts.by_key(key):
                raise KeyTaken
            gone: Sequence[KeyDigest] = ()
            await tx.codes.drop(account.id, CodeKind.DEVICE)
            if found.kind is not CodeKind.DEVICE:
                gone = await tx.keys.remove_others(account.id, key)
                await tx.codes.drop(account.id, CodeKind.RESET)
            if found.kind is CodeKind.RESET:
                await tx.codes.drop(account.id, CodeKind.RECOVERY)
            await self._let_in(tx, key, account.id, "", month(now))
            left = await self._left(tx, account.id)
            return Opened(account, found.kind, left), gone

        done = await self._store.write(work)
        if done is None:
            return None
        opened, gone = done
        account = opened.account.id
        await self._tell_revoked(account, gone)
        await self._bus.publish(person_topic(account), KeyAdded(account, ""))
        if gone:
            await shred(self._store)
        return opened

    # -- the last resort

    @whole
    async def reset(self, actor: Actor, name: str) -> tuple[Account, str, datetime]:
        """A code for somebody who lost everything, and from when on it works.

        All their visits are told, now and each time they come, and any can stop it.

        Raises:
            PersonNotFound: Nobody is called that.
            Outranked: A sysop's keys are reset from the command line only.
        """
        require(actor, Action.RESET_KEYS)
        code = new_code(self._random)
        now = self._clock.now()
        good_from = now + RESET_WAITS

        async def work(tx: Transaction) -> Account:
            account = await named(tx, name)
            if actor != CONSOLE:
                require_over(actor, Action.RESET_KEYS, account.name, account.role)
            await tx.codes.drop(account.id, CodeKind.RESET)
            until = good_from + RESET_STAYS
            await tx.codes.add(
                self._code(code, account.id, CodeKind.RESET, good_from, until)
            )
            await tx.log.add(now, actor.id, Act.RESET, "", None, "", account.id)
            return account

        account = await self._store.write(work)
        await self._bus.publish(
            person_topic(account.id), ResetAsked(account.id, good_from)
        )
        return account, code, good_from

    async def pending_reset(self, actor: Actor) -> datetime | None:
        """From when on a reset code works for one's account; None: there is none."""
        require(actor, Action.MANAGE_OWN_KEYS)
        now = self._clock.now()
        codes = await self._store.read(
            lambda tx: tx.codes.of(actor.id, CodeKind.RESET, now)
        )
        return codes[0].good_from if codes else None

    async def stop_reset(self, actor: Actor) -> bool:
        """Make the reset code of one's account useless; whether there was one."""
        require(actor, Action.MANAGE_OWN_KEYS)
        dropped = await self._store.write(
            lambda tx: tx.codes.drop(actor.id, CodeKind.RESET)
        )
        return dropped > 0


def handle(key: Key) -> str:
    """What tells a key from the others of its account; says nothing of the key."""
    return key.digest.hex()[:6]


def _label(text: str) -> str:
    """What a key is called, as it is shown; may be empty."""
    return clean_line(text, characters=LONGEST_LABEL) if text.strip() else ""


def _one(keys: Sequence[Key], which: str) -> Key:
    wanted = which.strip().casefold()
    found = [one for one in keys if handle(one) == wanted] or [
        one for one in keys if one.label and one.label.casefold() == wanted
    ]
    if len(found) != 1:
        raise KeyNotFound(which[:40])
    return found[0]
