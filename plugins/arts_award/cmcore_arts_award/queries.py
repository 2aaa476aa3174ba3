"""What is read of awards: parts and their evidence, what is missing, and who works towards what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlalchemy import ColumnElement, and_, false, or_, select

from cmcore.api import AwardStanding, Finding, Level, Work, among, award_schemes, refuse
from cmcore_arts_award import rules
from cmcore_arts_award.levels import level_of, part_said, said
from cmcore_arts_award.life import ENROLMENT_LIFE, WORKING
from cmcore_arts_award.records import AwardEnrolment, AwardPart, PartEvidence
from cmcore_arts_award.words import Mark


def level_or_refuse(enrolment: AwardEnrolment) -> Level:
    """The level of an enrolment; refuses where the plugin that brings the award is not in use."""
    level = level_of(enrolment.scheme, enrolment.level)
    if level is None:
        raise refuse(
            "The plugin that brings this award is not in use, so nobody can say what it asks.",
            way_out="Ask the administrator to put it right on the Plugins page.",
        )
    return level


def parts_of(work: Work, enrolment: AwardEnrolment) -> list[AwardPart]:
    """The parts of an enrolment, in the order of the level."""
    asked = select(AwardPart).where(AwardPart.arts_award_enrolment_id == enrolment.id).order_by(AwardPart.id)
    return list(work.db.scalars(asked))


def evidence_of(work: Work, parts: Iterable[AwardPart]) -> dict[int, list[PartEvidence]]:
    """The evidence of these parts, by the key of the part."""
    keys = [part.id for part in parts]
    found: dict[int, list[PartEvidence]] = {key: [] for key in keys}
    asked = select(PartEvidence).where(among(PartEvidence.arts_award_part_id, keys)).order_by(PartEvidence.id)
    for one in work.db.scalars(asked):
        found[one.arts_award_part_id].append(one)
    return found


def marks_of(work: Work, enrolment: AwardEnrolment) -> list[tuple[str, str]]:
    """Each part in words, and its mark."""
    told = parts_of(work, enrolment)
    return [(part_said(enrolment.scheme, enrolment.level, part.part), part.mark) for part in told]


def what_is_thin(work: Work, enrolment: AwardEnrolment, only: AwardPart | None = None) -> list[Finding]:
    """What R-AA-4 points out in the evidence of an enrolment, or of one part of it."""
    level, policy = level_of(enrolment.scheme, enrolment.level), work.policy_of(enrolment)
    if level is None:
        return []
    parts = parts_of(work, enrolment)
    pieces = evidence_of(work, parts)
    found: list[Finding] = []
    told: set[frozenset[str]] = set()
    for part in parts:
        known = level.part(part.part)
        if known is None or (only is not None and part.id != only.id) or not pieces[part.id]:
            continue
        found += rules.shows_what_is_asked(known, {key for one in pieces[part.id] for key in one.shows}, policy)
        for one in pieces[part.id]:
            used = [other.part for other in parts if other is not part and _holds(pieces[other.id], one)]
            pair = frozenset((part.part, *used))
            if used and pair not in told:
                told.add(pair)
                found += rules.not_used_twice(known, level, {one.source: used}, policy)
    return found


def _holds(pieces: Sequence[PartEvidence], one: PartEvidence) -> bool:
    """Whether some pieces come from the same record as one."""
    return bool(one.source_kind) and any(
        (other.source_kind, other.source_id) == (one.source_kind, one.source_id) for other in pieces
    )


def missing(work: Work, enrolment: AwardEnrolment) -> list[str]:
    """What is still wanted of an enrolment, part by part, in words: nothing once every part is passed."""
    return missing_of(work, [enrolment])[enrolment.id]


def missing_of(work: Work, enrolments: Sequence[AwardEnrolment]) -> dict[int, list[str]]:
    """What is still wanted of each of these enrolments, by its key. Two statements, however many there are."""
    by_key = {one.id: one for one in enrolments}
    found: dict[int, list[str]] = {key: [] for key in by_key}
    asked = select(AwardPart).where(
        among(AwardPart.arts_award_enrolment_id, by_key), AwardPart.mark != Mark.passed.value
    )
    parts = work.db.scalars(asked.order_by(AwardPart.id)).all()
    pieces = evidence_of(work, parts) if parts else {}
    for part in parts:
        enrolment = by_key[part.arts_award_enrolment_id]
        found[enrolment.id].append(_wanted(enrolment, part, pieces[part.id]))
    return found


def _wanted(enrolment: AwardEnrolment, part: AwardPart, pieces: Sequence[PartEvidence]) -> str:
    """What one part still wants: evidence, what its evidence must show, a mark, or to be passed."""
    level = level_of(enrolment.scheme, enrolment.level)
    known = level.part(part.part) if level else None
    words = part_said(enrolment.scheme, enrolment.level, part.part)
    if not pieces:
        return f"{words}: evidence"
    shown = {key for one in pieces for key in one.shows}
    lacking = [need.words for need in known.needs if need.key not in shown] if known else []
    if lacking:
        return f"{words}: {' and '.join(lacking)}"
    return f"{words}: the adviser’s mark" if part.mark == Mark.not_started else f"{words}: to pass"


def standings(work: Work, people: Collection[int]) -> Iterator[AwardStanding]:
    """For which levels these young people are enrolled. One statement."""
    asked = select(
        AwardEnrolment.young_person_id,
        AwardEnrolment.scheme,
        AwardEnrolment.level,
        AwardEnrolment.state,
        AwardEnrolment.enrolled_on,
        AwardEnrolment.ended_on,
    ).where(among(AwardEnrolment.young_person_id, people))
    for person, scheme, level, state, enrolled_on, ended_on in work.db.execute(asked.order_by(AwardEnrolment.id)):
        yield AwardStanding(
            young_person_id=person,
            scheme=scheme,
            level=level,
            level_title=said(scheme, level),
            state=state,
            current=not ENROLMENT_LIFE.ended(state),
            state_words=ENROLMENT_LIFE.label(state),
            enrolled_on=enrolled_on,
            ended_on=ended_on,
        )


# ---- who waits for what, as conditions of lists
def to_assess() -> ColumnElement[bool]:
    """Enrolments of which every part is passed, and nobody said that they are assessed."""
    return and_(AwardEnrolment.state.in_(WORKING), AwardEnrolment.passed == AwardEnrolment.parts)


def to_enter() -> ColumnElement[bool]:
    """Enrolments that are assessed, are looked at by the awarding body, and stand in no entry."""
    return and_(AwardEnrolment.state == "assessed", AwardEnrolment.arts_award_batch_id.is_(None), ~_unmoderated())


def to_certificate() -> ColumnElement[bool]:
    """Enrolments that are assessed and need no moderation: their certificates are ordered."""
    return and_(AwardEnrolment.state == "assessed", _unmoderated())


def unadvised() -> ColumnElement[bool]:
    """Enrolments that somebody works on, without an adviser."""
    return and_(AwardEnrolment.state.in_(WORKING), AwardEnrolment.arts_award_adviser_id.is_(None))


def _unmoderated() -> ColumnElement[bool]:
    told = [
        and_(AwardEnrolment.scheme == scheme.key, AwardEnrolment.level == level.key)
        for scheme in award_schemes().values()
        for level in scheme.levels
        if not level.moderated
    ]
    return or_(false(), *told)
