"""Whatever people write, wherever: no byte of it commands a reader's terminal.

Each text carries a mark; what is counted are marks that were really written to a
terminal, once for each page. A wall of a terminal shows many at once.
"""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast

import pytest
from textual import events

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import BoardSlug, KeyDigest, LineId, RoomSlug, ThreadId
from bunniz_bbs.domain.labels import NONE
from bunniz_bbs.domain.moderation import Act
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.domain.rooms import Line, LineKind
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.plain.verbs import run_verb
from bunniz_bbs.services.drafts import _written
from bunniz_bbs.ssh.channel import GuardedChannel
from bunniz_bbs.ssh.streams import ChannelStreams
from bunniz_bbs.store.board_ports import SealedDraft
from bunniz_bbs.store.ports import Transaction
from bunniz_bbs.tui import filters, guarded
from bunniz_bbs.tui.screens.door import DoorPage
from bunniz_bbs.tui.screens.room import RoomPage
from bunniz_bbs.tui.widgets import paint
from bunniz_bbs.tui.widgets.entry import Entry
from tests.ssh import reader as terminals
from tests.ssh.nasty import Nasty
from tests.ssh.painted import foreign, foreign_lines
from tests.ssh.reader import Reader, reading
from tests.tui.house import TestHouse, a_house, shipped_house

AS_MEMBERS, BELOW, UNPAINTED = "as members", "below the sanitiser", "past the painter"
WAYS: Final = (AS_MEMBERS, BELOW, UNPAINTED)
"""How texts come in: as members can put them; straight into the store and the events,
where the painter's filter alone holds; the same where that one is gone too, and the
driver's alone holds."""
LEAST: Final = {
    "rooms": 1700,
    "boards": 1600,
    "threads": 1200,
    "composer": 1100,
    "lines": 160,
    "described": 350,
    "reasons": 130,
    "verbs": 650,
}
"""How many texts each test shows to somebody at least, in each of the ways."""
WALL, PHONE, USUAL = (150, 200), (40, 15), (80, 24)
KINDS: Final = ("xterm-256color", "linux", "vt100")
"""Terminals with all colours, with sixteen, and with none and no Unicode."""
MARK: Final = re.compile(rb"q\d{6}\.")


def test_enough_is_tried() -> None:
    """At least 20,000 texts are shown in each run of the tests."""
    assert sum(LEAST.values()) * len(WAYS) >= 20_000


class Play:
    """A house, who writes in it and who reads, and what was seen."""

    def __init__(self, house: TestHouse, way: str, seed: object) -> None:
        self.house = house
        self.way = way
        self.strict = way == AS_MEMBERS
        """Whether all that is seen has passed the sanitiser."""
        self.nasty = Nasty(f"{way} {seed}")
        self.seen: set[tuple[str, bytes]] = set()
        self.rosa: Actor
        """She writes."""
        self.lune: KeyDigest
        """They read; as the team does, so that they see all there is."""

    async def open(self) -> None:
        """Let people in."""
        self.rosa = await self.house.person("rosa", Role.MODERATOR)
        self.lune = await self.somebody("lune")

    async def somebody(self, name: str, role: Role = Role.SYSOP) -> KeyDigest:
        """Let one more person in; their key."""
        key = self.house.key()
        people = self.house.services.people
        await people.add(CONSOLE, name, key, role, "en")
        return key

    @property
    def members(self) -> bool:
        """Whether texts come in as members can put them."""
        return self.way == AS_MEMBERS

    def stored(self, longest: int = 60) -> str:
        """A text as a file can hold it."""
        return self.nasty.marked(longest).encode("utf-8", "replace").decode()

    async def write(self, work: Callable[[Transaction], Awaitable[object]]) -> None:
        """Write into the store past all services."""
        await self.house.services.threads._store.write(work)

    def note(self, page: str, raw: bytes) -> int:
        """Count which texts were seen on a page; how many that were."""
        marks = set(MARK.findall(raw))
        self.seen |= {(page, mark) for mark in marks}
        return len(marks)

    def check(self, raw: bytes, reader: Reader) -> None:
        """Nothing foreign is in what was written to a reader."""
        by_form = self.way == UNPAINTED
        assert foreign(raw, reader.size, strict=self.strict, by_form=by_form) == []

    def look(self, reader: Reader, page: str) -> int:
        """Look at all that was written to a reader; how many texts were in it."""
        raw = reader.take()
        self.check(raw, reader)
        reader.no_words_act()
        return self.note(page, raw)

    def ended(self, reader: Reader, page: str) -> int:
        """The same after a visit."""
        raw = reader.take()
        self.check(raw, reader)
        return self.note(page, raw)


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How texts come in."""
    if request.param == UNPAINTED:

        def bare(colour: Any) -> list[Any]:
            made = filters.line_filters(colour)
            return [one for one in made if not isinstance(one, filters.Scrub)]

        monkeypatch.setattr(guarded, "line_filters", bare)
        monkeypatch.setattr(paint, "printable", lambda text: text)
    return str(request.param)


@pytest.fixture
async def play(way: str, tmp_path: Path) -> AsyncIterator[Play]:
    """A house that is read in."""
    async with a_house(tmp_path) as house:
        made = Play(house, way, "a house")
        await made.open()
        yield made


# -- rooms


async def say_all(play: Play, count: int) -> str:
    """Say so many lines; the last one's mark."""
    rooms, text = play.house.services.rooms, ""
    for number in range(count):
        play.house.clock.move(seconds=1)
        kind = (LineKind.SAY, LineKind.ME)[number % 2]
        text = play.nasty.marked()
        if play.members:
            await rooms.say(play.rosa, "lounge", text, kind=kind)
            continue
        now = play.house.clock.now()
        line = Line(
            *(
                LineId(f"{int(now.timestamp() * 1e6):016x}00000000"),
                RoomSlug("lounge"),
                play.rosa.id,
            ),
            *(play.nasty.marked(30), kind, text, now, now + timedelta(hours=1), False),
        )
        await play.house.wired.held.add(line)
    return text[:8]


