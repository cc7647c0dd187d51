"""What all parts of boards.yaml are made of: short names, roles, texts."""

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from wcwidth import wcswidth

from bunniz_bbs.domain.errors import Refused
from bunniz_bbs.domain.text import clean_line

RoleName = Literal["guest", "member", "trusted", "moderator", "sysop"]
NAMED: Final = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
"""A name, or a number with dots."""
NUMBERED: Final = r"(?=.*:.*:)[0-9A-Fa-f:.]{2,45}"
"""A number with colons: IPv6."""
SLUG: Final = r"^[a-z][a-z0-9-]{0,23}$"
Slug = Annotated[str, Field(pattern=SLUG)]
Days = Annotated[int, Field(ge=1, le=3650)]

TITLE_COLUMNS = 26
SENTENCE_COLUMNS = 76
PARAGRAPH_COLUMNS = 400


class Model(BaseModel):
    """A closed, frozen part of boards.yaml."""

    # Strict, because a number where a text belongs is a slip: `nl: 112` or `de: null`.
    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True
    )


def one_line(columns: int, *, empty: bool = False) -> AfterValidator:
    """A check that a text is one line that can be seen and fits into `columns`."""

    def check(text: str) -> str:
        if not text.strip():
            if empty and not text:
                return text
            raise ValueError("must not be empty")
        if len(text.splitlines()) > 1 or "\n" in text:
            raise ValueError("must be one line")
        if text != text.strip():
            raise ValueError("begins or ends with a space")
        if not _plain(text):
            raise ValueError("holds a control, direction or invisible character")
        if (width := wcswidth(text)) > columns:
            raise ValueError(f"takes {width} columns; at most {columns} fit")
        return text

    return AfterValidator(check)


def one_host() -> AfterValidator:
    """A check that a text, if there is one, can stand where a client wants a host."""

    def check(text: str) -> str:
        if text and not re.fullmatch(f"{NAMED}|{NUMBERED}", text):
            raise ValueError(
                "must be a name or a number to connect to, such as bbs.example.org, "
                "with no spaces, no user and no port"
            )
        return text

    return AfterValidator(check)


def _plain(text: str) -> bool:
    try:
        return clean_line(text, characters=len(text)) == text
    except Refused:
        return False


Line = Annotated[str, one_line(SENTENCE_COLUMNS)]
LineOrEmpty = Annotated[str, one_line(SENTENCE_COLUMNS, empty=True)]
Short = Annotated[str, one_line(TITLE_COLUMNS)]
Long = Annotated[str, one_line(PARAGRAPH_COLUMNS)]


class Title(Model):
    """A title in each language, at most 26 columns wide."""

    fr: Short
    """The title in French; at most 26 columns. Needed."""
    nl: Short
    """The title in Dutch; at most 26 columns. Needed."""
    en: Short
    """The title in English; at most 26 columns. Needed."""
    de: Short
    """The title in German; at most 26 columns. Needed."""


class Sentence(Model):
    """One line of text in each language, at most 76 columns wide."""

    fr: Line
    """The text in French; at most 76 columns. Needed."""
    nl: Line
    """The text in Dutch; at most 76 columns. Needed."""
    en: Line
    """The text in English; at most 76 columns. Needed."""
    de: Line
    """The text in German; at most 76 columns. Needed."""


class Paragraph(Model):
    """A paragraph in each language, at most 400 columns; lines break by themselves."""

    fr: Long
    """The text in French; at most 400 columns. Needed."""
    nl: Long
    """The text in Dutch; at most 400 columns. Needed."""
    en: Long
    """The text in English; at most 400 columns. Needed."""
    de: Long
    """The text in German; at most 400 columns. Needed."""


class Place(Model):
    """What boards and rooms have in common."""

    slug: Slug
    """The short name that commands use: small letters, digits and `-`, 24 at most.
    Boards and rooms share one set of names. A new name makes a new, empty place.
    Needed."""
    title: Title
    """The name that people see. Needed."""
    about: Sentence
    """One line on what the place is for. Needed."""
