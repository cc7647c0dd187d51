"""What somebody is told of what happens while they are here."""

from bunniz_bbs.domain.events import (
    DescriptionRefused,
    Event,
    HouseJoined,
    HouseParted,
    MuteLifted,
    MuteSet,
    PostRemoved,
)
from bunniz_bbs.i18n.times import until
from bunniz_bbs.i18n.words import Words


def closing(words: Words) -> str:
    """That the server stops."""
    return words(
        "The server stops now and will be back. What you posted is kept; rooms begin "
        "anew."
    )


def notice(words: Words, event: Event) -> str | None:
    """A sentence about what happened; None where it needs none."""
    match event:
        case HouseParted():
            return words(
                "The line between our servers is down. You can read and post on "
                "boards; rooms wait until it is back."
            )
        case HouseJoined():
            return words("The line between our servers is back.")
        case MuteSet(reason=reason, until=end):
            return words(
                "A moderator muted you {until}. The reason given: {reason}",
                until=until(words, end),
                reason=reason,
            )
        case MuteLifted():
            return words("You can write again.")
        case PostRemoved(title=title, reason=reason):
            return words(
                "A moderator removed something you wrote in “{title}”. The reason "
                "given: {reason}",
                title=title,
                reason=reason,
            )
        case DescriptionRefused(problems=problems):
            told = words("boards.yaml has mistakes, so nothing was changed:")
            return " ".join([told, *problems])
        case _:
            return None
