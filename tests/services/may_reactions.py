"""Who may say something to an author without a word."""

from collections.abc import Sequence

from bunniz_bbs.domain.errors import NotAllowed, ThreadNotFound
from bunniz_bbs.domain.reactions import Reaction
from tests.services.may import GUEST, MEMBER, NOBODY, NOWHERE, May

HEARD = Reaction.HEARD

REACTIONS: Sequence[May] = (
    May(
        "reactions.turn", GUEST, lambda s, a: s.on.reactions.turn(a, s.porch, 1, HEARD)
    ),
    May(
        "reactions.turn",
        MEMBER,
        lambda s, a: s.on.reactions.turn(a, s.general, 1, HEARD),
        (ThreadNotFound,),
        lambda s, a: s.on.reactions.turn(a, NOWHERE, -1, HEARD),
        case="for members",
    ),
    May(
        "reactions.turn",
        NOBODY,
        lambda s, a: s.on.reactions.turn(a, s.own[a.role], 1, HEARD),
        (NotAllowed,),
        case="one's own",
    ),
)
