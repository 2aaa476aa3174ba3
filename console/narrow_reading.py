"""Rows of which a page shows a few columns: the others are left out of the statement, and marked once for each row.

SQLAlchemy's own ``load_only`` puts something in place of each column that it leaves out, for each row: of a session it
leaves out twenty-eight, and that took longer than reading those that are shown. Here a row is told once which of its
columns were not read. Whoever asks for one of them has all of them read, in one statement more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import bindparam, inspect
from sqlalchemy.orm import ColumnProperty
from sqlalchemy.orm.interfaces import LoaderStrategy

#: Stands where SQLAlchemy looks for the column of an attribute: no statement selects it, so the strategy is asked.
_IN_NO_STATEMENT: Any = bindparam("cm_left_out")
_LEFT_OUT = {"cm_left_out": True}


@ColumnProperty.strategy_for(**_LEFT_OUT)
class _LeftOut(LoaderStrategy):
    """Leaves a column out of the statement, unless it is one of those that are read because somebody asked for them."""

    def setup_query(self, *about: Any, only_load_props: Any = None, memoized_populators: Any, **more: Any) -> None:
        """Put nothing into the statement."""
        # A query around this one may need any of its columns.
        around = about[0].compile_options._render_for_subquery
        if around or (only_load_props and self.key in only_load_props):
            self._usual().setup_query(*about, memoized_populators=memoized_populators, **more)
        else:
            memoized_populators[self.parent_property] = _IN_NO_STATEMENT

    def create_row_processor(self, context: Any, *about: Any) -> None:
        """Have each row told once what was left out of it."""
        wanted = context.query._compile_options._only_load_props
        if context.refresh_state and wanted and self.key in wanted:
            self._usual().create_row_processor(context, *about)
            return
        told = about[-1].setdefault("cm_left_out", [])
        if not told:
            told.append(set())
            about[-1]["new"].append((self.key, _marks(told[0])))
        told[0].add(self.key)

    def _usual(self) -> Any:
        return self.parent_property._get_strategy((("deferred", False), ("instrument", True)))


def _marks(names: set[str]) -> Callable[[Any, dict[str, Any], Any], None]:
    def mark(state: Any, held: dict[str, Any], row: Any) -> None:
        state.expired_attributes.update(names - held.keys())

    return mark


def only_these(loading: Any, record: type[Any], names: Iterable[str]) -> Any:
    """An option of loading, for a record or for a relation to it, that reads its key and the columns of these names."""
    mapper, wanted = inspect(record), set(names)
    keys = {mapper.get_property_by_column(column).key for column in mapper.primary_key}
    left_out = [each.class_attribute for each in mapper.column_attrs if each.key not in wanted | keys]
    return loading._set_column_strategy(tuple(left_out), _LEFT_OUT)
