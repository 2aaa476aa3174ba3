"""Reviews, pairs and accounts made in a line, for the tests of the evidence."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cmcore.base.lifecycle import moving
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.queries import evidence
from cmcore.measures.shipped import EIGHT
from cmcore.reviews.records import Review, ReviewScore
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage
from tests.cmcore.reviews.made_enrolments import STARTED, Ground

KEY = "creative-mentoring"


def review(
    work: Work,
    enrolment: Enrolment,
    kind: str,
    on: date,
    scores: dict[str, int | None] | int | None = 3,
    *,
    by: str = "joint",
    of: str = "eight@1",
    state: str = "final",
) -> Review:
    """A review put straight into the records, in whatever order: the counting must not depend on the rules."""
    made = Review(
        authority_id=enrolment.authority_id,
        young_person_id=enrolment.young_person_id,
        enrolment_id=enrolment.id,
        measure_set=of,
        kind_of_review=kind,
        held_on=on,
        scored_by=by,
    )
    with moving(made):
        made.state = state
    given = scores if isinstance(scores, dict) else dict.fromkeys(EIGHT.keys, scores)
    for key, score in given.items():
        made.scores.append(
            ReviewScore(
                authority_id=enrolment.authority_id,
                young_person_id=enrolment.young_person_id,
                measure=key,
                score=score,
                not_scored_because="" if score is not None else "M.’s choice",
            )
        )
    work.add(made)
    work.db.flush()
    return made


def account(work: Work, stage: Stage, **filters: Any) -> Any:
    return evidence(work, stage.authority_id, KEY, Cohort(**filters)).account


def pair(work: Work, at_work: Ground, before: int = 2, after: int = 4, **more: Any) -> Enrolment:
    enrolment = at_work.enrolment(work, **more)
    on = enrolment.started_on or STARTED
    review(work, enrolment, "baseline", on + timedelta(days=7), before)
    review(work, enrolment, "exit", on + timedelta(days=98), after)
    return enrolment
