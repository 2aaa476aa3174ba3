"""Mentors chosen for young people whose work is planned, by the action people use, and distances they went by."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, select

from cmcore.base.clock import StoppedClock
from cmcore.base.findings import Refused
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.matching.actions import add_travel_distance, decide_match
from cmcore.matching.forms import MatchDecisionAnswers, TravelDistanceAnswers
from cmcore.referrals.records import Referral
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work

#: How many matches there are, and what was written about them.
MANY = 4
_REASONS = (
    "They met at the open day, and the young person asked for this mentor.",
    "The only one who works on a Tuesday, which is the day the school can spare.",
    "Worked with the older brother, who said it helped.",
    "Lives round the corner from the school, and starts at once.",
)
_COORDINATOR = Actor("hester.quillmarsh", "Hester Quillmarsh")


class Matched:
    """Decides matches of one authority, as a coordinator would have."""

    def __init__(self, engine: Engine, authority_id: int, prefix: str, today: date) -> None:
        """Decide for an authority whose postcodes begin with a prefix, on a day."""
        self._engine, self._authority_id, self._prefix, self._today = engine, authority_id, prefix[:2], today

    def write(self) -> None:
        """Two distances, and the matches behind commissions that have not begun."""
        scope = operator_scope({self._authority_id}, self._today)
        with Work(self._engine, _COORDINATOR, scope, clock=StoppedClock.on(self._today, 9)) as work:
            for one, other, miles in ((1, 4, 6), (4, 12, 17)):
                districts = (f"{self._prefix}{each}" for each in (one, other))
                told = dict(zip(("one_district", "other_district"), districts, strict=True))
                add_travel_distance(work, TravelDistanceAnswers(miles=miles, **told), self._authority_id)
            asked = (
                select(Commission, Referral)
                .join(Enrolment, Enrolment.id == Commission.enrolment_id)
                .join(Referral, Referral.id == Enrolment.referral_id)
                .where(Enrolment.state == "planned")
                .order_by(Commission.id)
                .limit(MANY)
            )
            for (commission, referral), reason in zip(work.db.execute(asked).all(), _REASONS, strict=False):
                answers = MatchDecisionAnswers(
                    mentor_id=commission.mentor_id, planned_on=commission.starts_on, reason=reason
                )
                try:
                    decide_match(work, referral, answers)
                except Refused:
                    # The mentor's certificate runs out before: then the coordinator has not chosen them yet.
                    continue
