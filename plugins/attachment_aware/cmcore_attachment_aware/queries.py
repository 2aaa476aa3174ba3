"""What is read of the programme: cohorts, who waits and since when, what a school has done, and what waits for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import joinedload

from cmcore.api import Finding, Setting, Work
from cmcore_attachment_aware import rules
from cmcore_attachment_aware.programme import HOLDING, PLACE_LIFE, PLUGIN
from cmcore_attachment_aware.records import AwareAttendance, AwareCohort, AwareDay, AwarePlace, AwareStaff
from cmcore_attachment_aware.schoolwork import AwareMentoring, AwarePiece, AwareProject, AwareReading


# ---- whose
def settings_spoken_for(work: Work, authority_id: int) -> frozenset[int] | None:
    """The settings for which whoever acts may speak; nothing where they may for every setting of the authority."""
    grants = [one for one in (work.scope.grants if work.scope else ()) if one.authority_id == authority_id]
    if any(one.role.reaches(AwarePlace.kind(), AwarePlace.about) == "authority" for one in grants):
        return None
    return frozenset(one.setting_id for one in grants if one.setting_id is not None)


def on_in(work: Work) -> list[int]:
    """The authorities within reach in which the plugin is on."""
    reached = sorted(work.scope.authorities) if work.scope else []
    return [each for each in reached if work.plugin_is_on(PLUGIN, each)]


# ---- cohorts and places
def cohorts_of(work: Work, authority_id: int) -> list[AwareCohort]:
    """The cohorts of an authority, the latest first."""
    asked = select(AwareCohort).where(AwareCohort.authority_id == authority_id)
    return list(work.db.scalars(asked.order_by(AwareCohort.year.desc())))


def places_of(work: Work, cohort: AwareCohort) -> list[AwarePlace]:
    """The schools of a cohort within reach, those that wait in the order of their waiting."""
    asked = select(AwarePlace).where(AwarePlace.attachment_aware_cohort_id == cohort.id)
    found = work.db.scalars(asked.options(joinedload(AwarePlace.setting), joinedload(AwarePlace.cohort)))
    order = [state.key for state in PLACE_LIFE.states]
    return sorted(found, key=lambda one: (order.index(one.state), one.in_line or 0, one.setting.name, one.id))


def own_places(work: Work, authority_id: int) -> list[AwarePlace]:
    """Every place within reach in an authority, the latest first: for a school's own staff, those of their school."""
    asked = select(AwarePlace).where(AwarePlace.authority_id == authority_id)
    asked = asked.options(joinedload(AwarePlace.setting), joinedload(AwarePlace.cohort))
    return list(work.db.scalars(asked.order_by(AwarePlace.id.desc()).limit(10)))


def waiting_before(work: Work, place: AwarePlace) -> list[AwarePlace]:
    """The schools that wait for a place of the same cohort and come before this one, who waited longest first."""
    asked = (
        select(AwarePlace)
        .where(
            AwarePlace.attachment_aware_cohort_id == place.attachment_aware_cohort_id,
            AwarePlace.state == "waiting",
            AwarePlace.id != place.id,
        )
        .options(joinedload(AwarePlace.setting))
        .order_by(AwarePlace.in_line)
    )
    if place.in_line is not None:
        asked = asked.where(AwarePlace.in_line < place.in_line)
    return list(work.db.scalars(asked))


def standing_of(work: Work, authority_id: int, setting_id: int, cohort: AwareCohort) -> str:
    """Where a school stands already that keeps it from applying (R-AAS-4), in words."""
    asked = (
        select(AwarePlace)
        .where(AwarePlace.authority_id == authority_id, AwarePlace.setting_id == setting_id)
        .options(joinedload(AwarePlace.cohort))
        .order_by(AwarePlace.id.desc())
    )
    for one in work.db.scalars(asked):
        if one.attachment_aware_cohort_id == cohort.id or not one.lifecycle.ended(one.state):
            return f"{one.state_label.lower()}, cohort {one.cohort.name}"
    return ""


