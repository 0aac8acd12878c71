"""Run by Alembic: the migrations go over the connection, and into the transaction, that ``migrate`` gives."""

from alembic import context

from limitedtimes.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
