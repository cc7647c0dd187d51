"""What one connection knows. There is no state beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from bunniz_bbs.commands.choices import focus
from bunniz_bbs.commands.registry import Context, Front, Registry, Standing
from bunniz_bbs.domain.admission import ConsentKind
from bunniz_bbs.domain.choices import Lens
from bunniz_bbs.domain.ids import (
    AccountId,
    BoardSlug,
    KeyDigest,
    PostPlace,
    RoomSlug,
    ThreadId,
)
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.team import Badge
from bunniz_bbs.i18n import Words
from bunniz_bbs.services import Services
from bunniz_bbs.tui.capabilities import Capabilities
from bunniz_bbs.tui.glyphs import ASCII, UNICODE, Glyphs
from bunniz_bbs.tui.palette import DARK, LIGHT, MONO, SIXTEEN, Palette

if TYPE_CHECKING:
    from bunniz_bbs.tui.gallery import Gallery

BELGIUM = ZoneInfo("Europe/Brussels")


@dataclass(slots=True, eq=False)
class Session:
    """One visit: who it is, in which language, and what was set for its length."""

    services: Services
    registry: Registry
    key: KeyDigest | None
    """The key that was proven; None: somebody came without one."""
    capabilities: Capabilities
    words: Words
    gallery: "Gallery"
    """What all visits share of how rooms look."""
    someone: Actor | None = None
    """Who this is; None while they stand at the door."""
    answer: str = ""
    """Why the team did not let them in, where they asked before."""
    agreed: dict[ConsentKind, int] = field(default_factory=dict)
    """What they agreed to at the door in this visit, and the version they read."""
    standing: Standing = field(default_factory=Standing)
    rooms: dict[RoomSlug, int] = field(default_factory=dict)
    """Rooms this visit is in, each with how many lines came since it was looked at."""
    badges: Mapping[AccountId, Badge] = field(default_factory=dict)
    """Organisations' badges, as they were when a room was looked at last."""
    light: bool = False
    """Whether light colours were asked for, for the length of this visit."""
    zone: tzinfo = BELGIUM

    @property
    def actor(self) -> Actor:
        """Who this is, once they are in."""
        assert self.someone is not None
        return self.someone

    @property
    def glyphs(self) -> Glyphs:
        """Signs that this terminal can show."""
        return UNICODE if self.capabilities.unicode else ASCII

    @property
    def palette(self) -> Palette:
        """Colours that this terminal can show."""
        match self.capabilities.colour:
            case "none":
                return MONO
            case "16":
                return SIXTEEN
            case _:
                return LIGHT if self.light else DARK

    async def look(self) -> Lens:
        """How this visit sees what others warned of, by the choices that hold now."""
        return await focus(self.services, self.actor, self.standing)

    @property
    def lens(self) -> Lens:
        """The same as it was looked up last."""
        return self.standing.lens

    def context(
        self, *, room: RoomSlug | None = None, thread: ThreadId | None = None
    ) -> Context:
        """The context of a slash command given here and now."""
        return Context(
            self.services,
            self.actor,
            self.words,
            self.registry,
            Front.SLASH,
            visit=self,
            standing=self.standing,
            key=self.key,
            room=room,
            thread=thread,
        )


Place: TypeAlias = RoomSlug | BoardSlug | ThreadId | PostPlace
"""What `go` can open."""