# ---- what a school has done
@dataclass
class Done:
    """What the school of one place has done so far: read for many places at once."""

    staff: list[AwareStaff] = field(default_factory=list)
    came: dict[int, rules.Came] = field(default_factory=dict)
    project: AwareProject | None = None
    readings: list[AwareReading] = field(default_factory=list)
    pieces: int = 0

    @property
    def counted(self) -> dict[tuple[str, str], bool]:
        """By indicator and time whether there is a number; what is not written down at all has no key."""
        return {(one.indicator, one.at): one.number is not None for one in self.readings}

    def reading(self, indicator: str, at: str) -> AwareReading | None:
        """What was written down of an indicator at one of the two times."""
        return next((one for one in self.readings if (one.indicator, one.at) == (indicator, at)), None)

    def graduation(self, place: AwarePlace, work: Work) -> list[tuple[str, list[Finding]]]:
        """What graduation takes, each with what refuses it now."""
        policy = work.policy_of(place)
        readings = None if self.project is None else self.counted
        tried, learnt = (self.project.tried, self.project.learnt) if self.project else ("", "")
        return [
            ("Training days", rules.attended(list(self.came.values()), policy)),
            ("Project", rules.project_done(tried, learnt, readings, policy)),
            ("Portfolio", rules.portfolio_full(self.pieces, policy)),
        ]


def done_by(work: Work, places: Collection[AwarePlace]) -> dict[int, Done]:
    """What the schools of these places have done, by the place's key. Six statements, however many there are."""
    found = {one.id: Done() for one in places}
    keys = list(found)
    if not keys:
        return found
    for one in work.db.scalars(
        select(AwareStaff)
        .where(AwareStaff.attachment_aware_place_id.in_(keys))
        .order_by(AwareStaff.name, AwareStaff.id)
    ):
        found[one.attachment_aware_place_id].staff.append(one)
    cohorts = {one.attachment_aware_cohort_id for one in places}
    held: dict[int, list[AwareDay]] = defaultdict(list)
    for training in held_days(work, cohorts):
        held[training.attachment_aware_cohort_id].append(training)
    came = _days_came(work, keys)
    for place in places:
        done = found[place.id]
        days = held[place.attachment_aware_cohort_id]
        done.came = {one.id: _came(one, days, came.get(one.id, set())) for one in done.staff}
    for project in work.db.scalars(select(AwareProject).where(AwareProject.attachment_aware_place_id.in_(keys))):
        found[project.attachment_aware_place_id].project = project
    by_project = {one.project.id: one for one in found.values() if one.project is not None}
    if by_project:
        asked = select(AwareReading).where(AwareReading.attachment_aware_project_id.in_(list(by_project)))
        for reading in work.db.scalars(asked.order_by(AwareReading.id)):
            by_project[reading.attachment_aware_project_id].readings.append(reading)
    counted = (
        select(AwarePiece.attachment_aware_place_id, func.count())
        .where(AwarePiece.attachment_aware_place_id.in_(keys))
        .group_by(AwarePiece.attachment_aware_place_id)
    )
    for key, number in work.db.execute(counted):
        found[key].pieces = number
    return found


def held_days(work: Work, cohorts: Iterable[int]) -> list[AwareDay]:
    """The training days of these cohorts that have been, without those called off, in order."""
    asked = select(AwareDay).where(
        AwareDay.attachment_aware_cohort_id.in_(list(cohorts)),
        AwareDay.held_on <= work.today,
        AwareDay.called_off_because == "",
    )
    return list(work.db.scalars(asked.order_by(AwareDay.held_on, AwareDay.id)))


