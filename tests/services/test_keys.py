"""Keys of an account, and the codes that let another one in."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from bunniz_bbs.domain.errors import (
    Banned,
    CodeRefused,
    KeyNotFound,
    KeyTaken,
    KeyUnfit,
    LastKey,
    Outranked,
    TooFast,
    TooMany,
)
from bunniz_bbs.domain.events import KeyAdded, KeyRevoked, ResetAsked
from bunniz_bbs.domain.keys import CodeKind
from bunniz_bbs.domain.people import CONSOLE, Role
from bunniz_bbs.services.keys import MOST_KEYS, handle
from tests.services.living import key_of
from tests.services.may_keys import public_key

OTHER = key_of("another device")
WRONG = "0000-0000-0000-0000"
HOUR = timedelta(hours=1)


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """Every statement that is sent to a database."""
    sent: list[str] = []

    def note(connection, cursor, statement, *more) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


class TestDevices:
    async def test_a_second_device_comes_in_by_a_code(self, home, maple):
        """The code lets one more key in; the first one still opens the account."""
        code, _ = await home.services.keys.device_code(maple)

        opened = await home.services.keys.open_with(OTHER, code.lower())

        assert opened
        assert (opened.account.id, opened.kind) == (maple.id, CodeKind.DEVICE)
        for key in (OTHER, key_of("maple")):
            account = await home.services.people.recognise(key)
            assert account
            assert account.id == maple.id

    async def test_a_code_works_once(self, home, maple):
        """Whoever comes later is told what whoever guesses is told."""
        code, _ = await home.services.keys.device_code(maple)
        await home.services.keys.open_with(OTHER, code)

        assert await home.services.keys.open_with(key_of("late"), code) is None

    async def test_a_code_works_for_ten_minutes(self, home, maple):
        """At the very moment it is over."""
        code, until = await home.services.keys.device_code(maple)
        home.clock.move(minutes=10)

        assert until == home.clock.now()
        assert await home.services.keys.open_with(OTHER, code) is None

    async def test_a_new_code_replaces_the_last_one(self, home, maple):
        """Of two codes that were shown, the second one works."""
        first, _ = await home.services.keys.device_code(maple)
        second, _ = await home.services.keys.device_code(maple)

        assert await home.services.keys.open_with(OTHER, first) is None
        assert await home.services.keys.open_with(OTHER, second)

    async def test_nothing_tells_a_wrong_code_from_one_that_was_good(
        self, home, maple, statements
    ):
        """The same answer and the same work: used, expired, too early, mistyped."""
        keys, people = home.services.keys, home.services.people
        used, _ = await keys.device_code(maple)
        await keys.open_with(OTHER, used)
        invite = await home.services.invites.create(CONSOLE, 1, HOUR, Role.MEMBER)
        await people.join(key_of("clover"), invite, "clover", "en")
        unused = await home.services.invites.create(CONSOLE, 1, HOUR, Role.MEMBER)
        home.clock.move(hours=1)
        _, early, _ = await keys.reset(CONSOLE, "maple")
        expired, _ = await keys.device_code(maple)
        home.clock.move(minutes=10)

        seen = set()
        for number, code in enumerate((WRONG, used, expired, early, invite, unused)):
            somebody, before = key_of(f"{number}"), len(statements)
            assert await keys.open_with(somebody, code) is None
            with pytest.raises(CodeRefused) as refused:
                await people.check_code(somebody, code)
            seen.add((str(refused.value), *statements[before:]))

        assert len(seen) == 1
        assert len(*seen) > 2

    async def test_guessing_has_a_limit(self, home, maple):
        """Five at once, then one in half a minute, right or wrong."""
        code, _ = await home.services.keys.device_code(maple)
        for _ in range(5):
            assert await home.services.keys.open_with(OTHER, WRONG) is None

        with pytest.raises(TooFast):
            await home.services.keys.open_with(OTHER, code)
        home.clock.move(seconds=30)

        assert await home.services.keys.open_with(OTHER, code)

    async def test_a_key_opens_one_account(self, home, maple, clover):
        """Twice, or for two people, is refused, and the code is still good."""
        text = public_key()
        await home.services.keys.add(clover, text, "phone")
        for person in (clover, maple):
            with pytest.raises(KeyTaken):
                await home.services.keys.add(person, text, "phone")
        code, _ = await home.services.keys.device_code(maple)

        for known in ("maple", "clover"):
            with pytest.raises(KeyTaken):
                await home.services.keys.open_with(key_of(known), code)

        assert await home.services.keys.open_with(OTHER, code)

    async def test_an_account_has_ten_keys(self, home, maple):
        """One more is refused, however it comes."""
        code, _ = await home.services.keys.device_code(maple)
        for _ in range(MOST_KEYS - 1):
            await home.services.keys.add(maple, public_key(), "")

        with pytest.raises(TooMany):
            await home.services.keys.add(maple, public_key(), "")
        with pytest.raises(TooMany):
            await home.services.keys.device_code(maple)
        with pytest.raises(TooMany):
            await home.services.keys.open_with(OTHER, code)

    async def test_no_code_opens_a_banned_account(self, home, maple, mossy):
        """They are told why; the code is not used up."""
        code, _ = await home.services.keys.device_code(maple)
        await home.services.moderation.ban(mossy, "maple", None, "Why")

        with pytest.raises(Banned):
            await home.services.keys.open_with(OTHER, code)

        assert await home.services.people.recognise(OTHER) is None


class TestFiles:
    async def test_options_and_comments_are_dropped(self, home, maple):
        """Only the key itself counts; what names a device is not kept."""
        key = public_key().strip()
        text = f'# mine\n\nno-pty,command="x" {key} rosa@laptop-of-rosa\n'

        await home.services.keys.add(maple, text, "phone")
        with pytest.raises(KeyTaken):
            await home.services.keys.add(maple, key, "again")

        assert "rosa" not in str(await home.rows())

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "# nothing",
            "ssh-ed25519",
            "ssh-ed25519 AAAA!!!",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5",
            "-----BEGIN OPENSSH PRIVATE KEY-----",
            "\x00\u202e" * 40_000,
        ],
    )
    async def test_what_holds_no_key_is_refused(self, home, maple, text):
        """Whatever it is, in a sentence."""
        with pytest.raises(KeyUnfit):
            await home.services.keys.add(maple, text, "")

    async def test_fifty_keys_are_refused(self, home, maple):
        """One is added at a time, so that each has been looked at."""
        with pytest.raises(KeyUnfit, match="50 keys"):
            await home.services.keys.add(maple, public_key() * 50, "")

        assert len(await home.services.keys.list(maple)) == 1


class TestTheList:
    async def test_says_the_month_and_the_week(self, home, maple):
        """Nothing finer is kept."""
        await home.services.keys.add(maple, public_key(), "phone")
        home.clock.move(days=9)
        await home.services.keys.used(maple, key_of("maple"))

        unlabelled, phone = await home.services.keys.list(maple)

        assert (phone.label, phone.used_in) == ("phone", None)
        assert phone.added_in
        assert phone.added_in.day == 1
        assert unlabelled.used_in
        assert unlabelled.used_in.weekday() == 0

    async def test_use_is_written_once_a_week(self, home, maple):
        """Coming in a second time writes nothing."""
        await home.services.keys.used(maple, key_of("maple"))
        before = await home.rows()
        home.clock.move(minutes=5)
        await home.services.keys.used(maple, key_of("maple"))
        same = await home.rows()
        home.clock.move(days=7)
        await home.services.keys.used(maple, key_of("maple"))

        assert before == same
        assert await home.rows() != before

    async def test_a_key_is_called_by_label_or_id(self, home, maple, clover):
        """Other people's keys are called nothing."""
        key = await home.services.keys.add(maple, public_key(), "phone")

        await home.services.keys.label(maple, handle(key), "old phone")
        await home.services.keys.revoke(maple, "OLD PHONE")

        [own] = await home.services.keys.list(maple)
        with pytest.raises(KeyNotFound):
            await home.services.keys.label(clover, handle(own), "mine")
        with pytest.raises(KeyNotFound):
            await home.services.keys.revoke(maple, "")


