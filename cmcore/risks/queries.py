"""What is read of known risks: those of a young person, and what a mentor was not briefed of."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from cmcore.base.findings import Finding
from cmcore.mentors.records import Mentor
from cmcore.risks import rules
from cmcore.risks.records import KnownRisk, RiskBriefing
from cmcore.safekeeping.work import Work


def risks_of(work: Work, young_person_id: int) -> list[KnownRisk]:
    """The known risks of a young person with their briefings, the newest first. One statement."""
    asked = (
        select(KnownRisk)
        .where(KnownRisk.young_person_id == young_person_id)
        .options(joinedload(KnownRisk.briefings).joinedload(RiskBriefing.mentor))
        .order_by(KnownRisk.known_on.desc(), KnownRisk.id.desc())
    )
    return list(work.db.scalars(asked).unique())


def what_briefings_say(work: Work, risks: Iterable[KnownRisk], mentor: Mentor, authority_id: int) -> list[Finding]:
    """What a mentor was not briefed of, among risks that were read already (R-RIS-1). No statement."""
    standing = [{each.mentor_id for each in one.briefings} for one in risks if one.ended_on is None]
    return rules.not_briefed(standing, mentor.id, mentor.name, work.policy_of(authority_id)) if standing else []


def review_over(work: Work) -> ColumnElement[bool]:
    """The risks that stand and are over the day on which somebody was to look at them again, as a condition."""
    over: ColumnElement[bool] = KnownRisk.ended_on.is_(None) & (KnownRisk.review_on < work.today)
    return over
