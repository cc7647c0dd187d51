"""Why a store could not be opened, in words for whoever runs the house."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

Problem: TypeAlias = tuple[str, str]
"""What is so, and what to do about it."""

WRONG_KEY: Final[Problem] = (
    "this key does not open it: the key is another one, or the file is not a data "
    "file of this program, or its beginning is damaged.",
    "Use the key that the file was made with, or restore a backup.",
)
NOT_ENCRYPTED: Final[Problem] = (
    "it is a database without encryption, so it was not made by this program.",
    "Move it away, or choose another data folder.",
)
DAMAGED: Final[Problem] = (
    "it is damaged.",
    "Restore a backup; keep the damaged file until that has worked.",
)
NEWER: Final[Problem] = (
    "it was written by a newer version of this program.",
    "Install that version again, or restore a backup that this version made.",
)
FULL: Final[Problem] = (
    "the disk is full.",
    "Free some space on it and start again. Nothing is lost.",
)
UNWRITABLE: Final[Problem] = (
    "it cannot be written.",
    "Give the account that runs the server the right to write there.",
)
UNREACHABLE: Final[Problem] = (
    "it cannot be opened.",
    "See that the folder exists and that the server's account may use it.",
)
DISK: Final[Problem] = (
    "the disk reported an error.",
    "Check the disk and the system's log before you start again.",
)
MISSING: Final[Problem] = (
    "there is no data file.",
    "Name the data folder of a house.",
)
TAKEN: Final[Problem] = (
    "another server is running on this data folder.",
    "Stop it first, or choose another data folder.",
)
OLD_SQLITE: Final[Problem] = (
    "the SQLite library here is older than 3.51.3 and can damage it.",
    "Install the sqlcipher3 version that this program asks for.",
)
NOT_SECURE: Final[Problem] = (
    "the SQLite library here does not overwrite what is deleted.",
    "Install the sqlcipher3 version that this program asks for.",
)

_BY_CODE: Final[dict[int, Problem]] = {
    5: TAKEN,  # BUSY: something else than a server of ours holds it
    8: UNWRITABLE,
    10: DISK,
    11: DAMAGED,
    13: FULL,
    14: UNREACHABLE,
    26: WRONG_KEY,
}


@dataclass(eq=False)
class StoreUnusable(Exception):
    """The data cannot be used as it stands; the server must not start on it."""

    place: Path | str
    """The file or folder, or the address of a database without its password."""
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem} {self.remedy}"

    @classmethod
    def because(cls, place: Path | str, problem: Problem) -> "StoreUnusable":
        """The refusal of a place for one of the reasons above."""
        return cls(place, *problem)


class SchemaNewer(Exception):
    """The database has tables that this version does not know."""


class StatementRefused(Exception):
    """The database refused a statement: a mistake in the program, not a failure.

    It tells the kind, never the values: those are what people write.
    """


def problem_of(error: BaseException) -> Problem:
    """What an error of SQLite means for whoever runs the house."""
    code = getattr(error, "sqlite_errorcode", None)
    return _BY_CODE.get(code & 0xFF, DISK) if isinstance(code, int) else DISK
