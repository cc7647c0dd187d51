"""What the YAML parser says, in words for whoever edits the file."""

import re
from typing import Final

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.parser import ParserError
from ruamel.yaml.reader import ReaderError

_KEY: Final = re.compile(r"[\s-]*([A-Za-z][\w-]{0,59}) *:", re.ASCII)
_OPENED: Final = re.compile(r"""[:-] +(["'])""")
_NOT_CLOSED: Final = "the quotes that open here are not closed"
_TOO_DEEP: Final = "too many levels of lists and keys within each other"
_WORDS: Final = (
    ("mapping values are not allowed", "a colon too many; put the text between quotes"),
    ("found undefined alias", "this alias names an anchor that does not stand above"),
    ("maximum depth", _TOO_DEEP),
    ("but found another document", "a second document begins here; leave out the ---"),
    ("double-quoted scalar", "a backslash that means nothing between double quotes"),
    ("found '<scalar>'", "something stands after the closing quotes"),
    ("expected <block end>", "the indentation does not fit the lines above"),
    ("found '<stream end>'", "the file ends before a bracket is closed"),
    ("cannot start any token", "a text that begins so must stand between quotes"),
)


def key_on(text: str, line: int) -> str:
    """The key that stands on a line, as far as the line can be read; else empty."""
    rows = text.splitlines()
    found = _KEY.match(rows[line - 1]) if line <= len(rows) else None
    return found[1] if found else ""


def explain_syntax(error: Exception, text: str) -> tuple[int, str]:
    """The line, from 1, and the problem that keeps a text from being YAML."""
    line, problem = _explain(error, text)
    # What is missing at the end is noticed on a line that is not there.
    return min(line, max(1, len(text.splitlines()))), problem


def _explain(error: Exception, text: str) -> tuple[int, str]:
    if isinstance(error, ReaderError):
        position = error.position if isinstance(error.position, int) else 0
        line = text.count("\n", 0, position) + 1
        return line, f"holds a control character ({_code(error.character)})"
    if isinstance(error, RecursionError):
        return 1, _TOO_DEEP
    if not isinstance(error, MarkedYAMLError):
        return 1, "this is not YAML that can be read"
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    said = " ".join(f"{error.context or ''} {error.problem or ''}".split())
    # The end of a part is where it is noticed, not where the slip is.
    begun = error.context_mark.line + 1 if error.context_mark else line
    if "quoted scalar" in said and "unexpected" in said:
        return begun, _NOT_CLOSED
    rows = text.splitlines()
    # A parser looks one token ahead, so the tab may stand on the line before.
    for number, row in enumerate(rows[:line], 1):
        if number >= line - 1 and re.match(r" *\t", row):
            return number, "a tab stands here; YAML is indented with spaces"
    if opened := _quotes_above(rows, line):
        return opened, _NOT_CLOSED
    if "could not find expected ':'" in said:
        return begun, "a colon is missing after a key"
    if "expected ',' or" in said:
        return begun, "the bracket that opens here is not closed, or a comma is missing"
    if "mapping values are not allowed" in said and mark:
        key = _KEY.match(rows[mark.line])
        if key and key.end() == mark.column + 1:
            return line, (
                "does not fit the line above: a colon is missing there, or this is "
                "indented too far"
            )
    for words, problem in _WORDS:
        if words in said:
            return line, problem
    if isinstance(error, ParserError):
        return line, "the indentation, or a bracket or a dash, does not fit here"
    return line, "this line is not YAML"


def _quotes_above(rows: list[str], line: int) -> int | None:
    """The line on which quotes open that the next quotes, on `line`, seem to close."""
    for number in range(line - 1, 0, -1):
        if not (opened := _OPENED.search(rows[number - 1])):
            continue
        quotes = opened[1]
        if quotes in rows[number - 1][opened.end() :]:
            continue
        between = rows[number : line - 1]
        closed = line <= len(rows) and quotes in rows[line - 1]
        return number if closed and not any(quotes in one for one in between) else None
    return None


def _code(character: object) -> str:
    if isinstance(character, int):
        return f"U+{character:04X}"
    return f"U+{ord(character):04X}" if isinstance(character, str) else "?"
