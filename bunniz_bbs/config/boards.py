"""The parts of boards.yaml that describe boards and their sections."""

from typing import Annotated, Literal

from pydantic import Field

from bunniz_bbs.config.parts import (
    Days,
    LineOrEmpty,
    Model,
    Place,
    RoleName,
    Slug,
    Title,
)

IdentityName = Literal["pseudonym", "anon_allowed", "anon_default", "staff"]
PremodName = Literal["none", "guest", "all"]
Guard = Literal["outing", "client_id", "ads", "place"]
Reaction = Literal["heard", "thanks"]
Ask = Literal["listen", "advice", "both"]


class SectionConfig(Title):
    """A heading under which boards stand."""

    id: Slug
    """The short name by which boards name their section. Needed."""


class GuardsConfig(Model):
    """What authors are warned of before they send."""

    outing: LineOrEmpty = ""
    """What counts as naming a worker. Empty, the default: the guard is off."""
    client_id: LineOrEmpty = ""
    """What counts as naming a client. Empty, the default: the guard is off."""
    ads: LineOrEmpty = ""
    """What counts as advertising. Empty, the default: the guard is off."""
    place: LineOrEmpty = ""
    """What counts as an exact place. Empty, the default: the guard is off."""


class DefaultsConfig(Model):
    """What holds for each board that says nothing else."""

    text_only: Literal[True] = True
    """Only text can be posted. Always true: there are no uploads."""
    link_policy: Literal["warn", "text"] = "warn"
    """How links are shown: `warn`, the default, names the host and warns before
    copying; `text` shows bare text. Nothing is ever fetched."""
    edit_own: bool = True
    """Whether people may change what they wrote. Default: true."""
    delete_own: bool = True
    """Whether people may remove what they wrote. Default: true."""
    reactions: tuple[Reaction, ...] = ()
    """Reactions, which only the author of a post sees. Default: none."""
    show_join_date: Literal[False] = False
    """Whether the day of joining is shown. Always false: it is not kept."""
    show_last_seen: Literal[False] = False
    """Whether the last visit is shown. Always false: it is not kept."""
    show_board_membership: Literal[False] = False
    """Whether others see which boards somebody reads. Always false."""
    guards: GuardsConfig = GuardsConfig()
    """What authors are warned of before they send. Default: all guards off."""
    ttl_days: Days | None = 365
    """Days after its last post that a thread is removed, 1 to 3650; null: it stays.
    Default: 365."""
    premod: PremodName = "none"
    """Whose posts the team reads before others do. Default: none."""
    identity: IdentityName = "pseudonym"
    """Under which name people write. `staff`: as the team, so only moderators and
    sysops can. Default: pseudonym."""


class BoardConfig(Place):
    """A board: a place for threads."""

    section: Slug
    """The id of the section it stands in. Needed."""
    read: RoleName
    """The lowest role that may read. Needed."""
    post: RoleName
    """The lowest role that may begin a thread; not below `read`. Needed."""
    reply: Literal[RoleName, "none"]
    """The lowest role that may reply, not below `read`; `none`: nobody. Needed."""
    identity: IdentityName | None = None
    """Under which name people write. `staff`: as the team, so only moderators and
    sysops can. Default: as in `defaults`."""
    premod: PremodName | None = None
    """Whose posts the team reads before others do. Default: as in `defaults`."""
    ttl_days: Days | None = None
    """Days after its last post that a thread is removed, 1 to 3650; null: it stays.
    Default: as in `defaults`."""
    ttl_after_event_days: Days | None = None
    """Days after the event that its thread is removed, 1 to 3650; only with
    `form: event`. Default: threads of events go as all others."""
    stale_after_days: Days | None = None
    """Days after which a thread is shown as possibly out of date, 1 to 3650.
    Default: never."""
    form: Literal["trust_card", "pattern_alert", "event", "article"] | None = None
    """The form in which threads are written. Default: ordinary threads."""
    guards_block: tuple[Guard, ...] = ()
    """Guards that stop a post here instead of warning; each must be on in `defaults`.
    Default: none."""
    ask_mode: tuple[Ask, ...] = ()
    """What people can ask of those who reply. Default: nothing is asked."""
    show_help_line: bool = False
    """Whether help lines stand at the foot of each thread. Default: false."""
    polls: Literal["none", "anonymous_only"] = "none"
    """Whether polls can be held. Default: none."""
    enabled: bool = True
    """False: a template, which is not opened even where `launch_profile` names it.
    Default: true."""


Boards = Annotated[tuple[BoardConfig, ...], Field(min_length=1, max_length=200)]
Sections = Annotated[tuple[SectionConfig, ...], Field(min_length=1, max_length=20)]
