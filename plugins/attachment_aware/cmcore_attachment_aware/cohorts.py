"""What people do with a cohort and its training days, and the one place where its places are counted."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select

from cmcore.api import (
    LONDON,
    Work,
    academic_year,
    action,
    answers_from,
    authority_for,
    count,
    local,
    refuse,
    taken,
)
from cmcore_attachment_aware import rules
from cmcore_attachment_aware.forms import CohortAnswers, DayAnswers
from cmcore_attachment_aware.records import AwareAttendance, AwareCohort, AwareDay, AwarePlace, AwareRelease


@action("attachment_aware_cohort.add")
def open_cohort(work: Work, answers: CohortAnswers, authority_id: int | None = None) -> AwareCohort:
    """Open the cohort of a year to applications. Refuses a year that has one, and days outside its academic year."""
    authority = authority_for(work, authority_id)
    told = taken(work, answers)
    _refuse_other_year(told)
    return work.add(AwareCohort(authority_id=authority.id, taken=0, waiting=0, **_columns(told)))


@action("attachment_aware_cohort.change")
def change_cohort(work: Work, cohort: AwareCohort, answers: CohortAnswers, version: int | None = None) -> AwareCohort:
    """Change a cohort. Refuses fewer places than are taken (R-AAS-1); freed places are offered by a person."""
    told = taken(work, answers)
    _refuse_other_year(told)
    if version is None or cohort.version == version:
        hold_still(work, cohort)
        version = None if version is None else cohort.version
    work.heed(rules.place_free(told.places, cohort.taken, work.policy_of(cohort)))
    asked = select(func.min(AwareDay.held_on), func.max(AwareDay.held_on)).where(
        AwareDay.attachment_aware_cohort_id == cohort.id
    )
    for on in work.db.execute(asked).one():
        if on is not None:
            work.heed(rules.in_its_year(on, told.starts_on, told.ends_on, work.policy_of(cohort)))
    work.change(cohort, version, **_columns(told))
    return cohort


@action("attachment_aware_cohort.remove")
def remove_cohort(work: Work, cohort: AwareCohort) -> None:
    """Remove a cohort entered by mistake. Refuses one that has applications, a training day or lines given out."""
    for record in (AwarePlace, AwareDay, AwareRelease):
        hangs = select(record.id).where(record.attachment_aware_cohort_id == cohort.id).limit(1)
        if work.db.scalar(hangs) is not None:
            raise refuse(f"It has {record.words[1]}, and stays.", way_out="Let it end with its year.")
    work.db.delete(cohort)


def answers_of_cohort(cohort: AwareCohort) -> CohortAnswers:
    """The cohort as the answers that would open it again."""
    return answers_from(CohortAnswers, cohort)


def hold_still(work: Work, cohort: AwareCohort) -> None:
    """Keep others from giving places of a cohort until this is kept, and read what stands now."""
    work.db.flush()
    work.db.execute(select(AwareCohort.id).where(AwareCohort.id == cohort.id).with_for_update())
    work.db.refresh(cohort)


def _columns(told: CohortAnswers) -> dict[str, Any]:
    return {**told.columns("led_by"), "led_by": told.led_by or ""}


def _refuse_other_year(told: CohortAnswers) -> None:
    for name, on in (("starts_on", told.starts_on), ("ends_on", told.ends_on)):
        if academic_year(on) != told.year:
            said = f"{on:%d/%m/%Y} is not in the academic year that begins in {told.year}."
            raise refuse(said, place=name, way_out="Choose a day from September to August.")


# ---- training days
@action("attachment_aware_day.add")
def add_day(work: Work, cohort: AwareCohort, answers: DayAnswers) -> AwareDay:
    """Put a training day into a cohort's year (R-AAS-12)."""
    told = taken(work, answers)
    _fits(work, cohort, told)
    own = {"authority_id": cohort.authority_id, "attachment_aware_cohort_id": cohort.id}
    return work.add(AwareDay(**own, **_of_day(told)))


@action("attachment_aware_day.change")
def change_day(work: Work, training: AwareDay, answers: DayAnswers, version: int | None = None) -> AwareDay:
    """Change a training day. Refuses another day once somebody is marked, and one that was called off."""
    told = taken(work, answers)
    if training.called_off:
        raise refuse("This day was called off.", way_out="Add another one.")
    if told.held_on != training.held_on and marked(work, training):
        raise refuse("It is written down who came.", place="held_on", way_out="Take that back on the roll first.")
    _fits(work, work.get(AwareCohort, training.attachment_aware_cohort_id), told)
    work.change(training, version, **_of_day(told))
    return training


@action("attachment_aware_day.change")
def call_off_day(work: Work, training: AwareDay, reason: str) -> AwareDay:
    """Call a training day off, and say why. Refuses one to which somebody came; it counts for nobody."""
    if not reason.strip():
        raise refuse("Calling it off needs a reason.", place="reason", way_out="Write a sentence that says why.")
    if marked(work, training):
        raise refuse("It is written down who came.", way_out="Take that back on the roll first.")
    work.change(training, called_off_because=reason.strip()[:500])
    return training


@action("attachment_aware_day.remove")
def remove_day(work: Work, training: AwareDay) -> None:
    """Remove a training day entered by mistake. Refuses one with attendance."""
    if marked(work, training):
        raise refuse("It is written down who came.", way_out="Take that back on the roll first.")
    work.db.delete(training)


def answers_of_day(training: AwareDay) -> DayAnswers:
    """The training day as the answers that would add it again."""
    hours = {"starts": local(training.starts_at).time(), "ends": local(training.ends_at).time()}
    return answers_from(DayAnswers, training, hours)


def marked(work: Work, training: AwareDay) -> int:
    """How many of the staff are marked on the roll of a day."""
    asked = select(func.count(AwareAttendance.id)).where(AwareAttendance.attachment_aware_day_id == training.id)
    return work.db.scalar(asked) or 0


def places_in_words(cohort: AwareCohort) -> str:
    """How many places there are, are taken and are waited for."""
    waits = f", {count(cohort.waiting, 'school waits', 'schools wait')}" if cohort.waiting else ""
    return f"{cohort.taken} of {count(cohort.places, 'place')} taken{waits}"


def _fits(work: Work, cohort: AwareCohort, told: DayAnswers) -> None:
    if told.ends <= told.starts:
        raise refuse("It ends before it begins.", place="ends", way_out="Check the times.")
    work.heed(rules.in_its_year(told.held_on, cohort.starts_on, cohort.ends_on, work.policy_of(cohort)))


def _of_day(told: DayAnswers) -> dict[str, Any]:
    return {
        "title": told.title,
        "about_what": told.about_what or "",
        "held_on": told.held_on,
        "starts_at": _at(told.held_on, told.starts),
        "ends_at": _at(told.held_on, told.ends),
        "venue": told.venue,
        "led_by": told.led_by or "",
        "called_off_because": "",
    }


def _at(on: date, at: time) -> datetime:
    return datetime.combine(on, at, LONDON)
