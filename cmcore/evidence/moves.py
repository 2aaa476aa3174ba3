"""What else changed for those who started: concern, where they are in school or work, attendance. Counts only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, func, literal, or_, select

from cmcore.base.clock import Clock
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.counting import Counting
from cmcore.evidence.statistics import median
from cmcore.measures.registry import measure_set
from cmcore.programmes.records import Programme
from cmcore.referrals.records import Referral
from cmcore.referrals.words import Rag
from cmcore.reviews.records import Review
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import EducationSpell
from cmcore.young_people.words import EducationStatus

#: Higher is worse.
_WORSE = {Rag.green.value: 0, Rag.amber.value: 1, Rag.red.value: 2}

_OUT_OF_SCHOOL = {
    EducationStatus.not_in_school.value,
    EducationStatus.awaiting_place.value,
    EducationStatus.suspended.value,
    EducationStatus.excluded.value,
}
_IN_SCHOOL = {EducationStatus.enrolled.value, EducationStatus.part_time.value}


@dataclass(frozen=True)
class AttendanceMoves:
    """Attendance before and after, in per cent: the spell at the start beside another one at the end or today."""

    both_known: int
    higher: int
    same: int
    lower: int
    median_before: float | None
    median_after: float | None
    median_change: float | None


@dataclass(frozen=True)
class Moves:
    """What else became of those who started.

    ``concern`` counts (at the start, latest) for those whose concern was scored twice; ``education`` counts (on the day
    of the start, at the end or today) for those of whom both are known. ``started`` is how many there are in all.
    """

    started: int
    concern: Mapping[tuple[str, str], int] = field(default_factory=dict)
    education: Mapping[tuple[str, str], int] = field(default_factory=dict)
    attendance: AttendanceMoves | None = None

    def _concern(self, way: int) -> int:
        return sum(
            often
            for (before, after), often in self.concern.items()
            if (_WORSE[after] > _WORSE[before]) - (_WORSE[after] < _WORSE[before]) == way
        )

    @property
    def concern_known(self) -> int:
        """How many have a concern at the start and a later one."""
        return sum(self.concern.values())

    @property
    def concern_lowered(self) -> int:
        """Red to amber or green, or amber to green."""
        return self._concern(-1)

    @property
    def concern_same(self) -> int:
        """As it was."""
        return self._concern(0)

    @property
    def concern_raised(self) -> int:
        """Green to amber or red, or amber to red."""
        return self._concern(1)

    @property
    def red_to_green(self) -> int:
        """All the way."""
        return self.concern.get((Rag.red.value, Rag.green.value), 0)

    def _education(self, before: set[str] | None, after: set[str]) -> int:
        return sum(
            often for (was, now), often in self.education.items() if now in after and (before is None or was in before)
        )

    @property
    def education_known(self) -> int:
        """How many of whom both are known."""
        return sum(self.education.values())

    @property
    def out_of_school(self) -> int:
        """How many were out of school at the start."""
        return sum(often for (was, _), often in self.education.items() if was in _OUT_OF_SCHOOL)

    @property
    def back_in_school(self) -> int:
        """How many of them are in school, part-time included."""
        return self._education(_OUT_OF_SCHOOL, _IN_SCHOOL)

    @property
    def now_eet(self) -> int:
        """In education, employment or training after school, at the end or today."""
        return self._education(None, {EducationStatus.eet.value})

    @property
    def now_neet(self) -> int:
        """Not in education, employment or training, at the end or today."""
        return self._education(None, {EducationStatus.neet.value})

    @property
    def neet_to_eet(self) -> int:
        """From not in education, employment or training into it."""
        return self._education({EducationStatus.neet.value}, {EducationStatus.eet.value})

    def as_data(self) -> dict[str, Any]:
        """All of it as plain values, for JSON."""
        named = ("concern_known", "concern_lowered", "concern_same", "concern_raised", "red_to_green")
        schooled = ("education_known", "out_of_school", "back_in_school", "now_eet", "now_neet", "neet_to_eet")
        return {
            "started": self.started,
            **{name: getattr(self, name) for name in (*named, *schooled)},
            "attendance": vars(self.attendance) if self.attendance else None,
        }


def moves_of(work: Work, authority_id: int, programme: Programme, cohort: Cohort | None = None) -> Moves:
    """What else became of a cohort, in one statement: concern, school and work, attendance.

    Refuses whoever may not see small numbers.
    """
    work.require("evidence.see_small", authority_id)
    return counted_moves(work, programme, cohort or Cohort())


def counted_moves(work: Work, programme: Programme, cohort: Cohort) -> Moves:
    """The same, nobody's permission asked: for a table that hides what a reader outside may not have."""
    chosen = measure_set(cohort.measure_set or programme.measure_set)
    counting = Counting(work, [programme], cohort, chosen)
    concern: Counter[tuple[str, str]] = Counter()
    education: Counter[tuple[str, str]] = Counter()
    attended: Counter[tuple[int, int]] = Counter()
    started = 0
    for row in counting.rows(_asked(counting, work.clock)):
        started += row.often
        if row.concern_before in _WORSE and row.concern_after in _WORSE:
            concern[row.concern_before, row.concern_after] += row.often
        if row.status_before and row.status_after:
            education[row.status_before, row.status_after] += row.often
        if row.came_before is not None and row.came_after is not None and row.spell_changed:
            attended[int(row.came_before), int(row.came_after)] += row.often
    return Moves(started, dict(concern), dict(education), _attendance(attended) if attended else None)


