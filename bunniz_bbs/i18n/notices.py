"""What somebody is told of what happens while they are here."""

from datetime import timedelta

from bunniz_bbs.domain.events import (
    DescriptionRefused,
    Event,
    HeldDecided,
    HouseJoined,
    HouseParted,
    KeyAdded,
    MuteLifted,
    MuteSet,
    PostRemoved,
    ResetAsked,
)
from bunniz_bbs.domain.team import HeldPost
from bunniz_bbs.domain.threads import Post
from bunniz_bbs.i18n.keys import added_key, reset_pending
from bunniz_bbs.i18n.times import spell_duration, until
from bunniz_bbs.i18n.words import Words


def closing(words: Words) -> str:
    """That the server stops."""
    return words(
        "The server stops now and will be back. What you posted is kept; rooms begin "
        "anew."
    )


def removed(words: Words, reason: str = "") -> str:
    """What somebody reads whose account is gone; a reason: they were not let in."""
    if not reason:
        return words("This account was removed.")
    return words(
        "The team did not let you in this time. Nothing of you is kept but this "
        "answer, for 30 days, and you can ask again. The reason given: {reason}",
        reason=reason,
    )


def asked_to_come_in(words: Words) -> str:
    """What somebody reads at home who waits for the team."""
    return words(
        "You asked to come in, and the team decides. Meanwhile you can read what is "
        "open to guests, and talk with the team in the porch."
    )


def let_in(words: Words, name: str) -> str:
    """What somebody reads whom the team has just let in."""
    return words("The team let you in. Welcome, {name}.", name=name)


def in_the_porch(words: Words, stay: timedelta) -> str:
    """What a guest needs to know who talks with the team."""
    return words(
        "Here you talk with the team alone; no guest and no member sees it. Where "
        "nobody answers, look in again: your words stay for {duration}.",
        duration=spell_duration(words, stay),
    )


def about_lines(words: Words, stay: timedelta) -> str:
    """What becomes of what is said in a room."""
    return words(
        "What is said here is in the server's memory only, and goes from there and "
        "from all screens after {duration}, or sooner when a line has its own timer. "
        "Who is here can copy it before.",
        duration=spell_duration(words, stay),
    )


def about_reporting(words: Words) -> str:
    """How one asks the team to look at what was said in a room."""
    return words(
        "/report NAME sends the newest line of somebody to the team, with what you "
        "write after the name. That line is then kept with the report, until 90 days "
        "after the team has closed it. Who reported it is not kept."
    )


def became_trusted(words: Words) -> str:
    """What a member reads who has just become trusted."""
    return words(
        "You are a trusted member now: enough people here believe you. Boards and "
        "rooms for trusted members are open to you."
    )


def waiting(words: Words, name: str) -> str:
    """What somebody reads whose post the team reads first."""
    return words(
        "Sent. Somebody of the team reads it before others do; then it is on the "
        "board, under the name {name}.",
        name=name,
    )


def sent(words: Words, reply: Post | HeldPost) -> str:
    """What somebody reads who replied."""
    if isinstance(reply, HeldPost):
        return waiting(words, reply.author_name)
    if reply.stood:
        return stood(words, reply.number)
    return words("Posted as #{number}.", number=reply.number)


def stood(words: Words, number: int) -> str:
    """What somebody reads who sent the same again."""
    return words(
        "You sent this already: it stands as #{number}. Nothing was posted twice.",
        number=number,
    )


def waits_for_team(words: Words, held: HeldPost) -> str:
    """What its author reads of a post that the team has not read yet."""
    if held.thread is None:
        return words("Your thread “{title}” waits for the team.", title=held.title)
    return words("Your reply in “{title}” waits for the team.", title=held.title)


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
        case KeyAdded():
            return added_key(words)
        case ResetAsked(good_from=good_from):
            return reset_pending(words, good_from)
        case PostRemoved(title=title, reason=reason):
            return words(
                "A moderator removed something you wrote in “{title}”. The reason "
                "given: {reason}",
                title=title,
                reason=reason,
            )
        case HeldDecided(title=title, published=True):
            return words(
                "The team has read what you wrote in “{title}”, and now all readers "
                "of the board can.",
                title=title,
            )
        case HeldDecided(title=title, reason=reason):
            return words(
                "The team did not publish what you wrote in “{title}”. The reason "
                "given: {reason}",
                title=title,
                reason=reason,
            )
        case DescriptionRefused(problems=problems):
            told = words("boards.yaml has mistakes, so nothing was changed:")
            return " ".join([told, *problems])
        case _:
            return None
