"""What several accounts tell together: sums over schools, added up and taken from one another (R-SUP-1)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

#: One school's counts in one indicator, as they were when they were summed: the school, and which state of its counts.
Counted = tuple[int, str]

#: The counts that an account sums, and its figures.
Account = tuple[Collection[Counted], Sequence[int]]


def tells_of_few(accounts: Sequence[Account], least: int, is_small: Callable[[int], bool]) -> bool:
    """Whether these accounts together tell of fewer than ``least`` schools, or a small number of more.

    Schools that stand in the same accounts with the same counts cannot be told apart: each such lot, and each two of
    them, is looked at. It is told where the accounts can be added up and taken away so that it alone is left. Counts
    that were changed in between are of the same school all the same.
    """
    lots, stands = _lots(accounts)
    few = [lot for lot in lots if len(lot) < least]
    for asked in (*((lot,) for lot in lots), *combinations(few, 2)):
        schools = frozenset().union(*asked)
        for own, figures in _left_of(accounts, stands, schools):
            if len(schools) < least:
                return True
            # Of a lot that is told once or several times over, the figures are known as often.
            if len(own) == 1 and any(is_small(round(abs(figure / min(own)))) for figure in figures):
                return True
    return False


def _lots(accounts: Sequence[Account]) -> tuple[list[frozenset[int]], Mapping[Counted, tuple[bool, ...]]]:
    """Schools in lots that stand in the same accounts, and in which accounts each count stands."""
    told = sorted({one for counts, _ in accounts for one in counts})
    stands = {one: tuple(one in counts for counts, _ in accounts) for one in told}
    of_school: dict[int, set[tuple[bool, ...]]] = {}
    for (school, _), where in stands.items():
        of_school.setdefault(school, set()).add(where)
    lots: dict[frozenset[tuple[bool, ...]], set[int]] = {}
    for school, where_all in of_school.items():
        lots.setdefault(frozenset(where_all), set()).add(school)
    return [frozenset(lot) for lot in lots.values()], stands


def _left_of(
    accounts: Sequence[Account], stands: Mapping[Counted, tuple[bool, ...]], schools: Collection[int]
) -> Iterable[tuple[set[Fraction], list[Fraction]]]:
    """What is left with all other schools taken away: how often each count of these stands in it, and the figures."""
    others = sorted({where for (school, _), where in stands.items() if school not in schools})
    own = sorted({where for (school, _), where in stands.items() if school in schools})
    wide = len(others) + len(own)
    rows = [
        [*(Fraction(where[number]) for where in (*others, *own)), *map(Fraction, figures)]
        for number, (_, figures) in enumerate(accounts)
    ]
    for column in range(len(others)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [
            row if not row[column] else [a - b * row[column] / pivot[column] for a, b in zip(row, pivot, strict=True)]
            for row in rows
            if row is not pivot
        ]
    for row in rows:
        if any(row[len(others) : wide]):
            yield {one for one in row[len(others) : wide] if one}, row[wide:]