async def in_the_lounge(reader: Reader) -> None:
    """Wait until somebody has come into the room that they asked for."""
    await reader.holds(lambda: isinstance(reader.page, RoomPage))


async def test_rooms(play: Play, rounds: int) -> None:
    """Lines, deeds, names, topics, and what is typed there."""
    sizes = [(WALL, kind) for kind in KINDS] + [(USUAL, KINDS[0]), (PHONE, KINDS[1])]
    for size, kind in sizes * rounds:
        async with reading(
            play.house, play.lune, "lounge", size=size, term=kind
        ) as reader:
            await in_the_lounge(reader)
            for _ in range(3):
                mark = await say_all(play, min(200, size[1] * 2))
                await reader.shows(mark)
                await topic(play)
                await reader.rest()
                play.look(reader, "room")
            await reader.send(b"\x1b[5~", b"\x1b[5~", b"\x1b[6~")
            await reader.paste(play.nasty.marked())
            await reader.send(b"\r", b"/me ", b"\x1b[200~x\x1b]0;y\x07\x1b[201~", b"\r")
            await reader.send(b"/names\r", b"\x1bOP", b"\x1b")
            play.look(reader, "room")
            assert isinstance(reader.page, RoomPage)
    assert len(play.seen) >= LEAST["rooms"] * rounds


async def topic(play: Play) -> None:
    """Set what the room is about."""
    text = play.nasty.marked()
    play.house.clock.move(seconds=10)
    if play.members:
        await play.house.services.rooms.set_topic(play.rosa, "lounge", text)
    else:
        await play.house.wired.held.set_topic(RoomSlug("lounge"), text)


# -- boards


async def begin_all(play: Play, count: int) -> list[ThreadId]:
    """Begin so many threads."""
    begun: list[ThreadId] = []
    clock = play.house.clock
    if play.members:
        for text in play.nasty.several(count):
            clock.move(seconds=20)
            services = play.house.services
            begun.append(
                (await services.threads.start(play.rosa, "money", text, text)).id
            )
        return begun

    async def work(tx: Transaction) -> None:
        for _ in range(count):
            clock.move(seconds=20)
            made = await tx.threads.add(
                BoardSlug("money"),
                play.stored(),
                play.rosa.id,
                play.stored(30),
                clock.now(),
            )
            name, body = play.stored(30), play.stored(400)
            await tx.posts.add(made.id, play.rosa.id, name, body, clock.now())
            begun.append(made.id)

    await play.write(work)
    return begun


async def look_into(play: Play, reader: Reader, threads: Sequence[ThreadId]) -> None:
    """Look into threads, and at where one goes on to from there."""
    for thread in threads:
        await reader.go(thread)
        play.look(reader, "thread")
        await reader.send(b"n", b"\x1b")
        play.look(reader, "next")


