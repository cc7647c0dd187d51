"""What the YAML parser says, in words for whoever edits the file."""

import re
from typing import Final

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.parser import ParserError
from ruamel.yaml.reader import ReaderError

_KEY: Final = re.compile(r"[\s-]*([A-Za-z][\w-]{0,59}) *:", re.ASCII)
_WORDS: Final = (
    ("mapping values are not allowed", "a colon too many; put the text between quotes"),
    ("could not find expected ':'", "a colon is missing after a key"),
    ("found undefined alias", "this alias names an anchor that does not stand above"),
    ("maximum depth", "too many levels of lists and keys within each other"),
    ("but found another document", "a second document begins here; leave out the ---"),
    ("found unknown escape", "a backslash that means nothing between double quotes"),
    ("found duplicate anchor", "this anchor stands above already"),
    ("expected <block end>", "the indentation does not fit the lines above"),
    ("expected ',' or", "a comma or a closing bracket is missing"),
    ("did not find expected", "something is missing before this"),
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
        return 1, "too many levels of lists and keys within each other"
    if not isinstance(error, MarkedYAMLError):
        return 1, "this is not YAML that can be read"
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    said = " ".join(f"{error.context or ''} {error.problem or ''}".split())
    if "quoted scalar" in said and error.context_mark:
        # The end of the file is where it is noticed, not where the slip is.
        return error.context_mark.line + 1, "the quotes that open here are not closed"
    # A parser looks one token ahead, so the tab may stand on the line before.
    for number, row in enumerate(text.splitlines()[:line], 1):
        if number >= line - 1 and re.match(r" *\t", row):
            return number, "a tab stands here; YAML is indented with spaces"
    for words, problem in _WORDS:
        if words in said:
            return line, problem
    if isinstance(error, ParserError):
        return line, "the indentation, or a bracket or a dash, does not fit here"
    return line, "this line is not YAML"


def _code(character: object) -> str:
    if isinstance(character, int):
        return f"U+{character:04X}"
    return f"U+{ord(character):04X}" if isinstance(character, str) else "?"
