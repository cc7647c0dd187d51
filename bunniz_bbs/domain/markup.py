"""What a post says, as a small tree: blocks of spans."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link: shown as text, never opened by the program."""

    text: str
    url: str
    host: str = ""
    """Where it leads, as the network names it; empty when it leads to no host."""


Inline: TypeAlias = Text | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a newline in it is kept."""

    spans: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that stands out."""

    spans: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Text that is shown as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class ListBlock:
    """Items, with a dash each or numbered from `start`."""

    items: "tuple[tuple[Block, ...], ...]"
    start: int | None


Block: TypeAlias = Paragraph | Heading | CodeBlock | Rule | Quote | ListBlock


@dataclass(frozen=True, slots=True)
class Document:
    """A whole post."""

    blocks: tuple[Block, ...]
