"""Runs one-shot verbs: `ssh HOST read money 12`."""

import asyncio
import json
import re
from contextlib import suppress
from typing import Final

from bunniz_bbs.commands.parsing import read_verb, split_verb
from bunniz_bbs.commands.registry import Context, Front, Registry, Reply, Standing
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import Words, words_for
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.plain.streams import Streams
from bunniz_bbs.services import Services

MOST_INPUT: Final = 2 * 2**20
"""Bytes of standard input that are looked at; a post holds far less."""


async def run_verb(
    services: Services,
    registry: Registry,
    key: KeyDigest,
    line: str,
    streams: Streams,
) -> int:
    """Run one command for whoever holds a key; returns the exit status.

    0 done, 1 refused, 2 usage, 3 not found, 4 not allowed. With `--json` the answer
    is one JSON document (one a line for streams), refusals included.
    """
    words = words_for("en")
    as_json = False
    try:
        account = await services.people.recognise(key)
        if account is None:
            streams.error(
                words(
                    "This key is not known here. Come in with: ssh -t HOST, and bring "
                    "an invite code."
                )
                + "\n"
            )
            return 4
        words = words_for(account.language)
        given = split_verb(line)
        as_json = "--json" in given
        given = [word for word in given if word != "--json"]
        name, *rest = given or ["help"]
        if name == "mod" and rest:
            name, *rest = rest
        actor = Actor.of(account)
        command = registry.find(name, Front.VERB, actor)
        arguments = read_verb(command, rest, words)
        context = _context(services, registry, actor, words, streams, as_json)
        reply = await _until_closed(command.run(context, arguments), streams)
    except BunnizError as error:
        _refuse(streams, words, error, as_json)
        await _drained(streams)
        return error.exit_code
    if reply is not None:
        _answer(streams, reply, as_json)
    await _drained(streams)
    return 0


def _context(
    services: Services,
    registry: Registry,
    actor: Actor,
    words: Words,
    streams: Streams,
    as_json: bool,
) -> Context:
    async def body() -> str:
        raw = await streams.read_all(MOST_INPUT)
        return raw.decode("utf-8", "replace")

    async def emit(text: str, data: object) -> None:
        streams.write((_dump(data) if as_json else text) + "\n")
        await streams.drain()

    return Context(
        services,
        actor,
        words,
        registry,
        Front.VERB,
        visit=object(),
        standing=Standing(),
        body=body,
        emit=emit,
    )


async def _until_closed(running: object, streams: Streams) -> Reply | None:
    """The command's answer; None when the client went away first."""
    task = asyncio.ensure_future(running)  # type: ignore[call-overload]
    gone = asyncio.ensure_future(streams.wait_closed())
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
    if not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        return None
    reply: Reply = task.result()
    return reply


def _answer(streams: Streams, reply: Reply, as_json: bool) -> None:
    if as_json:
        if reply.data is not None:
            streams.write(_dump(reply.data) + "\n")
        return
    for line in reply.lines:
        streams.write(printable(line) + "\n")


def _refuse(streams: Streams, words: Words, error: BunnizError, as_json: bool) -> None:
    said = printable(refusal(words, error))
    if as_json:
        code = re.sub(r"(?<!^)(?=[A-Z])", "-", type(error).__name__).lower()
        streams.write(_dump({"error": code, "message": said}) + "\n")
    else:
        streams.error(said + "\n")


def _dump(data: object) -> str:
    return json.dumps(data, ensure_ascii=True)


async def _drained(streams: Streams) -> None:
    with suppress(ConnectionError):
        await streams.drain()
