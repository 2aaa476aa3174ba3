"""The two papers that fill themselves: the Referral and Reporting Form and the Activity Report.

What is known is put in when it happens; what a person wrote is never taken out. Whoever may not go on with a paper that
somebody else began leaves it as it is: its page offers to bring it up to date.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from sqlalchemy import select

from cmcore.api import (
    Authority,
    Enrolment,
    FormAnswers,
    MentoringSession,
    Referral,
    Refused,
    Review,
    Work,
    kept_beside,
    local,
)
from cmcore.api.acts import correct_answers, finish_answers, save_draft, start_form
from cmcore.api.asks import Reason, Scorer
from cmcore_mighty_creatives.checks import MET
from cmcore_mighty_creatives.forms import ActivityReport, ReferralAndReporting

#: The set whose final reviews are completions of the 8 Measures section.
EIGHT = "eight@1"


# ---- the Referral and Reporting Form
def begin_paper(work: Work, referral: Referral) -> FormAnswers:
    """Begin the form of a referral with what the referral says; gives the one there is, if it was begun before."""
    if (kept := kept_beside(work, referral, ReferralAndReporting)) is not None:
        return kept
    made = start_form(work, ReferralAndReporting.form.key, referral.authority_id, about=referral)
    return save_draft(work, made, _of_referral(work, referral))


def bring_up_to_date(work: Work, enrolment: Enrolment, *, ended: bool = False) -> FormAnswers | None:
    """Put the completions of the 8 Measures that are missing on the form, and finish it where the work has ended.

    Nothing happens without a referral, and where somebody else's form may not be gone on with.
    """
    referral = enrolment.referral
    if referral is None or not work.may("form_answers.fill", enrolment.authority_id):
        return None
    kept = kept_beside(work, referral, ReferralAndReporting) or begin_paper(work, referral)
    if kept.state == "superseded" or not may_go_on(work, kept):
        return None
    if missing := completions_missing(work, enrolment, kept):
        rounds = sorted([*(kept.values.get("rounds") or ()), *missing], key=lambda one: str(one["scored_on"]))
        values = {**kept.values, "rounds": rounds}
        if kept.state == "draft":
            save_draft(work, kept, values)
        else:
            correct_answers(work, kept, values, reason="The 8 Measures were completed again.")
    if ended and kept.state == "draft":
        try:
            finish_answers(work, kept)
        except Refused:
            # Something is still missing: it stays a draft, and whoever opens it is told what.
            return kept
    return kept


def may_go_on(work: Work, kept: FormAnswers) -> bool:
    """Whether somebody may go on with a paper: who began it, and whoever sees what is sensitive in all of them."""
    own = work.scope is not None and kept.began_by == work.scope.login
    return own or work.may("form_answers.sensitive", kept.authority_id)


def completions_missing(work: Work, enrolment: Enrolment, kept: FormAnswers | None) -> list[dict[str, Any]]:
    """The final reviews on the eight measures that are not on the form yet, as completions."""
    there = (
        {(one.get("which"), str(one.get("scored_on"))) for one in (kept.values.get("rounds") or ()) if kept}
        if kept
        else set()
    )
    asked = select(Review).where(
        Review.enrolment_id == enrolment.id, Review.state == "final", Review.measure_set == EIGHT
    )
    found = [_completion(each) for each in work.db.scalars(asked.order_by(Review.held_on, Review.id))]
    return [one for one in found if (one["which"], one["scored_on"]) not in there]


def _completion(review: Review) -> dict[str, Any]:
    scores = {each.measure: each.score for each in review.scores if each.score is not None}
    return {
        "which": review.kind_of_review,
        "scored_on": review.held_on.isoformat(),
        "scored_by": Scorer.say(review.scored_by),
        "guided_by_child": bool(review.guided_by_child),
        **scores,
        **({"words_said": review.words_said} if review.words_said else {}),
    }


def _of_referral(work: Work, referral: Referral) -> dict[str, Any]:
    authority = work.get(Authority, referral.authority_id)
    told = {
        "initials": referral.young_person.initials,
        "reference": referral.ref,
        "referred_by": f"{authority.name}, {referral.referrer_name}",
        "referred_on": referral.received_on.isoformat(),
        "why": ", ".join(Reason.say(each) for each in referral.reasons),
        "outcomes": list(referral.outcomes),
        "interests": referral.interests,
        "risks": referral.risks,
        "hours": referral.expected_minutes // 60 if referral.expected_minutes else None,
    }
    return {key: value for key, value in told.items() if value not in (None, "", [])}


# ---- the Activity Report
def add_to_report(work: Work, session: MentoringSession) -> FormAnswers | None:
    """Put a session that took place on the month's report of its commission, begun by whoever records it."""
    if session.outcome not in MET or not work.may("form_answers.fill", session.authority_id):
        return None
    starts, ends = local(session.starts_at), local(session.ends_at)
    kept = _report_of(work, session, starts.date()) or _begin_report(work, session, starts.date())
    impact = [str(each.get("note", "")) for each in session.impact]
    row = {
        "held_on": starts.date().isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        "where": session.place,
        "what": session.done,
        "measure": session.impact[0]["measure"] if session.impact else None,
        "impact": " ".join(each for each in impact if each),
    }
    rows = [*(kept.values.get("sessions") or ()), {key: value for key, value in row.items() if value}]
    rows.sort(key=lambda one: (str(one.get("held_on")), str(one.get("starts"))))
    values = {key: value for key, value in kept.values.items() if key != "minutes"}
    return save_draft(work, kept, {**values, "sessions": rows})


def _report_of(work: Work, session: MentoringSession, on: date) -> FormAnswers | None:
    asked = select(FormAnswers).where(
        FormAnswers.form_key == ActivityReport.form.key,
        FormAnswers.about_kind == "commission",
        FormAnswers.about_id == session.commission_id,
        FormAnswers.state == "draft",
        FormAnswers.began_by == (work.scope.login if work.scope else work.actor.login),
    )
    for each in work.db.scalars(asked.order_by(FormAnswers.id.desc())):
        if str(each.values.get("from_on")) <= on.isoformat() <= str(each.values.get("to_on")):
            return each
    return None


def _begin_report(work: Work, session: MentoringSession, on: date) -> FormAnswers:
    commission = session.commission
    made = start_form(work, ActivityReport.form.key, session.authority_id, about=commission)
    told = {
        "mentor": commission.mentor.name,
        "initials": session.young_person.initials if session.young_person else "",
        "from_on": on.replace(day=1).isoformat(),
        "to_on": on.replace(day=monthrange(on.year, on.month)[1]).isoformat(),
    }
    return save_draft(work, made, {key: value for key, value in told.items() if value})
