"""Receives visits from the SSH front: turns a key into an app or an answer."""

from bunniz_bbs.domain.errors import Banned, BunnizError
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.people import Account, Actor
from bunniz_bbs.i18n import Words, words_for
from bunniz_bbs.plain.lines import run_lines
from bunniz_bbs.plain.streams import LineStreams, Streams
from bunniz_bbs.plain.verbs import run_verb
from bunniz_bbs.services.codes import key_digest
from bunniz_bbs.tui.app import BunnizApp
from bunniz_bbs.tui.capabilities import Capabilities
from bunniz_bbs.tui.gallery import Gallery
from bunniz_bbs.tui.session import Session
from bunniz_bbs.wiring import Wired


class HouseReception:
    """Knows services and fronts; the SSH front knows neither."""

    def __init__(self, wired: Wired) -> None:
        self._wired = wired
        self._gallery = Gallery()
        self.draining = False
        """Whether new visits are turned away because the server stops."""

    def digest(self, blob: bytes) -> KeyDigest:
        """All that is kept of a key."""
        return key_digest(self._wired.pepper, blob)

    async def words(self, key: KeyDigest | None) -> Words | None:
        """The language of whoever holds a key; None where it is not known."""
        if key is None:
            return None
        try:
            account = await self._wired.services.people.recognise(key)
        except BunnizError:
            return None
        return words_for(account.language) if account else None

    async def app(
        self, key: KeyDigest | None, place: str | None, capabilities: Capabilities
    ) -> BunnizApp:
        """The full-screen program of one visit."""
        services = self._wired.services
        account: Account | None = None
        ban: Banned | None = None
        try:
            account = await services.people.recognise(key) if key else None
        except Banned as banned:
            ban = banned
        unknown = account is None and ban is None
        answer = await services.admission.answer(key) if unknown else ""
        session = Session(
            services,
            self._wired.registry,
            key,
            capabilities,
            words_for(account.language if account else "en"),
            self._gallery,
            Actor.of(account) if account else None,
            answer,
        )
        return BunnizApp(session, place, ban)

    async def verb(self, key: KeyDigest | None, command: str, streams: Streams) -> int:
        """Run a one-shot verb; returns the exit status."""
        wired = self._wired
        return await run_verb(wired.services, wired.registry, key, command, streams)

    async def lines(
        self, key: KeyDigest | None, place: str | None, streams: LineStreams
    ) -> int:
        """Show the house in plain lines; returns the exit status."""
        wired = self._wired
        return await run_lines(wired.services, wired.registry, key, place, streams)
