"""Who may do what: one table, asked first thing by every service method.

A rule names the lowest role, or the place's own setting, or adds that the thing
must be one's own or that its owner must rank lower.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from bunniz_bbs.domain.boards import Board, Premod
from bunniz_bbs.domain.errors import (
    BoardNotFound,
    ConversationUnclear,
    NotAllowed,
    Outranked,
    RoomClosed,
    RoomNotFound,
    WaitsForTeam,
)
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.rooms import Room, guest_of


class Action(StrEnum):
    """Everything that can be asked of a service."""

    LOOK_AROUND = "look around"
    READ_BOARD = "read a board"
    START_THREAD = "begin a thread"
    REPLY = "reply"
    EDIT_POST = "edit one's own post"
    DELETE_OWN_POST = "delete one's own post"
    LABEL = "label what one wrote"
    REACT = "say something to an author without a word"
    KEEP_DRAFT = "keep a draft"
    ENTER_ROOM = "enter a room"
    SPEAK = "speak in a room"
    SET_TOPIC = "set a room's topic"
    SET_OWN = "change one's own settings"
    MANAGE_OWN_KEYS = "manage one's own keys"
    SEE_PERSON = "see what somebody shows of themselves"
    KEEP_NOTES = "keep private notes on people"
    VOUCH = "vouch for somebody"
    REPORT = "ask the team to look at something"
    READ_QUEUE = "see what waits for the team"
    DECIDE = "decide what waits for the team"
    BADGE = "give an organisation's badge"
    RESET_KEYS = "give a way back to somebody who lost their keys"
    KICK = "kick"
    MUTE = "mute"
    BAN = "ban"
    DELETE_OTHERS = "remove others' words"
    PIN = "pin a thread"
    LOCK = "lock a thread"
    WARN = "put warnings on others' words"
    MOVE = "move a thread"
    KEEP_THREAD = "keep a thread after its time"
    CHECK = "say that a thread was checked"
    CLOSE_OWN = "take no more replies in one's own thread"
    READ_LOG = "read the moderators' log"
    INVITE = "make invite codes"
    LIST_PEOPLE = "list accounts"
    MANAGE_PEOPLE = "add, promote and remove accounts"
    DESCRIBE = "change boards and rooms"


LOWEST: Final[Mapping[Action, Role]] = {
    Action.LOOK_AROUND: Role.GUEST,
    Action.READ_BOARD: Role.GUEST,  # and the board's `read`
    Action.START_THREAD: Role.GUEST,  # and the board's `post`
    Action.REPLY: Role.GUEST,  # and the board's `reply`
    Action.EDIT_POST: Role.GUEST,  # and it is one's own
    Action.DELETE_OWN_POST: Role.GUEST,  # and it is one's own
    Action.LABEL: Role.GUEST,  # and it is one's own
    Action.REACT: Role.GUEST,  # and the post is somebody else's
    Action.KEEP_DRAFT: Role.GUEST,
    Action.ENTER_ROOM: Role.GUEST,  # and the room's `read`
    Action.SPEAK: Role.GUEST,  # and the room's `post`
    Action.SET_OWN: Role.GUEST,
    Action.MANAGE_OWN_KEYS: Role.GUEST,
    Action.SEE_PERSON: Role.MEMBER,
    Action.KEEP_NOTES: Role.MEMBER,  # and they are one's own
    Action.VOUCH: Role.MEMBER,
    Action.REPORT: Role.GUEST,
    Action.READ_QUEUE: Role.MODERATOR,
    Action.DECIDE: Role.MODERATOR,
    Action.BADGE: Role.MODERATOR,
    Action.RESET_KEYS: Role.SYSOP,
    Action.SET_TOPIC: Role.MODERATOR,
    Action.KICK: Role.MODERATOR,  # and the other ranks lower
    Action.MUTE: Role.MODERATOR,  # and the other ranks lower
    Action.BAN: Role.MODERATOR,  # and the other ranks lower
    Action.DELETE_OTHERS: Role.MODERATOR,
    Action.PIN: Role.MODERATOR,
    Action.LOCK: Role.MODERATOR,
    Action.WARN: Role.MODERATOR,
    Action.MOVE: Role.MODERATOR,  # and they may read both boards
    Action.KEEP_THREAD: Role.MODERATOR,
    Action.CHECK: Role.MODERATOR,
    Action.CLOSE_OWN: Role.GUEST,  # and it is one's own
    Action.READ_LOG: Role.MODERATOR,
    Action.INVITE: Role.MEMBER,  # and the house's rule for invites
    Action.LIST_PEOPLE: Role.SYSOP,
    Action.MANAGE_PEOPLE: Role.SYSOP,
    Action.DESCRIBE: Role.SYSOP,
}


FOR_PASSERS: Final = frozenset(
    {
        Action.LOOK_AROUND,
        Action.READ_BOARD,
        Action.START_THREAD,  # where the team reads it first
        Action.REPLY,  # where the team reads it first
        Action.ENTER_ROOM,  # where one talks with the team alone
        Action.SPEAK,  # where one talks with the team alone
        Action.REPORT,
    }
)
"""All that somebody without an account can do."""


def allows(actor: Actor, action: Action) -> bool:
    """Whether the actor's role reaches for the action, whatever the place."""
    if actor.is_passing and action not in FOR_PASSERS:
        return False
    return actor.role >= LOWEST[action]


