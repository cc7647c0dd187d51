import pytest

from bunniz_bbs.domain.boards import Premod
from bunniz_bbs.domain.errors import (
    BoardNotFound,
    NotAllowed,
    Outranked,
    RoomClosed,
    RoomNotFound,
    WaitsForTeam,
)
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.people import CONSOLE, Actor, Role
from bunniz_bbs.domain.policy import (
    LOWEST,
    Action,
    allows,
    allows_board,
    require,
    require_board,
    require_over,
    require_own,
    require_room,
)
from tests.services.houses import a_board, a_room


def somebody(role: Role) -> Actor:
    return Actor(AccountId(role.word), role.word, role)


class TestTable:
    def test_names_every_action(self):
        """Nothing can be asked that nobody has thought about."""
        assert set(LOWEST) == set(Action)

    def test_what_a_role_may_every_higher_one_may(self):
        """Each role includes the ones before it."""
        for action in Action:
            answers = [allows(somebody(role), action) for role in Role]
            assert answers == sorted(answers)

    def test_a_sysop_and_the_console_may_all(self):
        """Places may still say no."""
        for action in Action:
            require(somebody(Role.SYSOP), action)
            require(CONSOLE, action)

    def test_a_guest_may_not_keep_order(self):
        """Nor let anybody in, nor read what moderators did."""
        guest = somebody(Role.GUEST)
        for action in (Action.KICK, Action.INVITE, Action.READ_LOG, Action.SET_TOPIC):
            with pytest.raises(NotAllowed):
                require(guest, action)


class TestBoards:
    def test_what_may_not_be_read_is_not_there(self):
        """Whatever one wants to do on it."""
        board = a_board(read=Role.TRUSTED, post=Role.GUEST, reply=Role.GUEST)
        for action in (Action.READ_BOARD, Action.START_THREAD, Action.REPLY):
            with pytest.raises(BoardNotFound):
                require_board(somebody(Role.MEMBER), action, board)

    def test_reading_is_not_writing(self):
        """Each of the three has its own lowest role."""
        board = a_board(read=Role.GUEST, post=Role.TRUSTED, reply=Role.MEMBER)
        passes = {
            role: [
                allows_board(somebody(role), action, board)
                for action in (Action.READ_BOARD, Action.REPLY, Action.START_THREAD)
            ]
            for role in (Role.GUEST, Role.MEMBER, Role.TRUSTED)
        }

        assert passes == {
            Role.GUEST: [True, False, False],
            Role.MEMBER: [True, True, False],
            Role.TRUSTED: [True, True, True],
        }

    def test_nobody_is_nobody(self):
        """Where nobody replies a sysop does not either."""
        with pytest.raises(NotAllowed):
            require_board(somebody(Role.SYSOP), Action.REPLY, a_board(reply=None))

    @pytest.mark.parametrize(
        ("premod", "waiting"),
        [
            (Premod.NONE, set()),
            (Premod.GUEST, {Role.GUEST}),
            (Premod.ALL, {Role.GUEST, Role.MEMBER, Role.TRUSTED}),
        ],
    )
    def test_whose_posts_wait_for_the_team(self, premod, waiting):
        """They may read; the team itself never waits."""
        board = a_board(
            read=Role.GUEST, post=Role.GUEST, reply=Role.GUEST, premod=premod
        )
        for role in Role:
            require_board(somebody(role), Action.READ_BOARD, board)
            for action in (Action.START_THREAD, Action.REPLY):
                if role in waiting:
                    with pytest.raises(WaitsForTeam):
                        require_board(somebody(role), action, board)
                else:
                    require_board(somebody(role), action, board)


class TestRooms:
    def test_what_may_not_be_heard_is_not_there(self):
        """Also when it is not open, and whatever one wants to do in it."""
        room = a_room(read=Role.TRUSTED, opened=False)
        for action in (Action.ENTER_ROOM, Action.SPEAK, Action.SET_TOPIC):
            with pytest.raises(RoomNotFound):
                require_room(somebody(Role.MEMBER), action, room)

    def test_listening_is_not_speaking(self):
        """Nor is it setting the topic."""
        guest, room = somebody(Role.GUEST), a_room()
        require_room(guest, Action.ENTER_ROOM, room)
        for action in (Action.SPEAK, Action.SET_TOPIC):
            with pytest.raises(NotAllowed):
                require_room(guest, action, room)

    def test_a_closed_room_is_closed_to_all(self):
        """And says so to whoever may see it."""
        with pytest.raises(RoomClosed):
            require_room(somebody(Role.SYSOP), Action.SPEAK, a_room(opened=False))


class TestPeople:
    @pytest.mark.parametrize("other", Role)
    def test_one_acts_on_lower_ranks_only(self, other):
        """A moderator on members, a sysop on moderators, nobody on their like."""
        for role in (Role.MODERATOR, Role.SYSOP):
            if other < role:
                require_over(somebody(role), Action.KICK, "maple", other)
            else:
                with pytest.raises(Outranked) as refusal:
                    require_over(somebody(role), Action.KICK, "maple", other)
                assert refusal.value.name == "maple"

    def test_the_role_is_asked_before_the_rank(self):
        """Who may not act at all learns nothing of the other's role."""
        with pytest.raises(NotAllowed):
            require_over(somebody(Role.MEMBER), Action.KICK, "maple", Role.SYSOP)

    def test_ones_own_is_ones_own(self):
        """By account, never by name or role."""
        maple = somebody(Role.MEMBER)
        require_own(maple, Action.EDIT_POST, maple.id)
        with pytest.raises(NotAllowed):
            require_own(somebody(Role.SYSOP), Action.EDIT_POST, maple.id)


def test_roles_are_written_in_small_letters():
    """In boards.yaml and on the command line."""
    for role in Role:
        assert Role.of(role.word) is role
    with pytest.raises(KeyError):
        Role.of("owner")
