"""One server to a data folder."""

import fcntl
import os
from pathlib import Path
from typing import Final

from bunniz_bbs.store.errors import TAKEN, UNWRITABLE, StoreUnusable

NAME: Final = "bunniz.lock"


class FolderLock:
    """Holds a data folder from its making until `release`, or the process's end."""

    def __init__(self, folder: Path) -> None:
        path = folder / NAME
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise StoreUnusable.because(path, UNWRITABLE) from error
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
