import pytest

from bunniz_bbs.commands.registry import Leave, Speak
from bunniz_bbs.domain.errors import NotAllowed, UsageUnclear
from bunniz_bbs.domain.people import Role
from tests.commands.giving import Giver
from tests.services.living import key_of


async def test_whoami_tells_name_and_role(home, maple):
    """In words and as data."""
    reply = await Giver(home, maple).verb("whoami")

    assert reply.lines == ["You are maple, member."]
    assert reply.data == {"name": "maple", "role": "member", "language": "en"}


async def test_rules_are_said_in_the_readers_language(home, maple):
    """As the house wrote them."""
    reply = await Giver(home, maple).slash("/rules")

    assert reply.lines == ["- Be kind.", "- Name nobody."]
    assert reply.data == ["Be kind.", "Name nobody."]


class TestLanguage:
    async def test_is_kept_and_spoken_at_once(self, home, maple):
        """The answer comes in the new language already."""
        reply = await Giver(home, maple).slash("/lang FR")

        assert isinstance(reply.effect, Speak)
        assert reply.effect.words.language == "fr"
        assert reply.data == {"language": "fr"}
        assert (await home.services.people.refresh(maple)).language == "fr"

    @pytest.mark.parametrize("wanted", ["es", "f", "français"])
    async def test_must_be_one_of_four(self, home, maple, wanted):
        """They are named."""
        with pytest.raises(UsageUnclear) as unclear:
            await Giver(home, maple).slash(f"/lang {wanted}")

        assert unclear.value.usage == "/lang fr|nl|en|de"


class TestInvite:
    async def test_by_default_once_for_a_member_for_a_week(self, home, mossy):
        """The code is in the answer and lets somebody in."""
        reply = await Giver(home, mossy).slash("/invite")

        code = reply.data["code"]
        assert code in reply.lines[0]
        assert "7 days" in reply.lines[1]
        assert {**reply.data, "code": ""} == {"code": "", "uses": 1, "role": "member"}
        account = await home.services.people.join(key_of("x"), code, "maple", "en")
        assert account.role is Role.MEMBER

    async def test_verbs_say_how_often_and_as_what(self, home, mossy):
        """In any order."""
        reply = await Giver(home, mossy).verb("invite --role trusted 3d --uses 5")

        assert (reply.data["uses"], reply.data["role"]) == (5, "trusted")
        assert "3 days" in reply.lines[1]

    @pytest.mark.parametrize(
        "line", ["--uses 0", "--uses 101", "--uses x", "--role owner", "--uses", "a b"]
    )
    async def test_what_makes_no_sense_is_refused(self, home, mossy, line):
        """No code is made."""
        with pytest.raises(UsageUnclear):
            await Giver(home, mossy).verb(f"invite {line}")

        assert (await home.rows())["invites"] == []

    async def test_is_not_for_members(self, home, maple):
        """The service says so, whatever the front shows."""
        with pytest.raises(NotAllowed):
            await Giver(home, maple).slash("/invite")


@pytest.mark.parametrize("text", ["/quit", "/exit", "/q"])
async def test_quitting_ends_the_visit(home, maple, text):
    """Under any of its names."""
    assert (await Giver(home, maple).slash(text)).effect == Leave()
