"""What a failed command says: one sentence for what the user can put right."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from cmcore.base.engine import DatabaseAddressError
from cmcore.base.findings import NotFound, Refused
from cmcore.base.settings import Settings, SettingsError
from cmcore.base.unusable import sentence_of


def sentence_for(raised: Exception) -> str | None:
    """The sentence for a failure that the user can put right; nothing for a fault of the program."""
    if isinstance(raised, Refused):
        return "\n".join(str(one) for one in raised.findings)
    if isinstance(raised, NotFound):
        return f"Not found: there is no such {raised.what}."
    if isinstance(raised, (SettingsError, DatabaseAddressError)):
        return str(raised)
    if isinstance(raised, OSError) and isinstance(raised.filename, str) and raised.strerror:
        way_out = "Look whether its folder is there, and whether you may read and write in it."
        return f"{raised.filename} cannot be opened: {raised.strerror.lower()}. {way_out}"
    if isinstance(raised, DBAPIError):
        return sentence_of(raised, _where())
    return None


def _where() -> str:
    """The database of the settings in words: its file, or its server; never a password."""
    try:
        address: URL = make_url(Settings.load()["database", "url"])
    except (SettingsError, ArgumentError):
        return "the database"
    if address.get_backend_name() == "sqlite":
        return f"the database file {Path(address.database).name}" if address.database else "the database"
    return f"the database server {address.host or 'localhost'}:{address.port or 5432}"
