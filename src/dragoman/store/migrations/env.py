"""How Alembic reaches the ledger: over the connection that `open_store` hands it, inside its transaction."""

from alembic import context

from dragoman.store.ledger import VERSION_TABLE
from dragoman.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
