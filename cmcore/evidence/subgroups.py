"""Subgroup tables: the account of each group of a cohort beside that of all, with what must not be told hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cmcore.evidence.account import Account, MeasureAccount, whole_percent
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.grids import TOTAL, Column, Grid
from cmcore.evidence.disclosure.policies import Disclosure, Symbol
from cmcore.evidence.disclosure.releases import Release
from cmcore.evidence.groups import Grouping
from cmcore.evidence.statistics import DEFINITION, Interval, wilson
from cmcore.measures.sets import Measure, MeasureSet

#: How many got how far.
FLOW = (
    Column("referred"),
    Column("started"),
    Column("with_baseline", within="started"),
    Column("paired", within="with_baseline"),
)

#: What a measure's part of a table shows, beside what is worked out of it.
OF_MEASURE = ("paired", "improved", "maintained", "declined", "at_ceiling")

#: What is said of a table that would have taken too long to prove beside the earlier ones.
BOUNDED = (
    "So much was given out before that to show more of this table safely would take too long. "
    "Ask for it all together, or for a table that was given out before."
)

#: What is shown: a number, or the symbol that stands in its place.
Shown = int | float | Symbol


def columns_of(chosen: MeasureSet) -> tuple[Column, ...]:
    """The counts of a subgroup table in one measure set."""
    return (*FLOW, *(column for measure in chosen.measures for column in _of_measure(measure.key)))


def _of_measure(key: str) -> Iterator[Column]:
    yield Column(f"{key}.paired", within="paired")
    for part in ("improved", "maintained", "declined"):
        yield Column(f"{key}.{part}", part_of=f"{key}.paired")
    yield Column(f"{key}.at_ceiling", within=f"{key}.maintained")


def grid_of_accounts(chosen: MeasureSet, accounts: Mapping[str, Account]) -> Grid:
    """The counts of each group, and last of all together, as one table that disclosure control can read."""
    return Grid(columns_of(chosen), tuple(accounts), tuple(tuple(_counts(account)) for account in accounts.values()))


def _counts(account: Account) -> Iterator[int]:
    yield from (account.referred, account.started, account.with_baseline, account.paired)
    for row in account.measures:
        yield from (row.paired, row.improved, row.maintained, row.declined, row.at_ceiling)


@dataclass(frozen=True)
class MeasureRow:
    """One measure of one group as it may be shown: counts, the share with its interval, median change, p and r.

    ``percent`` and its range are whole percentages of the counts as shown. Each is a symbol where it is hidden, does
    not apply, or rounds to 0 without being 0.
    """

    measure: Measure
    paired: Shown
    improved: Shown
    maintained: Shown
    declined: Shown
    at_ceiling: Shown
    percent: Shown
    low: Shown
    high: Shown
    median_change: Shown
    p: Shown
    r: Shown

    def as_data(self) -> dict[str, Any]:
        """The row as plain values."""
        told = {name: plain(getattr(self, name)) for name in (*OF_MEASURE, *_WORKED_OUT)}
        return {"measure": self.measure.key, "label": self.measure.label, **told}


_WORKED_OUT = ("percent", "low", "high", "median_change", "p", "r")


@dataclass(frozen=True)
class GroupRow:
    """One group, or all together (``key`` is empty), as it may be shown."""

    key: str
    label: str
    referred: Shown
    started: Shown
    with_baseline: Shown
    paired: Shown
    measures: tuple[MeasureRow, ...]

    def as_data(self) -> dict[str, Any]:
        """The row as plain values."""
        return {
            "group": self.key or None,
            "label": self.label,
            **{name: plain(getattr(self, name)) for name in ("referred", "started", "with_baseline", "paired")},
            "measures": [row.as_data() for row in self.measures],
        }


@dataclass(frozen=True)
class Subgroups:
    """A subgroup table under one policy of disclosure.

    ``rows`` are the groups and, last, all together. What may be shown stands in them and nowhere else: whoever renders
    a table for a reader outside reads them and never ``accounts``, which are the true figures. ``release`` is what is
    remembered of the table once it was given out.
    """

    title: str
    cohort: Cohort
    by: Grouping | None
    measure_set: MeasureSet
    policy: Disclosure
    accounts: Mapping[str, Account]
    labels: Mapping[str, str]
    release: Release
    definition: str = DEFINITION

    @cached_property
    def rows(self) -> tuple[GroupRow, ...]:
        """Every group, and all together last."""
        return tuple(self._row(number, key) for number, key in enumerate(self.release.grid.rows))

    @property
    def total(self) -> GroupRow:
        """All together."""
        return self.rows[-1]

    @property
    def groups(self) -> tuple[GroupRow, ...]:
        """The groups without the total."""
        return self.rows[:-1]

    @property
    def hidden(self) -> int:
        """How many counts are hidden."""
        return len(self.release.hidden)

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be printed with the table: the symbols in it, how it was counted, the policy, the caveats."""
        said = [f"{symbol.value}: {symbol.label}." for symbol in Symbol if symbol in self._symbols]
        if self.by is not None:
            said.append("Everybody stands in one group only, as on the day of the start; groups add up to all.")
        if self.policy.hides:
            said.append(f"Counts of 1 to {self.policy.hides_up_to} are hidden, and what they could be worked out from.")
        if self.release.bounded:
            said.append(BOUNDED)
        if self.policy.round_to > 1:
            said.append(f"Counts are rounded to {self.policy.round_to}, and percentages are of rounded counts.")
        said.append(f"No percentage under {self.policy.least_pairs} pairs.")
        said.append("No comparison group: the numbers do not say that the programme was the reason.")
        said.append("Those who begin worst off tend to improve anyway; differences between groups may be chance.")
        return (*said, *([self.policy.caution] if self.policy.caution else []))

    @cached_property
    def _symbols(self) -> set[Shown]:
        found: set[Shown] = set()
        for row in self.rows:
            found.update((row.referred, row.started, row.with_baseline, row.paired))
            for one in row.measures:
                found.update(getattr(one, name) for name in (*OF_MEASURE, *_WORKED_OUT))
        return {each for each in found if isinstance(each, Symbol)}

    def as_data(self) -> dict[str, Any]:
        """The table as plain values, for JSON; symbols are their letters."""
        return {
            "title": self.title,
            "cohort": self.cohort.as_data(),
            "by": self.by.key if self.by else None,
            "by_words": self.by.words if self.by else None,
            "measure_set": self.measure_set.ref,
            "policy": self.policy.as_data(),
            "rows": [row.as_data() for row in self.rows],
            "definition": self.definition,
            "read_this_with_the_numbers": list(self.notes),
        }

    def shown(self, row: int, name: str) -> Shown:
        """One count as it may be shown: ``row`` is its group's place, -1 all together; ``name`` its column."""
        row %= len(self.release.grid.rows)
        grid = self.release.grid
        cell = (row, grid.place[name])
        if cell in self.release.hidden:
            return Symbol.hidden
        count = grid.figures[cell[0]][cell[1]]
        shown = self.policy.shown(count)
        return Symbol.low if count and not shown else shown

    def _row(self, number: int, key: str) -> GroupRow:
        account = self.accounts[key]
        return GroupRow(
            key=key,
            label="All" if key == TOTAL else self.labels.get(key, key),
            **{column.key: self.shown(number, column.key) for column in FLOW},
            measures=tuple(self._measure(number, row) for row in account.measures),
        )

    def _measure(self, number: int, row: MeasureAccount) -> MeasureRow:
        counts = {name: self.shown(number, f"{row.measure.key}.{name}") for name in OF_MEASURE}
        parts = [counts[name] for name in ("paired", "improved", "maintained", "declined")]
        worked = dict.fromkeys(_WORKED_OUT, Symbol.hidden)
        if Symbol.hidden not in parts:
            worked = {**worked, **self._share(counts["paired"], counts["improved"]), **self._tests(row)}
        return MeasureRow(measure=row.measure, **counts, **worked)

    def _share(self, paired: Shown, improved: Shown) -> dict[str, Any]:
        """The share of the counts as they are shown, so that it tells nothing that they do not."""
        of = paired if isinstance(paired, int) else 0
        many = improved if isinstance(improved, int) else 0
        found: Interval | None = wilson(min(many, of), of) if of >= max(1, self.policy.least_pairs) else None
        if found is None:
            return dict.fromkeys(("percent", "low", "high"), Symbol.not_applicable)
        percent = whole_percent(found.share)
        return {
            "percent": Symbol.low if many and not percent else percent,
            "low": whole_percent(found.low),
            "high": whole_percent(found.high),
        }

    def _tests(self, row: MeasureAccount) -> dict[str, Any]:
        """Median, p and r tell of single changes: outside they are shown for as many pairs as a share is."""
        few = self.policy.hides and row.paired < max(1, self.policy.least_pairs)
        unsaid = few or self.policy.round_to > 1
        return {
            "median_change": Symbol.not_applicable if few or row.median_change is None else row.median_change,
            "p": Symbol.not_applicable if unsaid or row.test is None else round(row.test.p, 4) or Symbol.low,
            # Added to nothing, so that what rounds to 0 from below is 0.
            "r": Symbol.not_applicable if unsaid or row.r is None else round(row.r, 2) + 0.0,
        }


def plain(shown: Shown) -> int | float | str:
    """A figure as a plain value, a symbol as its letter."""
    return shown.value if isinstance(shown, Symbol) else shown
