"""Rooms in line mode: the list, and talking in one."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from bunniz_bbs.commands.registry import Front
from bunniz_bbs.commands.rooms import CROWDS, describe, line_text
from bunniz_bbs.commands.team import talk_head
from bunniz_bbs.domain.errors import (
    BunnizError,
    ConversationUnclear,
    RoomNotFound,
    StoreDown,
    TooFast,
)
from bunniz_bbs.domain.events import (
    BadgesChanged,
    Event,
    LineSaid,
    LinesGone,
    TopicSet,
)
from bunniz_bbs.domain.ids import AccountId, LineId, RoomSlug
from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.rooms import Line
from bunniz_bbs.domain.team import Badge
from bunniz_bbs.i18n import Words
from bunniz_bbs.i18n.notices import about_lines, about_reporting, in_the_porch
from bunniz_bbs.i18n.times import left, stay
from bunniz_bbs.plain.asking import Choice, Listing, ask
from bunniz_bbs.plain.talk import Back, Talk
from bunniz_bbs.services.rooms import RoomView

RECENT = 20
"""Lines that are shown of what was said before, and for each empty line after that."""


async def choose_room(talk: Talk) -> None:
    """Choose among the rooms until somebody goes back.

    Raises:
        BunnizError: They could not be looked up.
    """

    async def load() -> Sequence[Choice[RoomSlug]]:
        context = talk.context(Front.SLASH)
        language = talk.words.language
        return [
            Choice(
                f"{one.room.title[language]} - {describe(context, one)}", one.room.slug
            )
            for one in talk.services.rooms.all(talk.someone)
        ]

    await talk.say(talk.words("Rooms"))
    listing = Listing(
        talk,
        load,
        lambda: [talk.words("A number opens a room. Enter shows the list again.")],
        nothing=talk.words("There is no room for you here."),
    )
    while (chosen := await listing.choose()) is not None:
        try:
            await talk_in(talk, chosen)
        except ConversationUnclear:  # the team chooses with whom it talks
            await choose_conversation(talk)
        except BunnizError as error:
            await talk.refuse(error)
        await talk.say(talk.words("Rooms"))


async def choose_conversation(talk: Talk) -> None:
    """Choose among the guests who talk with the team until somebody goes back.

    Raises:
        BunnizError: They could not be looked up.
    """

    async def load() -> Sequence[Choice[RoomSlug]]:
        found = talk.services.rooms.conversations(talk.someone)
        return [Choice(talk_head(talk.words, one), one.room) for one in found]

    words = talk.words
    await talk.say(words("In the porch"))
    listing = Listing(
        talk,
        load,
        lambda: [words("A number opens a talk. Enter shows the list again.")],
        nothing=words("Nobody talks with the team at the moment."),
    )
    while (chosen := await listing.choose()) is not None:
        try:
            await talk_in(talk, RoomSlug(chosen))
        except BunnizError as error:
            await talk.refuse(error)
        await talk.say(words("In the porch"))


async def talk_in(talk: Talk, slug: str) -> None:
    """Be in a room until somebody leaves it.

    Raises:
        BunnizError: It is not there, not open, or not for this person.
    """
    room = talk.services.rooms.get(talk.someone, slug)
    being = BeingIn(talk, room.slug)
    talk.room = being
    talk.listen()  # before anything is read, so that nothing is missed
    try:
        await being.talk()
    except Back:
        pass
    finally:
        talk.room = None
        talk.listen()
        talk.standing.timers.pop(room.slug, None)
        await talk.services.rooms.leave(talk.someone, room.slug, talk)


class BeingIn:
    """One room while one is in it."""

    def __init__(self, talk: Talk, slug: RoomSlug) -> None:
        self._talk = talk
        self.slug = slug
        self._shown: set[LineId] = set()
        self._oldest: LineId | None = None
        """The oldest line that was shown; what is older can be asked for."""
        self._topic = ""
        self._badges: Mapping[AccountId, Badge] = {}
        self._closed = False
        """Whether the room is not for this person any more."""

    async def talk(self) -> None:
        """Show what is said, and say what is typed.

        Raises:
            BunnizError: One could not come in.
            Back, Turn, Left, Gone: One goes away.
        """
        talk = self._talk
        await self._look_at_badges()
        view = await talk.services.rooms.enter(talk.someone, self.slug, talk)
        await self._arrive(view)
        while True:
            text = await ask(talk, "", self._about)
            if self._closed or text == ".":
                return
            try:
                if text:
                    await self._say(text)
                else:
                    await self._older()
            except BunnizError as error:
                await talk.refuse(error)

    async def _look_at_badges(self) -> None:
        with suppress(StoreDown):  # rooms go on without the database
            talk = self._talk
            self._badges = await talk.services.badges.given(talk.someone)

    async def _arrive(self, view: RoomView) -> None:
        talk, words = self._talk, self._talk.words
        self._topic = view.topic
        title = view.room.title[words.language]
        crowd, gone = words(CROWDS[view.crowd]), stay(words, view.room.stay)
        await talk.say(f"{title} ({crowd}; {gone}; {words('nothing is kept')})")
        if view.topic:
            await talk.say(words("Topic: {topic}", topic=view.topic))
        await talk.say(
            words(
                "Type a line and Enter to say it; a dot alone goes back; ? tells more."
            )
        )
        if view.room.one_to_one and talk.someone.role is Role.GUEST:
            await talk.say(in_the_porch(words, view.room.stay))
        self._shown |= {line.id for line in view.lines}
        await self._tell(view.lines[-RECENT:])
        if not view.lines:
            await talk.say(
                words(
                    "Nothing here at the moment. What you say now is seen by those who "
                    "are in."
                )
            )
        elif len(view.lines) > RECENT:
            await talk.say(_more(words, len(view.lines) - RECENT))

    async def _tell(self, lines: Sequence[Line]) -> None:
        """Show lines of the past, oldest first."""
        if lines:
            self._oldest = lines[0].id
        await self._talk.say(*(self._text(one) for one in lines))

    async def _older(self) -> None:
        """Show the lines before the oldest that was shown."""
        talk = self._talk
        view = talk.services.rooms.view(talk.someone, self.slug, talk)
        older = [one for one in view.lines if self._oldest and one.id < self._oldest]
        if not older:
            await talk.say(talk.words("There are no older lines."))
            return
        await self._tell(older[-RECENT:])
        if len(older) > RECENT:
            await talk.say(_more(talk.words, len(older) - RECENT))

    async def _say(self, text: str) -> None:
        """Say a line, as soon as the room may be spoken in again."""
        talk = self._talk
        while True:
            timer = talk.standing.timers.get(self.slug)
            try:
                rooms = talk.services.rooms
                await rooms.say(talk.someone, self.slug, text, timer=timer)
                return
            except TooFast as fast:
                await talk.services.clock.sleep(fast.seconds)

    def _text(self, said: Line) -> str:
        """A line, and in words when it goes where its writer gave it a timer."""
        words = self._talk.words
        text = line_text(said, self._badges.get(said.author))
        if not said.timed:
            return text
        rest = said.expires_at - self._talk.services.clock.now()
        told = left(words, max(0.0, rest.total_seconds()))
        return f"{text} ({words('gone after {duration}', duration=told)})"

    def _about(self) -> Sequence[str]:
        """What happens to words here, and what can be typed."""
        talk, words = self._talk, self._talk.words
        try:
            room = talk.services.house.room(self.slug)
        except RoomNotFound:
            return []
        return [
            room.about[words.language],
            about_lines(words, room.stay),
            words(
                "Line mode cannot take back what your terminal has shown: lines that "
                "have gone stay there until you clear it."
            ),
            *(() if room.one_to_one else (about_reporting(words),)),
            words(
                "Lines that come while you type wait until you press Enter. Enter "
                "alone shows older lines. A dot alone or /leave goes back; // at the "
                "beginning sends a slash."
            ),
        ]

    # -- what happens

    async def hear(self, event: Event | None) -> None:
        """Something happened in the room; None: something was missed."""
        if self._closed:
            return
        paper, words = self._talk.paper, self._talk.words
        match event:
            case LineSaid(line=said) if said.room == self.slug:
                await self._show(said)
            case LinesGone(room=room, lines=gone) if room == self.slug:
                paper.take_back(gone)
                self._shown.difference_update(gone)
            case TopicSet(room=room, topic=topic) if room == self.slug:
                if topic != self._topic:
                    self._topic = topic
                    told = words("Topic: {topic}", topic=topic)
                    await paper.come(told if topic else words("No topic."))
            case BadgesChanged():
                await self._look_at_badges()
            case None:
                await self._catch_up()
            case _:
                pass

    async def _show(self, said: Line) -> None:
        if said.id in self._shown:
            return
        self._shown.add(said.id)
        self._oldest = self._oldest or said.id
        await self._talk.paper.come(self._text(said), said.id)

    async def _catch_up(self) -> None:
        """Events were lost: what was said meanwhile is still there."""
        talk = self._talk
        try:
            view = talk.services.rooms.view(talk.someone, self.slug, talk)
        except BunnizError:
            return
        self._shown &= {line.id for line in view.lines}
        for line in view.lines:
            await self._show(line)
        if view.topic != self._topic:
            await self.hear(TopicSet(self.slug, view.topic))

    async def look_again(self) -> None:
        """The house or the person is another one now: what is not for one closes."""
        talk = self._talk
        if self._closed:
            return
        try:
            talk.services.rooms.get(talk.someone, self.slug)
        except BunnizError:
            self._closed = True
            await talk.services.rooms.leave(talk.someone, self.slug, talk)
            await talk.paper.come(
                talk.words("This room is not for you any more. Press Enter to go back.")
            )


def _more(words: Words, n: int) -> str:
    return words.many(
        "There is {n} older line; Enter alone shows it.",
        "There are {n} older lines; Enter alone shows more.",
        n,
    )
