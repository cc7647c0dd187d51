from dataclasses import replace

import pytest

from bunniz_bbs.domain.boards import Premod
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
    waits,
)
from bunniz_bbs.domain.rooms import Room, conversation_of
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
        """And are not changed once it has read them; the team itself never waits."""
        board = a_board(
            read=Role.GUEST, post=Role.GUEST, reply=Role.GUEST, premod=premod
        )
        for role in Role:
            actor = somebody(role)
            for action in (Action.READ_BOARD, Action.START_THREAD, Action.REPLY):
                require_board(actor, action, board)
            assert waits(actor, board) is (role in waiting)
            if role in waiting:
                with pytest.raises(WaitsForTeam):
                    require_board(actor, Action.EDIT_POST, board)
            else:
                require_board(actor, Action.EDIT_POST, board)

    def test_without_an_account_one_asks_only_where_the_team_reads_first(self):
        """Whatever else a board opens to guests."""
        passer = Actor.passing(visit="ab", name="Still Heron")
        for premod in Premod:
            board = a_board(
                read=Role.GUEST, post=Role.GUEST, reply=Role.GUEST, premod=premod
            )
            for action in (Action.START_THREAD, Action.REPLY):
                may = allows_board(passer, action, board)
                assert may is (premod is not Premod.NONE)


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


class TestPorch:
    """Where each guest talks with the team alone."""

    PORCH = a_room("porch", read=Role.GUEST, post=Role.GUEST, one_to_one=True)

    def talk_of(self, guest: Actor) -> Room:
        """Where a guest talks with the team."""
        return replace(self.PORCH, slug=conversation_of(self.PORCH.slug, guest.id))

    def test_a_guest_is_in_their_own_conversation_only(self):
        """Another one's is not there for them, and neither is one for all."""
        gorse, robin = (Actor(AccountId(one), one, Role.GUEST) for one in "ab")
        passer = Actor.passing(visit="cd", name="Still Heron")
        for mine, others in ((gorse, robin), (passer, gorse), (robin, passer)):
            for action in (Action.ENTER_ROOM, Action.SPEAK):
                require_room(mine, action, self.talk_of(mine))
                with pytest.raises(RoomNotFound):
                    require_room(mine, action, self.talk_of(others))
                with pytest.raises(ConversationUnclear):
                    require_room(mine, action, self.PORCH)

    @pytest.mark.parametrize("role", [Role.MEMBER, Role.TRUSTED])
    def test_members_do_not_come_in(self, role):
        """Not even into one that would be called after them."""
        for room in (self.PORCH, self.talk_of(somebody(role))):
            with pytest.raises(RoomNotFound):
                require_room(somebody(role), Action.ENTER_ROOM, room)

    @pytest.mark.parametrize("role", [Role.MODERATOR, Role.SYSOP])
    def test_the_team_talks_with_each_of_them(self, role):
        """With one at a time; nobody gives such a talk a topic, which is logged."""
        talk = self.talk_of(somebody(Role.GUEST))
        require_room(somebody(role), Action.SPEAK, talk)
        with pytest.raises(ConversationUnclear):
            require_room(somebody(role), Action.ENTER_ROOM, self.PORCH)
        with pytest.raises(NotAllowed):
            require_room(somebody(role), Action.SET_TOPIC, talk)

    def test_whoever_has_no_account_comes_into_no_other_room(self):
        """Whatever it opens to guests."""
        with pytest.raises(NotAllowed):
            require_room(Actor.passing(visit="ab"), Action.ENTER_ROOM, a_room())


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
