"""Giving a command as a front would."""

from dataclasses import dataclass, field

from bunniz_bbs.commands.parsing import read_slash, read_verb, split_slash, split_verb
from bunniz_bbs.commands.registry import Context, Front, Reply, Standing
from bunniz_bbs.domain.ids import RoomSlug, ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.i18n import words_for
from tests.services.living import Living


@dataclass
class Giver:
    """One visit of somebody who gives commands."""

    home: Living
    actor: Actor
    standing: Standing = field(default_factory=Standing)
    room: RoomSlug | None = None
    thread: ThreadId | None = None
    visit: str = "visit"
    asked: int = 0
    """How often standard input was read."""
    streamed: list[object] = field(default_factory=list)
    """What was shown before the answer, as data."""

    async def slash(self, text: str) -> Reply:
        """Give a slash command."""
        name, rest = split_slash(text)
        command = self._registry.find(name, Front.SLASH, self.actor)
        arguments = read_slash(command, rest, words_for(self.actor.language))
        return await command.run(self._context(Front.SLASH, ""), arguments)

    async def verb(self, line: str, body: str = "") -> Reply:
        """Give a one-shot verb."""
        name, *given = split_verb(line)
        command = self._registry.find(name, Front.VERB, self.actor)
        arguments = read_verb(command, given, words_for(self.actor.language))
        return await command.run(self._context(Front.VERB, body), arguments)

    @property
    def _registry(self):
        return self.home.wired.registry

    def _context(self, front: Front, body: str) -> Context:
        async def read() -> str:
            self.asked += 1
            return body

        async def emit(line: str, data: object) -> None:
            self.streamed.append(data)

        return Context(
            self.home.services,
            self.actor,
            words_for(self.actor.language),
            self._registry,
            front,
            visit=self.visit,
            standing=self.standing,
            room=self.room,
            thread=self.thread,
            body=read,
            emit=emit,
        )
