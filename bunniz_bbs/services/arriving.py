"""Coming into a room: nobody is seen there who does not want to be."""

from contextlib import ExitStack

from bunniz_bbs.domain.people import is_passer
from bunniz_bbs.domain.rooms import Room
from bunniz_bbs.services.lines import Presence, RoomMemory
from bunniz_bbs.store.ports import Store


async def come_in(
    store: Store, memory: RoomMemory, visit: object, here: Presence, room: Room
) -> None:
    """Be in a room, unseen until it is known whether one wants to be seen.

    Whoever hides at that very moment is hidden: what was looked up does not count
    then. The team and the guest whom it talks with always see each other.
    """
    memory.present[visit] = here
    with ExitStack() as unless_known:
        unless_known.callback(memory.present.pop, visit, None)
        hidden = await _is_hidden(store, here, room)
        unless_known.pop_all()
    if here.hidden is None:
        here.hidden = hidden


async def _is_hidden(store: Store, here: Presence, room: Room) -> bool:
    if room.one_to_one or is_passer(here.account):
        return False
    hidden = await store.read(lambda tx: tx.accounts.hidden([here.account]))
    return here.account in hidden
