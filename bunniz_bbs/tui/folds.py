"""Which posts of a thread are open, where all others are folded, or the reverse."""


class Folds:
    """Remembers what was opened and closed, by the numbers of posts."""

    def __init__(self) -> None:
        self._all = False
        self._others: set[int] = set()

    def is_open(self, number: int) -> bool:
        """Whether this post shows everything."""
        return self._all != (number in self._others)

    def turn(self, number: int) -> None:
        """Open this one, or close it."""
        self._others ^= {number}

    def turn_all(self) -> None:
        """Open all, or close all."""
        self._all = not self._all
        self._others.clear()
