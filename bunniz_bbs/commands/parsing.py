"""From what was typed to a command's arguments."""

import re
from collections.abc import Sequence
from typing import Final

from bunniz_bbs.commands.registry import Arguments, Command, Front, Kind, Parameter
from bunniz_bbs.domain.durations import looks_like_duration
from bunniz_bbs.domain.errors import UsageUnclear
from bunniz_bbs.i18n import Words

LITERAL: Final = "--"
"""What comes after this word is never a flag."""

_RESTS: Final = (Kind.TEXT, Kind.SOUGHT)
"""What takes the rest of a line."""
_SPACES: Final = " \t\r\n"
_QUOTES: Final = "'\""


def split_slash(text: str) -> tuple[str, str]:
    """The name and the rest of a line that begins with a slash."""
    name, _, rest = text.removeprefix("/").partition(" ")
    return name, rest.strip()


def read_slash(command: Command, rest: str, words: Words) -> Arguments:
    """The arguments of a slash command; the last text takes the rest as it is.

    Raises:
        UsageUnclear: One is missing or one too many.
    """
    placed = [one for one in command.parameters if not one.flag]
    usage = command.usage(words, Front.SLASH)
    switches, rest = _take_switches(command, rest)
    return read_placed(placed, rest, usage).besides(switches)


def _take_switches(command: Command, rest: str) -> tuple[dict[str, str], str]:
    """What flags that stand by themselves say, and what else was typed."""
    given = {}
    for one in command.parameters:
        if one.kind is Kind.SWITCH:
            less = re.sub(rf"(?<!\S){re.escape(one.flag)}(?!\S)", "", rest, count=1)
            if less != rest:
                given[one.name], rest = one.flag, less.strip()
    return given, rest


def read_placed(parameters: Sequence[Parameter], rest: str, usage: str) -> Arguments:
    """Arguments that are known by their place alone.

    Raises:
        UsageUnclear: One is missing or one too many.
    """
    values: dict[str, str] = {}
    for parameter in parameters:
        word, _, after = rest.partition(" ")
        if parameter.kind in _RESTS:
            word, after = rest, ""
        elif _left_out(parameter, word):
            continue
        if word:
            values[parameter.name] = word
            rest = after.strip()
        elif parameter.required:
            raise UsageUnclear(usage)
    if rest:
        raise UsageUnclear(usage)
    return Arguments(values, usage)


def split_verb(line: str) -> list[str]:
    """The words of a one-shot command. Any text has some, and none is an error.

    Words are quoted as for a shell, but a mark within a word is an apostrophe: the
    client's own shell has taken the quotes away from “l'heure” already.
    """
    words: list[str] = []
    at = 0
    while at < len(line):
        if line[at] in _SPACES:
            at += 1
            continue
        word, at = _word(line, at)
        words.append(word)
    return words


def _word(line: str, at: int) -> tuple[str, int]:
    """The word that begins at a place, and the place after it."""
    word, opens = "", True
    while at < len(line) and line[at] not in _SPACES:
        end = _closing(line, at) if opens and line[at] in _QUOTES else None
        if end is None:
            word += line[at]
            at, opens = at + 1, False
        else:
            word += line[at + 1 : end]
            at, opens = end + 1, True
    return word, at


def _closing(line: str, at: int) -> int | None:
    """Where the quotation that opens at a place closes; None: it is none."""
    end = line.find(line[at], at + 1)
    if end < 0 or line[end + 1 : end + 2] not in ("", *_SPACES, *_QUOTES):
        return None
    return end


def read_verb(command: Command, given: Sequence[str], words: Words) -> Arguments:
    """The arguments of a one-shot verb.

    Raises:
        UsageUnclear: One is missing or one too many.
    """
    usage = command.usage(words, Front.VERB)
    values, placed = _take_flags(command, list(given), usage)
    for parameter in command.parameters:
        if not parameter.flag:
            if parameter.kind is Kind.SOUGHT:
                placed = [_quoted(one) for one in placed]
            if parameter.kind in _RESTS:
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
    return Arguments(values, usage)


def _quoted(word: str) -> str:
    """A word with the quotes that a shell has taken from it."""
    return f'"{word}"' if " " in word and '"' not in word else word


def _take_flags(
    command: Command, queue: list[str], usage: str
) -> tuple[dict[str, str], list[str]]:
    """What flags give, and the words that are left.

    A text given by a flag goes on until the next flag: the client's own shell has
    taken its quotes away.
    """
    flags = {one.flag: one for one in command.parameters if one.flag}
    before_text = sum(
        not one.flag and one.kind not in _RESTS for one in command.parameters
    )
    values: dict[str, str] = {}
    placed: list[str] = []
    while queue:
        word = queue.pop(0)
        if word == LITERAL:
            return values, placed + queue
        if word in flags:
            parameter = flags[word]
            if parameter.kind is Kind.SWITCH:
                values[parameter.name] = word
                continue
            value = [queue.pop(0)] if queue else []
            while parameter.kind is Kind.TEXT and queue and queue[0] not in flags:
                value.append(queue.pop(0))
            if not value:
                raise UsageUnclear(usage)
            values[parameter.name] = " ".join(value)
        elif word.startswith("--") and len(placed) <= before_text:
            raise UsageUnclear(usage)
        else:
            placed.append(word)
    return values, placed


def _left_out(parameter: Parameter, word: str) -> bool:
    """Whether an optional duration was left out and the next argument begins."""
    if parameter.kind is not Kind.DURATION or parameter.required:
        return False
    return not (looks_like_duration(word) or (parameter.or_off and word == "off"))
