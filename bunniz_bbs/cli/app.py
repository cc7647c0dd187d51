"""The commands of `bunniz-bbs` and their options."""

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bunniz_bbs.cli import operations
from bunniz_bbs.cli.console import ask_server, perform
from bunniz_bbs.cli.doctor import as_json as findings
from bunniz_bbs.cli.doctor import examine
from bunniz_bbs.cli.move import move_house
from bunniz_bbs.cli.serve import serve as run_server
from bunniz_bbs.cli.setup import (
    Ended,
    read_house,
    read_secrets,
    read_settings,
)
from bunniz_bbs.config.load import schema as config_schema
from bunniz_bbs.config.settings import Settings

app = typer.Typer(
    name="bunniz-bbs",
    help="A private meeting place that its members reach with any SSH client.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
people = typer.Typer(
    help="Accounts, with the server running or not.", no_args_is_help=True
)
app.add_typer(people, name="people")

Config = Annotated[
    Path | None, typer.Option("--config", help="The file that describes the house.")
]
Data = Annotated[
    Path | None, typer.Option("--data", help="The folder of the data file.")
]
Keys = Annotated[
    Path | None, typer.Option("--keys", help="The folder of the host key and secrets.")
]


def _settings(
    config: Path | None,
    data: Path | None,
    keys: Path | None,
    host: str | None = None,
    port: int | None = None,
) -> Settings:
    return read_settings(os.environ, config, data, keys, host, port)


@app.command()
def serve(
    config: Config = None,
    data: Data = None,
    keys: Keys = None,
    host: Annotated[
        str | None, typer.Option(help="The address to listen on. [127.0.0.1]")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="The port to listen on. [2222]")
    ] = None,
) -> None:
    """Set up what is missing and serve until stopped."""
    settings = _settings(config, data, keys, host, port)
    house = read_house(settings)
    secrets = read_secrets(settings)
    raise typer.Exit(asyncio.run(run_server(settings, house, secrets, os.environ)))


@app.command()
def init(config: Config = None, data: Data = None, keys: Keys = None) -> None:
    """Make the host key, the secrets and the data file, and nothing more."""
    settings = _settings(config, data, keys)
    house = read_house(settings)
    secrets = read_secrets(settings, new=True)
    lines = asyncio.run(perform(settings, house, secrets, "init", {}))
    typer.echo("\n".join(lines))


@app.command()
def check(config: Config = None, data: Data = None, keys: Keys = None) -> None:
    """Read boards.yaml and say every mistake as `file:line: key: problem`."""
    settings = _settings(config, data, keys)
    house = read_house(settings)
    typer.echo(f"{settings.config}: fine. {operations.what_is_open(house)}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of boards.yaml."""
    typer.echo(json.dumps(config_schema(), ensure_ascii=False, indent=2))


def _perform(settings: Settings, operation: str, given: dict[str, str]) -> None:
    house = read_house(settings)
    secrets = read_secrets(settings)
    lines = asyncio.run(perform(settings, house, secrets, operation, given))
    for line in lines:
        typer.echo(line)


@people.command("add")
def people_add(
    name: Annotated[str, typer.Argument(help="The pseudonym.")],
    key: Annotated[Path, typer.Option("--key", help="A public key file (.pub).")],
    role: Annotated[
        str, typer.Option(help="guest, member, trusted, moderator or sysop.")
    ] = "member",
    language: Annotated[str, typer.Option(help="fr, nl, en or de.")] = "en",
    config: Config = None,
    data: Data = None,
    keys: Keys = None,
) -> None:
    """Let a key in under a name, without a code.

    Only for somebody who has told you, best on paper, that they are 18 or older, agree
    to the house rules and the terms, and agree that their account is kept: this notes
    it in the present versions. They are asked again when the terms change.
    """
    settings = _settings(config, data, keys)
    blob = operations.read_public_key(key)
    given = {"name": name, "key": blob, "role": role, "language": language}
    _perform(settings, "people add", given)


@people.command("list")
def people_list(config: Config = None, data: Data = None, keys: Keys = None) -> None:
    """Print every account: name, role, language."""
    _perform(_settings(config, data, keys), "people list", {})


@people.command("role")
def people_role(
    name: str,
    role: Annotated[
        str, typer.Argument(help="guest, member, trusted, moderator or sysop.")
    ],
    config: Config = None,
    data: Data = None,
    keys: Keys = None,
) -> None:
    """Change what somebody may do."""
    settings = _settings(config, data, keys)
    _perform(settings, "people role", {"name": name, "role": role})


@people.command("remove")
def people_remove(
    name: str, config: Config = None, data: Data = None, keys: Keys = None
) -> None:
    """Remove an account and its keys; its posts stay."""
    _perform(_settings(config, data, keys), "people remove", {"name": name})


@people.command("reset")
def people_reset(
    name: str, config: Config = None, data: Data = None, keys: Keys = None
) -> None:
    """Print a code for somebody who lost all keys; it works after 24 hours."""
    _perform(_settings(config, data, keys), "people reset", {"name": name})


@app.command()
def invite(
    uses: Annotated[int, typer.Option(help="How many people it lets in.")] = 1,
    expires: Annotated[str, typer.Option(help="How long it works: 7d, 12h.")] = "7d",
    role: Annotated[
        str, typer.Option(help="guest, member, trusted, moderator or sysop.")
    ] = "member",
    config: Config = None,
    data: Data = None,
    keys: Keys = None,
) -> None:
    """Print a code that lets somebody in."""
    settings = _settings(config, data, keys)
    given = {"uses": str(uses), "expires": expires, "role": role}
    _perform(settings, "invite", given)


@app.command()
def claim(config: Config = None, data: Data = None, keys: Keys = None) -> None:
    """Print a new code that makes its user sysop, where there is none."""
    _perform(_settings(config, data, keys), "claim", {})


@app.command()
def doctor(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print it for programs.")
    ] = False,
    config: Config = None,
    data: Data = None,
    keys: Keys = None,
) -> None:
    """Look the house over: who runs it, who may come in, what is open to others.

    The exit status is 1 where something is wrong; advice alone leaves it 0.
    """
    found = asyncio.run(examine(_settings(config, data, keys)))
    typer.echo(findings(found) if as_json else "\n".join(one.line() for one in found))
    raise typer.Exit(any(one.level == "problem" for one in found))


@app.command()
def reload(config: Config = None, data: Data = None, keys: Keys = None) -> None:
    """Let a running server read boards.yaml anew, on every node."""
    settings = _settings(config, data, keys)
    given = {"config": str(settings.config.absolute())}
    lines = asyncio.run(ask_server(settings, "reload", given))
    typer.echo("\n".join(lines))


@app.command()
def move(
    source: Annotated[
        str, typer.Option("--from", help="A data folder, a URL, or @FILE with one.")
    ],
    target: Annotated[
        str, typer.Option("--to", help="The same kinds; it must be empty.")
    ],
    keys: Keys = None,
) -> None:
    """Copy a whole house between a data folder and PostgreSQL, and verify it."""
    settings = _settings(None, None, keys)
    lines = asyncio.run(move_house(settings, source, target))
    typer.echo("\n".join(lines))


def main() -> None:
    """Run the command line and end the process with its exit status."""
    try:
        app()
    except Ended as ended:
        sys.stderr.write("".join(f"{line}\n" for line in ended.lines))
        sys.exit(ended.status)
