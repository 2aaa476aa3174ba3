"""How many hours each was planned to receive, and how many they received: counted from sessions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy import func, select

from cmcore.api import Commission, MentoringSession, Work, among, local
from cmcore.api.asks import MET
from cmcore_action_research.people_records import StudyPlace
from cmcore_action_research.records import StudyProtocol


@dataclass(frozen=True)
class Met:
    """One session in which mentor and young person met: on which day, for how many minutes."""

    held_on: date
    minutes: int


@dataclass(frozen=True)
class Dose:
    """What one young person was planned to receive and received. All in minutes.

    ``in_time`` counts what was received within the months the protocol plans, from the first day of the mentoring.
    """

    planned: int
    commissioned: int
    received: int
    in_time: int
    sessions: int

    @property
    def percent(self) -> int:
        """The share of the planned time that was received, as a whole percentage."""
        return round(100 * self.received / self.planned) if self.planned else 0


def months_on(on: date, months: int) -> date:
    """The same day some months on; the last day of a shorter month."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    first_after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = date.fromordinal(first_after.toordinal() - 1).day
    return date(year, month + 1, min(on.day, last))


def dose_of(planned_hours: int, months: int, started_on: date | None, met: Collection[Met], commissioned: int) -> Dose:
    """The dose of one young person, from plain values."""
    until = months_on(started_on, months) if started_on is not None else None
    in_time = sum(one.minutes for one in met if until is not None and one.held_on <= until)
    received = sum(one.minutes for one in met)
    return Dose(planned_hours * 60, commissioned, received, in_time, len(met))


def sessions_met(work: Work, enrolment_ids: Collection[int]) -> dict[int, list[Met]]:
    """The sessions of enrolments in which mentor and young person met, by enrolment, the earliest first."""
    found: dict[int, list[Met]] = {each: [] for each in enrolment_ids}
    asked = (
        select(MentoringSession.enrolment_id, MentoringSession.starts_at, MentoringSession.minutes)
        .where(among(MentoringSession.enrolment_id, set(enrolment_ids)), MentoringSession.outcome.in_(MET))
        .order_by(MentoringSession.starts_at)
    )
    for enrolment_id, starts_at, minutes in work.db.execute(asked):
        found[enrolment_id].append(Met(local(starts_at).date(), minutes))
    return found


def doses(work: Work, protocol: StudyProtocol, places: Collection[StudyPlace]) -> dict[int, Dose]:
    """The dose of each place, by the place's key. Two statements, however many there are."""
    ids = {one.enrolment_id for one in places}
    met = sessions_met(work, ids)
    asked = (
        select(Commission.enrolment_id, func.sum(Commission.minutes))
        .where(among(Commission.enrolment_id, ids), Commission.state.in_(("approved", "active", "completed")))
        .group_by(Commission.enrolment_id)
    )
    commissioned = {key: int(total) for key, total in work.db.execute(asked)}
    return {
        one.id: dose_of(
            protocol.dose_hours,
            protocol.dose_months,
            one.enrolment.started_on,
            met[one.enrolment_id],
            commissioned.get(one.enrolment_id, 0),
        )
        for one in places
    }


@dataclass(frozen=True)
class Spread:
    """Hours received by a group: the fewest, the middle, the most; and how many there are."""

    people: int
    fewest: float
    middle: float
    most: float


def spread(found: Collection[Dose]) -> Spread | None:
    """The spread of hours received; nothing of nobody."""
    hours = sorted(one.received / 60 for one in found)
    if not hours:
        return None
    return Spread(len(hours), round(hours[0], 1), round(median(hours), 1), round(hours[-1], 1))
