"""A mistake of ours ends one visit, with a sentence and a number, and no other."""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import Words, words_for
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.plain.streams import Streams
from bunniz_bbs.ssh.sayings import broken
from bunniz_bbs.tui.app import BunnizApp
from bunniz_bbs.tui.capabilities import Capabilities
from tests.ssh.front import Front, WatchedReception, a_front, a_key, until
from tests.ssh.seat import seated

CANARY: Final = "what rosa wrote to lune"
LINE: Final = re.compile(r"incident ([0-9a-f]{8}): ValueError at [\w/.]+\.py:\d+.*")


def fail() -> None:
    """Break with a secret in the words and in the locals."""
    secret = CANARY
    raise ValueError(secret)


class BrokenWidget(Widget):
    """Cannot be drawn."""

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        fail()
        return Strip.blank(1)


class BrokenApp(BunnizApp):
    """Breaks where a test says, when Z is pressed."""

    where = ""
    broke = False

    def on_load(self) -> None:
        """The very beginning."""
        if self.where == "load":
            fail()

    async def on_mount(self) -> None:
        """The first page."""
        if self.where == "mount":
            fail()
        await super().on_mount()

    async def depart(self) -> None:
        """The end."""
        await super().depart()
        if self.where == "depart":
            fail()

    async def on_event(self, event: events.Event) -> None:
        """A key on its way to a page."""
        if isinstance(event, events.Key) and event.key == "Z" and not self.broke:
            self.broke = True
            self.breaks[self.where](self)
        await super().on_event(event)

    async def in_a_worker(self) -> None:
        """Break in the background."""
        await asyncio.sleep(0)
        fail()

    breaks: dict[str, Callable[[Any], object]] = {  # noqa: RUF012 - never changed
        "handler": lambda app: fail(),
        "worker": lambda app: app.run_worker(app.in_a_worker(), exit_on_error=True),
        "call later": lambda app: app.call_later(fail),
        "call next": lambda app: app.page.call_next(fail),
        "after refresh": lambda app: app.page.call_after_refresh(fail),
        "timer": lambda app: app.set_timer(0.01, fail),
        "draw": lambda app: app.page.mount(BrokenWidget()),
        "depart": lambda app: app.leave(),
        "two at once": lambda app: (app.call_later(fail), fail()),
    }


class BreakingReception(WatchedReception):
    """Breaks for rosa, and for nobody else."""

    where = ""
    rosa: KeyDigest | None = None
    speechless = False

    async def words(self, key: KeyDigest) -> Words | None:
        """The language of whoever holds a key."""
        if self.speechless:
            fail()
        return await super().words(key)

    async def app(
        self, key: KeyDigest, place: str | None, capabilities: Capabilities
    ) -> BunnizApp:
        """The full-screen program of one visit."""
        if key != self.rosa:
            return await super().app(key, place, capabilities)
        if self.where == "construction":
            fail()
        if self.where == "store":
            raise StoreDown
        app = await super().app(key, place, capabilities)
        made = BrokenApp(app.session, place)
        made.where = self.where
        return made

    async def verb(self, key: KeyDigest, command: str, streams: Streams) -> int:
        """Run a one-shot verb."""
        if key == self.rosa:
            streams.write("half an answer")
            fail()
        return await super().verb(key, command, streams)


@asynccontextmanager
async def breaking(
    folder: Path, where: str, language: Any = "nl"
) -> AsyncIterator[Any]:
    """A front that breaks somewhere for rosa."""
    async with a_front(folder, BreakingReception) as front:
        reception = front.reception
        assert isinstance(reception, BreakingReception)
        reception.where = where
        if language:
            await front.person("rosa", language=language)
        else:
            front.keys["rosa"] = a_key()
        await front.person("lune")
        reception.rosa = front.digest(front.keys["rosa"])
        yield front


def flat(text: str) -> str:
    """A sentence as it stands on a screen, wherever it was wrapped."""
    return " ".join(text.split())


