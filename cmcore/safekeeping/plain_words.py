"""What the database refuses, in words for people: which field, what is wrong with it, what to do."""

from __future__ import annotations

import re

from sqlalchemy import UniqueConstraint
from sqlalchemy.exc import IntegrityError

from cmcore.base.findings import Finding
from cmcore.base.records import Record


def in_plain_words(refused: IntegrityError) -> Finding:
    """What the database refused, in plain words, never repeating a value."""
    said = str(refused.orig)
    if unique := re.search(r"UNIQUE constraint failed: (.+)", said):
        columns = [part.strip().partition(".")[2] for part in unique.group(1).split(",")]
        return _doubled(columns)
    name = getattr(getattr(refused.orig, "diag", None), "constraint_name", None)
    for table in Record.metadata.tables.values():
        for constraint in table.constraints:
            if name and constraint.name == name and isinstance(constraint, UniqueConstraint):
                return _doubled([column.name for column in constraint.columns])
    if "FOREIGN KEY" in said.upper() or "foreign key" in said:
        return Finding(
            "Other records hang on this one, or it names one that is not there.",
            way_out="Remove or change those first.",
        )
    if empty := re.search(r"NOT NULL constraint failed: \w+\.(\w+)|null value in column \"(\w+)\"", said):
        column = empty.group(1) or empty.group(2)
        return Finding(f"“{column.replace('_', ' ')}” must not be empty.", place=column)
    return Finding(
        "The database refused this change, and nothing was kept.", way_out="Look at what you entered and try again."
    )


def _doubled(columns: list[str]) -> Finding:
    telling = [column for column in columns if column not in ("authority_id", "id")]
    named = " and ".join(column.removesuffix("_id").replace("_", " ") for column in telling) or "key"
    return Finding(
        f"There is one with the same {named} already.",
        place=telling[-1] if telling else None,
        way_out="Open that one instead, or change yours.",
    )
