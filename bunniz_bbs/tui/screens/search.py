"""Search: a line to say what for, and the posts that say it."""

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from bunniz_bbs.bus.ports import board_topic
from bunniz_bbs.commands.search import how_far, line_of, title_of
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import AccountRemoved, Event, NameChanged, ThreadChanged
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.labels import about
from bunniz_bbs.i18n.people import author
from bunniz_bbs.i18n.search import how_to_search, promise
from bunniz_bbs.services.search import SHOWN, Found, Hit
from bunniz_bbs.tui.ink import Ink, Line, Span, cut_line, line, spread, wrap, wrap_spans
from bunniz_bbs.tui.keys import (
    ASK,
    HELP,
    HELP_F1,
    NEXT,
    ON_EVERY_PAGE,
    Key,
    as_bindings,
)
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.times import when
from bunniz_bbs.tui.widgets.entry import Entry
from bunniz_bbs.tui.widgets.rows import Row, Rows

MOST_ASKED: Final = 10
"""How often one asks for older ones, until a narrower search is of more use."""

MEASURE: Final = 76
MOST_LINES: Final = 2
"""Lines that are shown of a post."""

LOOK = Key("enter", "noop", N_("search"), "enter")
READ = Key("enter", "noop", N_("read"), "enter")
AGAIN = Key("s", "again", N_("search"), "s")
OLDER = Key("m", "older", N_("older ones"), "m")


