"""The door: one question a screen, for whoever is not known here."""

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from bunniz_bbs.domain.admission import Mode
from bunniz_bbs.domain.errors import BunnizError, CodeRefused, DoorClosed, TextEmpty
from bunniz_bbs.domain.house import Address
from bunniz_bbs.domain.keys import CodeKind
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.i18n import N_, door, words_for
from bunniz_bbs.i18n.connecting import told_at_the_door
from bunniz_bbs.i18n.keys import came_back
from bunniz_bbs.services.keys import Opened
from bunniz_bbs.tui.door_text import (
    CONSENTS,
    KEYLESS,
    OPENING,
    WITH_KEY,
    Step,
    member_hint,
    member_note,
    question,
)
from bunniz_bbs.tui.ink import Ink, Line, Span, line
from bunniz_bbs.tui.keys import HELP_F1, LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.one_line import OneLine
from bunniz_bbs.tui.widgets.rows import Rows

CODE_HINT = "XXXX-XXXX-XXXX-…"


class DoorPage(Page):
    """Language, honest limits, rules and terms, being of age, a code, a name.

    What everybody agrees to is asked one by one, and each is an Enter of its own.

    Whoever has no key reads how to make one, and can look around as a guest.
    """

    KEYS: ClassVar = (
        Key("enter", "onward", N_("go on"), "enter"),
        Key("ctrl+n", "another", N_("another name"), "^N"),
        Key("ctrl+g", "look", N_("look around"), "^G"),
        Key("up", "noop", N_("move"), "move"),
        Key("escape", "back", N_("back"), "Esc"),
        Key("ctrl+t", "language", N_("language"), "^T"),
        HELP_F1,
        LEAVE,
        Key("l", "language", N_("language"), name="l"),
        Key("question_mark", "help", N_("help"), name="?"),
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    DEFAULT_CSS = """
    DoorPage #answer { display: none; max-width: 46; }
    DoorPage #notice { margin: 1 0 0 0; }
    DoorPage #note { height: 1fr; }
    """

    def __init__(self, session: Session, *, again: bool = False) -> None:
        """The door.

        Args:
            session: Who stands at it.
            again: They have read what is told to everybody.
        """
        super().__init__(session)
        self._steps = WITH_KEY if session.key else KEYLESS
        self._step = self._steps[len(OPENING) if again else 0]
        self._code = ""
        self._pseudonym = ""
        self._busy = False

    def body(self) -> ComposeResult:
        """A text, and right under it a line to answer."""
        yield from super().body()
        answer = Entry(self.session.palette, self._prompt, framed=True, id="answer")
        answer.hint = CODE_HINT
        yield answer

    def compose(self) -> ComposeResult:
        """The frame; what members are told stands under what was said."""
        for widget in super().compose():
            yield widget
            if widget.id == "notice":
                yield OneLine(self.session.palette, self._note, id="note")

    def _note(self, width: int) -> Sequence[Line]:
        """As much as fits whole: half a block of lines would be copied as it is."""
        if self._step is not Step.CODE:
            return ()
        room = self.query_one("#note").size.height
        whole = [(), *member_note(self.words, self._address, width)]
        short = [(), *member_hint(self.words, width)]
        return next((one for one in (whole, short) if len(one) <= room), ())

    def _prompt(self) -> Line:
        return line(" ", Span(self.session.glyphs.prompt + " ", Ink.ACCENT))

    def home_focus(self) -> Widget | None:
        """The answer where one is asked for, else the text."""
        return self.query_one("#answer" if self._asks else "#rows")

    @property
    def _address(self) -> Address:
        return self.session.services.whereabouts.address

    @property
    def _asks(self) -> bool:
        return self._step in (Step.CODE, Step.NAME)

    def where(self) -> Line:
        """The name of the house, and how far one is."""
        name = Span(self.session.services.house.name, Ink.TITLE)
        if self._step is Step.LANGUAGE:
            return line(name)
        at, last = self._steps.index(self._step), len(self._steps) - 1
        return line(name, Span(f"  {at}/{last}", Ink.QUIET))

    def offers(self, key: Key) -> bool:
        """Only what makes sense at this question."""
        match key.action:
            case "another":
                return self._step is Step.NAME
            case "look":
                return self._step is Step.CODE and self._open_to_guests
            case "noop":
                return self._step is Step.LANGUAGE
            case "back" | "language":
                return self._step is not Step.LANGUAGE
            case _:
                return True

    def explain(self) -> Sequence[str]:
        """What the door is for."""
        words = self.words
        tell = door.unknown_key if self.session.key else door.keyless
        keys = self.session.services.keys
        return [
            tell(words),
            door.another_key(words),
            "\n".join(door.client_config(words, self._address)),
            *told_at_the_door(words, self._address, keys.fingerprint),
        ]

    # -- drawing

    def redraw(self) -> None:
        """The question, in the reader's language."""
        answer, listed = self.query_one("#answer", Entry), self.query_one(Rows)
        answer.display = self.query_one("#note").display = self._asks
        house = self.session.services.house
        rows = question(
            *(self._step, self.words, house, self._address, self.columns),
            guests=self._open_to_guests,
            answer=self.session.answer,
        )
        listed.show(rows, at=self.words.language)
        self._fit_text()

    @property
    def _open_to_guests(self) -> bool:
        """Whether there is something to read for whoever looks around."""
        return bool(self.session.services.boards.readable(Actor.passing()))

    def _fit_text(self) -> None:
        """Let the text be as high as it is, so that the answer stands right under it.

        Where the window is low it gives way to the answer and to what was said.
        """
        listed, taken = self.query_one(Rows), len(self._keys(self.columns)) + 3
        if self._notice:
            taken += len(self._said(self.columns)) + 1
        if self._asks:
            taken += 1
        room = max(1, self.outer_size.height - taken)
        listed.styles.height = min(listed.lines, room) if self._asks else "1fr"

    def _show_notice(self) -> None:
        super()._show_notice()
        self._fit_text()

    # -- answering

    async def _to(self, step: Step) -> None:
        if step is Step.NAME and not self._pseudonym:
            await self._draw_name()
        self._step = step
        self.say("")
        answer = self.query_one("#answer", Entry)
        if step is Step.CODE:
            answer.value, answer.hint = self._code, CODE_HINT
        if step is Step.NAME:
            answer.value, answer.hint = self._pseudonym, ""
        self.refresh_words()
        if home := self.home_focus():
            home.focus()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The house speaks the language that one stands on."""
        chosen = self.query_one(Rows).chosen
        if self._step is Step.LANGUAGE and chosen in LANGUAGES:
            self.session.words = words_for(chosen)
            self.refresh_words()

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A language was chosen."""
        event.stop()
        if self._step is Step.LANGUAGE:
            self.session.words = words_for(cast(Language, event.item))
            await self._to(Step.LIMITS)

    async def action_onward(self) -> None:
        """Go on reading, then go on from a page that only tells."""
        listed = self.query_one(Rows)
        if self._step in (Step.LIMITS, Step.KEY, *CONSENTS):
            if listed.more:
                listed.action_page(1)
                return
            if kind := CONSENTS.get(self._step):
                rules = self.session.services.admission.rules
                self.session.agreed[kind] = rules.present(kind)
            if self._step is self._steps[-1]:
                await self._look_around()
            else:
                await self._to(self._steps[self._steps.index(self._step) + 1])

    async def action_look(self) -> None:
        """Look around first."""
        if self._step is Step.CODE:
            await self._look_around()

    async def _look_around(self) -> None:
        """Come in as a guest, where there is something for guests."""
        if not self._open_to_guests:
            return
        people, language = self.session.services.people, self.words.language
        try:
            guest = await people.passing(self.session.key, language)
        except BunnizError as error:
            self.refuse(error)
            return
        self.session.someone = guest
        # In the app's own turn: a page cannot wait for its own end.
        self.house.call_later(self.house.come_in)

    async def action_back(self) -> None:
        """Go back one question; what was typed is there again later."""
        self._keep()
        if self._step is not Step.LANGUAGE:
            await self._to(self._steps[self._steps.index(self._step) - 1])

    def _keep(self) -> None:
        typed = self.query_one("#answer", Entry).value
        if self._step is Step.CODE:
            self._code = typed
        elif self._step is Step.NAME:
            self._pseudonym = typed

    async def action_another(self) -> None:
        """Draw another name."""
        if self._step is Step.NAME:
            await self._draw_name()
            await self._to(Step.NAME)

    async def _draw_name(self) -> None:
        """Propose another name; where none can be drawn, one is typed."""
        with suppress(BunnizError):
            people = self.session.services.people
            self._pseudonym = await people.suggest(self.words.language)

    def on_entry_changed(self, event: Entry.Changed) -> None:
        """Somebody tries again: what was said has been read."""
        if event.entry.id == "answer":
            self.say("")

    async def on_entry_submitted(self, event: Entry.Submitted) -> None:
        """A code or a name was given."""
        if self._busy or event.entry.id != "answer":
            return
        event.stop()
        self._busy = True
        try:
            if self._step is Step.CODE:
                await self._take_code(event.value)
            else:
                await self._take_name(event.value)
        except BunnizError as error:
            self.refuse(error)
        finally:
            self._busy = False

    async def _take_code(self, code: str) -> None:
        if not code.strip():
            mode = self.session.services.admission.rules.mode
            if mode in (Mode.OPEN, Mode.APPROVAL):
                self._code = ""
                await self._to(Step.SPECIAL)
            elif not self._open_to_guests:
                raise TextEmpty
            else:
                await self._look_around()
            return
        people, key = self.session.services.people, self.session.key
        assert key is not None
        if opened := await self.session.services.keys.open_with(key, code):
            self._come_back(opened)
            return
        await people.check_code(key, code)
        self._code = code
        await self._to(Step.SPECIAL)

    def _come_back(self, opened: Opened) -> None:
        """The code let this key into an account that is there already."""
        account, device = opened.account, opened.kind is CodeKind.DEVICE
        self.session.someone = Actor.of(account)
        self.session.words = words = words_for(account.language)
        told = came_back(words, account.name, device=device, left=opened.left)
        # In the app's own turn: a page cannot wait for its own end.
        self.house.call_later(self.house.come_in, greeting=told)

    async def _take_name(self, name: str) -> None:
        services, session = self.session.services, self.session
        self._pseudonym = name
        key, language, agreed = session.key, self.words.language, session.agreed
        assert key is not None
        try:
            if self._code:
                account = await services.people.join(
                    key, self._code, name, language, agreed
                )
            else:
                account = await services.admission.come_in(key, name, language, agreed)
        except (CodeRefused, DoorClosed) as error:
            await self._to(Step.CODE)
            self.refuse(error)
            return
        session.someone = Actor.of(account)
        # In the app's own turn: a page cannot wait for its own end.
        self.house.call_later(self.house.come_in, welcome=not account.waiting)
