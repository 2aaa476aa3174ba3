"""What the demonstration shows of Derbyshire: its terms, a crisis in the federation, older records on six measures."""

from __future__ import annotations

from sqlalchemy import select

from cmcore.api import (
    Authority,
    EducationSpell,
    Enrolment,
    Federation,
    Programme,
    Referral,
    Review,
    Setting,
    Work,
)
from cmcore.api.acts import (
    add_programme,
    answers_of_referral,
    change_referral,
    enter_known_terms,
    finish_answers,
)
from cmcore.api.asks import ProgrammeAnswers, Rag, Reason, Urgency
from cmcore_derbyshire.checks import begin_plan
from cmcore_derbyshire.forms import CrisisPlan, DerbyshireReferral
from cmcore_derbyshire.measures import SIX_TO_EIGHT
from cmcore_derbyshire.programme_types import CRISIS
from cmcore_derbyshire.words import Briefer, Tried

#: How many enrolments that ended longest ago were scored on the six measures.
OLDER = 14
_WORDS = ("I want to make a film about my street.", "Somewhere quiet. And drums.", "Not another worksheet.")
_NOW = ("Draws in the margins of everything.", "Mends bikes with a neighbour.", "Sings when nobody is listening.")


def fill(work: Work, authority: Authority) -> None:
    """Add what Derbyshire's plugin keeps to the made-up stories of an authority."""
    enter_known_terms(work, authority.id, "cmcore_derbyshire", instead=True)
    _crisis_programme(work, authority)
    _referrals(work, authority)
    _older(work, authority)


def _crisis_programme(work: Work, authority: Authority) -> None:
    answers = ProgrammeAnswers(
        title="Crisis mentoring in the federation",
        key="crisis-mentoring",
        type_key=CRISIS.key,
        measure_set=CRISIS.measure_sets[0],
        usual_hours=12,
        starts_on=None,
        ends_on=None,
    )
    add_programme(work, answers, authority.id)


def _referrals(work: Work, authority: Authority) -> None:
    """Referrals that wait have all of Derbyshire's answers; the first two are crises of the federation."""
    asked = select(Referral).where(
        Referral.authority_id == authority.id, Referral.state.in_(("draft", "submitted", "triage", "more_information"))
    )
    waiting = work.db.scalars(asked.order_by(Referral.submitted_at.desc(), Referral.id)).all()
    sent = [one for one in waiting if one.state == "submitted"][:2]
    for number, referral in enumerate(waiting):
        crisis = referral in sent
        if crisis:
            _in_the_federation(work, referral)
        usual = answers_of_referral(referral)
        told = {
            "concern": Rag.red if crisis else usual.concern or Rag.amber,
            "urgency": Urgency.crisis if crisis else usual.urgency,
            "reasons": [Reason.crisis, Reason.exclusion] if crisis else list(usual.reasons),
            "outcomes": list(usual.outcomes) or ["confidence"],
            "risks": usual.risks or "None known.",
            "happened": "Left the site twice this week; the school has kept a room and an adult free today."
            if crisis or usual.urgency == Urgency.crisis
            else None,
            "suspended_days": 4 if crisis else None,
            "tried": [Tried.pastoral, Tried.timetable] if number % 2 else [Tried.pastoral],
            "does_now": _NOW[number % len(_NOW)],
            "words_said": _WORDS[number % len(_WORDS)],
            "briefed_by": [Briefer.education_support_officer, Briefer.social_care, Briefer.school],
            "briefing_on": None,
        }
        change_referral(work, referral, DerbyshireReferral(**{**usual.columns(), **told}))
        if crisis:
            begin_plan(work, referral)
        if crisis and referral is sent[0]:
            _plan(work, referral)


def _in_the_federation(work: Work, referral: Referral) -> None:
    """Let the school of a young person work in the authority's federation."""
    federation = work.db.scalars(select(Federation).order_by(Federation.id.desc()).limit(1)).first()
    spells = select(EducationSpell).where(
        EducationSpell.young_person_id == referral.young_person_id, EducationSpell.ends_on.is_(None)
    )
    spell = work.db.scalars(spells.order_by(EducationSpell.id.desc())).first()
    if federation is None or spell is None:
        return
    member = work.db.scalars(
        select(Setting.id).where(Setting.federation_id == federation.id).order_by(Setting.id).limit(1)
    ).first()
    if member is not None:
        work.change(spell, setting_id=member, status="part_time")


def _plan(work: Work, referral: Referral) -> None:
    from cmcore.api import kept_beside

    kept = kept_beside(work, referral, CrisisPlan)
    if kept is None:
        return
    today = work.today
    plan = {
        "met_on": today.isoformat(),
        "present": ["education_support_officer", "social_care", "school"],
        "concern": "red",
        "keeps_in_school": "Mornings in the art room with one adult, and lunch with a friend.",
        "steps": [
            {"what": "Ring home each day at two", "who": "The head of year", "by_on": today.isoformat()},
            {"what": "A mentor meets them at school", "who": "The coordinator", "by_on": today.isoformat()},
        ],
        "rung_first": "The designated teacher",
        "words_said": "If I can leave for five minutes, I can stay.",
        "looked_at_on": today.replace(day=28).isoformat() if today.day < 28 else today.isoformat(),
    }
    finish_answers(work, kept, plan)


def _older(work: Work, authority: Authority) -> None:
    """The enrolments that ended longest ago were scored on six measures, as Derbyshire charted them in 2017."""
    ended = (
        select(Enrolment.id)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .where(Enrolment.authority_id == authority.id, Enrolment.state == "completed")
        .order_by(Enrolment.ended_on, Enrolment.id)
        .limit(OLDER)
    )
    keys = list(work.db.scalars(ended))
    asked = select(Review).where(Review.enrolment_id.in_(keys), Review.measure_set == SIX_TO_EIGHT.later)
    for review in work.db.scalars(asked):
        review.measure_set = SIX_TO_EIGHT.earlier
        for score in [one for one in review.scores if one.measure not in SIX_TO_EIGHT.same]:
            review.scores.remove(score)
