"""What sysops do from the command line, on services, whoever holds the data file."""

import base64
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from bunniz_bbs.cli.finding import look_inside
from bunniz_bbs.cli.setup import Ended
from bunniz_bbs.config.load import ConfigBroken, read_text
from bunniz_bbs.domain.durations import parse_duration
from bunniz_bbs.domain.errors import KeyUnfit
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.people import CONSOLE, Role
from bunniz_bbs.domain.words import LANGUAGES, Language
from bunniz_bbs.services.codes import key_digest
from bunniz_bbs.services.key_files import LONGEST_FILE, key_in
from bunniz_bbs.ssh.keys import fit_blob
from bunniz_bbs.wiring import Wired

Given = Mapping[str, str]
Operation = Callable[[Wired, Given], Awaitable[list[str]]]

NOTHING_CHANGED: Final = "Nothing was changed."


def read_public_key(path: Path) -> str:
    """The key in a public key file, as base64.

    Raises:
        Ended: The file cannot be read or holds no single acceptable key.
    """
    try:
        with path.open("rb") as file:
            text = file.read(LONGEST_FILE).decode("ascii", "replace")
    except OSError as error:
        raise Ended(1, f"{path}: cannot be read: {error.strerror}.") from None
    try:
        blob = key_in(text)
        fit_blob(blob)
    except KeyUnfit as error:
        raise Ended(1, f"{path}: this key is not accepted: {error.why}.") from None
    return base64.b64encode(blob).decode()


def _role(word: str) -> Role:
    try:
        return Role.of(word)
    except KeyError:
        roles = ", ".join(role.word for role in Role)
        raise Ended(
            2, f"--role {word}: there is no such role; one of {roles}."
        ) from None


def _language(word: str) -> Language:
    if word not in LANGUAGES:
        raise Ended(2, f"--language {word}: one of {', '.join(LANGUAGES)}.")
    return word


async def _init(wired: Wired, given: Given) -> list[str]:
    return ["The host key, the secrets and the data file are in place."]


async def _people_add(wired: Wired, given: Given) -> list[str]:
    role, language = _role(given["role"]), _language(given["language"])
    digest = key_digest(wired.pepper, base64.b64decode(given["key"]))
    account = await wired.services.people.add(
        CONSOLE, given["name"], digest, role, language
    )
    return [f"{account.name} can come in with that key, as {account.role.word}."]


async def _people_list(wired: Wired, given: Given) -> list[str]:
    accounts = await wired.services.people.all(CONSOLE)
    lines = [f"{one.name}\t{one.role.word}\t{one.language}" for one in accounts]
    return lines or ["Nobody yet."]


async def _people_role(wired: Wired, given: Given) -> list[str]:
    account = await wired.services.people.set_role(
        CONSOLE, given["name"], _role(given["role"])
    )
    return [f"{account.name} is {given['role']} now."]


async def _people_remove(wired: Wired, given: Given) -> list[str]:
    account = await wired.services.people.remove(CONSOLE, given["name"])
    return [f"{account.name} was removed. Their posts stay."]


async def _people_reset(wired: Wired, given: Given) -> list[str]:
    account, code, _ = await wired.services.keys.reset(CONSOLE, given["name"])
    return [
        f"Code for {account.name}: {code}",
        "It works after 24 hours, for 7 days, and lets one new key in and all others "
        "out. It is typed at the door with the new key, where a code is asked for.",
        "All their visits are told and can stop it. Where somebody else may have the "
        "old key: bunniz-bbs people remove NAME",
    ]


async def _doctor(wired: Wired, given: Given) -> list[str]:
    return await look_inside(wired)


async def _claim(wired: Wired, given: Given) -> list[str]:
    code = await wired.services.invites.claim(CONSOLE)
    if code is None:
        raise Ended(
            1,
            "There is a sysop already, so no code is made. Where their key is lost:",
            "- back in a day: bunniz-bbs people reset NAME",
            "- another sysop at once: bunniz-bbs people role NAME sysop, or bunniz-bbs "
            "people add NAME --key FILE --role sysop",
            "- and where somebody else may have the key, first of all: bunniz-bbs "
            "people remove NAME",
        )
    return [
        f"Claim code: {code}",
        "Whoever uses it first becomes sysop. It works once, for 7 days.",
    ]


async def _invite(wired: Wired, given: Given) -> list[str]:
    uses = int(given["uses"])
    if not 1 <= uses <= 1000:
        raise Ended(2, f"--uses {uses}: from 1 to 1000.")
    lifetime = parse_duration(given["expires"])
    code = await wired.services.invites.create(
        CONSOLE, uses, lifetime, _role(given["role"])
    )
    return [code]


async def describe_anew(wired: Wired, path: Path) -> list[str]:
    """Have boards.yaml read anew on every node; says what came of it."""
    try:
        text = read_text(path)
    except ConfigBroken as broken:
        return [*map(str, broken.problems), NOTHING_CHANGED]
    problems = await wired.services.describing.describe(CONSOLE, text)
    if problems:
        return [*problems, NOTHING_CHANGED]
    return [f"Read anew. {what_is_open(wired.services.house)}"]


def what_is_open(house: House) -> str:
    """How much there is in a house, as a sentence."""
    boards, rooms = len(house.boards), sum(one.open for one in house.rooms.values())
    return (
        f"Open: {boards} board{'s' * (boards != 1)} and "
        f"{rooms} room{'s' * (rooms != 1)}."
    )


async def _reload(wired: Wired, given: Given) -> list[str]:
    lines = await describe_anew(wired, Path(given["config"]))
    if lines[-1] == NOTHING_CHANGED:
        raise Ended(2, *lines)
    return lines


OPERATIONS: Final[Mapping[str, Operation]] = {
    "init": _init,
    "people add": _people_add,
    "people list": _people_list,
    "people role": _people_role,
    "people remove": _people_remove,
    "people reset": _people_reset,
    "claim": _claim,
    "doctor": _doctor,
    "invite": _invite,
    "reload": _reload,
}
