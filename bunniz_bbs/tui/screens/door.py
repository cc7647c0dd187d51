"""The door: one question a screen, for a key that is not known here."""

from collections.abc import Sequence
from enum import IntEnum
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widget import Widget

from bunniz_bbs.domain.errors import (
    BunnizError,
    CodeRefused,
    NameTaken,
    NameUnfit,
    TextEmpty,
)
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.i18n import N_, words_for
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import HELP_F1, LANGUAGE_CHORD, LEAVE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.screens.language import NAMES
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.rows import Row, Rows


class Step(IntEnum):
    """The questions, in order."""

    LANGUAGE = 0
    LIMITS = 1
    RULES = 2
    CODE = 3
    NAME = 4


class DoorPage(Page):
    """Language, honest limits, house rules, a code, a name."""

    KEYS: ClassVar = (
        Key("enter", "onward", N_("go on"), "enter"),
        Key("ctrl+n", "another", N_("another name"), "^N"),
        Key("up", "noop", N_("move"), "move"),
        Key("escape", "back", N_("back"), "Esc"),
        LANGUAGE_CHORD,
        HELP_F1,
        LEAVE,
        Key("l", "language", N_("language"), name="l"),
        Key("question_mark", "help", N_("help"), name="?"),
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(
        [key for key in KEYS if key.action != "noop"]
    )

    DEFAULT_CSS = """
    DoorPage #answer { display: none; padding: 0 3; height: 1; margin: 0 0 1 0; }
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._step = Step.LANGUAGE
        self._code = ""
        self._name = ""
        self._busy = False

    def body(self) -> ComposeResult:
        """A text, and a line to answer."""
        yield Rows(self.session.palette, self.session.glyphs.bar, id="rows")
        yield Entry(id="answer")

    def home_focus(self) -> Widget | None:
        """The answer where one is asked for, else the text."""
        if self._step in (Step.CODE, Step.NAME):
            return self.query_one("#answer", Entry)
        return self.query_one(Rows)

    def where(self) -> Line:
        """The name of the house, and how far one is."""
        name = Span(self.session.services.house.name, Ink.TITLE)
        if self._step is Step.LANGUAGE:
            return line(name)
        return line(name, Span(f"  {int(self._step)}/4", Ink.QUIET))

    def offers(self, key: Key) -> bool:
        """Only what makes sense at this question."""
        match key.action:
            case "another":
                return self._step is Step.NAME
            case "noop":
                return self._step is Step.LANGUAGE
            case "back" | "language":
                return self._step is not Step.LANGUAGE
            case _:
                return True

    def explain(self) -> Sequence[str]:
        """What the door is for."""
        words = self.words
        return [
            words(
                "Your SSH key is not known here yet. Whoever has an invite code can "
                "come in with it and choose a pseudonym. Of your key only a keyed "
                "hash is kept, of your device nothing."
            ),
            words(
                "Already a member? Then your SSH client offered another key than the "
                "one you joined with. Name the right one in ~/.ssh/config:"
            ),
            *config_block(),
        ]

    # -- drawing

    def redraw(self) -> None:
        """The question, in the reader's language."""
        answer = self.query_one("#answer", Entry)
        asks = self._step in (Step.CODE, Step.NAME)
        if answer.display != asks:
            answer.display = asks
        width = min(max(20, self.size.width), 80)
        rows = [Row(((),)), *self._rows(width)]
        at = self.words.language if self._step is Step.LANGUAGE else None
        self.query_one(Rows).show(rows, at=at)

    def on_resize(self) -> None:
        """Lay out for the new width."""
        if self.is_mounted:
            self.redraw()

    def _rows(self, width: int) -> list[Row]:
        match self._step:
            case Step.LANGUAGE:
                return [
                    Row((line("  ", Span(GREETING, Ink.QUIET)), ())),
                    *(Row((line("   ", NAMES[one]),), (one,)) for one in LANGUAGES),
                ]
            case Step.LIMITS:
                return self._limits(width)
            case Step.RULES:
                return self._rules(width)
            case Step.CODE:
                return self._ask_code(width)
            case Step.NAME:
                return self._ask_name(width)

    def _title(self, text: str) -> Row:
        return Row((line("  ", Span(text, Ink.ACCENT)), ()))

    def _paragraph(self, text: str, width: int, ink: Ink = Ink.PLAIN) -> Row:
        lines = [line("  ", Span(one, ink)) for one in wrap(text, width - 4)]
        return Row((*lines, ()))

    def _limits(self, width: int) -> list[Row]:
        words = self.words
        told = [
            words("No name, no e-mail, no IP address is kept here."),
            words(
                "The server sees what you write while it handles it: messages are "
                "not end-to-end encrypted. Whoever runs it could read them."
            ),
            words(
                "Anyone can take a picture of a screen. Somebody may lie about who "
                "they are."
            ),
            words("Your device and your network keep traces that we cannot erase."),
            words(
                "We are not an emergency service: 112, police 101. Ctrl+X leaves at "
                "once, from anywhere."
            ),
        ]
        return [
            self._title(words("Before you come in")),
            *(self._paragraph(one, width) for one in told),
        ]

    def _rules(self, width: int) -> list[Row]:
        language = self.words.language
        rows = [self._title(self.words("How we are with each other"))]
        for rule in self.session.services.house.rules:
            wrapped = wrap(rule[language], width - 6)
            rows.append(
                Row(
                    tuple(
                        line("  - " if index == 0 else "    ", one)
                        for index, one in enumerate(wrapped)
                    )
                )
            )
        agree = self.words("Press Enter if you are an adult and agree.")
        return [*rows, Row(((),)), self._paragraph(agree, width, Ink.STRONG)]

    def _ask_code(self, width: int) -> list[Row]:
        words = self.words
        rows = [
            self._title(words("Your invite code")),
            self._paragraph(
                words(
                    "Somebody who is here already can give you one. Capitals, spaces "
                    "and dashes do not matter."
                ),
                width,
            ),
            self._paragraph(
                words(
                    "Already a member? Then your client offered another key. Name "
                    "the right one in ~/.ssh/config:"
                ),
                width,
                Ink.QUIET,
            ),
        ]
        return [
            *rows,
            *(Row((line("    ", Span(one, Ink.CODE)),)) for one in config_block()),
        ]

    def _ask_name(self, width: int) -> list[Row]:
        words = self.words
        return [
            self._title(words("Your name here")),
            self._paragraph(
                words(
                    "This one was drawn by lot. Keep it, or type another one: nothing "
                    "that you use elsewhere, nothing that names you."
                ),
                width,
            ),
            self._paragraph(
                words("Press Enter to come in under this name."), width, Ink.STRONG
            ),
        ]

    # -- answering

    def _to(self, step: Step) -> None:
        self._step = step
        self.say("")
        answer = self.query_one("#answer", Entry)
        if step is Step.CODE:
            answer.value = self._code
            answer.placeholder = "XXXX-XXXX-XXXX-…"
        if step is Step.NAME:
            self._name = self._name or self.session.services.people.suggest(
                self.words.language
            )
            answer.value = self._name
            answer.placeholder = ""
            answer.cursor_position = len(answer.value)
        self.refresh_words()
        if home := self.home_focus():
            home.focus()

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """A language was chosen."""
        event.stop()
        if self._step is Step.LANGUAGE:
            self.session.words = words_for(cast(Language, event.item))
            self._to(Step.LIMITS)

    def action_onward(self) -> None:
        """Go on from a page that only tells."""
        if self._step in (Step.LIMITS, Step.RULES):
            self._to(Step(self._step + 1))

    def action_back(self) -> None:
        """Go back one question."""
        if self._step is not Step.LANGUAGE:
            self._to(Step(self._step - 1))

    def action_another(self) -> None:
        """Draw another name."""
        if self._step is Step.NAME:
            self._name = self.session.services.people.suggest(self.words.language)
            self._to(Step.NAME)

    async def on_input_submitted(self, event: Entry.Submitted) -> None:
        """A code or a name was given."""
        event.stop()
        if self._busy or event.input.id != "answer":
            return
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
            raise TextEmpty
        people = self.session.services.people
        await people.check_code(self.session.key, code)
        self._code = code
        self._to(Step.NAME)

    async def _take_name(self, name: str) -> None:
        people, session = self.session.services.people, self.session
        try:
            account = await people.join(
                session.key, self._code, name, self.words.language
            )
        except (NameTaken, NameUnfit):
            self._name = name
            raise
        except CodeRefused as error:
            self._to(Step.CODE)
            self.refuse(error)
            return
        session.someone = Actor.of(account)
        await self.house.come_in(welcome=True)


GREETING = "Choisir · Kiezen · Choose · Auswählen"


def config_block() -> list[str]:
    """What a member puts into ~/.ssh/config so that the right key is offered."""
    return [
        "Host bunniz",
        "  HostName HOST",
        "  Port 2222",
        "  User x",
        "  IdentityFile ~/.ssh/bunniz",
        "  IdentitiesOnly yes",
        "  LogLevel ERROR",
    ]
