"""What services may ask of a store about all that is kept of one account.

The same rules hold as in `ports`.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bunniz_bbs.domain.ids import AccountId, BoardSlug, ThreadId
from bunniz_bbs.domain.own import ReadMark, Vouch, WrittenPost


class Own(Protocol):
    """What is one person's, across all nouns."""

    async def counts(
        self, account: AccountId, columns: Sequence[str]
    ) -> Mapping[str, int]:
        """In how many rows each column names the account.

        Args:
            account: Whose.
            columns: Such as `keys.account`.
        """

    async def posts(
        self, account: AccountId, after: tuple[ThreadId, int], limit: int
    ) -> Sequence[WrittenPost]:
        """Their posts that are there, by thread and number.

        Args:
            account: Whose.
            after: Thread and number of the last one that was seen; zeros: none.
            limit: How many at most.
        """

    async def reads(self, account: AccountId) -> Sequence[ReadMark]:
        """How far they have read each thread."""

    async def vouches(self, account: AccountId) -> Sequence[Vouch]:
        """For whom they vouch, by name."""

    async def unname(self, account: AccountId) -> Sequence[BoardSlug]:
        """Let what they wrote stay with nobody's name; on which boards that is."""

    async def remove_posts(self, account: AccountId) -> Sequence[BoardSlug]:
        """Remove what they wrote, as if they had removed each post; on which boards.

        A thread goes when nothing is left in it. Of a thread that they began and in
        which others wrote, the title stays.
        """
