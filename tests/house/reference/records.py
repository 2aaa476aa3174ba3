"""The records: what is kept, whose it is, how long, and the columns of each table."""

from __future__ import annotations

import re
from inspect import getsource

from sqlalchemy import CheckConstraint, Column

from cmcore.base.records import Record
from cmcore.safekeeping.retention import RETENTION
from tests.house.reference import markdown
from tests.house.reference.kept import core_records
from tests.house.reference.markdown import by_stage, link, plain, sentence, table

_ABOUT = {
    "child": "a young person",
    "mentor": "a mentor",
    "money": "what is paid",
    "authority": "an authority",
    "account": "an account",
    "audit": "what was done",
    "import": "what was brought in",
    "task": "long work somebody asked for",
    "system": "nobody",
}


def page() -> str:
    """Every record of the core."""
    kept = sorted(core_records(), key=_place)
    parts = []
    for record in kept:
        parts += [f"## {record.__name__}", _of(record), table(("column", "type", "what it holds"), _rows(record))]
    rules = [(f"`{rule.key}`", plain(rule.statement), plain(rule.source)) for rule in RETENTION.values()]
    return markdown.page(
        "Records",
        f"the `records.py` of each folder of {link('cmcore')}",
        "Each record says whose it is, which decides [who may reach it](roles.md), and which rule of keeping holds. "
        "Columns ending in `_on` are days, those ending in `_at` instants in UTC; *sensitive* ones are masked in the "
        "audit. Every record that can be edited has a `version`: an edit of an older one is told, never lost.",
        "## How long records are kept",
        table(("rule", "what it says", "source"), rules),
        *parts,
    )


def _place(record: type[Record]) -> tuple[tuple[int, str], str]:
    return by_stage(record.__module__), record.__name__


def _of(record: type[Record]) -> str:
    told = f"Table `{record.__tablename__}`, about {_ABOUT[record.about]}, kept by the rule `{record.retention}`."
    return f"{sentence(record)}  \n{told}"


def _rows(record: type[Record]) -> list[tuple[str, str, str]]:
    said = _comments(record)
    hidden = {"id", "version", "created_at", "changed_at"}
    columns = [column for column in record.__table__.columns if column.name not in hidden]
    codes = _codes(record)
    return [
        (
            f"`{column.name}`",
            _type(column),
            " ".join(part for part in (said.get(column.name, ""), codes.get(column.name, "")) if part),
        )
        for column in columns
    ]


def _type(column: Column[object]) -> str:
    length = getattr(column.type, "length", None)
    named = type(column.type).__name__.lower() + (f" {length}" if length else "")
    marks = [named] + ["may be empty"] * bool(column.nullable) + ["*sensitive*"] * bool(column.info.get("sensitive"))
    one = sorted({str(key.column).replace(".id", "") for key in column.foreign_keys if key.column.name == "id"})
    return ", ".join([*marks, *(f"of `{table}`" for table in one)])


def _codes(record: type[Record]) -> dict[str, str]:
    """The codes a column may hold, as the table itself insists on them."""
    found = {}
    for constraint in getattr(record.__table__, "constraints", ()):
        if isinstance(constraint, CheckConstraint) and (
            told := re.match(r"(\w+) IN \((.*?)\)", str(constraint.sqltext))
        ):
            found[told[1]] = "One of " + ", ".join(f"`{code}`" for code in re.findall(r"'(\w+)'", told[2])) + "."
    return found


def _comments(record: type[Record]) -> dict[str, str]:
    """What stands above a column in the source, in lines that begin with "#:"."""
    found = {}
    for said, name in re.findall(r"((?:^    #: .*\n)+)    (\w+):", getsource(record), re.MULTILINE):
        found[name] = plain(" ".join(line.strip().removeprefix("#: ") for line in said.splitlines()))
    return found
