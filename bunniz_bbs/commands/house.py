"""Every command there is, in the order in which help shows them."""

from bunniz_bbs.commands.admission import ADMISSION_COMMANDS
from bunniz_bbs.commands.boards import BOARD_COMMANDS
from bunniz_bbs.commands.bookmarks import BOOKMARK_COMMANDS
from bunniz_bbs.commands.choices import CHOICE_COMMANDS
from bunniz_bbs.commands.drafts import DRAFT_COMMANDS
from bunniz_bbs.commands.follows import FOLLOW_COMMANDS
from bunniz_bbs.commands.held import HELD_COMMANDS
from bunniz_bbs.commands.help import HELP_COMMANDS
from bunniz_bbs.commands.keys import KEY_COMMANDS
from bunniz_bbs.commands.labels import LABEL_COMMANDS
from bunniz_bbs.commands.links import LINK_COMMANDS
from bunniz_bbs.commands.moderation import MODERATION_COMMANDS
from bunniz_bbs.commands.news import NEWS_COMMANDS
from bunniz_bbs.commands.notes import NOTE_COMMANDS
from bunniz_bbs.commands.order import ORDER_COMMANDS
from bunniz_bbs.commands.own import OWN_COMMANDS
from bunniz_bbs.commands.people import PEOPLE_COMMANDS
from bunniz_bbs.commands.profiles import PROFILE_COMMANDS
from bunniz_bbs.commands.reactions import REACTION_COMMANDS
from bunniz_bbs.commands.registry import Registry
from bunniz_bbs.commands.rooms import ROOM_COMMANDS
from bunniz_bbs.commands.search import SEARCH_COMMANDS
from bunniz_bbs.commands.team import TEAM_COMMANDS
from bunniz_bbs.commands.trust import TRUST_COMMANDS


def all_commands() -> Registry:
    """The registry of the house."""
    return Registry(
        (
            *HELP_COMMANDS,
            *PEOPLE_COMMANDS,
            *PROFILE_COMMANDS,
            *ADMISSION_COMMANDS,
            *KEY_COMMANDS,
            *OWN_COMMANDS,
            *BOARD_COMMANDS,
            *LABEL_COMMANDS,
            *LINK_COMMANDS,
            *NEWS_COMMANDS,
            *FOLLOW_COMMANDS,
            *BOOKMARK_COMMANDS,
            *DRAFT_COMMANDS,
            *CHOICE_COMMANDS,
            *SEARCH_COMMANDS,
            *REACTION_COMMANDS,
            *HELD_COMMANDS,
            *ROOM_COMMANDS,
            *TRUST_COMMANDS,
            *NOTE_COMMANDS,
            *TEAM_COMMANDS,
            *ORDER_COMMANDS,
            *MODERATION_COMMANDS,
        )
    )
