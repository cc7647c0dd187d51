"""What a member can learn of another one: what they say, and not when they are here.

No date of joining, no last visit, no sign of reading or typing, no list of members.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import timedelta
from typing import Final

import pytest

from bunniz_bbs.bus.ports import (
    HOUSE,
    board_topic,
    crowd_topic,
    person_topic,
    room_topic,
    stir_topic,
)
from bunniz_bbs.commands.registry import Front, Reply
from bunniz_bbs.domain.admission import ConsentKind
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import HouseClosing, RoomStirred
from bunniz_bbs.domain.ids import RoomSlug, ThreadId
from bunniz_bbs.domain.people import Actor, Role
from tests.commands.giving import Giver
from tests.services.living import PATIENCE, Ear, Living, key_of

LOUNGE: Final = RoomSlug("lounge")
AGREED: Final = dict.fromkeys(ConsentKind, 1)
SAME: Final = {
    "help": ["help", "help whois"],
    "whoami": ["whoami"],
    "you": ["/you"],
    "rules": ["rules"],
    "about": ["about"],
    "terms": ["terms"],
    "agree": ["agree"],
    "agreements": ["agreements"],
    "connect": ["connect"],
    "boards": ["boards"],
    "unread": ["unread"],
    "followed": ["followed"],
    "bookmarks": ["bookmarks"],
    "read": ["read general", "read general 1"],
    "links": ["links 1#1"],
    "waiting": ["waiting"],
    "search": ["search words"],
    "warnings": ["warnings"],
    "reads": ["reads"],
    "rooms": ["rooms"],
    "names": ["/names"],
    "topic": ["/topic"],
    "invites": ["invites"],
    "whois": ["whois clover"],
    "notes": ["notes"],
    "pronouns": ["pronouns"],
    "speaks": ["speaks"],
    "known": ["known"],
    "export": ["export", "/export"],
}
"""What shows something and changes nothing that others see."""

DOING: Final = {
    "keys": ["keys", "keys code", "keys recovery"],
    "lang": ["lang nl", "lang en"],
    "invite": ["invite"],
    "uninvite": ["uninvite"],
    "hide": ["hide"],
    "show": ["show"],
    "post": ["post general -t Bread"],
    "reply": ["reply 1", "reply 1 --quote 1"],
    "edit": ["edit 1#3"],
    "drafts": ["drafts"],
    "draft": ["draft general"],
    "withdraw": ["withdraw 1"],
    "follow": ["follow 1"],
    "unfollow": ["unfollow 1"],
    "bookmark": ["bookmark 1", "bookmark 1 1 --remove"],
    "quiet": ["quiet general", "quiet"],
    "unquiet": ["unquiet general"],
    "unanswered": ["unanswered", "unanswered --off"],
    "since": ["since today"],
    "read-all": ["read-all general", "read-all"],
    "heard": ["heard 1#1"],
    "thanks": ["thanks 1#1"],
    "close-replies": ["close-replies 2"],
    "open-replies": ["open-replies 2"],
    "label": ["label 2 --lang nl"],
    "join": ["/join lounge"],
    "me": ["/me waits"],
    "ephemeral": ["/ephemeral 10m"],
    "say": ["say -e 10m lounge Hello"],
    "leave": ["/leave"],
    "vouch": ["vouch clover"],
    "unvouch": ["unvouch clover"],
    "note": ["note clover", "note clover Kind.", "note clover --remove"],
    "report": ["report general/1#1 Look."],
    "redeem": ["redeem ABCD"],
    "rename": ["rename Maple"],
    "quit": ["/quit"],
    "leave-for-good": ["leave-for-good", "leave-for-good --posts keep maple"],
}
"""What does something, in an order in which it can be done."""

NAME_HER: Final = {"whois", "vouch", "unvouch", "note"}
"""Commands that are given her name say it back."""

LISTEN: Final = "listen"
OF_WORDS: Final = {"at", "last_at", "sent_at", "expires_at"}
"""The moments of what was said or written."""
MOMENTS: Final[Mapping[str, set[str]]] = {
    "read": OF_WORDS,
    "unread": OF_WORDS,
    "search": OF_WORDS,
    "rooms": OF_WORDS,
    "say": OF_WORDS,
    LISTEN: OF_WORDS,
    "since": {"since"},  # one's own choice
    "keys": {"added_in", "used_in", "until"},  # of one's own keys
    "agreements": {"given_in"},  # one's own
}
"""Where there is a moment at all; `export` has all of one's own."""
_MOMENT: Final = re.compile(r"\d{4}-(\d{2}|W\d{2})|\d{1,2}:\d{2}|\d{9,}")


