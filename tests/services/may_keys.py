"""Who may do what with keys."""

from collections.abc import Sequence
from typing import Final

import asyncssh

from bunniz_bbs.domain.errors import KeyNotFound, NotAllowed
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.services.keys import handle
from tests.services.may import GUEST, JUNK, SYSOP, May
from tests.services.scene import Scene

SOME: Final = KeyDigest(bytes(32))


def public_key() -> str:
    """A new public key, as its file says it."""
    return asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()


async def label(scene: Scene, actor: Actor) -> None:
    """Call one's key so."""
    [key] = await scene.on.keys.list(actor)
    await scene.on.keys.label(actor, handle(key), "phone")


async def revoke(scene: Scene, actor: Actor) -> None:
    """Revoke one of two keys."""
    await scene.on.keys.add(actor, public_key(), "old")
    await scene.on.keys.revoke(actor, "old")


KEYS: Sequence[May] = (
    May("keys.list", GUEST, lambda s, a: s.on.keys.list(a)),
    May("keys.opens", GUEST, lambda s, a: s.on.keys.opens(a, SOME)),
    May("keys.note_use", GUEST, lambda s, a: s.on.keys.note_use(a, SOME)),
    May("keys.used", GUEST, lambda s, a: s.on.keys.used(a, SOME)),
    May("keys.add", GUEST, lambda s, a: s.on.keys.add(a, public_key(), "new")),
    May("keys.label", GUEST, label, (NotAllowed, KeyNotFound)),
    May("keys.revoke", GUEST, revoke, (NotAllowed, KeyNotFound)),
    May("keys.device_code", GUEST, lambda s, a: s.on.keys.device_code(a)),
    May("keys.recovery_codes", GUEST, lambda s, a: s.on.keys.recovery_codes(a)),
    May("keys.recovery_left", GUEST, lambda s, a: s.on.keys.recovery_left(a)),
    May("keys.pending_reset", GUEST, lambda s, a: s.on.keys.pending_reset(a)),
    May("keys.stop_reset", GUEST, lambda s, a: s.on.keys.stop_reset(a)),
    May(
        "keys.reset",
        SYSOP,
        lambda s, a: s.on.keys.reset(a, s.other.name),
        (NotAllowed,),
        lambda s, a: s.on.keys.reset(a, JUNK),
    ),
)