class TestRevoking:
    async def test_ends_that_keys_visits(self, home, maple):
        """The account's visits hear which key it was."""
        key = await home.services.keys.add(maple, public_key(), "phone")
        async with home.ear(maple) as ear:
            await home.services.keys.revoke(maple, "phone")

            assert await ear.next() == KeyRevoked(maple.id, key.digest.hex())

        assert await home.services.people.recognise(key.digest) is None
        assert not await home.services.keys.opens(maple, key.digest)

    async def test_the_last_key_needs_recovery_codes_first(self, home, maple):
        """With them, it goes."""
        [key] = await home.services.keys.list(maple)
        with pytest.raises(LastKey):
            await home.services.keys.revoke(maple, handle(key))
        await home.services.keys.recovery_codes(maple)

        await home.services.keys.revoke(maple, handle(key))

        assert await home.services.keys.list(maple) == []


class TestRecovery:
    async def test_codes_are_eight_times_four_words(self, home, maple):
        """Words that can be said in four languages; nothing kept gives them back."""
        codes = await home.services.keys.recovery_codes(maple)

        word = "[bdfghjklmnprstvz][aiou]" * 2 + "[bdfghjklmnprstvz]"
        assert len(set(codes)) == 8
        assert all(re.fullmatch("-".join([word] * 4), one) for one in codes)
        assert await home.services.keys.recovery_left(maple) == 8
        kept = str(await home.rows())
        assert not any(word in kept for one in codes for word in one.split("-"))

    async def test_a_code_lets_one_key_in_and_all_others_out(self, home, maple):
        """Visits with the old key are told; seven codes are left."""
        codes = await home.services.keys.recovery_codes(maple)
        async with home.ear(maple) as ear:
            opened = await home.services.keys.open_with(
                OTHER, codes[3].replace("-", " ").upper()
            )

            assert await ear.next() == KeyRevoked(maple.id, key_of("maple").hex())
            assert await ear.next() == KeyAdded(maple.id, "")

        assert opened
        assert (opened.kind, opened.left) == (CodeKind.RECOVERY, 7)
        assert await home.services.people.recognise(key_of("maple")) is None
        assert await home.services.keys.open_with(key_of("x"), codes[3]) is None

    async def test_a_new_set_replaces_the_old_one(self, home, maple):
        """A sheet that somebody may have seen is worth nothing."""
        old = await home.services.keys.recovery_codes(maple)
        await home.services.keys.recovery_codes(maple)

        assert await home.services.keys.open_with(OTHER, old[0]) is None
        assert await home.services.keys.recovery_left(maple) == 8

    async def test_a_known_key_uses_no_code_up(self, home, maple):
        """Who tries their code with the key that they have keeps both."""
        codes = await home.services.keys.recovery_codes(maple)

        with pytest.raises(KeyTaken):
            await home.services.keys.open_with(key_of("maple"), codes[0])

        assert await home.services.keys.recovery_left(maple) == 8


