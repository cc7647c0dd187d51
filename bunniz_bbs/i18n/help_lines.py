"""Numbers to call, as lines of text."""

from collections.abc import Sequence

from bunniz_bbs.domain.house import HelpLine, House
from bunniz_bbs.i18n.words import Words


def help_text(words: Words, one: HelpLine) -> str:
    """A help line as one line of text, with the language in which they answer."""
    text = f"{one.number}  {one.what[words.language]}"
    if hours := one.hours[words.language]:
        text += f" ({hours})"
    return f"{text}  {one.language.upper()}" if one.language else text


def first_lines(words: Words, house: House) -> Sequence[str]:
    """Those that come first for this reader: in an emergency, and in their language.

    Where none is in their language, the first one of each other is there.
    """
    lines = house.help_lines
    own = [one for one in lines if _speaks(words, one)]
    firsts = {one.language: one for one in reversed(lines) if one.language}
    near = own or list(firsts.values())
    return [help_text(words, one) for one in lines if one.urgent or one in near]


def help_lines(words: Words, house: House) -> Sequence[str]:
    """All of them, those that come first for this reader first, and how fresh."""
    order = sorted(
        house.help_lines, key=lambda one: (not one.urgent, not _speaks(words, one))
    )
    lines = [
        words("We are not an emergency service. Nobody here may be online."),
        *(help_text(words, one) for one in order),
    ]
    if order:
        oldest = min(one.checked_on for one in order).isoformat()
        lines.append(words("Sources read on {date}. Numbers can change.", date=oldest))
    return lines


def _speaks(words: Words, one: HelpLine) -> bool:
    return one.language == words.language
