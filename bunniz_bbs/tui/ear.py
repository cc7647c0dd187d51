"""What one visit hears of what happens, and what it does about it."""

from contextlib import ExitStack, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from bunniz_bbs.bus.ports import HOUSE, Subscription, person_topic, room_topic
from bunniz_bbs.domain.errors import Banned, StoreDown
from bunniz_bbs.domain.events import (
    AccountRemoved,
    BanSet,
    DescriptionRefused,
    Event,
    HouseChanged,
    HouseClosing,
    KeyRevoked,
    Kicked,
    LineSaid,
    NameChanged,
    RoleChanged,
)
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.i18n.keys import reset_pending, revoked
from bunniz_bbs.i18n.notices import became_trusted, let_in, notice, removed
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.tui.screens.room import RoomPage
from bunniz_bbs.tui.session import Session

if TYPE_CHECKING:
    from bunniz_bbs.tui.ways import Ways


class Ear:
    """Takes events from this session's own queue, one after the other.

    No other session's task ever touches this session's widgets.
    """

    def __init__(self, app: "Ways", session: Session) -> None:
        self._app = app
        self._session = session
        self._heard: Subscription | None = None
        self._counted = ExitStack()
        self._known = False

    def listen(self) -> None:
        """Hear what the page in front and the joined rooms need."""
        if self._heard is None:
            return
        session, app = self._session, self._app
        known = session.someone is not None and not session.someone.is_passing
        if known and not self._known:
            self._known = True
            self._counted.enter_context(session.services.visits.open(session.actor.id))
        topics = {HOUSE} | {room_topic(room) for room in session.rooms}
        if known:
            topics.add(person_topic(session.actor.id))
        for page in app.pages():
            if page is app.page or isinstance(page, RoomPage):
                topics |= set(page.topics())
        self._heard.listen(sorted(topics))

    async def follow(self) -> None:
        """Hear events until cancelled."""
        with self._counted:
            await self._follow()

    async def _follow(self) -> None:
        async with self._session.services.bus.subscribe([HOUSE], self._glance) as heard:
            self._heard = heard
            self.listen()
            # What happened before this could be heard is seen by looking.
            if await self._look():
                # Not the coroutine itself: a visit that ends now never begins it.
                self._app.run_worker(cast(Any, self._keys), group="keys")
            while True:
                event = await heard.next()
                if event is None:
                    await self._catch_up()
                else:
                    await self._take(event)

    def _glance(self, event: Event) -> bool:
        """Deal with a line at once: most screens show it with the others' frame.

        This is called in somebody else's turn: nothing here may touch a widget.
        """
        if not isinstance(event, LineSaid):
            return False
        page, session, room = self._app.front, self._session, event.line.room
        if isinstance(page, RoomPage) and page.room.slug == room:
            page.live.hear(event.line.id)
        elif room in session.rooms:
            session.rooms[room] += 1  # home hears of it as of any stir
        return True

    async def _catch_up(self) -> None:
        """Events were lost: look at everything again."""
        if await self._look() and self._session.someone:
            await self._become(self._session.actor)

    async def _look(self) -> bool:
        """See how the account stands now; whether the visit may go on."""
        session, app = self._session, self._app
        if session.someone is None:
            return True
        key, keys, actor = session.key, session.services.keys, session.actor
        try:
            # First the key: it goes with the account, which is what is told then.
            opens = not key or actor.is_passing or await keys.opens(actor, key)
            now = await session.services.people.refresh(actor)
        except Banned as ban:
            app.send_out(refusal(session.words, ban))
            return False
        except StoreDown as error:
            app.tell(refusal(session.words, error))
            return True
        if now is None:
            app.send_out(removed(session.words))
            return False
        if not opens:
            app.send_out(revoked(session.words))
            return False
        if now != session.actor:
            await self._become(now)
        return True

    async def _keys(self) -> None:
        """Note that the key is in use; say what its owner must know."""
        session, keys = self._session, self._session.services.keys
        if session.someone is None or session.someone.is_passing:
            return
        await keys.used(session.actor, session.key)
        with suppress(StoreDown):
            if good_from := await keys.pending_reset(session.actor):
                self._app.tell(reset_pending(session.words, good_from))

    async def _take(self, event: Event) -> None:
        app, words = self._app, self._session.words
        session_key = self._session.key
        match event:
            case Kicked(reason=reason):
                app.send_out(
                    words(
                        "A moderator ended this visit. The reason given: {reason}. You "
                        "may come back.",
                        reason=reason,
                    )
                )
            case BanSet(reason=reason, until=end):
                app.send_out(refusal(words, Banned(reason, end)))
            case AccountRemoved(account=gone, reason=why) if self._is_me(gone):
                app.send_out(removed(words, why))
            case NameChanged(account=who, was=was, name=name):
                for page in app.pages():
                    page.forget_name(was, name)
                if self._session.someone and who == self._session.actor.id:
                    await self._become(replace(self._session.actor, name=name))
                await self._pass_on(event)
            case KeyRevoked(key=gone) if session_key and gone == session_key.hex():
                app.send_out(revoked(words))
            case HouseClosing():
                app.house_closes()
            case HouseChanged():
                if self._session.someone:
                    await self._become(self._session.actor)
            case DescriptionRefused(problems=problems):
                if self._session.someone and self._session.actor.role is Role.SYSOP:
                    wrong = words("boards.yaml has mistakes, so nothing was changed:")
                    app.tell("\n".join([wrong, *problems]))
            case RoleChanged(role=role):
                actor = self._session.actor
                await self._become(Actor(actor.id, actor.name, role, actor.language))
                if actor.waiting:
                    app.tell(let_in(words, actor.name))
                elif actor.role < role is Role.TRUSTED:
                    app.tell(became_trusted(words))
            case _ if told := notice(words, event):
                app.tell(told)
                await self._pass_on(event)
            case _:
                await self._pass_on(event)

    def _is_me(self, account: AccountId) -> bool:
        return self._session.someone is not None and self._session.actor.id == account

    async def _become(self, actor: Actor) -> None:
        """Be this from now on: what is not for one any more closes."""
        session, app = self._session, self._app
        session.someone = actor
        rooms = session.services.rooms
        for room in [one for one in session.rooms if not rooms.is_for(actor, one)]:
            del session.rooms[room]
            await session.services.rooms.leave(actor, room, session)
        app.listen()
        for page in app.pages():
            if page is app.page or isinstance(page, RoomPage):
                await page.reload()

    async def _pass_on(self, event: Event) -> None:
        """Let pages know; rooms hear in the background too."""
        app = self._app
        for page in app.pages():
            if page is app.page or isinstance(page, RoomPage):
                await page.hear(event)
