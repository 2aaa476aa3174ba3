"""One list as one person asked for it: what is looked for, narrowed by, in which order, which page; what was found.

Everything a request asks for is a value of its own, made anew for each request: nothing is shared between threads.
Only declared columns are searched, narrowed by and ordered by; a page has at most a hundred rows; counting has a cap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Any

from sqlalchemy import JSON, ColumnElement, ScalarSelect, Select, String, Text, cast, func, inspect, or_, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, defer, joinedload
from werkzeug.datastructures import MultiDict

from cmcore.safekeeping.work import Work

SIZES = (25, 50, 100)
#: Counting stops here; the page then says "more than".
COUNT_CAP = 10_000
#: And here where it is only said how much waits.
COUNTED_TO = 100
#: From this row on, the keys of the page are found first and the rows looked up afterwards.
DEEP = 500
DEEPEST = 1_000_000


@dataclass(frozen=True)
class Filter:
    """One way of narrowing a list: its key in the address, its words, what may be chosen, and the condition it makes.

    ``options`` are (value, words) pairs, or a function of the work that gives them; empty means it is not offered on
    the page and only follows from a link. ``words`` says a chosen value in words where it is not among the options.
    """

    key: str
    label: str
    options: tuple[tuple[str, str], ...] | Callable[[Work], Sequence[tuple[str, str]]]
    where: Callable[[str, Work], ColumnElement[bool]]
    words: Callable[[str, Work], str] | None = None

    def offered(self, work: Work) -> Sequence[tuple[str, str]]:
        """What may be chosen."""
        return self.options(work) if callable(self.options) else self.options

    def say(self, value: str, work: Work) -> str:
        """A chosen value in words."""
        return next((words for key, words in self.offered(work) if key == value), "") or (
            self.words(value, work) if self.words else value
        )


@dataclass(frozen=True)
class Queue:
    """Work that waits: what it is called on Today, and which rows of a list they are, as its address says it.

    ``when`` is "now", "week" or "soon"; a queue for some roles only names the act that whoever works it may do.
    """

    words: str
    args: Mapping[str, Any]
    when: str = "week"
    about: str = ""
    act: str = ""
    #: Whether it stands above every other of its group, whatever was registered before it.
    first: bool = False


@dataclass(frozen=True)
class Wanted:
    """What the address asks for, already limited to what the list allows."""

    search: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    order: str = ""
    falling: bool = False
    page: int = 1
    size: int = SIZES[0]

    @classmethod
    def read(
        cls, args: MultiDict[str, str], filters: Mapping[str, Filter], orders: Sequence[str], size: int = SIZES[0]
    ) -> Wanted:
        """Read the address; what is not declared, or is no number, is as if it were not there."""
        asked = args.get("sort", "")
        order = asked.removeprefix("-")
        chosen = tuple(
            (key, plain) for key in filters for value in args.getlist(key)[:5] if (plain := plain_text(value))
        )
        return cls(
            search=plain_text(args.get("q", ""))[:80],
            filters=chosen,
            order=order if order in orders else "",
            falling=asked.startswith("-"),
            page=_number(args.get("page"), 1, DEEPEST),
            size=next((each for each in SIZES if str(each) == args.get("size")), size),
        )

    def args(self, **changes: Any) -> dict[str, Any]:
        """The address of this list with some of it changed; page 1 and the usual size are left out."""
        to = replace(self, **changes)
        made: dict[str, Any] = {"q": to.search} if to.search else {}
        for key, value in to.filters:
            made.setdefault(key, []).append(value)
        if to.order:
            made["sort"] = ("-" if to.falling else "") + to.order
        if to.page > 1:
            made["page"] = to.page
        if to.size != SIZES[0]:
            made["size"] = to.size
        return made


def plain_text(given: str) -> str:
    """What was typed in one line, without signs that are not to be seen."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in given).split())


def _number(given: str | None, least: int, most: int) -> int:
    if given is None or not given.isascii() or not given.isdigit() or len(given) > 9:
        return least
    return max(least, min(most, int(given)))


