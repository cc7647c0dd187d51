"""What this place knows about somebody, in sentences."""

from collections.abc import Sequence
from typing import Final

from bunniz_bbs.domain.own import Holding, Kept, Seen, Where
from bunniz_bbs.i18n.times import spell_duration
from bunniz_bbs.i18n.words import N_, Words

EXPORT: Final = "ssh HOST export > FILE"
"""Takes a copy."""

SAID: Final[dict[Kept, tuple[str, str]]] = {
    Kept.ACCOUNT: (
        N_("Your account"),
        N_(
            "Your name, your role and language, the day from which on posts count as "
            "new to you, and whether you are shown what waits for a first answer. "
            "While you wait for it: the day on which you can become trusted, and at "
            "first the day until which you post slowly."
        ),
    ),
    Kept.PROFILE: (
        N_("What you show of yourself"),
        N_("Your pronouns, your languages, and whether you are hidden in rooms."),
    ),
    Kept.KEYS: (
        N_("Your keys"),
        N_(
            "Of each a keyed hash, your label, the month in which it was added and the "
            "week in which it was last used. Until you revoke it."
        ),
    ),
    Kept.CODES: (
        N_("Your codes"),
        N_(
            "Keyed hashes of recovery codes, and of codes for a device or for a way "
            "back. Until they are used, expire, or new ones take their place."
        ),
    ),
    Kept.CONSENTS: (
        N_("What you agreed to"),
        N_("What, which version, and in which month. Until you leave for good."),
    ),
    Kept.POSTS: (
        N_("Your posts"),
        N_(
            "Your words, what you warned of, your name on them and when you sent them, "
            "and an index that search finds them by. Until you remove them, as long as "
            "you said, or as long as their board keeps threads."
        ),
    ),
    Kept.THREADS: (
        N_("Threads that you began"),
        N_(
            "Their title and labels, your name on it and when. As long as the thread "
            "is there."
        ),
    ),
    Kept.MENTIONS: (
        N_("Posts that mean you"),
        N_(
            "Where others write @ and your name, your account is kept in its place. As "
            "long as the post is there."
        ),
    ),
    Kept.HELD: (
        N_("Posts that wait for the team"),
        N_("Your words, their labels and your name, until the team decides."),
    ),
    Kept.DRAFTS: (
        N_("Drafts"),
        N_(
            "What you began to write and did not send. Sealed: a copy of the data file "
            "does not show the words, but for which board or thread they are."
        ),
    ),
    Kept.READS: (
        N_("How far you have read"),
        N_(
            "For each thread a number, so that new posts can be shown. As long as the "
            "thread is there."
        ),
    ),
    Kept.MEANT: (
        N_("New posts that mean you"),
        N_("That they do, until you have read them."),
    ),
    Kept.FOLLOWS: (
        N_("Threads that you follow"),
        N_(
            "Those of which you said so, and those of which you said that you do not. "
            "As long as the thread is there."
        ),
    ),
    Kept.QUIET: (
        N_("Quiet boards"),
        N_("Boards of which you want to hear nothing, until you change your mind."),
    ),
    Kept.BOOKMARKS: (
        N_("Your bookmarks"),
        N_("Until you remove them, or as long as the post is there."),
    ),
    Kept.REACTIONS: (
        N_("What you said to authors without a word"),
        N_(
            "That you heard them, or thanked them. Authors see how many did, never "
            "who. Until you take it back, or as long as the post is there."
        ),
    ),
    Kept.CHOICES: (
        N_("What you want to read"),
        N_(
            "Which warnings you keep open, folded or hidden, and the languages in "
            "which you read. Until you choose otherwise."
        ),
    ),
    Kept.NOTES: (
        N_("Your notes on people"),
        N_(
            "Sealed: nobody else reads them here, and a copy of the data file does not "
            "show them. Until you remove them."
        ),
    ),
    Kept.NOTED: (
        N_("Notes that others keep on you"),
        N_(
            "Each is sealed to whoever wrote it, and nobody is told whether there are "
            "any."
        ),
    ),
    Kept.VOUCHES: (
        N_("For whom you vouch"),
        N_("That you did, and in which week."),
    ),
    Kept.VOUCHED: (
        N_("Who vouches for you"),
        N_(
            "Who did, and in which week. You are not told, so that nobody has to "
            "explain themselves."
        ),
    ),
    Kept.INVITES: (
        N_("Your invite codes"),
        N_("Keyed hashes, until they are used or expire, or you withdraw them."),
    ),
    Kept.BROUGHT: (
        N_("Who came through your codes"),
        N_("That they did, and in which month."),
    ),
    Kept.INVITED: (
        N_("Through whom you came"),
        N_("Who gave you the code, and the month in which you came."),
    ),
    Kept.BADGE: (
        N_("A badge that you have"),
        N_("The organisation, and the day. Until the team takes it away."),
    ),
    Kept.BADGES_GIVEN: (
        N_("Badges that you proposed or confirmed"),
        N_("That it was you. As long as the badge is there."),
    ),
    Kept.RESTRICTIONS: (
        N_("Bans and mutes"),
        N_("The reason, and until when. Until then, or until a moderator lifts it."),
    ),
    Kept.BARRED: (
        N_("Keys of yours that a ban holds off"),
        N_(
            "Keyed hashes. Until the ban ends or is lifted, also when the account is "
            "gone."
        ),
    ),
    Kept.NAMES: (
        N_("Names that you had"),
        N_(
            "Keyed hashes, so that nobody else takes them. They stay, and lead to no "
            "account any more once you leave."
        ),
    ),
    Kept.LOG: (
        N_("What moderators did about you"),
        N_(
            "Your account, what was done, when and why. The log is never changed; once "
            "you leave, it names an account that is gone."
        ),
    ),
    Kept.LOG_BY: (
        N_("What you did as a moderator"),
        N_("Your account beside each act. The log is never changed."),
    ),
    Kept.REPORTS: (
        N_("Reports to the team"),
        N_(
            "The words, the place and the line that was meant, never who sent them; so "
            "they cannot be counted for you. They go a while after they are closed."
        ),
    ),
    Kept.DECLINED: (
        N_("Answers to people who were not let in"),
        N_("The reason, beside a keyed hash of the key with which they asked."),
    ),
    Kept.LINES: (
        N_("What you said in rooms"),
        N_("Until its time is up, or the server stops; it is never on a disk."),
    ),
    Kept.PRESENCE: (
        N_("That you are here now"),
        N_("Until this visit ends: in which rooms you are, under your name."),
    ),
    Kept.LIMITS: (
        N_("How often you did something lately"),
        N_("For minutes, at most for some days, so that nobody can flood the place."),
    ),
    Kept.ADDRESS: (
        N_("Where you come from"),
        N_(
            "Your address, your program, the name before its @ and the size of your "
            "window are written nowhere. While you are connected the server has them "
            "in memory, and for a while after, against floods, a hash of the address."
        ),
    ),
    Kept.TIMES: (
        N_("When you were here"),
        N_(
            "Neither when you come and go nor what you look at or search for. Of when "
            "you joined the month alone is kept, beside your keys and what you agreed "
            "to."
        ),
    ),
    Kept.IDENTITY: (
        N_("Who you are elsewhere"),
        N_("No name, no e-mail, no phone number, no date of birth, no photo."),
    ),
}
"""What it is called, and what it is."""

