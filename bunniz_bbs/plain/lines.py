"""Line mode: the house in plain lines, for screen readers and bad lines."""

import asyncio
from contextlib import suppress

from bunniz_bbs.commands.registry import Registry
from bunniz_bbs.domain.errors import Banned, NotAllowed
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import words_for
from bunniz_bbs.i18n.notices import closing
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.plain.ear import Ear
from bunniz_bbs.plain.menu import visit
from bunniz_bbs.plain.paper import Left
from bunniz_bbs.plain.sent_out import SentOut
from bunniz_bbs.plain.streams import Gone, LineStreams
from bunniz_bbs.plain.talk import Talk
from bunniz_bbs.services import Services


async def run_lines(
    services: Services,
    registry: Registry,
    key: KeyDigest | None,
    place: str | None,
    streams: LineStreams,
) -> int:
    """Ask and answer until the visit ends; returns the exit status.

    0 left, or the server stopped; 4 sent out.
    """
    try:
        account = await services.people.recognise(key) if key else None
    except Banned as ban:  # whose language is not known
        for one in LANGUAGES:
            streams.write(refusal(words_for(one), ban) + "\n")
        await streams.drain()
        return ban.exit_code
    someone = Actor.of(account) if account else await services.people.passing(key)
    words = words_for(someone.language)
    talk = Talk(services, registry, key, streams, words, someone)
    status, said = await _attend(talk, place)
    if said:
        with suppress(ConnectionError):
            await talk.paper.end(said)
    return status


async def _attend(talk: Talk, place: str | None) -> tuple[int, str]:
    """Let somebody be here until they leave or must go: the status, the last words."""
    hearing = asyncio.ensure_future(Ear(talk).follow())  # before the first read
    visiting = asyncio.ensure_future(visit(talk, place))
    writing = asyncio.ensure_future(talk.paper.follow())
    stopping = asyncio.ensure_future(talk.streams.wait_closing())
    waits = (visiting, hearing, writing, stopping)
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        # What was begun is kept meanwhile.
        await asyncio.gather(*waits, return_exceptions=True)
    words = talk.words
    try:
        for wait in (hearing, writing, visiting):
            if not wait.cancelled():
                wait.result()
    except SentOut as out:
        return NotAllowed.exit_code, out.sentence
    except Banned as ban:
        return ban.exit_code, refusal(words, ban)
    except Left:
        return 0, words("You have left. Come back any time.")
    except Gone:
        return 0, ""
    return 0, closing(words)
