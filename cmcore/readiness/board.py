"""The compliance board: who may work on a day, who will not be able to in 30, 60 and 90 days, and why.

It asks the rules that sessions and commissions ask, over what is known on the day. A handful of statements, however
many mentors there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cmcore.base.findings import Finding
from cmcore.base.periods import Term, academic_year
from cmcore.base.policy import Policy
from cmcore.mentors import rules as of_checks
from cmcore.mentors.queries import checks_of
from cmcore.mentors.records import Mentor, MentorAuthority
from cmcore.mentors.rules import DBS, LIABILITY, SeenCheck
from cmcore.programmes.records import Programme
from cmcore.programmes.registry import programme_types
from cmcore.readiness import rules
from cmcore.readiness.queries import assessed
from cmcore.readiness.records import AssessmentRead, RiskAssessment, Supervision
from cmcore.readiness.rules import Assessed
from cmcore.readiness.words import Attendance, Support
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.queries import terms_of
from cmcore.virtual_schools.records import Authority

#: How many days ahead it looks.
AHEAD = (30, 60, 90)
#: States of a mentor in which somebody looks at their checks.
LOOKED_AT = ("onboarding", "active", "paused")


@dataclass(frozen=True)
class Standing:
    """Where one mentor stands on a day: what refuses or warns then, and the first day on which more refuses."""

    mentor_id: int
    ref: str
    name: str
    state: str
    #: Everything the rules say of the day itself.
    today: tuple[Finding, ...]
    may_drive: bool
    #: The first day within the longest look ahead on which a session would be refused, of who may work today.
    stops_on: date | None = None
    #: What refuses then.
    then: tuple[Finding, ...] = ()

    @property
    def may_work(self) -> bool:
        """Whether a session of that day would be let through: an active mentor whom nothing refuses."""
        return self.state == "active" and not any(one.blocks for one in self.today)

    def works_in(self, days: int, on: date) -> bool:
        """Whether they still may so many days later, as far as is known on the day."""
        return self.may_work and (self.stops_on is None or self.stops_on > on + timedelta(days=days))

    @property
    def why(self) -> tuple[Finding, ...]:
        """What stands in the way: today's, or of who may work today what will."""
        return self.today if not self.may_work else (*self.today, *self.then)

    def as_data(self, on: date) -> dict[str, Any]:
        """As plain values, for JSON."""
        return {
            "ref": self.ref,
            "name": self.name,
            "state": self.state,
            "may_work": self.may_work,
            "may_drive": self.may_drive,
            "stops_on": self.stops_on.isoformat() if self.stops_on else None,
            "in_days": {str(days): self.works_in(days, on) for days in AHEAD},
            "why": [one.as_data() for one in self.why],
        }


