"""What The Mighty Creatives' papers begin with: what is known already is not typed again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from cmcore.api import Record, Referral, Work
from cmcore_mighty_creatives.induction import PLUGIN
from cmcore_mighty_creatives.induction_forms import CaseStudyRequest, JournalEntry, RiskAssessment


def offered(work: Work, form: str, about: Record | None) -> dict[str, Any]:
    """Plain values by question for one of the papers; nothing for any other form."""
    today = work.today.isoformat()
    if form == RiskAssessment.form.key:
        risks = known_risks(work, about)
        return {"made_on": today} | ({"known_risks": risks} if risks else {})
    if form == JournalEntry.form.key:
        return {"on": today}
    if form == CaseStudyRequest.form.key:
        return {"asked_on": today, "hours": work.setting(PLUGIN, "case_study_hours")}
    return {}


def known_risks(work: Work, about: Record | None) -> str:
    """What the latest referral of the young person says a mentor must know; empty where there is none in reach."""
    person = getattr(about, "id" if about is not None and about.kind() == "young_person" else "young_person_id", None)
    if person is None:
        return ""
    asked = select(Referral.risks).where(Referral.young_person_id == person, Referral.risks != "")
    return work.db.scalars(asked.order_by(Referral.id.desc()).limit(1)).first() or ""
