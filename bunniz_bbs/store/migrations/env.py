"""Alembic runs this; it works on the connection that `migrate` hands over."""

from alembic import context

from bunniz_bbs.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # The connection is in a transaction already, on SQLite as well.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
