"""What somebody began to write, as words."""

from typing import Final

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.choices import Lens
from bunniz_bbs.domain.drafts import Draft
from bunniz_bbs.domain.text import printable
from bunniz_bbs.domain.threads import Thread
from bunniz_bbs.i18n.labels import heading
from bunniz_bbs.i18n.words import Words

LONGEST: Final = 60
"""Characters of the first words that are shown."""


def meant_for(
    words: Words, lens: Lens, board: Board | None, thread: Thread | None, number: int
) -> str:
    """What a draft is for; titles are folded as they are elsewhere."""
    if board is None:
        return words("for a place that is not there any more")
    if thread is None:
        return words("New thread on {board}", board=board.title[words.language])
    title = printable(heading(words, lens, thread))
    if number:
        return words("Change of #{number} in “{title}”", number=number, title=title)
    return words("Reply in “{title}”", title=title)


def first_words(draft: Draft) -> str:
    """How a draft begins: its title, or the first line that is no quote."""
    lines = [draft.title, *draft.body.split("\n")]
    own = (one.strip() for one in lines if not one.lstrip().startswith(">"))
    text = printable(next((one for one in own if one), ""))
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def unsent(words: Words, count: int) -> str:
    """What somebody reads at home who has begun to write and did not send it."""
    return words.many(
        "You have {n} draft that you did not send. To go on with it: /drafts",
        "You have {n} drafts that you did not send. To go on with one: /drafts",
        count,
    )


def no_room(words: Words) -> str:
    """What whoever writes is told when nothing more can be taken."""
    return words(
        "There is no room for that here, so nothing of it was taken. Shorten the text "
        "first."
    )


def gone(words: Words) -> str:
    """What whoever writes is told when what they write for is removed."""
    return words(
        "What you write for is not there any more: it was removed, or its time was up, "
        "and its draft went with it. Your words stay here until you go back. Copy them "
        "if you need them."
    )
