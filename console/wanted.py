"""What somebody asks of a list: which words, narrowed by what, in which order, which page; and one page as found."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement
from werkzeug.datastructures import MultiDict

from cmcore.safekeeping.work import Work

SIZES = (25, 50, 100)
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
    #: Which columns, by name; none: as usual.
    columns: tuple[str, ...] = ()
    #: Under which mark the words of the search wait on the server, so that they stand in no address.
    sought: str = ""

    @classmethod
    def read(
        cls,
        args: MultiDict[str, str],
        filters: Mapping[str, Filter],
        orders: Sequence[str],
        size: int = SIZES[0],
        *,
        columns: Collection[str] = (),
        words_of: Callable[[str], str] | None = None,
    ) -> Wanted:
        """Read the address; what is not declared, or is no number, is as if it were not there.

        ``words_of`` gives the words that were searched for under a mark.
        """
        asked, mark = args.get("sort", ""), args.get("sought", "")
        words = words_of(mark) if mark and words_of is not None else ""
        order = asked.removeprefix("-")
        chosen = tuple(
            (key, plain) for key in filters for value in args.getlist(key)[:5] if (plain := plain_text(value))
        )
        return cls(
            search=words or plain_text(args.get("q", ""))[:80],
            filters=chosen,
            order=order if order in orders else "",
            falling=asked.startswith("-"),
            page=_number(args.get("page"), 1, DEEPEST),
            size=next((each for each in SIZES if str(each) == args.get("size")), size),
            columns=tuple(name for name in args.get("cols", "").split(" ")[:60] if name in columns),
            sought=mark if words else "",
        )

    def args(self, **changes: Any) -> dict[str, Any]:
        """The address of this list with some of it changed; page 1 and the usual size are left out."""
        to = replace(self, **changes)
        made: dict[str, Any] = {}
        if to.search:
            made |= {"sought": to.sought} if to.sought else {"q": to.search}
        for key, value in to.filters:
            made.setdefault(key, []).append(value)
        if to.order:
            made["sort"] = ("-" if to.falling else "") + to.order
        if to.page > 1:
            made["page"] = to.page
        if to.size != SIZES[0]:
            made["size"] = to.size
        if to.columns:
            made["cols"] = " ".join(to.columns)
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
