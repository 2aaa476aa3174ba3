"""Days between two days, in SQL of both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class DaysBetween(FunctionElement[int]):
    """Whole days from the second day to the first."""

    type = Integer()
    inherit_cache = True


@compiles(DaysBetween, "sqlite")
def _on_sqlite(element: DaysBetween, compiler: Any, **given: Any) -> str:
    later, earlier = (compiler.process(each, **given) for each in element.clauses)
    return f"CAST(julianday({later}) - julianday({earlier}) AS INTEGER)"


@compiles(DaysBetween, "postgresql")
def _on_postgresql(element: DaysBetween, compiler: Any, **given: Any) -> str:
    later, earlier = (compiler.process(each, **given) for each in element.clauses)
    return f"({later} - {earlier})"
