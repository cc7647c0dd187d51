"""From what was typed to a command's arguments."""

import shlex
from collections.abc import Sequence

from bunniz_bbs.commands.registry import Arguments, Command, Front, Kind, Parameter
from bunniz_bbs.domain.durations import looks_like_duration
from bunniz_bbs.domain.errors import UsageUnclear
from bunniz_bbs.i18n import Words


def split_slash(text: str) -> tuple[str, str]:
    """The name and the rest of a line that begins with a slash."""
    name, _, rest = text.removeprefix("/").partition(" ")
    return name, rest.strip()


def read_slash(command: Command, rest: str, words: Words) -> Arguments:
    """The arguments of a slash command; the last text takes the rest as it is.

    Raises:
        UsageUnclear: One is missing or one too many.
    """
    values: dict[str, str] = {}
    for parameter in command.parameters:
        if parameter.flag:
            continue
        word, _, after = rest.partition(" ")
        if parameter.kind is Kind.TEXT:
            word, after = rest, ""
        elif _left_out(parameter, word):
            continue
        if word:
            values[parameter.name] = word
            rest = after.strip()
        elif parameter.required:
            raise UsageUnclear(command.usage(words, Front.SLASH))
    if rest:
        raise UsageUnclear(command.usage(words, Front.SLASH))
    return Arguments(values)


def split_verb(line: str) -> list[str]:
    """The words of a one-shot command, with shell quoting.

    Raises:
        UsageUnclear: A quotation mark is left open.
    """
    try:
        return shlex.split(line)
    except ValueError:
        raise UsageUnclear(line[:80]) from None


def read_verb(command: Command, given: Sequence[str], words: Words) -> Arguments:
    """The arguments of a one-shot verb.

    Raises:
        UsageUnclear: One is missing or one too many.
    """
    usage = command.usage(words, Front.VERB)
    flags = {one.flag: one for one in command.parameters if one.flag}
    values: dict[str, str] = {}
    placed: list[str] = []
    queue = list(given)
    while queue:
        word = queue.pop(0)
        if word in flags:
            if not queue:
                raise UsageUnclear(usage)
            values[flags[word].name] = queue.pop(0)
        elif word.startswith("--"):
            raise UsageUnclear(usage)
        else:
            placed.append(word)
    for parameter in command.parameters:
        if not parameter.flag:
            if parameter.kind is Kind.TEXT:
                word, placed = " ".join(placed), []
            elif placed and not _left_out(parameter, placed[0]):
                word = placed.pop(0)
            else:
                word = ""
            if word:
                values[parameter.name] = word
        if parameter.required and parameter.name not in values:
            raise UsageUnclear(usage)
    if placed:
        raise UsageUnclear(usage)
    return Arguments(values)


def _left_out(parameter: Parameter, word: str) -> bool:
    """Whether an optional duration was left out and the next argument begins."""
    if parameter.kind is not Kind.DURATION or parameter.required:
        return False
    return not looks_like_duration(word) and word != "off"
