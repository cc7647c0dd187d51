"""Private notes: one's own, sealed, and nobody else's."""

import secrets

import pytest

from bunniz_bbs.domain.errors import (
    NotAllowed,
    PersonNotFound,
    TextEmpty,
    TooFast,
    TooLongToKeep,
    TooMany,
)
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.limits import NOTE_CHARACTERS, NOTES
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.services.limits import LOOKS, Limits
from bunniz_bbs.services.notes import Note, NoteService
from bunniz_bbs.services.sealing import NOTE, Seal
from bunniz_bbs.store.ports import Store
from tests.services.living import PEPPER, Living
from tests.services.still import StillClock
from tests.store.conftest import database, path, postgres, server, sqlite, store
from tests.store.rows import ANN, BOB, join

__all__ = ["database", "path", "postgres", "server", "sqlite", "store"]

SECRET_WORDS = "owes-me-an-umbrella"
WRITER, OTHER, ABOUT = (AccountId(one) for one in ("writer", "other", "about"))


def seal(secret: bytes = PEPPER) -> Seal:
    count = iter(range(1000))
    return Seal(NOTE, secret, lambda size: next(count).to_bytes(size, "big"))


async def every_sealed(home: Living) -> list[bytes]:
    return [row[2] for row in (await home.rows())["notes"]]


class TestNotes:
    async def test_come_back_to_their_writer(self, home, maple, clover):
        """As they can be shown, on one line; a later one takes its place."""
        notes = home.services.notes
        assert await notes.read(maple, "clover") == ""

        await notes.write(maple, "@Clover", "Kind.\nBrings\x1b[2J cake.")
        assert await notes.read(maple, "clover") == "Kind. Brings[2J cake."
        await notes.write(maple, "clover", "Kind.")

        assert await notes.all(maple) == [Note(clover.id, "clover", "Kind.")]
        assert await notes.on(maple, clover.id) == "Kind."

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR, Role.SYSOP])
    async def test_nobody_else_reads_them(self, home, maple, clover, role):
        """Not whom they are about, and no role reaches further."""
        other = await home.person("tansy", role)
        notes = home.services.notes
        await notes.write(maple, "clover", SECRET_WORDS)

        for one in (clover, other):
            assert await notes.all(one) == []
            assert await notes.read(one, "clover") == ""
            assert await notes.read(one, "maple") == ""

    async def test_nothing_removes_one(self, home, maple, clover):
        """From the data too; and removing what is not there is nothing."""
        notes = home.services.notes
        await notes.write(maple, "clover", SECRET_WORDS)
        assert await every_sealed(home)

        for _ in range(2):
            await notes.write(maple, "clover", "  ")

        assert await notes.all(maple) == []
        assert await every_sealed(home) == []

    async def test_follow_a_name_and_go_with_an_account(self, home, maple, sorrel):
        """They are about somebody, not about what they are called."""
        notes, clover = home.services.notes, await home.person("clover")
        await notes.write(maple, "clover", "Kind.")
        await home.store.write(lambda tx: tx.accounts.rename(clover.id, "zoe", "zoe"))
        assert await notes.all(maple) == [Note(clover.id, "zoe", "Kind.")]

        await home.services.people.remove(sorrel, "zoe")

        assert await notes.all(maple) == []
        assert await every_sealed(home) == []

    @pytest.mark.parametrize("text", ["x" * (NOTE_CHARACTERS + 1), "x" * 9000])
    async def test_are_held_to_what_fits(self, home, maple, clover, text):
        """What was there stays."""
        notes = home.services.notes
        await notes.write(maple, "clover", "x" * NOTE_CHARACTERS)

        with pytest.raises(TooLongToKeep):
            await notes.write(maple, "clover", text)
        with pytest.raises(TextEmpty):
            await notes.write(maple, "clover", "\u200b")

        assert await notes.read(maple, "clover") == "x" * NOTE_CHARACTERS

    async def test_somebody_keeps_so_many(self, home, maple):
        """The one more is refused; those that are there can be changed."""
        notes = home.services.notes
        for number in range(NOTES + 1):
            about = await home.person(f"peer{number}")
            if number < NOTES:
                sealed = seal().seal(maple.id, about.id, "Kind.")
                await home.store.write(
                    lambda tx, a=about.id, s=sealed: tx.notes.set(maple.id, a, s)
                )

        with pytest.raises(TooMany):
            await notes.write(maple, f"peer{NOTES}", "Kind.")
        await notes.write(maple, "peer0", "Very kind.")

        assert len(await notes.all(maple)) == NOTES
        assert await notes.read(maple, "peer0") == "Very kind."