class TestReset:
    async def test_works_after_a_day_for_a_week(self, home, maple, sorrel):
        """Too early and too late it is answered like a guess."""
        _, code, good_from = await home.services.keys.reset(sorrel, "maple")
        waits = good_from - home.clock.now()
        early = await home.services.keys.open_with(OTHER, code)
        home.clock.move(hours=24)
        opened = await home.services.keys.open_with(OTHER, code)
        _, second, _ = await home.services.keys.reset(sorrel, "maple")
        home.clock.move(days=8)

        assert waits == timedelta(hours=24)
        assert early is None
        assert opened
        assert await home.services.people.recognise(key_of("maple")) is None
        assert await home.services.keys.open_with(key_of("x"), second) is None

    async def test_is_told_and_can_be_stopped(self, home, maple, sorrel):
        """By any visit of the account; it is in the log whatever comes of it."""
        async with home.ear(maple) as ear:
            _, code, good_from = await home.services.keys.reset(sorrel, "maple")

            assert await ear.next() == ResetAsked(maple.id, good_from)
        assert await home.services.keys.pending_reset(maple) == good_from

        assert await home.services.keys.stop_reset(maple)
        assert not await home.services.keys.stop_reset(maple)
        home.clock.move(hours=24)

        assert await home.services.keys.open_with(OTHER, code) is None
        assert await home.services.keys.pending_reset(maple) is None
        [entry] = await home.services.moderation.log(sorrel)
        assert entry.act.value == "reset"

    async def test_makes_the_old_sheet_useless(self, home, maple, sorrel):
        """Whoever found the paper does not come in after its owner."""
        codes = await home.services.keys.recovery_codes(maple)
        _, code, _ = await home.services.keys.reset(sorrel, "maple")
        home.clock.move(hours=24)
        await home.services.keys.open_with(OTHER, code)

        assert await home.services.keys.open_with(key_of("x"), codes[0]) is None

    async def test_no_sysop_takes_over_another_ones_account(self, home, sorrel):
        """That needs the command line."""
        with pytest.raises(Outranked):
            await home.services.keys.reset(sorrel, "sorrel")


async def test_expired_codes_are_forgotten(home, maple):
    """The janitor leaves recovery codes alone."""
    await home.services.keys.device_code(maple)
    await home.services.keys.recovery_codes(maple)
    home.clock.move(minutes=11)
    with suppress(TooFast):
        await home.wired.janitor.round()

    assert len((await home.rows())["codes"]) == 8
