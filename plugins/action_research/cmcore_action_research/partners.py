"""What partners and coordinators do with referrals into studies: refer, withdraw, decline, and what became of it."""

from __future__ import annotations

from sqlalchemy import select

from cmcore.api import (
    Finding,
    Form,
    Work,
    action,
    answers_from,
    authority_for,
    day,
    kinds,
    next_ref,
    refuse,
    refuse_if,
    taken,
)
from cmcore_action_research import rules
from cmcore_action_research.forms import DeclineAnswers, PartnerAnswers, StudyReferralAnswers, offering
from cmcore_action_research.people_records import ReferralPartner, StudyReferral
from cmcore_action_research.queries import in_force, partner_signed_in
from cmcore_action_research.records import ResearchStudy
from cmcore_action_research.themes import themes
from cmcore_action_research.words import PLUGIN


# ---- partners
@action("action_research_partner.add")
def add_partner(work: Work, answers: PartnerAnswers, authority_id: int) -> ReferralPartner:
    """Make somebody a referral partner. Their sign-in is given the role of a referrer as any other is."""
    return work.add(ReferralPartner(authority_id=authority_id, **taken(work, answers).columns()))


@action("action_research_partner.change")
def change_partner(
    work: Work, partner: ReferralPartner, answers: PartnerAnswers, version: int | None = None
) -> ReferralPartner:
    """Change a partner: their themes, or until when they are one. What they referred stays."""
    work.change(partner, version, **taken(work, answers).columns())
    return partner


def answers_of_partner(partner: ReferralPartner) -> PartnerAnswers:
    """The partner as the answers that would write them down again."""
    return answers_from(PartnerAnswers, partner)


# ---- referring
def _reached(work: Work) -> list[int]:
    reached = sorted(work.scope.authorities) if work.scope else []
    return [each for each in reached if work.plugin_is_on(PLUGIN, each)]


def open_studies(work: Work) -> list[ResearchStudy]:
    """The open studies of the authorities in which whoever asks is a partner today (R-STUDY-11)."""
    held = [one for each in _reached(work) if (one := partner_signed_in(work, each)) is not None]
    standing = [
        one.authority_id
        for one in held
        if not rules.partner_stands(one.starts_on, one.ends_on, work.today, work.policy_of(one))
    ]
    asked = select(ResearchStudy).where(ResearchStudy.authority_id.in_(standing), ResearchStudy.state == "open")
    return list(work.db.scalars(asked.order_by(ResearchStudy.title, ResearchStudy.id)))


def referring_in_the_way(work: Work) -> list[Finding]:
    """What keeps whoever is signed in from referring: that they are no partner today, or that no study is open."""
    reached = _reached(work)
    held = [one for each in reached if (one := partner_signed_in(work, each)) is not None]
    if not held:
        return rules.partner_stands(None, None, work.today, work.policy_of(reached[0])) if reached else []
    found = [
        finding
        for one in held
        for finding in rules.partner_stands(one.starts_on, one.ends_on, work.today, work.policy_of(one))
    ]
    if len(found) == len(held):
        return found
    return [] if open_studies(work) else [Finding("No study is open now.", way_out="You will be told when one is.")]


def referral_form(work: Work) -> Form:
    """The form of a referral, which offers the open studies and the themes this partner refers into.

    Where there is nothing to offer it is the form as it was declared: what keeps them from referring is said above it.
    """
    studies = open_studies(work)
    open_to = {
        key
        for study in studies
        if (held := in_force(work, study)) is not None and (who := partner_signed_in(work, study.authority_id))
        for key in held.themes
        if not who.themes or key in who.themes
    }
    if not open_to:
        return StudyReferralAnswers.form
    named = [(str(one.id), one.title, "") for one in studies]
    made = offering(StudyReferralAnswers, "action_research_study_id", named)
    offered = tuple(kinds.Option(key=one.key, label=one.label) for one in themes().values() if one.key in open_to)
    return made.with_question("theme", kind=kinds.Choice(options=offered))


@action("action_research_referral.add")
def refer(work: Work, answers: StudyReferralAnswers) -> StudyReferral:
    """Refer somebody into a theme of a study. R-STUDY-11 refuses whoever is no partner, and another theme."""
    refuse_if(referring_in_the_way(work))
    told = taken(work, answers, referral_form(work))
    study = work.get(ResearchStudy, int(told.action_research_study_id))
    partner = partner_signed_in(work, study.authority_id)
    policy = work.policy_of(study)
    if partner is None:
        refuse_if(rules.partner_stands(None, None, work.today, policy))
        raise refuse("You are not a referral partner of this study.")
    held = in_force(work, study)
    work.heed(rules.partner_stands(partner.starts_on, partner.ends_on, work.today, policy))
    work.heed(rules.theme_is_open(told.theme, partner.themes, held.themes if held else (), policy))
    if not told.willing:
        raise refuse("They have not been asked yet.", place="willing", way_out="Ask them first, and refer them then.")
    made = StudyReferral(
        authority_id=study.authority_id,
        action_research_study_id=study.id,
        action_research_partner_id=partner.id,
        login=work.actor.login,
        sent_on=work.today,
        **told.columns("action_research_study_id", "willing"),
    )
    made.ref = next_ref(work, authority_for(work, study.authority_id), "ST")
    return work.add(made)


@action("action_research_referral.withdraw")
def withdraw(work: Work, referral: StudyReferral, name: str = "withdraw", reason: str = "") -> StudyReferral:
    """Withdraw a referral nobody has decided on, with the reason. Its partner does, or a coordinator."""
    work.move(referral, "withdraw", reason=reason)
    return referral


@action("action_research_referral.decide")
def decline(work: Work, referral: StudyReferral, answers: DeclineAnswers) -> StudyReferral:
    """Do not take somebody: the reason stays with the coordinators, the partner is told the words for them."""
    told = taken(work, answers)
    work.move(referral, "decline", reason=told.reason)
    work.change(referral, said_to_partner=told.said_to_partner)
    return referral


def became(referral: StudyReferral) -> str:
    """What became of a referral, as its partner reads it: plain words, and nothing of what the mentoring is about."""
    if referral.state == "sent":
        return "Received. A coordinator reads it."
    if referral.state == "withdrawn":
        return "Withdrawn."
    if referral.state == "declined":
        return f"Not taken. {referral.said_to_partner}".strip()
    place = referral.place
    if place is None:
        return "Taken into the study."
    if place.state == "left":
        return "Has left the study."
    if place.state == "in_line":
        return "In the study, waiting for a place."
    return f"In the study, with a place since {day(place.given_on)}." if place.given_on else "In the study."
