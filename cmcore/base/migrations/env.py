"""What Alembic runs: one owner's line, in the connection and transaction it is given."""

from alembic import context

_line = context.config.attributes["line"]
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=None,
    version_table=_line.version_table,
    transaction_per_migration=False,
)
context.run_migrations()
