"""The links of a post: where each leads, so that nobody is led elsewhere."""

from collections.abc import Iterator, Sequence

from bunniz_bbs.domain.markup import (
    Block,
    CodeBlock,
    Heading,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
)
from bunniz_bbs.domain.text import printable
from bunniz_bbs.services.markup import parse


def links_in(body: str) -> Sequence[Link]:
    """The links of a post that lead to a host, each address once, in its order."""
    if "/" not in body and "\\" not in body:
        return ()
    found = {one.url: one for one in _links(parse(body).blocks) if one.host}
    return list(found.values())


def _links(blocks: Sequence[Block]) -> Iterator[Link]:
    for block in blocks:
        match block:
            case Paragraph(spans=spans) | Heading(spans=spans):
                yield from (one for one in spans if isinstance(one, Link))
            case Quote(blocks=inner):
                yield from _links(inner)
            case ListBlock(items=items):
                for item in items:
                    yield from _links(item)
            case CodeBlock() | Rule():
                pass


def looks_like(host: str) -> str:
    """A host as it looks in foreign letters; empty where it has none.

    Such letters can look like others: it is told beside the host, never in its place.
    """
    if "xn--" not in host:
        return ""
    try:
        return printable(host.encode("ascii").decode("idna"))
    except UnicodeError:
        return ""
