"""Runs the migrations on a connection that is handed in; the app has no alembic.ini."""

from alembic import context

from bti.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=context.config.attributes["connection"].dialect.name == "sqlite",
    transactional_ddl=False,
)
context.run_migrations()
