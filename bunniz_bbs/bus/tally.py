"""Counts what should not happen often, and says so without filling the log."""

import logging


class Tally:
    """Counts one kind of thing; its 1st, 10th, 100th, … is worth a line in the log."""

    def __init__(self, log: logging.Logger, what: str) -> None:
        """A count that starts at nothing.

        Args:
            log: Where it is said.
            what: What it is, in fixed words: never what somebody wrote.
        """
        self._log = log
        self._what = what
        self._next = 1
        self.count = 0

    def add(self, more: str = "") -> None:
        """It happened once more; `more` is said of this one, if anything is."""
        self.count += 1
        if self.count == self._next:
            self._next *= 10
            said = f"{self._what}: {more}" if more else self._what
            self._log.warning("%s (%d so far)", said, self.count)
