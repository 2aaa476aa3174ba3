"""Cohorts within cohorts, by what their filters say: which holds which, and which lie beside one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any

from cmcore.base.words import Choice
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.disclosure.grids import TOTAL
from cmcore.evidence.words import AgeBand, KeyStage
from cmcore.young_people.words import CareStatus, SendLevel

#: By what a cohort is split, and the filters that ask for one of its groups.
FILTERS: Mapping[str, tuple[str, ...]] = {
    "setting": ("setting_id",),
    "key_stage": ("key_stage",),
    "care_status": ("care_status",),
    "send": ("send",),
    "funding": ("funding_line_id",),
    "theme": ("theme",),
    "age_band": ("least_age", "most_age"),
    "year": ("started_from", "started_to"),
}

#: Filters with a beginning and an end, and how far an end lies from the next beginning.
_ROWS: tuple[tuple[str, str, Any], ...] = (
    ("started_from", "started_to", timedelta(days=1)),
    ("least_age", "most_age", 1),
)

#: Where a period or a row of ages begins or ends; what has no beginning is before all (-1), and no end after all (1).
_End = tuple[int, Any]

#: How many ways to put a cohort together of others are looked at: more than anybody's terms and ages have.
_MOST_WAYS = 200

#: The group of those of whom it is not known: no filter asks for it.
_NOT_KNOWN = "-"

#: Filters of one value each, with all values there are where they are few.
_VALUES: Mapping[str, type[Choice] | None] = {
    "key_stage": KeyStage,
    "care_status": CareStatus,
    "send": SendLevel,
    "setting_id": None,
    "funding_line_id": None,
    "theme": None,
}

_BANDS: Mapping[str, tuple[int | None, int | None]] = {
    AgeBand.youngest.value: (None, 4),
    AgeBand.young.value: (5, 9),
    AgeBand.older.value: (10, 15),
    AgeBand.oldest.value: (16, None),
}


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


def holds(whole: Cohort, part: Cohort) -> bool:
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


def of_group(cohort: Cohort, by: str, key: str) -> Cohort | None:
    """The cohort that one group of a split is; nothing where no filter asks for it. The total is the cohort itself."""
    if key == TOTAL:
        return cohort
    asked: dict[str, Any] = {}
    if by == "age_band" and key in _BANDS:
        # Ages have ends of their own: an open one is none that narrows.
        least, most = _BANDS[key]
        asked = {
            "least_age": max((one for one in (cohort.least_age, least) if one is not None), default=None),
            "most_age": min((one for one in (cohort.most_age, most) if one is not None), default=None),
        }
    elif by == "year" and key[:1].isdigit():
        first, last = date(int(float(key)), 9, 1), date(int(float(key)) + 1, 8, 31)
        asked = {
            "started_from": max(cohort.started_from or first, first),
            "started_to": min(cohort.started_to or last, last),
        }
    elif by in ("setting", "funding") and key.isdigit():
        asked = {FILTERS[by][0]: int(key)}
    elif by in ("key_stage", "care_status", "send", "theme") and key != _NOT_KNOWN:
        asked = {by: key}
    return replace(cohort, **asked) if asked else None


def beside_one_another(whole: Cohort, inside: Mapping[int, Cohort]) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Cohorts inside another of which none meets the next, by their places, and whether they leave nobody out."""
    for first, last, step in _ROWS:
        # There may be many ways through: a year by its terms, and by its first term and the rest.
        for way in islice(_ways_through(whole, inside, first, last, step), _MOST_WAYS):
            yield way, True
    for parts, gapless in (
        *(_in_a_row(whole, inside, first, last, step) for first, last, step in _ROWS),
        *(_value_by_value(whole, inside, name) for name in _VALUES),
    ):
        if len(parts) > 1:
            yield tuple(parts), gapless


