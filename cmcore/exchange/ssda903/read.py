"""A return read whole: which file is which, then children, episodes and SDQ totals, with every fault."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, repeat
from pathlib import Path

from cmcore.base.collecting import collector_held_off
from cmcore.base.findings import Finding, Refused
from cmcore.base.words import in_words
from cmcore.exchange.checks import refused_file
from cmcore.exchange.columns import Matched
from cmcore.exchange.given import GivenFile
from cmcore.exchange.ssda903 import checks
from cmcore.exchange.ssda903.children import Row, read_children, read_uasc
from cmcore.exchange.ssda903.episodes import children_without_episode, read_episodes
from cmcore.exchange.ssda903.layout import (
    BY_KEY,
    EPISODES,
    HEADER,
    LAYOUTS,
    OC2,
    UASC,
    Layout,
    layout_of,
    part_not_read,
)
from cmcore.exchange.ssda903.reading import Reading
from cmcore.exchange.ssda903.rows import Return
from cmcore.exchange.ssda903.scores import read_scores
from cmcore.exchange.tables import Table, open_table

#: What is read of one file of the return when nobody sets another limit, in bytes: many times England's largest.
MOST_BYTES = 20_000_000

#: Endings of files in a folder that are looked at; others (notes, pictures) are left alone.
LOOKED_AT = frozenset({".csv", ".txt", ".tsv", ".xml", ".xls", ".xlsx", ".xlsm", ".ods", ".zip"})

_STAYS = {
    "episodes": "Episodes of care stay as they are held.",
    "oc2": "SDQ totals stay as they are held.",
    "uasc": "Who is an unaccompanied asylum-seeking child stays as it is held.",
}


def files_in(folder: Path) -> list[GivenFile]:
    """The files of a folder that may be part of a return, by name. Refuses what is no folder, or holds none."""
    if not folder.is_dir():
        raise refused_file(
            folder.name or str(folder),
            "This is a file, and not a folder." if folder.exists() else "There is no such folder.",
            "Name the folder that holds the CSV files of the return.",
        )
    paths = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix.lower() in LOOKED_AT)
    if not paths:
        raise refused_file(
            folder.name,
            "There is no CSV file in this folder.",
            "Name the folder that holds the CSV files of the return.",
        )
    return [GivenFile.at(path) for path in paths]


@collector_held_off()
def read_return(
    files: Iterable[GivenFile],
    *,
    today: date,
    year_ends_on: date | None = None,
    most_bytes: int = MOST_BYTES,
    matched: Sequence[Matched | None] = (),
) -> Return:
    """Read the files of a return.

    ``matched`` says of each file, in their order, which part it is and where each column stands, where somebody said
    so; a file of which nothing is said is told by its headings, which are then the guide's. ``year_ends_on`` is the 31
    March of the year it covers; without it, it is told from the latest start of an episode. Refuses, before anything is
    read in: a file that is none of the return's, one part given twice, a missing or doubled column, a return without
    its header file, a year that ends after the next 31 March.
    """
    tables, said = _sorted_out(files, most_bytes, matched)
    days: dict[str, date | None] = {}
    rows = {key: _rows(layout, tables[key]) for layout in LAYOUTS if (key := layout.key) in tables}
    ends_on = year_ends_on or _year_of(rows.get("episodes", []), Reading(today, days), today)
    _check_year(ends_on, today)

    made = Return(
        ends_on, {key: table.name for key, table in tables.items()}, {key: len(read) for key, read in rows.items()}
    )
    parts = {layout.key: Reading(today, days) for layout in LAYOUTS}
    for key, table in tables.items():
        parts[key].file = table.name
        parts[key].called = table.called
        parts[key].findings += table.findings
    children = read_children(rows["header"], parts["header"], ends_on)
    if "uasc" in rows:
        read_uasc(rows["uasc"], parts["uasc"], children)
    if "episodes" in rows:
        made.episodes = read_episodes(rows["episodes"], parts["episodes"], children)
        children_without_episode(parts["header"], children, made.episodes)
    if "oc2" in rows:
        made.sdq_totals = read_scores(rows["oc2"], parts["oc2"], children)
    made.children = list(children.by_id.values())
    made.incomplete = children.incomplete | set(children.held)
    made.headings = {key: {one: table.called(one) for one in table.matched or ()} for key, table in tables.items()}
    made.digests = {key: table.given.digest() for key, table in tables.items()}
    made.findings = said + [one for layout in LAYOUTS for one in parts[layout.key].findings]
    return made


def year_end_before(day: date) -> date:
    """The latest 31 March on or before a day: the end of the last full year of the return."""
    this_year = date(day.year, 3, 31)
    return this_year if this_year <= day else date(day.year - 1, 3, 31)


def year_end_after(day: date) -> date:
    """The first 31 March on or after a day: the end of the year of the return that the day falls in."""
    this_year = date(day.year, 3, 31)
    return this_year if day <= this_year else date(day.year + 1, 3, 31)


def _check_year(ends_on: date, today: date) -> None:
    if (ends_on.month, ends_on.day) != (3, 31):
        raise Refused(
            [
                Finding(
                    f"The year of a return ends on a 31 March, not on {ends_on:%d/%m/%Y}.",
                    way_out="Give the 31 March of the year it covers.",
                )
            ]
        )
    if ends_on > year_end_after(today):
        raise Refused(
            [
                Finding(
                    f"The year of this return would end on {ends_on:%d/%m/%Y}, which is too far ahead.",
                    way_out="Give the 31 March of the year it covers.",
                )
            ]
        )


def _year_of(episodes: list[Row], reading: Reading, today: date) -> date:
    starts = (reading.day(start) for start in {cells[1] for _, cells in episodes})
    latest = max((day for day in starts if day is not None and day <= today), default=None)
    return year_end_before(today) if latest is None else year_end_after(latest)


def _rows(layout: Layout, table: Table) -> list[Row]:
    return list(table.rows(layout.columns, layout.optional))


def _sorted_out(
    files: Iterable[GivenFile], most_bytes: int, matched: Sequence[Matched | None]
) -> tuple[dict[str, Table], list[Finding]]:
    """Each part's table, and what is said of parts absent or not read. Refuses all that is wrong at once."""
    tables: dict[str, Table] = {}
    wrong: list[Finding] = []
    said: list[Finding] = []
    for given, told in zip(files, chain(matched, repeat(None)), strict=False):
        try:
            table = open_table(given, most_bytes=most_bytes, heading_row=told.row if told else 1)
            table.matched = told.places if told else None
            layout = BY_KEY[told.part] if told else layout_of(table.headings)
            if layout is None:
                said.append(_not_of_the_return(table))
            elif layout.key in tables:
                raise refused_file(
                    given.name,
                    f"This and {tables[layout.key].name} are both the {layout.key} file, told by their columns.",
                    "Give one of them only.",
                )
            else:
                table.places_of(layout.columns, layout.optional)
                tables[layout.key] = table
        except Refused as refusal:
            wrong += refusal.findings
    if wrong:
        raise Refused(wrong)
    if HEADER.key not in tables:
        given_names = in_words([table.name for table in tables.values()]) or "none of the return's files"
        raise Refused(
            [
                Finding(
                    f"The header file ({', '.join(HEADER.columns)}) is not among the files. Given: {given_names}.",
                    way_out="Add the header file; without it we cannot tell whose episodes and scores these are.",
                )
            ]
        )
    for layout in (EPISODES, OC2, UASC):
        if layout.key not in tables:
            said.append(
                checks.FILE_ABSENT.found(
                    f"The {layout.key} file was not given. {_STAYS[layout.key]}", file=tables[HEADER.key].name
                )
            )
    return tables, said


def _not_of_the_return(table: Table) -> Finding:
    part = part_not_read(table.headings)
    if part is not None:
        return checks.PART_NOT_READ.found(
            f"This is the part {part} of the return. Nothing is brought in from it.", file=table.name
        )
    raise refused_file(
        table.name,
        "By its columns this is none of the files of the return (header, episodes, oc2, uasc). "
        f"Found: {', '.join(table.headings)[:300]}.",
        "Take it out of the folder, or name its columns in row 1 as the guide does.",
        row=1,
    )
