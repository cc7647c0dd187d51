"""How threads stand: closed by whoever began them, kept by the team, checked."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("closed", sa.Integer, nullable=False, server_default="0"),
        sa.Column("kept_for", sa.Text, nullable=False, server_default=""),
        sa.Column("checked_on", sa.Text),
    ):
        op.add_column("threads", column)


def downgrade() -> None:
    for name in ("checked_on", "kept_for", "closed"):
        op.drop_column("threads", name)
