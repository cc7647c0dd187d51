"""What the team answered to people whom it did not let in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "declined_keys",
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("until", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="declined_keys_pk"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("declined_keys")
