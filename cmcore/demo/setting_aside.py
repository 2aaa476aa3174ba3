"""Money set aside in the stories: what commissions take of Pupil Premium Plus, lessons from a grant, a year's rate."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from cmcore.base.periods import financial_year
from cmcore.demo.making import Making
from cmcore.demo.sheets import Sheet
from cmcore.invoices.rules import amount
from cmcore.money.queries import shipped_rates

ALLOCATION_COLUMNS = """
    authority_id young_person_id funding_line_id amount_pence use purpose pep_target_id agreed_on spent_pence spent_on
"""
RATE_COLUMNS = "authority_id financial_year amount_pence source"

#: One in so many of those with mentoring has lessons or materials as well.
_ALSO = 6
_OTHERS = (("lessons", "Half a term of drum lessons", 12_000), ("equipment", "Paints, paper, a portfolio", 4_500))


class SettingAside:
    """Writes what is set aside in one authority: it covers the commissions of Pupil Premium Plus (R-PPP-1)."""

    def __init__(self, making: Making, lines: Sheet, commissions: Sheet, allocations: Sheet, rates: Sheet) -> None:
        """Write for one authority, whose funding lines and commissions are told already."""
        self._making, self._lines, self._commissions = making, lines, commissions
        self._allocations, self._rates = allocations, rates

    def tell(self, aims: dict[int, int]) -> None:
        """Cover each commission by the target of its young person; one whose plan has none takes other money."""
        making, column = self._making, self._commissions.columns.index
        person, line, started = column("young_person_id"), column("funding_line_id"), column("starts_on")
        minutes, rate = column("minutes"), column("rate_pence")
        of: dict[tuple[int, int], list[tuple[Any, ...]]] = defaultdict(list)
        for number, row in enumerate(self._commissions.rows):
            if row[person] not in aims:
                self._commissions.rows[number] = (*row[:line], None, *row[line + 1 :])
                continue
            of[row[line], row[person]].append(row)
        for number, ((line_id, person_id), rows) in enumerate(sorted(of.items())):
            pence = sum(amount(row[minutes], row[rate]) for row in rows)
            since = min(row[started] for row in rows)
            own = (making.authority_id, person_id, line_id)
            self._allocations.add((*own, pence, "mentoring", "", aims[person_id], since, 0, None))
            if number % _ALSO == 0:
                use, purpose, more = _OTHERS[number // _ALSO % len(_OTHERS)]
                paid = number % (2 * _ALSO) == 0
                spent = (more, making.calendar.today) if paid else (0, None)
                self._allocations.add((*own, more, use, purpose, aims[person_id], since, *spent))
        self._make_it_last()
        this = financial_year(making.calendar.today)
        if this not in shipped_rates():
            self._rates.add((making.authority_id, this, max(shipped_rates().values()) + 6_000, "Made up to try things"))

    def _make_it_last(self) -> None:
        """A line is worth somewhat more than what is set aside of it."""
        aside: dict[int, int] = defaultdict(int)
        for row in self._allocations.rows:
            aside[row[2]] += row[3]
        key, pence = (self._lines.columns.index(name) for name in ("id", "amount_pence"))
        for number, row in enumerate(self._lines.rows):
            least = (aside[row[key]] * 9 // 8 // 100_000 + 1) * 100_000
            self._lines.rows[number] = (*row[:pence], max(row[pence], least), *row[pence + 1 :])
