"""What readers chose: which warnings are open, folded or hidden, which languages."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "choices",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("opens", sa.Integer, nullable=False),
        sa.Column("folds", sa.Integer, nullable=False),
        sa.Column("hides", sa.Integer, nullable=False),
        sa.Column("languages", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
            name="choices_account_fk",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account", name="choices_pk"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("choices")