def moments(told: object, key: str = "") -> Iterator[str]:
    """Under which keys data has dates or times."""
    if isinstance(told, Mapping):
        for name, inner in told.items():
            yield from moments(inner, str(name))
    elif isinstance(told, list | tuple):
        for inner in told:
            yield from moments(inner, key)
    elif _MOMENT.search(str(told)):
        yield key


class Asker(Giver):
    """One visit of somebody who asks for everything."""

    async def ask(self, text: str) -> tuple[list[str], list[object]]:
        """All that is answered, as words and as data; a refusal is data too."""
        self.streamed.clear()
        give = self.slash if text.startswith("/") else self.speak
        try:
            reply = await give(text)
        except BunnizError as refused:
            return [], [type(refused).__name__, vars(refused)]
        return list(reply.lines), [reply.data, *self.streamed]

    async def speak(self, text: str) -> Reply:
        """Give a one-shot verb, with something to say on standard input."""
        return await self.verb(text, "Words.")

    async def look(self) -> dict[str, object]:
        """The answers to all that changes nothing that others see."""
        asked = [text for texts in SAME.values() for text in texts]
        return {text: repr(await self.ask(text)) for text in asked}


@pytest.fixture
async def maple(home: Living) -> AsyncIterator[Asker]:
    """A member who looks around, in a room with somebody else."""
    actor, tansy = await home.person("maple"), await home.person("tansy")
    await home.thread(tansy, "general", posts=2)
    for one in (actor, tansy):
        await home.services.rooms.enter(one, LOUNGE, one.name)
    home.clock.move(days=67)
    with home.services.visits.open(actor.id):
        yield Asker(home, actor, room=LOUNGE, visit=actor.name)


@pytest.fixture
async def clover(home: Living, maple: Asker, mossy: Actor) -> Actor:
    """A member who came on the seventh of May, and only reads."""
    week = timedelta(days=7)
    code = await home.services.invites.create(mossy, 1, week, Role.MEMBER)
    join = home.services.people.join
    account = await join(key_of("clover"), code, "clover", "en", AGREED)
    home.clock.move(days=100)
    return Actor.of(account)


async def live_quietly(home: Living, someone: Actor) -> None:
    """All that one can do without saying anything to anybody but the team."""
    on = home.services
    with on.visits.open(someone.id):
        await on.keys.used(someone, key_of(someone.name))
        await on.threads.open(someone, ThreadId(1), 1, 50)
        await on.threads.mark_read(someone, ThreadId(1), 2)
        await on.drafts.save(someone, "thread:1", "", "I begin to type")
        code, _ = await on.keys.device_code(someone)
        await on.keys.open_with(key_of("another device"), code)
        await on.keys.recovery_codes(someone)
        await on.people.set_language(someone, "nl")
        await on.notes.write(someone, "maple", "Kind.")
        await on.trust.vouch(someone, "maple")
        await on.team.report(someone, "general/1#1", "Look.")
        await on.rooms.enter(someone, LOUNGE, "visit")
        await on.rooms.leave(someone, LOUNGE, "visit")


