"""Tables that were given out, and how two of them are bound: who stands in one stands in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.grids import TOTAL, Cell, Column, Grid
from cmcore.evidence.disclosure.nesting import FILTERS, beside_one_another, holds, of_group, remainders
from cmcore.evidence.disclosure.policies import Disclosure

#: A cell of one of several releases.
Placed = tuple[int, Cell]

#: A row of one of several releases.
Line = tuple[int, int]


@dataclass(frozen=True)
class Release:
    """A table as it was given out: its true figures, what was hidden of them, under which policy, of which cohort."""

    grid: Grid
    hidden: frozenset[Cell]
    policy: Disclosure
    cohort: Cohort
    by: str = ""
    #: Whether more is hidden than a proof might need, as it would have taken more steps than the policy allows.
    bounded: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Tie:
    """One thing known about cells of several releases: the sum of some, less another, lies within these bounds."""

    plus: Placed
    minus: tuple[Placed, ...]
    equal: bool
    #: The same cohort asked again: what it grew by is no group of people that somebody chose.
    grown: bool = False


def ties(releases: Sequence[Release]) -> Iterator[Tie]:
    """What somebody who has all of these tables knows beyond each of them.

    The same cohort asked again has the same figures where they are the same, and has grown where they have grown. A
    cohort within another counts no more, and is the same people where it counts the same. Cohorts that follow one
    another without a gap, by period, by age or by one value after another, add up to the whole. A group of a split is
    the cohort that is filtered to it. Each is assumed only where it is true: a reader who assumes more is led astray,
    and learns nothing.
    """
    for number, whole in enumerate(releases):
        inside = [each for each, other in enumerate(releases) if each != number and holds(whole.cohort, other.cohort)]
        for each in inside:
            same = releases[each].cohort == whole.cohort
            if same and each > number:
                continue
            yield from _tied(releases, number, (each,), equal=same, grown=same)
        narrower = [each for each in inside if releases[each].cohort != whole.cohort]
        alike = [each for each in narrower if releases[each].by == whole.by]
        # Of tables of one cohort one stands for all: once among all tables, and once among those of the same split.
        for among in (narrower, alike) if whole.by and len(alike) < len(narrower) else (narrower,):
            for parts, gapless in beside_one_another(whole.cohort, {each: releases[each].cohort for each in among}):
                yield from _tied(releases, number, parts, equal=gapless)
    yield from _of_groups(releases)


def _tied(
    releases: Sequence[Release], number: int, parts: tuple[int, ...], *, equal: bool, grown: bool = False
) -> Iterator[Tie]:
    whole = releases[number]
    alike = all(releases[each].by == whole.by for each in parts)
    for row, key in enumerate(whole.grid.rows):
        if key != TOTAL and not alike:
            continue
        rows = [(each, releases[each].grid.row_of[key]) for each in parts if key in releases[each].grid.row_of]
        if rows:
            yield from _of_rows(releases, (number, row), rows, equal=equal, grown=grown)


def _of_rows(
    releases: Sequence[Release], whole: Line, parts: Sequence[Line], *, equal: bool, grown: bool = False
) -> Iterator[Tie]:
    """What is known when a row of one table holds the rows of others, column by column."""
    number, row = whole
    grid = releases[number].grid
    known = equal or (len(parts) == 1 and _same_people(releases, whole, parts[0]))
    for column, told in enumerate(grid.columns):
        beside = [
            (each, (line, releases[each].grid.place[told.key]))
            for each, line in parts
            if told.key in releases[each].grid.place
        ]
        if not beside:
            continue
        own = grid.figures[row][column]
        others = sum(releases[each].grid.figures[cell[0]][cell[1]] for each, cell in beside)
        if own == others and known:
            yield Tie((number, (row, column)), tuple(beside), equal=True)
        elif own >= others:
            yield Tie((number, (row, column)), tuple(beside), equal=False, grown=grown)
        elif equal and len(parts) == 1:
            yield Tie(beside[0], ((number, (row, column)),), equal=False, grown=grown)


def _same_people(releases: Sequence[Release], whole: Line, part: Line) -> bool:
    """Whether a row counts what the row it lies within counts: then the two are the same people."""
    one, other = releases[whole[0]].grid, releases[part[0]].grid
    both = [key for key in one.place if key in other.place]
    return all(one.figures[whole[1]][one.place[key]] == other.figures[part[1]][other.place[key]] for key in both)


def _of_groups(releases: Sequence[Release]) -> Iterator[Tie]:
    """Groups of a split beside the cohorts that are filtered to them, and beside the same people in other splits."""
    lines = {
        (number, row): cohort
        for number, release in enumerate(releases)
        for row, key in enumerate(release.grid.rows)
        if (cohort := of_group(release.cohort, release.by, key)) is not None
    }
    same: dict[Cohort, list[Line]] = {}
    for line, cohort in lines.items():
        same.setdefault(cohort, []).append(line)
    for together in same.values():
        first = together[0]
        for other in together[1:]:
            if not (_is_total(releases, first) and _is_total(releases, other)) and first[0] != other[0]:
                yield from _of_rows(releases, first, [other], equal=True, grown=True)
    for total in (line for line in lines if _is_total(releases, line)):
        for group, cohort in lines.items():
            asked = FILTERS.get(releases[group[0]].by)
            # Without a filter of that name the table holds all groups or none, which their total says already.
            if group[0] == total[0] or _is_total(releases, group) or not asked or cohort == lines[total]:
                continue
            if not any(getattr(lines[total], name) not in (None, "") for name in asked):
                continue
            if holds(cohort, lines[total]):
                yield from _of_rows(releases, group, [total], equal=False)
            elif holds(lines[total], cohort):
                yield from _of_rows(releases, total, [group], equal=False)


def unprinted(releases: Sequence[Release]) -> list[Release]:
    """Cohorts that no table was given out of, and that the printed ones tell of together: all of it hidden.

    The year less its first and its last term is the second, all together and by each group that all of them tell. It
    lies within others and holds others as a printed one does, and nothing in it is more than what it lies within.
    """
    found: list[Release] = []
    for by in dict.fromkeys((*(each.by for each in releases if each.by), "")):
        among = [each for each in releases if by in (each.by, "")]
        for columns in dict.fromkeys(each.grid.columns for each in among):
            alike = [each for each in among if all(one.key in each.grid.place for one in columns)]
            for cohort, made in remainders([each.cohort for each in alike]):
                grid = _put_together(columns, [(alike[each].grid, way) for each, way in made.items()], by)
                if grid and not any(_tells(each, cohort, grid) for each in found):
                    found.append(Release(grid, frozenset(grid.cells()), alike[0].policy, cohort, by))
    return found


def _put_together(columns: Sequence[Column], made: Sequence[tuple[Grid, int]], by: str) -> Grid | None:
    """Tables added up and taken from one another; nothing where that comes to no table, as people came in between."""
    rows = dict.fromkeys(key for grid, _ in made for key in grid.rows if by and key != TOTAL)
    figures = tuple(
        tuple(
            sum(way * grid.figures[grid.row_of[key]][grid.place[one.key]] for grid, way in made if key in grid.row_of)
            for one in columns
        )
        for key in (*rows, TOTAL)
    )
    if any(figure < 0 for row in figures for figure in row):
        return None
    try:
        return Grid(tuple(columns), (*rows, TOTAL), figures)
    except ValueError:
        return None


def _tells(release: Release, cohort: Cohort, grid: Grid) -> bool:
    """Whether a table of the same cohort has all that is in this one."""
    return (
        release.cohort == cohort and set(grid.rows) <= set(release.grid.rows) and release.grid.columns == grid.columns
    )


def _is_total(releases: Sequence[Release], line: Line) -> bool:
    return releases[line[0]].grid.rows[line[1]] == TOTAL
