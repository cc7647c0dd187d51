"""The keys that open one's account, and the codes that let another one in."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, Final

from textual.binding import BindingType

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import Event, KeyAdded, KeyRevoked, ResetAsked
from bunniz_bbs.domain.keys import Key as Kept
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n import keys as said
from bunniz_bbs.i18n.times import left
from bunniz_bbs.services.keys import handle
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.overview import flow
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.screens.connecting import ConnectPage
from bunniz_bbs.tui.screens.recovery import RecoveryPage
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

TICK: Final = 10.0
"""Seconds between two looks at how long a code still works."""

CODE = Key("c", "code", N_("code for a device"), "c")
RECOVER = Key("w", "recovery", N_("recovery codes"), "w")
REVOKE = Key("d", "revoke", N_("revoke"), "d")
RENAME = Key("e", "call", N_("label"), "e")
CONNECT = Key("h", "connect", N_("how to connect"), "h")
STOP = Key("s", "stop_reset", N_("stop the reset"), "s")


class KeysPage(Page):
    """The list of keys; what is done with the one that the cursor is on."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        STOP,
        CODE,
        RECOVER,
        REVOKE,
        RENAME,
        CONNECT,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._kept: Sequence[Kept] = ()
        self._left = 0
        self._pending: datetime | None = None
        self._code = ""
        self._until: datetime | None = None
        self._sure = ""
        """The key for which `d` was pressed once."""

    def where(self) -> Line:
        """The name of the page."""
        return line(Span(self.words("Your keys"), Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """What is kept of keys."""
        told = self.words("only a keyed hash of each is kept")
        return [Span(told, Ink.QUIET)]

    def offers(self, key: Key) -> bool:
        """Only what there is something for."""
        if key is STOP:
            return self._pending is not None
        return key not in (REVOKE, RENAME) or bool(self._kept)

    def explain(self) -> Sequence[str]:
        """What keys and codes are."""
        words = self.words
        return [
            words(
                "Every device has a key of its own. A code from here lets one more in; "
                "a key that is revoked opens your account no more, and its visits end "
                "at once."
            ),
            words(
                "A label is for you alone. Kept beside it are the month in which a key "
                "was added and the week in which it was last used."
            ),
            *said.about_recovery(words),
        ]

    async def load(self) -> None:
        """Fetch the keys."""
        services, actor = self.session.services.keys, self.session.actor
        self._kept = await services.list(actor)
        self._left = await services.recovery_left(actor)
        self._pending = await services.pending_reset(actor)

    async def hear(self, event: Event) -> None:
        """Another visit of the same account did something."""
        if isinstance(event, KeyAdded):
            self._code = ""
        if isinstance(event, KeyAdded | KeyRevoked | ResetAsked):
            await self.reload()

    def on_mount(self) -> None:
        """Count the time of a code down."""
        self.set_interval(TICK, self._tick)

    def _tick(self) -> None:
        if self._code and self.is_current:
            self.redraw()

    # -- drawing

    def redraw(self) -> None:
        """The list for the present width."""
        words, rows = self.words, [self._row(one) for one in self._kept]
        if self._pending:
            rows.insert(0, self._told(said.reset_pending(words, self._pending)))
        if self._remaining() <= 0:
            self._code = ""
        if self._code:
            rest = Span("  " + left(words, self._remaining()), Ink.QUIET)
            code = line("   ", Span(self._code, Ink.ACCENT))
            if self.narrow:
                code = line(" ", Span(self._code, Ink.ACCENT))
            about = self._told(said.about_device_code(words)).lines
            rows.append(Row(((), *about[:-1], code, line(" ", rest), ())))
        ink = Ink.QUIET if self._left else Ink.STRONG
        told = said.recovery_left(words, self._left)
        if not self._left:
            told += " " + words("Press w to make some.")
        rows.append(self._told(told, ink))
        self.query_one(Rows).show(rows)

    def _remaining(self) -> float:
        if self._until is None:
            return 0
        return (self._until - self.session.services.clock.now()).total_seconds()

    def _told(self, text: str, ink: Ink = Ink.STRONG) -> Row:
        laid = wrap(text, self.columns - 3)
        return Row((*(line(" ", Span(one, ink)) for one in laid), ()))

    def _row(self, key: Kept) -> Row:
        words, now = self.words, self.session.services.clock.now()
        name = said.called(words, key)
        mine = key.digest == self.session.key
        first: list[Line] = [(Span(name, Ink.STRONG if key.label else Ink.PLAIN),)]
        if mine:
            first.append((Span(words("the key of this visit"), Ink.ACCENT),))
        dot = Span(f" {self.session.glyphs.dot} ", Ink.QUIET)
        told = [handle(key), said.added(words, key), said.used(words, key, now)]
        about: list[Line] = [(Span(one, Ink.QUIET),) for one in told]
        width = self.columns - 4
        laid = [*flow(first, Span("  "), width), *flow(about, dot, width)]
        lines = [line("   ", *one) for one in laid]
        return Row((*lines, ()), (handle(key),), barred=True)

    # -- doing

    def _chosen(self) -> str:
        """The key that the cursor is on."""
        chosen = self.query_one(Rows).chosen
        return "" if chosen is None else str(chosen)

    async def action_code(self) -> None:
        """Make a code for one more device."""
        try:
            self._code, self._until = await self.session.services.keys.device_code(
                self.session.actor
            )
        except BunnizError as error:
            self.refuse(error)
            return
        self.say("")
        self.redraw()

    async def action_recovery(self) -> None:
        """Go and make recovery codes."""
        await self.house.push_screen(RecoveryPage(self.session))

    async def action_connect(self) -> None:
        """Read how to connect."""
        await self.house.push_screen(ConnectPage(self.session))

    def action_call(self) -> None:
        """Ask for a label."""
        which = self._chosen()
        if not which:
            return

        async def call(text: str) -> str:
            key = await self.session.services.keys.label(
                self.session.actor, which, text
            )
            await self.reload()
            called = said.called(self.words, key)
            return self.words("{id} is called “{label}” now.", id=which, label=called)

        self.ask_for(self.words("what you call this key, such as phone"), call)

    async def action_revoke(self) -> None:
        """Revoke a key; asks once."""
        which = self._chosen()
        if not which:
            return
        if self._sure != which:
            self._sure = which
            mine = any(
                handle(one) == which and one.digest == self.session.key
                for one in self._kept
            )
            self.say(
                self.words(
                    "This is the key of this visit: the visit ends. Press d again to "
                    "revoke it."
                )
                if mine
                else self.words("Press d again to revoke this key for good.")
            )
            return
        self._sure = ""
        self.say("")
        try:
            await self.session.services.keys.revoke(self.session.actor, which)
        except BunnizError as error:
            self.refuse(error)
            return
        await self.reload()

    async def action_stop_reset(self) -> None:
        """Make a sysop's code useless."""
        try:
            stopped = await self.session.services.keys.stop_reset(self.session.actor)
        except BunnizError as error:
            self.refuse(error)
            return
        if stopped:
            self.say(self.words("Stopped: that code is useless now."))
        await self.reload()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """Another key: what was asked about the last one is off."""
        super().on_rows_moved(event)
        self._sure = ""
