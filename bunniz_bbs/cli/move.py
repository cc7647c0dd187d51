"""Moves a whole house between a data folder and a database."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from bunniz_bbs.cli.setup import Ended
from bunniz_bbs.config.secrets import Secrets, SecretsBroken, load_secrets
from bunniz_bbs.config.settings import SettingBroken, Settings, address_from
from bunniz_bbs.store.errors import StoreUnusable
from bunniz_bbs.store.moving import Moved, MoveDiffers, MoveRefused, move
from bunniz_bbs.wiring.stores import open_side

NOTHING_KEPT: Final = "Nothing was moved; the target is as it was."


async def move_house(settings: Settings, source: str, target: str) -> list[str]:
    """Copy everything from one place to another and return what to print.

    Raises:
        Ended: It was refused, or what arrived is not the same.
    """
    old, new = _place("--from", source), _place("--to", target)
    if old == new:
        raise Ended(2, "--to: this is the same place as --from.")
    try:
        async with (
            open_side(old, _secrets(settings, old)) as here,
            open_side(new, _secrets(settings, new), new=True) as there,
        ):
            tables = await move(here, there)
    except StoreUnusable as unusable:
        raise Ended(1, str(unusable), NOTHING_KEPT) from None
    except MoveRefused as refused:
        raise Ended(1, str(refused), NOTHING_KEPT) from None
    except MoveDiffers as differs:
        raise Ended(1, *_table(differs.tables), f"{differs}.", NOTHING_KEPT) from None
    except SQLAlchemyError as error:
        # Not its text, which may quote what people wrote.
        broke = f"The copying broke off ({type(error).__name__})."
        raise Ended(1, broke, NOTHING_KEPT) from None
    rows = sum(one.target.rows for one in tables)
    return [
        *_table(tables),
        f"Moved {len(tables)} tables with {rows} rows; read back, all are the same.",
        "The source is as it was. Remove it when you are sure.",
    ]


def _place(option: str, text: str) -> str:
    """An address, or the full path of a folder."""
    if "://" not in text and not text.startswith("@"):
        return str(Path(text).resolve())
    try:
        return address_from(option, text, "BUNNIZ_STORE")
    except SettingBroken as broken:
        raise Ended(2, str(broken)) from None


def _secrets(settings: Settings, place: str) -> Secrets | None:
    """The house's secrets, for a folder; new ones would open it to nobody."""
    if "://" in place:
        return None
    try:
        return load_secrets(settings.keys)
    except SecretsBroken as broken:
        raise Ended(1, str(broken)) from None


def _table(tables: Sequence[Moved]) -> list[str]:
    """What was counted, for people to compare."""
    rows = [("table", "rows", "digest", "last", "arrived")]
    rows += [
        (
            one.table,
            str(one.source.rows),
            one.source.digest,
            str(one.source.last or "-"),
            "the same" if one.same else f"{one.target.rows} rows, DIFFERENT",
        )
        for one in tables
    ]
    return [
        f"{name:<16}{count:>9}  {digest:<16}  {last:>9}  {arrived}"
        for name, count, digest, last, arrived in rows
    ]
