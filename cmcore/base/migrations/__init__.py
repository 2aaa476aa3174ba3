"""The one Alembic environment: each owner of tables (core, console, a plugin) has a line of its own in it."""

from cmcore.base.migrations.run import ahead, check, current, downgrade, settle, upgrade

__all__ = ["ahead", "check", "current", "downgrade", "settle", "upgrade"]
