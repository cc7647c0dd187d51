"""What was begun and not sent."""

from dataclasses import dataclass
from datetime import datetime

from bunniz_bbs.domain.labels import NONE, Labels


@dataclass(frozen=True, slots=True)
class Draft:
    """Something begun and not sent, as its writer left it."""

    place: str
    """`board:SLUG` for a new thread, `thread:ID` for a reply, `post:ID` for an edit."""
    title: str
    body: str
    saved_at: datetime
    labels: Labels = NONE
