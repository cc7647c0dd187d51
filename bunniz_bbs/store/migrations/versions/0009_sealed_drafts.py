"""Drafts are sealed. Those that lay open go: they would have gone within a day."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _anew(sa.Column("sealed", sa.LargeBinary, nullable=False))


def downgrade() -> None:
    _anew(
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def _anew(*words: sa.Column[str] | sa.Column[bytes]) -> None:
    op.drop_table("drafts")
    op.create_table(
        "drafts",
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        *words,
        sa.Column("saved_at", _BIG, nullable=False),
        sa.PrimaryKeyConstraint("account", "place", name="drafts_pk"),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name="drafts_account_fk", ondelete="CASCADE"
        ),
        sqlite_strict=True,
    )
    op.create_index("drafts_by_place", "drafts", ["place"])
