"""What is one's own, in line mode."""

from collections.abc import AsyncIterator, Callable

import pytest

from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.services.profiles import Profile
from tests.plain.reader import Reader
from tests.services.living import Living, key_of

Enter = Callable[..., Reader]


@pytest.fixture
async def reader(home: Living, maple: Actor) -> AsyncIterator[Reader]:
    """A member at their own menu."""
    one = Reader(home, "maple")
    one.type("y")
    await one.reads("You", "1. Name: maple (member)")
    yield one
    one.lines.close()
    await one.task


async def test_what_one_shows_is_changed_by_number(
    home: Living, maple: Actor, reader: Reader
):
    """A name, pronouns, languages, and whether one is seen."""
    reader.type("1", "solstice")
    await reader.reads("Nobody else can ever take it", "You are called solstice now.")
    reader.type("2", "elle")
    await reader.reads("Members who look you up", "Pronouns: elle")
    reader.type("3", "fr en")
    await reader.reads("Speaks: Français, English")
    reader.type("4")
    await reader.reads("nobody sees that you are in a room")
    reader.type("")
    await reader.reads("1. Name: solstice (member)", "nobody sees you until you speak")
    assert await home.services.profiles.of(maple) == Profile("elle", ("fr", "en"), True)
    reader.type("2", "-", "3", "-", "4")
    await reader.reads("You show no pronouns.", "do not show which", "see that you are")
    assert await home.services.profiles.of(maple) == Profile("", (), False)


async def test_notes_are_written_changed_and_removed(
    home: Living, maple: Actor, clover: Actor, reader: Reader
):
    """By the name of whom they are about, then by number."""
    reader.type("5", "c", "clover", "met at the drop-in")
    await reader.reads("You have no notes.", "Noted, for you alone.")
    await reader.reads("1. clover - met at the drop-in")
    reader.type("1", "-")
    await reader.reads("You have no note on clover any more.")
    assert not await home.services.notes.all(maple)


async def test_keys_are_seen_to_by_number(home: Living, maple: Actor, reader: Reader):
    """A label, a code for another device, recovery codes; revoking asks once more."""
    reader.type("6", "c")
    await reader.reads("no recovery codes", "the key of this visit", "Code: ")
    reader.type("1", "e", "phone")
    await reader.reads("is called “phone” now")
    reader.type("w", "w")
    await reader.reads("ends all older ones", "8. ")
    assert await home.services.keys.recovery_left(maple) == 8
    reader.type("1", "d", "")
    await reader.reads("for good, Enter goes back", "phone")
    reader.type("1", "d", "d")
    await reader.reads("The key of this visit was revoked")
    assert await home.services.people.recognise(key_of("maple")) is None


async def test_invites_are_made_and_withdrawn(home: Living):
    """Where one may make some, and how long they last is chosen."""
    await home.person("heron", Role.MODERATOR)
    reader = Reader(home, "heron")
    reader.type("y", "10")
    await reader.reads("Invites", "0 of your codes", "1. Make a code", "for 1 day")
    reader.type("1")
    await reader.reads("Invite code: ", "1 of your codes")
    reader.type("w")
    await reader.reads("1 code can be used no more.", "0 of your codes")
    await reader.leaves()


async def test_what_is_kept_is_told_and_left_for_good(
    home: Living, maple: Actor, reader: Reader
):
    """Only by one's own name."""
    reader.type("10")
    await reader.reads("18 or older, version 1")
    reader.type("14", "1", "yes")
    await reader.reads("My posts stay", "type your name: maple", "Nothing was changed.")
    reader.type("14", "2", "maple")
    await reader.ends()
    await reader.reads("This account was removed.")
    assert await home.services.people.recognise(key_of("maple")) is None


async def test_who_becomes_trusted_is_told(home: Living, maple: Actor, reader: Reader):
    """In words, at once."""
    heron = await home.person("heron", Role.MODERATOR)
    home.clock.move(days=31)
    await home.services.trust.vouch(heron, "maple")
    await reader.reads("You are a trusted member now")


async def test_what_one_keeps_and_leaves_aside_is_listed(
    home: Living, maple: Actor, clover: Actor, reader: Reader
):
    """Bookmarks and followed threads open by number; boards become quiet by theirs."""
    thread = await home.thread(clover, title="Rye")
    reader.type("7", "0", "8", "0")
    await reader.reads("You have no bookmarks.", "You chose no thread to follow.")
    await home.services.bookmarks.turn(maple, thread.id, 1)
    await home.services.follows.set(maple, thread.id, True)
    reader.type("9", "2", "2", "2", "0")
    await reader.reads("Quiet boards", "“General” is quiet for you")
    await reader.reads("2. General - quiet", "You hear of “General” again.")
    await reader.reads("2. General\n", "is quiet for you")
    assert [one.slug for one in await home.services.follows.quiet(maple)] == ["general"]
    reader.type("7", "1")
    await reader.reads("1. Rye #1 - clover: First words.", "First words.")
    reader.type("0", "y", "8", "1")
    await reader.reads("1. Rye", "First words.")
