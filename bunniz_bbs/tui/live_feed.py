"""A room's lines on one page: which of them are drawn, and how more of them get there.

A line is let in, and drawn from then on: Textual draws a widget when it pleases, also
without showing it, so that what is drawn must not hang on when that is.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from textual import errors
from textual.geometry import Region
from textual.strip import Strip
from textual.timer import Timer

from bunniz_bbs.domain.ids import LineId
from bunniz_bbs.domain.rooms import Line as RoomLine
from bunniz_bbs.services.rooms import Hearing
from bunniz_bbs.tui.filters import only_ours
from bunniz_bbs.tui.gallery import Frames
from bunniz_bbs.tui.ink import Line
from bunniz_bbs.tui.room_feed import RoomFeed
from bunniz_bbs.tui.scrolling import scrolled_in
from bunniz_bbs.tui.widgets.feed import Feed
from bunniz_bbs.tui.widgets.paint import paint

if TYPE_CHECKING:
    from bunniz_bbs.tui.app import BunnizApp
    from bunniz_bbs.tui.page import Page

FRAME_SECONDS: Final = 0.05
"""What cannot be shown with the others' frame is drawn at most so often."""


class LiveFeed:
    """Lets a room's lines in on one page: with the others' frame, or by itself."""

    def __init__(self, page: "Page") -> None:
        self._page = page
        self._session = page.session
        self._app: BunnizApp | None = None
        self.lines = RoomFeed(page.session)
        palette, glyphs = page.session.palette, page.session.glyphs
        self.widget = Feed(palette, glyphs, self._lay, id="feed")
        self.shown: LineId | None = None
        """The newest line that was let in."""
        self._coming: Timer | None = None

    def begin(self, app: "BunnizApp") -> None:
        """The page is made, by this app."""
        self._app = app

    # -- in the app's own turn

    def load(self, hearing: Hearing, came: int) -> None:
        """Look at these lines, the last ones of which came meanwhile."""
        self.lines.load(hearing, came)

    def refresh(self) -> None:
        """Let everything in, and draw anew."""
        if not self._page.composed:
            return
        before, self.shown = self.shown, self.lines.newest
        grown = 0
        if self.widget.back and before is not None:
            width = self.widget.size.width
            newest = self.lines.newest_first()
            came = takewhile(lambda one: one.id > before, newest)
            grown = len(self._rows(list(came), width))
        self.widget.redo(grown)

    def lose(self, gone: Sequence[LineId]) -> None:
        """Lines have gone: draw anew, unless they were above all that is drawn."""
        oldest = self.lines.oldest
        if oldest is None or any(one >= oldest for one in gone):
            self.refresh_soon()

    def refresh_soon(self) -> None:
        """Let everything in, and draw anew, after those who came before."""
        self._session.gallery.draw_anew(self._in_own_turn)

    def _in_own_turn(self) -> None:
        if self._app is not None:
            self._app.call_later(self.refresh)

    def look_away(self) -> None:
        """What comes from now on is new."""
        self.lines.look_away(self.shown)

    def _come_after(self) -> None:
        """Draw anew in a moment, at a bearable rate."""
        if self._coming is None and self._page.composed:
            self._coming = self._page.set_timer(FRAME_SECONDS, self._come)

    def _come(self) -> None:
        self._coming = None
        self.refresh_soon()

    def _lay(self, width: int, count: int) -> Sequence[Line]:
        return self.lines.lay(width, count, self.shown)

    def _rows(self, lines: Sequence[RoomLine], width: int) -> Sequence[Line]:
        lay, session = self._session.gallery.lay, self._session
        return [row for one in lines for row in lay(session, one, width)]

    # -- in somebody else's turn: nothing here may ask which app is active

    def hear(self, said: LineId) -> None:
        """A line was said, mostly after those that are there."""
        if self.shown is None or said > self.shown:
            self._session.gallery.show(self)
        elif self._app is not None:  # it comes late, from another node
            self._app.call_later(self._come_after)

    def catch_up(self, frames: Frames) -> None:
        """Show what was said meanwhile: with the others' frame, or by oneself."""
        app = self._app
        if app is None or not self._page.composed:
            return
        came = self._came(app)
        if came is None or (came and not self._let_in(app, frames, came)):
            app.call_later(self._come_after)

    def broke(self, error: Exception) -> None:
        """End this visit: something of ours broke while it was shown what was said."""
        if (app := self._app) is not None:
            app.call_later(app._handle_exception, error)

    def _came(self, app: "BunnizApp") -> Sequence[RoomLine] | None:
        """The lines that come in below those that are drawn; None: it is not so."""
        if app.front is not self._page or self.widget.back or self.shown is None:
            return None
        return self.lines.since(self.shown)

    def _let_in(
        self, app: "BunnizApp", frames: Frames, came: Sequence[RoomLine]
    ) -> bool:
        """Let lines in from below; False: they do not simply fit."""
        before, self.shown = self.shown, came[-1].id
        frame = self._frame(app, frames, came)
        self.widget.lose()
        if frame is not None and app.paint_through(frame):
            return True
        self.shown = before
        return False

    def _frame(
        self, app: "BunnizApp", frames: Frames, came: Sequence[RoomLine]
    ) -> bytes | None:
        """The bytes that do it; None: the lines do not fit."""
        screen, me = self._page, self._session.actor.id
        try:
            region = screen.find_widget(self.widget).region
        except errors.NoWidget:  # not laid out yet
            return None
        badges = self._session.badges
        lines = tuple(
            (one.id, one.author == me, badges.get(one.author)) for one in came
        )
        # New colours reach the ground a little after the palette.
        ground = screen.styles.background
        look = (lines, region, screen.outer_size, ground, app.look)
        if look not in frames:
            rows = self._rows(came, region.width)
            with app._context():
                frames[look] = self._paint(app, region, rows)
        return frames[look]

    def _paint(
        self, app: "BunnizApp", region: Region, rows: Sequence[Line]
    ) -> bytes | None:
        """The feed's last rows, scrolled in from below."""
        if not 0 < len(rows) < region.height:
            return None
        widget, page = self.widget, self._page
        painted = (paint(one, region.width, widget.palette) for one in rows)
        strips = widget.filtered(painted)
        if region.width < (columns := page.outer_size.width):  # a wide window
            (ground,) = page.render_lines(Region(0, region.y, columns, 1))
            left, right = ground.crop(0, region.x), ground.crop(region.right)
            strips = [Strip.join([left, strip, right]) for strip in strips]
        drawn = [only_ours(strip.render(app.console)) for strip in strips]
        return scrolled_in(drawn, region.y + 1, region.bottom).encode()
