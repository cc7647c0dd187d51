"""Who may come in, and what they agree to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from bunniz_bbs.domain.people import Role
from bunniz_bbs.domain.words import Told


class Mode(StrEnum):
    """How somebody without an account gets one."""

    OPEN = "open"
    """By choosing a name."""
    INVITE = "invite"
    """With a code that somebody here made."""
    APPROVAL = "approval"
    """With a code, or by asking: the team talks with them, and decides."""
    CLOSED = "closed"
    """Not at all for now; whoever has an account can add a key to it."""


@dataclass(frozen=True, slots=True)
class InviteRule:
    """Who may make codes, and how many."""

    lowest: Role = Role.MODERATOR
    """The lowest role that may; sysops always may."""
    most: int = 3
    """Unused codes that one person below moderator can have at a time."""
    days: int = 7
    """How long a code can be used."""
    uses: int = 1
    """How many people one code can let in, for those below moderator."""


@dataclass(frozen=True, slots=True)
class TrustRule:
    """When a member becomes trusted."""

    days: int = 30
    vouches: int = 2
    """By members; one by a moderator is enough."""

    def settles_on(self, today: date) -> date:
        """When a member of today may become trusted."""
        return today + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Terms:
    """What everybody agrees to; a higher version is shown again, with what changed."""

    version: int = 1
    text: Sequence[Told] = ()
    """Paragraphs."""
    changed: Sequence[Told] = ()
    """What is new since the version before."""


@dataclass(frozen=True, slots=True)
class Operator:
    """Who answers for the house."""

    name: str = ""
    contact: str = ""
    authorities: str = ""


@dataclass(frozen=True, slots=True)
class Admission:
    """The whole of it, as boards.yaml says."""

    mode: Mode = Mode.INVITE
    invites: InviteRule = field(default_factory=InviteRule)
    trust: TrustRule = field(default_factory=TrustRule)
    terms: Terms = field(default_factory=Terms)
    operator: Operator = field(default_factory=Operator)

    def present(self, kind: "ConsentKind") -> int:
        """The version of what one agrees to now."""
        return self.terms.version if kind is ConsentKind.TERMS else FIRST_VERSION


class ConsentKind(StrEnum):
    """What somebody agreed to, each by itself."""

    TERMS = "terms"
    ADULT = "adult"
    """They are 18 or older; no date of birth is ever asked for."""
    SPECIAL = "special"
    """That they are here is itself data on sex life (GDPR, article 9)."""


Agreed: TypeAlias = Mapping[ConsentKind, int]
"""What somebody agreed to, and the version that they read."""


@dataclass(frozen=True, slots=True)
class Consent:
    """That somebody agreed, and to which version."""

    kind: ConsentKind
    version: int
    given_in: date
    """The first day of the month: the day would tell when somebody came."""


FIRST_VERSION: Final = 1
"""The version of what is the same in every house: being of age, and being here."""
EDGE_DAYS: Final = 90
"""Days after which nobody can tell any more who invited whom, or who vouched."""
