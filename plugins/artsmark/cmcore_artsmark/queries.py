"""What is read of journeys: commitments, judgements, plan, evidence, passages, and which of them wait."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from cmcore.api import Work
from cmcore_artsmark.lives import OPEN
from cmcore_artsmark.records import (
    ArtsmarkCommitment,
    ArtsmarkEvidence,
    ArtsmarkItem,
    ArtsmarkJourney,
    ArtsmarkJudgement,
    ArtsmarkPassage,
)
from cmcore_artsmark.rules import months_after
from cmcore_artsmark.words import Statement


def journeys_of(work: Work, authority_id: int) -> list[ArtsmarkJourney]:
    """The journeys of an authority that go on, the virtual school's own first."""
    asked = select(ArtsmarkJourney).where(
        ArtsmarkJourney.authority_id == authority_id, ArtsmarkJourney.state.in_(ArtsmarkJourney.life.live())
    )
    found = work.db.scalars(asked.order_by(ArtsmarkJourney.registered_on.desc(), ArtsmarkJourney.id.desc()))
    return sorted(found, key=lambda one: (one.setting_id is not None, one.state == "awarded"))


def commitments_of(work: Work, journey: ArtsmarkJourney) -> list[ArtsmarkCommitment]:
    """The commitments of a journey, in the order they were made."""
    asked = select(ArtsmarkCommitment).where(ArtsmarkCommitment.artsmark_journey_id == journey.id)
    return list(work.db.scalars(asked.order_by(ArtsmarkCommitment.id)))


def judgements_of(work: Work, journey: ArtsmarkJourney) -> list[ArtsmarkJudgement]:
    """The judgements of a journey."""
    asked = select(ArtsmarkJudgement).where(ArtsmarkJudgement.artsmark_journey_id == journey.id)
    return list(work.db.scalars(asked.order_by(ArtsmarkJudgement.id)))


def evidence_of(work: Work, commitments: Iterable[int]) -> list[ArtsmarkEvidence]:
    """The evidence of these commitments, in the order it was added."""
    asked = select(ArtsmarkEvidence).where(ArtsmarkEvidence.artsmark_commitment_id.in_(list(commitments)))
    return list(work.db.scalars(asked.order_by(ArtsmarkEvidence.id)))


def items_of(work: Work, commitments: Iterable[int]) -> list[ArtsmarkItem]:
    """The action plan of these commitments, by the day things are due."""
    asked = select(ArtsmarkItem).where(ArtsmarkItem.artsmark_commitment_id.in_(list(commitments)))
    return list(work.db.scalars(asked.order_by(ArtsmarkItem.due_on, ArtsmarkItem.id)))


def passages_of(work: Work, journey: ArtsmarkJourney, statement: Statement) -> list[ArtsmarkPassage]:
    """The passages of a statement in the order it is read, those left out too."""
    asked = select(ArtsmarkPassage).where(
        ArtsmarkPassage.artsmark_journey_id == journey.id, ArtsmarkPassage.statement == statement.value
    )
    return list(work.db.scalars(asked.order_by(ArtsmarkPassage.place, ArtsmarkPassage.id)))


def claimed_unachieved(work: Work, journey: ArtsmarkJourney) -> list[str]:
    """The goals of commitments that the Statement of Impact speaks of though they are not achieved (R-AM-1)."""
    asked = (
        select(ArtsmarkCommitment.goal)
        .join(ArtsmarkPassage, ArtsmarkPassage.artsmark_commitment_id == ArtsmarkCommitment.id)
        .where(
            ArtsmarkPassage.artsmark_journey_id == journey.id,
            ArtsmarkPassage.statement == Statement.impact.value,
            ArtsmarkPassage.left_out.is_(False),
            ArtsmarkCommitment.state != "achieved",
        )
        .order_by(ArtsmarkCommitment.id)
    )
    return list(dict.fromkeys(work.db.scalars(asked)))


def counted_evidence(work: Work, commitments: Iterable[int]) -> dict[int, int]:
    """How many pieces of evidence each of these commitments has."""
    asked = (
        select(ArtsmarkEvidence.artsmark_commitment_id, func.count())
        .where(ArtsmarkEvidence.artsmark_commitment_id.in_(list(commitments)))
        .group_by(ArtsmarkEvidence.artsmark_commitment_id)
    )
    return {row[0]: row[1] for row in work.db.execute(asked)}


# ---- what waits, as conditions over every authority within reach
def impact_late(work: Work) -> ColumnElement[bool]:
    """Journeys whose Statement of Impact is past its day and was not sent."""
    return and_(ArtsmarkJourney.state.in_(("committed", "not_awarded")), ArtsmarkJourney.impact_due_on < work.today)


def impact_waits(work: Work) -> ColumnElement[bool]:
    """Journeys whose Statement of Impact is due within the notice of R-AM-2 and was not sent."""
    return _each(
        work,
        lambda key, months: and_(
            ArtsmarkJourney.authority_id == key,
            ArtsmarkJourney.state.in_(("committed", "not_awarded")),
            ArtsmarkJourney.impact_due_on <= months_after(work.today, months),
        ),
        "R-AM-2",
    )


def award_waits(work: Work) -> ColumnElement[bool]:
    """Journeys whose award runs out within the notice of R-AM-4."""
    return _each(
        work,
        lambda key, months: and_(
            ArtsmarkJourney.authority_id == key,
            ArtsmarkJourney.state == "awarded",
            ArtsmarkJourney.award_until <= months_after(work.today, months),
        ),
        "R-AM-4",
    )


def _each(work: Work, made: Callable[[int, int], ColumnElement[bool]], rule: str) -> ColumnElement[bool]:
    reached = sorted(work.scope.authorities) if work.scope else []
    return or_(false(), *(made(key, work.policy_of(key).threshold(rule, "months")) for key in reached))


def commitment_waits(work: Work) -> ColumnElement[bool]:
    """Commitments past their day of journeys that go on (R-AM-6)."""
    going_on = select(ArtsmarkJourney.id).where(ArtsmarkJourney.state.in_(OPEN))
    return and_(
        ArtsmarkCommitment.state.in_(("planned", "under_way")),
        ArtsmarkCommitment.due_on < work.today,
        ArtsmarkCommitment.artsmark_journey_id.in_(going_on),
    )


def item_waits(work: Work) -> ColumnElement[bool]:
    """Items of action plans that are past their day and not done (R-AM-6)."""
    open_ones = select(ArtsmarkCommitment.id).where(ArtsmarkCommitment.state.in_(("planned", "under_way")))
    return and_(
        ArtsmarkItem.done_on.is_(None),
        ArtsmarkItem.due_on < work.today,
        ArtsmarkItem.artsmark_commitment_id.in_(open_ones),
    )
