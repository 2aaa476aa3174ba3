"""A cohort counted in the database: five statements however many enrolments, and counts only, never a name.

Whoever may see the evidence of an authority sees these counts, an evaluator without any reach to a young person's
record included. So the statements go beyond the scope, and each of them names the authorities instead. Split into
groups it is the same five statements: the groups add up to the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from cmcore.base.engine import in_order_of_an_index
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.account import CohortCounts, MeasureCounts
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.filters import of_the_person
from cmcore.evidence.groups import Grouping
from cmcore.evidence.pairing import pairs_of
from cmcore.evidence.summing import together
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


#: The one group of a cohort that is not split.
ALL = ""


class Counting:
    """The statements of one account, or of the accounts of all groups of a cohort."""

    def __init__(
        self,
        work: Work,
        programmes: Sequence[Programme],
        cohort: Cohort,
        chosen: MeasureSet,
        by: Grouping | None = None,
    ) -> None:
        """Draw up who is counted and which two reviews of each are compared; nothing is asked yet."""
        self.work, self.cohort, self.chosen, self.by = work, cohort, chosen, by
        self.programme_ids = [one.id for one in programmes]
        self.authority_ids = sorted({one.authority_id for one in programmes})
        self.started = self._started()
        self.finals = self._finals()
        self.pairs = pairs_of(self.finals)

    def counts(self) -> CohortCounts:
        """Everything counted, all groups together."""
        return together(self.chosen, self.groups().values())

    def groups(self) -> dict[str, CohortCounts]:
        """Everything counted, group by group, in five statements."""
        referred, started, with_baseline = self._flow()
        days: dict[str, Counter[int]] = defaultdict(Counter)
        minutes: dict[str, Counter[int]] = defaultdict(Counter)
        scorers: dict[str, Counter[str]] = defaultdict(Counter)
        for part, began_on, latest_on, scored_by, received in self.rows(self._paired()):
            days[part][(latest_on - began_on).days] += 1
            minutes[part][received] += 1
            scorers[part][scored_by] += 1
        measures = self._measures()
        unpaired = self._unpaired()
        return {
            part: CohortCounts(
                measure_set=self.chosen,
                referred=referred.get(part, 0),
                started=started.get(part, 0),
                with_baseline=with_baseline.get(part, 0),
                paired=scorers[part].total(),
                measures=measures.get(part, {}),
                days_between=days[part],
                minutes_received=minutes[part],
                scored_by=dict(sorted(scorers[part].items())),
                unpaired=_with_those_never_scored(
                    unpaired.get(part, {}), started.get(part, 0) - with_baseline.get(part, 0)
                ),
            )
            for part in sorted({*referred, *started})
        }

    def _flow(self) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        """How many of each group were referred, started, and have a first score."""
        started, finals = self.started, self.finals
        steps = (
            self._referred(),
            select(started.c.part, func.count()).group_by(started.c.part),
            select(finals.c.part, func.count(finals.c.enrolment_id.distinct()))
            .where(finals.c.kind == BASELINE)
            .group_by(finals.c.part),
        )
        found: tuple[dict[str, int], ...] = ({}, {}, {})
        told = union_all(*(one.add_columns(literal(place)) for place, one in enumerate(steps)))
        for part, often, place in self.work.db.execute(told, execution_options=_REASON):
            found[place][part] = often
        return found[0], found[1], found[2]

    def rows(self, statement: Select[Any]) -> Sequence[Any]:
        """What a statement over the cohort gives, beyond the scope: counts only."""
        return self.work.db.execute(statement, execution_options=_REASON).all()

    # ---- who

    def _started(self) -> Subquery:
        """The enrolments of the cohort: all that ever started and pass the filters."""
        cohort = self.cohort
        part = literal(ALL) if self.by is None else self.by.started()
        asked = select(Enrolment.id, Enrolment.referral_id, part.label("part")).where(
            Enrolment.authority_id.in_(self.authority_ids),
            Enrolment.programme_id.in_(self.programme_ids),
            Enrolment.started_on.is_not(None),
        )
        if cohort.started_from:
            asked = asked.where(Enrolment.started_on >= cohort.started_from)
        if cohort.started_to:
            asked = asked.where(Enrolment.started_on <= cohort.started_to)
        if cohort.at_work_from:
            asked = asked.where(or_(Enrolment.ended_on.is_(None), Enrolment.ended_on >= cohort.at_work_from))
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

    def _referred(self) -> Select[Any]:
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
        # Nobody has a mentor, or is at work, before the start: such a cohort counts only those who did start.
        in_cohort = self.started.c.part.is_not(None)
        of_started = cohort.mentor_id is not None or cohort.at_work_from is not None
        counted = in_cohort if of_started else or_(in_cohort, and_(*without_start))
        part = literal(ALL) if self.by is None else func.coalesce(self.started.c.part, self.by.referred())
        asked = (
            select(part.label("part"), func.count(Referral.id.distinct()))
            .outerjoin(self.started, self.started.c.referral_id == Referral.id)
            .where(
                Referral.authority_id.in_(self.authority_ids),
                Referral.programme_id.in_(self.programme_ids),
                Referral.state != "draft",
                counted,
            )
        )
        return asked.group_by(part)

    # ---- which two reviews

    def _finals(self) -> Subquery:
        """Final reviews of the cohort in the measure set, by the scorer role where one is asked for."""
        asked = (
            select(
                Review.id,
                Review.enrolment_id,
                self.started.c.part,
                Review.held_on,
                Review.scored_by,
                Review.kind_of_review.label("kind"),
            )
            .join(self.started, self.started.c.id == Review.enrolment_id)
            .where(
                Review.authority_id.in_(self.authority_ids),
                Review.state == "final",
                Review.measure_set == self.chosen.ref,
            )
        )
        if self.cohort.scored_by:
            asked = asked.where(Review.scored_by == self.cohort.scored_by)
        if self.cohort.scored_to:
            asked = asked.where(Review.held_on <= self.cohort.scored_to)
        return asked.subquery("finals")

    # ---- what is counted

    def _measures(self) -> dict[str, dict[str, MeasureCounts]]:
        """By group and measure how many have a first score, and how often each pair of scores occurs."""
        finals, first = self.finals, select(ReviewScore).subquery("first")
        # Each enrolment once, however many scored it.
        began = (
            select(finals.c.part, first.c.measure, finals.c.enrolment_id)
            .join(finals, finals.c.id == first.c.review_id)
            .where(
                finals.c.kind == BASELINE,
                first.c.score.is_not(None),
                first.c.authority_id.in_(self.authority_ids),
            )
            .group_by(finals.c.part, first.c.measure, finals.c.enrolment_id)
            .subquery("began")
        )
        alike = (began.c.part, began.c.measure)
        # A few hundred kinds of pair come of half a million scores: they are counted as they are read, never sorted.
        with in_order_of_an_index(self.work.db.connection()):
            scored = self.rows(select(*alike, func.count()).group_by(*alike))
            paired = self.rows(self._scores_of_pairs())
        moves: dict[tuple[str, str], dict[tuple[int, int], int]] = defaultdict(dict)
        for part, measure, before, after, often in paired:
            moves[part, measure][before, after] = often
        found: dict[str, dict[str, MeasureCounts]] = defaultdict(dict)
        for part, measure, often in scored:
            found[part][measure] = MeasureCounts(often, moves.get((part, measure), {}))
        return found

    def _scores_of_pairs(self) -> Select[Any]:
        pairs = self.pairs
        first, latest = select(ReviewScore).subquery("first"), select(ReviewScore).subquery("latest")
        return (
            select(pairs.c.part, first.c.measure, first.c.score, latest.c.score, func.count())
            .select_from(pairs)
            .join(first, first.c.review_id == pairs.c.base_id)
            .join(latest, and_(latest.c.review_id == pairs.c.late_id, latest.c.measure == first.c.measure))
            .where(
                first.c.score.is_not(None),
                latest.c.score.is_not(None),
                first.c.authority_id.in_(self.authority_ids),
            )
            .group_by(pairs.c.part, first.c.measure, first.c.score, latest.c.score)
        )

    def _paired(self) -> Select[Any]:
        # Looked up for each pair: joined, a database that thinks the pairs few sums every session over and over.
        received = (
            select(func.sum(MentoringSession.minutes))
            .where(
                MentoringSession.enrolment_id == self.pairs.c.enrolment_id,
                MentoringSession.authority_id.in_(self.authority_ids),
                MentoringSession.outcome.in_(MET),
            )
            .scalar_subquery()
        )
        return select(
            self.pairs.c.part,
            self.pairs.c.began_on,
            self.pairs.c.latest_on,
            self.pairs.c.scored_by,
            func.coalesce(received, 0),
        )

    def _unpaired(self) -> dict[str, dict[WhyUnpaired, int]]:
        """Why those who have a baseline have no pair, by group."""
        finals = self.finals
        first = (
            select(finals.c.enrolment_id, finals.c.part, func.min(finals.c.held_on).label("began_on"))
            .where(finals.c.kind == BASELINE, finals.c.enrolment_id.not_in(select(self.pairs.c.enrolment_id)))
            .group_by(finals.c.enrolment_id, finals.c.part)
            .subquery("lone")
        )
        later = exists().where(
            Review.enrolment_id == first.c.enrolment_id,
            Review.state == "final",
            Review.kind_of_review != BASELINE,
            Review.held_on >= first.c.began_on,
            *([Review.held_on <= self.cohort.scored_to] if self.cohort.scored_to else []),
        )
        why = case(
            (later.where(Review.measure_set == self.chosen.ref), WhyUnpaired.another_scorer.value),
            (later, WhyUnpaired.another_set.value),
            else_=WhyUnpaired.no_later_review.value,
        ).label("why")
        found: dict[str, dict[WhyUnpaired, int]] = defaultdict(dict)
        for part, reason, often in self.rows(
            select(first.c.part, why, func.count()).select_from(first).group_by(first.c.part, why)
        ):
            found[part][WhyUnpaired(reason)] = often
        return found


def _with_those_never_scored(found: Mapping[WhyUnpaired, int], without_baseline: int) -> dict[WhyUnpaired, int]:
    told = {**found, WhyUnpaired.no_baseline: without_baseline}
    return {reason: told[reason] for reason in WhyUnpaired if told.get(reason)}
