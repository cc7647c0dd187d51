import pytest

from bunniz_bbs.commands.registry import ShowHelp
from bunniz_bbs.domain.errors import CommandNotFound
from bunniz_bbs.domain.people import Role
from tests.commands.giving import Giver

EVERYBODY = ["help", "whoami", "lang", "rules", "boards", "unread", "read", "post"]
EVERYBODY += ["reply", "rooms", "say", "listen", "report"]
EVERYBODY += ["keys", "redeem", "connect"]
EVERYBODY += ["about", "terms", "agree", "agreements"]
EVERYBODY += ["waiting", "withdraw", "label", "warnings", "reads"]
EVERYBODY += ["heard", "thanks"]
EVERYBODY += ["close-replies", "open-replies"]
EVERYBODY += ["rename", "links", "drafts", "draft", "search", "edit"]
EVERYBODY += ["pronouns", "speaks", "hide", "show"]
EVERYBODY += ["read-all", "since", "unanswered", "follow", "unfollow", "followed"]
EVERYBODY += ["quiet", "unquiet", "bookmark", "bookmarks"]
EVERYBODY += ["known", "export", "leave-for-good"]
MEMBERS = ["invite", "invites", "uninvite", "whois", "vouch", "unvouch"]
MEMBERS += ["note", "notes"]
TEAM = ["kick", "mute", "unmute", "ban", "unban", "delete", "pin", "unpin"]
TEAM += ["lock", "unlock", "log", "queue", "approve", "decline", "publish", "refuse"]
TEAM += ["reports", "close", "badge", "unbadge", "warn"]
TEAM += ["move", "keep", "unkeep", "checked"]


@pytest.mark.parametrize("role", Role)
async def test_lists_exactly_what_one_may(home, role):
    """Nothing that would be refused for one's role, and all the rest."""
    giver = Giver(home, await home.person("alder", role))

    reply = await giver.verb("help")

    listed = {one["usage"].split()[0] for one in reply.data}
    expected = set(EVERYBODY) | (set(MEMBERS) if role >= Role.MEMBER else set())
    expected |= set(TEAM) if role >= Role.MODERATOR else set()
    expected |= {"role"} if role is Role.SYSOP else set()
    assert listed == expected
    shown = [line.split()[0] for line in reply.lines if line and line[0] != " "]
    assert set(shown) >= expected | {"go"}


async def test_explains_one_command(home, maple):
    """With its arguments, on the front where it was asked."""
    giver = Giver(home, maple)

    verb = await giver.verb("help post")
    slash = await giver.slash("/help /me")

    labels = "[--warn TAGS] [--ask ASK] [--lang LANGUAGE] [--for DURATION]"
    assert verb.lines[0] == f"post BOARD -t TITLE {labels}"
    assert slash.lines[0] == "/me TEXT"
    assert len(verb.lines) == len(slash.lines) == 2


async def test_on_the_full_screen_opens_the_help_of_the_page(home, maple):
    """It is there that keys are explained."""
    reply = await Giver(home, maple).slash("/help")

    assert reply.effect == ShowHelp()


async def test_what_is_no_command_is_not_explained(home, maple):
    """The one that was meant is suggested."""
    with pytest.raises(CommandNotFound) as refusal:
        await Giver(home, maple).verb("help unred")

    assert refusal.value.suggestion == "unread"


async def test_speaks_the_readers_language(home):
    """The names of arguments too."""
    giver = Giver(home, await home.person("alder", language="fr"))

    reply = await giver.verb("help read")

    assert reply.lines[0].startswith("read FORUM")
