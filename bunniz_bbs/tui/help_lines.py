"""Numbers to call, as lines of text."""

from bunniz_bbs.domain.house import HelpLine
from bunniz_bbs.tui.session import Session


def urgent_lines(session: Session) -> list[HelpLine]:
    """The help lines that come first for this reader: their language, then all."""
    lines = session.services.house.help_lines
    language = session.words.language
    return [one for one in lines if one.urgent or one.language == language]


def help_text(session: Session, one: HelpLine) -> str:
    """A help line as one line of text."""
    language = session.words.language
    hours = one.hours[language]
    text = f"{one.number}  {one.what[language]}"
    return f"{text} ({hours})" if hours else text
