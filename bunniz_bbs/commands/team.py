"""Commands for asking the team, and for the team: what waits, and what is decided."""

from collections.abc import Sequence
from typing import Final

from bunniz_bbs.commands.moderation import addressed
from bunniz_bbs.commands.moments import minute
from bunniz_bbs.commands.registry import (
    Arguments,
    Command,
    Context,
    Front,
    Kind,
    Parameter,
    Reply,
    ShowTeam,
)
from bunniz_bbs.commands.rooms import line_text
from bunniz_bbs.domain.ids import RoomSlug, ThreadId
from bunniz_bbs.domain.people import Account
from bunniz_bbs.domain.policy import Action
from bunniz_bbs.domain.rooms import base_of
from bunniz_bbs.domain.team import HeldId, HeldPost, Report, ReportId
from bunniz_bbs.domain.text import printable
from bunniz_bbs.i18n import N_, Words
from bunniz_bbs.i18n.times import ago
from bunniz_bbs.services.markup import parse, to_plain
from bunniz_bbs.services.names import shape
from bunniz_bbs.services.porch import Conversation
from bunniz_bbs.services.team import Queue

WIDTH: Final = 72
"""Columns of text for one-shot readers."""


def held_head(context: Context, held: HeldPost) -> str:
    """Where a post waits to stand, and whose it is, in one line."""
    words = context.words
    board = context.services.house.boards.get(held.board)
    title = board.title[words.language] if board else held.board
    kind = words("new thread") if held.thread is None else words("reply")
    when = ago(words, held.sent_at, context.services.clock.now())
    name, about = printable(held.author_name), printable(held.title)
    return f"{title}, {kind}: {about} - {name} - {when}"


def report_head(context: Context, report: Report) -> str:
    """What a report is about, in one line."""
    when = ago(context.words, report.sent_at, context.services.clock.now())
    place = printable(report.target) or context.words("no place given")
    return f"{place} - {when}"


def talk_head(words: Words, talk: Conversation) -> str:
    """Who talks with the team, in one line."""
    name = printable(talk.name) or words("somebody")
    state = words("waits for an answer") if talk.waits else words("was answered")
    here = words("is there now") if talk.here else words("is gone at the moment")
    return f"{name} - {state}, {here}"


def _queue_lines(context: Context, queue: Queue) -> list[str]:
    words = context.words
    lines: list[str] = []
    if queue.people:
        lines += [words("People who ask to come in")]
        lines += [f"  {printable(one.name)}" for one in queue.people]
    if queue.held:
        lines += [words("Posts to read before others do")]
    for held in queue.held:
        lines.append(f"{held.id:>5}  {held_head(context, held)}")
        lines += ["       " + one for one in to_plain(parse(held.body), WIDTH)]
    if queue.reports:
        lines += [words("Reports"), *_report_lines(context, queue.reports)]
    if queue.talks:
        lines += [words("In the porch")]
    for talk in queue.talks:
        lines += [f"  {talk_head(words, talk)}", f"    listen {talk.room}"]
    return lines or [words("Nothing waits for the team.")]


def _report_lines(context: Context, reports: Sequence[Report]) -> list[str]:
    lines = []
    for one in reports:
        lines.append(f"{one.id:>5}  {report_head(context, one)}")
        lines += ["       " + printable(text) for text in one.body.split("\n")]
    return lines


def _report_data(report: Report) -> dict[str, object]:
    return {
        "report": report.id,
        "place": report.target,
        "text": report.body,
        "sent_at": minute(report.sent_at),
    }


async def queue(context: Context, arguments: Arguments) -> Reply:
    """What waits for the team."""
    found = await context.services.team.queue(context.actor)
    return Reply(
        _queue_lines(context, found),
        {
            "people": [{"name": one.name} for one in found.people],
            "posts": [
                {
                    "number": one.id,
                    "board": one.board,
                    "thread": one.thread,
                    "title": one.title,
                    "author": one.author_name,
                    "body": one.body,
                    "sent_at": minute(one.sent_at),
                }
                for one in found.held
            ],
            "reports": [_report_data(one) for one in found.reports],
            "porch": [
                {
                    "room": one.room,
                    "name": one.name,
                    "here": one.here,
                    "waits": one.waits,
                }
                for one in found.talks
            ],
        },
        ShowTeam() if context.front is Front.SLASH else None,
    )


async def approve(context: Context, arguments: Arguments) -> Reply:
    """Let somebody in who waits."""
    name = arguments.text("NAME")
    account = await context.services.team.approve(context.actor, name)
    return _about(context.words("{name} is let in.", name=account.name), account)


async def decline(context: Context, arguments: Arguments) -> Reply:
    """Turn somebody away who waits."""
    name, given = await addressed(context, arguments, _NAME, (_REASON,))
    team, why = context.services.team, given.text("REASON")
    account = await team.decline(context.actor, name, why)
    return _about(context.words("{name} is not let in.", name=account.name), account)


def _about(said: str, account: Account) -> Reply:
    return Reply([said], {"name": account.name})


