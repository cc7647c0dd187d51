"""Until when somebody who has just come posts slowly."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("accounts", sa.Column("new_until", sa.Text))


def downgrade() -> None:
    op.drop_column("accounts", "new_until")
