"""The moderators' log names accounts, so that it knows no former names."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ON_PEOPLE = (
    "kick", "mute", "unmute", "ban", "unban", "delete-line", "role", "remove",
    "approve", "decline", "badge-proposed", "badge", "unbadge", "reset",
)  # fmt: skip
"""Acts whose target was a pseudonym."""


def upgrade() -> None:
    op.add_column(
        "moderation_log",
        sa.Column("person", sa.Text, nullable=False, server_default=""),
    )
    on_people = ", ".join(f"'{act}'" for act in _ON_PEOPLE)
    _change(
        "UPDATE moderation_log SET moderator ="
        " (SELECT id FROM accounts WHERE name = moderator)"
        " WHERE moderator IN (SELECT name FROM accounts)"
    )
    # Of somebody who is gone the name stays: nothing leads from it to an account.
    _change(
        "UPDATE moderation_log SET target = '', person ="
        " (SELECT id FROM accounts WHERE name = target)"
        f" WHERE act IN ({on_people}) AND target IN (SELECT name FROM accounts)"
    )


def _change(statement: str) -> None:
    """Change the log this once: triggers keep everybody else from it."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE moderation_log DISABLE TRIGGER moderation_log_stays")
        op.execute(statement)
        op.execute("ALTER TABLE moderation_log ENABLE TRIGGER moderation_log_stays")
        return
    trigger = op.get_bind().execute(
        sa.text("SELECT sql FROM sqlite_master WHERE name = 'moderation_log_no_update'")
    )
    made = trigger.scalar_one()
    op.execute("DROP TRIGGER moderation_log_no_update")
    op.execute(statement)
    op.execute(made)


def downgrade() -> None:
    op.drop_column("moderation_log", "person")
