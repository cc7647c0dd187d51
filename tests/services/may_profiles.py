"""Who may show what of themselves, and note what on others."""

from collections.abc import Sequence
from typing import Any

from bunniz_bbs.domain.errors import NotAllowed
from bunniz_bbs.domain.people import Actor
from tests.services.may import GUEST, JUNK, MEMBER, May
from tests.services.scene import Scene


def _note(scene: Scene, actor: Actor, name: str, text: str) -> Any:
    return scene.on.notes.write(actor, name, text)


PROFILES: Sequence[May] = (
    May("profiles.of", GUEST, lambda s, a: s.on.profiles.of(a)),
    May(
        "profiles.set_pronouns", GUEST, lambda s, a: s.on.profiles.set_pronouns(a, "we")
    ),
    May("profiles.set_speaks", GUEST, lambda s, a: s.on.profiles.set_speaks(a, ["nl"])),
    May("profiles.set_hidden", GUEST, lambda s, a: s.on.profiles.set_hidden(a, True)),
)

NOTES: Sequence[May] = (
    May("notes.all", MEMBER, lambda s, a: s.on.notes.all(a)),
    May("notes.on", MEMBER, lambda s, a: s.on.notes.on(a, s.other.id)),
    May(
        "notes.read",
        MEMBER,
        lambda s, a: s.on.notes.read(a, s.other.name),
        (NotAllowed,),
        lambda s, a: s.on.notes.read(a, JUNK),
    ),
    May(
        "notes.write",
        MEMBER,
        lambda s, a: _note(s, a, s.other.name, "Kind."),
        (NotAllowed,),
        lambda s, a: _note(s, a, JUNK, JUNK),
    ),
    May(
        "notes.addressee",
        MEMBER,
        lambda s, a: s.on.notes.addressee(a, "fern dew is kind"),
        (NotAllowed,),
        lambda s, a: s.on.notes.addressee(a, JUNK),
    ),
)
