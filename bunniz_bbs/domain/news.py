"""Why something is new for somebody."""

from enum import StrEnum


class NewsKind(StrEnum):
    """Why a thread is shown as new; what comes first here is shown first."""

    ANSWER = "reply"
    """Somebody answers what the reader wrote."""
    MENTION = "mention"
    FOLLOWED = "followed"
    NEW = "new"
    UNANSWERED = "unanswered"
    """Nobody has answered; shown to those who want to."""
