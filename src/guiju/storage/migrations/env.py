"""Runs the migrations on the connection that `guiju.storage.schema` hands over."""

from alembic import context

from guiju.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,
    transaction_per_migration=False,
)
context.run_migrations()
