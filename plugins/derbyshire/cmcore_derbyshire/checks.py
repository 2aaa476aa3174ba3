"""What Derbyshire looks at before something is kept, with what its rules need, and the crisis plan it begins."""

from __future__ import annotations

from sqlalchemy import select

from cmcore.api import (
    EducationSpell,
    Enrolment,
    Federation,
    Finding,
    FormAnswers,
    Referral,
    Setting,
    Work,
    kept_beside,
)
from cmcore.api.acts import save_draft, start_form
from cmcore.api.asks import Urgency
from cmcore_derbyshire import rules
from cmcore_derbyshire.forms import CrisisPlan, DerbyshireReferral
from cmcore_derbyshire.programme_types import CRISIS
from cmcore_derbyshire.words import Briefer


def school_of(work: Work, young_person_id: int) -> Setting | None:
    """The school a young person has a place at today, if there is one."""
    asked = (
        select(Setting)
        .join(EducationSpell, EducationSpell.setting_id == Setting.id)
        .where(
            EducationSpell.young_person_id == young_person_id,
            EducationSpell.status.in_(("enrolled", "part_time", "suspended")),
            EducationSpell.starts_on <= work.today,
            EducationSpell.ends_on.is_(None) | (EducationSpell.ends_on >= work.today),
        )
        .order_by(EducationSpell.starts_on.desc())
    )
    return work.db.scalars(asked.limit(1)).first()


def federation_of(work: Work, young_person_id: int) -> Federation | None:
    """The federation of the young person's school, if it works in one."""
    school = school_of(work, young_person_id)
    if school is None or school.federation_id is None:
        return None
    return work.get(Federation, school.federation_id)


def heads_the_list(work: Work, referral: Referral) -> bool:
    """Whether a referral is a crisis of a school whose federation counts."""
    if referral.urgency != Urgency.crisis:
        return False
    federation = federation_of(work, referral.young_person_id)
    counting = work.setting("derbyshire", "federations")
    return rules.heads_the_list(referral.urgency, federation.code if federation else None, counting)


def of_referral(work: Work, referral: Referral) -> list[Finding]:
    """R-DERBYSHIRE-1 to R-DERBYSHIRE-3, of a referral that is sent or changed afterwards."""
    policy = work.policy_of(referral)
    said = rules.red_says_what_keeps_safe(referral.concern, referral.risks, policy)
    kept = kept_beside(work, referral, DerbyshireReferral)
    if kept is not None:
        at_school = school_of(work, referral.young_person_id) is not None
        said += rules.briefed_jointly(kept.values.get("briefed_by") or (), at_school, policy)
    waits = referral.submitted_at is not None and referral.state in rules.UNDECIDED
    if waits and referral.submitted_at is not None and heads_the_list(work, referral):
        said += rules.crisis_waits(referral.submitted_at, work.today, policy)
    return said


def of_enrolment(work: Work, enrolment: Enrolment, step: str) -> list[Finding]:
    """R-DERBYSHIRE-4: crisis mentoring does not start without a plan that was finished."""
    if step != "start" or enrolment.programme.type_key != CRISIS.key:
        return []
    asked = select(FormAnswers.id).where(
        FormAnswers.young_person_id == enrolment.young_person_id,
        FormAnswers.form_key == CrisisPlan.form.key,
        FormAnswers.state.in_(("finished", "corrected")),
    )
    planned = work.db.scalars(asked.limit(1)).first() is not None
    return rules.crisis_has_a_plan(planned, work.policy_of(enrolment))


def begin_plan(work: Work, referral: Referral) -> None:
    """Begin the crisis plan of a crisis in the federation, once, with what the referral says already."""
    if not heads_the_list(work, referral) or kept_beside(work, referral, CrisisPlan) is not None:
        return
    begun = start_form(work, CrisisPlan.form.key, referral.authority_id, about=referral)
    save_draft(work, begun, offered(referral))


def offered(referral: Referral) -> dict[str, object]:
    """What a crisis plan begins with: the concern, and who is there."""
    told: dict[str, object] = {"present": [Briefer.school.value, Briefer.social_care.value]}
    return told | {"concern": referral.concern} if referral.concern else told
