"""What the demonstration shows: three cohorts of schools, the third oversubscribed, and a network of those before.

Almost fifty schools by the third year where there are so many; of fewer settings four in five take part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from cmcore.api import LONDON, Authority, Setting, Work, academic_year
from cmcore_attachment_aware.given_out import give_out
from cmcore_attachment_aware.records import AwareAttendance, AwareCohort, AwareDay, AwarePlace, AwareStaff
from cmcore_attachment_aware.schoolwork import AwareMentoring, AwarePiece, AwareProject, AwareReading
from cmcore_attachment_aware.words import At, Indicator, PieceKind, StaffRole

_LEADER = "Ottoline Brackenrigg"
_TEACHES = ("school", "special_school", "pupil_referral_unit", "alternative_provision", "early_years", "college")
#: So many schools took part by the third year, and how they fall on the three cohorts, in a hundred.
_MOST, _PARTS = 47, (30, 34, 36)
#: Schools that wait beside those that have a place in the third year, at most.
_WAIT = 5
_DAYS = (
    ("What attachment means in a classroom", 27),
    ("What behaviour tells", 70),
    ("Mindful pedagogy", 130),
    ("What came of our projects", 265),
)
_TITLES = (
    "A calm start to the day",
    "Somebody to go to",
    "Talking before sanctions",
    "Quiet corners",
    "Greeting at the gate",
)
_QUESTIONS = (
    "What happens when every child is greeted by name?",
    "What happens when each child has one adult to go to?",
    "What happens when we talk before we send anybody out?",
)
_NAMES = ("Juno Tansyhurst", "Hester Quillmarsh", "Rue Wickenby", "Kit Ferndrake", "Maud Pebblewick", "Ivo Larkenshaw")


@dataclass(frozen=True)
class _Year:
    """One cohort, its training days, and who has a place in it."""

    cohort: AwareCohort
    days: list[AwareDay]
    places: list[AwarePlace]


def fill(work: Work, authority: Authority) -> None:
    """Three years: two that are over, whose schools graduated, and one that goes on, with a waiting list."""
    schools = _schools(work, authority)
    if len(schools) < 4:
        return
    now = academic_year(work.today)
    many = min(_MOST, len(schools) * 4 // 5)
    first, second = (max(1, many * part // 100) for part in _PARTS[:2])
    groups = (schools[:first], schools[first : first + second], schools[first + second : many])
    years = [_year(work, authority, now - 2 + number, group, number) for number, group in enumerate(groups)]
    for one in years[:2]:
        _work_of_a_year(work, one)
        _graduate(work, one)
    _work_of_a_year(work, years[2])
    _line(work, years[2], schools[many:])
    work.db.flush()
    _mentor(work, years)
    give_out(work, authority)


def _schools(work: Work, authority: Authority) -> list[Setting]:
    asked = select(Setting).where(Setting.la_code == authority.code, Setting.kind_of_setting.in_(_TEACHES))
    return list(work.db.scalars(asked.order_by(Setting.id).limit(64)))


def _year(work: Work, authority: Authority, year: int, schools: Sequence[Setting], number: int) -> _Year:
    starts, places = date(year, 9, 1), len(schools) if number == 2 else len(schools) + 1
    cohort = work.add(
        AwareCohort(
            authority_id=authority.id,
            year=year,
            places=max(1, places),
            apply_by_on=date(year, 6, 30),
            starts_on=starts,
            ends_on=date(year + 1, 7, 20),
            led_by=_LEADER,
            taken=len(schools),
            waiting=0,
        )
    )
    work.db.flush()
    days = [work.add(_day(cohort, title, starts + timedelta(days=after))) for title, after in _DAYS]
    made = [
        work.add(_place(work, cohort, school, date(year, 5, 4) + timedelta(days=turn)))
        for turn, school in enumerate(schools)
    ]
    work.db.flush()
    for place in made:
        offered, joined = date(year, 7, 1), date(year, 7, 9)
        work.move(place, "offer", on=offered)
        work.move(place, "accept", on=joined)
        work.change(place, offered_on=offered, joined_on=joined, told_on=offered)
    return _Year(cohort, days, made)


def _day(cohort: AwareCohort, title: str, on: date) -> AwareDay:
    return AwareDay(
        authority_id=cohort.authority_id,
        attachment_aware_cohort_id=cohort.id,
        title=title,
        held_on=on,
        starts_at=datetime.combine(on, time(9, 30), LONDON),
        ends_at=datetime.combine(on, time(15, 30), LONDON),
        venue="The Old Malthouse",
        led_by=_LEADER,
    )


def _place(work: Work, cohort: AwareCohort, school: Setting, on: date) -> AwarePlace:
    turn = school.id
    made = AwarePlace(
        authority_id=cohort.authority_id,
        setting_id=school.id,
        attachment_aware_cohort_id=cohort.id,
        applied_on=on,
        why="Too many of our pupils are sent out of lessons. We want to understand what their behaviour tells us.",
        lead_name=_NAMES[turn % len(_NAMES)],
        lead_role=StaffRole.designated_teacher.value,
        head_name=_NAMES[(turn + 2) % len(_NAMES)],
        head_agreed_on=on,
        staff_expected=2 + turn % 3,
    )
    made.setting, made.cohort = school, cohort
    return made


def _own(place: AwarePlace) -> dict[str, Any]:
    return {"authority_id": place.authority_id, "setting_id": place.setting_id, "attachment_aware_place_id": place.id}


def _work_of_a_year(work: Work, year: _Year) -> None:
    """Staff, the rolls of the days that have been, projects, and what was counted so far."""
    starts, over = year.cohort.starts_on, year.cohort.ends_on < work.today
    staff = [
        work.add(
            AwareStaff(
                **_own(place),
                name=_NAMES[(turn + number) % len(_NAMES)],
                role=(StaffRole.designated_teacher, StaffRole.teacher)[number].value,
                joined_on=starts,
            )
        )
        for turn, place in enumerate(year.places)
        for number in range(2)
    ]
    projects = [work.add(_project(place, turn, starts, over)) for turn, place in enumerate(year.places)]
    for turn, place in enumerate(year.places):
        for number, kind in enumerate(tuple(PieceKind)[: 3 if over else 1]):
            work.add(_piece(place, kind, turn + number, starts, work.today))
    work.db.flush()
    now, by = work.clock.now(), _LEADER
    for training in year.days:
        if training.held_on > work.today:
            continue
        for turn, one in enumerate(staff):
            work.add(
                AwareAttendance(
                    authority_id=one.authority_id,
                    setting_id=one.setting_id,
                    attachment_aware_day_id=training.id,
                    attachment_aware_staff_id=one.id,
                    came=over or (turn + training.id) % 9 != 0,
                    marked_at=now,
                    marked_by=by,
                )
            )
    for turn, project in enumerate(projects):
        _count(work, project, turn, over)


def _project(place: AwarePlace, turn: int, starts: date, over: bool) -> AwareProject:
    year = starts.year
    learnt = "Staff ask what is behind it before they act. It takes longer, and it is calmer." if over else ""
    return AwareProject(
        **_own(place),
        title=_TITLES[turn % len(_TITLES)],
        question=_QUESTIONS[turn % len(_QUESTIONS)],
        tried="Every child is met at the door by the same two adults." if over or turn % 2 else "",
        for_whom=("Year 9", "The whole school", "Years 3 and 4")[turn % 3],
        before_from=date(year, 1, 5),
        before_to=date(year, 5, 22),
        after_from=date(year + 1, 1, 5),
        after_to=date(year + 1, 5, 22),
        learnt=learnt,
        learnt_on=date(year + 1, 6, 22) if over else None,
    )


def _count(work: Work, project: AwareProject, turn: int, over: bool) -> None:
    roll = 180 + 37 * (turn % 9)
    before = {
        Indicator.suspensions: (9 + turn * 7 % 13, roll),
        Indicator.exclusions: (turn % 3, roll),
        Indicator.attendance: (roll * 80 * (88 + turn % 5) // 100, roll * 80),
    }
    after = {
        Indicator.suspensions: (6 + turn * 5 % 11, roll + turn % 5),
        Indicator.exclusions: (1 if turn % 4 == 0 else 0, roll + turn % 5),
        Indicator.attendance: (roll * 80 * (89 + turn % 6) // 100, roll * 80),
    }
    for at, counted in ((At.before, before), (At.after, after)):
        if at is At.after and not over:
            continue
        last = project.before_to if at is At.before else project.after_to
        for indicator, (number, out_of) in counted.items():
            unknown = over and turn % 11 == 10 and indicator is Indicator.attendance and at is At.before
            work.add(
                AwareReading(
                    authority_id=project.authority_id,
                    setting_id=project.setting_id,
                    attachment_aware_project_id=project.id,
                    indicator=indicator.value,
                    at=at.value,
                    number=None if unknown else number,
                    out_of=None if unknown else out_of,
                    missing="The register of that year was lost with an older system." if unknown else "",
                    source="School census",
                    counted_on=last + timedelta(days=14),
                    counted_by=_LEADER,
                )
            )


def _piece(place: AwarePlace, kind: PieceKind, turn: int, starts: date, today: date) -> AwarePiece:
    on = min(today, starts + timedelta(days=60 + 20 * (turn % 5)))
    return AwarePiece(
        **_own(place),
        title=("Two adults at the door", "A script for the corridor", "Our behaviour policy, rewritten")[turn % 3],
        kind_of_piece=kind.value,
        told="What we do, from the first minute of the day, and what staff say when it goes wrong.",
        how="Begin with one year group, and with adults who want to.",
        written_on=on,
        shared_on=on if turn % 4 == 0 else None,
    )


def _graduate(work: Work, year: _Year) -> None:
    """All that were counted graduate; one school whose count is lost is let through on a later day, as rules say."""
    on = year.cohort.ends_on - timedelta(days=6)
    for turn, place in enumerate(year.places):
        if turn % 11 == 10:
            work.move(place, "withdraw", reason="Its records of the year before were lost.", on=on)
            work.change(place, ended_on=on, told_on=on)
            work.change(year.cohort, taken=year.cohort.taken - 1)
            continue
        work.move(place, "graduate", on=on)
        work.change(place, graduated_on=on, ended_on=on, told_on=on)


def _line(work: Work, year: _Year, schools: Sequence[Setting]) -> None:
    """Schools that wait for a place, in the order in which they were put on the list; one that has just applied."""
    for turn, school in enumerate(schools[: _WAIT + 1]):
        on = year.cohort.starts_on + timedelta(days=turn)
        place = work.add(_place(work, year.cohort, school, on))
        work.db.flush()
        if turn == min(_WAIT, len(schools) - 1):
            return
        work.move(place, "wait")
        work.change(place, in_line=turn + 1, waiting_on=on, told_on=on)
        work.change(year.cohort, waiting=year.cohort.waiting + 1)


def _mentor(work: Work, years: Sequence[_Year]) -> None:
    """Schools of the first cohort mentored some of the second, and those of the second mentor some of the third."""
    for older, younger in ((years[0], years[1]), (years[1], years[2])):
        graduated = [one for one in older.places if one.state == "graduated"]
        for turn, (mentor, place) in enumerate(zip(graduated, younger.places, strict=False)):
            if turn % 3 == 2:
                continue
            begun = younger.cohort.starts_on + timedelta(days=30)
            over = younger.cohort.ends_on < work.today
            work.add(
                AwareMentoring(
                    **_own(mentor),
                    mentored_id=place.setting_id,
                    focus="How we began, and what we would do otherwise.",
                    starts_on=begun,
                    ends_on=younger.cohort.ends_on if over else None,
                    came_of_it="They begin the day as we do." if over else "",
                )
            )
