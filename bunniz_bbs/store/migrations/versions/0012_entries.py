"""What posts are found by, and an index over it, filled from the posts there are."""

import sqlalchemy as sa
from alembic import op

from bunniz_bbs.store.terms import terms_of

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_AT_ONCE = 1000

_SQLITE = (
    # Of what is found, the number is all that is asked.
    "CREATE VIRTUAL TABLE entries_found USING fts5(terms, content='entries',"
    " content_rowid='post', detail=none, columnsize=0, tokenize='ascii')",
    # What is taken out is overwritten, not marked.
    "INSERT INTO entries_found (entries_found, rank) VALUES ('secure-delete', 1)",
    "CREATE TRIGGER entries_added AFTER INSERT ON entries BEGIN"
    " INSERT INTO entries_found (rowid, terms) VALUES (new.post, new.terms); END",
    "CREATE TRIGGER entries_removed AFTER DELETE ON entries BEGIN"
    " INSERT INTO entries_found (entries_found, rowid, terms)"
    " VALUES ('delete', old.post, old.terms); END",
    "CREATE TRIGGER entries_changed AFTER UPDATE ON entries BEGIN"
    " INSERT INTO entries_found (entries_found, rowid, terms)"
    " VALUES ('delete', old.post, old.terms);"
    " INSERT INTO entries_found (rowid, terms) VALUES (new.post, new.terms); END",
)
_POSTGRES = (
    # What is new is in the index at once: no list of it is looked through.
    "CREATE INDEX entries_found ON entries USING gin (string_to_array(terms, ' '))"
    " WITH (fastupdate = off)",
)


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("post", _BIG, nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("post", name="entries_pk"),
        sa.ForeignKeyConstraint(
            ["post"], ["posts.id"], name="entries_post_fk", ondelete="CASCADE"
        ),
        sqlite_strict=True,
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    # An index over many rows at once is made quicker than row by row; a table of its
    # own that follows by triggers is filled by them.
    for statement in _SQLITE if on_sqlite else ():
        op.execute(statement)
    _fill()
    for statement in () if on_sqlite else _POSTGRES:
        op.execute(statement)


def _fill() -> None:
    put = sa.text("INSERT INTO entries (post, terms) VALUES (:post, :terms)")
    some = sa.text(
        "SELECT posts.id, posts.number, posts.body, threads.board, threads.title"
        " FROM posts JOIN threads ON threads.id = posts.thread"
        " WHERE posts.id > :last AND posts.deleted = 0 ORDER BY posts.id LIMIT :most"
    )
    last = 0
    while rows := op.get_bind().execute(some, {"last": last, "most": _AT_ONCE}).all():
        last = rows[-1].id
        op.get_bind().execute(
            put,
            [
                {
                    "post": row.id,
                    "terms": terms_of(
                        row.board, row.title if row.number == 1 else "", row.body
                    ),
                }
                for row in rows
            ],
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE entries_found")
    op.drop_table("entries")
