"""The tables, for SQLite and PostgreSQL alike.

Moments are whole microseconds since 1970 in UTC and flags are 0 or 1: both sort and
come back the same from either database. There is no date of joining and no last visit.

`threads.author` and `posts.author` do not refer to an account: what somebody wrote
outlives the account. Removing an account, or a post, sets them to NOBODY.
"""

from bunniz_bbs.store.tables.boards import (
    choices,
    drafts,
    entries,
    posts,
    reads,
    threads,
)
from bunniz_bbs.store.tables.columns import (
    EPOCH,
    MICROSECOND,
    NOBODY,
    Day,
    Flag,
    Moment,
    Tags,
    Words,
    metadata,
)
from bunniz_bbs.store.tables.news import (
    bookmarks,
    follows,
    mentions,
    quiet_boards,
    reactions,
)
from bunniz_bbs.store.tables.people import (
    accounts,
    badges,
    barred_keys,
    codes,
    consents,
    declined_keys,
    invited,
    invites,
    keys,
    notes,
    reserved_names,
    vouches,
)
from bunniz_bbs.store.tables.team import (
    held_posts,
    moderation_log,
    reports,
    restrictions,
)

__all__ = [
    "EPOCH",
    "MICROSECOND",
    "NOBODY",
    "Day",
    "Flag",
    "Moment",
    "Tags",
    "Words",
    "accounts",
    "badges",
    "barred_keys",
    "bookmarks",
    "choices",
    "codes",
    "consents",
    "declined_keys",
    "drafts",
    "entries",
    "follows",
    "held_posts",
    "invited",
    "invites",
    "keys",
    "mentions",
    "metadata",
    "moderation_log",
    "notes",
    "posts",
    "quiet_boards",
    "reactions",
    "reads",
    "reports",
    "reserved_names",
    "restrictions",
    "threads",
    "vouches",
]