async def test_boards(play: Play, rounds: int) -> None:
    """Titles and names on a board, at home, over a thread, and where one goes on to."""
    for number in range(5 * rounds):
        begun = await begin_all(play, 100)
        kind = KINDS[number % 3]
        async with reading(play.house, play.lune, size=WALL, term=kind) as reader:
            play.look(reader, "home")
            await reader.go("money")
            play.look(reader, "board")
            await look_into(play, reader, begun[:1])
            await reader.send(b"?", b"\x1b", b"l", b"\x1b", b"\x1b")
            play.look(reader, "help")
        async with reading(
            play.house, play.lune, "money", size=USUAL, term=kind
        ) as reader:
            await look_into(play, reader, begun[1:3])
        async with reading(play.house, play.lune, "money", size=PHONE) as reader:
            for _ in range(3):
                await reader.send(b"\x1b[6~")
                play.look(reader, "board")
    assert len(play.seen) >= LEAST["boards"] * rounds


# -- threads


def a_body(play: Play, count: int) -> str:
    """Many texts in one post, each in a paragraph, a quote, a list or a row."""
    breaks = ("\n\n", "\n", "\n\n> ", "\n- ", "\n\n    ")
    texts = [play.stored(35) for _ in range(count)]
    return "".join(
        text + breaks[number % len(breaks)] for number, text in enumerate(texts)
    )


async def post_all(play: Play, count: int) -> ThreadId:
    """A thread of so many posts; each third was edited."""
    house = play.house
    thread = await house.thread(play.rosa, "money", play.stored(), "Hello.")
    for number in range(2, count + 2):
        house.clock.move(seconds=60)
        body = a_body(play, 25)
        if not play.members:
            name = play.stored(30)
            await play.write(
                lambda tx, name=name, body=body: tx.posts.add(  # type: ignore[misc]
                    thread, play.rosa.id, name, body, house.clock.now()
                )
            )
            continue
        with suppress(BunnizError):  # a break of a kind of its own makes rows too
            await house.services.posts.reply(play.rosa, thread, body)
        if number % 3 == 0:
            with suppress(BunnizError):
                await house.services.posts.edit(
                    play.rosa, thread, number, a_body(play, 25)
                )
    return thread


async def test_threads(play: Play, rounds: int) -> None:
    """Posts with all that Markdown makes of them, edits, quotes, answers."""
    for number in range(3 * rounds):
        thread = await post_all(play, 12)
        size = (USUAL, WALL, PHONE)[number % 3]
        for again in range(2):
            async with reading(
                play.house, play.lune, str(thread), size=size, term=KINDS[again]
            ) as reader:
                await reader.send(b"\x1b[H")
                for _ in range(40):
                    play.look(reader, f"thread {again}")
                    await reader.send(b"\x1b[6~")
                await reader.send(b"Q", b"\t", b"\t", b"\x1b", b"d", b"e")
                play.look(reader, "quote")
    assert len(play.seen) >= LEAST["threads"] * rounds


# -- what one writes oneself


async def test_composer(play: Play, rounds: int) -> None:
    """A title and a text as they are pasted, kept as a draft, and previewed."""
    play.strict = False
    for number in range(5 * rounds):
        kind = KINDS[number % 3]
        body = "\n".join(play.stored(40) for _ in range(100))
        if not play.members:
            someone = await play.house.services.people.recognise(play.lune)
            assert someone
            place, text = "board:money", _written(play.stored(), body, NONE)
            sealed = play.house.services.drafts._seal.seal(someone.id, place, text)
            draft = SealedDraft(place, sealed, play.house.clock.now())
            await play.write(
                lambda tx, draft=draft, someone=someone: tx.drafts.save(  # type: ignore[misc]
                    someone.id, draft
                )
            )
        async with reading(
            play.house, play.lune, "money", size=WALL, term=kind
        ) as reader:
            await reader.holds(lambda reader=reader: reader.page.where()[0].text != "")
            await reader.send(b"c")
            if play.members:
                await reader.paste(play.nasty.marked())
                await reader.send(b"\r")
                await reader.paste(body)
            else:
                reader.app.post_message(events.Paste(play.nasty.marked()))
                await reader.send(b"\r")
                reader.app.post_message(events.Paste(body))
                await reader.rest()
            play.look(reader, "composer")
            await reader.send(b"\t")
            play.look(reader, "preview")
            await reader.send(b"\t", b"\x13")
            play.look(reader, "refusal")
            await reader.send(b"\x04", b"\x04")
            play.look(reader, "board")
    assert len(play.seen) >= LEAST["composer"] * rounds


