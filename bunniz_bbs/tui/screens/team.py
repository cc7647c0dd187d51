"""What waits for the team: people, posts, reports, and talks in the porch."""

from collections.abc import Hashable, Iterator, Sequence
from typing import ClassVar, Literal, TypeAlias

from textual.binding import BindingType
from textual.timer import Timer

from bunniz_bbs.bus.ports import TEAM
from bunniz_bbs.commands.registry import Context
from bunniz_bbs.commands.team import held_head, report_head, talk_head
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.events import Event, NameChanged, TeamStirred
from bunniz_bbs.domain.people import Account
from bunniz_bbs.domain.rooms import conversation_of
from bunniz_bbs.domain.team import HeldId, HeldPost, Report, ReportId
from bunniz_bbs.i18n import N_
from bunniz_bbs.services.markup import parse, to_plain
from bunniz_bbs.services.porch import Conversation
from bunniz_bbs.services.team import Queue
from bunniz_bbs.tui.ink import Ink, Line, Span, line, wrap
from bunniz_bbs.tui.keys import ASK, ON_EVERY_PAGE, Key, as_bindings
from bunniz_bbs.tui.news_rows import heading
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

CALM = 0.5
"""Seconds that changes are gathered before the page is drawn again."""

Kind: TypeAlias = Literal["person", "post", "report", "talk"]
Item: TypeAlias = tuple[Kind, Hashable]
"""What stands in a row: its kind, and which one it is."""

LET_IN = Key("a", "accept", N_("let in"), "a")
PUBLISH = Key("a", "accept", N_("publish"), "a")
SEEN_TO = Key("a", "accept", N_("close"), "a")
TURN_AWAY = Key("d", "decline", N_("turn away"), "d")
REFUSE = Key("d", "decline", N_("do not publish"), "d")
TALK = Key("p", "talk", N_("talk"), "p")

OFFERED: dict[Kind | None, tuple[Key, ...]] = {
    "person": (LET_IN, TURN_AWAY, TALK),
    "post": (PUBLISH, REFUSE),
    "report": (SEEN_TO,),
    "talk": (TALK,),
    None: (),
}


