"""The ground that all pages of one visit stand on."""

from typing import Final

from textual.app import App
from textual.screen import Screen
from textual.theme import Theme

from bunniz_bbs.domain.errors import Banned
from bunniz_bbs.i18n.notices import closing
from bunniz_bbs.tui.guarded import GuardedApp
from bunniz_bbs.tui.letters import AsciiOnly
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.palette import PALETTES
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.sheets import SharedSheet
from bunniz_bbs.tui.widgets.editor import Editor
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.painted import Painted
from bunniz_bbs.tui.widgets.rows import Rows

NOT_ALLOWED: Final = Banned.exit_code
"""The exit status of a visit that a moderator ended."""

HIDE_CURSOR: Final = "\x1b[?25l"
SHOW_CURSOR: Final = "\x1b[?25h"
"""DECTCEM (xterm control sequences)."""


class Stage(GuardedApp):
    """Knows the session, its pages, and where the terminal's cursor belongs."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.capabilities)
        self.session = session
        self._cursor_shown = False
        if not session.capabilities.unicode:
            self._filters.append(AsciiOnly())
        for palette in PALETTES:
            self.register_theme(palette.theme)
        self._begin_with(session.palette.theme)

    def _begin_with(self, theme: Theme) -> None:
        """Look so from the beginning, rather than change to it in front of somebody."""
        self.set_reactive(App.theme, theme.name)
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        sheets = self.session.gallery.sheets
        self.stylesheet = SharedSheet(sheets, self.get_css_variables())

    @property
    def look(self) -> tuple[object, ...]:
        """All that changes how this terminal shows something, beside sizes."""
        session = self.session
        shown = session.capabilities
        return (
            *(session.palette.theme.name, shown.colour, shown.unicode),
            *(session.words.language, session.zone),
        )

    # -- pages

    def pages(self) -> list[Page]:
        """The pages that are open, home first."""
        stack: list[Screen[object]] = self._screen_stacks[self._current_mode]
        return [page for page in stack if isinstance(page, Page)]

    @property
    def front(self) -> object:
        """What is in front, page or not; None: nothing yet."""
        stack = self._screen_stacks[self._current_mode]
        return stack[-1] if stack else None

    @property
    def page(self) -> Page | None:
        """The page in front."""
        pages = self.pages()
        return pages[-1] if pages else None

    def tell(self, text: str) -> None:
        """Say something on the page in front."""
        if page := self.page:
            page.say(text)

    def paint(self, *, light: bool) -> None:
        """From now on show light or dark colours, until the visit ends."""
        self.session.light = light
        palette = self.session.palette
        self.theme = palette.theme.name
        for page in self.pages():
            for one in page.query(Painted):
                one.palette = palette
                one.refresh()

    # -- the end

    def leave(self) -> None:
        """End the visit in peace."""
        self.exit(0, return_code=0)

    def send_out(self, said: str, status: int = NOT_ALLOWED) -> None:
        """End the visit with a sentence that stays on the terminal."""
        self.farewell = said
        self.exit(status, return_code=status)

    def house_closes(self) -> None:
        """The server stops: say so, and end the visit."""
        self.send_out(closing(self.session.words), 0)

    def crash_words(self, incident: str) -> str:
        """What somebody reads when their visit broke."""
        return self.session.words(
            "Something broke on our side and this visit ended. What you had sent is "
            "kept. If you tell the team, give them this number: {incident}",
            incident=incident,
        )

    def paste_too_long(self) -> None:
        """Say that what was pasted was too long."""
        self.tell(
            self.session.words(
                "That was too much to paste at once, so nothing of it was taken. Paste "
                "it in parts."
            )
        )

    # -- the terminal's cursor

    def _begin_update(self) -> None:
        """A frame begins: its end puts the cursor where one types, or chooses."""
        super()._begin_update()
        if isinstance(self.focused, Entry | Editor | Rows):
            self.cursor_position = self.focused.cursor_screen_offset
        if self._cursor_shown and self._driver is not None:
            self._cursor_shown = False
            self._driver.write(HIDE_CURSOR)

    def _end_update(self) -> None:
        """A frame ends: the cursor shows where one can type."""
        if isinstance(self.focused, Entry | Editor) and self._driver is not None:
            self._cursor_shown = True
            self._driver.write(SHOW_CURSOR)
        super()._end_update()
