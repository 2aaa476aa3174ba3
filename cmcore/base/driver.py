"""How the driver of PostgreSQL describes an answer: column by column, and only to whoever reads that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload

import psycopg


class _Columns(Sequence[psycopg.Column]):
    """How the columns of an answer are called and typed, looked up if somebody asks.

    The driver would make up one object for each column of each answer. SQLAlchemy wants to know whether there are any,
    and has the rest from the first time that it sent the statement.
    """

    def __init__(self, cursor: psycopg.Cursor[Any], many: int) -> None:
        """The columns of the answer that a cursor has now."""
        self._cursor, self._many = cursor, many

    def __len__(self) -> int:
        return self._many

    @overload
    def __getitem__(self, at: int) -> psycopg.Column: ...
    @overload
    def __getitem__(self, at: slice) -> list[psycopg.Column]: ...
    def __getitem__(self, at: int | slice) -> psycopg.Column | list[psycopg.Column]:
        if isinstance(at, slice):
            return [psycopg.Column(self._cursor, each) for each in range(self._many)[at]]
        return psycopg.Column(self._cursor, range(self._many)[at])


class Cursor(psycopg.Cursor[Any]):
    """The driver's cursor, which describes its columns to those only who read the description."""

    @property
    def description(self) -> Any:
        """The columns of the answer, or nothing where it has none."""
        told = self.pgresult
        return _Columns(self, told.nfields) if told and told.nfields else super().description
