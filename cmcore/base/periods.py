"""Days, school years, terms and birthdays, as England's law and schools count them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from cmcore.base.clock import LONDON, local


@dataclass(frozen=True)
class Period:
    """The days from ``starts_on`` to ``ends_on``, both included; no end means it goes on."""

    starts_on: date
    ends_on: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the day lies inside."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def meets(self, other: Period) -> bool:
        """Whether the two share a day."""
        return (self.ends_on is None or other.starts_on <= self.ends_on) and (
            other.ends_on is None or self.starts_on <= other.ends_on
        )


@dataclass(frozen=True)
class Term:
    """One school term of an academic year: autumn, spring or summer, with its first and last day."""

    name: str
    starts_on: date
    ends_on: date

    def covers(self, on: date) -> bool:
        """Whether the day lies in the term."""
        return self.starts_on <= on <= self.ends_on


def birthday(born_on: date, age: int) -> date:
    """The day somebody reaches an age; one born on 29 February reaches it on 1 March of a common year.

    Source: Family Law Reform Act 1969 section 9 (an age is attained at the start of the birthday); 29 February as in
    common practice for England and Wales.
    """
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def age_on(born_on: date, on: date) -> int:
    """Whole years of age on a day; before birth it is negative."""
    age = on.year - born_on.year
    return age if birthday(born_on, age) <= on else age - 1


def years_after(on: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March."""
    return birthday(on, years)


def academic_year(on: date) -> int:
    """The calendar year in which the day's academic year begins, on 1 September."""
    return on.year if on.month >= 9 else on.year - 1


def academic_year_name(begins: int) -> str:
    """An academic year as people write it: 2026 becomes "2026-27"."""
    return f"{begins}-{(begins + 1) % 100:02d}"


def financial_year(on: date) -> int:
    """The calendar year in which the day's financial year begins, on 1 April."""
    return on.year if on.month >= 4 else on.year - 1


def year_group(born_on: date, on: date) -> int | None:
    """The school year group (0 is reception, 13 the last) by age on 31 August before; nothing outside school age."""
    age = age_on(born_on, date(academic_year(on), 8, 31))
    group = age - 4
    return group if 0 <= group <= 13 else None


def year_group_words(group: int | None) -> str:
    """A year group in words: "Reception", "Year 10", or nothing."""
    if group is None:
        return ""
    return "Reception" if group == 0 else f"Year {group}"


#: Last year group of each key stage; England's national curriculum framework (2014), section 3.
KEY_STAGES = ((0, "EYFS"), (2, "KS1"), (6, "KS2"), (9, "KS3"), (11, "KS4"), (13, "KS5"))


def key_stage(born_on: date, on: date) -> str:
    """The key stage by age on the 31 August before: EYFS, KS1 to KS5; "EYFS" before school, "post-18" after it."""
    group = age_on(born_on, date(academic_year(on), 8, 31)) - 4
    for last, name in KEY_STAGES:
        if group <= last:
            return name
    return "post-18"


def default_terms(begins: int) -> list[Term]:
    """Terms of an academic year where an authority has set none: cut at Christmas and Easter [Default]."""
    easter = _easter(begins + 1)
    return [
        Term("autumn", date(begins, 9, 1), date(begins, 12, 31)),
        Term("spring", date(begins + 1, 1, 1), easter),
        Term("summer", easter + timedelta(days=1), date(begins + 1, 8, 31)),
    ]


def _easter(year: int) -> date:
    named = next(day for day, name in _england(year).items() if "Easter Monday" in name)
    return named - timedelta(days=1)


@lru_cache(maxsize=64)
def _england(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(on: date) -> bool:
    """Whether offices of England work: not Saturday, Sunday or a bank holiday."""
    return on.weekday() < 5 and on not in _england(on.year)


def working_days_after(on: date, days: int) -> date:
    """The day that lies this many working days after another."""
    while days:
        on += timedelta(days=1)
        if is_working_day(on):
            days -= 1
    return on


def working_days_between(start: date, end: date) -> int:
    """Working days that lie after ``start`` up to and including ``end``."""
    days, on = 0, start
    while on < end:
        on += timedelta(days=1)
        days += is_working_day(on)
    return days


#: When offices of England work, on England's wall clock [Default].
OFFICE_HOURS = (time(9), time(17))


def working_minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes of office hours between two instants: nine to five on working days, right across clock changes."""
    worked, on, last = timedelta(), local(start).date(), local(end).date()
    while on <= last:
        if is_working_day(on):
            opens, closes = (datetime.combine(on, each, LONDON) for each in OFFICE_HOURS)
            worked += max(min(end, closes) - max(start, opens), timedelta())
        on += timedelta(days=1)
    return int(worked.total_seconds() // 60)