async def put(play: Play, reader: Reader, field: str, text: str) -> None:
    """Bring a text into a line that one types in."""
    await reader.put(field, "" if play.members else text)
    if play.members:
        await reader.paste(text)


async def test_lines_to_type_in(play: Play, rounds: int) -> None:
    """Places, commands, codes, names: as they are typed and as they are refused."""
    play.strict = False
    commands = ("", "/join ", "/me ", "/who ", "/kick lune ", "/topic ", "/", "/mute ")
    async with reading(play.house, play.lune, "lounge", size=USUAL) as reader:
        await in_the_lounge(reader)
        for number in range(120 * rounds):
            play.house.clock.move(seconds=5)
            text = commands[number % len(commands)] + play.nasty.marked(40)
            await put(play, reader, "#say", text)
            play.look(reader, "typed")
            await reader.send(b"\r")
            play.look(reader, "answered")
    async with reading(play.house, play.lune, size=USUAL) as reader:
        for number in range(60 * rounds):
            await reader.send(b"/")
            text = commands[number % len(commands)] + play.nasty.marked(40)
            await put(play, reader, "#ask", text)
            play.look(reader, "asked")
            await reader.send(b"\r")
            play.look(reader, "found")
    async with reading(play.house, play.house.key(), size=PHONE) as reader:
        await to_the_code(reader)
        for _ in range(40 * rounds):
            await put(play, reader, "#answer", play.nasty.marked(40))
            play.look(reader, "code")
            await reader.send(b"\r")
            play.look(reader, "refused")
    await names(play, 40 * rounds)
    assert len(play.seen) >= LEAST["lines"] * rounds


async def to_the_code(reader: Reader) -> None:
    """Read on at the door until a code is asked for."""
    answer = reader.page.query_one("#answer", Entry)
    for _ in range(20):
        if not answer.display:
            await reader.send(b"\r")
    assert answer.display


async def names(play: Play, count: int) -> None:
    """Somebody with a code tries many names, one of which may even be one."""
    invites = play.house.services.invites
    code = await invites.create(CONSOLE, 1, timedelta(days=1), Role.MEMBER)
    async with reading(play.house, play.house.key(), size=USUAL) as reader:
        await to_the_code(reader)
        await reader.paste(code)
        await reader.send(b"\r")
        for _ in range(count):
            if not isinstance(reader.page, DoorPage):
                break
            await put(play, reader, "#answer", play.nasty.marked(30))
            play.look(reader, "name")
            await reader.send(b"\r")
            play.look(reader, "refused name")


# -- what the sysop wrote


def described(play: Play) -> House:
    """A house whose every word is hostile."""

    def told() -> Any:
        return dict.fromkeys(LANGUAGES, play.nasty.marked(26))

    house = shipped_house()
    return replace(
        house,
        name=play.nasty.marked(20),
        sections=tuple(replace(one, title=told()) for one in house.sections),
        boards={
            slug: replace(one, title=told(), about=told())
            for slug, one in house.boards.items()
        },
        rooms={
            slug: replace(one, title=told(), about=told())
            for slug, one in house.rooms.items()
        },
        rules=tuple(told() for _ in house.rules),
        help_lines=tuple(
            replace(one, number=play.nasty.marked(10), what=told(), hours=told())
            for one in house.help_lines
        ),
    )


async def test_what_the_sysop_wrote(way: str, tmp_path: Path, rounds: int) -> None:
    """Titles, descriptions, rules and help lines of boards.yaml.

    `check` refuses such a file; here it is taken as it is.
    """
    play = Play(cast(TestHouse, None), way, "described")
    play.strict = False
    for number in range(3 * rounds):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with a_house(folder, described(play)) as house:
            play.house = house
            await play.open()
            kind = KINDS[number % 3]
            async with reading(house, play.lune, size=WALL, term=kind) as reader:
                play.look(reader, f"home {number}")
                for place in ("money", "lounge"):
                    await reader.go(place)
                    play.look(reader, f"{place} {number}")
                    await reader.send(b"\x1bOP")
                    play.look(reader, f"help {number}")
                    await reader.send(b"\x1b", b"\x1b")
                await reader.send(b"/rules\r", b"\x1b", b"/mon\t", b"\x1b", b"l")
                play.look(reader, f"rules {number}")
            async with reading(house, house.key(), size=WALL, term=kind) as reader:
                for _ in range(5):
                    play.look(reader, f"door {number}")
                    await reader.send(b"\r")
    assert len(play.seen) >= LEAST["described"] * rounds


