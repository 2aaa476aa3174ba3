"""The console's line of migrations: the framework's ``ab_*`` tables and our ``console_*`` ones."""

from importlib.util import find_spec

from sqlalchemy import Engine, MetaData

from cmcore.base.migrations.lines import Line


def _metadata() -> MetaData:
    from console.tables import metadata

    return metadata


def _settle(engine: Engine) -> None:
    """Write the console's pages and roles into the framework's tables, where the console is installed."""
    if find_spec("flask_appbuilder"):
        from console.app import create_app, sync_permissions

        sync_permissions(create_app(engine))


#: Found through the entry point ``cmcore.lines``.
LINE = Line(
    owner="console",
    scripts="console:migrations/versions",
    prefixes=("ab_", "console_"),
    metadata=_metadata,
    settle=_settle,
)
