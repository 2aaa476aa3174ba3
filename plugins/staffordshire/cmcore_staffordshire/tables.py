"""The plugin's tables: its line of migrations, and where their records stand."""

from sqlalchemy import MetaData

from cmcore.api import Line, Record
from cmcore_staffordshire.life import council_records, records

#: Where its records stand: they are read with the line, so that they are known before anything is asked of them.
RECORDS = (records, council_records)


def metadata() -> MetaData:
    """What the records of this plugin stand in: the one of all records, once they are read."""
    return Record.metadata


#: The plugin's line of migrations.
LINE = Line("staffordshire", "cmcore_staffordshire.migrations:versions", ("cmp_staffordshire_",), metadata)