@dataclass(frozen=True)
class Board:
    """Everybody's standing in an authority on a day: those who may not work first, then by the day they stop."""

    authority: str
    on: date
    standings: tuple[Standing, ...]

    @property
    def working(self) -> tuple[Standing, ...]:
        """Who may work that day."""
        return tuple(one for one in self.standings if one.may_work)

    def stopping(self, days: int) -> tuple[Standing, ...]:
        """Who may work that day and will not be able to so many days later, as far as is known."""
        return tuple(one for one in self.working if not one.works_in(days, self.on))

    @property
    def kept_out(self) -> tuple[Standing, ...]:
        """Active mentors who may not work that day."""
        return tuple(one for one in self.standings if one.state == "active" and not one.may_work)

    def as_data(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return {
            "authority": self.authority,
            "on": self.on.isoformat(),
            "may_work": len(self.working),
            "kept_out": len(self.kept_out),
            "stopping": {str(days): len(self.stopping(days)) for days in AHEAD},
            "mentors": [one.as_data(self.on) for one in self.standings],
        }


@dataclass
class Ground:
    """What the rules need of an authority to judge its mentors: read once for all of them."""

    policy: Policy
    kinds: Sequence[str]
    term: Term | None
    assessments: Sequence[Assessed]
    read: dict[int, dict[int, date]] = field(default_factory=dict)
    came: dict[int, list[date]] = field(default_factory=dict)

    def says(self, mentor: Mentor, checks: Sequence[SeenCheck], on: date, *, warnings: bool = True) -> list[Finding]:
        """What the rules say of a session of the mentor on a day; without ``warnings`` only what refuses."""
        said = of_checks.may_work(checks, on, self.policy, self.kinds, mentor.name)
        said += rules.may_begin(checks, self.assessments, self.read.get(mentor.id, {}), on, self.policy, mentor.name)
        if not warnings:
            return [one for one in said if one.blocks]
        said += of_checks.update_service_open(checks, on, self.policy, mentor.name)
        return said + rules.reflects_each_term(self.came.get(mentor.id, []), self.term, on, self.policy, mentor.name)


def compliance_on(work: Work, authority_id: int, on: date | None = None) -> Board:
    """Who may work for an authority on a day, today unless another is named; a mentor finds themselves only.

    Needs the act "compliance.see". Evaluated as at that day: what was seen after it does not count.
    """
    work.require("compliance.see", authority_id)
    authority = work.get(Authority, authority_id)
    day = on or work.today
    mentors = mentors_of(work, authority_id)
    ground = ground_of(work, authority, day, [one.id for one in mentors])
    standings = [_standing(mentor, ground, day) for mentor in mentors]
    standings.sort(key=lambda one: (one.state != "active", one.may_work, one.stops_on or date.max, one.name))
    return Board(authority.name, day, tuple(standings))


def standing(work: Work, mentor: Mentor, on: date | None = None) -> list[Finding]:
    """Everything the rules say of one mentor on a day, under the authority within reach that they work for."""
    reached = sorted(work.scope.authorities) if work.scope else []
    authority_id = mentor.home_authority_id if mentor.home_authority_id in reached or not reached else reached[0]
    ground = ground_of(work, work.get(Authority, authority_id), on or work.today, [mentor.id])
    return ground.says(mentor, checks_of(mentor), on or work.today)


def mentors_of(work: Work, authority_id: int, states: Iterable[str] = LOOKED_AT) -> list[Mentor]:
    """The mentors who work for an authority in these states, by name, with their checks read together."""
    works = select(MentorAuthority.mentor_id).where(MentorAuthority.authority_id == authority_id)
    asked = select(Mentor).where(Mentor.id.in_(works), Mentor.state.in_(tuple(states)))
    return list(work.db.scalars(asked.options(selectinload(Mentor.checks)).order_by(Mentor.name, Mentor.id)))


def ground_of(
    work: Work, authority: Authority, on: date, mentor_ids: Sequence[int], kinds: Sequence[str] | None = None
) -> Ground:
    """What the rules need of an authority on a day; ``kinds`` of checks are those of its programmes' types."""
    own = authority.id
    asked = select(RiskAssessment).where(RiskAssessment.authority_id == own, RiskAssessment.for_everybody)
    known = [assessed(one) for one in work.db.scalars(asked.order_by(RiskAssessment.made_on))]
    terms = terms_of(work, authority, academic_year(on))
    ground = Ground(
        work.policy_of(own), kinds if kinds is not None else _kinds(work, own), rules.term_on(terms, on), known
    )
    readings = select(AssessmentRead.mentor_id, AssessmentRead.assessment_id, AssessmentRead.read_on).where(
        AssessmentRead.authority_id == own, AssessmentRead.mentor_id.in_(mentor_ids)
    )
    for mentor_id, assessment_id, read_on in work.db.execute(readings):
        ground.read.setdefault(mentor_id, {})[assessment_id] = read_on
    came = select(Supervision.mentor_id, Supervision.held_on).where(
        Supervision.authority_id == own,
        Supervision.mentor_id.in_(mentor_ids),
        Supervision.kind_of_support == Support.reflective,
        Supervision.attendance == Attendance.came,
    )
    if ground.term is not None:
        came = came.where(Supervision.held_on >= ground.term.starts_on)
    for mentor_id, held_on in work.db.execute(came):
        ground.came.setdefault(mentor_id, []).append(held_on)
    return ground


def _kinds(work: Work, authority_id: int) -> tuple[str, ...]:
    """The checks that any of the authority's programmes asks for; of one without a programme, DBS and liability."""
    types = programme_types()
    keys = work.db.scalars(select(Programme.type_key).where(Programme.authority_id == authority_id).distinct())
    wanted = dict.fromkeys(kind for key in sorted(keys) for kind in types.of(key).checks)
    return tuple(wanted) or (DBS, LIABILITY)


def _standing(mentor: Mentor, ground: Ground, on: date) -> Standing:
    checks = checks_of(mentor)
    said = tuple(ground.says(mentor, checks, on))
    drives = mentor.drives and not of_checks.may_drive(checks, on, ground.policy, mentor.name)
    stops_on, then = None, []
    if mentor.state == "active" and not any(one.blocks for one in said):
        known = [one for one in checks if one.seen_by(on)]
        for later in _turns(known, on, ground.policy):
            if then := ground.says(mentor, known, later, warnings=False):
                stops_on = later
                break
    return Standing(mentor.id, mentor.ref, mentor.name, mentor.state, said, drives, stops_on, tuple(then))


def _turns(known: Iterable[SeenCheck], on: date, policy: Policy) -> list[date]:
    """The days ahead on which a check stops counting: between two of them nothing that was a yes becomes a no."""
    last = on + timedelta(days=max(AHEAD))
    ends = {end for one in known if (end := one.runs_out(policy)) is not None}
    return sorted(end for end in ends if on < end <= last)
