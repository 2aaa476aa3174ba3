"""The days of the made-up stories: school weeks, terms, and instants by England's wall clock."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, timedelta

from cmcore.base.clock import LONDON
from cmcore.base.periods import Term, academic_year, default_terms, is_working_day

#: How many years back stories may begin.
YEARS = 5


class Calendar:
    """School days from five years ago to a few weeks ahead, and what time it was on each."""

    def __init__(self, today: date) -> None:
        """Count from this day."""
        self.today = today
        self.now = self.at(today, 9 * 60)
        first = academic_year(today) - YEARS
        self.terms = {year: school_terms(year) for year in range(first, academic_year(today) + 2)}
        self._by_weekday: list[list[date]] = [[], [], [], [], []]
        on, last = date(first, 9, 1), today + timedelta(days=60)
        while on <= last:
            if on.weekday() < 5 and is_working_day(on) and self._taught(on):
                self._by_weekday[on.weekday()].append(on)
            on += timedelta(days=1)
        self._instants: dict[tuple[date, int], datetime] = {}

    def _taught(self, on: date) -> bool:
        return any(term.covers(on) for term in self.terms.get(academic_year(on), ()))

    def last(self, weekday: int, before: date, many: int) -> list[date]:
        """The last school days of a weekday before a day, in order."""
        days = self._by_weekday[weekday]
        end = bisect_left(days, before)
        return days[max(0, end - many) : end]

    def coming(self, weekday: int, until: date) -> list[date]:
        """The school days of a weekday from today to a day."""
        days = self._by_weekday[weekday]
        return days[bisect_left(days, self.today) : bisect_right(days, until)]

    def at(self, on: date, minute: int) -> datetime:
        """The instant, in UTC, at a minute of a day by England's wall clock."""
        return datetime(on.year, on.month, on.day, minute // 60, minute % 60, tzinfo=LONDON).astimezone(UTC)

    def slot(self, on: date, minute: int) -> datetime:
        """As :meth:`at`, remembered: lessons begin at the same few times."""
        key = (on, minute)
        found = self._instants.get(key)
        if found is None:
            found = self._instants[key] = self.at(on, minute)
        return found

    def working(self, on: date) -> date:
        """The day itself, or the next one on which offices work, never after today."""
        while not is_working_day(on) and on < self.today:
            on += timedelta(days=1)
        return min(on, self.today)


def school_terms(begins: int) -> list[Term]:
    """The three terms as an authority sets them: holidays at Christmas, Easter and in summer are left out."""
    autumn, spring, summer = default_terms(begins)
    easter = spring.ends_on
    return [
        Term("autumn", autumn.starts_on + timedelta(days=1), date(begins, 12, 18)),
        Term("spring", date(begins + 1, 1, 5), easter - timedelta(days=9)),
        Term("summer", easter + timedelta(days=9), date(begins + 1, 7, 21)),
    ]
