"""What a command is, and how to find one."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import get_close_matches
from enum import Enum, Flag, auto

from bunniz_bbs.domain.choices import Lens
from bunniz_bbs.domain.durations import parse_duration
from bunniz_bbs.domain.errors import CommandNotFound, UsageUnclear
from bunniz_bbs.domain.ids import BoardSlug, KeyDigest, RoomSlug, ThreadId
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.policy import Action, allows
from bunniz_bbs.i18n import Words
from bunniz_bbs.services import Services


class Front(Flag):
    """Where a command can be given."""

    SLASH = auto()
    VERB = auto()


class Kind(Enum):
    """What an argument means: how it is read, and how it is completed."""

    PERSON = auto()
    DURATION = auto()
    TEXT = auto()
    """Takes the rest of the line."""
    SOUGHT = auto()
    """Takes the rest of the line; what was quoted is still quoted."""
    ROOM = auto()
    BOARD = auto()
    THREAD = auto()
    NUMBER = auto()
    LANGUAGE = auto()
    ROLE = auto()
    COMMAND = auto()
    SWITCH = auto()
    """A flag that stands by itself; slash commands take it too."""
    LABELS = auto()
    """One word: labels, with commas between them."""
    PLACE = auto()
    """One word: a place with what is in it, such as `board/thread#post`."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a command."""

    name: str
    """A message id in capitals, as usage lines show it."""
    kind: Kind
    required: bool = True
    flag: str = ""
    """`-t`: given by this flag rather than by its place. Verbs only, but switches."""
    or_off: bool = False
    """For a duration: `off` can be said instead."""


@dataclass(slots=True)
class Standing:
    """What one session has set for itself until it ends."""

    timers: dict[RoomSlug, timedelta] = field(default_factory=dict)
    """Rooms in which what this session says goes after a time."""
    lens: Lens = field(default_factory=Lens)
    """How it sees what others warned of."""


class Effect:
    """What the front that gave the command should do next."""


@dataclass(frozen=True, slots=True)
class GoTo(Effect):
    """Open a place."""

    place: RoomSlug | BoardSlug | ThreadId


@dataclass(frozen=True, slots=True)
class GoBack(Effect):
    """Leave the place that is open."""


@dataclass(frozen=True, slots=True)
class LookAgain(Effect):
    """Fetch anew what is shown: the command changed it for its giver alone."""


@dataclass(frozen=True, slots=True)
class Leave(Effect):
    """End the visit."""


@dataclass(frozen=True, slots=True)
class Speak(Effect):
    """From now on speak this language."""

    words: Words


@dataclass(frozen=True, slots=True)
class ShowLog(Effect):
    """Open the moderators' log."""


@dataclass(frozen=True, slots=True)
class ShowTeam(Effect):
    """Open what waits for the team."""


@dataclass(frozen=True, slots=True)
class ShowKeys(Effect):
    """Open the keys of one's account."""


@dataclass(frozen=True, slots=True)
class ShowInvites(Effect):
    """Open one's own invites."""


@dataclass(frozen=True, slots=True)
class ShowAgreements(Effect):
    """Open what one agreed to."""


@dataclass(frozen=True, slots=True)
class ShowYou(Effect):
    """Open what is one's own."""


@dataclass(frozen=True, slots=True)
class ShowDrafts(Effect):
    """Open what one began to write."""


@dataclass(frozen=True, slots=True)
class ShowKnown(Effect):
    """Open what this place knows about one."""


@dataclass(frozen=True, slots=True)
class ShowLeaving(Effect):
    """Open what leaving for good means."""


@dataclass(frozen=True, slots=True)
class ShowNews(Effect):
    """Open what is new on all boards."""


@dataclass(frozen=True, slots=True)
class ShowFollowed(Effect):
    """Open the threads that one chose to follow."""


@dataclass(frozen=True, slots=True)
class ShowBookmarks(Effect):
    """Open one's bookmarks."""


@dataclass(frozen=True, slots=True)
class ShowSearch(Effect):
    """Open the search, and look for something."""

    text: str
    """For what; empty: for nothing yet."""