class TestEveryCommand:
    async def test_is_tried(self, home, maple):
        """A new one for members needs a line above."""
        registry = home.wired.registry
        offered = [*registry.offered(Front.VERB, maple.actor)]
        offered += registry.offered(Front.SLASH, maple.actor)

        assert {one.name for one in offered} == {*SAME, *DOING, LISTEN}

    async def test_shows_no_moment_but_those_of_words(self, home, maple, clover):
        """And of one's own keys and agreements; `export` has what is one's own."""
        refused = set()
        for name, texts in {**SAME, **DOING}.items():
            for text in texts:
                lines, data = await maple.ask(text)
                refused |= {text} if isinstance(data[0], str) else set()
                if name != "export":
                    assert set(moments(data)) <= MOMENTS.get(name, set()), text
                assert not set(moments(lines)), text

        assert refused == {
            "invite",
            "draft general",
            "withdraw 1",
            "redeem ABCD",
        }  # the rest was done

    async def test_tells_nothing_of_somebody_who_says_nothing(
        self, home, maple, clover
    ):
        """Neither that there is such a person, nor anything of the days they came."""
        await home.services.rooms.enter(clover, "lounge", "visit")
        await home.services.profiles.set_hidden(clover, True)
        account = await home.store.read(lambda tx: tx.accounts.get(clover.id))
        days = [f"{account.settles_on:%Y-%m}", f"{account.read_floor:%Y-%m}", "2026-05"]
        assert len({*days, f"{home.clock.now():%Y-%m}", "2026-03"}) == 5

        for name, texts in {**SAME, **DOING}.items():
            for text in texts:
                told = repr(await maple.ask(text))
                assert name in NAME_HER or "clover" not in told, text
                assert clover.id not in told, text
                assert not [day for day in days if day in told], text

    async def test_listening_is_hearing_words(self, home, maple, clover):
        """Nobody is heard coming, going or reading."""
        rooms, heard = home.services.rooms, maple.home.wired.held.of(LOUNGE).present
        listener = Asker(home, maple.actor, visit="listening")
        listening = asyncio.ensure_future(listener.verb("listen lounge"))
        async with asyncio.timeout(PATIENCE):
            while True:
                if "listening" in heard:
                    break
                await asyncio.sleep(0)
        await live_quietly(home, clover)
        await rooms.say(clover, LOUNGE, "Hello")
        home.bus.tell(HOUSE, HouseClosing())
        await listening

        [line] = listener.streamed
        assert (line["name"], line["text"]) == ("clover", "Hello")
        assert set(moments(line)) <= MOMENTS[LISTEN]


class TestWhois:
    async def test_shows_what_they_chose_and_no_more(self, home, maple, clover):
        """Exactly these things."""
        await home.services.profiles.set_pronouns(clover, "she")
        await live_quietly(home, clover)

        _, [data] = await maple.ask("whois clover")

        assert data == {
            "name": "clover",
            "pronouns": "she",
            "speaks": [],
            "badge": None,
            "note": None,
        }

    async def test_old_and_new_people_look_the_same(self, home, maple, clover):
        """Whether they are here or were never seen again."""
        robin = await home.person("robin")
        with home.services.visits.open(robin.id):
            new = await maple.ask("whois robin")
            old = await maple.ask("whois clover")

        assert repr(new).replace("robin", "clover") == repr(old)


class TestLivingQuietly:
    async def test_changes_nothing_that_others_see(self, home, maple, clover):
        """Reading, typing, coming with another key: all looks as it did."""
        await home.services.profiles.set_hidden(clover, True)
        await maple.look()  # what one has read looks otherwise the next time
        before = await maple.look()

        await live_quietly(home, clover)
        assert await maple.look() == before

        await home.services.posts.reply(clover, ThreadId(1), "Hello")
        after = await maple.look()
        assert {text for text in before if after[text] != before[text]} == {
            "unread",
            "boards",
            "read general",
            "read general 1",
            "export",  # how far one has read oneself
        }

    @pytest.mark.parametrize("hidden", [True, False])
    async def test_is_not_heard(self, home, maple, clover, hidden):
        """On all that a member's visit can listen to: no word of whom, or of what.

        That a room's word for how many may have changed is told of those who are seen.
        """
        await home.services.profiles.set_hidden(clover, hidden)
        topics = [HOUSE, person_topic(maple.actor.id)]
        topics += [board_topic(slug) for slug in home.house.boards]
        for room in home.house.rooms:
            topics += [room_topic(room), stir_topic(room), crowd_topic(room)]

        async with home.bus.subscribe(topics) as heard:
            await live_quietly(home, clover)
            events = await Ear(heard).taken()

        assert set(events) == (set() if hidden else {RoomStirred(LOUNGE)})


@pytest.mark.parametrize(
    "leak",
    [
        {"joined": "2026-05-07"},
        {"people": [{"name": "clover", "joined": "2026-05-07T12:00:00+00:00"}]},
        {"joined": ("x", "2026-W19")},
        {"joined": "12:00"},
        {"joined": 1746619200},
    ],
)
def test_a_moment_is_seen_wherever_it_is(leak):
    """The yardstick of the tests above."""
    assert list(moments(leak)) == ["joined"]
