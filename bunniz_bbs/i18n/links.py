"""What somebody reads before they take a link along."""

from bunniz_bbs.i18n.words import Words


def link_warning(words: Words) -> str:
    """Who will see a visit, and that nothing is fetched here."""
    return words(
        "Nothing of a link is fetched here. If you open one, whoever runs that site "
        "sees from which network and when; your provider sees the name of the site."
    )


def imitates(words: Words, shown: str) -> str:
    """That a name has letters which can pass for others."""
    return words(
        "It shows as {shown}, in letters that can pass for others.", shown=shown
    )
