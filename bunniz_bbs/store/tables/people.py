"""People: accounts, keys, codes, and what belongs to one person."""

from typing import Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
    text,
)

from bunniz_bbs.store.tables.columns import Day, Flag, Moment, Words, metadata

accounts: Final = Table(
    "accounts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("shape", Words, nullable=False),
    Column("role", Integer, nullable=False),
    Column("language", Words, nullable=False),
    Column("read_floor", Day, nullable=False),
    Column("pronouns", Words, nullable=False, server_default=""),
    Column("speaks", Words, nullable=False, server_default=""),
    Column("hidden", Flag, nullable=False, server_default=text("0")),
    Column("waiting", Flag, nullable=False, server_default=text("0")),
    Column("settles_on", Day),
    Column("answers", Flag, nullable=False, server_default=text("0")),
    Column("new_until", Day),
    UniqueConstraint("shape"),
    sqlite_strict=True,
)

keys: Final = Table(
    "keys",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("label", Words, nullable=False, server_default=""),
    Column("added_in", Day),  # the first day of the month
    Column("used_in", Day),  # the Monday of the week
    Index("keys_by_account", "account"),
    sqlite_strict=True,
)

codes: Final = Table(
    "codes",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Words, nullable=False),
    Column("good_from", Moment),
    Column("expires_at", Moment),
    Index("codes_by_account", "account", "kind"),
    sqlite_strict=True,
)

barred_keys: Final = Table(
    "barred_keys",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account", Words, nullable=False),  # may be gone
    Column("reason", Words, nullable=False),
    Column("until", Moment),
    Index("barred_keys_by_account", "account"),
    sqlite_strict=True,
)

declined_keys: Final = Table(
    "declined_keys",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("reason", Words, nullable=False),
    Column("until", Day, nullable=False),
    sqlite_strict=True,
)

reserved_names: Final = Table(
    "reserved_names",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("account", ForeignKey("accounts.id", ondelete="SET NULL")),
    Index("reserved_names_by_account", "account"),
    sqlite_strict=True,
)

consents: Final = Table(
    "consents",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Words, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("given_in", Day, nullable=False),  # the first day of the month
    sqlite_strict=True,
)

badges: Final = Table(
    "badges",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("organisation", Words, nullable=False),
    Column("proposed_by", Words, nullable=False),
    Column("confirmed_by", Words),
    Column("given_on", Day),
    sqlite_strict=True,
)

vouches: Final = Table(
    "vouches",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("voucher", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("given_on", Day, nullable=False),  # the Monday of the week
    Index("vouches_by_voucher", "voucher"),
    sqlite_strict=True,
)

invited: Final = Table(
    "invited",
    metadata,
    Column("account", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("inviter", ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False),
    Column("came_on", Day, nullable=False),  # the first day of the month
    Index("invited_by_inviter", "inviter"),
    sqlite_strict=True,
)

notes: Final = Table(
    "notes",
    metadata,
    Column("writer", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("about", ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Index("notes_by_about", "about"),
    sqlite_strict=True,
)

invites: Final = Table(
    "invites",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("role", Integer, nullable=False),
    Column("uses_left", Integer, nullable=False),
    Column("expires_at", Moment),
    Column("claim", Flag, nullable=False),
    Column("inviter", ForeignKey("accounts.id", ondelete="CASCADE")),
    Index("invites_by_inviter", "inviter"),
    sqlite_strict=True,
)
