"""Posts that warn are found without looking through a thread."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "posts_warned",
        "posts",
        ["thread", "number"],
        sqlite_where=sa.text("warnings <> 0"),
        postgresql_where=sa.text("warnings <> 0"),
    )


def downgrade() -> None:
    op.drop_index("posts_warned", "posts")
