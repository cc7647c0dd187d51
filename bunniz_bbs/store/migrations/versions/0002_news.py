"""What is new is found in one index, without a look at any thread or post."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "threads_stirred",
        "threads",
        ["last_at", "id", "board", "last_number", "created_at"],
    )
    op.drop_index("threads_by_last", "threads")