# -- why somebody must go


async def test_reasons(play: Play, rounds: int) -> None:
    """In the log, in what is said to whom it concerns, and at a closed door."""
    moderation, clock = play.house.services.moderation, play.house.clock
    for number in range(110 * rounds):
        clock.move(minutes=5)
        if play.members:
            for_ = timedelta(minutes=1)
            await moderation.mute(play.rosa, "rosa2", for_, play.nasty.marked()) if (
                number
            ) else await play.somebody("rosa2", Role.MEMBER)
            continue
        names, why = (play.stored(30), play.stored(30)), play.stored(200)
        await play.write(
            lambda tx, names=names, why=why: tx.log.add(  # type: ignore[misc]
                clock.now(), names[0], Act.KICK, names[1], None, why
            )
        )
    async with reading(play.house, play.lune, size=WALL) as reader:
        await reader.send(b"/", b"log\r")
        for _ in range(6):
            play.look(reader, "log")
            await reader.send(b"\x1b[6~")
    for number in range(8 * rounds):
        await sent_out(play, number)
    assert len(play.seen) >= LEAST["reasons"] * rounds


async def sent_out(play: Play, number: int) -> None:
    """Somebody is muted, kicked, banned, and comes back to a closed door."""
    name = f"wren{number}"
    key = await play.somebody(name, Role.MEMBER)
    moderation = play.house.services.moderation
    size = (USUAL, PHONE)[number % 2]
    async with reading(play.house, key, size=size) as reader:
        why = play.nasty.marked(200)
        await moderation.mute(play.rosa, name, timedelta(hours=1), why)
        await reader.shows(why[:8])
        play.look(reader, "muted")
        why = play.nasty.marked(200)
        await moderation.kick(play.rosa, name, why)
        await reader.shows(why[:8])
    assert play.ended(reader, "kicked")
    async with reading(play.house, key, size=size) as reader:
        why = play.nasty.marked(200)
        await moderation.ban(play.rosa, name, None, why)
        await reader.shows(why[:8])
    assert play.ended(reader, "banned")
    async with reading(play.house, key, size=size) as reader:
        await reader.shows(why[:8])
        play.look(reader, "closed")


# -- without a screen


class Client:
    """Runs verbs, and looks at every byte that they write."""

    def __init__(self, play: Play, *, terminal: bool) -> None:
        self._play = play
        self._terminal = terminal

    async def run(self, command: str, body: str = "", page: str = "") -> None:
        """Run a verb, once for people and once for programs."""
        wired = self._play.house.wired
        for how in (command, f"{command.partition(' -- ')[0]} --json"):
            line = terminals.Line()
            streams = ChannelStreams(
                cast(GuardedChannel, line), terminal=self._terminal
            )
            streams.take(body.encode("utf-8", "replace"))
            streams.end()
            await run_verb(
                wired.services, wired.registry, self._play.lune, how, streams
            )
            raw = bytes(line.raw)
            if how.endswith("--json"):
                assert raw.isascii()
                for row in raw.splitlines():
                    json.loads(row)
            echoed = self._terminal and body
            if not echoed:
                assert foreign_lines(raw, strict=self._play.strict) == []
            self._play.note(f"{how.split()[0]} {how.endswith('json')} {page}", raw)


@pytest.mark.parametrize("terminal", [False, True])
async def test_verbs(play: Play, terminal: bool, rounds: int) -> None:
    """For people and for programs, with a terminal and without."""
    play.strict = False
    client = Client(play, terminal=terminal)
    for number in range(rounds):
        begun = await begin_all(play, 100)
        thread = await post_all(play, 4)
        await client.run("read money", page=f"{number}")
        await client.run(f"read money {thread}", page=f"{number}")
        for one in begun[:10]:
            await client.run(f"read money {one}")
        for command in ("unread", "boards", "rooms", "help", "rules", "log", "whoami"):
            await client.run(command)
        for _ in range(20):
            text = play.nasty.marked(30)
            play.house.clock.move(seconds=60)
            await client.run(f"read {text}")
            await client.run(f"kick rosa {text}")
            await client.run(f"topic lounge {text}")
            await client.run(text)
            if not terminal:
                await client.run(f"post money -t {text}", body=text)
    assert len(play.seen) >= LEAST["verbs"] * rounds
