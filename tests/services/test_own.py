"""What this place knows about somebody is all in the list, and theirs to take along."""

import json

import pytest

from bunniz_bbs.domain.admission import ConsentKind
from bunniz_bbs.domain.errors import NotAllowed, TooFast
from bunniz_bbs.domain.own import Kept, Seen, Where
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.i18n.known import SAID, about, amount, title
from bunniz_bbs.i18n.words import words_for
from bunniz_bbs.services.own import AT_ONCE, ON_DISK
from bunniz_bbs.store.tables import metadata
from tests.services.living import Living, key_of
from tests.services.scene import a_scene

PEOPLE = {
    "about",
    "account",
    "author",
    "confirmed_by",
    "inviter",
    "moderator",
    "person",
    "proposed_by",
    "voucher",
    "writer",
}
"""What columns that name an account are called."""


def said_of(columns: str) -> list[str]:
    """The columns that a kind of thing is said to be."""
    found = []
    for part in columns.split(";"):
        table, _, names = part.partition(":")
        found += [f"{table.strip()}.{name}" for name in names.split()]
    return found


class TestTheList:
    def test_every_column_of_the_database_is_in_it(self):
        """Whoever adds one has to say here what it is; nothing is said that is not."""
        there = {
            f"{table.name}.{column.name}"
            for table in metadata.sorted_tables
            for column in table.columns
        }
        said = {one for on in ON_DISK.values() for one in said_of(on.columns)}

        assert said == there

    def test_what_names_an_account_is_counted_or_said_not_to_be(self):
        """By foreign key or by its name: each leads to a number, or to a reason."""
        naming = {
            f"{table.name}.{column.name}"
            for table in metadata.sorted_tables
            for column in table.columns
            if column.name in PEOPLE
            or any(key.target_fullname == "accounts.id" for key in column.foreign_keys)
        }
        counted = {one for on in ON_DISK.values() for one in on.counted}
        secret = {"notes.about", "vouches.account"}

        assert naming | {"accounts.id"} == counted | secret

    async def test_every_kind_is_told_and_has_its_words(self, home: Living, maple):
        """What is on disk, what is in memory alone, and what is not kept."""
        found = await home.services.own.known(maple)
        words = words_for("en")

        assert [one.kind for one in found] == list(Kept)
        assert set(SAID) == set(Kept)
        assert all(title(words, one) and about(words, one) for one in found)
        assert {one.where for one in found} == set(Where)
        gone = [one for one in found if one.where is Where.NOWHERE]
        assert {amount(words, one) for one in gone} == {"not kept"}
        assert {one.seen for one in gone} == {Seen.NOBODY}

    async def test_it_says_how_much_there_is_now(self, home: Living):
        """Of everything that somebody left in this place."""
        scene = await a_scene(home)
        await home.services.drafts.save(scene.other, "board:general", "T", "B")
        await home.services.rooms.enter(scene.people[Role.MEMBER], "lounge", "visit")
        await home.services.rooms.say(scene.people[Role.MEMBER], "lounge", "Hello")

        async def counts(actor: Actor) -> dict[Kept, int | None]:
            return {one.kind: one.count for one in await home.services.own.known(actor)}

        other = await counts(scene.other)
        assert other[Kept.ACCOUNT] == other[Kept.KEYS] == other[Kept.HELD] == 1
        assert (other[Kept.POSTS], other[Kept.THREADS]) == (3, 3)
        assert (other[Kept.DRAFTS], other[Kept.RESTRICTIONS]) == (1, 2)
        assert other[Kept.CONSENTS] == len(ConsentKind)
        assert (await counts(scene.badged))[Kept.BADGE] == 1
        assert (await counts(scene.people[Role.SYSOP]))[Kept.BADGES_GIVEN] == 2
        assert (await counts(scene.people[Role.MEMBER]))[Kept.LINES] == 1
        assert (await counts(scene.people[Role.MEMBER]))[Kept.VOUCHES] == 1

    async def test_what_others_keep_is_named_and_not_counted(self, home: Living):
        """Who vouches and who notes is not told, not even whether anybody does."""
        badged = (await a_scene(home)).badged
        found = {one.kind: one for one in await home.services.own.known(badged)}

        assert found[Kept.VOUCHED].count is None
        assert found[Kept.NOTED].count is None


class TestTheCopy:
    async def test_everything_of_ones_own_is_in_it(self, home: Living, mossy):
        """Readable, without digests, to the minute at most."""
        maple = await home.person("maple")
        thread = await home.thread(maple, posts=2)
        await home.services.drafts.save(maple, "board:general", "T", "Half a word")
        await home.services.moderation.mute(mossy, "maple", None, "Loud")
        await home.services.people.set_language(maple, "fr")

        copy = await home.services.own.export(maple)
        posts = await home.services.own.posts(maple)

        assert copy["account"]["name"] == "maple"
        assert copy["account"]["language"] == "fr"
        assert copy["keys"][0]["added_in"] == f"{home.clock.now():%Y-%m}"
        assert [one["what"] for one in copy["agreed"]] == ["adult", "special", "terms"]
        assert copy["drafts"][0]["text"] == "Half a word"
        assert copy["restrictions"][0]["what"] == "mute"
        assert [
            (one["act"], one["month"], one["reason"]) for one in copy["moderators_log"]
        ] == [("mute", f"{home.clock.now():%Y-%m}", "Loud")]
        assert [one["text"] for one in posts] == ["First words.", "Words 2."]
        assert {one["thread"] for one in posts} == {thread.id}
        assert {len(one["at"]) for one in posts} == {len("2026-03-01T12:00Z")}
        text = json.dumps([copy, posts])
        assert key_of("maple").hex() not in text
        assert "mossy" not in text
        assert maple.id not in text

    async def test_it_has_nothing_of_others(self, home: Living, maple, clover):
        """Neither their words nor that they vouch."""
        await home.thread(clover, title="Secret", posts=2)
        await home.services.trust.vouch(clover, "maple")

        copy = await home.services.own.export(maple)

        assert "clover" not in json.dumps(copy)
        assert not await home.services.own.posts(maple)

    async def test_posts_come_a_part_at_a_time(self, home: Living, maple):
        """However many there are, each once and in order."""
        count = 2 * AT_ONCE + 1
        thread = await home.thread(maple)

        async def fill(tx):
            for _ in range(count - 1):
                now = home.clock.now()
                await tx.posts.add(thread.id, maple.id, "maple", "Words.", now)

        await home.store.write(fill)
        found, after = [], (0, 0)
        while part := await home.services.own.posts(maple, after):
            assert len(part) <= AT_ONCE
            found += [one["number"] for one in part]
            after = (thread.id, found[-1])

        assert found == list(range(1, count + 1))

    async def test_it_is_not_made_again_and_again(self, home: Living, maple):
        """It is work for the house."""
        for _ in range(5):
            await home.services.own.export(maple)
        with pytest.raises(TooFast):
            await home.services.own.export(maple)

    async def test_the_console_has_no_account(self, home: Living):
        """So nothing is kept of it."""
        for use in (home.services.own.known, home.services.own.export):
            with pytest.raises(NotAllowed):
                await use(CONSOLE)
