"""One list as one person asked for it: what is looked for, narrowed by, in which order, which page; what was found.

Everything a request asks for is a value of its own, made anew for each request: nothing is shared between threads.
Only declared columns are searched, narrowed by and ordered by; a page has at most a hundred rows; counting has a cap.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import nullcontext
from functools import reduce
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    String,
    Text,
    and_,
    bindparam,
    cast,
    func,
    inspect,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Load, Mapper, contains_eager, defer, joinedload

from cmcore.base.among import among_told
from cmcore.base.engine import in_order_of_an_index
from cmcore.safekeeping.access import made_once
from cmcore.safekeeping.work import Work
from console.narrow_reading import only_these
from console.wanted import Filter, Found, Queue, Wanted, plain_text

#: Counting stops here; the page then says "more than".
COUNT_CAP = 10_000
#: And here where it is only said how much waits.
COUNTED_TO = 100
#: From this row on, the keys of the page are found first and the rows looked up afterwards.
DEEP = 500
#: Of more authorities than this the keys of a page are asked for by themselves.
MANY = 4
#: Of so many, nearly every row is within reach: a page far behind is then read along an index.
COUNTRY = 100


def _literally(word: str) -> str:
    return word.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _long(mapper: Mapper[Any]) -> list[str]:
    """The columns that hold long texts and lists."""
    return [name for name, column in mapper.columns.items() if isinstance(column.type, Text | JSON)]


def _written(number: int) -> Any:
    """A number that stands in the statement itself: PostgreSQL plans once for all, and then as if it knew no value."""
    return bindparam(None, number, Integer, literal_execute=True)


def _part(statement: Select[Any], most: int, offset: int) -> Select[Any]:
    """So many rows of a statement, from one on."""
    part = statement.limit(_written(most))
    return part.offset(_written(offset)) if offset else part


class Listing:
    """How one kind of record is listed: worked out once from a page's declarations, then only read."""

    def __init__(
        self,
        record: type[Any],
        shown: Sequence[str],
        search: Sequence[str],
        orders: Mapping[str, str],
        usual: tuple[str, str] | None,
        only: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """``shown``, ``search`` and ``orders`` hold attribute paths such as "name" or "setting.name".

        ``orders`` maps a list column to the path it is ordered by; ``usual`` is the order nobody asked for. ``only``
        names the columns that are read of a relation, or of the rows themselves under "", for a page of the list.
        """
        self.record = record
        self.relations = inspect(record).relationships
        self.search = [self._column(path) for path in search]
        self.orders = {name: self._column(path) for name, path in orders.items()}
        self.usual = (self._column(usual[0]), usual[1] == "desc") if usual else (record.id, False)
        self.needed = {path.partition(".")[0] for path in search if "." in path}
        self.joined_for = {name: path.partition(".")[0] for name, path in orders.items() if "." in path}
        if usual and "." in usual[0]:
            self.needed_usual = usual[0].partition(".")[0]
        else:
            self.needed_usual = ""
        self.loaded = {
            root
            for path in shown
            if (root := path.partition(".")[0]) in self.relations and not self.relations[root].uselist
        }
        texts = [func.coalesce(one if isinstance(one.type, String) else cast(one, String), "") for one in self.search]
        self._text: Any = reduce(lambda whole, one: whole.concat(" ").concat(one), texts) if texts else None
        self.shown = frozenset(shown)
        self.unread = [name for name in _long(inspect(record)) if name not in self.shown]
        self.only = only or {}
        #: What is loaded, by the relations that are joined already: made once, and never changed.
        self._loading: dict[tuple[frozenset[str], bool], tuple[Any, ...]] = {}
        #: The statements of a list that nothing narrows, which most people look at: made once.
        self._whole: dict[tuple[Any, ...], Any] = {}
        self.loaded_deep = [path.split(".") for path in shown if path.count(".") > 1]

    def _column(self, path: str) -> InstrumentedAttribute[Any]:
        owner: Any = self.record
        *relations, name = path.split(".")
        for each in relations:
            owner = inspect(owner).relationships[each].mapper.class_
        column: InstrumentedAttribute[Any] = getattr(owner, name)
        return column

    def _matching(self, words: str) -> list[ColumnElement[bool]]:
        """Every word must stand in one of the searched columns.

        They are searched as one text with spaces between: a word holds none, so it is found in one of them or not at
        all, and putting one text into small letters takes a third of the time that five take.
        """
        whole = func.lower(self._text)
        return [whole.like(func.lower(f"%{_literally(word)}%"), escape="/") for word in words.split()[:6]]

    def _conditions(self, wanted: Wanted, filters: Mapping[str, Filter], work: Work) -> list[ColumnElement[bool]]:
        conditions = self._matching(wanted.search) if wanted.search and self.search else []
        by_key: dict[str, list[ColumnElement[bool]]] = {}
        for key, value in wanted.filters:
            by_key.setdefault(key, []).append(filters[key].where(value, work))
        return conditions + [or_(*some) for some in by_key.values()]

    def _join(self, statement: Select[Any], names: set[str]) -> Select[Any]:
        for name in sorted(names):
            statement = statement.join(getattr(self.record, name), isouter=True)
        return statement

    def find(
        self,
        work: Work,
        wanted: Wanted,
        filters: Mapping[str, Filter],
        narrow: Callable[[Select[Any]], Select[Any]] | None = None,
        *,
        cap: int = COUNT_CAP,
    ) -> Found:
        """One page, in two statements, or three: a capped count without order, and the rows with what they show."""
        where = self._conditions(wanted, filters, work)
        searched = self.needed if wanted.search else set()
        whole = not where and narrow is None

        def counted() -> Select[Any]:
            keys = self._join(select(self.record.id), searched).where(*where)
            # In which order they stand changes nothing about how many there are.
            keys = (narrow(keys) if narrow else keys).order_by(None).limit(_written(cap + 1))
            return select(func.count()).select_from(keys.subquery())

        # By itself: asked for together with the rows, PostgreSQL would plan both once for any scope, and badly.
        count = work.db.scalar(self._once(("count", cap), counted) if whole else counted()) or 0
        column, falling = (self.orders[wanted.order], wanted.falling) if wanted.order else self.usual
        ordered_by = self.joined_for.get(wanted.order, "") if wanted.order else self.needed_usual
        joined = searched | ({ordered_by} if ordered_by else set())
        order = self._order(column, falling)
        offset = (wanted.page - 1) * wanted.size
        rows = self._join(select(self.record), joined)
        if offset >= DEEP or self.loaded:
            # The keys first: the database then looks up what hangs on one page, whatever it thinks of the other rows.
            def paged() -> Select[Any]:
                keys = self._join(select(self.record.id), joined).where(*where)
                return _part(narrow(keys) if narrow else keys, wanted.size + 1, offset).order_by(*order)

            first = ("page", wanted.order, wanted.falling, wanted.size)
            page = self._once(first, paged) if whole and offset == 0 else paged()
            if work.scope is not None and len(work.scope.authorities) > MANY:
                # Of many authorities PostgreSQL plans anew each time which keys they are. With all that hangs on them
                # it took longer to plan than to read; by keys alone, that is planned once.
                far = offset >= COUNT_CAP and len(work.scope.authorities) >= COUNTRY
                with in_order_of_an_index(work.db.connection()) if far else nullcontext():
                    found_keys = work.db.scalars(page).all()
                got = self._by_keys(work, found_keys)
                return Found(got[: wanted.size], min(count, cap), count > cap, wanted, len(got) > wanted.size)
            rows = rows.join(found := page.subquery(), found.c.id == self.record.id)
            # Once more, because it may say in which order.
            rows = narrow(rows) if narrow else rows
        else:
            rows = rows.where(*where)
            rows = _part(narrow(rows) if narrow else rows, wanted.size + 1, offset)
        got = work.db.scalars(rows.options(*self._loads(joined, listed=True)).order_by(*order)).unique().all()
        return Found(got[: wanted.size], min(count, cap), count > cap, wanted, len(got) > wanted.size)

    def _once(self, which: tuple[Any, ...], make: Callable[[], Select[Any]]) -> Select[Any]:
        """One of the statements that are made once."""
        known: Select[Any] | None = self._whole.get(which)
        if known is None:
            known = self._whole[which] = made_once(make())
        return known

    def _by_keys(self, work: Work, keys: Sequence[int]) -> list[Any]:
        """The records with these keys and what they show, in the order of the keys."""
        if not keys:
            return []
        statement = self._once(("keys",), self._of_keys)
        found = {one.id: one for one in work.db.scalars(statement, {"keys": keys}).unique()}
        return [found[key] for key in keys if key in found]

    def _of_keys(self) -> Select[Any]:
        told = among_told(self.record.id, "keys")
        return select(self.record).where(told).options(*self._loads(frozenset(), listed=True))

    def _order(self, column: InstrumentedAttribute[Any], falling: bool) -> list[Any]:
        """The order, with the key behind it so that two rows alike never change places between pages."""
        key = self.record.id
        return [column.desc(), key.desc()] if falling else [column.asc(), key.asc()]

    def _loads(self, joined: Collection[str], *, listed: bool = False) -> Sequence[Any]:
        """What is loaded with the rows: the relations that are shown, and no long texts that are not.

        Of a page that is ``listed``, no more columns than it was said to need.
        """
        asked = (frozenset(joined), listed)
        known = self._loading.get(asked)
        if known is None:
            own = self.only.get("") if listed else None
            known = self._loading[asked] = (
                *(self._with(getattr(self.record, name), name in joined, listed) for name in sorted(self.loaded)),
                *(self._deep(path) for path in self.loaded_deep),
                *([only_these(Load(self.record), self.record, own)] if own else ()),
                *(defer(getattr(self.record, name)) for name in self.unread if not own),
            )
        return known

    def _with(self, relation: Any, joined: bool, listed: bool) -> Any:
        """The loading of a relation that rows show, without its long texts and lists, unless they are shown."""
        loading = contains_eager(relation) if joined else joinedload(relation)
        owner = self.relations[relation.key].mapper
        if listed and relation.key in self.only:
            return only_these(loading, owner.class_, self.only[relation.key])
        for name in _long(owner):
            if f"{relation.key}.{name}" not in self.shown:
                loading = loading.defer(getattr(owner.class_, name))
        return loading

    def together(self) -> tuple[Any, ...]:
        """What is read together with one record, so that its page names the others without asking for each."""
        to_one = [joinedload(getattr(self.record, name)) for name in sorted(self.loaded)]
        return (*to_one, *(self._deep(path) for path in self.loaded_deep))

    def _deep(self, path: list[str]) -> Any:
        option, owner = None, self.record
        for name in path[:-1]:
            relation = getattr(owner, name)
            option = joinedload(relation) if option is None else option.joinedload(relation)
            owner = inspect(owner).relationships[name].mapper.class_
        return option

    def counting(
        self, work: Work, wanted: Wanted, filters: Mapping[str, Filter], narrow: Any = None
    ) -> ScalarSelect[int]:
        """How many rows a list would have, counted to a hundred: to be asked together with others, in one statement."""
        keys = select(self.record.id).where(*self._conditions(wanted, filters, work)).limit(COUNTED_TO)
        return select(func.count()).select_from((narrow(keys) if narrow else keys).subquery()).scalar_subquery()

    def first(self, work: Work, wanted: Wanted, most: int, among: Sequence[ColumnElement[bool]] = ()) -> Sequence[Any]:
        """The first rows that a search finds, in the usual order, ``among`` those that meet conditions: for a form."""
        where = self._matching(wanted.search) if wanted.search and self.search else []
        return self._first(work, [*where, *among], self.needed if wanted.search else set(), most)

    def anywhere(
        self, work: Work, wanted: Wanted, most: int, also: ColumnElement[bool] | None, narrow: Any = None
    ) -> Sequence[Any]:
        """The first rows that a search of everything finds: by its words, or because they are known that way ``also``.

        ``narrow`` narrows them as the list itself is.
        """
        found = and_(*self._matching(wanted.search))
        where = [found if also is None else or_(found, also)]
        return self._first(work, where, self.needed, most, narrow)

    def few(self, work: Work, condition: ColumnElement[bool], most: int) -> tuple[Sequence[Any], bool]:
        """The first rows that meet a condition, and whether there are more: for a list on another record's page."""
        rows = self._first(work, [condition], set(), most + 1)
        return rows[:most], len(rows) > most

    def _first(
        self, work: Work, where: Sequence[ColumnElement[bool]], searched: set[str], most: int, narrow: Any = None
    ) -> Sequence[Any]:
        column, falling = self.usual
        joined = searched | ({self.needed_usual} if self.needed_usual else set())
        statement = self._join(select(self.record), joined).where(*where)
        statement = (
            (narrow(statement) if narrow else statement)
            .options(*self._loads(joined))
            .order_by(*self._order(column, falling))
            .limit(most)
        )
        return work.db.scalars(statement).unique().all()


__all__ = ["Filter", "Found", "Listing", "Queue", "Wanted", "plain_text"]