def _asked(counting: Counting, clock: Clock) -> Any:
    """Everything of each enrolment, alike ones counted together."""
    counted_to = counting.cohort.scored_to
    last = min(clock.today(), counted_to) if counted_to else clock.today()
    until = case((Enrolment.ended_on < last, Enrolment.ended_on), else_=literal(last))
    up_to = [Review.held_on <= counted_to] if counted_to else []

    def spell(column: Any, on: Any) -> ColumnElement[Any]:
        in_force = or_(EducationSpell.ends_on.is_(None), EducationSpell.ends_on >= on)
        found: ColumnElement[Any] = (
            select(column)
            .where(
                EducationSpell.young_person_id == Enrolment.young_person_id, EducationSpell.starts_on <= on, in_force
            )
            .order_by(EducationSpell.starts_on.desc(), EducationSpell.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        return found

    tenths = cast(EducationSpell.attendance * 10, Integer)
    at_referral = select(Referral.concern).where(Referral.id == Enrolment.referral_id).scalar_subquery()
    latest = (
        select(Review.concern)
        .where(Review.enrolment_id == Enrolment.id, Review.state == "final", Review.concern.is_not(None), *up_to)
        .order_by(Review.held_on.desc(), Review.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    each = (
        select(
            func.coalesce(Enrolment.concern_at_start, at_referral).label("concern_before"),
            latest.label("concern_after"),
            spell(EducationSpell.status, Enrolment.started_on).label("status_before"),
            spell(EducationSpell.status, until).label("status_after"),
            spell(tenths, Enrolment.started_on).label("came_before"),
            spell(tenths, until).label("came_after"),
            (spell(EducationSpell.id, Enrolment.started_on) != spell(EducationSpell.id, until)).label("spell_changed"),
        )
        .join(counting.started, counting.started.c.id == Enrolment.id)
        .subquery("each_of_them")
    )
    return select(*each.c, func.count().label("often")).group_by(*each.c)


def _attendance(attended: Mapping[tuple[int, int], int]) -> AttendanceMoves:
    before: Counter[int] = Counter()
    after: Counter[int] = Counter()
    change: Counter[int] = Counter()
    for (was, now), often in attended.items():
        before[was] += often
        after[now] += often
        change[now - was] += often

    def middle(counts: Mapping[int, int]) -> float | None:
        found = median(counts)
        return None if found is None else found / 10

    return AttendanceMoves(
        both_known=sum(attended.values()),
        higher=sum(often for step, often in change.items() if step > 0),
        same=change[0],
        lower=sum(often for step, often in change.items() if step < 0),
        median_before=middle(before),
        median_after=middle(after),
        median_change=middle(change),
    )
