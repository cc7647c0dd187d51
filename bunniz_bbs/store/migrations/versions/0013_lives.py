"""When threads and posts go to which their authors gave a shorter life."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    ending = sa.text("goes_at IS NOT NULL")
    for table in ("threads", "posts", "held_posts"):
        op.add_column(table, sa.Column("goes_at", moment))
        op.create_index(
            f"{table}_by_end",
            table,
            ["goes_at"],
            sqlite_where=ending,
            postgresql_where=ending,
        )


def downgrade() -> None:
    for table in ("held_posts", "posts", "threads"):
        op.drop_index(f"{table}_by_end", table)
        op.drop_column(table, "goes_at")
