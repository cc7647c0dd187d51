"""Runs the server until it is told to stop, and stops it kindly."""

import asyncio
import os
import signal
from collections.abc import Mapping
from typing import Final

import typer

from bunniz_bbs.bus.ports import HOUSE
from bunniz_bbs.bus.servers import AddressBroken
from bunniz_bbs.cli.console import SOCKET, console
from bunniz_bbs.cli.garbage import collect, leave_alone
from bunniz_bbs.cli.operations import describe_anew
from bunniz_bbs.cli.setup import Ended
from bunniz_bbs.config.secrets import Secrets
from bunniz_bbs.config.settings import Settings
from bunniz_bbs.domain.events import HouseClosing
from bunniz_bbs.domain.house import House
from bunniz_bbs.domain.people import CONSOLE
from bunniz_bbs.ssh.server import CannotListen, listen, refuse_textual_environment
from bunniz_bbs.store.errors import StoreUnusable
from bunniz_bbs.wiring import Wired, keeping, open_house
from bunniz_bbs.wiring.reception import HouseReception

GRACE: Final = 6.0
"""Seconds that open visits have to end by themselves."""


async def serve(
    settings: Settings,
    house: House,
    secrets: Secrets,
    environment: Mapping[str, str],
) -> int:
    """Serve until SIGTERM or SIGINT; returns the exit status.

    Raises:
        Ended: It cannot begin; says why and what to do.
    """
    os.umask(0o077)
    try:
        refuse_textual_environment(environment)
        async with (
            open_house(settings, house, secrets, patient=True) as wired,
            console(settings.data / SOCKET, wired),
            keeping(wired),
        ):
            await _listen(settings, secrets, wired)
    except StoreUnusable as unusable:
        raise Ended(1, str(unusable)) from None
    except AddressBroken as broken:
        raise Ended(2, f"BUNNIZ_BUS: {broken}.") from None
    except CannotListen as cannot:
        raise Ended(1, str(cannot)) from None
    return 0


async def _listen(settings: Settings, secrets: Secrets, wired: Wired) -> None:
    """Take visits until a signal comes, then see everybody out."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    tasks: set[asyncio.Task[None]] = set()
    loop.add_signal_handler(signal.SIGHUP, _reload_soon, settings, wired, tasks)
    leave_alone()
    reception = HouseReception(wired)
    listener = await listen(
        reception,
        secrets.host_key,
        settings.host,
        settings.port,
        algorithms=settings.algorithms,
        source_limits=settings.source_limits,
    )
    wired.services.whereabouts.listens = listener.port
    await _welcome(settings, wired, listener.port, listener.fingerprint)
    collecting = loop.create_task(
        collect(lambda: listener.ended, lambda: listener.present)
    )
    try:
        await stop.wait()
        typer.echo("Stopping: telling everybody, then closing.")
        reception.draining = True
        wired.services.bus.tell(HOUSE, HouseClosing())
        await listener.drain(GRACE)
    finally:
        collecting.cancel()
        await listener.close()
    typer.echo("Stopped. Everything that was acknowledged is kept.")


def _reload_soon(
    settings: Settings, wired: Wired, tasks: set[asyncio.Task[None]]
) -> None:
    """SIGHUP: read boards.yaml anew; what came of it goes to standard output."""

    async def reload() -> None:
        for line in await describe_anew(wired, settings.config):
            typer.echo(line)

    task = asyncio.get_running_loop().create_task(reload())
    tasks.add(task)
    task.add_done_callback(tasks.discard)


async def _welcome(
    settings: Settings, wired: Wired, port: int, fingerprint: str
) -> None:
    """Say how to join, on standard output."""
    here = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "") else settings.host
    address = wired.services.whereabouts.address
    known = (address.port, address.host) if address.host else (port, here)
    typer.echo(f"Listening on {settings.host}:{port}")
    typer.echo(f"Host key:   {fingerprint}")
    typer.echo("Join with:  ssh -p {} {}".format(*known))
    claim = await wired.services.invites.claim(CONSOLE)
    if claim:
        typer.echo(f"Claim code: {claim}")
        typer.echo("Whoever uses it first becomes sysop. It works once, for 7 days.")
    typer.echo("Stop with Ctrl+C.")