class TestWhom:
    async def test_only_somebody_whom_one_can_meet(self, home, maple, mossy):
        """Whoever waits for the team is not there yet, but for the team."""
        await home.waiter("robin")
        notes = home.services.notes

        for name in ("robin", "nobody here", ""):
            with pytest.raises(PersonNotFound):
                await notes.write(maple, name, "Kind.")
        await notes.write(mossy, "robin", "Asked twice.")

        assert await notes.read(mossy, "robin") == "Asked twice."

    async def test_guests_note_nothing(self, home, clover):
        """With a key or without one: they would learn who is here."""
        gorse = await home.person("gorse", Role.GUEST)
        notes = home.services.notes

        for actor in (gorse, Actor.passing()):
            for refused in (
                notes.all(actor),
                notes.read(actor, "clover"),
                notes.write(actor, "clover", "Kind."),
                notes.addressee(actor, "clover is kind"),
            ):
                with pytest.raises(NotAllowed):
                    await refused

    async def test_trying_names_has_a_limit(self, home, maple):
        """As for looking people up."""
        for _ in range(LOOKS.burst):
            with pytest.raises(PersonNotFound):
                await home.services.notes.read(maple, "zoe")

        with pytest.raises(TooFast):
            await home.services.notes.write(maple, "zoe", "Kind.")

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("fern dew is kind", ("fern dew", "is kind")),
            ("fern dew", ("fern dew", "")),
            ("clover  is kind", ("clover", "is kind")),
            ("zoe is kind", ("zoe", "is kind")),
            ("", ("", "")),
        ],
    )
    async def test_a_name_may_have_spaces(self, home, maple, clover, typed, meant):
        """The longest that somebody has is meant."""
        await home.person("fern dew")

        assert await home.services.notes.addressee(maple, typed) == meant


class TestSealed:
    async def test_the_data_holds_no_words(self, home, maple, clover):
        """Not even for whoever has unlocked it; the same words look different."""
        tansy = await home.person("tansy")
        for about in ("clover", "tansy"):
            await home.services.notes.write(maple, about, SECRET_WORDS)
        await home.services.notes.write(tansy, "clover", SECRET_WORDS)

        kept = await every_sealed(home)

        assert len({one[12:] for one in kept}) == 3
        assert SECRET_WORDS not in repr(await home.rows())
        assert not any(SECRET_WORDS.encode() in one for one in kept)

    async def test_a_copied_row_tells_nothing(self, home, maple, clover, mossy):
        """Whoever can change the data makes nobody's note another's."""
        notes = home.services.notes
        await notes.write(maple, "clover", SECRET_WORDS)
        [sealed] = await every_sealed(home)

        async def copy(tx):
            await tx.notes.set(mossy.id, clover.id, sealed)
            await tx.notes.set(maple.id, mossy.id, sealed)

        await home.store.write(copy)

        assert await notes.read(mossy, "clover") == ""
        assert await notes.all(mossy) == []
        assert await notes.read(maple, "mossy") == ""
        assert await notes.read(maple, "clover") == SECRET_WORDS

    def test_opens_for_its_writer_on_whom_it_is_about(self):
        """Nobody else, on nobody else, in no other house, and not once changed."""
        sealed = seal().seal(WRITER, ABOUT, SECRET_WORDS)
        changed = sealed[:-1] + bytes([sealed[-1] ^ 1])

        assert seal().open(WRITER, ABOUT, sealed) == SECRET_WORDS
        assert seal().open(OTHER, ABOUT, sealed) == ""
        assert seal().open(WRITER, OTHER, sealed) == ""
        assert seal(b"q" * 32).open(WRITER, ABOUT, sealed) == ""
        for broken in (changed, sealed[:12], sealed[:3], b""):
            assert seal().open(WRITER, ABOUT, broken) == ""

    def test_each_writer_has_a_key_of_their_own(self):
        """The same words with the same nonce look different, tag aside."""
        mine, theirs = (
            seal().seal(one, ABOUT, SECRET_WORDS) for one in (WRITER, OTHER)
        )

        assert mine[:12] == theirs[:12]
        assert mine[12:-16] != theirs[12:-16]

    async def test_are_the_same_on_every_store(self, store: Store):
        """PostgreSQL too, where the data is not encrypted as a whole."""
        await join(store, "Ann", "Bob")
        ann, bob = (Actor(one, one, Role.MEMBER) for one in (ANN, BOB))
        notes = NoteService(store, Limits(StillClock()), PEPPER, secrets.token_bytes)

        await notes.write(ann, "bob", SECRET_WORDS)

        assert await notes.all(ann) == [Note(BOB, "Bob", SECRET_WORDS)]
        assert await notes.all(bob) == []
        kept = await store.read(lambda tx: tx.notes.get(ANN, BOB))
        assert kept is not None
        assert SECRET_WORDS.encode() not in kept
        await notes.write(ann, "bob", "")
        assert await notes.read(ann, "bob") == ""
