"""What one visit in line mode knows. There is no state beside it."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final, Protocol, TypeAlias

from bunniz_bbs.commands.registry import Context, Front, Registry, Standing
from bunniz_bbs.domain.admission import ConsentKind
from bunniz_bbs.domain.errors import (
    BoardNotFound,
    BunnizError,
    NotAllowed,
    RoomNotFound,
    ThreadNotFound,
)
from bunniz_bbs.domain.events import Event
from bunniz_bbs.domain.ids import BoardSlug, KeyDigest, PostPlace, RoomSlug, ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.words import Language
from bunniz_bbs.i18n import Words, words_for
from bunniz_bbs.i18n.door import keyless, unknown_key
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.plain.paper import Paper
from bunniz_bbs.plain.streams import LineStreams
from bunniz_bbs.services import Services

SCREENFUL: Final = 20
"""Lines that are shown before one is asked whether there shall be more."""
NOT_FOR_GUESTS: Final = (NotAllowed, BoardNotFound, RoomNotFound, ThreadNotFound)
"""Refusals behind which there may be a key that is not known."""


@dataclass(frozen=True, slots=True)
class Looking:
    """What posts are looked for by; empty: it is asked for."""

    text: str = ""


Place: TypeAlias = RoomSlug | BoardSlug | ThreadId | PostPlace | Looking


class Turn(Exception):
    """Somebody goes to another place from wherever they are."""

    def __init__(self, place: Place) -> None:
        self.place = place


class Back(Exception):
    """Somebody goes back from the place where they are."""


class OpenRoom(Protocol):
    """A room in which somebody is."""

    slug: RoomSlug

    async def hear(self, event: Event | None) -> None:
        """Something happened; None: something was missed."""

    async def look_again(self) -> None:
        """The house or the person is another one now."""


@dataclass(slots=True, eq=False)
class Talk:
    """One visit: who it is, in which language, and what was set for its length."""

    services: Services
    registry: Registry
    key: KeyDigest | None
    """The key that was proven; None: somebody came without one."""
    streams: LineStreams
    words: Words
    someone: Actor
    agreed: dict[ConsentKind, int] = field(default_factory=dict)
    """What they agreed to at the door in this visit, and the version they read."""
    standing: Standing = field(default_factory=Standing)
    room: OpenRoom | None = None
    """The room in which one is."""
    listen: Callable[[], None] = lambda: None
    """Called when there is something else to hear."""
    rename: Callable[[str, str], None] | None = None
    """Told a former name and the new one, while a text is being written."""
    paper: Paper = field(init=False)

    def __post_init__(self) -> None:
        """Take a sheet."""
        self.paper = Paper(self.streams, self.services.clock, lambda: self.words)

    def context(
        self,
        front: Front,
        *,
        thread: ThreadId | None = None,
        body: Callable[[], Awaitable[str]] | None = None,
    ) -> Context:
        """The context of a command given here and now."""
        context = Context(
            self.services,
            self.someone,
            self.words,
            self.registry,
            front,
            visit=self,
            standing=self.standing,
            key=self.key,
            room=self.room.slug if self.room else None,
            thread=thread,
        )
        return context if body is None else replace(context, body=body)

    async def say(self, *lines: str) -> None:
        """Write lines, one under the other."""
        await self.paper.say(*lines)

    async def refuse(self, error: BunnizError) -> None:
        """Say why something was not done."""
        if self.someone.is_passing and isinstance(error, NOT_FOR_GUESTS):
            await self.say(unknown_key(self.words) if self.key else keyless(self.words))
        else:
            await self.say(refusal(self.words, error))

    async def page(self, lines: Sequence[str]) -> None:
        """Write many lines, a screenful at a time.

        Whatever is answered but Enter stops it, and answers what is asked next.
        """
        for start in range(0, len(lines), SCREENFUL):
            if start:
                prompt = self.words.many(
                    "{n} more line, Enter shows it:",
                    "{n} more lines, Enter goes on:",
                    len(lines) - start,
                )
                if answer := (await self.paper.ask(prompt)).strip():
                    self.paper.hand_back(answer)
                    return
            await self.say(*lines[start : start + SCREENFUL])

    async def speak(self, language: Language) -> None:
        """From now on speak a language; members keep it."""
        self.words = words_for(language)
        with suppress(BunnizError):
            await self.services.people.set_language(self.someone, language)
        self.someone = replace(self.someone, language=language)
