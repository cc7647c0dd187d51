"""Who may see what is new, and choose what they hear of: whoever has an account."""

from collections.abc import Sequence

from bunniz_bbs.domain.errors import BoardNotFound, ThreadNotFound
from tests.services.may import GUEST, MEMBER, May

NEWS: Sequence[May] = (
    May("news.of", GUEST, lambda s, a: s.on.news.of(a)),
    May("news.mark_all", GUEST, lambda s, a: s.on.news.mark_all(a)),
    May(
        "news.mark_all",
        MEMBER,
        lambda s, a: s.on.news.mark_all(a, "general"),
        (BoardNotFound,),
        case="of a board for members",
    ),
    May("news.floor", GUEST, lambda s, a: s.on.news.floor(a)),
    May("news.set_floor", GUEST, lambda s, a: s.on.news.set_floor(a, "today")),
    May("news.set_answers", GUEST, lambda s, a: s.on.news.set_answers(a, True)),
    May("follows.has", GUEST, lambda s, a: s.on.follows.has(a, s.porch)),
    May("follows.all", GUEST, lambda s, a: s.on.follows.all(a)),
    May("follows.quiet", GUEST, lambda s, a: s.on.follows.quiet(a)),
    May("follows.set", GUEST, lambda s, a: s.on.follows.set(a, s.porch, True)),
    May(
        "follows.set",
        MEMBER,
        lambda s, a: s.on.follows.set(a, s.general, True),
        (ThreadNotFound,),
        case="for members",
    ),
    May(
        "follows.set_quiet",
        GUEST,
        lambda s, a: s.on.follows.set_quiet(a, "porch", True),
    ),
    May(
        "follows.set_quiet",
        MEMBER,
        lambda s, a: s.on.follows.set_quiet(a, "general", True),
        (BoardNotFound,),
        case="for members",
    ),
    May("bookmarks.all", GUEST, lambda s, a: s.on.bookmarks.all(a)),
    May("bookmarks.turn", GUEST, lambda s, a: s.on.bookmarks.turn(a, s.porch, 1)),
    May(
        "bookmarks.turn",
        MEMBER,
        lambda s, a: s.on.bookmarks.turn(a, s.general, 1),
        (ThreadNotFound,),
        case="for members",
    ),
)
