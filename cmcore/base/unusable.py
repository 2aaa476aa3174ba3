"""What a database says that cannot be used, as a sentence with the way out: damaged, out of reach, behind or ahead."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import DBAPIError

_COPY = "docs/how-to/back-up-and-check.md says how a copy is put back"
_NO_TABLES = "The database has no tables yet. Run “cm init” first."
_BEHIND = "The database is behind this version of the software. Run “cm init”, then this again."
_BUSY = "Another command is writing to the database. Wait for it to finish and run this again."

#: What SQLite calls each trouble, the longer names first where one begins with another, and what a person reads.
_OF_SQLITE = (
    (
        "SQLITE_NOTADB",
        "{where} is no database, or its beginning is damaged. If it was one, stop everything that uses it and put your "
        f"last copy in its place ({_COPY}); otherwise name another file with CM_DATABASE_URL.",
    ),
    (
        "SQLITE_CORRUPT",
        "{where} is damaged: parts of it are missing or were written over. Stop everything that uses it, keep the "
        f"damaged file, and put your last copy in its place ({_COPY}).",
    ),
    (
        "SQLITE_READONLY",
        "{where} can only be read. Let whoever runs this write the file and the folder it lies in, then run it again.",
    ),
    (
        "SQLITE_CANTOPEN",
        "{where} cannot be opened. Look whether it is a file, and whether whoever runs this may read and write it and "
        "the folder it lies in.",
    ),
    ("SQLITE_FULL", "The disk is full: nothing of this was kept in {where}. Make room, then run it again."),
    (
        "SQLITE_IOERR",
        "The disk under {where} cannot be read or written. Look whether it is full or failing; nothing of this was "
        "kept.",
    ),
    ("SQLITE_BUSY", _BUSY),
    ("SQLITE_LOCKED", _BUSY),
)

#: The same of a PostgreSQL that was reached, by the code it gives.
_BY_CODE = {
    "42P01": _NO_TABLES,
    "42703": _BEHIND,
    "42501": "The database's role may not do this. Give it the rights in docs/how-to/install-on-a-server.md.",
    "53100": "The disk of the database server is full: nothing of this was kept. Make room, then run it again.",
    "53300": "The database server has no connection left. Close other programs, or allow it more connections.",
    "25006": "The database server only lets itself be read, as a standby does. Name the one that is written to.",
    "57P03": "The database server is starting or stopping. Wait a little and run this again.",
}

#: What it calls work that another holds up: a lock, two in each other's way, a statement that took too long.
_HELD = frozenset({"55P03", "40P01", "40001", "57014"})

#: And of one that was not: the driver gives only words. A server that speaks another language gets the last sentence.
_BY_WORDS = (
    (
        "password authentication failed",
        "The database server did not take the password. Put the right one into CM_DATABASE_URL.",
    ),
    (
        "no password supplied",
        "The database server asks for a password. Put it into CM_DATABASE_URL, or into a password file.",
    ),
    (
        "no pg_hba.conf entry",
        "The database server does not let this machine in. Add it to the server's pg_hba.conf.",
    ),
    ("database is starting up", _BY_CODE["57P03"]),
    ("database system is", _BY_CODE["57P03"]),
    ("too many clients", _BY_CODE["53300"]),
    (
        "connection refused",
        "Nothing answers at {where}. Start the database server, or put its right address into CM_DATABASE_URL.",
    ),
    (
        "timeout",
        "{where} does not answer in time. Look whether the server runs and whether a firewall stands between.",
    ),
    (
        "could not translate host name",
        "There is no machine of the name in CM_DATABASE_URL. Put the server's right name there.",
    ),
    (
        "failed to resolve host",
        "There is no machine of the name in CM_DATABASE_URL. Put the server's right name there.",
    ),
    (
        "server closed the connection",
        "The database server broke the connection off: nothing of this was kept. Look whether it runs, and run this "
        "again.",
    ),
)
_ELSE = "The database cannot be reached. Look at CM_DATABASE_URL and whether the server runs."


def sentence_of(raised: DBAPIError, where: str = "the database") -> str | None:
    """What is wrong with the database and the way out; nothing where it is the software that asked wrongly.

    ``where`` is the file or the server in words, without a password.
    """
    said = _said(raised.orig, where)
    return said and said[:1].upper() + said[1:]


def only_busy(raised: DBAPIError) -> bool:
    """Whether another program or request only holds what is wanted, so that the same works in a while."""
    name = getattr(raised.orig, "sqlite_errorname", None) or ""
    held = name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or getattr(raised.orig, "sqlstate", None) in _HELD
    return held or "database is locked" in str(raised.orig)


def _said(orig: Any, where: str) -> str | None:
    if type(orig).__module__ == "sqlite3":
        return _of_sqlite(orig, where)
    code = getattr(orig, "sqlstate", None)
    if code is not None:
        return _BY_CODE.get(code) or (_ELSE if code[:2] in ("08", "57") else None)
    return _of_the_driver(str(orig), where)


def _of_sqlite(orig: Any, where: str) -> str | None:
    said, name = str(orig), getattr(orig, "sqlite_errorname", "") or ""
    if "no such table" in said:
        return _NO_TABLES
    if "no such column" in said or "has no column named" in said:
        return _BEHIND
    return next((words.format(where=where) for begins, words in _OF_SQLITE if name.startswith(begins)), None)


def _of_the_driver(said: str, where: str) -> str:
    low = said.lower()
    # "database "x" does not exist" and "role "x" does not exist": the name stands in the address already.
    if "does not exist" in low:
        if "role " in low:
            return "The database server knows no role of the name in CM_DATABASE_URL. Make it, or name another."
        return (
            "The server has no database of the name in CM_DATABASE_URL. Make it (“createdb NAME”) and run “cm init”, "
            "or name another."
        )
    return next((words.format(where=where) for part, words in _BY_WORDS if part in low), _ELSE)
