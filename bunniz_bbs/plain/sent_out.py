"""What ends a visit without a screen: a moderator, or an account that is gone."""

from dataclasses import dataclass, replace
from typing import Final

from bunniz_bbs.domain.errors import Banned
from bunniz_bbs.domain.events import (
    AccountRemoved,
    BanSet,
    Event,
    KeyRevoked,
    Kicked,
    NameChanged,
    RoleChanged,
)
from bunniz_bbs.domain.ids import KeyDigest
from bunniz_bbs.domain.people import Actor
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.keys import revoked
from bunniz_bbs.i18n.notices import removed
from bunniz_bbs.services import Services

KICKED: Final = N_(
    "A moderator ended this visit. The reason given: {reason}. You may come back."
)


@dataclass
class SentOut(Exception):
    """The visit may not go on."""

    code: str
    """Why, for programs."""
    sentence: str
    """Why, for whoever is sent out."""


async def as_now(
    services: Services, actor: Actor, words: Words, key: KeyDigest | None = None
) -> Actor:
    """The actor as the account stands now, for whoever came in with a key.

    Raises:
        SentOut: The account is gone, or the key opens it no more.
        Banned: A moderator closed the door.
    """
    # First the key: it goes with the account, which is what is told then.
    opens = not key or actor.is_passing or await services.keys.opens(actor, key)
    now = await services.people.refresh(actor)
    if now is None:
        raise SentOut("account-removed", removed(words))
    if not opens:
        raise SentOut("key-revoked", revoked(words))
    return now


async def after(
    event: Event | None,
    services: Services,
    actor: Actor,
    words: Words,
    key: KeyDigest | None = None,
) -> Actor:
    """Who somebody is after what was heard; None: something was missed.

    Raises:
        SentOut: A moderator ended the visit, the account is gone, or the key opens it
            no more.
        Banned: A moderator closed the door.
    """
    match event:
        case Kicked(reason=reason):
            raise SentOut("kicked", words(KICKED, reason=reason))
        case BanSet(reason=reason, until=until):
            raise Banned(reason, until)
        case AccountRemoved(account=gone, reason=reason) if gone == actor.id:
            raise SentOut("account-removed", removed(words, reason))
        case KeyRevoked(key=gone) if key and gone == key.hex():
            raise SentOut("key-revoked", revoked(words))
        case NameChanged(account=who, name=name) if who == actor.id:
            return replace(actor, name=name)
        case RoleChanged(role=role):
            return replace(actor, role=role, waiting=False)
        case None:
            return await as_now(services, actor, words, key)
    return actor
