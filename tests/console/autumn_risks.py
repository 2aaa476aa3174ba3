"""The known risks of the autumn stage: one its mentor was briefed of, and one over its day that nobody was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cmcore.referrals.words import Rag
from cmcore.risks.actions import add_known_risk, brief_mentor
from cmcore.risks.forms import KnownRiskAnswers, RiskBriefingAnswers
from cmcore.young_people.records import YoungPerson

if TYPE_CHECKING:
    from tests.console.autumn import Autumn

LEAVES = KnownRiskAnswers(
    risk="Leaves the building when it gets loud.",
    managed="Sit near the door, agree a signal, ring the office.",
    rag=Rag.amber,
    known_on=date(2026, 9, 7),
    review_on=date(2026, 12, 7),
)
WATER = KnownRiskAnswers(
    risk="Swims alone.",
    managed="No session beside water.",
    rag=Rag.red,
    known_on=LEAVES.known_on,
    review_on=date(2026, 11, 2),
)


def settled(made: Autumn) -> None:
    """Put both down for the young person whose page is looked at most."""
    with made.stage.work() as work:
        person = work.get(YoungPerson, made.main.person_id)
        made.keys["known_risk"] = (known := add_known_risk(work, person, LEAVES)).id
        told = RiskBriefingAnswers(
            mentor_id=made.main.mentor_id, briefed_on=date(2026, 9, 8), briefed_by="Callum Wetherspindle"
        )
        made.keys["risk_briefing"] = brief_mentor(work, known, told).id
        made.keys["risk_over"] = add_known_risk(work, person, WATER).id
