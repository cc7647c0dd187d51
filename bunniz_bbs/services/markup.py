"""The Markdown subset of posts: bold, italic, code, quotes, lists, links as text.

Every word of a post stays visible: what is not in the subset is shown as it was
written, and an image is a link.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from wcwidth import wcswidth

from bunniz_bbs.domain.markup import (
    Block,
    CodeBlock,
    Document,
    Heading,
    Inline,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Text,
)

DEEPEST_QUOTE: Final = 3
"""Quotes in quotes deeper than this are shown at this depth."""
DEEPEST_LIST: Final = 3
"""Lists in lists deeper than this are shown at this depth."""

_NESTING: Final = 40
_LONGEST: Final = 20_000
_MOST_BRACKETS: Final = 200  # finding which ones make links costs their square
_URL: Final = re.compile(r"https?://[^\s<>\"“”]*[^\s<>\"“”.,;:!?…'»)\]]")
_ENCODED: Final = re.compile(r"%[C-F][0-9A-F](?:%[89AB][0-9A-F]){1,3}", re.IGNORECASE)


@cache
def _parser(*, links: bool) -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": _NESTING})
    parser.enable(["blockquote", "fence", "heading", "hr", "list"])
    parser.enable(["autolink", "backticks", "emphasis", "escape", "newline"])
    return parser.enable(["image", "link"]) if links else parser


def parse(body: str) -> Document:
    """What a post says. Any text is a post; nothing in it can fail."""
    parser = _parser(links=body.count("[") <= _MOST_BRACKETS)
    tokens = parser.parse(body) if len(body) <= _LONGEST else []
    # At its nesting limit the parser drops words. Nobody writes so deep to be read.
    if not tokens or any(token.level >= _NESTING - 3 for token in tokens):
        return Document((Paragraph((Text(body),)),) if body.strip() else ())
    return Document(tuple(_blocks(iter(tokens), "", 0, 0)))


def _blocks(
    tokens: Iterator[Token], end: str, quotes: int, lists: int
) -> Iterator[Block]:
    for token in tokens:
        if token.type == end:
            return
        yield from _block(token, tokens, quotes, lists)


def _block(
    token: Token, tokens: Iterator[Token], quotes: int, lists: int
) -> Sequence[Block]:
    match token.type:
        case "inline":
            return [Paragraph(tuple(_spans(token.children or [])))]
        case "heading_open":
            inline = next(tokens)
            next(tokens)
            return [Heading(tuple(_spans(inline.children or [])))]
        case "fence":
            label = f"{token.info.strip()}\n" if token.info.strip() else ""
            return [CodeBlock(label + token.content.rstrip("\n"))]
        case "hr":
            return [Rule()]
        case "blockquote_open":
            inner = tuple(_blocks(tokens, "blockquote_close", quotes + 1, lists))
            return [Quote(inner)] if quotes < DEEPEST_QUOTE else inner
        case "bullet_list_open" | "ordered_list_open":
            close = token.type.replace("open", "close")
            items = tuple(_items(tokens, close, quotes, lists))
            if lists >= DEEPEST_LIST:
                return [block for item in items for block in item]
            start = token.attrGet("start")
            ordered = token.type == "ordered_list_open"
            number = int(start) if start is not None else 1
            return [ListBlock(items, number if ordered else None)]
        case _:
            return []


def _items(
    tokens: Iterator[Token], end: str, quotes: int, lists: int
) -> Iterator[tuple[Block, ...]]:
    for token in tokens:
        if token.type == end:
            return
        if token.type == "list_item_open":
            yield tuple(_blocks(tokens, "list_item_close", quotes, lists + 1))


def _spans(tokens: Sequence[Token]) -> Iterator[Inline]:
    bold = italic = 0
    link: Token | None = None
    inside = ""
    for token in tokens:
        text = token.content
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
                continue
            case "em_open" | "em_close":
                italic += token.nesting
                continue
            case "link_open":
                link, inside = token, ""
                continue
            case "link_close" if link:
                yield _link(inside, link, "href")
                link = None
                continue
            case "image" if not link:
                yield _link(text, token, "src")
                continue
            case "image":
                text = _image_in_link(token)
            case "softbreak" | "hardbreak":
                text = "\n"
        if link:
            inside += text.replace("\n", " ")
        elif token.type == "code_inline":
            yield Text(text, bool(bold), bool(italic), code=True)
        elif text:
            yield from _with_urls(text, bool(bold), bool(italic))


def _link(text: str, token: Token, attribute: str) -> Link:
    url = _ENCODED.sub(_letter, str(token.attrGet(attribute) or ""))
    title = str(token.attrGet("title") or "")
    shown = " ".join(one for one in (text, title and f"({title})") if one)
    return Link(shown.replace("\n", " ") or url, url, host_of(url))


def _letter(encoded: re.Match[str]) -> str:
    """The letter of an address that the parser wrote in hexadecimal."""
    letter = unquote(encoded[0])
    return letter if letter.isprintable() and len(letter) == 1 else encoded[0]


def _image_in_link(token: Token) -> str:
    inner = _link(token.content, token, "src")
    return f"{inner.text} {inner.url}" if inner.text != inner.url else inner.url


def _with_urls(text: str, bold: bool, italic: bool) -> Iterator[Inline]:
    """The text, with the addresses that stand in it as links."""
    at = 0
    for found in _URL.finditer(text):
        if found.start() > at:
            yield Text(text[at : found.start()], bold, italic)
        yield _bare_link(found[0])
        at = found.end()
    if at < len(text):
        yield Text(text[at:], bold, italic)


def _bare_link(text: str) -> Link:
    """A link for an address as it was written; a host in foreign letters is shown."""
    host = host_of(text)
    if host.isascii():
        return Link(text, text, host)
    url = _ENCODED.sub(_letter, _parser(links=True).normalizeLink(text))
    return Link(text, url, host_of(url))


def host_of(url: str) -> str:
    """The host that a link leads to; empty when it names none."""
    try:
        return _split(url).hostname or ""
    except ValueError:
        return ""


def _split(url: str) -> SplitResult:
    return urlsplit(url.replace("\\", "/"))  # as browsers take it


def link_text(link: Link) -> str:
    """A link as text: its words, and where it leads where they do not say so."""
    told = link.text if link.text == link.url else f"{link.text} <{link.url}>"
    # A name before the host, or capitals in it, can pass for another host.
    begins = link.host and _split(link.url).netloc.startswith(link.host)
    return told if begins or not link.host else f"{told} ({link.host})"


def to_plain(document: Document, width: int) -> list[str]:
    """The post as lines of plain text, for readers without a screen."""
    lines: list[str] = []
    for index, block in enumerate(document.blocks):
        if index:
            lines.append("")
        lines += _plain(block, max(10, width))
    return lines


def _plain(block: Block, width: int) -> list[str]:
    match block:
        case Paragraph(spans=spans) | Heading(spans=spans):
            return _fill("".join(_said(one) for one in spans), width)
        case CodeBlock(text=text):
            return ["    " + row for row in text.split("\n")]
        case Rule():
            return ["-" * 10]
        case Quote(blocks=blocks):
            inner = to_plain(Document(blocks), width - 2)
            return [f"> {row}".rstrip() for row in inner]
        case ListBlock(items=items, start=start):
            lines: list[str] = []
            for number, item in enumerate(items):
                mark = "- " if start is None else f"{start + number}. "
                inner = to_plain(Document(item), width - len(mark)) or [""]
                lines.append(mark + inner[0])
                lines += [(" " * len(mark) + row).rstrip() for row in inner[1:]]
            return lines


def _said(span: Inline) -> str:
    return span.text if isinstance(span, Text) else link_text(span)


def _fill(text: str, width: int) -> list[str]:
    """Break between words; a word that is too long stays whole, for copying."""
    lines: list[str] = []
    for row in text.split("\n"):
        now, used = "", 0
        for word in row.split(" "):
            cells = max(wcswidth(word), 0)
            if now and used + 1 + cells > width:
                lines.append(now)
                now, used = word, cells
            else:
                used += cells + bool(now)
                now = f"{now} {word}" if now else word
        lines.append(now)
    return lines
