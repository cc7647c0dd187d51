"""Who may put labels on what, and choose what they want to read."""

from collections.abc import Sequence

from bunniz_bbs.domain.choices import Show
from bunniz_bbs.domain.errors import BoardNotFound, NotAllowed, ThreadNotFound
from bunniz_bbs.domain.ids import ThreadId
from bunniz_bbs.domain.labels import Labels, Tag
from bunniz_bbs.domain.people import Actor
from tests.services.may import GUEST, JUNK, MODERATOR, NOBODY, NOWHERE, TRUSTED, May
from tests.services.scene import Scene

POLICE = frozenset({Tag.POLICE})


def _own(scene: Scene, actor: Actor) -> ThreadId:
    return scene.own[actor.role]


LABELS: Sequence[May] = (
    May(
        "labels.label",
        GUEST,
        lambda s, a: s.on.labels.label(a, _own(s, a), Labels(POLICE)),
        case="on one's own thread",
    ),
    May(
        "labels.label",
        NOBODY,
        lambda s, a: s.on.labels.label(a, s.porch, Labels(POLICE)),
        case="on another's",
    ),
    May(
        "labels.label_post",
        GUEST,
        lambda s, a: s.on.labels.label_post(a, _own(s, a), 1, POLICE),
        case="on one's own post",
    ),
    May(
        "labels.label_post",
        NOBODY,
        lambda s, a: s.on.labels.label_post(a, s.porch, 1, POLICE),
        case="on another's",
    ),
    May(
        "labels.warn",
        MODERATOR,
        lambda s, a: s.on.labels.warn(a, s.general, None, POLICE, "Why"),
        (NotAllowed, ThreadNotFound),
        lambda s, a: s.on.labels.warn(a, NOWHERE, -5, POLICE, JUNK),
    ),
    May("choices.of", GUEST, lambda s, a: s.on.choices.of(a)),
    May(
        "choices.choose",
        GUEST,
        lambda s, a: s.on.choices.choose(a, [Tag.POLICE], Show.HIDE),
    ),
    May("choices.read_in", GUEST, lambda s, a: s.on.choices.read_in(a, ["nl"])),
    May("threads.left_out", GUEST, lambda s, a: s.on.threads.left_out(a, "porch")),
    May(
        "threads.left_out",
        TRUSTED,
        lambda s, a: s.on.threads.left_out(a, "circle"),
        (BoardNotFound,),
        lambda s, a: s.on.threads.left_out(a, JUNK),
        case="for the trusted",
    ),
)
