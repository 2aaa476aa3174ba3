"""What is read of a mentor's readiness: the one place that says, for an act on a day, whether they may work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from cmcore.base.findings import Finding
from cmcore.base.periods import Term, academic_year, default_terms
from cmcore.mentors.queries import checks_of, what_checks_say
from cmcore.mentors.records import Mentor, MentorAuthority
from cmcore.mentors.rules import may_drive
from cmcore.readiness import rules
from cmcore.readiness.records import AssessmentRead, RiskAssessment, Supervision
from cmcore.readiness.rules import Assessed
from cmcore.readiness.words import Attendance, Support
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.queries import terms_of
from cmcore.virtual_schools.records import Authority, TermDates


def may_hold(
    work: Work, mentor: Mentor, on: date, kinds: Iterable[str], authority_id: int, *, drove: bool = False
) -> list[Finding]:
    """What stands in the way of a session on a day: every check of the programme, R-MEN-2, and R-INS-3 where driven."""
    said = what_checks_say(work, mentor, on, kinds, authority_id=authority_id)
    said += inducted(work, mentor, on, authority_id)
    if drove:
        said += may_drive(checks_of(mentor), on, work.policy_of(authority_id), mentor.name)
    return said


def inducted(work: Work, mentor: Mentor, on: date, authority_id: int) -> list[Finding]:
    """R-MEN-2 as at a day, for an authority."""
    asked = (
        select(RiskAssessment, AssessmentRead.read_on)
        .outerjoin(
            AssessmentRead,
            (AssessmentRead.assessment_id == RiskAssessment.id) & (AssessmentRead.mentor_id == mentor.id),
        )
        .where(RiskAssessment.authority_id == authority_id, RiskAssessment.for_everybody)
        .order_by(RiskAssessment.made_on, RiskAssessment.id)
    )
    found = work.db.execute(asked).all()
    read = {one.id: read_on for one, read_on in found if read_on is not None}
    known = [assessed(one) for one, _ in found]
    return rules.may_begin(checks_of(mentor), known, read, on, work.policy_of(authority_id), mentor.name)


def without_reflective(work: Work) -> ColumnElement[bool]:
    """Active mentors who are due a reflective session this term (R-MEN-1), by the terms of each authority in reach."""
    reached = sorted(work.scope.authorities) if work.scope else []
    year = academic_year(work.today)
    entered: dict[int, list[Term]] = {}
    asked = select(TermDates).where(TermDates.authority_id.in_(reached), TermDates.year == year)
    for one in work.db.scalars(asked):
        entered.setdefault(one.authority_id, []).append(Term(one.name, one.starts_on, one.ends_on))
    lacking = []
    for key in reached:
        term = rules.term_on(entered.get(key) or default_terms(year), work.today)
        policy = work.policy_of(key)
        due = term is not None and (work.today - term.starts_on).days >= policy.threshold("R-MEN-1", "days")
        if term is None or not due or not policy.applies("R-MEN-1", work.today):
            continue
        came = exists().where(
            Supervision.authority_id == key,
            Supervision.mentor_id == Mentor.id,
            Supervision.kind_of_support == Support.reflective,
            Supervision.attendance == Attendance.came,
            Supervision.held_on.between(term.starts_on, work.today),
        )
        works = exists().where(MentorAuthority.mentor_id == Mentor.id, MentorAuthority.authority_id == key)
        lacking.append(works.correlate(Mentor) & ~came.correlate(Mentor))
    return and_(Mentor.state == "active", or_(false(), *lacking))


def assessed(one: RiskAssessment) -> Assessed:
    """A risk assessment as the rules need it."""
    return Assessed(one.id, one.activity, one.made_on, one.replaced_on)


def supported(work: Work, mentor: Mentor, on: date, authority_id: int) -> list[Finding]:
    """R-MEN-1 as at a day, for an authority."""
    asked = select(Supervision.held_on).where(
        Supervision.authority_id == authority_id,
        Supervision.mentor_id == mentor.id,
        Supervision.kind_of_support == Support.reflective,
        Supervision.attendance == Attendance.came,
    )
    came = list(work.db.scalars(asked))
    term = rules.term_on(terms_of(work, work.get(Authority, authority_id), academic_year(on)), on)
    return rules.reflects_each_term(came, term, on, work.policy_of(authority_id), mentor.name)
