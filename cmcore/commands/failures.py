"""What a failed command says: one sentence for what the user can put right."""

from __future__ import annotations

from sqlalchemy.exc import OperationalError, ProgrammingError

from cmcore.base.engine import DatabaseAddressError
from cmcore.base.findings import NotFound, Refused
from cmcore.base.settings import SettingsError


def sentence_for(raised: Exception) -> str | None:
    """The sentence for a failure that the user can put right; nothing for a fault of the program."""
    if isinstance(raised, Refused):
        return "\n".join(str(one) for one in raised.findings)
    if isinstance(raised, NotFound):
        return f"Not found: there is no such {raised.what}."
    if isinstance(raised, (SettingsError, DatabaseAddressError)):
        return str(raised)
    if isinstance(raised, (OperationalError, ProgrammingError)):
        said = str(raised.orig)
        if "no such table" in said or "UndefinedTable" in type(raised.orig).__name__:
            return "The database has no tables yet. Run “cm init” first."
        if "locked" in said:
            return "Another command is writing to the database. Wait for it to finish and run this again."
        return "The database cannot be reached. Look at CM_DATABASE_URL and whether the server runs."
    return None
