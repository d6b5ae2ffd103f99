"""What alembic runs before the steps: it is given the open transaction, and leaves its end to whoever gave it."""

from __future__ import annotations

from alembic import context

from funding_model.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
