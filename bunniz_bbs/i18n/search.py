"""How to search, as it is told on every front."""

from collections.abc import Sequence

from bunniz_bbs.i18n.words import Words


def how_to_search(words: Words) -> Sequence[str]:
    """What can be typed."""
    return [
        words(
            "Type words and press Enter. Posts that have all of them are found, in "
            "whatever form and with or without accents; the newest come first."
        ),
        words('"words in a row" finds them in a row; -word leaves posts with it out.'),
        words(
            "board:{board} looks on one board; by:{name} for one person's posts, where "
            "nobody may write without a name.",
            board="money",
            name="name",
        ),
        words(
            "lang:fr,nl looks in threads that are tagged with one of these languages."
        ),
        words("since:7d looks back a week; since:2026-03-31 from that day on."),
    ]


def promise(words: Words) -> str:
    """What is never found."""
    return words(
        "Only what you may read here is looked through. What you look for is not kept, "
        "and nobody is told."
    )
