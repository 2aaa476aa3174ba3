"""Tables that were given out, and how two of them are bound: who stands in one stands in the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.grids import TOTAL, Cell, Grid
from cmcore.evidence.disclosure.policies import Disclosure

#: A cell of one of several releases.
Placed = tuple[int, Cell]


@dataclass(frozen=True)
class Release:
    """A table as it was given out: its true figures, what was hidden of them, under which policy, of which cohort."""

    grid: Grid
    hidden: frozenset[Cell]
    policy: Disclosure
    cohort: Cohort
    by: str = ""


@dataclass(frozen=True)
class Tie:
    """One thing known about cells of several releases: the sum of some, less another, lies within these bounds."""

    plus: Placed
    minus: tuple[Placed, ...]
    equal: bool


def ties(releases: Sequence[Release]) -> Iterator[Tie]:
    """What somebody who has all of these tables knows beyond each of them.

    The same cohort asked again has the same figures where they are the same, and has grown where they have grown. A
    cohort within another counts no more. Cohorts that follow one another without a gap add up to the whole. Each is
    assumed only where it is true: a reader who assumes more is led astray, and learns nothing.
    """
    for number, whole in enumerate(releases):
        inside = [each for each, other in enumerate(releases) if each != number and _holds(whole.cohort, other.cohort)]
        for each in inside:
            same = releases[each].cohort == whole.cohort
            if same and each > number:
                continue
            yield from _tied(releases, number, (each,), equal=same)
        following = _following(releases, [each for each in inside if releases[each].cohort != whole.cohort])
        if len(following) > 1:
            yield from _tied(releases, number, tuple(following), equal=_without_a_gap(releases, number, following))


def _tied(releases: Sequence[Release], number: int, parts: tuple[int, ...], *, equal: bool) -> Iterator[Tie]:
    whole = releases[number]
    alike = all(releases[each].by == whole.by for each in parts)
    for row, key in enumerate(whole.grid.rows):
        if key != TOTAL and not alike:
            continue
        for column, told in enumerate(whole.grid.columns):
            beside: list[Placed] = []
            for each in parts:
                grid = releases[each].grid
                if told.key in grid.place and key in grid.row_of:
                    beside.append((each, (grid.row_of[key], grid.place[told.key])))
            if not beside:
                continue
            own = whole.grid.figures[row][column]
            others = sum(releases[each].grid.figures[cell[0]][cell[1]] for each, cell in beside)
            if own == others and equal:
                yield Tie((number, (row, column)), tuple(beside), equal=True)
            elif own >= others:
                yield Tie((number, (row, column)), tuple(beside), equal=False)
            elif equal and len(parts) == 1:
                yield Tie(beside[0], ((number, (row, column)),), equal=False)


def _holds(whole: Cohort, part: Cohort) -> bool:
    """Whether everybody in one cohort is in the other by what the filters say."""
    for name, allows in _ALLOWS.items():
        limit, value = getattr(whole, name), getattr(part, name)
        if name == "at_work_from":
            # Who started on a day or later was at work on that day or later.
            value = value or part.started_from
        if name in ("scored_by", "measure_set"):
            if limit != value:
                return False
        elif limit not in (None, "") and (value in (None, "") or not allows(limit, value)):
            return False
    return True


def _same(limit: object, value: object) -> bool:
    return limit == value


_ALLOWS: dict[str, Callable[[date, date], bool]] = dict.fromkeys(Cohort.__dataclass_fields__, _same) | {
    "started_from": lambda limit, value: value >= limit,
    "started_to": lambda limit, value: value <= limit,
    "at_work_from": lambda limit, value: value >= limit,
    "scored_to": lambda limit, value: value <= limit,
    "least_age": lambda limit, value: value >= limit,
    "most_age": lambda limit, value: value <= limit,
}


def _following(releases: Sequence[Release], inside: Sequence[int]) -> list[int]:
    """Cohorts whose periods follow one another, none meeting the next."""
    found: list[int] = []
    ended: date | None = None
    dated = sorted(
        (each for each in inside if releases[each].cohort.started_to),
        key=lambda each: (releases[each].cohort.started_to or date.max, releases[each].cohort.started_from or date.min),
    )
    for each in [*dated, *(one for one in inside if not releases[one].cohort.started_to)]:
        begins = releases[each].cohort.started_from
        if ended is None or (begins is not None and begins > ended):
            found.append(each)
            ended = releases[each].cohort.started_to or date.max
    return found


def _without_a_gap(releases: Sequence[Release], number: int, parts: Sequence[int]) -> bool:
    whole = releases[number].cohort
    cohorts = [releases[each].cohort for each in parts]
    if any(each.without_period() != whole.without_period() for each in cohorts):
        return False
    if cohorts[0].started_from != whole.started_from or cohorts[-1].started_to != whole.started_to:
        return False
    return all(
        before.started_to is not None
        and after.started_from is not None
        and before.started_to + timedelta(days=1) == after.started_from
        for before, after in zip(cohorts, cohorts[1:], strict=False)
    )
