"""Who takes part at a school, and who came to which training day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.api import Finding, Work, action, answers_from, refuse, refuse_if, taken
from cmcore_attachment_aware import rules
from cmcore_attachment_aware.forms import StaffAnswers
from cmcore_attachment_aware.programme import HOLDING
from cmcore_attachment_aware.records import AwareAttendance, AwareDay, AwarePlace, AwareStaff
from cmcore_attachment_aware.words import StaffRole


def refuse_settled(place: AwarePlace) -> None:
    """Refuse to change what belongs to a school's year once that is over, or before it has a place."""
    if place.state not in ("offered", "in_cohort"):
        said = f"{place.setting.name} is “{place.state_label}”."
        raise refuse(said, way_out="It is changed while the school has a place and has not graduated.")


# ---- staff
@action("attachment_aware_staff.add")
def add_staff(work: Work, place: AwarePlace, answers: StaffAnswers) -> AwareStaff:
    """Name one of the staff who take part."""
    told = taken(work, answers)
    refuse_settled(place)
    _in_order(told)
    own = {"authority_id": place.authority_id, "setting_id": place.setting_id, "attachment_aware_place_id": place.id}
    return work.add(AwareStaff(**own, **_columns(told)))


@action("attachment_aware_staff.change")
def change_staff(work: Work, staff: AwareStaff, answers: StaffAnswers, version: int | None = None) -> AwareStaff:
    """Change who somebody is, and until when they take part."""
    told = taken(work, answers)
    refuse_settled(work.get(AwarePlace, staff.attachment_aware_place_id))
    _in_order(told)
    work.change(staff, version, **_columns(told))
    return staff


@action("attachment_aware_staff.remove")
def remove_staff(work: Work, staff: AwareStaff) -> None:
    """Remove somebody entered by mistake. Refuses whoever is on the roll of a day: say when they left instead."""
    refuse_settled(work.get(AwarePlace, staff.attachment_aware_place_id))
    rolled = select(AwareAttendance.id).where(AwareAttendance.attachment_aware_staff_id == staff.id).limit(1)
    if work.db.scalar(rolled) is not None:
        raise refuse("They are on the roll of a training day.", way_out="Say until when they took part instead.")
    work.db.delete(staff)


def answers_of_staff(staff: AwareStaff) -> StaffAnswers:
    """Somebody as the answers that would name them again."""
    return answers_from(StaffAnswers, staff, {"role": StaffRole(staff.role)})


def _columns(told: StaffAnswers) -> dict[str, Any]:
    return {**told.columns("role"), "role": told.role.value}


def _in_order(told: StaffAnswers) -> None:
    if told.left_on is not None and told.left_on < told.joined_on:
        raise refuse("They left before they took part.", place="left_on", way_out="Check the days.")


# ---- the roll of a day
@dataclass(frozen=True)
class OnTheRoll:
    """One of the staff expected at a training day, their school, and what is marked."""

    staff: AwareStaff
    school: str
    came: bool | None


def roll(work: Work, training: AwareDay) -> list[OnTheRoll]:
    """Everybody expected at a training day, by school and name; those marked all the same stand there too."""
    asked = (
        select(AwareStaff, AwareAttendance.came)
        .join(AwarePlace, AwarePlace.id == AwareStaff.attachment_aware_place_id)
        .outerjoin(
            AwareAttendance,
            (AwareAttendance.attachment_aware_staff_id == AwareStaff.id)
            & (AwareAttendance.attachment_aware_day_id == training.id),
        )
        .where(
            AwarePlace.attachment_aware_cohort_id == training.attachment_aware_cohort_id,
            AwarePlace.state.in_((*HOLDING, "withdrawn")),
        )
        .options(joinedload(AwareStaff.place).joinedload(AwarePlace.setting))
    )
    marks: list[tuple[AwareStaff, bool | None]] = [(row[0], row[1]) for row in work.db.execute(asked)]
    found = [
        OnTheRoll(staff, staff.place.setting.name, came)
        for staff, came in marks
        if came is not None or _expected(staff, training)
    ]
    return sorted(found, key=lambda one: (one.school, one.staff.name, one.staff.id))


def _expected(staff: AwareStaff, training: AwareDay) -> bool:
    gone = staff.left_on is not None and staff.left_on < training.held_on
    return staff.joined_on <= training.held_on and not gone and staff.place.state in HOLDING


def roll_in_the_way(work: Work, training: AwareDay) -> list[Finding]:
    """What keeps the roll from being taken: the day is still to come, or was called off."""
    if training.called_off:
        return [Finding("This day was called off.", way_out="Nobody was there; leave the roll as it is.")]
    return rules.not_ahead(training.held_on, work.today, "held_on")


@action("attachment_aware_attendance.mark")
def mark(work: Work, training: AwareDay, staff: AwareStaff, came: bool | None) -> bool:
    """Write down that somebody came or did not, or take that back; says whether anything changed.

    The same said twice is one. Refuses before the day, and somebody of another cohort.
    """
    refuse_if(roll_in_the_way(work, training))
    place = work.get(AwarePlace, staff.attachment_aware_place_id)
    if place.attachment_aware_cohort_id != training.attachment_aware_cohort_id:
        raise refuse("They are in another cohort.", way_out="Take the roll of their own cohort's day.")
    asked = select(AwareAttendance).where(
        AwareAttendance.attachment_aware_day_id == training.id,
        AwareAttendance.attachment_aware_staff_id == staff.id,
    )
    found = work.db.scalars(asked).first()
    if (None if found is None else found.came) is came:
        return False
    if came is None:
        work.db.delete(found)
        return True
    marked: dict[str, Any] = {"came": came, "marked_at": work.clock.now(), "marked_by": work.actor.name[:120]}
    if found is not None:
        work.change(found, **marked)
        return True
    own = {"authority_id": training.authority_id, "setting_id": staff.setting_id}
    work.add(AwareAttendance(**own, attachment_aware_day_id=training.id, attachment_aware_staff_id=staff.id, **marked))
    return True
