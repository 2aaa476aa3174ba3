"""The made-up mentors: checks in force on every day they work, and a diary in which nothing is booked twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from cmcore.base.periods import years_after
from cmcore.demo import names, words
from cmcore.demo.calendar import Calendar
from cmcore.demo.making import Making
from cmcore.demo.readying import Readying, ReadySheets
from cmcore.demo.sheets import Sheet
from cmcore.mentors.records import Mentor

MENTOR_COLUMNS = """
    id ref name email phone art_forms languages least_age most_age postcode_district travel_miles capacity
    availability drives home_authority_id state created_at changed_at
"""
CHECK_COLUMNS = """
    mentor_id kind_of_check issued_on expires_on cover_pence covers_passengers masked_reference seen_by seen_on
    created_at changed_at
"""

#: Minutes of the day at which a session may begin, far enough apart for an hour and a half.
STARTS = (570, 690, 810, 945)
_KNOWN = ("Juno Tansyhurst", "Kit Ferndrake", "Bea Thistlemere", "Saffi Larkmoor", "Dev Quarrelpane")
_DAY = timedelta(days=1)


@dataclass(slots=True)
class MadeMentor:
    """One mentor of the stories: since when and how long they work, and what is booked on each weekday and time."""

    id: int
    name: str
    from_on: date
    until_on: date | None
    drives: bool
    capacity: int
    art_form: str
    live: int = 0
    booked: dict[tuple[int, int], list[tuple[date, date]]] = field(default_factory=dict)

    def works(self, starts_on: date, ends_on: date) -> bool:
        """Whether they work for the authority on all of these days."""
        return self.from_on <= starts_on and (self.until_on is None or ends_on <= self.until_on)

    def free(self, weekday: int, minute: int, starts_on: date, ends_on: date) -> bool:
        """Whether nothing else is booked at this time between two days."""
        return all(end < starts_on or ends_on < start for start, end in self.booked.get((weekday, minute), ()))

    def book(self, weekday: int, minute: int, starts_on: date, ends_on: date) -> None:
        """Keep a time of the week for somebody between two days."""
        self.booked.setdefault((weekday, minute), []).append((starts_on, ends_on))


@dataclass
class Staff:
    """The mentors of an authority who can be given somebody to mentor."""

    working: list[MadeMentor]

    def find(
        self, draw: Random, weekday: int, starts_on: date, ends_on: date, *, live: bool, wanted: str = ""
    ) -> tuple[MadeMentor, int] | None:
        """A mentor and a time of day, free on a weekday between two days; booked at once. Nobody, if nobody is free."""
        able = [
            each for each in self.working if each.works(starts_on, ends_on) and (not live or each.live < each.capacity)
        ]
        draw.shuffle(able)
        able.sort(key=lambda each: (each.name != wanted, each.live / each.capacity if live else 0))
        for mentor in able:
            for minute in draw.sample(STARTS, len(STARTS)):
                if mentor.free(weekday, minute, starts_on, ends_on):
                    mentor.book(weekday, minute, starts_on, ends_on)
                    mentor.live += live
                    return mentor, minute
        return None


@dataclass
class MentorSheets:
    """Where the rows of mentors go."""

    mentors: Sheet
    links: Sheet
    checks: Sheet
    ready: ReadySheets


def make_mentors(making: Making, sheets: MentorSheets) -> Staff:
    """Make the mentors at work, and a few who are not: an applicant, one being inducted, one pausing, one who left."""
    draw, extent, calendar = making.draw, making.extent, making.calendar
    working, readying = [], Readying(making, sheets.ready)
    aside = ("applicant", "onboarding", "paused", "left") * max(1, extent.mentors // 40)
    for number, state in enumerate([*["active"] * extent.mentors, *aside]):
        name = _KNOWN[number] if extent.hero and number < len(_KNOWN) else names.full(draw)
        mentor = _one(draw, calendar, making.keys.next(Mentor), name, state, long=number % 3 != 2)
        if state == "active":
            working.append(mentor)
        forms = [mentor.art_form, *draw.sample(list(words.ART_FORMS), draw.randrange(0, 2))]
        made_at = calendar.at(mentor.from_on - timedelta(days=45), 600)
        sheets.mentors.add(
            (
                mentor.id,
                making.refs.next("M"),
                name,
                names.email(name, "studio"),
                names.mobile(draw),
                list(dict.fromkeys(forms)),
                ["English"],
                draw.choice((4, 7, 11)),
                draw.choice((16, 18, 21)),
                f"{extent.prefix[:2]}{draw.randrange(1, 20)}",
                draw.choice((10, 15, 25, 40)),
                mentor.capacity,
                "Weekdays",
                mentor.drives,
                making.authority_id,
                state,
                made_at,
                made_at,
            )
        )
        sheets.links.add((making.authority_id, mentor.id))
        if state != "applicant":
            short, complete = name == "Dev Quarrelpane", state != "onboarding"
            _checks(draw, calendar, mentor, sheets.checks, short=short, complete=complete)
            if complete:
                readying.of(mentor.id, name, mentor.from_on, mentor.until_on)
        making.history.mentor(mentor, state)
    return Staff(working)


def _one(draw: Random, calendar: Calendar, key: int, name: str, state: str, *, long: bool) -> MadeMentor:
    today = calendar.today
    since = today - timedelta(days=draw.randrange(1_500, 1_750) if long else draw.randrange(260, 900))
    if state in ("applicant", "onboarding"):
        since = today - timedelta(days=draw.randrange(5, 30))
    until = today - timedelta(days=draw.randrange(40, 200)) if state == "left" else None
    form = "Printmaking" if name == "Juno Tansyhurst" else draw.choice(list(words.ART_FORMS))
    return MadeMentor(key, name, since, until, draw.random() < 0.6, draw.randrange(9, 12), form)


def _checks(draw: Random, calendar: Calendar, mentor: MadeMentor, sheet: Sheet, *, short: bool, complete: bool) -> None:
    start, last = mentor.from_on, mentor.until_on or calendar.today

    def seen(kind: str, issued_on: date, expires_on: date | None = None, cover: int | None = None) -> None:
        seen_on = min(issued_on + timedelta(days=draw.randrange(2, 8)), calendar.today)
        at = calendar.at(seen_on, 660)
        sheet.add(
            (
                mentor.id,
                kind,
                issued_on,
                expires_on,
                cover,
                True if kind == "business_car" else None,
                f"…{draw.randrange(1000, 9999)}",
                "Hester Quillmarsh",
                seen_on,
                at,
                at,
            )
        )

    begun = start - timedelta(days=draw.randrange(12, 25))
    for kind in ("identity", "references", "safeguarding_training", "induction", "agreement"):
        if complete or kind in ("identity", "references"):
            seen(kind, begun)
    if not complete:
        return
    for issued_on in _certificates(draw, begun, last, calendar.today, short=short):
        seen("enhanced_dbs", issued_on)
    cover = draw.choice((500_000_000,) * 6 + (1_000_000_000,) * 2 + (200_000_000,))
    for issued_on in _yearly(begun, last):
        seen("public_liability", issued_on, years_after(issued_on, 1), cover)
        if mentor.drives:
            seen("business_car", issued_on, years_after(issued_on, 1))


def _certificates(draw: Random, first: date, last: date, today: date, *, short: bool) -> list[date]:
    """Days on which a DBS certificate was issued, each some weeks before the one before it is three years old."""
    if short:
        # Three years old in 18 days: a renewal that somebody has to raise.
        newest = years_after(today + timedelta(days=18), -3)
        return [newest] if newest <= first else [first, newest]
    made = [first]
    while (due := years_after(made[-1], 3) - timedelta(days=draw.randrange(25, 75))) <= last:
        made.append(due)
    return made


def _yearly(first: date, last: date) -> list[date]:
    """Days on which a policy for a year began, each before the one before it ended."""
    made = [first]
    while (due := years_after(made[-1], 1) - _DAY * 12) <= last:
        made.append(due)
    return made
