"""What the demonstration shows of The Mighty Creatives: packs that were read, forms under way."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from cmcore.api import Authority, Enrolment, Mentor, MentorAuthority, Referral, Work
from cmcore.api.acts import finish_answers, start_form
from cmcore_mighty_creatives import induction, papers
from cmcore_mighty_creatives.induction_forms import RiskAssessment

#: How many forms are under way, and how many mentors have not read the pack.
FORMS, UNREAD = 6, 1


def fill(work: Work, authority: Authority) -> None:
    """Add what the provider's plugin keeps to the made-up stories of an authority."""
    _induction(work, authority)
    _forms(work, authority)


def _induction(work: Work, authority: Authority) -> None:
    works = select(MentorAuthority.mentor_id).where(MentorAuthority.authority_id == authority.id)
    asked = select(Mentor).where(Mentor.id.in_(works), Mentor.state.in_(("onboarding", "active", "paused")))
    mentors = work.db.scalars(asked.order_by(Mentor.id)).all()
    for number, mentor in enumerate(mentors):
        last = number >= len(mentors) - UNREAD or mentor.state == "onboarding"
        for reading in induction.ask_to_read(work, authority, mentor):
            # They work already: what they read, they read before the first session of the stories.
            reading.asked_on = work.today - timedelta(days=1_400)
            if not last:
                reading.read_on, reading.recorded_by = reading.asked_on + timedelta(days=3), mentor.name


def _forms(work: Work, authority: Authority) -> None:
    asked = (
        select(Enrolment)
        .where(Enrolment.authority_id == authority.id, Enrolment.state == "active", Enrolment.referral_id.is_not(None))
        .order_by(Enrolment.id)
        .limit(FORMS)
    )
    for number, enrolment in enumerate(work.db.scalars(asked)):
        referral = work.get(Referral, enrolment.referral_id)
        papers.begin_paper(work, referral)
        papers.bring_up_to_date(work, enrolment)
        if number < 2:
            _risk_assessment(work, enrolment)


def _risk_assessment(work: Work, enrolment: Enrolment) -> None:
    made = start_form(work, RiskAssessment.form.key, enrolment.authority_id, about=enrolment)
    answers = {
        "activity": "Filming on the towpath, and cutting the film in the library.",
        "where": "community",
        "made_on": work.today.isoformat(),
        "known_risks": "May leave when a room is loud.",
        "hazards": [
            {"what": "The water beside the path", "who": "Both", "met_by": "Walk on the far side", "likely": "low"},
            {
                "what": "Losing sight of each other",
                "who": "The young person",
                "met_by": "Agree a place",
                "likely": "low",
            },
        ],
        "drives": False,
        "unsettled": "Talk with whoever hands over. If it is no day for it, postpone and say when.",
        "agreed_with": "The coordinator",
    }
    finish_answers(work, made, {**made.values, **answers})
