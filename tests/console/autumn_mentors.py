"""What supports mentors in the invented autumn: a reflective session, training, a risk assessment, a match."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from cmcore.enrolments.records import Enrolment
from cmcore.matching.actions import add_travel_distance, decide_match
from cmcore.matching.forms import MatchDecisionAnswers, TravelDistanceAnswers
from cmcore.mentors.records import Mentor
from cmcore.readiness.actions import add_risk_assessment, add_supervision, add_training, read_assessment
from cmcore.readiness.forms import (
    AssessmentReadAnswers,
    HazardAnswers,
    RiskAssessmentAnswers,
    SupervisionAnswers,
    TrainingAnswers,
)
from cmcore.readiness.words import Attendance, Exclusion, Likely, Support, TrainingSubject
from cmcore.safekeeping.work import Work
from cmcore.testing.stage import TODAY

if TYPE_CHECKING:
    from tests.console.autumn import Autumn

WATER = RiskAssessmentAnswers(
    activity="Filming beside water",
    template="Induction pack",
    for_everybody=False,
    made_on=date(2026, 10, 1),
    review_on=date(2027, 10, 1),
    hazards=[HazardAnswers(what="The towpath", who="Both", met_by="Walk on the far side", likely=Likely.low)],
    exclusions=[Exclusion.water],
    trained="",
)


def settled(made: Autumn) -> None:
    """Set it up, and keep the keys by what they are."""
    with made.stage.work() as work:
        kept = _settled(made, work)
        work.db.flush()
        made.keys |= {kind: one.id for kind, one in kept.items()}


def _settled(made: Autumn, work: Work) -> dict[str, Any]:
    mentors = [made.main.mentor_id, made.keys["mentor"]]
    met = SupervisionAnswers(
        mentor_ids=mentors,
        attendance=Attendance.came,
        kind_of_support=Support.reflective,
        held_on=date(2026, 10, 6),
        led_by="Oriel Fenwhistle",
    )
    learnt = TrainingAnswers(
        mentor_ids=mentors[:1],
        attendance=Attendance.came,
        subject=TrainingSubject.attachment,
        title="Attachment in a studio",
        held_on=date(2026, 9, 15),
        minutes=180,
        led_by="Oriel Fenwhistle",
    )
    distance = TravelDistanceAnswers(one_district="DE4", other_district="S40", miles=14)
    water = add_risk_assessment(work, WATER)
    work.get(Mentor, mentors[0]).art_forms = ["Film", "Printmaking"]
    referral = work.get(Enrolment, made.keys["planned"]).referral
    assert referral is not None
    chosen = MatchDecisionAnswers(mentor_id=mentors[1], planned_on=TODAY, reason="They met at the open day.")
    read = AssessmentReadAnswers(mentor_id=mentors[0], read_on=date(2026, 10, 2))
    return {
        "supervision": add_supervision(work, met),
        "training": add_training(work, learnt),
        "risk_assessment": water,
        "assessment_read": read_assessment(work, water, read),
        "distance": add_travel_distance(work, distance),
        "match_decision": decide_match(work, referral, chosen),
        "to_match": referral,
    }
