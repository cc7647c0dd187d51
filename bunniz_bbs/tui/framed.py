"""The frame of every screen: a top line, a body, a notice, a line to ask, the keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.i18n import Words
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.tui.completion import complete
from bunniz_bbs.tui.compositor import LeanCompositor
from bunniz_bbs.tui.edges import key_line, top_line
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import NEXT, Key
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.one_line import OneLine
from bunniz_bbs.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from bunniz_bbs.tui.app import BunnizApp

WIDEST: Final = 100
"""Columns of a page; what is left of a wide window is air at both sides."""
AIRY: Final = 20
"""Rows from which on there is an empty line above the key line."""
TINY: Final = 10
"""Rows below which there is no empty line at all."""
NARROW: Final = 60
"""Columns below which lines show less beside their title."""


class Framed(Screen[None]):
    """A screen with the same parts as every other, in the session's language."""

    DEFAULT_CSS = """
    Framed { layout: vertical; background: $background; }
    Framed #top { height: 2; }
    Framed #notice { display: none; }
    Framed #ask { display: none; }
    Framed #keys { dock: bottom; }
    """

    KEYS: ClassVar[tuple[Key, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = []
    AUTO_FOCUS: ClassVar[str | None] = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._compositor = LeanCompositor()
        self.session = session
        self._composed = False
        self._notice = ""
        self._refused = False
        self._fitting = (0, False, False)

    # -- what a screen says of itself

    def where(self) -> Line:
        """The left of the top line: which place this is."""
        return ()

    def what_happens(self) -> Sequence[Span]:
        """The right of the top line: what happens to words here, in few words.

        The most important part comes first; as many as fit are shown.
        """
        return ()

    def explain(self) -> Sequence[str]:
        """What `?` says about this screen, in paragraphs."""
        return ()

    def body(self) -> ComposeResult:
        """The widgets between the top line and the notice: a list, unless said."""
        yield Rows(self.session.palette, self.session.glyphs, id="rows")

    def home_focus(self) -> Widget | None:
        """What has the focus when nothing else asks for it."""
        return self.query_one("#rows", Rows)

    def redraw(self) -> None:
        """Show what is known, in the session's language."""

    def offers(self, key: Key) -> bool:
        """Whether a key does something for this person here and now."""
        return True

    def offered(self) -> list[Key]:
        """The keys that do something for this person here and now."""
        someone = self.session.someone
        passing = someone is not None and someone.is_passing
        # Nothing is unread for whoever has no account.
        keys = [key for key in self.KEYS if not (passing and key is NEXT)]
        return [key for key in keys if self.offers(key)]

    # -- parts

    @property
    def words(self) -> Words:
        """The session's language."""
        return self.session.words

    @property
    def house(self) -> "BunnizApp":
        """The app, by its own type."""
        return cast("BunnizApp", self.app)

    @property
    def composed(self) -> bool:
        """Whether the widgets are there: not before, and not once it is left."""
        leaving = self._closing or self._closed or self._pruning
        # Where a visit ends in the middle of something, widgets go before their page.
        return self._composed and not leaving and bool(self.children)

    @property
    def columns(self) -> int:
        """Columns that a line of the body may take."""
        return max(20, self.size.width)

    @property
    def narrow(self) -> bool:
        """Whether there is room for little beside a title."""
        return self.columns < NARROW

    @property
    def airy(self) -> bool:
        """Whether there are rows for empty lines around what is said."""
        return self.outer_size.height >= AIRY

    def compose(self) -> ComposeResult:
        """The frame around the body."""
        palette = self.session.palette
        yield OneLine(palette, self._top, id="top")
        yield from self.body()
        yield OneLine(palette, self._said, id="notice")
        yield Entry(palette, self._ask_prompt, self._offers, id="ask")
        yield OneLine(palette, self._keys, id="keys")

    def _top(self, width: int) -> Sequence[Line]:
        dot, parts = self.session.glyphs.dot, self.what_happens()
        return [top_line(self.where(), parts, self.words, dot, width)]

    def _said(self, width: int) -> Sequence[Line]:
        ink = Ink.ALERT if self._refused else Ink.STRONG
        return [line(" ", Span(one, ink)) for one in wrap(self._notice, width - 2)]

    def _keys(self, width: int) -> Sequence[Line]:
        offered = self.offered()
        keys = key_line(offered, self.words, self.session.glyphs, width)
        return [(), keys] if self.airy else [keys]

    def _ask_prompt(self) -> Line:
        return line(" ", Span("/ ", Ink.ACCENT))

    def _offers(self, typed: str) -> Sequence[str]:
        return complete(self.session, typed, None)

    # -- life

    def on_mount(self) -> None:
        """The widgets are there from now on."""
        self._composed = True
        self._fit()

    def _compositor_refresh(self) -> None:
        """Draw no frame that would be dropped; Textual drops it only when drawn."""
        if self is self.app.screen and self.house.drops_frame():
            self._dirty_widgets.clear()
            self._compositor._dirty_regions.clear()
            return
        super()._compositor_refresh()
        # Rows are drawn when they change and no oftener, so keeping them gains nothing;
        # and what was taken out of a room is not to be found there.
        for widget in self._compositor.visible_widgets:
            widget._styles_cache.clear()

    def on_resize(self) -> None:
        """Lay out for the new size."""
        if self.composed:
            self._fit()
            self.refresh_words()

    def _fit(self) -> None:
        """Air where there is room for it, none where there is not."""
        aside = max(0, self.outer_size.width - WIDEST) // 2
        tiny = self.outer_size.height < TINY
        fitting = (aside, self.airy, tiny)
        if fitting == self._fitting:
            return
        # Set one by one: a class would have every widget look for its rules anew.
        self._fitting = fitting
        self.styles.padding = (0, aside)
        self.query_one("#notice").styles.margin = (int(self.airy), 0, 0, 0)
        self.query_one("#keys").styles.height = 1 + self.airy
        self.query_one("#top").styles.height = 2 - tiny

    def refresh_words(self) -> None:
        """Draw everything in the session's language."""
        if not self.composed:
            return
        for one in self.query(OneLine):
            one.redo()
        self._show_notice()
        self.redraw()

    # -- saying things

    def say(self, text: str) -> None:
        """Show a sentence above the key line until something else is done."""
        self._put_notice(text, refused=False)

    def forget_name(self, was: str, name: str) -> None:
        """Take back what names somebody so: they are called otherwise now."""
        if was in self._notice:
            self.say("")

    def refuse(self, error: BunnizError) -> None:
        """Say why something was not done, and what to do."""
        self._put_notice(refusal(self.words, error), refused=True)

    def _put_notice(self, text: str, *, refused: bool) -> None:
        if (text, refused) != (self._notice, self._refused):
            self._notice, self._refused = text, refused
            if self.composed:
                self._show_notice()

    def _show_notice(self) -> None:
        notice = self.query_one("#notice", OneLine)
        notice.display = bool(self._notice)
        if self._notice:
            most = max(2, self.outer_size.height - 6)
            notice.styles.height = min(most, len(self._said(self.columns)))
            notice.redo()
