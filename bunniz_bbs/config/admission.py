"""The parts of boards.yaml that say who may come in, and what they agree to."""

from typing import Annotated, Literal

from pydantic import Field

from bunniz_bbs.config.parts import Model, Paragraph

ModeName = Literal["open", "invite", "approval", "closed"]
InviterName = Literal["member", "trusted", "moderator", "sysop"]


class InvitesConfig(Model):
    """Who may make invite codes, and how many."""

    lowest: InviterName = "moderator"
    """The lowest role that may; sysops and accounts with a badge always may.
    Default: moderator."""
    most: Annotated[int, Field(ge=1, le=100)] = 3
    """Unused codes that one person below moderator can have at a time, 1 to 100.
    Default: 3."""
    days: Annotated[int, Field(ge=1, le=90)] = 7
    """Days that a code of theirs can be used at most, 1 to 90. Default: 7."""
    uses: Annotated[int, Field(ge=1, le=50)] = 1
    """How many people a code of theirs can let in, 1 to 50. Default: 1."""


class TrustConfig(Model):
    """When a member becomes trusted."""

    days: Annotated[int, Field(ge=0, le=365)] = 30
    """Days after coming in, 0 to 365. Default: 30."""
    vouches: Annotated[int, Field(ge=1, le=10)] = 2
    """Members who must vouch, 1 to 10; one moderator is enough. Default: 2."""


class TermsConfig(Model):
    """What everybody agrees to, beside the house rules."""

    version: Annotated[int, Field(ge=1, le=9999)] = 1
    """Give a higher number when the text changes in a way that matters: then everybody
    is asked again at their next visit, 1 to 9999. Default: 1."""
    text: Annotated[tuple[Paragraph, ...], Field(max_length=20)] = ()
    """The terms, at most 20 paragraphs. Default: none, the house rules alone."""
    changed: Annotated[tuple[Paragraph, ...], Field(max_length=10)] = ()
    """What is new since the version before, at most 10 paragraphs: whoever agreed to an
    earlier one reads it first. Default: nothing is said."""


class AdmissionConfig(Model):
    """Who may come in, and what they agree to."""

    mode: ModeName = "invite"
    """How somebody new comes in. `open`: by choosing a name. `invite`, the default:
    with a code that somebody here made. `approval`: with a code, or by asking; the team
    decides. `closed`: not at all. Members can always add a key or come back."""
    invites: InvitesConfig = InvitesConfig()
    """Who may make invite codes. Default: as said there."""
    trust: TrustConfig = TrustConfig()
    """When a member becomes trusted. Default: as said there."""
    terms: TermsConfig = TermsConfig()
    """What everybody agrees to at the door. Default: the house rules alone."""
