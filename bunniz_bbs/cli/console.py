"""The door for the sysop's own commands: a Unix socket in the data folder.

With a server running, commands are carried out by it; without one, they open the
data file themselves. Whoever may write into the data folder is the sysop.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from bunniz_bbs.bus.servers import AddressBroken
from bunniz_bbs.cli.operations import OPERATIONS
from bunniz_bbs.cli.setup import Ended
from bunniz_bbs.config.secrets import Secrets
from bunniz_bbs.config.settings import Settings
from bunniz_bbs.domain.errors import BunnizError
from bunniz_bbs.domain.house import House
from bunniz_bbs.i18n import words_for
from bunniz_bbs.i18n.refusals import refusal
from bunniz_bbs.store.errors import StoreUnusable
from bunniz_bbs.wiring import Wired, open_house

SOCKET: Final = "console.sock"
LONGEST: Final = 256 * 1024
PATIENCE: Final = 30.0
"""Seconds after which a server that does not answer is given up."""


async def perform(
    settings: Settings,
    house: House,
    secrets: Secrets,
    operation: str,
    given: Mapping[str, str],
) -> list[str]:
    """Carry out an operation and return what to print.

    Raises:
        Ended: It was refused or could not be done.
    """
    answer = await _ask(settings.data / SOCKET, operation, given)
    if answer is not None:
        return answer
    try:
        async with open_house(settings, house, secrets, patient=True) as wired:
            return await _carry_out(wired, operation, given)
    except StoreUnusable as unusable:
        raise Ended(1, str(unusable)) from None
    except AddressBroken as broken:
        raise Ended(2, f"BUNNIZ_BUS: {broken}.") from None


async def ask_server(
    settings: Settings, operation: str, given: Mapping[str, str]
) -> list[str]:
    """Have the running server carry out an operation and return what to print.

    Raises:
        Ended: It was refused, or no server runs.
    """
    answer = await _ask(settings.data / SOCKET, operation, given)
    if answer is None:
        raise Ended(1, f"No server runs on {settings.data}; start it with: serve.")
    return answer


async def _carry_out(
    wired: Wired, operation: str, given: Mapping[str, str]
) -> list[str]:
    try:
        return await OPERATIONS[operation](wired, given)
    except BunnizError as error:
        raise Ended(error.exit_code, refusal(words_for("en"), error)) from None


async def _ask(
    path: Path, operation: str, given: Mapping[str, str]
) -> list[str] | None:
    """What a running server answers; None when none runs."""
    try:
        reader, writer = await asyncio.open_unix_connection(str(path), limit=LONGEST)
    except (FileNotFoundError, ConnectionRefusedError):
        return None
    except OSError as error:
        raise Ended(1, f"{path}: cannot be opened: {error.strerror}.") from None
    try:
        question = {"operation": operation, "given": dict(given)}
        writer.write(json.dumps(question).encode() + b"\n")
        await writer.drain()
        line = await asyncio.wait_for(reader.readline(), PATIENCE)
    except (TimeoutError, ConnectionError):
        raise Ended(1, "The running server did not answer. Try again.") from None
    finally:
        writer.close()
    if not line:
        raise Ended(1, "The running server is stopping. Try again in a moment.")
    answer = json.loads(line)
    if answer["status"]:
        raise Ended(answer["status"], *answer["lines"])
    lines: list[str] = answer["lines"]
    return lines


@asynccontextmanager
async def console(path: Path, wired: Wired) -> AsyncIterator[None]:
    """Answer the sysop's commands on a 0600 socket until the block ends.

    The caller holds the lock of the data folder, so a socket that is there already
    was left behind.
    """

    async def answer(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(ConnectionError, ValueError, KeyError, TimeoutError):
            line = await asyncio.wait_for(reader.readline(), PATIENCE)
            question = json.loads(line)
            try:
                lines = await _carry_out(
                    wired, question["operation"], question["given"]
                )
                said = {"status": 0, "lines": lines}
            except Ended as ended:
                said = {"status": ended.status, "lines": list(ended.lines)}
            writer.write(json.dumps(said).encode() + b"\n")
            await writer.drain()
        writer.close()

    path.unlink(missing_ok=True)
    server = await asyncio.start_unix_server(answer, str(path), limit=LONGEST)
    path.chmod(0o600)
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)
