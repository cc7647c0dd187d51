"""How one connects with each client, and knows that it is this house that answers."""

from collections.abc import Sequence

from bunniz_bbs.domain.house import Address
from bunniz_bbs.i18n.door import KEYGEN, client_config, fill_in
from bunniz_bbs.i18n.words import Words


def recipes(words: Words, address: Address) -> Sequence[tuple[str, Sequence[str]]]:
    """A title and steps for each client; what begins with two spaces is copied."""
    copied = [f"  {one}" for one in client_config(words, address)]
    host = address.host or words("ADDRESS")
    fills = () if address.host else (fill_in(words),)
    return [
        (
            "OpenSSH (Linux, macOS)",
            [
                words("In a terminal, make a key for here alone:"),
                f"  {KEYGEN}",
                words("Put these lines into ~/.ssh/config, then type: ssh bunniz"),
                *fills,
                *copied,
            ],
        ),
        (
            "OpenSSH (Windows)",
            [
                words(
                    "The same in PowerShell; it has ssh since Windows 10. The file is "
                    "called config, without an ending, in the folder .ssh of your own "
                    "folder. Make the key there:"
                ),
                '  ssh-keygen -t ed25519 -C "" -f $HOME\\.ssh\\bunniz',
            ],
        ),
        (
            "PuTTY (Windows)",
            [
                words(
                    "In PuTTYgen choose EdDSA, press Generate, empty the field Key "
                    "comment, and save the private key. In PuTTY fill in the host, "
                    "{host}, and the port, {port}; under Connection, SSH, Auth, "
                    "Credentials choose that file; under Connection, Data write x as "
                    "the name to log in; save the session under a name that says "
                    "nothing.",
                    host=host,
                    port=address.port,
                ),
            ],
        ),
        (
            "Termius (iOS, Android)",
            [
                words(
                    "Under Keychain make a key of type ED25519. Under Hosts add one "
                    "with the address, {host}, the port, {port}, x as the name, and "
                    "that key. Its cloud copies your hosts and keys: leave it off for "
                    "this one.",
                    host=host,
                    port=address.port,
                ),
            ],
        ),
        (
            "ConnectBot (Android)",
            [
                words(
                    "Under Manage Pubkeys make one of type Ed25519. Add a host "
                    "{address} and choose that key for it, not “any unlocked key”.",
                    address=f"x@{_bare(host)}:{address.port}",
                ),
            ],
        ),
        (
            "Blink (iOS)",
            [
                words(
                    "Type config. Under Keys make one of type ED25519 with an empty "
                    "comment; under Hosts add one with the address, {host}, the port, "
                    "{port}, x as the name, and that key. Then type: ssh and the name "
                    "that you gave it.",
                    host=host,
                    port=address.port,
                ),
            ],
        ),
    ]


def _bare(host: str) -> str:
    """A host that a port can follow."""
    return f"[{host}]" if ":" in host else host


def about_fingerprint(words: Words) -> str:
    """What the fingerprint is for."""
    return words(
        "On the first visit your client asks whether the host key is right. Compare "
        "it with this fingerprint, from somebody who is here already:"
    )


def about_picture(words: Words) -> str:
    """What the square is for."""
    return words("The same as a QR code, for a second device that takes its picture:")


def too_low(words: Words, lines: int) -> str:
    """What stands in place of the square where it does not fit."""
    return words(
        "As a QR code it needs a window of {n} lines. Make the letters smaller, or "
        "type: ssh HOST connect",
        n=lines,
    )


def told_at_the_door(words: Words, address: Address, fingerprint: str) -> Sequence[str]:
    """The recipes as paragraphs, and the fingerprint."""
    told = ["\n".join([title, *steps]) for title, steps in recipes(words, address)]
    square = words("The fingerprint as a QR code: ssh HOST connect")
    return [*told, f"{about_fingerprint(words)}\n{fingerprint}", square]
