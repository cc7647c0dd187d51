"""Home: what is new, where people talk, and all boards."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.timer import Timer

from bunniz_bbs.bus.ports import TEAM, board_topic, stir_topic
from bunniz_bbs.domain.events import (
    Event,
    LineSaid,
    NameChanged,
    RoomStirred,
    TeamStirred,
    ThreadChanged,
)
from bunniz_bbs.domain.policy import Action, allows
from bunniz_bbs.i18n import N_
from bunniz_bbs.services.boards import Overview
from bunniz_bbs.services.rooms import RoomActivity
from bunniz_bbs.tui.ink import Ink, Line, Span, line
from bunniz_bbs.tui.keys import (
    ASK_AT_HOME,
    HELP,
    LANGUAGE,
    LEAVE,
    NEWS,
    NEXT,
    SEARCH,
    Key,
    as_bindings,
)
from bunniz_bbs.tui.overview import board_rows, first_column, new_rows, room_rows
from bunniz_bbs.tui.page import Page
from bunniz_bbs.tui.session import Session
from bunniz_bbs.tui.widgets.rows import Row, Rows

FEWEST_NEW, MOST_NEW = 3, 12
"""Threads that are named at the top; the rest is counted at the boards."""

OTHER_ROWS = 21
"""Rows that the rest of the page takes; what is left goes to new threads."""

CALM = 1.0
"""Seconds that changes are gathered before the page is drawn again."""


class HomePage(Page):
    """Where a visit begins and ends."""

    KEYS: ClassVar = (
        Key("up", "noop", N_("move"), "move"),
        Key("enter", "noop", N_("open"), "enter"),
        NEXT,
        ASK_AT_HOME,
        SEARCH,
        Key("y", "you", N_("you"), "y"),
        HELP,
        LEAVE,
        LANGUAGE,
        Key("c", "join", N_("come in by the door"), "c"),
        NEWS,
        Key("t", "team", N_("team"), "t"),
        Key("q", "ask_to_leave", N_("end the visit"), name="q"),
        Key("escape", "say_where", N_("stay"), name="Esc"),
    )
    BINDINGS: ClassVar[list[BindingType]] = as_bindings(KEYS)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._overview = Overview((), ())
        self._rooms: Sequence[RoomActivity] = ()
        self._gathering: Timer | None = None
        self._for_team = 0
        """How much waits for the team, where this person is of it."""

    def where(self) -> Line:
        """The name of the house."""
        return line(Span(self.session.services.house.name, Ink.TITLE))

    def offers(self, key: Key) -> bool:
        """Whoever has no account can come in by the door; the team sees its list."""
        if key.action == "team":
            return self._of_team
        if key.action in ("you", "news"):
            return not self.session.actor.is_passing
        return key.action != "join" or self.session.actor.is_passing

    @property
    def _of_team(self) -> bool:
        return allows(self.session.actor, Action.READ_QUEUE)

    def what_happens(self) -> Sequence[Span]:
        """How much is new."""
        if self.session.actor.is_passing:
            return [Span(self.words("guest"), Ink.QUIET)]
        if self.session.actor.waiting:
            return [Span(self.words("you wait for the team"), Ink.QUIET)]
        team = []
        if self._for_team:
            told = self.words.many(
                "{n} waits for the team", "{n} wait for the team", self._for_team
            )
            team = [Span(told, Ink.ACCENT)]
        count = self._overview.new
        if not count:
            return team or [Span(self.words("nothing new"), Ink.QUIET)]
        new = self.words.many("{n} new for you", "{n} new for you", count)
        return [*team, Span(new, Ink.ACCENT)]

    def topics(self) -> Sequence[str]:
        """All boards and rooms that one can see."""
        boards = self.session.services.boards.readable(self.session.actor)
        return [
            *(board_topic(board.slug) for board in boards),
            *(stir_topic(one.room.slug) for one in self._rooms),
            *([TEAM] if self._of_team else ()),
        ]

    def explain(self) -> Sequence[str]:
        """What home shows."""
        return [
            self.words(
                "Home shows what is new since you last looked, the rooms where people "
                "talk live, and all boards. Arrows move, also left and right within "
                "a line; Enter opens."
            ),
            self.words(
                "How many people are in a room is never counted exactly, and nobody "
                "sees which boards you read."
            ),
        ]

    async def load(self) -> None:
        """Fetch what is new and how lively the rooms are."""
        services, actor = self.session.services, self.session.actor
        await self.session.look()
        self._overview = await services.boards.overview(actor, named=MOST_NEW)
        if self._of_team:
            self._for_team = (await services.team.queue(actor)).count
        first = not self._rooms
        self._rooms = services.rooms.all(actor)
        if first:
            self.house.listen()

    async def hear(self, event: Event) -> None:
        """Gather changes for a moment, then draw once."""
        concerns = isinstance(
            event, ThreadChanged | RoomStirred | LineSaid | TeamStirred | NameChanged
        )
        if concerns and self.is_current and self._gathering is None:
            self._gathering = self.set_timer(CALM, self._gathered)

    async def _gathered(self) -> None:
        self._gathering = None
        await self.reload()

    def redraw(self) -> None:
        """The list for the present size."""
        width, session, slim = self.columns, self.session, self.narrow
        height = self.outer_size.height
        most = min(MOST_NEW, max(FEWEST_NEW, height - OTHER_ROWS))
        rows = new_rows(session, self._overview, most, width, slim=slim)
        sections = self._overview.sections
        column = first_column(session, sections, self._rooms)
        rooms = room_rows(session, self._rooms, width, slim=slim, column=column)
        boards = board_rows(session, sections, width, slim=slim, column=column)
        # Whoever looks around reads first.
        looks = session.actor.is_passing
        rows += [*boards, Row(((),)), *rooms] if looks else [*rooms, *boards]
        self.query_one(Rows).show(rows)

    # -- doing

    async def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Open what was chosen."""
        event.stop()
        self.say("")
        await self.house.go(event.item, self)

    async def action_team(self) -> None:
        """See what waits for the team."""
        if self._of_team:
            await self.house.show_team()

    async def action_you(self) -> None:
        """See what is one's own."""
        if not self.session.actor.is_passing:
            await self.house.show_you()

    def action_join(self) -> None:
        """Go back to the door, where a code or a key is asked for."""
        if self.session.actor.is_passing:
            # In the app's own turn: a page cannot wait for its own end.
            self.house.call_later(self.house.to_the_door)

    def action_say_where(self) -> None:
        """Escape at home: there is nowhere further back."""
        self.say(
            self.words(
                "This is home. Press q to end the visit, Ctrl+X to leave at once."
            )
        )

    def action_ask_to_leave(self) -> None:
        """End the visit in peace."""
        self.house.leave()
