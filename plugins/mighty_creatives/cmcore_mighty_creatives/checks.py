"""What The Mighty Creatives look at before a mentor begins and before a session is kept."""

from __future__ import annotations

from dataclasses import replace

from cmcore.api import Authority, Commission, Finding, Mentor, Severity, Work
from cmcore.api.asks import Outcome, SessionAnswers
from cmcore_mighty_creatives import induction, rules

#: Outcomes in which mentor and young person met.
MET = (Outcome.held, Outcome.shortened, Outcome.ended_for_safety, Outcome.left)


def of_commission(work: Work, commission: Commission, mentor: Mentor, step: str) -> list[Finding]:
    """R-TMC-1, R-TMC-3 and, as a warning in good time, R-TMC-4, of the day a commission begins."""
    if step == "change":
        return []
    policy, on = work.policy_of(commission), max(work.today, commission.starts_on)
    authority = work.get(Authority, commission.authority_id)
    said = rules.covered(induction.insurances_of(mentor), on, policy, mentor.name)
    held = induction.reflected_on(work, mentor.id, authority.id)
    term = induction.term_on(work, authority, work.today)
    said += rules.reflects_each_term(held, term, work.today, policy, mentor.name)
    read = induction.read_by(work, mentor.id, authority.id, on)
    return said + _as_warnings(rules.has_read(read, policy, mentor.name))


def of_session(work: Work, commission: Commission, answers: SessionAnswers) -> list[Finding]:
    """R-TMC-2 and R-TMC-4, as at the day of the session: they refuse one that took place, and warn of a plan."""
    policy, mentor, on = work.policy_of(commission), commission.mentor, answers.held_on
    read = induction.read_by(work, mentor.id, commission.authority_id, on)
    said = rules.has_read(read, policy, mentor.name)
    if answers.mentor_drove:
        said += rules.may_drive(induction.insurances_of(mentor), on, policy, mentor.name)
    return said if answers.outcome in MET else _as_warnings(said)


def _as_warnings(findings: list[Finding]) -> list[Finding]:
    return [replace(one, severity=Severity.warn) if one.blocks else one for one in findings]
