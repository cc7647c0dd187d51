"""What leaving for good means: what goes, what stays, and what one can choose."""

from collections.abc import Sequence

from bunniz_bbs.domain.own import Posts
from bunniz_bbs.i18n.words import Words


def about_leaving(words: Words) -> Sequence[str]:
    """What goes and what stays, exactly."""
    return [
        words(
            "Leaving for good removes your account at once, and nobody can bring it "
            "back. Your keys, codes, drafts, notes, vouches and invites go, as do "
            "posts that wait for the team, and what you said in rooms."
        ),
        words(
            "What stays: a keyed hash of your name, so that nobody takes it; entries "
            "of the moderators' log, which name an account that is gone; what others "
            "quoted or wrote in their own words, also in reports; and copies that "
            "whoever runs the server made before, until they replace them."
        ),
    ]


def what_becomes(words: Words, posts: Posts) -> str:
    """What becomes of posts, as something to choose."""
    match posts:
        case Posts.KEEP:
            return words("My posts stay, with no name on them")
        case Posts.REMOVE:
            return words("My posts go too")


def about_posts(words: Words, posts: Posts) -> str:
    """What that means."""
    match posts:
        case Posts.KEEP:
            return words(
                "Threads stay whole for those who answered. Read your words once more "
                "before: they may tell who you are."
            )
        case Posts.REMOVE:
            return words(
                "Your words are overwritten. Threads in which nobody else wrote go; of "
                "the others the title stays."
            )


def confirm(words: Words, name: str) -> str:
    """What is typed by nobody by mistake."""
    return words("to lose this account, type your name: {name}", name=name)