@dataclass(frozen=True, slots=True)
class ShowHelp(Effect):
    """Open the help for this screen."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command answers, to its giver alone."""

    lines: Sequence[str] = ()
    data: object = None
    """The same for machines: what JSON can hold."""
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A part of one long JSON document, which is shown as it is."""

    text: str


async def _nothing(line: str, data: object) -> None:
    """Where nothing can be streamed to, nothing is."""


async def _no_body() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Context:
    """Who gives a command, and where."""

    services: Services
    actor: Actor
    words: Words
    registry: "Registry"
    front: Front
    visit: object
    """Tells sessions of the same account apart."""
    standing: Standing
    key: KeyDigest | None = None
    """The key that was proven; None: somebody came without one."""
    room: RoomSlug | None = None
    thread: ThreadId | None = None
    body: Callable[[], Awaitable[str]] = _no_body
    """Standard input, as text."""
    emit: Callable[[str, object], Awaitable[None]] = _nothing
    """Shows one more line of a stream, as words and as data."""


class Arguments:
    """What was typed after a command's name."""

    def __init__(self, values: Mapping[str, str], usage: str) -> None:
        """What was typed.

        Args:
            values: By the names of the command's parameters.
            usage: How the command goes, for whoever got it wrong.
        """
        self._values = values
        self.usage = usage

    def besides(self, more: Mapping[str, str]) -> "Arguments":
        """The same with some that were given in another way."""
        return Arguments({**self._values, **more}, self.usage)

    def text(self, name: str) -> str:
        """The argument as it was typed; empty when it was left out."""
        return self._values.get(name, "")

    def duration(self, name: str) -> timedelta | None:
        """The argument as a duration; None when it was left out.

        Raises:
            DurationUnclear: It is not one.
        """
        return parse_duration(self._values[name]) if name in self._values else None

    def number(self, name: str) -> int:
        """The argument as a number; a leading `#` is fine.

        Raises:
            UsageUnclear: It is not one.
        """
        digits = self.text(name).lstrip("#")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
            raise UsageUnclear(self.usage)
        return int(digits)

    def post(self, name: str, here: ThreadId | None = None) -> tuple[ThreadId, int]:
        """The argument as a post: `12#3`, or `3` where its thread is open.

        Raises:
            UsageUnclear: It is not one.
        """
        thread, _, number = self.text(name).rpartition("#")
        given = self.besides({"": thread, name: number})
        if here is None or thread:
            here = ThreadId(given.number(""))
        return here, given.number(name)


Handler = Callable[[Context, Arguments], Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be asked for by name."""

    name: str
    summary: str
    """A message id: one plain sentence."""
    action: Action
    run: Handler
    fronts: Front = Front.SLASH | Front.VERB
    parameters: tuple[Parameter, ...] = ()
    aliases: tuple[str, ...] = ()
    in_room: bool = False
    """Makes sense only where a room is open."""
    before_agreeing: bool = False
    """Also for whoever has not agreed to all that everybody agrees to."""
    may_remove: bool = False
    """Its giver's account may be gone when it has been carried out, as was asked."""

    def usage(self, words: Words, front: Front) -> str:
        """The command with its arguments as one would type it."""
        parts = [("/" if front is Front.SLASH else "") + self.name]
        for one in self.parameters:
            switch = one.kind is Kind.SWITCH
            if one.flag and front is Front.SLASH and not switch:
                continue
            name = words(one.name)
            shown = f"{one.flag} {name}" if one.flag else name
            shown = one.flag if switch else shown
            parts.append(shown if one.required else f"[{shown}]")
        return " ".join(parts)


class Registry:
    """All commands, by name."""

    def __init__(self, commands: Iterable[Command]) -> None:
        self.commands = tuple(commands)
        self._by_name: dict[tuple[Front, str], Command] = {}
        for command in self.commands:
            for front in command.fronts:
                for name in (command.name, *command.aliases):
                    if (front, name) in self._by_name:
                        raise ValueError(f"two commands are called {name!r}")
                    self._by_name[front, name] = command

    def find(self, name: str, front: Front, actor: Actor) -> Command:
        """The command that somebody means.

        One that the actor may not use is found too: its service says why not.

        Raises:
            CommandNotFound: None is called so; may suggest one.
        """
        wanted = name.lower()
        if command := self._by_name.get((front, wanted)):
            return command
        known = [one.name for one in self.offered(front, actor)]
        near = get_close_matches(wanted, known, n=1)
        raise CommandNotFound(name[:40], near[0] if near else "")

    def offered(self, front: Front, actor: Actor) -> Sequence[Command]:
        """The commands that the actor's role reaches, in the order of help."""
        return [
            command
            for command in self.commands
            if front in command.fronts and allows(actor, command.action)
        ]
