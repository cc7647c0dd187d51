"""The parts of boards.yaml that describe rooms and messages between two people."""

from typing import Annotated, Literal

from pydantic import Field

from bunniz_bbs.config.parts import Model, Place, RoleName, Slug


class RoomConfig(Place):
    """A room to talk live. What is said there is never written to disk."""

    read: RoleName
    """The lowest role that may come in. Needed."""
    post: RoleName
    """The lowest role that may speak; not below `read`. Needed."""
    identity: Literal["pseudonym", "anon_allowed", "anon_default"] = "pseudonym"
    """Under which name people speak. Default: pseudonym."""
    history_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    """Minutes of talk that somebody who comes in later is shown, 0 to 1440.
    Default: 0, you had to be there."""
    one_to_one: bool = False
    """Whether each guest talks alone with the team there, and never sees other guests;
    members do not come in. What is said is shown for an hour at least, so that the
    team can answer. Default: false."""
    opens: Literal["always", "scheduled"] = "always"
    """Whether it is open day and night or at set times. Default: always."""
    needs_host: bool = False
    """Whether it opens only with somebody who leads it. Default: false."""
    show_help_line: bool = False
    """Whether help lines are shown in it. Default: false."""
    instances: Annotated[tuple[Slug, ...], Field(max_length=50)] = ()
    """One room for each of these, called `slug-instance`, 24 characters at most; its
    title adds the title of the board that has that name, else the name. Default: one
    room."""


class DirectMessagesConfig(Model):
    """Messages between two people."""

    open_to: Literal["accept_first", "nobody"] = "accept_first"
    """`accept_first`, the default: the other person must agree first. `nobody`: there
    are none."""
    ttl_days: Annotated[int, Field(ge=1, le=7)] = 7
    """Days that a message is kept at most, 1 to 7. Default: 7."""
    guests: Literal[False] = False
    """Whether guests can write any. Always false."""
    moderators_can_read: Literal[False] = False
    """Whether moderators can read them. Always false."""


def instance_title(own: str, added: str, language: str) -> str:
    """The title of a room that is one of several; French puts a space before `:`."""
    colon = "\N{NO-BREAK SPACE}:" if language == "fr" else ":"
    return f"{own}{colon} {added}"


Rooms = Annotated[tuple[RoomConfig, ...], Field(max_length=50)]
