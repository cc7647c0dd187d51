"""One unit of work on one connection."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.store.sql.accounts import SqlAccounts
from bunniz_bbs.store.sql.drafts import SqlDrafts
from bunniz_bbs.store.sql.invites import SqlInvites
from bunniz_bbs.store.sql.keys import SqlKeys
from bunniz_bbs.store.sql.log import SqlLog
from bunniz_bbs.store.sql.posts import SqlPosts
from bunniz_bbs.store.sql.reads import SqlReads
from bunniz_bbs.store.sql.restrictions import SqlRestrictions
from bunniz_bbs.store.sql.threads import SqlThreads


class SqlTransaction:
    """Every noun, on a connection whose transaction is begun and ended elsewhere."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.accounts = SqlAccounts(connection)
        self.keys = SqlKeys(connection)
        self.invites = SqlInvites(connection)
        self.threads = SqlThreads(connection)
        self.posts = SqlPosts(connection)
        self.reads = SqlReads(connection)
        self.drafts = SqlDrafts(connection)
        self.restrictions = SqlRestrictions(connection)
        self.log = SqlLog(connection)
