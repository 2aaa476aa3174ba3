"""Everything a made-up mentor needs to work: checks that were seen, an induction, a risk assessment that was read."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from cmcore.mentors.records import Mentor, MentorCheck
from cmcore.mentors.words import CheckKind
from cmcore.readiness.records import AssessmentRead, RiskAssessment
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority

#: Since when made-up insurances and risk assessments hold, and until when: no story goes further.
FROM_ON, UNTIL_ON = date(2023, 1, 1), date(2035, 12, 31)


def make_ready(work: Work, authority: Authority, mentor: Mentor, dbs_issued_on: date | None = None) -> None:
    """Give a mentor all that is asked before a session; the DBS certificate only where a day is given."""
    seen: list[tuple[CheckKind, date, dict[str, Any]]] = [
        (CheckKind.public_liability, FROM_ON, {"expires_on": UNTIL_ON, "cover_pence": 500_000_000}),
        (CheckKind.induction, FROM_ON, {}),
    ]
    if dbs_issued_on:
        seen.insert(0, (CheckKind.enhanced_dbs, dbs_issued_on, {}))
    for kind, on, more in seen:
        work.add(
            MentorCheck(
                mentor=mentor, kind_of_check=kind, issued_on=on, seen_by="Hester Quillmarsh", seen_on=on, **more
            )
        )
    have_read(work, authority.id, mentor)


def have_read(work: Work, authority_id: int, mentor: Mentor) -> None:
    """Let a mentor have read the risk assessment of an authority, which is made if there is none."""
    asked = select(RiskAssessment).where(RiskAssessment.authority_id == authority_id).limit(1)
    assessment = work.db.scalars(asked).first()
    if assessment is None:
        assessment = work.add(
            RiskAssessment(
                authority_id=authority_id,
                activity="One to one in a place others use",
                template="Induction pack",
                made_on=FROM_ON,
            )
        )
        work.db.flush()
    work.add(
        AssessmentRead(
            authority_id=authority_id,
            assessment_id=assessment.id,
            mentor_id=mentor.id,
            read_on=FROM_ON,
            recorded_by=mentor.name,
        )
    )
