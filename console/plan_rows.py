"""What a young person's page says beside what happened: the plan, and the permissions in force today."""

from __future__ import annotations

from sqlalchemy import select

from cmcore.base.clock import short_day
from cmcore.base.words import count, in_words
from cmcore.consents.queries import decided
from cmcore.consents.records import Consent
from cmcore.consents.rules import in_force as holds
from cmcore.consents.words import ConsentKind, Decider
from cmcore.evidence.journey import Journey
from cmcore.measures.registry import measure_sets
from cmcore.referrals.records import Referral
from cmcore.safekeeping.work import Work


def plan_of(journey: Journey) -> list[tuple[str, str]]:
    """What is hoped for and to be learned in the enrolment that matters now, as (what, words). No statement."""
    enrolment, referral = journey.enrolment, _referral(journey)
    said: list[tuple[str, str]] = []
    if referral is not None and referral.outcomes:
        known = {measure.key: measure.label for each in measure_sets().values() for measure in each.measures}
        said.append(("Hoped for", in_words([known.get(key, key) for key in referral.outcomes])))
    if enrolment is not None and enrolment.learning_targets:
        said.append(("Learning targets", enrolment.learning_targets))
    if referral is not None:
        said += [(what, text) for what, text in _told(referral) if text]
    if enrolment is not None and enrolment.review_days:
        said.append(("Reviewed", f"every {count(enrolment.review_days, 'day')}"))
    return said


def _told(referral: Referral) -> list[tuple[str, str]]:
    return [("Interests", referral.interests), ("What works", referral.what_works)]


def in_force(work: Work, journey: Journey) -> list[tuple[str, str]]:
    """The uses that are permitted today, each with who decided and until when (R-CON-1, R-CON-2). One statement."""
    person = journey.person
    if not work.may("consent.see", person.authority_id):
        return []
    kept = list(work.db.scalars(select(Consent).where(Consent.young_person_id == person.id).order_by(Consent.id)))
    decisions = decided(kept)
    said = []
    for kind in ConsentKind:
        if not holds(decisions, kind, journey.on, person.born_on):
            continue
        own = [one for one in kept if one.kind_of_use == kind and one.starts_on <= journey.on]
        last = max(own, key=lambda one: (one.starts_on, one.id))
        until = f", until {short_day(last.ends_on)}" if last.ends_on else ""
        said.append((kind.label, f"{Decider.say(last.decided_by)}, {short_day(last.starts_on)}{until}"))
    return said


def _referral(journey: Journey) -> Referral | None:
    wanted = journey.enrolment.referral_id if journey.enrolment is not None else None
    return next((one for one in journey.referrals if one.id == wanted), next(iter(journey.referrals), None))
