"""Looks at a house as a careful sysop would, and says what could be better."""

import json
import resource
import stat
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bunniz_bbs.cli.console import perform
from bunniz_bbs.cli.finding import Finding
from bunniz_bbs.cli.setup import Ended, read_house
from bunniz_bbs.config.secrets import Secrets, SecretsBroken, load_secrets
from bunniz_bbs.config.settings import Settings
from bunniz_bbs.domain.admission import Mode
from bunniz_bbs.domain.house import House
from bunniz_bbs.wiring.stores import DATA_FILE

SWAPS: Final = Path("/proc/swaps")
CORE_PATTERN: Final = Path("/proc/sys/kernel/core_pattern")


async def examine(settings: Settings) -> Sequence[Finding]:
    """Everything that is worth knowing, in the order in which one would set up."""
    found = [*_machine()]
    house: House | None = None
    secrets: Secrets | None = None
    try:
        house = read_house(settings)
        found.append(Finding("fine", "boards.yaml", f"{settings.config} is fine."))
        found += _described(house)
    except Ended as ended:
        do = "Run: bunniz-bbs check"
        found.append(Finding("problem", "boards.yaml", ended.lines[0], do))
    try:
        secrets = load_secrets(settings.keys)
        said = f"The host key and the secrets in {settings.keys} are private."
        found.append(Finding("fine", "secrets", said))
    except SecretsBroken as broken:
        found.append(Finding("problem", "secrets", str(broken)))
    found += _folders(settings)
    if house and secrets:
        try:
            lines = await perform(settings, house, secrets, "doctor", {})
            found.append(Finding("fine", "store", "What is kept can be reached."))
            found += [Finding(**json.loads(line)) for line in lines]
        except Ended as ended:
            found.append(Finding("problem", "store", " ".join(ended.lines)))
    return found


def as_json(found: Sequence[Finding]) -> str:
    """The findings for programs."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2)


def _described(house: House) -> Iterator[Finding]:
    admission, operator = house.admission, house.admission.operator
    if operator.name and operator.contact:
        said = f"{operator.name} answers for the house."
        yield Finding("fine", "operator", said)
    else:
        said = "The door cannot say who answers for the house, or how to reach them."
        yield Finding("advice", "operator", said, "Fill in `operator`.")
    if house.address.host:
        said = f"Members are told to connect to {house.address.host}."
        yield Finding("fine", "address", said)
    else:
        said = "Ready commands and recipes cannot say where members connect to."
        yield Finding("advice", "address", said, "Fill in `address`.")
    if admission.terms.text:
        said = f"There are terms, version {admission.terms.version}."
        yield Finding("fine", "terms", said)
    else:
        said = "There are no terms: people agree to the house rules alone."
        yield Finding("advice", "terms", said, "Fill in `admission.terms`.")
    if admission.mode is Mode.OPEN:
        said = "Anybody comes in by choosing a name (`admission.mode: open`)."
        yield Finding("advice", "admission", said, "`approval` is calmer.")


def _folders(settings: Settings) -> Iterator[Finding]:
    if settings.store:
        return
    for path in (settings.data, settings.data / DATA_FILE):
        try:
            mode = stat.S_IMODE(path.stat().st_mode)
        except OSError:
            said = f"{path} is not there yet."
            yield Finding("advice", "data", said, "It is made by: bunniz-bbs init")
            return
        if mode & 0o077:
            do = f"Run: chmod {700 if path == settings.data else 600} {path}"
            said = f"{path} is open to others on this machine."
            yield Finding("problem", "data", said, do)
            return
    yield Finding("fine", "data", f"{settings.data} is private.")


def _machine() -> Iterator[Finding]:
    """What this machine may write to disk of what is in memory."""
    try:
        swaps = SWAPS.read_text("utf-8").splitlines()[1:]
    except OSError:
        swaps = []
    if any(not one.startswith("/dev/zram") for one in swaps):
        said = "This machine swaps: what is in memory alone may reach the disk."
        yield Finding("advice", "swap", said, "Switch it off, or encrypt it.")
    soft, _ = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        piped = CORE_PATTERN.read_text("utf-8").startswith("|")
    except OSError:
        piped = False
    if soft or piped:
        said = "If the server crashed, its memory could be written to disk."
        do = "Run it with `ulimit -c 0`; under systemd: LimitCORE=0."
        yield Finding("advice", "core dumps", said, do)
