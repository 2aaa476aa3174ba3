"""What awards say of the culture in young people's lives: progress, and certificates."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import or_, select

from cmcore.api import CulturalLine, Period, Work, among, count, day, in_words
from cmcore.api.asks import CulturalPart
from cmcore_arts_award.levels import part_said
from cmcore_arts_award.life import ENROLMENT_LIFE
from cmcore_arts_award.records import AwardEnrolment, AwardPart
from cmcore_arts_award.words import Mark


def lines(work: Work, people: Collection[int], period: Period) -> Iterator[CulturalLine]:
    """A line for each award somebody works towards, or got a certificate of within the period. Two statements."""
    ended = AwardEnrolment.ended_on >= period.starts_on
    asked = select(AwardEnrolment).where(
        among(AwardEnrolment.young_person_id, people),
        AwardEnrolment.state != "withdrawn",
        or_(AwardEnrolment.state.in_(ENROLMENT_LIFE.live()), ended),
    )
    enrolments = work.db.scalars(asked.order_by(AwardEnrolment.id)).all()
    passed: dict[int, list[str]] = {one.id: [] for one in enrolments}
    parts = select(AwardPart.arts_award_enrolment_id, AwardPart.part).where(
        among(AwardPart.arts_award_enrolment_id, passed), AwardPart.mark == Mark.passed.value
    )
    if passed:
        for key, part in work.db.execute(parts.order_by(AwardPart.id)):
            passed[key].append(part)
    for one in enrolments:
        yield CulturalLine(
            young_person_id=one.young_person_id,
            part=CulturalPart.award,
            text=_text(one, passed[one.id]),
            source=_source(one),
            kind="arts_award_enrolment",
            record_id=one.id,
        )


def _text(one: AwardEnrolment, passed: list[str]) -> str:
    if one.state == "certificated" and one.ended_on is not None:
        return f"{one}: certificate of {day(one.ended_on)}."
    state = one.state_label.lower()
    if not passed:
        return f"{one}: {state}, {count(one.parts, 'part')} to do."
    told = in_words([part_said(one.scheme, one.level, part) for part in passed])
    return f"{one}: {state}, {len(passed)} of {count(one.parts, 'part')} passed ({told})."


def _source(one: AwardEnrolment) -> str:
    return f"Award enrolment since {day(one.enrolled_on)}"
