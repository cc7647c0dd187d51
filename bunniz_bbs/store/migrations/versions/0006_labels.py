"""What a thread or a post warns of, what its author asks for, and its language."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WARNED = ("threads", "posts", "held_posts")
_WHOLE = ("threads", "held_posts")


def upgrade() -> None:
    for table in _WARNED:
        op.add_column(
            table,
            sa.Column("warnings", sa.Integer, nullable=False, server_default="0"),
        )
    for table in _WHOLE:
        for name in ("ask", "language"):
            op.add_column(
                table, sa.Column(name, sa.Text, nullable=False, server_default="")
            )


def downgrade() -> None:
    for table in _WHOLE:
        for name in ("language", "ask"):
            op.drop_column(table, name)
    for table in _WARNED:
        op.drop_column(table, "warnings")
