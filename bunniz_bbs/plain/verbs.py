"""Runs one-shot verbs: `ssh HOST read money 12`."""

import asyncio
import json
import re
from collections.abc import Awaitable
from contextlib import suppress
from typing import Final

from bunniz_bbs.bus.ports import HOUSE, Subscription, person_topic
from bunniz_bbs.commands.parsing import LITERAL, read_verb, split_verb
from bunniz_bbs.commands.registry import (
    Context,
    Document,
    Front,
    Registry,
    Reply,
    Standing,
)
from bunniz_bbs.domain.errors import (
    BoardNotFound,
    BunnizError,
    NotAgreed,
    NotAllowed,
    RoomNotFound,
    TerminalNeeded,
    ThreadNotFound,
)
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import N_, words_for
from bunniz_bbs.i18n.notices import removed
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.plain.sent_out import SentOut, after, as_now
from bunniz_bbs.plain.streams import Streams
from bunniz_bbs.services import Services

MOST_INPUT: Final = 2 * 2**20
"""Bytes of standard input that are looked at; a post holds far less."""

UNKNOWN: Final = N_(
    "This key is not known here. Come in with: ssh -t HOST, and bring an invite code."
)
KEYLESS: Final = N_(
    "You came without a key, so you can only read what is open to guests. How to make "
    "one: ssh -t HOST"
)
NOT_FOR_GUESTS: Final = (NotAllowed, BoardNotFound, RoomNotFound, ThreadNotFound)
"""Answers that a member whose key was not offered would not understand."""


async def run_verb(
    services: Services,
    registry: Registry,
    key: KeyDigest | None,
    line: str,
    streams: Streams,
) -> int:
    """Run one command for whoever holds a key, or none; returns the exit status.

    0 done, 1 refused, 2 usage, 3 not found, 4 not allowed. With `--json` the answer
    is one JSON document (one a line for streams), refusals included.
    """
    given, as_json = _split(line)
    front = _Front(services, registry, key, streams, as_json)
    try:
        account = await services.people.recognise(key) if key else None
        actor = Actor.of(account) if account else await services.people.passing(key)
        if account is None and (answer := await services.admission.answer(key)):
            front.tell_before(removed(front.words, answer))
        status = await front.run(actor, given)
    except SentOut as out:
        front.refuse(out.code, out.sentence)
        status = NotAllowed.exit_code
    except BunnizError as error:
        status = front.refuse_for(error)
    with suppress(ConnectionError):
        await streams.drain()
    return status


def _split(line: str) -> tuple[list[str], bool]:
    """The words of a command, and whether `--json` was among them."""
    given = split_verb(line)
    end = given.index(LITERAL) if LITERAL in given else len(given)
    flags = [word for word in given[:end] if word != "--json"]
    return flags + given[end:], len(flags) < end