def _days_came(work: Work, places: Collection[int]) -> dict[int, set[int]]:
    asked = (
        select(AwareAttendance.attachment_aware_staff_id, AwareAttendance.attachment_aware_day_id)
        .join(AwareStaff, AwareStaff.id == AwareAttendance.attachment_aware_staff_id)
        .where(AwareStaff.attachment_aware_place_id.in_(list(places)), AwareAttendance.came.is_(True))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for staff, training in work.db.execute(asked):
        found[staff].add(training)
    return found


def _came(one: AwareStaff, days: Collection[AwareDay], came: Collection[int]) -> rules.Came:
    """Expected are the days held while somebody took part; a day they came to all the same is counted on both sides."""
    expected = {
        each.id
        for each in days
        if one.joined_on <= each.held_on and (one.left_on is None or each.held_on <= one.left_on)
    } | {each.id for each in days if each.id in came}
    return rules.Came(sum(each in came for each in expected), len(expected))


# ---- the network
def mentorings_of(work: Work, authority_id: int) -> list[AwareMentoring]:
    """Who mentors whom in an authority, within reach, the latest first."""
    asked = select(AwareMentoring).where(AwareMentoring.authority_id == authority_id)
    asked = asked.options(joinedload(AwareMentoring.setting), joinedload(AwareMentoring.mentored))
    return list(work.db.scalars(asked.order_by(AwareMentoring.starts_on.desc(), AwareMentoring.id.desc())))


def network_of(work: Work, authority_id: int) -> list[AwarePlace]:
    """Each school that is or was in a cohort, within reach, with its latest place, by name."""
    asked = (
        select(AwarePlace)
        .join(AwarePlace.setting)
        .join(AwarePlace.cohort)
        .where(AwarePlace.authority_id == authority_id, AwarePlace.state.in_(("in_cohort", "graduated")))
        .options(joinedload(AwarePlace.setting), joinedload(AwarePlace.cohort))
        .order_by(Setting.name, AwareCohort.year)
    )
    latest = {one.setting_id: one for one in work.db.scalars(asked)}
    return list(latest.values())


# ---- what waits, as conditions over every authority within reach
def to_decide() -> ColumnElement[bool]:
    """Applications that nobody has decided about."""
    return AwarePlace.state == "applied"


def to_tell() -> ColumnElement[bool]:
    """Schools that were not told yet what was decided."""
    return and_(AwarePlace.state.in_(("waiting", "offered", "declined")), AwarePlace.told_on.is_(None))


def unanswered(work: Work) -> ColumnElement[bool]:
    """Offers that nobody answered in time (R-AAS-5)."""
    parts = [
        and_(
            AwarePlace.authority_id == key,
            AwarePlace.state == "offered",
            AwarePlace.offered_on < work.today - timedelta(days=work.policy_of(key).threshold("R-AAS-5", "days")),
        )
        for key in on_in(work)
    ]
    return or_(false(), *parts)


def may_move_up(work: Work) -> ColumnElement[bool]:
    """Cohorts that go on with a free place and a school that waits for it."""
    return and_(AwareCohort.taken < AwareCohort.places, AwareCohort.waiting > 0, AwareCohort.ends_on >= work.today)


def roll_waits(work: Work) -> ColumnElement[bool]:
    """Training days that have been and on whose roll nobody is marked, though schools are in the cohort."""
    anybody = select(AwareAttendance.id).where(AwareAttendance.attachment_aware_day_id == AwareDay.id).exists()
    expected = (
        select(AwarePlace.id)
        .where(AwarePlace.attachment_aware_cohort_id == AwareDay.attachment_aware_cohort_id)
        .where(AwarePlace.state.in_(HOLDING))
        .exists()
    )
    return and_(AwareDay.held_on <= work.today, AwareDay.called_off_because == "", ~anybody, expected)


def coming_days(work: Work, authority_id: int, most: int = 6) -> list[AwareDay]:
    """The next training days of an authority that were not called off."""
    asked = select(AwareDay).where(
        AwareDay.authority_id == authority_id, AwareDay.held_on >= work.today, AwareDay.called_off_because == ""
    )
    return list(work.db.scalars(asked.order_by(AwareDay.held_on, AwareDay.id).limit(most)))
