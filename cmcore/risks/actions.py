"""What people do with known risks: write one down, change it, end it, and brief a mentor of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from cmcore.answers.taking import answers_from, taken
from cmcore.base.clock import day
from cmcore.base.findings import refuse
from cmcore.mentors.records import Mentor
from cmcore.risks.forms import KnownRiskAnswers, RiskBriefingAnswers, RiskEndedAnswers
from cmcore.risks.records import KnownRisk, RiskBriefing
from cmcore.safekeeping.removal import remove_if_free
from cmcore.safekeeping.work import Work, action
from cmcore.young_people.records import YoungPerson


@action("known_risk.add")
def add_known_risk(work: Work, person: YoungPerson, answers: KnownRiskAnswers) -> KnownRisk:
    """Write down a known risk of a young person. Refuses a day after today on which it became known."""
    answers = taken(work, answers)
    _not_to_come(work, answers.known_on, "known_on")
    return work.add(KnownRisk(authority_id=person.authority_id, young_person_id=person.id, **answers.columns()))


@action("known_risk.change")
def change_known_risk(
    work: Work, known_risk: KnownRisk, answers: KnownRiskAnswers, version: int | None = None
) -> KnownRisk:
    """Change what is known of a risk, or the day it is looked at again. Refuses one that has ended."""
    _stands(known_risk)
    answers = taken(work, answers)
    _not_to_come(work, answers.known_on, "known_on")
    work.change(known_risk, version, **answers.columns())
    return known_risk


@action("known_risk.end")
def end_known_risk(work: Work, known_risk: KnownRisk, answers: RiskEndedAnswers) -> KnownRisk:
    """Say that it is no longer a risk, from which day and why. Refuses a day to come, and one before it was known."""
    _stands(known_risk)
    answers = taken(work, answers)
    _not_to_come(work, answers.ended_on, "ended_on")
    _not_before(known_risk, answers.ended_on, "ended_on")
    work.change(known_risk, **answers.columns())
    return known_risk


@action("known_risk.remove")
def remove_known_risk(work: Work, known_risk: KnownRisk) -> None:
    """Remove a risk entered by mistake. Refuses one a mentor was briefed of: that is ended, and stays known."""
    remove_if_free(work, known_risk)


@action("risk_briefing.add")
def brief_mentor(work: Work, known_risk: KnownRisk, answers: RiskBriefingAnswers) -> RiskBriefing:
    """Write down that a mentor was briefed of a risk (R-RIS-1), on which day and by whom.

    Refuses a day to come or before the risk was known, a risk that has ended, and the same mentor twice on one day.
    """
    _stands(known_risk)
    answers = taken(work, answers)
    mentor = work.get(Mentor, answers.mentor_id)
    _not_to_come(work, answers.briefed_on, "briefed_on")
    _not_before(known_risk, answers.briefed_on, "briefed_on")
    asked = select(RiskBriefing.id).where(
        RiskBriefing.known_risk_id == known_risk.id,
        RiskBriefing.mentor_id == mentor.id,
        RiskBriefing.briefed_on == answers.briefed_on,
    )
    if work.db.scalars(asked.limit(1)).first() is not None:
        raise refuse(f"{mentor.name} was briefed on {day(answers.briefed_on)} already.", place="briefed_on")
    return work.add(
        RiskBriefing(
            authority_id=known_risk.authority_id,
            young_person_id=known_risk.young_person_id,
            known_risk_id=known_risk.id,
            recorded_by=work.actor.name,
            **answers.columns(),
        )
    )


@action("risk_briefing.remove")
def remove_briefing(work: Work, briefing: RiskBriefing) -> None:
    """Take away a briefing that was written down by mistake."""
    remove_if_free(work, briefing)


def answers_of_known_risk(known_risk: KnownRisk) -> KnownRiskAnswers:
    """The risk as the answers that would write it again."""
    return answers_from(KnownRiskAnswers, known_risk)


def _stands(known_risk: KnownRisk) -> None:
    if known_risk.ended_on is not None:
        raise refuse(
            f"It is no longer a risk from {day(known_risk.ended_on)} on.", way_out="Write down a new one if it is back."
        )


def _not_to_come(work: Work, on: date, place: str) -> None:
    if on > work.today:
        raise refuse("That day is still to come.", place=place, way_out=f"Give {day(work.today)} or an earlier day.")


def _not_before(known_risk: KnownRisk, on: date, place: str) -> None:
    if on < known_risk.known_on:
        said = f"The risk is known since {day(known_risk.known_on)}, after {day(on)}."
        raise refuse(said, place=place, way_out="Give a later day.")
