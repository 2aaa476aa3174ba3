"""Known risks of a few made-up young people: mentors briefed of most, one still to be told, one over its day."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Engine, select

from cmcore.base.clock import StoppedClock
from cmcore.commissions.records import Commission
from cmcore.commissions.words import Purpose
from cmcore.referrals.words import Rag
from cmcore.risks.actions import add_known_risk, brief_mentor, end_known_risk
from cmcore.risks.forms import KnownRiskAnswers, RiskBriefingAnswers, RiskEndedAnswers
from cmcore.safekeeping.scope import Actor, operator_scope
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson

_HESTER = Actor("hester.quillmarsh", "Hester Quillmarsh")
_WEEK = timedelta(days=7)
_RISKS = (
    ("Leaves the building when overwhelmed.", "Sit near the door, agree a signal, ring the office at once.", Rag.amber),
    ("Loud, crowded rooms bring on panic.", "Use the small studio, and come in by the side door.", Rag.green),
    ("Swims alone where it is not safe.", "No session beside water. Ring the carer if they do not come.", Rag.red),
    ("Tired and short of patience after contact.", "Keep Monday sessions short.", Rag.green),
)


class RisksKnown:
    """Writes known risks down for one authority, as its coordinator would have."""

    def __init__(self, engine: Engine, authority_id: int, today: date) -> None:
        """Write for an authority, up to a day."""
        self._engine, self._authority_id, self._today = engine, authority_id, today

    def write(self) -> None:
        """Up to four risks: the third one's mentor is still to be told, the second is over its day, the last ended."""
        for number, ((person_id, mentor_id), told) in enumerate(zip(self._pairs(), _RISKS, strict=False)):
            known_on = self._today - 9 * _WEEK
            review_on = self._today + (6 * _WEEK if number != 1 else -_WEEK)
            with self._work(known_on) as work:
                risk, managed, rag = told
                answers = KnownRiskAnswers(risk=risk, managed=managed, rag=rag, known_on=known_on, review_on=review_on)
                known = add_known_risk(work, work.get(YoungPerson, person_id), answers)
                if number != 2:
                    brief_mentor(
                        work,
                        known,
                        RiskBriefingAnswers(mentor_id=mentor_id, briefed_on=known_on, briefed_by=_HESTER.name),
                    )
                if number == 3:
                    end_known_risk(work, known, RiskEndedAnswers(ended_on=known_on, ended_why="Contact has ended."))

    def _work(self, on: date) -> Work:
        return Work(
            self._engine, _HESTER, operator_scope({self._authority_id}, self._today), clock=StoppedClock.on(on, 15)
        )

    def _pairs(self) -> list[tuple[int, int]]:
        """Young people with whom a mentor works, each with that mentor."""
        with self._work(self._today) as work:
            asked = (
                select(Commission.young_person_id, Commission.mentor_id)
                .where(Commission.state == "active", Commission.purpose == Purpose.mentoring)
                .order_by(Commission.young_person_id, Commission.id)
            )
            found = {row[0]: row[1] for row in work.db.execute(asked) if row[0] is not None}
        return list(found.items())[: len(_RISKS)]