def remainders(cohorts: Sequence[Cohort]) -> Iterator[tuple[Cohort, Mapping[int, int]]]:
    """Cohorts that are none of these and that these tell of, added up and taken away: of a year its terms less two.

    Each with the cohorts it is made of by their places, and 1 or -1 as each is added or taken away. Of all that can be
    told so there are those that lie between one end and the next: whatever else is told is put together of them.
    """
    places = {cohort: number for number, cohort in enumerate(cohorts)}
    for first, last, step in _ROWS:
        alike: dict[Cohort, list[tuple[_End, _End, int]]] = {}
        for cohort, number in places.items():
            begin, end = getattr(cohort, first), getattr(cohort, last)
            ends = (0, begin) if begin is not None else (-1, 0), (0, end + step) if end is not None else (1, 0)
            alike.setdefault(cohort.without(first).without(last), []).append((*ends, number))
        for rest, lengths in alike.items():
            for told in _from_one_end(lengths):
                for begin, end in pairwise(sorted(told)):
                    asked: dict[str, Any] = {
                        first: begin[1] if begin[0] == 0 else None,
                        last: end[1] - step if end[0] == 0 else None,
                    }
                    made = Counter(told[end])
                    made.subtract(told[begin])
                    whole = replace(rest, **asked)
                    if whole not in places:
                        yield whole, {number: many for number, many in made.items() if many}


def _from_one_end(lengths: Sequence[tuple[_End, _End, int]]) -> Iterator[Mapping[_End, Mapping[int, int]]]:
    """Of lengths that meet end to end, each end with how one comes to it from the first: forwards 1, backwards -1."""
    meeting: dict[_End, list[tuple[_End, int, int]]] = {}
    for begin, end, number in lengths:
        meeting.setdefault(begin, []).append((end, number, 1))
        meeting.setdefault(end, []).append((begin, number, -1))
    come: set[_End] = set()
    for start in meeting:
        if start in come:
            continue
        told: dict[_End, Mapping[int, int]] = {start: {}}
        waiting = [start]
        while waiting:
            here = waiting.pop()
            for there, number, way in meeting[here]:
                if there not in told:
                    told[there] = {**told[here], number: way}
                    waiting.append(there)
        come.update(told)
        yield told


def _ways_through(
    whole: Cohort, inside: Mapping[int, Cohort], first: str, last: str, step: Any
) -> Iterator[tuple[int, ...]]:
    """Every way to put the whole together of cohorts that follow one another without a gap."""
    rest = whole.without(first).without(last)
    begins: dict[Any, dict[Any, int]] = {}
    for each, cohort in inside.items():
        if cohort.without(first).without(last) == rest:
            begins.setdefault(getattr(cohort, first), {})[getattr(cohort, last)] = each
    waiting: list[tuple[Any, tuple[int, ...]]] = [(getattr(whole, first), ())]
    while waiting:
        begin, way = waiting.pop()
        for end, each in begins.get(begin, {}).items():
            if end == getattr(whole, last):
                if way:
                    yield (*way, each)
            elif end is not None:
                waiting.append((end + step, (*way, each)))


def _in_a_row(whole: Cohort, inside: Mapping[int, Cohort], first: str, last: str, step: Any) -> tuple[list[int], bool]:
    """Cohorts whose periods or ages follow one another."""
    found: list[int] = []
    limits = {each: (getattr(cohort, first), getattr(cohort, last)) for each, cohort in inside.items()}
    ended = None
    dated = sorted(
        (each for each, (_, end) in limits.items() if end is not None),
        key=lambda each: (limits[each][1], limits[each][0] is not None, limits[each][0] or 0),
    )
    open_ended = [each for each, (begin, end) in limits.items() if end is None and begin is not None]
    for each in [*dated, *open_ended]:
        begin, end = limits[each]
        if not found or (ended is not None and begin is not None and begin > ended):
            found.append(each)
            ended = end
    if any(inside[each].without(first).without(last) != whole.without(first).without(last) for each in found):
        return found, False
    if not found or limits[found[0]][0] != getattr(whole, first) or limits[found[-1]][1] != getattr(whole, last):
        return found, False
    return found, all(
        limits[before][1] is not None and limits[before][1] + step == limits[after][0]
        for before, after in zip(found, found[1:], strict=False)
    )


def _value_by_value(whole: Cohort, inside: Mapping[int, Cohort], name: str) -> tuple[list[int], bool]:
    """Cohorts that each ask for another value, the widest of each."""
    if getattr(whole, name) not in (None, ""):
        return [], False
    widest: dict[object, int] = {}
    for each, cohort in inside.items():
        value = getattr(cohort, name)
        if value in (None, ""):
            continue
        if value not in widest or holds(cohort, inside[widest[value]]):
            widest[value] = each
    plain = all(inside[each].without(name) == whole for each in widest.values())
    values = _VALUES[name]
    return list(widest.values()), bool(plain and values and len(widest) == len(tuple(values)))
