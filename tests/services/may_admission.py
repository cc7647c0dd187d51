"""Who may agree, and see what they agreed to."""

from collections.abc import Sequence
from datetime import timedelta

from bunniz_bbs.domain.admission import ConsentKind
from tests.services.may import GUEST, SYSOP, May

ADMISSION: Sequence[May] = (
    May(
        "invites.longer_than",
        SYSOP,
        lambda s, a: s.on.invites.longer_than(a, timedelta(days=30)),
    ),
    May("admission.consents", GUEST, lambda s, a: s.on.admission.consents(a)),
    May("admission.missing", GUEST, lambda s, a: s.on.admission.missing(a)),
    May("admission.terms_of", GUEST, lambda s, a: s.on.admission.terms_of(a)),
    May(
        "admission.agree",
        GUEST,
        lambda s, a: s.on.admission.agree(a, {ConsentKind.TERMS: 2}),
    ),
)
