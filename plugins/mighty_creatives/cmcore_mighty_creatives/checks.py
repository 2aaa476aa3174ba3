"""What The Mighty Creatives look at before a mentor begins and before a session is kept."""

from __future__ import annotations

from cmcore.api import Commission, Finding, Mentor, Work, as_warnings
from cmcore.api.asks import Outcome, SessionAnswers
from cmcore_mighty_creatives import induction, rules

#: Outcomes in which mentor and young person met.
MET = (Outcome.held, Outcome.shortened, Outcome.ended_for_safety, Outcome.left)


def of_commission(work: Work, commission: Commission, mentor: Mentor, step: str) -> list[Finding]:
    """R-TMC-4, as a warning in good time, of the day a commission begins."""
    if step == "change":
        return []
    policy, on = work.policy_of(commission), max(work.today, commission.starts_on)
    read = induction.read_by(work, mentor.id, commission.authority_id, on)
    return as_warnings(rules.has_read(read, policy, mentor.name))


def of_session(work: Work, commission: Commission, answers: SessionAnswers) -> list[Finding]:
    """R-TMC-4 as at the day of the session: it refuses one that took place, and warns of a plan."""
    policy, mentor, on = work.policy_of(commission), commission.mentor, answers.held_on
    read = induction.read_by(work, mentor.id, commission.authority_id, on)
    said = rules.has_read(read, policy, mentor.name)
    return said if answers.outcome in MET else as_warnings(said)
