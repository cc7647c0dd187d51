"""Whose visits are open on this node."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.people import is_passer


class Visits:
    """Knows who is here through this process, and nothing else of them."""

    def __init__(self) -> None:
        self._open: dict[object, AccountId] = {}

    @contextmanager
    def open(self, account: AccountId) -> Iterator[None]:
        """Count a visit for as long as the block lasts; of passers none is counted."""
        if is_passer(account):
            yield
            return
        visit = object()
        self._open[visit] = account
        try:
            yield
        finally:
            del self._open[visit]

    def accounts(self) -> Collection[AccountId]:
        """Everybody who is here now, each once."""
        return set(self._open.values())
