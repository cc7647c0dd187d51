"""Devices, ways back, admission, names, and what waits for the team."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _columns()
    _of_keys()
    _of_people()
    _between_people()
    _for_the_team()


def _columns() -> None:
    for table, column in (
        ("accounts", _text("pronouns", server_default="")),
        ("accounts", _text("speaks", server_default="")),
        ("accounts", _flag("hidden")),
        ("accounts", _flag("waiting")),
        ("accounts", sa.Column("settles_on", sa.Text)),
        ("keys", _text("label", server_default="")),
        ("keys", sa.Column("added_in", sa.Text)),
        ("keys", sa.Column("used_in", sa.Text)),
    ):
        op.add_column(table, column)
    with op.batch_alter_table("invites") as invites:
        invites.add_column(sa.Column("inviter", sa.Text))
        invites.create_foreign_key(
            "invites_inviter_fk", "accounts", ["inviter"], ["id"], ondelete="CASCADE"
        )
    op.create_index("invites_by_inviter", "invites", ["inviter"])


def _of_keys() -> None:
    _create(
        "codes",
        _digest(),
        _text("account"),
        _text("kind"),
        sa.Column("good_from", _BIG),
        sa.Column("expires_at", _BIG),
        key=["digest"],
        refers=["account"],
    )
    op.create_index("codes_by_account", "codes", ["account", "kind"])
    _create(
        "barred_keys",
        _digest(),
        _text("account"),
        _text("reason"),
        sa.Column("until", _BIG),
        key=["digest"],
    )
    op.create_index("barred_keys_by_account", "barred_keys", ["account"])


def _of_people() -> None:
    _create(
        "reserved_names",
        _digest(),
        sa.Column("account", sa.Text),
        sa.ForeignKeyConstraint(
            ["account"],
            ["accounts.id"],
            name="reserved_names_account_fk",
            ondelete="SET NULL",
        ),
        key=["digest"],
    )
    op.create_index("reserved_names_by_account", "reserved_names", ["account"])
    _create(
        "consents",
        _text("account"),
        _text("kind"),
        sa.Column("version", sa.Integer, nullable=False),
        _text("given_in"),
        key=["account", "kind"],
        refers=["account"],
    )
    _create(
        "badges",
        _text("account"),
        _text("organisation"),
        _text("proposed_by"),
        sa.Column("confirmed_by", sa.Text),
        sa.Column("given_on", sa.Text),
        key=["account"],
        refers=["account"],
    )


def _between_people() -> None:
    _create(
        "vouches",
        _text("account"),
        _text("voucher"),
        _text("given_on"),
        key=["account", "voucher"],
        refers=["account", "voucher"],
    )
    op.create_index("vouches_by_voucher", "vouches", ["voucher"])
    _create(
        "invited",
        _text("account"),
        _text("inviter"),
        _text("came_on"),
        key=["account"],
        refers=["account", "inviter"],
    )
    op.create_index("invited_by_inviter", "invited", ["inviter"])
    _create(
        "notes",
        _text("writer"),
        _text("about"),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        key=["writer", "about"],
        refers=["writer", "about"],
    )
    op.create_index("notes_by_about", "notes", ["about"])


def _for_the_team() -> None:
    _create(
        "held_posts",
        sa.Column("id", _BIG, nullable=False, autoincrement=True),
        _text("board"),
        sa.Column("thread", _BIG),
        _text("title"),
        _text("author"),
        _text("author_name"),
        _text("body"),
        sa.Column("sent_at", _BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["thread"], ["threads.id"], name="held_posts_thread_fk", ondelete="CASCADE"
        ),
        key=["id"],
        counted=True,
    )
    op.create_index("held_posts_by_author", "held_posts", ["author"])
    op.create_index("held_posts_by_thread", "held_posts", ["thread"])
    _create(
        "reports",
        sa.Column("id", _BIG, nullable=False, autoincrement=True),
        _text("target"),
        _text("body"),
        sa.Column("sent_at", _BIG, nullable=False),
        sa.Column("closed_at", _BIG),
        key=["id"],
        counted=True,
    )


def _text(name: str, server_default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=server_default)


def _flag(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=sa.text("0"))


def _digest() -> sa.Column[bytes]:
    return sa.Column("digest", sa.LargeBinary, nullable=False)


def _create(
    table: str,
    *parts: sa.schema.SchemaItem,
    key: list[str],
    refers: list[str] | None = None,
    counted: bool = False,
) -> None:
    """A strict table; what it refers to takes its rows along."""
    op.create_table(
        table,
        *parts,
        sa.PrimaryKeyConstraint(*key, name=f"{table}_pk"),
        *(
            sa.ForeignKeyConstraint(
                [one], ["accounts.id"], name=f"{table}_{one}_fk", ondelete="CASCADE"
            )
            for one in refers or ()
        ),
        sqlite_strict=True,
        **({"sqlite_autoincrement": True} if counted else {}),
    )
