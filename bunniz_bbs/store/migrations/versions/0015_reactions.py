"""What readers say to authors: that they heard them, or thank them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "reactions",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("thread", _BIG, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("heard", sa.Integer, nullable=False),
        sa.Column("thanks", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
            name="reactions_account_fk",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread", "number"],
            ["posts.thread", "posts.number"],
            name="reactions_thread_fk",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account", "thread", "number", name="reactions_pk"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("reactions_by_post", "reactions", ["thread", "number"])


def downgrade() -> None:
    op.drop_table("reactions")
