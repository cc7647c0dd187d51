import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from bunniz_bbs.domain.markup import (
    Block,
    CodeBlock,
    Document,
    Heading,
    Link,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Text,
)
from bunniz_bbs.services.markup import (
    DEEPEST_LIST,
    DEEPEST_QUOTE,
    parse,
    to_plain,
)

PIECES = [
    "> ", "- ", "1. ", "* ", "**", "*", "_", "`", "```", "# ", "---", "\n", "\n\n",
    "  ", "    ", "[", "](", ")", "![", "<", ">", "http://a.be/x", "&amp;", "\\", "|",
    "~~~", "word", "été", "語", "x", '"', "'",
]  # fmt: skip
posts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def only(body: str) -> Block:
    (block,) = parse(body).blocks
    return block


def depth(blocks: tuple[Block, ...], kind: type[Quote] | type[ListBlock]) -> int:
    deepest = 0
    for one in blocks:
        if isinstance(one, Quote):
            deepest = max(deepest, depth(one.blocks, kind) + (kind is Quote))
        if isinstance(one, ListBlock):
            inner = max((depth(item, kind) for item in one.items), default=0)
            deepest = max(deepest, inner + (kind is ListBlock))
    return deepest


class TestParse:
    def test_a_newline_is_a_newline(self):
        """Lines stay as they were written."""
        assert to_plain(parse("one\ntwo  \nthree"), 72) == ["one", "two", "three"]

    def test_styles_are_flags(self):
        """Bold, italic and code are told apart, and combine."""
        assert only("a **b *c*** `d*`") == Paragraph(
            (
                Text("a "),
                Text("b ", bold=True),
                Text("c", bold=True, italic=True),
                Text(" "),
                Text("d*", code=True),
            )
        )

    def test_blocks_are_told_apart(self):
        """Headings, rules, quotes, lists and code are what they look like."""
        blocks = parse("# h\n\n---\n\n> q\n\n- x\n- y\n\n3. z\n\n```\n<c>\n```").blocks

        assert blocks == (
            Heading((Text("h"),)),
            Rule(),
            Quote((Paragraph((Text("q"),)),)),
            ListBlock(((Paragraph((Text("x"),)),), (Paragraph((Text("y"),)),)), None),
            ListBlock(((Paragraph((Text("z"),)),),), 3),
            CodeBlock("<c>"),
        )

    @pytest.mark.parametrize(
        "body",
        ["<b>x</b>", "&lt;b&gt;", "a | b\n--|--", "    indented", "[x]: http://a.be"],
    )
    def test_what_is_not_in_the_subset_is_text(self, body):
        """HTML, entities, tables and the rest are shown as they were written."""
        shown = " ".join("".join(to_plain(parse(body), 72)).split())

        assert shown == " ".join("".join(body.split("\n")).split())

    def test_a_link_shows_where_it_leads(self):
        """A friendly text cannot hide the address."""
        assert only('[bank](https://evil.example/x "your bank")') == Paragraph(
            (Link("bank (your bank)", "https://evil.example/x", "evil.example"),)
        )
        assert to_plain(parse("[bank](https://evil.example)"), 72) == [
            "bank <https://evil.example>"
        ]

    def test_an_address_in_running_text_is_a_link(self):
        """Addresses end before the punctuation of their sentence."""
        assert only("See https://a.be/x, <https://b.be>.") == Paragraph(
            (
                Text("See "),
                Link("https://a.be/x", "https://a.be/x", "a.be"),
                Text(", "),
                Link("https://b.be", "https://b.be", "b.be"),
                Text("."),
            )
        )

    def test_a_host_in_foreign_letters_is_unmasked(self):
        """An address that looks like another one is shown as the network reads it."""
        (link,) = only("https://bаnk.be").spans

        assert link == Link(
            "https://bаnk.be", "https://xn--bnk-6cd.be", "xn--bnk-6cd.be"
        )

    def test_an_image_is_a_link(self):
        """A picture is its description and where it is, also inside a link."""
        assert only("![cat](http://a.be/c.png)") == Paragraph(
            (Link("cat", "http://a.be/c.png", "a.be"),)
        )
        assert only("[![cat](http://a.be/c)](http://b.be)") == Paragraph(
            (Link("cat http://a.be/c", "http://b.be", "b.be"),)
        )

    def test_an_address_keeps_its_letters(self):
        """Accents in an address stay readable; what could steer a terminal does not."""
        (link,) = only("[x](http://a.be/été%1B%E2%80%AE)").spans

        assert link == Link("x", "http://a.be/été%1B%E2%80%AE", "a.be")

    def test_no_link_runs_anything(self):
        """What is not an address stays text."""
        body = "[x](javascript:alert(1))"

        assert only(body) == Paragraph((Text(body),))

    @settings(max_examples=300)
    @given(st.one_of(posts, st.text(max_size=200)))
    def test_every_word_stays(self, body):
        """Any text is a post, and none of its words is lost."""
        document = parse(body)
        shown = "\n".join(to_plain(document, 40))

        for word in re.findall(r"[^\W\d_]+", body.replace("&amp;", " ")):
            assert word in shown
        assert depth(document.blocks, Quote) <= DEEPEST_QUOTE
        assert depth(document.blocks, ListBlock) <= DEEPEST_LIST

    @pytest.mark.parametrize("mark", ["> ", "- ", "> - ", "1. "])
    @pytest.mark.parametrize("times", [4, 12, 13, 18, 19, 20, 37, 40, 80, 900])
    def test_depth_is_bounded_and_loses_nothing(self, mark, times):
        """Quotes within quotes become flat, and the words at their bottom stay."""
        document = parse(mark * times + "word")

        assert "word" in "\n".join(to_plain(document, 40))
        assert depth(document.blocks, Quote) <= DEEPEST_QUOTE
        assert depth(document.blocks, ListBlock) <= DEEPEST_LIST

    @pytest.mark.parametrize(
        "piece",
        [
            "[",
            "![[",
            "[a](",
            "**a",
            "*_",
            "`a",
            "`",
            ">",
            "- ",
            "<http://",
            "\\",
            "_a_",
        ],
    )
    def test_no_post_is_expensive(self, piece):
        """The longest post that fits takes well under half a second of a processor."""
        body = (piece * 4000)[:4000]
        began = time.process_time()

        to_plain(parse(body), 72)

        assert time.process_time() - began < 0.5


class TestToPlain:
    def test_it_reads_without_a_screen(self):
        """Quotes, lists and code are marked with signs that every terminal has."""
        body = "> one\n> > two\n\n- a\n- b\n\n1. c\n2. d\n\n```\ncode\n```\n\n---"

        assert to_plain(parse(body), 72) == [
            "> one", ">", "> > two", "", "- a", "- b", "", "1. c", "2. d", "",
            "    code", "", "----------",
        ]  # fmt: skip

    @given(st.lists(st.sampled_from(["a", "été", "語語", "long-word"]), max_size=40))
    def test_lines_fit(self, words):
        """Lines break between words, by the cells that they take."""
        lines = to_plain(parse(" ".join(words)), 20)

        assert all(wcswidth(one) <= 20 for one in lines)
        assert " ".join(lines).split() == words

    def test_a_long_word_stays_whole(self):
        """An address that is wider than the screen can still be copied."""
        assert to_plain(parse("see " + "x" * 50), 20) == ["see", "x" * 50]

    def test_an_empty_post_has_no_lines(self):
        """Nothing is nothing."""
        assert parse(" \n ") == Document(())
        assert to_plain(parse(""), 72) == []
