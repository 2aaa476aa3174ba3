"""Journeys of the made-up young people, from referral to the last session, on days that pass every rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from cmcore.demo import words
from cmcore.demo.commissioning import Commissions
from cmcore.demo.history import Step
from cmcore.demo.making import Making
from cmcore.demo.meetings import Meetings, Segment
from cmcore.demo.mentors import Staff
from cmcore.demo.people import Person
from cmcore.demo.referring import Referrals
from cmcore.demo.scores import Scores
from cmcore.demo.sheets import Sheet
from cmcore.enrolments.records import Enrolment

ENROLMENT_COLUMNS = """
    id authority_id ref young_person_id programme_id referral_id planned_start_on started_on ended_on learning_targets
    concern_at_start no_exit_review_because state created_at changed_at
"""

#: Sessions that fit into the hours of one commission: 24 hours of an hour and a half each, or 16 of one hour.
MOST = 16
_DAY = timedelta(days=1)
#: How far ahead sessions are planned: never past the day a mentor's certificate could be too old.
_AHEAD = timedelta(days=13)
#: Days a mentor must have been at work before the first session, for the papers.
_PAPERS = timedelta(days=14)


@dataclass
class Journey:
    """One enrolment as it is planned: whose, in which state, from when, and the stretches of work it holds."""

    person: Person
    state: str
    first_on: date
    segments: list[Segment] = field(default_factory=list)

    @property
    def last_on(self) -> date:
        """The day of the last session."""
        return self.segments[-1].days[-1]

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in ("completed", "ended_early")


@dataclass(frozen=True)
class Writers:
    """What writes the parts of a journey."""

    referrals: Referrals
    commissions: Commissions
    meetings: Meetings
    scores: Scores
    enrolments: Sheet


class Journeys:
    """Writes one journey after another, and counts the sessions."""

    def __init__(self, making: Making, programme_id: int, staff: Staff, writers: Writers) -> None:
        """Write for one programme of an authority."""
        self._making, self._programme_id, self._staff, self._writers = making, programme_id, staff, writers
        self._spans: dict[int, list[tuple[date, date]]] = {}
        self.sessions = 0

    def live(self, person: Person, state: str, *, hero: bool = False) -> None:
        """An enrolment that goes on today: planned, active, paused or closing."""
        draw, calendar, today = self._making.draw, self._making.calendar, self._making.calendar.today
        if state == "planned":
            self._write(Journey(person, state, today + _DAY * draw.randrange(4, 12)), draw.choice(("red", "amber")))
            return
        wanted = "Juno Tansyhurst" if hero else ""
        for _ in range(200):
            weekday = (today.weekday() + 2) % 5 if hero else draw.randrange(5)
            until = today - _DAY * draw.randrange(21, 60) if state == "paused" else today
            many = 14 if hero else draw.randrange(12 if state == "closing" else 2, MOST - 1)
            days = calendar.last(weekday, until, many)
            coming = [] if state == "paused" else calendar.coming(weekday, today + _AHEAD)[: MOST - many]
            found = self._staff.find(draw, weekday, days[0] - _PAPERS, date.max, live=True, wanted=wanted)
            if found:
                part = Segment(*found, days + coming, len(days))
                self._write(Journey(person, state, days[0], [part]), "amber" if hero else "", hero=hero)
                return
        raise RuntimeError(f"No mentor is free for a {state} enrolment: make more mentors for this size.")

    def past(self, person: Person, most: int) -> bool:
        """An enrolment that has ended, with at most so many sessions. Says whether this life had room for one."""
        draw, today = self._making.draw, self._making.calendar.today
        many = min(most, draw.randrange(17, 30) if draw.random() < 0.27 else draw.randrange(9, MOST + 1))
        early = many < 8 or draw.random() < 0.09
        if early:
            many = min(many, draw.randrange(3, 9))
        earliest = max(person.since_on + _DAY * 60, person.born_on + _DAY * 1_464, today - _DAY * 1_240)
        latest = today - _DAY * 12
        if (latest - earliest).days < many * 8 + 60:
            return False
        end, weekday = latest - _DAY * int((latest - earliest).days * draw.random()), draw.randrange(5)
        days = self._making.calendar.last(weekday, end, many)
        if len(days) < many or days[0] < earliest or not self._alone(person, days[0], days[-1]):
            return False
        segments = self._segments(weekday, days)
        if not segments:
            return False
        self._write(Journey(person, "ended_early" if early else "completed", days[0], segments))
        return True

    def _alone(self, person: Person, first: date, last: date) -> bool:
        apart = _DAY * 60
        return all(last + apart < start or end + apart < first for start, end in self._spans.get(person.id, ()))

    def _segments(self, weekday: int, days: list[date]) -> list[Segment]:
        made: list[Segment] = []
        wanted, changes = "", self._making.draw.random() < 0.2
        for start in range(0, len(days), MOST):
            part = days[start : start + MOST]
            found = self._staff.find(self._making.draw, weekday, part[0] - _PAPERS, part[-1], live=False, wanted=wanted)
            if found is None:
                return []
            made.append(Segment(*found, part, len(part)))
            wanted = "" if changes else found[0].name
        return made

    def _write(self, journey: Journey, concern: str = "", *, hero: bool = False) -> None:
        making, draw, person, writers = self._making, self._making.draw, journey.person, self._writers
        concern = concern or draw.choices(("red", "amber", "green"), (40, 48, 12))[0]
        mentor_id = self._to_come(journey)
        matched = bool(journey.segments) or mentor_id is not None
        referral_id, made_on = writers.referrals.before(person, journey.first_on, concern, matched=matched)
        key = making.keys.next(Enrolment)
        if mentor_id is not None:
            writers.commissions.planned(person, key, mentor_id, journey.first_on, made_on)
        commissions = writers.commissions.of(person, key, journey.segments, journey.state, made_on)
        written, met = writers.meetings.hold(person, key, journey.segments, commissions)
        self.sessions += written
        exits = writers.scores.of_enrolment(person, key, met, concern, ended=journey.over, hero=hero)
        way = self._way(journey)
        state = making.history.of("enrolment", key, person.id, way)
        if state != journey.state:
            raise RuntimeError(f"The steps of an enrolment lead to {state}, not to {journey.state}.")
        changed_on = way[-1][1] if way else made_on
        self._writers.enrolments.add(
            (
                key,
                making.authority_id,
                making.refs.next("E"),
                person.id,
                self._programme_id,
                referral_id,
                journey.first_on,
                journey.first_on if way else None,
                changed_on if journey.over else None,
                draw.choice(words.TARGETS),
                concern,
                "" if exits or state != "completed" else draw.choice(words.NO_EXIT_REVIEW),
                state,
                making.calendar.slot(made_on, 770),
                making.calendar.slot(changed_on, 780),
            )
        )
        if journey.segments:
            ends = journey.last_on if journey.over else date.max - _DAY * 90
            self._spans.setdefault(person.id, []).append((journey.first_on, ends))

    def _to_come(self, journey: Journey) -> int | None:
        """The mentor of an enrolment that is planned; nobody yet for half of them."""
        if journey.state != "planned" or self._making.draw.random() < 0.5:
            return None
        weekday = min(4, journey.first_on.weekday())
        found = self._staff.find(self._making.draw, weekday, journey.first_on - _PAPERS, date.max, live=True)
        return found[0].id if found else None

    def _way(self, journey: Journey) -> list[Step]:
        if journey.state == "planned":
            return []
        draw, after, today = self._making.draw, self._making.calendar.working, self._making.calendar.today
        steps: list[Step] = [("start", journey.first_on, "")]
        last_on = journey.last_on
        if journey.state == "paused":
            steps.append(("pause", after(last_on + _DAY * 2), draw.choice(words.PAUSED)))
        elif journey.state == "closing":
            steps.append(("close", after(today - _DAY * draw.randrange(2, 12)), ""))
        elif journey.state == "completed":
            steps.append(("close", journey.segments[-1].days[-2:][0], ""))
            steps.append(("complete", after(last_on + _DAY * 2), ""))
        elif journey.state == "ended_early":
            steps.append(("end_early", after(last_on + _DAY * 3), draw.choice(words.ENDED_EARLY)))
        return steps