class _Front:
    """One verb, from its words to its exit status."""

    def __init__(
        self,
        services: Services,
        registry: Registry,
        key: KeyDigest | None,
        streams: Streams,
        as_json: bool,
    ) -> None:
        self._services = services
        self._registry = registry
        self._key = key
        self._passing = False
        self._declined = ""
        self._streams = streams
        self._as_json = as_json
        self.words = words_for("en")

    def tell_before(self, sentence: str) -> None:
        """Say why the team did not let somebody in, beside what they ask now."""
        self._declined = sentence
        if not self._as_json:
            self._streams.error(printable(sentence) + "\n")

    async def run(self, someone: Actor, given: list[str]) -> int:
        """Run the command for somebody; returns the exit status.

        Raises:
            BunnizError: It was not done.
        """
        self.words = words_for(someone.language)
        self._passing = someone.is_passing
        topics = [HOUSE]
        if not someone.is_passing:
            topics.append(person_topic(someone.id))
        async with self._services.bus.subscribe(topics) as heard:
            # What happened before this could be heard is seen by looking again.
            actor = await as_now(self._services, someone, self.words, self._key)
            name, *rest = given or ["help"]
            if name == "mod" and rest:
                name, *rest = rest
            if name == "go":
                raise TerminalNeeded
            command = self._registry.find(name, Front.VERB, actor)
            arguments = read_verb(command, rest, self.words)
            if not command.before_agreeing:
                await self._require_agreed(actor)
            running = command.run(self._context(actor), arguments)
            with self._services.visits.open(actor.id):
                heeds = not command.may_remove
                status = await self._attend(running, actor, heard, heeds=heeds)
            await self._services.keys.used(actor, self._key)
            return status

    async def _require_agreed(self, actor: Actor) -> None:
        """Let nobody go on who has something to agree to first.

        Raises:
            NotAgreed: They have.
        """
        if await self._services.admission.missing(actor):
            raise NotAgreed

    async def _attend(
        self,
        running: Awaitable[Reply],
        actor: Actor,
        heard: Subscription,
        *,
        heeds: bool,
    ) -> int:
        """Let a command run until it answers, the client goes or, if heeded, must."""
        task = asyncio.ensure_future(running)
        gone = asyncio.ensure_future(self._streams.wait_closed())
        sent_out = asyncio.ensure_future(self._sent_out(actor, heard))
        waits = (task, gone, sent_out)
        try:
            watched = waits if heeds else (task, gone)
            await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
        if not task.cancelled() and not isinstance(task.exception(), ConnectionError):
            self._answer(task.result())
            return 0
        if not sent_out.cancelled():
            sent_out.result()
        return 1

    async def _sent_out(self, actor: Actor, heard: Subscription) -> None:
        """Return never, but end as soon as somebody may not go on.

        Raises:
            SentOut: A moderator ended the visit, or the account is gone.
            Banned: A moderator closed the door.
            NotAllowed: The role is a lower one now.
        """
        while True:
            event, words = await heard.next(), self.words
            now = await after(event, self._services, actor, words, self._key)
            if now.role < actor.role:
                raise NotAllowed

    def _context(self, actor: Actor) -> Context:
        return Context(
            self._services,
            actor,
            self.words,
            self._registry,
            Front.VERB,
            visit=object(),
            standing=Standing(),
            key=self._key,
            body=self._body,
            emit=self._emit,
        )

    async def _body(self) -> str:
        """Standard input, if the client is there to the end of it.

        Half a post must not be sent because a connection dropped.
        """
        reading = asyncio.ensure_future(self._streams.read_all(MOST_INPUT))
        gone = asyncio.ensure_future(self._streams.wait_closed())
        try:
            await asyncio.wait((reading, gone), return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                raise ConnectionAbortedError
            return reading.result().decode("utf-8", "replace")
        finally:
            reading.cancel()
            gone.cancel()

    async def _emit(self, text: str, data: object) -> None:
        if isinstance(data, Document):
            text = data.text
        elif self._as_json:
            text = _dump(data)
        self._streams.write(text + "\n")
        await self._streams.drain()

    def _answer(self, reply: Reply) -> None:
        if self._as_json:
            if reply.data is not None:
                self._streams.write(_dump(reply.data) + "\n")
            return
        for line in reply.lines:
            self._streams.write(printable(line) + "\n")

    def refuse_for(self, error: BunnizError) -> int:
        """Say why something was not done; returns the exit status."""
        if self._passing and isinstance(error, NOT_FOR_GUESTS):
            if self._declined and self._as_json:
                self.refuse("declined", self._declined)
            elif self._key:
                self.refuse("key-unknown", self.words(UNKNOWN))
            else:
                self.refuse("no-key", self.words(KEYLESS))
            return NotAllowed.exit_code
        code = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
        self.refuse(code, refusal(self.words, error))
        return error.exit_code

    def refuse(self, code: str, sentence: str) -> None:
        """Say why something was not done, as a document or on standard error."""
        said = printable(sentence)
        if self._as_json:
            self._streams.write(_dump({"error": code, "message": said}) + "\n")
        else:
            self._streams.error(said + "\n")


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=True)
