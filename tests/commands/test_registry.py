import pytest

from bunniz_bbs.commands.house import all_commands
from bunniz_bbs.commands.registry import Arguments, Command, Front, Registry, Reply
from bunniz_bbs.domain.errors import CommandNotFound, DurationUnclear, UsageUnclear
from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.people import Actor, Role
from bunniz_bbs.domain.policy import Action, allows


async def nothing(context, arguments) -> Reply:
    return Reply()


def a_command(name: str, action: Action = Action.LOOK_AROUND, **more) -> Command:
    return Command(name, "Do it.", action, nothing, **more)


def somebody(role: Role) -> Actor:
    return Actor(AccountId("x"), "x", role)


MEMBER = somebody(Role.MEMBER)


class TestRegistry:
    def test_finds_by_name_and_alias(self):
        """Whatever the capitals; on the front where the command can be given."""
        registry = Registry([a_command("rooms", aliases=("list",)), a_command("who")])

        for name in ("rooms", "ROOMS", "List"):
            assert registry.find(name, Front.SLASH, MEMBER).name == "rooms"

    def test_a_front_has_its_own_commands(self):
        """One name can mean one thing as a slash command and another as a verb."""
        pair = [a_command("pin", fronts=front) for front in (Front.SLASH, Front.VERB)]
        registry = Registry(pair)

        assert registry.find("pin", Front.SLASH, MEMBER) is pair[0]
        assert registry.find("pin", Front.VERB, MEMBER) is pair[1]

    def test_a_slip_of_the_finger_is_understood(self):
        """The command that was meant is suggested."""
        with pytest.raises(CommandNotFound) as refusal:
            all_commands().find("whoam", Front.VERB, MEMBER)

        assert refusal.value.suggestion == "whoami"

    def test_nothing_is_suggested_that_one_may_not_do(self):
        """A member who mistypes is not shown to what moderators have."""
        with pytest.raises(CommandNotFound) as refusal:
            all_commands().find("kik", Front.SLASH, MEMBER)
        with pytest.raises(CommandNotFound) as other:
            all_commands().find("kik", Front.SLASH, somebody(Role.MODERATOR))

        assert refusal.value.suggestion == ""
        assert other.value.suggestion == "kick"

    @pytest.mark.parametrize("name", ["", "x" * 10_000, "\x1b[2J", "ко"])
    def test_any_other_word_is_no_command(self, name):
        """And is said back shortly."""
        with pytest.raises(CommandNotFound) as refusal:
            all_commands().find(name, Front.VERB, MEMBER)

        assert len(refusal.value.name) <= 40

    def test_two_of_one_name_are_a_mistake_of_ours(self):
        """It is seen when the program starts."""
        with pytest.raises(ValueError, match="two commands"):
            Registry([a_command("rooms"), a_command("list", aliases=("rooms",))])

    @pytest.mark.parametrize("role", Role)
    @pytest.mark.parametrize("front", [Front.SLASH, Front.VERB])
    def test_offers_what_a_role_reaches_for(self, role, front):
        """Exactly that, in the order of help."""
        registry = all_commands()

        offered = registry.offered(front, somebody(role))

        assert offered == [
            one
            for one in registry.commands
            if front in one.fronts and allows(somebody(role), one.action)
        ]
        assert offered


class TestArguments:
    @pytest.mark.parametrize(("text", "number"), [("12", 12), ("#3", 3), ("007", 7)])
    def test_a_number_may_have_a_sign(self, text, number):
        """As it stands on the screen."""
        assert Arguments({"POST": text}, "do POST").number("POST") == number

    @pytest.mark.parametrize("text", ["", "#", "x", "-1", "1.5", "٣", "²", "1" * 16])
    def test_anything_else_is_no_number(self, text):
        """The way in which the command goes is said."""
        with pytest.raises(UsageUnclear) as unclear:
            Arguments({"POST": text}, "do POST").number("POST")

        assert unclear.value.usage == "do POST"

    def test_what_was_left_out_is_empty(self):
        """Text is empty, a duration is none, and a wrong one is refused."""
        arguments = Arguments({"WRONG": "soon"}, "do")

        assert arguments.text("TEXT") == ""
        assert arguments.duration("DURATION") is None
        with pytest.raises(DurationUnclear):
            arguments.duration("WRONG")


def test_every_command_is_one_plain_sentence():
    """Help reads alike from top to bottom."""
    for command in all_commands().commands:
        assert command.summary.endswith(".")
        assert command.summary[0].isupper()
        assert len(command.summary) < 76
