"""What whoever is not known here is told, at the door of every front."""

from collections.abc import Sequence
from typing import Final

from bunniz_bbs.domain.admission import Admission, ConsentKind, Mode, Operator
from bunniz_bbs.domain.house import Address, House
from bunniz_bbs.domain.words import Language
from bunniz_bbs.i18n.words import Words

GREETING: Final = "Choisir · Kiezen · Choose · Auswählen"
NAMES: Final[dict[Language, str]] = {
    "fr": "Français",
    "nl": "Nederlands",
    "en": "English",
    "de": "Deutsch",
}
"""Each language by its own name."""

KEYGEN: Final = 'ssh-keygen -t ed25519 -C "" -f ~/.ssh/bunniz'
"""Makes a key for this place alone, with no name in it."""


def client_config(words: Words, address: Address) -> Sequence[str]:
    """What a member puts into ~/.ssh/config so that the right key is offered."""
    return (
        "Host bunniz",
        f"  HostName {address.host or words('ADDRESS')}",
        f"  Port {address.port}",
        "  User x",
        "  IdentityFile ~/.ssh/bunniz",
        "  IdentitiesOnly yes",
        "  LogLevel ERROR",
    )


def limits(words: Words) -> Sequence[str]:
    """What this place can and cannot protect."""
    return [
        words("No name, no e-mail, no IP address is kept here."),
        words(
            "The server sees what you write while it handles it: messages are "
            "not end-to-end encrypted. Whoever runs it could read them."
        ),
        words(
            "Anyone can take a picture of a screen. Somebody may lie about who "
            "they are."
        ),
        words("Your device and your network keep traces that we cannot erase."),
        words(
            "We are not an emergency service: 112, police 101. Ctrl+X leaves at "
            "once, from anywhere."
        ),
    ]


def operator(words: Words, one: Operator) -> Sequence[str]:
    """Who answers for this place, or honestly that nobody is named."""
    if not one.name and not one.contact:
        return [
            words(
                "Nobody is named yet as answering for this place. Ask whoever told you "
                "of it who runs it, before you trust it with much."
            )
        ]
    told = []
    if one.name:
        told.append(words("Who answers for this place: {name}", name=one.name))
    if one.contact:
        told.append(words("How to reach them: {contact}", contact=one.contact))
    return told


def rules(words: Words, house: House) -> Sequence[str]:
    """How people are with each other here."""
    return [f"- {rule[words.language]}" for rule in house.rules]


def terms(words: Words, admission: Admission) -> Sequence[str]:
    """The terms, a paragraph each."""
    return [one[words.language] for one in admission.terms.text]


def changes(words: Words, admission: Admission, had: int) -> Sequence[str]:
    """What is new for somebody who agreed to an earlier version; empty: to none."""
    if not 0 < had < admission.terms.version:
        return ()
    told = [one[words.language] for one in admission.terms.changed]
    return told or [words("The terms below were written anew.")]


def about_consent(words: Words, kind: ConsentKind) -> Sequence[str]:
    """What is agreed to, where it is more than the rules and the terms."""
    match kind:
        case ConsentKind.ADULT:
            return [
                words(
                    "This place is for people of 18 and older. Nobody asks for a date "
                    "of birth or a paper; your word is enough."
                )
            ]
        case ConsentKind.SPECIAL:
            return [
                words(
                    "That you have an account here can itself say something about your "
                    "sex life or your work. The law protects that in particular, and "
                    "we may keep it only if you agree."
                ),
                words(
                    "We use it to know you again, and for nothing else, and give it to "
                    "nobody of our own accord. You can take this back whenever you "
                    "like, with the command agreements: then the account is removed."
                ),
            ]
        case ConsentKind.TERMS:
            return ()


def agree(words: Words, kind: ConsentKind) -> str:
    """By which key one agrees."""
    match kind:
        case ConsentKind.ADULT:
            return words("Press Enter if you are 18 or older.")
        case ConsentKind.SPECIAL:
            return words("Press Enter if you agree that we keep this.")
        case ConsentKind.TERMS:
            return words("Press Enter if you agree to the rules and the terms.")


def consent_title(words: Words, kind: ConsentKind) -> str:
    """What it is called."""
    match kind:
        case ConsentKind.ADULT:
            return words("18 or older")
        case ConsentKind.SPECIAL:
            return words("That you are here")
        case ConsentKind.TERMS:
            return words("Rules and terms")


def about_withdrawing(words: Words) -> str:
    """What it means to agree no more."""
    return words(
        "Without these nobody can have an account here, so taking one back is leaving "
        "for good: your account and your keys are removed at once, and cannot be "
        "brought back."
    )


def without_code(words: Words, mode: Mode) -> str:
    """What there is for whoever has no code; empty: nothing."""
    match mode:
        case Mode.OPEN:
            return words("No code? Press Enter right away: you need none.")
        case Mode.APPROVAL:
            return words(
                "No code? Press Enter right away to ask to come in: you choose a name, "
                "the team talks with you, and decides."
            )
        case Mode.CLOSED:
            return words(
                "Nobody new is let in at the moment. Codes for another device of yours "
                "and recovery codes work as always."
            )
        case Mode.INVITE:
            return ""


def about_codes(words: Words) -> str:
    """Where a code comes from, and how it may be typed."""
    return words(
        "Somebody who is here already can give you one. Capitals, spaces and dashes do "
        "not matter."
    )


def about_names(words: Words) -> str:
    """What a good name is."""
    return words(
        "This one was drawn by lot. Keep it, or type another one: nothing that you use "
        "elsewhere, nothing that names you."
    )


def about_keys(words: Words, address: Address) -> Sequence[str]:
    """How whoever came without a key makes one; what is copied has its own lines."""
    made = words(
        "You came without a key. By a key this place knows you again, with no name "
        "and no password. On your device, make one for here alone:"
    )
    told = words(
        "Put these lines into ~/.ssh/config, then type: ssh bunniz. Members whose key "
        "was not offered do the same."
    )
    if not address.host:
        told += " " + fill_in(words)
    return [made, KEYGEN, told, *client_config(words, address)]


def fill_in(words: Words) -> str:
    """What to do about an address that the house does not know."""
    return words(
        "In place of {address} write what you connected to.", address=words("ADDRESS")
    )


def unknown_key(words: Words) -> str:
    """Why one stands at the door, and what is kept of a key."""
    return words(
        "Your SSH key is not known here yet. Whoever has an invite code can come in "
        "with it and choose a pseudonym. Of your key only a keyed hash is kept, of "
        "your device nothing."
    )


def keyless(words: Words) -> str:
    """What is so for whoever came without a key."""
    return words(
        "You came without an SSH key. Guests can read what is open to them; whoever "
        "wants to write or to talk needs a key, and an invite code."
    )


def another_key(words: Words) -> str:
    """What to do for a member whose client offered another key."""
    return words(
        "Already a member? Then your SSH client offered another key than the one you "
        "joined with. Name the right one in ~/.ssh/config:"
    )
