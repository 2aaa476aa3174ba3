"""What people do about the Virtual School Council: write down a meeting, who agrees to be named, and decisions."""

from __future__ import annotations

from sqlalchemy import func, select

from cmcore.api import Finding, Work, YoungPerson, action, answers_from, authority_for, count, day, refuse, taken
from cmcore_staffordshire.life import rules
from cmcore_staffordshire.life.council_forms import (
    DecisionAnswers,
    MeetingOfCouncilAnswers,
    OutcomeAnswers,
    PersonAtCouncilAnswers,
    ToldBackAnswers,
)
from cmcore_staffordshire.life.council_records import CouncilDecision, CouncilMeeting, CouncilPerson

_ONE, _MANY = "young person", "young people"


# ---- meetings
@action("staffordshire_council.add")
def add_meeting(work: Work, answers: MeetingOfCouncilAnswers, authority_id: int | None = None) -> CouncilMeeting:
    """Write down a meeting that was held. Refuses a day ahead."""
    authority = authority_for(work, authority_id)
    told = taken(work, answers)
    work.heed(rules.not_ahead(told.held_on, work.today, "held_on"))
    return work.add(CouncilMeeting(authority_id=authority.id, **told.columns()))


@action("staffordshire_council.change")
def change_meeting(
    work: Work, meeting: CouncilMeeting, answers: MeetingOfCouncilAnswers, version: int | None = None
) -> CouncilMeeting:
    """Change a meeting. Refuses fewer young people than are named, and a day ahead."""
    told = taken(work, answers)
    work.heed(rules.not_ahead(told.held_on, work.today, "held_on"))
    if told.there < (named := named_at(work, meeting)):
        raise refuse(
            f"{count(named, _ONE, _MANY)} {'is' if named == 1 else 'are'} named here already.",
            place="there",
            way_out="Give a larger number, or take a name away first.",
        )
    work.change(meeting, version, **told.columns())
    return meeting


@action("staffordshire_council.remove")
def remove_meeting(work: Work, meeting: CouncilMeeting) -> None:
    """Remove a meeting that was entered by mistake. Refuses one that decided something or names somebody."""
    decided = select(func.count(CouncilDecision.id)).where(CouncilDecision.staffordshire_council_id == meeting.id)
    if work.db.scalar(decided) or named_at(work, meeting):
        raise refuse(
            "This meeting decided something or names somebody, and stays.",
            way_out="Remove those first, if they too were entered by mistake.",
        )
    work.db.delete(meeting)


def answers_of_meeting(meeting: CouncilMeeting) -> MeetingOfCouncilAnswers:
    """A meeting as the answers that would write it again."""
    return answers_from(MeetingOfCouncilAnswers, meeting)


def named_at(work: Work, meeting: CouncilMeeting) -> int:
    """How many young people are named at a meeting."""
    asked = select(func.count(CouncilPerson.id)).where(CouncilPerson.staffordshire_council_id == meeting.id)
    return work.db.scalar(asked) or 0


# ---- who was there
@action("staffordshire_council_person.add")
def name_somebody(work: Work, meeting: CouncilMeeting, answers: PersonAtCouncilAnswers) -> CouncilPerson:
    """Name a young person who was there and agrees to it. Refuses more names than were there."""
    told = taken(work, answers)
    person = work.get(YoungPerson, told.young_person_id)
    if person.authority_id != meeting.authority_id:
        raise refuse("They belong to another authority.", place="young_person_id", way_out="Choose one of your own.")
    if named_at(work, meeting) >= meeting.there:
        raise refuse(
            f"Only {count(meeting.there, _ONE, _MANY)} {'was' if meeting.there == 1 else 'were'} there, "
            "and as many are named.",
            place="young_person_id",
            way_out="Put the number right on the meeting first.",
        )
    return work.add(
        CouncilPerson(
            authority_id=meeting.authority_id,
            young_person_id=person.id,
            staffordshire_council_id=meeting.id,
            agreed_on=work.today,
            said=told.said,
        )
    )


@action("staffordshire_council_person.remove")
def take_name_away(work: Work, presence: CouncilPerson) -> None:
    """Take a name away again: they changed their mind, and count without a name from now on."""
    work.db.delete(presence)


# ---- decisions
@action("staffordshire_decision.add")
def add_decision(work: Work, meeting: CouncilMeeting, answers: DecisionAnswers) -> CouncilDecision:
    """Write down what a meeting decided. Refuses a day to be done by that is before the meeting."""
    told = taken(work, answers)
    _refuse_before(told, meeting)
    return work.add(
        CouncilDecision(authority_id=meeting.authority_id, staffordshire_council_id=meeting.id, **told.columns())
    )


@action("staffordshire_decision.change")
def change_decision(
    work: Work, decision: CouncilDecision, answers: DecisionAnswers, version: int | None = None
) -> CouncilDecision:
    """Change a decision while nobody has said what came of it."""
    told = taken(work, answers)
    work.heed(settled(decision))
    _refuse_before(told, work.get(CouncilMeeting, decision.staffordshire_council_id))
    work.change(decision, version, **told.columns())
    return decision


@action("staffordshire_decision.settle")
def settle_decision(work: Work, decision: CouncilDecision, answers: OutcomeAnswers) -> CouncilDecision:
    """Say what came of a decision. Refuses "not done" without a reason, and days ahead."""
    told = taken(work, answers)
    work.heed(rules.not_ahead(told.settled_on, work.today, "settled_on"))
    work.heed(rules.not_ahead(told.told_back_on, work.today, "told_back_on"))
    work.change(decision, **told.columns())
    return decision


@action("staffordshire_decision.settle")
def tell_back(work: Work, decision: CouncilDecision, answers: ToldBackAnswers) -> CouncilDecision:
    """Write down when the young people heard what came of it. Refuses while nothing has, and a day ahead."""
    told = taken(work, answers)
    if decision.outcome is None:
        raise refuse("Nobody has said what came of it yet.", way_out="Say that first.")
    work.heed(rules.not_ahead(told.told_back_on, work.today, "told_back_on"))
    work.change(decision, told_back_on=told.told_back_on)
    return decision


@action("staffordshire_decision.remove")
def remove_decision(work: Work, decision: CouncilDecision) -> None:
    """Remove a decision that was entered by mistake. Refuses one that was answered: the young people were told."""
    work.heed(settled(decision))
    work.db.delete(decision)


def answers_of_decision(decision: CouncilDecision) -> DecisionAnswers:
    """A decision as the answers that would write it again."""
    return answers_from(DecisionAnswers, decision)


def what_waits(work: Work, decision: CouncilDecision) -> list[Finding]:
    """What R-EVT-3 has to say of a decision today."""
    return rules.decision_answered(
        decision.due_on, decision.outcome, decision.told_back_on, work.today, work.policy_of(decision)
    )


def settled(decision: CouncilDecision) -> list[Finding]:
    """Why a decision that was answered is not changed."""
    if decision.outcome is None:
        return []
    return [Finding("It was said what came of this decision, and it stays.", way_out="Write down a new one.")]


def _refuse_before(told: DecisionAnswers, meeting: CouncilMeeting) -> None:
    if told.due_on < meeting.held_on:
        raise refuse(
            f"It was decided on {day(meeting.held_on)}, after {day(told.due_on)}.",
            place="due_on",
            way_out="Give a later day.",
        )