class SearchPage(Page):
    """Posts that were found, the newest first. What was looked for is kept nowhere."""

    DEFAULT_CSS = """
    SearchPage #for { margin: 0 1 1 0; }
    """

    KEYS: ClassVar = (LOOK, READ, AGAIN, OLDER, NEXT, ASK, HELP_F1, *ON_EVERY_PAGE)
    BINDINGS: ClassVar[list[BindingType]] = [
        *as_bindings(KEYS),
        Binding("down", "to_rows", show=False),
    ]

    def __init__(self, session: Session, text: str = "") -> None:
        super().__init__(session)
        self._text = text
        self._asked = 1
        self._found: Found | None = None

    def body(self) -> ComposeResult:
        """The line, and the list under it."""
        palette = self.session.palette
        yield Entry(palette, self._prompt, text=self._text, framed=True, id="for")
        yield from super().body()

    def _prompt(self) -> Line:
        return line(" ", Span(f"{self.session.glyphs.prompt} ", Ink.ACCENT))

    def home_focus(self) -> Widget | None:
        """What was found, or else the line."""
        found = self._found is not None and self._found.hits
        return self.query_one("#rows" if found else "#for")

    def where(self) -> Line:
        """The name of the page."""
        return line(Span(self.words("Search"), Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """What is kept of it."""
        return [Span(self.words("not kept"), Ink.QUIET)]

    @property
    def _typing(self) -> bool:
        return self.composed and self.query_one("#for").has_focus

    def offers(self, key: Key) -> bool:
        """While one types, letters are letters."""
        if key is OLDER:
            return not self._typing and self._found is not None and self._goes_on
        if key in (READ, AGAIN, NEXT, ASK, HELP):
            return not self._typing
        return key not in (LOOK, HELP_F1) or self._typing

    @property
    def _goes_on(self) -> bool:
        more = self._found is not None and self._found.before is not None
        return more and self._asked < MOST_ASKED

    def topics(self) -> Sequence[str]:
        """The boards of what was found."""
        hits = self._found.hits if self._found else ()
        return sorted({board_topic(one.board.slug) for one in hits})

    def explain(self) -> Sequence[str]:
        """How to search, and what is not found."""
        return [*how_to_search(self.words), promise(self.words)]

    # -- looking

    async def load(self) -> None:
        """Look again for the same, as far as one had gone."""
        if not self._text:
            return
        try:
            self._found = await self._look()
        except BunnizError as error:
            self.refuse(error)  # the page stays: what was typed can be mended
        self.house.listen()

    async def _look(self) -> Found:
        services, actor = self.session.services, self.session.actor
        hits: list[Hit] = []
        found = Found(())
        for _ in range(self._asked):
            found = await services.search.search(
                actor, self._text, SHOWN, before=found.before
            )
            hits += found.hits
            if found.before is None:
                break
        return replace(found, hits=tuple(hits))

    async def hear(self, event: Event) -> None:
        """What was found may be gone, or be said otherwise."""
        hits = self._found.hits if self._found else ()
        ours = isinstance(event, ThreadChanged) and any(
            one.thread.id == event.thread for one in hits
        )
        ours |= bool(hits) and isinstance(event, NameChanged | AccountRemoved)
        if ours and self.is_current:
            await self.reload()

    async def look_for(self, text: str) -> None:
        """Look for something else."""
        self._text, self._asked, self._found = text.strip(), 1, None
        entry = self.query_one("#for", Entry)
        if entry.value.strip() != self._text:
            entry.value = text
        self.say("")
        await self.reload()
        self.query_one(Rows).put_at_top(None)
        if (home := self.home_focus()) is not None:
            home.focus()

    # -- drawing

    def redraw(self) -> None:
        """The list for the present width."""
        words, found = self.words, self._found
        self.query_one("#for", Entry).refresh()
        if found is None or not found.hits:
            head = [how_far(words, found)] if found else []
            told = [*head, *how_to_search(words)]
            self.query_one(Rows).show([Row((*self._quiet(one), ())) for one in told])
            return
        rows = [self._row(hit) for hit in found.hits if not hit.stale]
        stale = [self._row(hit) for hit in found.hits if hit.stale]
        if stale:
            old = words("What may be out of date:")
            rows += [Row((*self._quiet(old), ())), *stale]
        rows.append(Row(self._quiet(how_far(words, found))))
        self.query_one(Rows).show(rows)

    def _row(self, hit: Hit) -> Row:
        """A post: its thread, where and when, and a line of it."""
        words, post, width = self.words, hit.post, self.columns
        title = line(" ", Span(title_of(words, hit), Ink.STRONG))
        age = Span(when(self.session, post.created_at) + " ", Ink.QUIET)
        dot = f" {self.session.glyphs.dot} "
        name = author(words, post.author_name)
        told = Span(f"{name}{dot}{hit.board.title[words.language]}", Ink.QUIET)
        if self.narrow:
            head = [spread(title, [age], width), cut_line(line("   ", told), width)]
        else:
            head = [spread(title, [told, Span(dot, Ink.QUIET), age], width)]
        spans = [
            Span(one.text, Ink.ACCENT if one.found else Ink.PLAIN) for one in hit.pieces
        ] or [Span(line_of(words, hit), Ink.QUIET)]
        if hit.pieces and (tags := hit.post.warnings):
            spans.insert(0, Span(f"[{about(words, tags)}] ", Ink.QUIET))
        laid = wrap_spans(spans, min(MEASURE, width - 4))
        if len(laid) > MOST_LINES:
            # The ellipsis comes from what does not fit.
            kept, rest = laid[: MOST_LINES - 1], laid[MOST_LINES - 1 :]
            last = tuple(span for one in rest for span in one)
            laid = [*kept, cut_line(last, min(MEASURE, width - 4))]
        body = [line("   ", *one) for one in laid]
        return Row((*head, *body, ()), (_place(hit),), barred=True)

    def _quiet(self, text: str) -> tuple[Line, ...]:
        laid = wrap(text, min(MEASURE, self.columns - 2))
        return tuple(line(" ", Span(one, Ink.QUIET)) for one in laid)

    # -- doing

    async def on_entry_submitted(self, event: Entry.Submitted) -> None:
        """Enter in the line."""
        if event.entry.id == "for":
            event.stop()
            if event.value.startswith("/"):
                await self.asked(event.value)
            else:
                await self.look_for(event.value)
        else:
            await super().on_entry_submitted(event)

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Read on where the post is."""
        event.stop()
        self.say("")
        hits = self._found.hits if self._found else ()
        if hit := next((one for one in hits if _place(one) == event.item), None):
            await self.house.go_to_post(hit.thread.id, hit.post.number, self)

    def action_again(self) -> None:
        """Go back to the line."""
        self.query_one("#for").focus()

    def action_to_rows(self) -> None:
        """From the line into what was found."""
        if self._found and self._found.hits:
            self.query_one(Rows).focus()

    async def action_older(self) -> None:
        """Look for older ones too."""
        if self._goes_on:
            self._asked += 1
            await self.reload()

    def on_descendant_focus(self) -> None:
        """Other keys do something now."""
        self.refresh_words()


def _place(hit: Hit) -> Hashable:
    return hit.thread.id, hit.post.number
