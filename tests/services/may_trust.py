"""Who may vouch, look people up, and give badges."""

from collections.abc import Sequence

from bunniz_bbs.domain.errors import NotAllowed
from tests.services.may import GUEST, JUNK, MEMBER, MODERATOR, May

TRUST: Sequence[May] = (
    May("invites.allowance", MEMBER, lambda s, a: s.on.invites.allowance(a)),
    May("invites.withdraw_all", MEMBER, lambda s, a: s.on.invites.withdraw_all(a)),
    May(
        "trust.vouch",
        MEMBER,
        lambda s, a: s.on.trust.vouch(a, s.waiter.name),
        (NotAllowed,),
        lambda s, a: s.on.trust.vouch(a, JUNK),
    ),
    May(
        "trust.person",
        MEMBER,
        lambda s, a: s.on.trust.person(a, s.other.name),
        (NotAllowed,),
        lambda s, a: s.on.trust.person(a, JUNK),
    ),
    May(
        "trust.brought",
        MODERATOR,
        lambda s, a: s.on.trust.brought(a, s.other.name),
        (NotAllowed,),
        lambda s, a: s.on.trust.brought(a, JUNK),
    ),
    May("badges.given", GUEST, lambda s, a: s.on.badges.given(a)),
    May("badges.proposed", MODERATOR, lambda s, a: s.on.badges.proposed(a)),
    May(
        "badges.give",
        MODERATOR,
        lambda s, a: s.on.badges.give(a, s.other.name, "UTSOPI"),
        (NotAllowed,),
        lambda s, a: s.on.badges.give(a, JUNK, ""),
    ),
    May(
        "badges.remove",
        MODERATOR,
        lambda s, a: s.on.badges.remove(a, s.badged.name),
        (NotAllowed,),
        lambda s, a: s.on.badges.remove(a, JUNK),
    ),
    May(
        "trust.unvouch",
        MEMBER,
        lambda s, a: s.on.trust.unvouch(a, s.badged.name),
        (NotAllowed,),
        lambda s, a: s.on.trust.unvouch(a, JUNK),
    ),
)
