"""Leaving for good: what goes, what stays, and the last word."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from bunniz_bbs.domain.own import Posts
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.leaving import about_leaving, about_posts, confirm, what_becomes
from bunniz_bbs.services.leaving import require_confirmed
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.widgets.rows import Row, Rows

WIDEST: Final = 74
"""Columns of running text; longer lines are hard to read."""


class LeavingPage(Page):
    """Two ways to leave; each asks for one's own name."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("choose"), "enter"),
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def where(self) -> Line:
        """What the page is about."""
        return line(Span(self.words("Leaving for good"), Ink.TITLE))

    def explain(self) -> Sequence[str]:
        """That nothing happens by a single key."""
        return [
            self.words(
                "Choose what becomes of your posts; then your own name is asked for. "
                "Until you have typed it, nothing is changed."
            )
        ]

    def redraw(self) -> None:
        """What leaving means, and the choice."""
        words = self.words
        width = min(WIDEST, self.columns - 4)
        rows = [
            Row((*(line(" ", one) for one in wrap(text, width)), ()))
            for text in about_leaving(words)
        ]
        for one in Posts:
            what = wrap(what_becomes(words, one), width)
            about = wrap(about_posts(words, one), width)
            lines = [line("   ", Span(text, Ink.STRONG)) for text in what]
            lines += [line("   ", Span(text, Ink.QUIET)) for text in about]
            rows.append(Row((*lines, ()), (one,), barred=True))
        listed = self.query_one(Rows)
        listed.from_top = True
        listed.show(rows, at=words.language)

    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Ask for the own name."""
        event.stop()
        if isinstance(event.item, Posts):
            posts = event.item
            name = self.session.actor.name
            about = f"{what_becomes(self.words, posts)}\n{confirm(self.words, name)}"

            async def leave(typed: str) -> str:
                session = self.session
                require_confirmed(session.actor, typed)
                await session.services.leaving.leave(session.actor, posts)
                return ""  # the visit ends by itself

            self.ask_for(self.words("your own name"), leave, about=about)
