"""What a visit in line mode hears of what happens, and what it does about it."""

import asyncio
from contextlib import ExitStack, suppress

from bunniz_bbs.bus.ports import HOUSE, Subscription, person_topic, room_topic
from bunniz_bbs.domain.errors import StoreDown
from bunniz_bbs.domain.events import (
    DescriptionRefused,
    Event,
    HouseChanged,
    NameChanged,
)
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.i18n.keys import reset_pending
from bunniz_bbs.i18n.notices import became_trusted, let_in, notice
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.plain.sent_out import after, as_now
from bunniz_bbs.plain.talk import Talk


class Ear:
    """Takes events from this visit's own queue, one after the other."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._heard: Subscription | None = None
        self._counted = ExitStack()
        self._known = False
        talk.listen = self.listen

    def listen(self) -> None:
        """Hear what this person needs to hear, here and now."""
        talk = self._talk
        if self._heard is None:
            return
        topics = [HOUSE]
        if not talk.someone.is_passing:
            topics.append(person_topic(talk.someone.id))
            if not self._known:
                self._known = True
                visits = talk.services.visits
                self._counted.enter_context(visits.open(talk.someone.id))
        if talk.room:
            topics.append(room_topic(talk.room.slug))
        self._heard.listen(topics)

    async def follow(self) -> None:
        """Hear events for ever.

        Raises:
            SentOut: The visit may not go on.
            Banned: A moderator closed the door.
        """
        with self._counted:
            async with self._talk.services.bus.subscribe([HOUSE]) as heard:
                self._heard = heard
                self.listen()
                # What happened before this could be heard is seen by looking.
                await self._look()
                noting = asyncio.ensure_future(self._keys())
                try:
                    while True:
                        await self._take(await heard.next())
                finally:
                    noting.cancel()

    async def _look(self) -> None:
        talk = self._talk
        try:
            now = await as_now(talk.services, talk.someone, talk.words, talk.key)
        except StoreDown as error:
            await talk.paper.come(refusal(talk.words, error))
        else:
            await self._become(now)

    async def _keys(self) -> None:
        """Note that the key is in use; say what its owner must know."""
        talk = self._talk
        if talk.someone.is_passing:
            return
        await talk.services.keys.used(talk.someone, talk.key)
        with suppress(StoreDown):
            if good_from := await talk.services.keys.pending_reset(talk.someone):
                await talk.paper.come(reset_pending(talk.words, good_from))

    async def _take(self, event: Event | None) -> None:
        talk = self._talk
        try:
            now = await after(event, talk.services, talk.someone, talk.words, talk.key)
        except StoreDown as error:
            await talk.paper.come(refusal(talk.words, error))
        else:
            if talk.someone.waiting and not now.waiting:
                await talk.paper.come(let_in(talk.words, now.name))
            elif talk.someone.role < now.role is Role.TRUSTED:
                await talk.paper.come(became_trusted(talk.words))
            await self._become(now, looked=event is None)
        if isinstance(event, NameChanged) and talk.rename:
            talk.rename(event.was, event.name)
        if isinstance(event, HouseChanged) and talk.room:
            await talk.room.look_again()
        if isinstance(event, DescriptionRefused) and talk.someone.role < Role.SYSOP:
            return
        if event and (told := notice(talk.words, event)):
            await talk.paper.come(told)
        if talk.room:
            await talk.room.hear(event)

    async def _become(self, actor: Actor, *, looked: bool = False) -> None:
        """Be this from now on: a room that is not for one any more closes."""
        talk = self._talk
        if actor == talk.someone and not looked:
            return
        talk.someone = actor
        if talk.room:
            await talk.room.look_again()
