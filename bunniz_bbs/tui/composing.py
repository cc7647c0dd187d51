"""What stands around a text that is being written: labels, quotes, names."""

from collections.abc import Sequence
from dataclasses import replace

from bunniz_bbs.domain.labels import Labels
from bunniz_bbs.domain.lives import offered
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.i18n.door import NAMES
from bunniz_bbs.i18n.labels import told
from bunniz_bbs.services.quotes import quote_of
from bunniz_bbs.tui.draft import Draft, Writing, Written
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.mentioning import Mentioning
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.screens.labels import LabelsPage
from bunniz_bbs.tui.screens.quote import QuotePage
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.editor import Editor
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.one_line import OneLine
from bunniz_bbs.tui.widgets.rows import Rows


class Composing(Page):
    """A page with an editor, and what comes into the text or stands above it."""

    def __init__(self, session: Session, work: Writing) -> None:
        super().__init__(session)
        self.work = work
        self.labels = work.labels
        self.draft = Draft(session, work)
        self.editor = Editor(session.palette, work.body)
        self.mentioning = Mentioning(self.editor, self._writers)
        self.editor.take_first = self.mentioning.take

    def changed(self) -> None:
        """Something that is sent was changed."""

    @property
    def previewing(self) -> bool:
        """Whether the text is shown as it will look, and cannot be changed."""
        return self.composed and self.query_one("#preview", Rows).display

    def written(self) -> tuple[str, str]:
        """The title and the text as they stand."""
        if not self.composed:
            return self.work.title, self.work.body
        title = self.query_one("#title", Entry).value if self.work.titled else ""
        return title, self.editor.text

    def now(self) -> Written:
        """All that a draft keeps, as it stands."""
        return (*self.written(), self.labels)

    def _head(self, width: int) -> Sequence[Line]:
        """The labels, and what the author of the thread asked for."""
        between = f" {self.session.glyphs.dot} "
        above = replace(self.labels, language=None)
        labels = between.join(told(self.words, above))
        parts = [(self.work.reminder, Ink.STRONG), (labels, Ink.QUIET)]
        return [
            line(" ", Span(one, ink))
            for part, ink in parts
            for one in wrap(part, width - 2)
            if part
        ]

    def language(self) -> Line:
        """In which language it is, where that is said."""
        spoken = self.labels.language
        return line(" ", Span(NAMES[spoken], Ink.QUIET)) if spoken else ()

    def _show_head(self) -> None:
        head = self.query_one("#labels", OneLine)
        lines = len(self._head(self.columns))
        head.display = bool(lines)
        head.styles.height = lines + self.airy
        head.redo()

    async def action_labels(self) -> None:
        """Choose what it warns of, when it goes, and for a thread what it asks for."""
        asks = self.work.board.asks if self.work.titled else None
        # What stands already has its end, or none.
        lives = () if self.work.place.startswith("post:") else offered(self.work.board)
        page = LabelsPage(self.session, self.labels, asks, lives, self._relabel)
        await self.house.push_screen(page)

    def _relabel(self, labels: Labels) -> None:
        self.labels = labels
        self.changed()

    async def action_quote(self) -> None:
        """Choose words of the thread to quote."""
        if self.work.thread is not None and not self.previewing:
            page = QuotePage(self.session, self.work.thread, self._put_quote)
            await self.house.push_screen(page)

    def _put_quote(self, post: Post, text: str) -> None:
        editor = self.editor
        apart = "\n\n" if editor.before else ""
        editor.insert(apart + quote_of(self.words, post, text) + "\n\n")
        warnings = self.labels.warnings | post.warnings
        self._relabel(replace(self.labels, warnings=warnings))
        editor.focus()

    def forget_name(self, was: str, name: str) -> None:
        """Somebody is called otherwise now, also in what is being written."""
        super().forget_name(was, name)
        self.mentioning.forget()
        if self.composed:
            self.editor.rename(was, name)
            self.query_one("#count", OneLine).redo()

    async def _writers(self) -> Sequence[str]:
        threads, work = self.session.services.threads, self.work
        return await threads.writers(self.session.actor, work.board.slug, work.thread)

    async def on_editor_moved(self) -> None:
        """Offer names where the cursor is now."""
        await self.mentioning.look()
        self.query_one("#count", OneLine).redo()
