"""A subgroup table on the evidence page: who got how far, one measure at a time, and what to read with it."""

from __future__ import annotations

from dataclasses import dataclass

from cmcore.evidence.disclosure.policies import PolicyKey, Symbol
from cmcore.evidence.outputs import FLOW_HEADS, MEASURE_HEADS, figures_of, flow_of, in_words
from cmcore.evidence.subgroups import Shown, Subgroups

#: Words and an address, and whether one stands there already.
Link = tuple[str, str, bool]


@dataclass(frozen=True)
class Cell:
    """One figure: what is read, its heading on a phone, and whether it is a symbol."""

    words: str
    head: str
    quiet: bool


@dataclass(frozen=True)
class Lines:
    """One table: its caption, its headings, and each row with its label."""

    caption: str
    heads: list[str]
    rows: list[tuple[str, list[Cell]]]


@dataclass(frozen=True)
class TableView:
    """A subgroup table, ready for ``cm/_evidence_tables.html``."""

    heading: str
    lead: str
    caution: str
    flow: Lines
    figures: Lines
    measures: list[Link]
    notes: tuple[str, ...]
    definition: str


def table_view(table: Subgroups, measure: str, address: dict[str, str]) -> TableView:
    """The view of a table; split, it shows one ``measure`` at a time. ``address`` leads to each measure."""
    keys = [one.key for one in table.measure_set.measures]
    shown = measure if measure in keys else keys[0]
    group = table.by.words if table.by else "Who"
    flow = [(row.label, _cells(flow_of(row), FLOW_HEADS.values())) for row in table.rows]
    if table.by is None:
        caption, first = "Each measure, all together", "Measure"
        rows = [(one.measure.label, _cells(figures_of(one), MEASURE_HEADS.values())) for one in table.total.measures]
    else:
        place = keys.index(shown)
        caption, first = f"{table.measure_set.measures[place].label}, by {group[:1].lower()}{group[1:]}", group
        rows = [(row.label, _cells(figures_of(row.measures[place]), MEASURE_HEADS.values())) for row in table.rows]
    split = f"By {group[:1].lower()}{group[1:]}" if table.by else "All together"
    return TableView(
        heading=split,
        lead=PolicyKey.say(table.policy.key) + ".",
        caution=table.policy.caution,
        flow=Lines("Who can be compared", [group, *FLOW_HEADS.values()], flow),
        figures=Lines(caption, [first, *MEASURE_HEADS.values()], rows),
        measures=[(one.label, address[one.key], one.key == shown) for one in table.measure_set.measures]
        if table.by
        else [],
        notes=table.notes,
        definition=table.definition,
    )


def _cells(figures: tuple[Shown, ...], heads: object) -> list[Cell]:
    return [
        Cell(in_words(one), str(head), isinstance(one, Symbol))
        for one, head in zip(figures, heads, strict=True)  # type: ignore[call-overload]
    ]