_SEEN: Final[dict[Seen, str]] = {
    Seen.NOBODY: N_("Nobody here sees it."),
    Seen.YOU: N_("You alone see it."),
    Seen.OTHER: N_("Its writer alone sees it."),
    Seen.TEAM: N_("Moderators see it."),
    Seen.MEMBERS: N_("Members see it."),
    Seen.READERS: N_("Whoever may read there sees it."),
}


def title(words: Words, holding: Holding) -> str:
    """What it is called."""
    return words(SAID[holding.kind][0])


def amount(words: Words, holding: Holding) -> str:
    """How much of it there is."""
    if holding.where is Where.NOWHERE:
        return words("not kept")
    if holding.count is None:
        return words("not counted")
    return str(holding.count) if holding.count else words("nothing")


def about(words: Words, holding: Holding) -> str:
    """What it is, how long it stays, and who sees it."""
    told = [words(SAID[holding.kind][1])]
    if holding.stays is not None:
        stays = spell_duration(words, holding.stays)
        told.append(words("At most {duration}.", duration=stays))
    if holding.where is not Where.NOWHERE:
        told.append(words(_SEEN[holding.seen]))
    return " ".join(told)


def in_a_line(words: Words, holding: Holding) -> str:
    """All of it."""
    return words(
        "{what}: {amount}. {about}",
        what=title(words, holding),
        amount=amount(words, holding),
        about=about(words, holding),
    )


def heading(words: Words, where: Where) -> str:
    """What stands above what is kept in one place."""
    match where:
        case Where.DISK:
            return words("In the data file")
        case Where.MEMORY:
            return words("In memory alone")
        case Where.NOWHERE:
            return words("What is not kept")


def beside(words: Words) -> Sequence[str]:
    """What else is to be known of it."""
    return [
        words(
            "Whoever runs the server could read what is in the data file, apart from "
            "what is kept as a keyed hash. Copies that they make of it hold what was "
            "there at the time."
        ),
        words("A copy of all that is yours: {command}", command=EXPORT),
        words("To leave, and have it removed: {command}", command="leave-for-good"),
    ]