def taken(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged until now, which is then forgotten."""
    said = [one.getMessage() for one in caplog.records if one.name.startswith("bunniz")]
    for one in caplog.records:
        assert CANARY not in one.getMessage()
        assert one.exc_info is None
        assert one.stack_info is None
    caplog.clear()
    return said


WHERE = ("construction", "load", "mount", *BrokenApp.breaks)


@pytest.mark.parametrize("where", WHERE)
async def test_a_visit_that_breaks_ends_in_words(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    where: str,
) -> None:
    """In the visitor's language; the log names a kind and a place, and no word."""
    streams = sys.stdout, sys.stderr
    async with breaking(tmp_path, where) as front:
        async with seated(front, "lune", "go lounge") as lune:
            await lune.sees("Lounge")
            async with seated(front, "rosa") as seat:
                if where in BrokenApp.breaks:
                    await seat.sees(words_for("nl")("Boards"))
                    seat.press(b"Z")
                assert await seat.ends() == 1
                assert (sys.stdout, sys.stderr) == streams

                (line,) = taken(caplog)
                found = LINE.fullmatch(line)
                assert found, line
                assert flat(broken(words_for("nl"), found[1])) in seat.flat
                assert seat.modes_left_on() == set()
                assert CANARY.encode() not in seat.raw
            lune.press(b"still here\r")
            await lune.sees("lune still here")
        await front.gone()
    assert (sys.stdout, sys.stderr) == streams
    assert capfd.readouterr() == ("", "")


async def test_a_verb_that_breaks_ends_in_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """On standard error; what was written before stays."""
    async with breaking(tmp_path, "verb") as front, front.connect("rosa") as client:
        done = await client.run("whoami")

        (line,) = taken(caplog)
        found = LINE.fullmatch(line)
        assert found, line
        assert done.exit_status == 1
        assert done.stdout == "half an answer"
        assert done.stderr == broken(words_for("nl"), found[1]) + "\n"


async def test_a_stranger_is_told_in_every_language(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody knows yet which one is theirs."""
    async with (
        breaking(tmp_path, "construction", None) as front,
        seated(front, "rosa", size=(100, 40)) as seat,
    ):
        assert await seat.ends() == 1
        (line,) = taken(caplog)
        found = LINE.fullmatch(line)
        assert found, line
        for language in LANGUAGES:
            assert flat(broken(words_for(language), found[1])) in seat.flat


async def test_what_breaks_can_break_the_words_as_well(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Then it is said in all of them."""
    async with breaking(tmp_path, "construction") as front:
        front.reception.speechless = True
        async with seated(front, "rosa", size=(100, 40)) as seat:
            assert await seat.ends() == 1
            incident, speechless = taken(caplog)
            found = LINE.fullmatch(incident)
            assert found
            assert speechless.startswith("no words: ValueError at ")
            assert flat(broken(words_for("de"), found[1])) in seat.flat


@pytest.mark.parametrize("language", ["fr", None])
async def test_a_house_without_its_data_says_so_at_the_door(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, language: str | None
) -> None:
    """That is no mistake of ours: a sentence, and no incident."""
    async with (
        breaking(tmp_path, "store", language) as front,
        seated(front, "rosa", size=(100, 40)) as seat,
    ):
        assert await seat.ends() == StoreDown.exit_code
        assert flat(refusal(words_for("fr"), StoreDown())) in seat.flat
        if language is None:
            assert flat(refusal(words_for("en"), StoreDown())) in seat.flat
        assert taken(caplog) == ["a visit could not begin: StoreDown"]


async def test_a_callback_of_ssh_that_breaks_is_an_incident(
    front: Front, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The library would close the connection and say nothing of why."""
    await front.person("rosa")
    async with seated(front, "rosa") as seat:
        await seat.sees("Boards")
        (visit,) = front.listener._visits
        monkeypatch.setattr(visit._terminal, "resized", lambda size: fail())
        seat.channel.change_terminal_size(60, 20)
        await until(lambda: not front.connections)

        (line,) = taken(caplog)
        assert LINE.fullmatch(line), line
