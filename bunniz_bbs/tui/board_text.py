"""What `?` says of boards, and of writing on them."""

from collections.abc import Sequence

from bunniz_bbs.commands.people import role_word
from bunniz_bbs.domain.boards import Board, Identity
from bunniz_bbs.i18n import Words


def readers(words: Words, board: Board) -> str:
    """Who can read a board, in one sentence."""
    role = role_word(words, board.read)
    return words("It can be read by everybody from the role “{role}” on.", role=role)


def under_a_name(words: Words, board: Board) -> Sequence[str]:
    """That one's name stands there, where it need not for ever."""
    if board.identity not in (Identity.ANON_ALLOWED, Identity.ANON_DEFAULT):
        return []
    return [
        words(
            "Writing without a name is planned for this board and not there yet: what "
            "you write carries your pseudonym."
        )
    ]


def how_to_write(words: Words, board: Board) -> Sequence[str]:
    """Keys, signs, and what words can give away."""
    return [
        words(
            "Ctrl+S sends. Tab goes to the next part: title, text, preview. Esc goes "
            "back and keeps the draft for 24 hours, for you alone; it also survives "
            "when the connection drops. Ctrl+D throws the draft away."
        ),
        words(
            "Where a terminal keeps Ctrl+S to itself: F10 sends too, and so does s in "
            "the preview, pressed twice."
        ),
        words(
            "Ctrl+Z takes back what you did last, Ctrl+Y does it again. Ctrl with an "
            "arrow goes by words (also Alt+B, Alt+F), Ctrl+W rubs out a word, Ctrl+U "
            "and Ctrl+K the line before and after the cursor. Shift with an arrow "
            "marks; what you type takes the place of what is marked."
        ),
        words(
            "Ctrl+O in a thread chooses words to quote. @ and the beginning of a name "
            "offer those who wrote here: Tab takes the first, Esc sends them away."
        ),
        words(
            "You can write **bold**, *italic*, `code`, lists with - or 1. and quotes "
            "with >. Nothing else is treated specially."
        ),
        words(
            "Details such as dates, places or the way you write can show who you are. "
            "Readers can copy what they see."
        ),
        *under_a_name(words, board),
    ]
