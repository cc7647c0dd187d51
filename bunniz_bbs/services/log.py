"""The moderators' log as it is read: under the names of today."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bunniz_bbs.domain.ids import AccountId
from bunniz_bbs.domain.moderation import LogEntry
from bunniz_bbs.domain.people import gone, is_account
from bunniz_bbs.store.ports import Transaction


async def newest(tx: Transaction) -> Sequence[LogEntry]:
    """The newest entries, newest first."""
    entries = await tx.log.newest()
    people = {one.person for one in entries if one.person}
    people |= {AccountId(one.moderator) for one in entries}
    names = await tx.accounts.named(sorted(people))
    return [_under_names(one, names) for one in entries]


def _under_names(entry: LogEntry, names: Mapping[AccountId, str]) -> LogEntry:
    moderator = AccountId(entry.moderator)
    target = names.get(entry.person) or gone(entry.person) if entry.person else ""
    return replace(
        entry,
        moderator=names.get(moderator) or _without_account(moderator),
        target=target or entry.target,
    )


def _without_account(moderator: AccountId) -> str:
    """Whoever acted and has no account: the console, or somebody who is gone.

    Older entries hold the name of somebody who was gone before names were let go.
    """
    return gone(moderator) if is_account(moderator) else moderator
