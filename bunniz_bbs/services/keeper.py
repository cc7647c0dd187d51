"""Lets lines go from rooms when their time is up: one waiting task a room."""

import asyncio
from datetime import datetime

from bunniz_bbs.bus.ports import Bus, room_topic
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.events import LinesGone, TimersTicked
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.services.rooms import RoomService


class RoomKeeper:
    """Wakes when the next line goes or the next shown timer changes, and only then.

    A room without lines has no timer.
    """

    def __init__(
        self, rooms: RoomService, bus: Bus, clock: Clock, house: House
    ) -> None:
        self._rooms = rooms
        self._bus = bus
        self._clock = clock
        self._changed = {slug: asyncio.Event() for slug in house.rooms}
        rooms.on_line = self._wake

    def _wake(self, room: RoomSlug) -> None:
        self._changed[room].set()

    async def run(self) -> None:
        """Keep all rooms until cancelled."""
        async with asyncio.TaskGroup() as group:
            for room in self._changed:
                group.create_task(self._keep(room))

    async def _keep(self, room: RoomSlug) -> None:
        changed = self._changed[room]
        moment: datetime | None = None
        while True:
            changed.clear()
            now = self._clock.now()
            await self.sweep(room, ticked=moment is not None and moment <= now)
            moment = self._rooms.memory(room).next_change(now)
            if moment is None:
                await changed.wait()
                continue
            seconds = max(0.0, (moment - now).total_seconds())
            waits = {
                asyncio.ensure_future(changed.wait()),
                asyncio.ensure_future(self._clock.sleep(seconds)),
            }
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()

    async def sweep(self, room: RoomSlug, *, ticked: bool = True) -> None:
        """Let go of what is due now and tell who is in the room.

        Args:
            room: Which room.
            ticked: Whether shown timers may read differently since the last time.
        """
        memory = self._rooms.memory(room)
        gone = memory.expire(self._clock.now())
        topic = room_topic(room)
        if gone:
            await self._bus.publish(topic, LinesGone(room, tuple(gone)))
        if ticked and any(line.timed for line in memory.lines.values()):
            await self._bus.publish(topic, TimersTicked(room))
