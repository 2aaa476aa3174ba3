"""A cohort counted in the database: five statements however many enrolments, and counts only, never a name.

Whoever may see the evidence of an authority sees these counts, an evaluator without any reach to a young person's
record included. So the statements go beyond the scope, and each of them names the authority instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select

from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.account import CohortCounts, MeasureCounts
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.filters import of_the_person
from cmcore.measures.change import BASELINE, WhyUnpaired
from cmcore.measures.sets import MeasureSet
from cmcore.programmes.records import Programme
from cmcore.referrals.records import Referral
from cmcore.reviews.records import Review, ReviewScore
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET

_REASON = beyond("counts of a programme, for whoever may see its evidence; each statement names the authority")


class Counting:
    """The statements of one account."""

    def __init__(self, work: Work, programme: Programme, cohort: Cohort, chosen: MeasureSet) -> None:
        """Draw up who is counted and which two reviews of each are compared; nothing is asked yet."""
        self.work, self.programme, self.cohort, self.chosen = work, programme, cohort, chosen
        self.authority_id = programme.authority_id
        self.started = self._started()
        self.finals = self._finals()
        self.pairs = self._pairs()

    def counts(self) -> CohortCounts:
        """Everything counted, in five statements."""
        flow = self._rows(
            select(
                select(func.count(Referral.id)).where(*self._referred()).scalar_subquery(),
                select(func.count()).select_from(self.started).scalar_subquery(),
                select(func.count(self.finals.c.enrolment_id.distinct()))
                .where(self.finals.c.kind == BASELINE)
                .scalar_subquery(),
            )
        )
        referred, started, with_baseline = flow[0]
        days: Counter[int] = Counter()
        minutes: Counter[int] = Counter()
        scorers: Counter[str] = Counter()
        for began_on, latest_on, scored_by, received in self._rows(self._paired()):
            days[(latest_on - began_on).days] += 1
            minutes[received] += 1
            scorers[scored_by] += 1
        return CohortCounts(
            measure_set=self.chosen,
            referred=referred,
            started=started,
            with_baseline=with_baseline,
            paired=scorers.total(),
            measures=self._measures(),
            days_between=days,
            minutes_received=minutes,
            scored_by=dict(sorted(scorers.items())),
            unpaired=self._unpaired(started - with_baseline),
        )

    def _rows(self, statement: Select[Any]) -> Sequence[Any]:
        return self.work.db.execute(statement, execution_options=_REASON).all()

    # ---- who

    def _started(self) -> Subquery:
        """The enrolments of the cohort: all that ever started and pass the filters."""
        cohort = self.cohort
        asked = select(Enrolment.id, Enrolment.referral_id).where(
            Enrolment.authority_id == self.authority_id,
            Enrolment.programme_id == self.programme.id,
            Enrolment.started_on.is_not(None),
        )
        if cohort.started_from:
            asked = asked.where(Enrolment.started_on >= cohort.started_from)
        if cohort.started_to:
            asked = asked.where(Enrolment.started_on <= cohort.started_to)
        if cohort.theme:
            asked = asked.where(exists().where(Referral.id == Enrolment.referral_id, Referral.theme == cohort.theme))
        for column, value in (
            (Commission.mentor_id, cohort.mentor_id),
            (Commission.funding_line_id, cohort.funding_line_id),
        ):
            if value is not None:
                asked = asked.where(exists().where(Commission.enrolment_id == Enrolment.id, column == value))
        for condition in of_the_person(cohort, Enrolment.young_person_id, Enrolment.started_on):
            asked = asked.where(condition)
        return asked.subquery("started")

    def _referred(self) -> list[ColumnElement[bool]]:
        """Referrals of the cohort's enrolments, and those that led to no start and pass the filters themselves."""
        cohort = self.cohort
        without_start = [
            ~exists().where(Enrolment.referral_id == Referral.id, Enrolment.started_on.is_not(None)),
            *of_the_person(cohort, Referral.young_person_id, Referral.received_on),
        ]
        if cohort.started_from:
            without_start.append(Referral.received_on >= cohort.started_from)
        if cohort.started_to:
            without_start.append(Referral.received_on <= cohort.started_to)
        if cohort.theme:
            without_start.append(Referral.theme == cohort.theme)
        if cohort.funding_line_id is not None:
            without_start.append(Referral.funding_line_id == cohort.funding_line_id)
        in_cohort = Referral.id.in_(select(self.started.c.referral_id))
        # Nobody has a mentor before the start, so a cohort of one mentor counts only those who did start.
        counted = in_cohort if cohort.mentor_id is not None else or_(in_cohort, and_(*without_start))
        return [
            Referral.authority_id == self.authority_id,
            Referral.programme_id == self.programme.id,
            Referral.state != "draft",
            counted,
        ]

    # ---- which two reviews

    def _finals(self) -> Subquery:
        """Final reviews of the cohort in the measure set, by the scorer role where one is asked for."""
        asked = (
            select(
                Review.id,
                Review.enrolment_id,
                Review.held_on,
                Review.scored_by,
                Review.kind_of_review.label("kind"),
            )
            .join(self.started, self.started.c.id == Review.enrolment_id)
            .where(
                Review.authority_id == self.authority_id,
                Review.state == "final",
                Review.measure_set == self.chosen.ref,
            )
        )
        if self.cohort.scored_by:
            asked = asked.where(Review.scored_by == self.cohort.scored_by)
        return asked.subquery("finals")

    def _pairs(self) -> Subquery:
        """Baseline and latest review of each enrolment, chosen as :func:`~cmcore.measures.change.ends_of` does.

        One pass over the reviews: each role's first baseline and last other review, then the earliest role with both.
        """
        finals = self.finals
        is_baseline = finals.c.kind == BASELINE
        alike = [finals.c.enrolment_id, finals.c.scored_by, is_baseline]
        first = func.row_number().over(partition_by=alike, order_by=[finals.c.held_on, finals.c.id])
        last = func.row_number().over(partition_by=alike, order_by=[finals.c.held_on.desc(), finals.c.id.desc()])
        placed = select(finals, first.label("first"), last.label("last")).subquery("placed")
        begins = and_(placed.c.kind == BASELINE, placed.c.first == 1)
        ends = and_(placed.c.kind != BASELINE, placed.c.last == 1)
        by_role = (
            select(
                placed.c.enrolment_id,
                placed.c.scored_by,
                func.max(case((begins, placed.c.id))).label("base_id"),
                func.max(case((begins, placed.c.held_on))).label("began_on"),
                func.max(case((ends, placed.c.id))).label("late_id"),
                func.max(case((ends, placed.c.held_on))).label("latest_on"),
            )
            .where(or_(begins, ends))
            .group_by(placed.c.enrolment_id, placed.c.scored_by)
            .subquery("by_role")
        )
        earliest = func.row_number().over(
            partition_by=by_role.c.enrolment_id, order_by=[by_role.c.began_on, by_role.c.base_id]
        )
        both = (
            select(by_role, earliest.label("place"))
            .where(by_role.c.base_id.is_not(None), by_role.c.latest_on >= by_role.c.began_on)
            .subquery("both_ends")
        )
        return select(both).where(both.c.place == 1).subquery("pairs")

    # ---- what is counted

    def _measures(self) -> dict[str, MeasureCounts]:
        first, latest = select(ReviewScore).subquery("first"), select(ReviewScore).subquery("latest")
        scored = self._rows(
            select(first.c.measure, func.count(self.finals.c.enrolment_id.distinct()))
            .join(self.finals, self.finals.c.id == first.c.review_id)
            .where(
                self.finals.c.kind == BASELINE, first.c.score.is_not(None), first.c.authority_id == self.authority_id
            )
            .group_by(first.c.measure)
        )
        paired = self._rows(
            select(first.c.measure, first.c.score, latest.c.score, func.count())
            .select_from(self.pairs)
            .join(first, first.c.review_id == self.pairs.c.base_id)
            .join(latest, and_(latest.c.review_id == self.pairs.c.late_id, latest.c.measure == first.c.measure))
            .where(
                first.c.score.is_not(None),
                latest.c.score.is_not(None),
                first.c.authority_id == self.authority_id,
            )
            .group_by(first.c.measure, first.c.score, latest.c.score)
        )
        pairs: dict[str, dict[tuple[int, int], int]] = {}
        for measure, before, after, often in paired:
            pairs.setdefault(measure, {})[before, after] = often
        return {measure: MeasureCounts(often, pairs.get(measure, {})) for measure, often in scored}

    def _paired(self) -> Select[Any]:
        received = (
            select(MentoringSession.enrolment_id, func.sum(MentoringSession.minutes).label("minutes"))
            .join(self.pairs, self.pairs.c.enrolment_id == MentoringSession.enrolment_id)
            .where(MentoringSession.authority_id == self.authority_id, MentoringSession.outcome.in_(MET))
            .group_by(MentoringSession.enrolment_id)
            .subquery("received")
        )
        return select(
            self.pairs.c.began_on,
            self.pairs.c.latest_on,
            self.pairs.c.scored_by,
            func.coalesce(received.c.minutes, 0),
        ).outerjoin(received, received.c.enrolment_id == self.pairs.c.enrolment_id)

    def _unpaired(self, without_baseline: int) -> dict[WhyUnpaired, int]:
        """Why those who have a baseline have no pair."""
        finals = self.finals
        first = (
            select(finals.c.enrolment_id, func.min(finals.c.held_on).label("began_on"))
            .where(finals.c.kind == BASELINE, finals.c.enrolment_id.not_in(select(self.pairs.c.enrolment_id)))
            .group_by(finals.c.enrolment_id)
            .subquery("lone")
        )
        later = exists().where(
            Review.enrolment_id == first.c.enrolment_id,
            Review.state == "final",
            Review.kind_of_review != BASELINE,
            Review.held_on >= first.c.began_on,
        )
        why = case(
            (later.where(Review.measure_set == self.chosen.ref), WhyUnpaired.another_scorer.value),
            (later, WhyUnpaired.another_set.value),
            else_=WhyUnpaired.no_later_review.value,
        ).label("why")
        found = {
            WhyUnpaired(reason): often
            for reason, often in self._rows(select(why, func.count()).select_from(first).group_by(why))
        }
        if without_baseline:
            found[WhyUnpaired.no_baseline] = without_baseline
        return {reason: found[reason] for reason in WhyUnpaired if reason in found}
