"""One's bookmarks, on one page."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from bunniz_bbs.commands.bookmarks import first_words
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import Event, NameChanged
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n import news as said
from bunniz_bbs.i18n.people import author
from bunniz_bbs.services.bookmarks import Bookmark
from bunniz_bbs.tui.ink import Ink, Line, Span, cut_line, line, spread, wrap
from bunniz_bbs.tui.keys import ASK, ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.labels import titled
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import when
from bunniz_bbs.tui.widgets.rows import Row, Rows

FORGET = Key("d", "forget", N_("remove"), "d")


class BookmarksPage(Page):
    """Posts that one wants to find again; Enter opens the thread there."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("read"), "enter"),
        FORGET,
        ASK,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._kept: Sequence[Bookmark] = ()

    def where(self) -> Line:
        """The name of the page."""
        return line(Span(self.words("Bookmarks"), Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """Who sees them."""
        return [Span(self.words("for you alone"), Ink.QUIET)]

    def offers(self, key: Key) -> bool:
        """Only where there is one can one be removed."""
        return key is not FORGET or bool(self._kept)

    def explain(self) -> Sequence[str]:
        """How long they stay."""
        return [
            self.words(
                "Nobody else learns which posts you keep here. A bookmark goes with "
                "its post, and all of them with your account."
            )
        ]

    async def load(self) -> None:
        """Fetch them."""
        services, actor = self.session.services, self.session.actor
        await self.session.look()
        self._kept = await services.bookmarks.all(actor)

    async def hear(self, event: Event) -> None:
        """Somebody in it may be called otherwise now."""
        if isinstance(event, NameChanged) and self.is_current:
            await self.reload()

    def redraw(self) -> None:
        """The list for the present width."""
        words, width = self.words, self.columns
        rows = []
        for at, one in enumerate(self._kept):
            age = Span(when(self.session, one.post.created_at) + " ", Ink.QUIET)
            title = titled(self.session, one.thread, Ink.STRONG)
            head = spread(line("   ", *title), (age,), width)
            name = Span(author(words, one.post.author_name) + "  ", Ink.QUIET)
            text = line("   ", name, first_words(words, self.session.lens, one))
            rows.append(Row((head, cut_line(text, width - 1), ()), (at,)))
        if not rows:
            told = words(
                "You have no bookmarks. In a thread, b keeps the post that the cursor "
                "is on."
            )
            laid = wrap(told, width - 2)
            rows = [Row(tuple(line(" ", Span(one, Ink.QUIET)) for one in laid))]
        self.query_one(Rows).show(rows)

    # -- doing

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Open a thread at the kept post."""
        event.stop()
        one = self._kept[int(str(event.item))]
        await self.house.go_to_post(one.thread.id, one.post.number, self)

    async def action_forget(self) -> None:
        """Forget the one that the cursor is on."""
        chosen = self.query_one(Rows).chosen
        if not isinstance(chosen, int):
            return
        one = self._kept[chosen]
        try:
            await self.session.services.bookmarks.turn(
                self.session.actor, one.thread.id, one.post.number, False
            )
        except BunnizError as error:
            self.refuse(error)
        await self.reload()
        self.say(said.kept(self.words, wanted=False))
