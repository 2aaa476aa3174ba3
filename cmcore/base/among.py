"""Whether a column holds one of some keys, told in one parameter however many there are.

Somebody with a role in every authority of a country has 152 keys. As 152 parameters they make each statement ten
thousand characters long, and the driver spends longer on reading it than the database on answering.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, Dialect, Integer, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

#: Up to so many keys are written out: with one, both databases read rows in the order of an index behind it.
_FEW = 4


class _Array(UserDefinedType[Any]):
    """PostgreSQL's array of whole numbers, given as it writes one: the driver would look at each number by itself."""

    cache_ok = True
    render_bind_cast = True

    def get_col_spec(self, **_: Any) -> str:
        return "INTEGER[]"


class _Keys(TypeDecorator[list[int]]):
    """Keys in one parameter: an array on PostgreSQL, a JSON list on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return Text() if dialect.name == "sqlite" else _Array()

    def process_bind_param(self, value: list[int] | None, dialect: Dialect) -> Any:
        inside = _listed(tuple(value or ()))
        return f"[{inside}]" if dialect.name == "sqlite" else f"{{{inside}}}"


@lru_cache(maxsize=256)
def _listed(keys: tuple[int, ...]) -> str:
    return ",".join(str(int(key)) for key in keys)


class _Parameter(BindParameter[Any]):
    """A parameter that is compared as what it is. Others make up a condition of SQL each time two are compared.

    A kept statement holds each parameter twice, as it was made and with what the ORM wrote on it, and compares the two
    whenever it is filled. Nobody compares one with a column this way round: ``column == parameter`` asks the column.
    """

    inherit_cache = True

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return isinstance(other, BindParameter) and hash(self) == hash(other)

    __hash__ = BindParameter.__hash__


class _Among(FunctionElement[bool]):
    name = "among"
    type = Boolean()
    inherit_cache = True


@compiles(_Among)
def _as_array(element: _Among, compiler: SQLCompiler, **more: Any) -> str:
    column, keys = element.clauses
    return f"{compiler.process(column, **more)} = ANY ({compiler.process(keys, **more)})"


@compiles(_Among, "sqlite")
def _as_list(element: _Among, compiler: SQLCompiler, **more: Any) -> str:
    column, keys = element.clauses
    return f"{compiler.process(column, **more)} IN (SELECT value FROM json_each({compiler.process(keys, **more)}))"


def among(column: Any, keys: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a column of whole numbers holds one of these keys; no keys: no row."""
    told = sorted(set(keys))
    if len(told) == 1:
        alone: ColumnElement[bool] = column == told[0]
        return alone
    if len(told) <= _FEW:
        few: ColumnElement[bool] = column.in_(told)
        return few
    return _Among(column, _Parameter(None, told, type_=_Keys(), unique=True))


class Shared:
    """Keys that conditions on several columns share: told once, however many conditions ask for them.

    The conditions of one scope share theirs. Statements of other kinds must not: a statement is kept compiled by what
    it is made of, and which of its parameters are one and the same is part of that.
    """

    def __init__(self, keys: Iterable[int]) -> None:
        """The keys, and the one parameter they are told in."""
        told = sorted(set(keys))
        self._alone, self._few = len(told) == 1, len(told) <= _FEW
        self._told: BindParameter[Any] = (
            _Parameter(None, told[0], type_=Integer(), unique=True)
            if self._alone
            else _Parameter(None, told, type_=Integer(), unique=True, expanding=True)
            if self._few
            else _Parameter(None, told, type_=_Keys(), unique=True)
        )

    def hold(self, column: Any) -> ColumnElement[bool]:
        """The same condition as that of :func:`among`."""
        if self._alone:
            alone: ColumnElement[bool] = column == self._told
            return alone
        if self._few:
            few: ColumnElement[bool] = column.in_(self._told)
            return few
        return _Among(column, self._told)


class _Patterns(TypeDecorator[list[str]]):
    """Patterns in one parameter, as a JSON list: as they are for SQLite's GLOB, with ``%`` for PostgreSQL's LIKE."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> Any:
        return _patterned(tuple(value or ()), dialect.name == "sqlite")


@lru_cache(maxsize=256)
def _patterned(patterns: tuple[str, ...], embedded: bool) -> str:
    if embedded:
        return json.dumps(patterns)
    literally = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_", "*": "%"})
    return json.dumps([each.translate(literally) for each in patterns])


class _Like(FunctionElement[bool]):
    name = "like_one"
    type = Boolean()
    inherit_cache = True


@compiles(_Like)
def _like_array(element: _Like, compiler: SQLCompiler, **more: Any) -> str:
    column, told = (compiler.process(each, **more) for each in element.clauses)
    return f"{column} LIKE ANY (ARRAY(SELECT json_array_elements_text(CAST({told} AS JSON))))"


@compiles(_Like, "sqlite")
def _like_list(element: _Like, compiler: SQLCompiler, **more: Any) -> str:
    column, told = (compiler.process(each, **more) for each in element.clauses)
    return f"EXISTS (SELECT 1 FROM json_each({told}) AS told WHERE {column} GLOB told.value)"


def like_one(column: Any, patterns: Iterable[str]) -> ColumnElement[bool]:
    """The condition that a column of codes is like one of some patterns, in which ``*`` stands for anything."""
    return _Like(column, bindparam(None, list(patterns), type_=_Patterns(), unique=True))


def among_told(column: Any, name: str) -> ColumnElement[bool]:
    """The same with keys that are told under a name each time: for a statement that is made once."""
    return _Among(column, bindparam(name, type_=_Keys()))
