"""Who may see what is decided on the ORM's queries: nothing goes past it, except in the named places."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house import sources
from tests.house.named_places import BEYOND_A_SCOPE, NAMED_PLACES

#: Functions of SQLAlchemy that make a statement the scope of a session does not reach.
PAST_THE_ORM = {"text", "insert", "update", "delete", "literal_column", "table", "Table", "TextClause"}
#: Attributes through which one gets at a bare table or a bare connection.
BARE = {
    "__table__",
    "exec_driver_sql",
    "raw_connection",
    "bulk_insert_mappings",
    "bulk_save_objects",
    "driver_connection",
}
#: What gives bare tables, or writes to them: whoever imports it speaks past the records.
BARE_TABLES = {
    "console.tables",
    "cmcore.base.bulk.insert_columns",
    "cmcore.base.bulk.insert_unless_there",
    "cmcore.base.engine.run_as_written",
    "cmcore.base.engine.send",
}


def slips(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Each place in a file that goes past the ORM: its line and what it says."""
    for node in sources.nodes(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "sqlalchemy":
            yield from ((node.lineno, f"imports {name.name}") for name in node.names if name.name in PAST_THE_ORM)
        elif isinstance(node, ast.ImportFrom):
            full = {str(node.module), *(f"{node.module}.{name.name}" for name in node.names)}
            yield from ((node.lineno, f"imports {table}") for table in sorted(full & BARE_TABLES))
        elif isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            if node.attr in BARE:
                yield node.lineno, f"reaches for {node.attr}"
            elif owner in {"sa", "sqlalchemy", "sql"} and node.attr in PAST_THE_ORM:
                yield node.lineno, f"calls {owner}.{node.attr}"
        elif isinstance(node, ast.Import):
            yield from (
                (node.lineno, f"imports {name.name}") for name in node.names if name.name in {"sqlite3", "psycopg"}
            )


def test_no_statement_goes_past_the_records_outside_the_named_places() -> None:
    found = [
        f"{path}:{line} {what}"
        for path in sources.python("cmcore", "console", "plugins")
        if not path.as_posix().startswith(tuple(NAMED_PLACES))
        for line, what in slips(sources.tree(path))
    ]
    assert not found, "use the records, or name the place and the reason in tests/house/named_places.py:\n" + "\n".join(
        found
    )


def test_every_named_place_is_there_and_still_needs_its_name() -> None:
    files = {path.as_posix(): path for path in sources.python("cmcore", "console", "plugins")}
    idle = [
        place
        for place in NAMED_PLACES
        if not any(any(slips(sources.tree(path))) for name, path in files.items() if name.startswith(place))
    ]
    assert not idle, f"no longer needed in tests/house/named_places.py: {idle}"


def goes_beyond(tree: ast.Module) -> bool:
    """Whether a file lets a statement go beyond the scope it runs in."""
    names = {node.id for node in sources.nodes(tree) if isinstance(node, ast.Name)}
    said = {node.value for node in sources.nodes(tree) if isinstance(node, ast.Constant)}
    said |= {node.arg for node in sources.nodes(tree) if isinstance(node, ast.keyword)}
    return bool(names & {"beyond", "BEYOND"}) or "cm_beyond" in said


def test_only_the_named_places_go_beyond_a_scope() -> None:
    found = {path.as_posix() for path in sources.python("cmcore", "console") if goes_beyond(sources.tree(path))}
    assert found == set(BEYOND_A_SCOPE), "name the place and what comes back in tests/house/named_places.py"


def test_a_file_that_goes_beyond_a_scope_is_seen() -> None:
    for written in ("beyond('a reason')", "options.get(BEYOND)", "run(cm_beyond='x')", "{'cm_beyond': 'x'}"):
        assert goes_beyond(ast.parse(written)), written


@pytest.mark.parametrize(
    "written",
    [
        "from sqlalchemy import text",
        "from sqlalchemy.dialects.postgresql import insert",
        "import sqlalchemy as sa\nsa.text('select 1')",
        "YoungPerson.__table__.select()",
        "connection.exec_driver_sql('select 1')",
        "import sqlite3",
        "from console.tables import sign_in_try",
        "from cmcore.base.bulk import insert_columns",
        "from cmcore.base.engine import run_as_written",
        "from cmcore.base.engine import send",
    ],
)
def test_a_statement_past_the_records_is_noticed(written: str) -> None:
    assert list(slips(ast.parse(written)))


def test_a_query_of_records_is_let_be() -> None:
    assert not list(slips(ast.parse("from sqlalchemy import select, func\nwork.db.scalars(select(YoungPerson))")))