@dataclass(frozen=True)
class Found:
    """One page of a list."""

    rows: Sequence[Any]
    count: int
    capped: bool
    wanted: Wanted
    more: bool = field(default=False)

    @property
    def first(self) -> int:
        """The number of the first row on the page."""
        return (self.wanted.page - 1) * self.wanted.size + 1

    @property
    def last(self) -> int:
        """The number of the last row on the page."""
        return self.first + len(self.rows) - 1

    @property
    def pages(self) -> int:
        """How many pages there are; with a capped count, how many are known of."""
        known = -(-self.count // self.wanted.size)
        return max(known, self.wanted.page + self.more) if self.capped else max(1, known)

    def numbers(self) -> list[int | None]:
        """The page numbers to offer: first, around this one, last; None stands for a gap."""
        here, last = self.wanted.page, self.pages
        near = sorted(
            {1, *(one for one in range(here - 2, here + 3) if 1 <= one <= last), *(() if self.capped else (last,))}
        )
        made: list[int | None] = []
        for one in near:
            if made and made[-1] is not None and one - made[-1] > 1:
                made.append(None)
            made.append(one)
        return made


def _literally(word: str) -> str:
    return word.replace("/", "//").replace("%", "/%").replace("_", "/_")


class Listing:
    """How one kind of record is listed: worked out once from a page's declarations, then only read."""

    def __init__(
        self,
        record: type[Any],
        shown: Sequence[str],
        search: Sequence[str],
        orders: Mapping[str, str],
        usual: tuple[str, str] | None,
    ) -> None:
        """``shown``, ``search`` and ``orders`` hold attribute paths such as "name" or "setting.name".

        ``orders`` maps a list column to the path it is ordered by; ``usual`` is the order nobody asked for.
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
        long = [name for name, column in inspect(record).columns.items() if isinstance(column.type, Text | JSON)]
        self.unread = [name for name in long if name not in shown]
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
        """One page, in two statements: a capped count without order, and the rows with what they show."""
        where = self._conditions(wanted, filters, work)
        searched = self.needed if wanted.search else set()
        keys = self._join(select(self.record.id), searched).where(*where)
        if narrow:
            keys = narrow(keys)
        count = work.db.scalar(select(func.count()).select_from(keys.limit(cap + 1).subquery())) or 0
        column, falling = (self.orders[wanted.order], wanted.falling) if wanted.order else self.usual
        ordered_by = self.joined_for.get(wanted.order, "") if wanted.order else self.needed_usual
        joined = searched | ({ordered_by} if ordered_by else set())
        order = self._order(column, falling)
        offset = (wanted.page - 1) * wanted.size
        rows = self._join(select(self.record), joined)
        if offset >= DEEP or self.loaded:
            # The keys first: the database then looks up what hangs on one page of rows, whatever it thinks of the rest.
            page = self._join(select(self.record.id), joined).where(*where)
            page = (narrow(page) if narrow else page).order_by(*order).limit(wanted.size + 1).offset(offset)
            rows = rows.join(found := page.subquery(), found.c.id == self.record.id)
            # Once more, because it may say in which order.
            rows = narrow(rows) if narrow else rows
        else:
            rows = rows.where(*where)
            rows = (narrow(rows) if narrow else rows).limit(wanted.size + 1).offset(offset)
        got = work.db.scalars(rows.options(*self._loads(joined)).order_by(*order)).unique().all()
        return Found(got[: wanted.size], min(count, cap), count > cap, wanted, len(got) > wanted.size)

    def _order(self, column: InstrumentedAttribute[Any], falling: bool) -> list[Any]:
        """The order, with the key behind it so that two rows alike never change places between pages."""
        key = self.record.id
        return [column.desc(), key.desc()] if falling else [column.asc(), key.asc()]

    def _loads(self, joined: set[str]) -> list[Any]:
        """What is loaded with the rows: the relations that are shown, and no long texts that are not."""
        to_one = [getattr(self.record, name) for name in sorted(self.loaded)]
        return [
            *(contains_eager(one) if one.key in joined else joinedload(one) for one in to_one),
            *(self._deep(path) for path in self.loaded_deep),
            *(defer(getattr(self.record, name)) for name in self.unread),
        ]

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

    def few(self, work: Work, condition: ColumnElement[bool], most: int) -> tuple[Sequence[Any], bool]:
        """The first rows that meet a condition, and whether there are more: for a list on another record's page."""
        rows = self._first(work, [condition], set(), most + 1)
        return rows[:most], len(rows) > most

    def _first(self, work: Work, where: Sequence[ColumnElement[bool]], searched: set[str], most: int) -> Sequence[Any]:
        column, falling = self.usual
        joined = searched | ({self.needed_usual} if self.needed_usual else set())
        statement = self._join(select(self.record), joined).where(*where)
        statement = statement.options(*self._loads(joined)).order_by(*self._order(column, falling)).limit(most)
        return work.db.scalars(statement).unique().all()
