"""The reason that everything the team does to somebody must have."""

from bunniz_bbs.domain.errors import ReasonMissing
from bunniz_bbs.domain.limits import REASON_CHARACTERS
from bunniz_bbs.domain.text import clean_line


def given(text: str) -> str:
    """The reason as it is told and kept.

    Raises:
        ReasonMissing: There is none.
        TextTooLong: It does not fit.
    """
    if not text.strip():
        raise ReasonMissing
    return clean_line(text, characters=REASON_CHARACTERS)