def require(actor: Actor, action: Action) -> None:
    """Let the actor pass or say why not.

    Raises:
        NotAllowed: The role does not reach.
    """
    if not allows(actor, action):
        raise NotAllowed


def require_board(actor: Actor, action: Action, board: Board) -> None:
    """Let the actor act on a board or say why not.

    Raises:
        BoardNotFound: The actor may not read it, so it does not exist for them.
        NotAllowed: The actor may read it but not do this.
        WaitsForTeam: It cannot be changed, because the team has read it as it is.
    """
    require(actor, action)
    if actor.role < board.read:
        raise BoardNotFound(board.slug)
    if action is Action.START_THREAD and actor.role < board.post:
        raise NotAllowed
    if action is Action.REPLY and (board.reply is None or actor.role < board.reply):
        raise NotAllowed
    writes = action in (Action.START_THREAD, Action.REPLY)
    if writes and actor.is_passing and not waits(actor, board):
        raise NotAllowed
    if action is Action.EDIT_POST and waits(actor, board):
        raise WaitsForTeam


def waits(actor: Actor, board: Board) -> bool:
    """Whether the team reads this person's posts here before others do."""
    if actor.role >= Role.MODERATOR or board.premod is Premod.NONE:
        return False
    return board.premod is Premod.ALL or actor.role is Role.GUEST


def allows_board(actor: Actor, action: Action, board: Board) -> bool:
    """Whether `require_board` would let the actor pass."""
    try:
        require_board(actor, action, board)
    except (BoardNotFound, NotAllowed, WaitsForTeam):
        return False
    return True


def require_room(actor: Actor, action: Action, room: Room) -> None:
    """Let the actor act in a room or say why not.

    Raises:
        RoomNotFound: The actor may not see it, so it does not exist for them.
        RoomClosed: It is not open.
        NotAllowed: The actor may listen but not do this.
        ConversationUnclear: The team talks with one guest at a time there.
    """
    if not sees_room(actor, room):
        raise RoomNotFound(room.slug)
    require(actor, action)
    if actor.is_passing and not room.one_to_one:
        raise NotAllowed
    if not room.open:
        raise RoomClosed
    if action is Action.SPEAK and actor.role < room.post:
        raise NotAllowed
    if room.one_to_one and action is Action.SET_TOPIC:
        raise NotAllowed
    if room.one_to_one and guest_of(room.slug) is None:
        raise ConversationUnclear


def sees_room(actor: Actor, room: Room) -> bool:
    """Whether a room is there for somebody.

    A guest's conversation is there for that guest and for the team, and for no member.
    """
    if not room.one_to_one or actor.role >= Role.MODERATOR:
        return actor.role >= room.read
    return actor.role is Role.GUEST and guest_of(room.slug) in (None, actor.id)


def require_own(actor: Actor, action: Action, owner: AccountId) -> None:
    """Let the actor act on their own thing only.

    Raises:
        NotAllowed: It is somebody else's.
    """
    require(actor, action)
    if actor.id != owner:
        raise NotAllowed


def require_over(actor: Actor, action: Action, name: str, role: Role) -> None:
    """Let a moderator act on somebody who ranks lower.

    Raises:
        NotAllowed: The actor's role does not reach.
        Outranked: The other person has the same role or a higher one.
    """
    require(actor, action)
    if actor.role <= role:
        raise Outranked(name)
