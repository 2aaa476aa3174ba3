"""What people do about matching: choose a mentor and say why, and enter distances. Nothing here assigns anybody."""

from __future__ import annotations

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import refuse
from cmcore.matching import rules
from cmcore.matching.districts import pair
from cmcore.matching.forms import MatchDecisionAnswers, TravelDistanceAnswers
from cmcore.matching.queries import propose
from cmcore.matching.records import MatchDecision, TravelDistance
from cmcore.mentors.records import Mentor
from cmcore.referrals.queries import is_at_school
from cmcore.referrals.records import Referral
from cmcore.referrals.rules import may_match
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.queries import authority_for


@action("match_decision.add")
def decide_match(work: Work, referral: Referral, answers: MatchDecisionAnswers, district: str = "") -> MatchDecision:
    """Write down which mentor a person chose for a referral, why, and what the proposal said that day.

    Refuses a referral that is not accepted, one without social worker or designated teacher (R-REF-2), and a mentor
    whom a rule keeps out on the planned day, naming each. It draws up no commission: that comes next, by a person.
    """
    told = taken(work, answers)
    mentor = work.get(Mentor, told.mentor_id)
    work.heed(
        rules.may_be_matched(referral.state, referral.state_label)
        + may_match(
            social_worker=referral.social_worker_id is not None,
            at_school=is_at_school(work, referral.young_person_id, work.today),
            designated_teacher=referral.designated_teacher_id is not None,
            policy=work.policy_of(referral),
        )
    )
    proposal = propose(work, referral, told.planned_on, district)
    place, chosen = proposal.of(mentor.id)
    if chosen is None:
        said = f"{mentor.name} is “{mentor.state_label}” and does not work for this authority now."
        raise refuse(said, place="mentor_id", way_out="Choose one of those that are proposed.")
    work.heed(chosen.scored.findings)
    return work.add(
        MatchDecision(
            authority_id=referral.authority_id,
            young_person_id=referral.young_person_id,
            referral_id=referral.id,
            mentor_id=mentor.id,
            planned_on=told.planned_on,
            decided_on=work.today,
            decided_by=work.actor.name,
            reason=told.reason,
            place=place,
            ranked=len(proposal.open_to),
            score=chosen.score,
            parts=[one.as_data() for one in chosen.parts],
        )
    )


# ---- distances
@action("travel_distance.add")
def add_travel_distance(work: Work, answers: TravelDistanceAnswers, authority_id: int | None = None) -> TravelDistance:
    """Enter how far two districts are apart; it is used instead of what their letters tell."""
    own = authority_for(work, authority_id).id
    return work.add(TravelDistance(authority_id=own, **_columns(taken(work, answers))))


@action("travel_distance.change")
def change_travel_distance(
    work: Work, distance: TravelDistance, answers: TravelDistanceAnswers, version: int | None = None
) -> TravelDistance:
    """Put a distance right."""
    work.change(distance, version, **_columns(taken(work, answers)))
    return distance


@action("travel_distance.remove")
def remove_travel_distance(work: Work, distance: TravelDistance) -> None:
    """Take a distance away; what the letters tell counts again."""
    work.db.delete(distance)


def answers_of_travel_distance(distance: TravelDistance) -> TravelDistanceAnswers:
    """The distance as the answers that would enter it again."""
    return answers_from(TravelDistanceAnswers, distance)


def _columns(told: TravelDistanceAnswers) -> dict[str, object]:
    one, other = pair(*(each.upper().replace(" ", "") for each in (told.one_district, told.other_district)))
    return {"one_district": one, "other_district": other, "miles": told.miles}
