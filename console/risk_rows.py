"""Known risks as a young person's page and a referral's tell them: how serious, who was briefed, until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from cmcore.base.clock import short_day
from cmcore.base.findings import Finding
from cmcore.base.words import in_words
from cmcore.evidence.journey import Journey
from cmcore.referrals.records import Referral
from cmcore.referrals.words import Rag
from cmcore.risks.queries import risks_of, what_briefings_say
from cmcore.risks.records import KnownRisk
from cmcore.safekeeping.work import Work
from console.shown import State, concern
from console.steps import NextStep

#: States of a referral in which nothing is offered of what it tells, and nothing of it shown as known.
_NOT_TOLD = ("draft", "declined", "withdrawn")
_ACCEPTED = ("accepted", "matched")


@dataclass(frozen=True)
class RiskRow:
    """One risk: what it is, how serious, how it is managed, and what else is to be said of it."""

    text: str
    more: str
    rag: State | str = ""
    managed: str = ""
    late: str = ""
    briefed: str = ""
    url: str = ""
    words: str = ""


def look_again(risk: KnownRisk, today: date) -> str:
    """That the day of looking at it again is over, in words; nothing while it is not."""
    return "over its day" if risk.ended_on is None and risk.review_on < today else ""


def risks_part(
    work: Work, journey: Journey, page_of: Callable[[Any], str], add: str
) -> tuple[list[Finding], list[RiskRow]]:
    """What is to be told of known risks on a young person's page: whom to brief, and the risks. One statement."""
    person = journey.person
    risks = risks_of(work, person.id) if work.may("known_risk.see", person.authority_id) else []
    return mentors_to_brief(work, journey, risks), rows_of(journey, risks, page_of, add)


def rows_of(journey: Journey, risks: Sequence[KnownRisk], address_of: Callable[[Any], str], add: str) -> list[RiskRow]:
    """The risks that stand, the most serious first, and what accepted referrals tell that nobody wrote down yet.

    ``add`` is where one is written down, for whoever may. No statement.
    """
    order = list(Rag.__members__)
    standing = sorted((one for one in risks if one.ended_on is None), key=lambda one: order.index(one.rag))
    rows = [_row(one, journey.on, address_of(one)) for one in standing]
    for one in journey.referrals:
        if not one.risks or one.state in _NOT_TOLD or _written(one, risks):
            continue
        worry = f", concern {Rag.say(one.concern).lower()}" if one.concern else ""
        url = f"{add}&referral_id={one.id}" if add and one.state in _ACCEPTED else ""
        more = f"Referral {one.ref}, {short_day(one.received_on)}{worry}"
        rows.append(RiskRow(one.risks, more, url=url, words="Write down as a known risk"))
    return rows


def _row(risk: KnownRisk, today: date, url: str) -> RiskRow:
    told = {each.mentor_id: f"{each.mentor or 'a mentor'} on {short_day(each.briefed_on)}" for each in risk.briefings}
    briefed = f"Briefed: {in_words(list(told.values()))}" if told else "No mentor has been briefed yet"
    again = f"Look at it again by {short_day(risk.review_on)}"
    return RiskRow(
        risk.risk,
        again,
        concern(risk.rag),
        risk.managed,
        look_again(risk, today),
        briefed,
        url,
        "Open this risk",
    )


def _written(referral: Referral, risks: Sequence[KnownRisk]) -> bool:
    """Whether somebody has written down a known risk since the referral was written."""
    return any(one.created_at >= referral.created_at for one in risks)


def mentors_to_brief(work: Work, journey: Journey, risks: Sequence[KnownRisk]) -> list[Finding]:
    """What mentors of active commissions were not briefed of (R-RIS-1), each mentor once. No statement."""
    mentors = {one.mentor_id: one.mentor for one in journey.commissions if one.state == "active" and one.mentor}
    return [
        finding
        for mentor in mentors.values()
        for finding in what_briefings_say(work, risks, mentor, journey.person.authority_id)
    ]


def to_write_down(work: Work, referral: Referral, page: Any) -> list[NextStep]:
    """Writing down what an accepted referral tells as a known risk, until somebody has written one. One statement."""
    if page is None or not referral.risks or referral.state not in _ACCEPTED:
        return []
    address = page.add_address(young_person_id=referral.young_person_id, referral_id=referral.id)
    asked = select(KnownRisk).where(KnownRisk.young_person_id == referral.young_person_id)
    if not address or _written(referral, list(work.db.scalars(asked))):
        return []
    return [
        NextStep(
            "Write down as a known risk",
            address,
            "The referral tells of a risk: mentors are briefed of known ones.",
        )
    ]
