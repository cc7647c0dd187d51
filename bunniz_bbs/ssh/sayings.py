"""What is said where no app is there to say it."""

from collections.abc import Callable
from typing import Final

from bunniz_bbs.domain.words import LANGUAGES
from bunniz_bbs.i18n import Words, words_for

UNFIT: Final = (
    "Cette clé n'est pas acceptée ici. / Deze sleutel wordt hier niet aanvaard. /\r\n"
    "This key is not accepted here. / Dieser Schlüssel wird hier nicht angenommen.\r\n"
    '  ssh-keygen -t ed25519 -C "" -f ~/.ssh/bunniz\r\n'
)
"""Said before log-in, when no language is known yet; once a connection."""


def told(words: Words | None, say: Callable[[Words], str]) -> str:
    """Something in somebody's language; in all where that is not known."""
    spoken = [words] if words else [words_for(one) for one in LANGUAGES]
    return "\n".join(say(one) for one in spoken)


def broken(words: Words, incident: str) -> str:
    """What somebody reads when their visit broke, whatever front they are at."""
    return words(
        "Something broke on our side and this visit ended. What you had sent is "
        "kept. If you tell the team, give them this number: {incident}",
        incident=incident,
    )
