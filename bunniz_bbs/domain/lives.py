"""How long a thread or a post stays that its author gives a shorter life."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bunniz_bbs.domain.boards import Board
from bunniz_bbs.domain.errors import LifeUnfit

SHORTEST: Final = timedelta(days=1)
LONGEST: Final = timedelta(days=365)
_OFFERED: Final = (1, 3, 7, 30)


def offered(board: Board) -> Sequence[timedelta]:
    """The lives to choose among on a board, shorter than its own."""
    lives = (timedelta(days=days) for days in _OFFERED)
    return [one for one in lives if one < (board.lifetime or LONGEST)]


def end(board: Board, lasts: timedelta | None, now: datetime) -> datetime | None:
    """When something goes that is sent now; None: with its board's time.

    Raises:
        LifeUnfit: It would go too soon, or stay longer than the board keeps threads.
    """
    if lasts is None:
        return None
    longest = board.lifetime or LONGEST
    if not SHORTEST <= lasts <= longest:
        raise LifeUnfit(int(SHORTEST.total_seconds()), int(longest.total_seconds()))
    return now + lasts