class TeamPage(Page):
    """One list of all that waits, in the order in which it should be seen to."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("read"), "enter"),
        LET_IN,
        PUBLISH,
        SEEN_TO,
        TURN_AWAY,
        REFUSE,
        TALK,
        ASK,
        *ON_EVERY_PAGE,
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._queue = Queue((), (), (), ())
        self._read: Item | None = None
        """The post or report that is shown in full."""
        self._gathering: Timer | None = None

    def where(self) -> Line:
        """The name of the list."""
        return line(Span(self.words("For the team"), Ink.TITLE))

    def what_happens(self) -> Sequence[Span]:
        """How much waits."""
        count = self._queue.count
        if not count:
            return [Span(self.words("nothing waits"), Ink.QUIET)]
        waits = self.words.many("{n} waits", "{n} wait", count)
        return [Span(waits, Ink.ACCENT)]

    def topics(self) -> Sequence[str]:
        """What the team is told of."""
        return [TEAM]

    def offers(self, key: Key) -> bool:
        """What can be decided about the row that the cursor is on."""
        if key in (LET_IN, PUBLISH, SEEN_TO, TURN_AWAY, REFUSE, TALK):
            item = self._item()
            return key in OFFERED[item[0] if item else None]
        return True

    def explain(self) -> Sequence[str]:
        """What the list is, and who learns what."""
        words = self.words
        return [
            words(
                "All that waits for somebody of the team. Where two decide at once, "
                "the first decision holds. Every decision is in the moderators' log."
            ),
            words(
                "Whoever is turned away, or whose post is not published, reads the "
                "reason. Who sent a report is not kept."
            ),
            words(
                "In the porch each guest talks with the team alone, and sees no other "
                "guest. Members do not come in. Words there go after an hour."
            ),
        ]

    async def load(self) -> None:
        """Fetch what waits."""
        self._queue = await self.session.services.team.queue(self.session.actor)

    async def hear(self, event: Event) -> None:
        """Something came or went; gathered for a moment."""
        ours = isinstance(event, TeamStirred | NameChanged)
        if ours and self.is_current and not self._gathering:
            self._gathering = self.set_timer(CALM, self._gathered)

    async def _gathered(self) -> None:
        self._gathering = None
        await self.reload()

    # -- drawing

    def redraw(self) -> None:
        """The list for the present width."""
        words, queue = self.words, self._queue
        rows: list[Row] = []
        parts: tuple[tuple[str, Iterator[Row]], ...] = (
            (words("People who ask to come in"), map(self._person, queue.people)),
            (words("Posts to read before others do"), map(self._post, queue.held)),
            (words("Reports"), map(self._report, queue.reports)),
            (words("In the porch"), map(self._talk, queue.talks)),
        )
        for title, laid in parts:
            if found := list(laid):
                rows += [heading(title), *found, Row(((),))]
        if not rows:
            calm = words("Nothing waits for the team.")
            rows.append(Row((line(" ", Span(calm, Ink.QUIET)),)))
        self.query_one(Rows).show(rows)

    def _person(self, one: Account) -> Row:
        return self._row(("person", one.name), one.name, ())

    def _post(self, one: HeldPost) -> Row:
        item: Item = ("post", one.id)
        body = to_plain(parse(one.body), self.columns - 6)
        return self._row(item, held_head(self._asked, one), body)

    def _report(self, one: Report) -> Row:
        body = [part for text in one.body.split("\n") for part in self._wrapped(text)]
        return self._row(("report", one.id), report_head(self._asked, one), body)

    def _talk(self, one: Conversation) -> Row:
        return self._row(("talk", one.room), talk_head(self.words, one), ())

    def _wrapped(self, text: str) -> Sequence[str]:
        return wrap(text, self.columns - 6) or [""]

    def _row(self, item: Item, head: str, body: Sequence[str]) -> Row:
        """A row's first lines, and what is in it where somebody reads it."""
        lines = [line("   ", one) for one in wrap(head, self.columns - 4)]
        if item == self._read:
            lines += [line("     ", Span(one, Ink.STRONG)) for one in body]
        return Row(tuple(lines), (item,), barred=True)

    @property
    def _asked(self) -> Context:
        return self.session.context()

    # -- doing

    def _item(self) -> Item | None:
        """What the cursor is on."""
        chosen = self.query_one(Rows).chosen if self.composed else None
        return chosen if isinstance(chosen, tuple) else None

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The keys depend on the row that the cursor is on."""
        super().on_rows_moved(event)
        self.query_one("#keys").redo()  # type: ignore[attr-defined]

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Read what stands in a row, or talk with whom it names."""
        event.stop()
        self.say("")
        item = self._item()
        if item is not None and item[0] in ("person", "talk"):
            await self.action_talk()
        elif item is not None:
            self._read = None if item == self._read else item
            self.redraw()

    async def action_accept(self) -> None:
        """Let in, publish, or note that it was seen to."""
        item = self._item()
        if item is None or item[0] == "talk":
            return
        try:
            said = await self._accept(item)
        except BunnizError as error:
            self.refuse(error)
        else:
            self.say(said)
        await self.reload()

    async def _accept(self, item: Item) -> str:
        team, actor, words = self.session.services.team, self.session.actor, self.words
        kind, which = item
        if kind == "person":
            account = await team.approve(actor, str(which))
            return words("{name} is let in.", name=account.name)
        assert isinstance(which, int)
        if kind == "post":
            held = await team.publish(actor, HeldId(which))
            return words("Published: {title}", title=held.title)
        await team.close(actor, ReportId(which))
        return words("Report {number} is closed.", number=which)

    def action_decline(self) -> None:
        """Turn away, or do not publish; asks for the reason."""
        item = self._item()
        if item is None or item[0] not in ("person", "post"):
            return

        async def decline(reason: str) -> str:
            said = await self._decline(item, reason)
            await self.reload()
            return said

        self.ask_for(self.words("why: the person reads it"), decline)

    async def _decline(self, item: Item, reason: str) -> str:
        team, actor, words = self.session.services.team, self.session.actor, self.words
        kind, which = item
        if kind == "person":
            account = await team.decline(actor, str(which), reason)
            return words("{name} is not let in.", name=account.name)
        assert isinstance(which, int)
        held = await team.refuse(actor, HeldId(which), reason)
        return words("Not published: {title}", title=held.title)

    async def action_talk(self) -> None:
        """Talk with whom the row names, in the porch."""
        item = self._item()
        if item is None:
            return
        kind, which = item
        if kind == "talk":
            await self.house.go(which, self)
        elif kind == "person":
            person = next(one for one in self._queue.people if one.name == which)
            house = self.session.services.house
            porch = next((one for one in house.rooms.values() if one.one_to_one), None)
            if porch is None:
                self.say(self.words("This house has no porch to talk in."))
            else:
                await self.house.go(conversation_of(porch.slug, person.id), self)
