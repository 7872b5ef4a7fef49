"""How Alembic runs here: on the connection that the store hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from desktop_app.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=True)
context.run_migrations()
