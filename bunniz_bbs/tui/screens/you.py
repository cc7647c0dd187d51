"""Oneself: who one is here, what others see of one, and ways to all that is kept."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.binding import BindingType

from bunniz_bbs.commands.people import role_word
from bunniz_bbs.commands.profiles import hidden_text
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import Event, HiddenSet, NameChanged
from bunniz_bbs.domain.policy import Action, allows
from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import N_
from bunniz_bbs.i18n.door import NAMES
from bunniz_bbs.i18n.people import about_profile, about_renaming
from bunniz_bbs.services.profiles import Profile
from bunniz_bbs.tui.ink import Ink, Line, Span, cells, line, pad, wrap
from bunniz_bbs.tui.keys import ASK, ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.overview import flow
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.screens.agreements import AgreementsPage
from bunniz_bbs.tui.screens.bookmarks import BookmarksPage
from bunniz_bbs.tui.screens.choices import ChoicesPage
from bunniz_bbs.tui.screens.drafts import DraftsPage
from bunniz_bbs.tui.screens.follows import FollowsPage
from bunniz_bbs.tui.screens.invites import InvitesPage
from bunniz_bbs.tui.screens.keys import KeysPage
from bunniz_bbs.tui.screens.known import KnownPage
from bunniz_bbs.tui.screens.leaving import LeavingPage
from bunniz_bbs.tui.screens.notes import NotesPage
from bunniz_bbs.tui.screens.quiet import QuietPage
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

GAP: Final = 3
"""Columns between what a line is about and what is so."""

CHANGE = Key("enter", "noop", N_("change"), "enter")
OPEN = Key("enter", "noop", N_("open"), "enter")
ALONG = Key("left", "noop", N_("along the line"), "across")

OPENS: Final[dict[str, tuple[str, Callable[[Session], Page]]]] = {
    "choices": (N_("What you want to read"), ChoicesPage),
    "notes": (N_("Your notes on people"), NotesPage),
    "drafts": (N_("Your drafts"), DraftsPage),
    "keys": (N_("Your keys"), KeysPage),
    "bookmarks": (N_("Bookmarks"), BookmarksPage),
    "followed": (N_("What you follow"), FollowsPage),
    "quiet": (N_("Quiet boards"), QuietPage),
    "invites": (N_("Invites"), InvitesPage),
    "agreements": (N_("What you agreed to"), AgreementsPage),
    "known": (N_("What this place knows about you"), KnownPage),
    "leaving": (N_("Leaving for good"), LeavingPage),
}
"""Pages that are opened from here: what they are called, and how they are made."""


class YouPage(Page):
    """A list of what is one's own; Enter changes a line, or opens it."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        CHANGE,
        OPEN,
        ALONG,
        ASK,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._profile = Profile("", (), False)
        self._invites = False
        """Whether this person may let others in."""

    def where(self) -> Line:
        """The name of the page."""
        return line(Span(self.words("You"), Ink.TITLE))

    def offers(self, key: Key) -> bool:
        """Some lines are changed here, the others open a page."""
        if key in (CHANGE, OPEN):
            return (key is OPEN) == (self._chosen in OPENS)
        return key is not ALONG or self._chosen in LANGUAGES

    def explain(self) -> Sequence[str]:
        """What others see of one, and what becomes of it."""
        words = self.words
        return [
            about_renaming(words),
            about_profile(words),
            " ".join(hidden_text(words)),
        ]

    async def load(self) -> None:
        """Fetch what one shows, and whether one may let others in."""
        services, actor = self.session.services, self.session.actor
        self._profile = await services.profiles.of(actor)
        self._invites = allows(actor, Action.INVITE) and (
            (await services.invites.allowance(actor)).may
        )

    async def hear(self, event: Event) -> None:
        """Another visit of the same account changed something."""
        match event:
            case NameChanged(account=who) | HiddenSet(account=who):
                if who == self.session.actor.id:
                    await self.reload()

    # -- drawing

    def redraw(self) -> None:
        """The list for the present width."""
        words, actor, profile = self.words, self.session.actor, self._profile
        role = words("waits for the team") if actor.waiting else ""
        seen = words("nobody sees you until you speak")
        unseen = words("others see that you are there")
        fields = [
            ("name", words("Name"), actor.name),
            ("", words("Role"), role or role_word(words, actor.role)),
            ("pronouns", words("Pronouns"), profile.pronouns or words("not shown")),
            ("hidden", words("In rooms"), seen if profile.hidden else unseen),
        ]
        speaks = words("You speak")
        column = max(map(cells, [speaks, *(label for _, label, _ in fields)])) + GAP
        rows = [self._field(*one, column) for one in fields]
        rows.insert(-1, self._languages(speaks, column))
        rows.append(Row(((),)))
        for item in self._opened():
            rows.append(Row((line("   ", words(OPENS[item][0])),), (item,)))
        self.query_one(Rows).show(rows)

    def _opened(self) -> Sequence[str]:
        """The pages that there are for this person."""
        actor = self.session.actor
        there = {"invites": self._invites, "notes": allows(actor, Action.KEEP_NOTES)}
        return [one for one in OPENS if there.get(one, True)]

    def _field(self, item: str, label: str, value: str, column: int) -> Row:
        """What a line is about, and what is so."""
        laid = wrap(value, self.columns - column - 4) or [""]
        ink = Ink.PLAIN if item else Ink.QUIET
        return self._row(label, column, [(Span(one, ink),) for one in laid], item)

    def _languages(self, label: str, column: int) -> Row:
        """All languages on one line, with a mark before those that one speaks."""
        mark, pieces = self.session.glyphs.unread, []
        for at, one in enumerate(LANGUAGES):
            spoken = one in self._profile.speaks
            sign = Span(f"{mark} " if spoken else "", Ink.ACCENT, at)
            pieces.append((sign, Span(NAMES[one], Ink.PLAIN, at)))
        between = Span("  " if self.narrow else "   ")
        laid = flow(pieces, between, self.columns - column - 4)
        return self._row(label, column, laid, *LANGUAGES)

    def _row(self, label: str, column: int, laid: Sequence[Line], *items: str) -> Row:
        heads = [pad(label, column), *[" " * column] * (len(laid) - 1)]
        lines = [
            line("   ", Span(head, Ink.QUIET), *one)
            for head, one in zip(heads, laid, strict=True)
        ]
        return Row(tuple(lines), tuple(one for one in items if one))

    # -- doing

    @property
    def _chosen(self) -> object:
        return self.query_one(Rows).chosen if self.composed else None

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """What Enter does depends on the line that the cursor is on."""
        super().on_rows_moved(event)
        self.query_one("#keys").redo()  # type: ignore[attr-defined]

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Change what was chosen, or open it."""
        event.stop()
        self.say("")
        item = str(event.item)
        try:
            if item in OPENS:
                await self.house.push_screen(OPENS[item][1](self.session))
            elif item == "name":
                self._rename()
            elif item == "pronouns":
                self._ask_pronouns()
            elif item == "hidden":
                await self._hide()
            else:
                await self._speak(item)
        except BunnizError as error:
            self.refuse(error)

    def _rename(self) -> None:
        async def rename(name: str) -> str:
            session = self.session
            account = await session.services.naming.rename(session.actor, name)
            return self.words("You are called {name} now.", name=account.name)

        hint = self.words("another name")
        self.ask_for(hint, rename, about=about_renaming(self.words))

    def _ask_pronouns(self) -> None:
        async def show(text: str) -> str:
            session = self.session
            await session.services.profiles.set_pronouns(session.actor, text)
            await self.reload()
            return ""

        self.ask_for(
            self.words("none are shown"),
            show,
            about=about_profile(self.words),
            text=self._profile.pronouns,
            empty=True,
        )

    async def _hide(self) -> None:
        """Be seen in rooms, or not, from now on."""
        session, hidden = self.session, not self._profile.hidden
        await session.services.profiles.set_hidden(session.actor, hidden)
        await self.reload()
        self.say(" ".join(hidden_text(self.words)) if hidden else "")

    async def _speak(self, language: str) -> None:
        """Show that one speaks a language, or do not show it any more."""
        session, spoken = self.session, self._profile.speaks
        chosen = [one for one in LANGUAGES if (one == language) != (one in spoken)]
        await session.services.profiles.set_speaks(session.actor, chosen)
        await self.reload()
