"""One server to a data folder."""

import errno
import fcntl
import os
from pathlib import Path
from typing import Final

from bunniz_bbs.store.errors import (
    FULL,
    TAKEN,
    UNREACHABLE,
    UNWRITABLE,
    StoreUnusable,
)

NAME: Final = "bunniz.lock"


class FolderLock:
    """Holds a data folder from its making until `release`, or the process's end."""

    def __init__(self, folder: Path) -> None:
        path = folder / NAME
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            problem = FULL if error.errno == errno.ENOSPC else UNWRITABLE
            raise StoreUnusable.because(path, problem) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            raise StoreUnusable.because(folder, TAKEN) from error

    def release(self) -> None:
        """Let another server have the folder.

        The lock file stays: removing it would let two servers hold two files of the
        same name.
        """
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


def hold_folder(folder: Path) -> FolderLock:
    """Make a data folder where it is missing, and hold it.

    Raises:
        StoreUnusable: It cannot be made, or somebody else holds it.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except PermissionError as error:
        raise StoreUnusable.because(folder, UNWRITABLE) from error
    except OSError as error:
        raise StoreUnusable.because(folder, UNREACHABLE) from error
    return FolderLock(folder)
