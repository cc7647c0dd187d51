"""Builders: a test names only what it is about."""

from datetime import UTC, date, datetime, timedelta

from bunniz_bbs.domain.ids import AccountId, BoardSlug, CodeDigest, KeyDigest, ThreadId
from bunniz_bbs.domain.people import Account, Role
from bunniz_bbs.domain.threads import Post, Thread
from bunniz_bbs.store.ports import Store

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG_AGO = date(2000, 1, 1)
GENERAL = BoardSlug("general")
OTHER = BoardSlug("other")
ANN = AccountId("ann")
BOB = AccountId("bob")


def an_account(name: str, role: Role = Role.MEMBER) -> Account:
    """An account whose id is its name in small letters."""
    return Account(AccountId(name.lower()), name, role, "en", LONG_AGO)


async def join(store: Store, *names: str) -> None:
    """Keep an account of each name."""
    for name in names:
        account = an_account(name)
        await store.write(lambda tx, a=account: tx.accounts.add(a, a.name.lower()))


async def begin(
    store: Store,
    *,
    board: BoardSlug = GENERAL,
    title: str = "Bread",
    author: str = "bob",
    at: datetime = NOON,
    posts: int = 0,
) -> Thread:
    """Begin a thread with that many posts of its author."""
    thread = await store.write(
        lambda tx: tx.threads.add(board, title, AccountId(author), author.title(), at)
    )
    for _ in range(posts):
        await say(store, thread.id, author=author, at=at)
    return thread


async def say(
    store: Store,
    thread: ThreadId,
    body: str = "Hello",
    *,
    author: str = "bob",
    at: datetime = NOON,
) -> Post:
    """Add a post."""
    return await store.write(
        lambda tx: tx.posts.add(thread, AccountId(author), author.title(), body, at)
    )


def a_key(number: int = 1) -> KeyDigest:
    """A key's digest."""
    return KeyDigest(bytes([number]) * 32)


def a_code(number: int = 1) -> CodeDigest:
    """A code's digest."""
    return CodeDigest(bytes([number]) * 32)
