"""The console's line of migrations: the framework's ``ab_*`` tables and our ``console_*`` ones."""

from sqlalchemy import MetaData

from cmcore.base.migrations.lines import Line


def _metadata() -> MetaData:
    from console.tables import metadata

    return metadata


#: Found through the entry point ``cmcore.lines``.
LINE = Line(owner="console", scripts="console:migrations/versions", prefixes=("ab_", "console_"), metadata=_metadata)
