"""What people are called who have no name here any more."""

from bunniz_bbs.i18n.words import Words


def author(words: Words, name: str) -> str:
    """Who wrote something, under the name that is on it; empty: they have left."""
    return name or somebody_gone(words)


def somebody_gone(words: Words) -> str:
    """Stands in the place of the name of somebody whose account is gone."""
    return words("somebody who has left")


def about_renaming(words: Words) -> str:
    """What somebody needs to know before they take another name."""
    return words(
        "Your posts, your lines in rooms and mentions of you bear the new name at "
        "once, and no screen shows the former one any more. Nobody else can ever take "
        "it. Where others wrote it in their own words, without @ before it, it stays."
    )


def about_profile(words: Words) -> str:
    """Who reads the pronouns and languages that somebody shows."""
    return words(
        "Members who look you up with whois read your pronouns and which languages you "
        "speak, if you show any."
    )


def renamed(words: Words, name: str) -> str:
    """What somebody reads who has taken another name."""
    told = words("You are called {name} now.", name=name)
    return f"{told} {about_renaming(words)}"
