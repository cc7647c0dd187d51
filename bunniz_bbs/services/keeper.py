"""Lets lines go from rooms when their time is up."""

import asyncio
from datetime import datetime

from bunniz_bbs.bus.ports import Bus, room_topic
from bunniz_bbs.domain.clock import Clock
from bunniz_bbs.domain.events import LinesGone, TimersTicked
from bunniz_bbs.domain.ids import RoomSlug
from bunniz_bbs.services.memories import RoomMemories


class RoomKeeper:
    """Wakes when the next line goes or the next shown timer changes, and only then.

    Rooms without lines have no timer. Every node keeps its own memory, so that what it
    lets go is told on it alone.
    """

    def __init__(self, held: RoomMemories, bus: Bus, clock: Clock) -> None:
        self._held = held
        self._bus = bus
        self._clock = clock
        self._changed = asyncio.Event()
        self._due: dict[RoomSlug, datetime] = {}
        self._anew: set[RoomSlug] = set()
        held.on_change = self._wake

    def _wake(self, room: RoomSlug, moment: datetime | None) -> None:
        """Something is due in a room at a moment; None: look when."""
        due = self._due.get(room)
        if moment is None:
            self._anew.add(room)
        elif due is not None and due <= moment:
            return  # it is looked at before that anyway
        else:
            self._due[room] = moment
        self._changed.set()

    async def run(self) -> None:
        """Keep all rooms until cancelled."""
        self._anew.update(self._held.rooms())  # what was said before it could hear
        while True:
            self._changed.clear()
            moment = self._keep()
            await self._held.tell_who_is_here()
            if moment is None:
                await self._changed.wait()
                continue
            seconds = max(0.0, (moment - self._clock.now()).total_seconds())
            waits = {
                asyncio.ensure_future(self._changed.wait()),
                asyncio.ensure_future(self._clock.sleep(seconds)),
            }
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()

    def _keep(self) -> datetime | None:
        """See to the rooms where something is due; says when the next one is."""
        now = self._clock.now()
        for room in self._held.rooms():
            due = self._due.get(room)
            came = due is not None and due <= now
            if not came and room not in self._anew:
                continue
            self.sweep(room, ticked=came)
            moment = self._held.of(room).next_change(now)
            if moment is None:
                self._due.pop(room, None)
                self._held.forget_empty(room)
            else:
                self._due[room] = moment
        self._anew.clear()
        return min(self._due.values(), default=None)

    def sweep(self, room: RoomSlug, *, ticked: bool = True) -> None:
        """Let go of what is due now and tell who is in the room.

        Args:
            room: Which room.
            ticked: Whether shown timers may read differently since the last time.
        """
        memory = self._held.of(room)
        gone = memory.expire(self._clock.now())
        topic = room_topic(room)
        if gone:
            self._bus.tell(topic, LinesGone(room, tuple(gone)))
        if ticked and any(line.timed for line in memory.lines.values()):
            self._bus.tell(topic, TimersTicked(room))
