"""One unit of work on one connection."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bunniz_bbs.store.sql.accounts import SqlAccounts
from bunniz_bbs.store.sql.badges import SqlBadges
from bunniz_bbs.store.sql.barred import SqlBarredKeys
from bunniz_bbs.store.sql.bookmarks import SqlBookmarks
from bunniz_bbs.store.sql.choices import SqlChoices
from bunniz_bbs.store.sql.codes import SqlCodes
from bunniz_bbs.store.sql.consents import SqlConsents
from bunniz_bbs.store.sql.declined import SqlDeclinedKeys
from bunniz_bbs.store.sql.drafts import SqlDrafts
from bunniz_bbs.store.sql.entries import SqlEntries
from bunniz_bbs.store.sql.follows import SqlFollows, SqlQuietBoards
from bunniz_bbs.store.sql.held import SqlHeldPosts
from bunniz_bbs.store.sql.invited import SqlInvited
from bunniz_bbs.store.sql.invites import SqlInvites
from bunniz_bbs.store.sql.keys import SqlKeys
from bunniz_bbs.store.sql.log import SqlLog
from bunniz_bbs.store.sql.mentions import SqlMentions
from bunniz_bbs.store.sql.news import SqlNews
from bunniz_bbs.store.sql.notes import SqlNotes
from bunniz_bbs.store.sql.own import SqlOwn
from bunniz_bbs.store.sql.posts import SqlPosts
from bunniz_bbs.store.sql.reactions import SqlReactions
from bunniz_bbs.store.sql.reads import SqlReads
from bunniz_bbs.store.sql.reports import SqlReports
from bunniz_bbs.store.sql.reserved import SqlReservedNames
from bunniz_bbs.store.sql.restrictions import SqlRestrictions
from bunniz_bbs.store.sql.threads import SqlThreads
from bunniz_bbs.store.sql.vouches import SqlVouches


class SqlTransaction:
    """Every noun, on a connection whose transaction is begun and ended elsewhere."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.accounts = SqlAccounts(connection)
        self.keys = SqlKeys(connection)
        self.invites = SqlInvites(connection)
        self.codes = SqlCodes(connection)
        self.barred = SqlBarredKeys(connection)
        self.declined = SqlDeclinedKeys(connection)
        self.reserved = SqlReservedNames(connection)
        self.consents = SqlConsents(connection)
        self.badges = SqlBadges(connection)
        self.vouches = SqlVouches(connection)
        self.invited = SqlInvited(connection)
        self.notes = SqlNotes(connection)
        self.held = SqlHeldPosts(connection)
        self.reports = SqlReports(connection)
        self.threads = SqlThreads(connection)
        self.posts = SqlPosts(connection)
        self.entries = SqlEntries(connection)
        self.reads = SqlReads(connection)
        self.news = SqlNews(connection)
        self.mentions = SqlMentions(connection)
        self.follows = SqlFollows(connection)
        self.quiet_boards = SqlQuietBoards(connection)
        self.bookmarks = SqlBookmarks(connection)
        self.reactions = SqlReactions(connection)
        self.choices = SqlChoices(connection)
        self.drafts = SqlDrafts(connection)
        self.restrictions = SqlRestrictions(connection)
        self.log = SqlLog(connection)
        self.own = SqlOwn(connection)