async def publish(context: Context, arguments: Arguments) -> Reply:
    """Put a post that waits on its board."""
    number = HeldId(arguments.number("NUMBER"))
    held = await context.services.team.publish(context.actor, number)
    said = context.words("Published: {title}", title=held.title)
    return Reply([said], {"number": number})


async def refuse(context: Context, arguments: Arguments) -> Reply:
    """Do not publish a post that waits."""
    number = HeldId(arguments.number("NUMBER"))
    why = arguments.text("REASON")
    held = await context.services.team.refuse(context.actor, number, why)
    said = context.words("Not published: {title}", title=held.title)
    return Reply([said], {"number": number})


async def reports(context: Context, arguments: Arguments) -> Reply:
    """What people asked the team to look at."""
    found = (await context.services.team.queue(context.actor)).reports
    empty = [context.words("There are no open reports.")]
    return Reply(
        _report_lines(context, found) or empty, [_report_data(one) for one in found]
    )


async def close(context: Context, arguments: Arguments) -> Reply:
    """Note that a report was seen to."""
    number = ReportId(arguments.number("NUMBER"))
    await context.services.team.close(context.actor, number)
    said = context.words("Report {number} is closed.", number=number)
    return Reply([said], {"report": number})


async def report(context: Context, arguments: Arguments) -> Reply:
    """Ask the team to look at something."""
    place, text, of = arguments.text("PLACE"), arguments.text("TEXT"), ""
    if context.room is not None and "/" not in place:
        place, text, of = _in_room(context, context.room, f"{place} {text}".strip())
    else:
        place = await _place(context, place)
    sent = await context.services.team.report(
        context.actor, place, text or await context.body()
    )
    told = [receipt(context.words, sent)]
    if of:
        told.append(context.words("The newest line of {name} went with it.", name=of))
    return Reply(told, {"report": sent.id, "place": place})


def _in_room(context: Context, room: RoomSlug, typed: str) -> tuple[str, str, str]:
    """The place, the words, and whose newest line goes with them.

    Where no line is there of somebody whose name comes first, all of it is words. What
    is said in the porch is the team's already, and goes nowhere.
    """
    view = context.services.rooms.view(context.actor, room, context.visit)
    others = [one for one in view.lines if one.author != context.actor.id]
    given = typed.removeprefix("@").split(" ")
    for count in range(len(given), 0, -1) if not view.room.one_to_one else ():
        name = shape(" ".join(given[:count]).rstrip(":,"))
        for said in reversed(others):
            if shape(said.name) == name:
                words = " ".join(given[count:]).strip()
                return room, f"> {line_text(said)}\n{words}", said.name
    return base_of(room), typed, ""


async def _place(context: Context, typed: str) -> str:
    """A place in full: where a thread is open, the number of a post is enough."""
    number = typed.removeprefix("#")
    if context.thread is None or not (number.isascii() and number.isdigit()):
        return typed
    view = await context.services.threads.open(
        context.actor, ThreadId(context.thread), 1, 1
    )
    return f"{view.board.slug}/{context.thread}#{number}"


def receipt(words: Words, report: Report) -> str:
    """What somebody reads whose report has come."""
    return words(
        "Thank you. The team has it, as number {number}, and looks at it soon. Who "
        "reported it is not kept, so nobody can write back: ask about the number in "
        "the porch or any moderator.",
        number=report.id,
    )


_NAME = Parameter(N_("NAME"), Kind.PERSON)
_WHO = Parameter(N_("NAME"), Kind.TEXT)
_REASON = Parameter(N_("REASON"), Kind.TEXT)
_NUMBER = Parameter(N_("NUMBER"), Kind.NUMBER)

TEAM_COMMANDS = (
    Command(
        "report",
        N_("Ask the team to look at something: board/thread#post, in a room NAME."),
        Action.REPORT,
        report,
        parameters=(
            Parameter(N_("PLACE"), Kind.PLACE),
            Parameter(N_("TEXT"), Kind.TEXT, required=False),
        ),
    ),
    Command(
        "queue",
        N_("Show what waits for the team: people, posts, reports, talks."),
        Action.READ_QUEUE,
        queue,
    ),
    Command(
        "approve",
        N_("Let somebody in who waits."),
        Action.DECIDE,
        approve,
        parameters=(_WHO,),
    ),
    Command(
        "decline",
        N_("Turn somebody away who waits; they are told why."),
        Action.DECIDE,
        decline,
        parameters=(_NAME, _REASON),
    ),
    Command(
        "publish",
        N_("Put a post that waits on its board."),
        Action.DECIDE,
        publish,
        parameters=(_NUMBER,),
    ),
    Command(
        "refuse",
        N_("Do not publish a post that waits; its author is told why."),
        Action.DECIDE,
        refuse,
        parameters=(_NUMBER, _REASON),
    ),
    Command(
        "reports",
        N_("Show what people asked the team to look at."),
        Action.READ_QUEUE,
        reports,
    ),
    Command(
        "close",
        N_("Close a report that was seen to."),
        Action.DECIDE,
        close,
        parameters=(_NUMBER,),
    ),
)
