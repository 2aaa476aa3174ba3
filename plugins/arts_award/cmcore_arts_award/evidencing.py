"""Evidence of a part: picked from what is recorded, or written down; and the adviser's mark."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from cmcore.api import Authority, Form, Part, Work, action, answers_from, day, refuse, taken
from cmcore_arts_award import advising
from cmcore_arts_award.enrolling import set_going
from cmcore_arts_award.forms import EvidenceAnswers, MarkAnswers, PickedAnswers, with_choices, with_needs
from cmcore_arts_award.happenings import Happening, happenings
from cmcore_arts_award.levels import code_of, level_of
from cmcore_arts_award.queries import what_is_thin
from cmcore_arts_award.records import AwardEnrolment, AwardPart, PartEvidence
from cmcore_arts_award.words import Mark


def picking(work: Work, part: AwardPart) -> tuple[Form, dict[str, Happening]]:
    """The form in which evidence of a part is picked, and what it offers: not what the part has already."""
    held = {
        f"{kind}:{key}"
        for kind, key in work.db.execute(
            select(PartEvidence.source_kind, PartEvidence.source_id).where(PartEvidence.arts_award_part_id == part.id)
        )
    }
    there = [
        one
        for one in happenings(work, work.get(Authority, part.authority_id), part.young_person_id)
        if one.key not in held
    ]
    asked = with_choices(with_needs(PickedAnswers.form, _declared(part)), "sources", [one.option for one in there])
    return asked, {one.key: one for one in there}


def evidence_form(part: AwardPart) -> Form:
    """The form in which evidence of a part is written down."""
    return with_needs(EvidenceAnswers.form, _declared(part))


@action("arts_award_evidence.add")
def pick_evidence(work: Work, part: AwardPart, answers: PickedAnswers) -> Sequence[PartEvidence]:
    """Make what is recorded evidence of a part. What serves another part already is pointed out (R-AA-4)."""
    asked, there = picking(work, part)
    if not there:
        raise refuse("There is nothing recorded to pick.", way_out="Write down what there is instead.")
    answers = taken(work, answers, asked)
    made = []
    for key in answers.sources:
        one = there[key]
        more = {
            "text": one.text,
            "source_kind": one.kind,
            "source_id": one.record_id,
            "source": one.source[:300],
            "happened_on": one.on,
            "shows": list(answers.shows or ()),
            "kept_at": answers.kept_at or "",
        }
        made.append(work.add(PartEvidence(**_own(part), **more)))
    _settle(work, part, len(made))
    return made


@action("arts_award_evidence.add")
def add_evidence(work: Work, part: AwardPart, answers: EvidenceAnswers) -> PartEvidence:
    """Write down a piece of evidence that is not recorded here. Refuses a day ahead."""
    answers = taken(work, answers, evidence_form(part))
    _refuse_ahead(work, answers)
    made = work.add(
        PartEvidence(
            **_own(part),
            text=answers.text,
            source=f"Written down by {work.actor.name} on {day(work.today)}"[:300],
            happened_on=answers.happened_on,
            shows=list(answers.shows or ()),
            kept_at=answers.kept_at or "",
        )
    )
    _settle(work, part, 1)
    return made


@action("arts_award_evidence.change")
def change_evidence(
    work: Work, piece: PartEvidence, answers: EvidenceAnswers, version: int | None = None
) -> PartEvidence:
    """Change what a piece of evidence says, shows, and where it is kept; where it comes from stays."""
    part = work.get(AwardPart, piece.arts_award_part_id)
    answers = taken(work, answers, evidence_form(part))
    _refuse_ahead(work, answers)
    more = {"text": answers.text, "happened_on": answers.happened_on, "kept_at": answers.kept_at or ""}
    work.change(piece, version, shows=list(answers.shows or ()), **more)
    _settle(work, part, 0)
    return piece


@action("arts_award_evidence.remove")
def remove_evidence(work: Work, piece: PartEvidence) -> None:
    """Take a piece of evidence away from its part; the record it comes from stays as it is."""
    part = work.get(AwardPart, piece.arts_award_part_id)
    work.db.delete(piece)
    work.db.flush()
    _settle(work, part, -1)


@action("arts_award_part.mark")
def mark_part(work: Work, part: AwardPart, answers: MarkAnswers) -> AwardPart:
    """Give a part its mark. R-AA-2 refuses who is not trained for the level; thin evidence is pointed out (R-AA-4)."""
    answers = taken(work, answers)
    if answers.marked_on > work.today:
        raise refuse(f"{day(answers.marked_on)} is still to come.", place="marked_on", way_out="Mark it then.")
    enrolment = work.get(AwardEnrolment, part.arts_award_enrolment_id)
    adviser = advising.adviser_of(work, part.authority_id, answers.arts_award_adviser_id)
    advising.refuse_in_anothers_name(work, adviser)
    code = code_of(enrolment.scheme, enrolment.level)
    work.heed(advising.may_assess(work, adviser, code, answers.marked_on))
    if answers.mark is Mark.passed and not part.pieces:
        said = "There is no evidence of this part yet, and a mark stands on evidence."
        raise refuse(said, place="mark", way_out="Pick evidence or write it down first.")
    set_going(work, enrolment)
    begun = answers.mark is not Mark.not_started
    work.change(
        part,
        mark=answers.mark.value,
        marked_on=answers.marked_on if begun else None,
        marked_by_id=adviser.id if begun else None,
        found_at=answers.found_at or "",
        note=answers.note or "",
    )
    work.db.flush()
    passed = select(AwardPart.id).where(
        AwardPart.arts_award_enrolment_id == enrolment.id, AwardPart.mark == Mark.passed.value
    )
    more = {} if enrolment.arts_award_adviser_id else {"arts_award_adviser_id": adviser.id}
    work.change(enrolment, passed=len(work.db.scalars(passed).all()), **more)
    if answers.mark is Mark.passed:
        work.heed(what_is_thin(work, enrolment, part))
    return part


def answers_of_evidence(piece: PartEvidence) -> EvidenceAnswers:
    """The piece as the answers that would write it down again."""
    return answers_from(EvidenceAnswers, piece, {"shows": list(piece.shows)})


def shown_in_words(part: AwardPart, shows: Sequence[str]) -> list[str]:
    """What a piece of evidence shows of what its part asks for, in words."""
    known = _declared(part)
    told = {need.key: need.words for need in known.needs} if known else {}
    return [told.get(key, key) for key in shows]


def _declared(part: AwardPart) -> Part | None:
    enrolment = part.enrolment
    level = level_of(enrolment.scheme, enrolment.level)
    return level.part(part.part) if level else None


def _own(part: AwardPart) -> dict[str, int]:
    return {
        "authority_id": part.authority_id,
        "young_person_id": part.young_person_id,
        "arts_award_part_id": part.id,
    }


def _refuse_ahead(work: Work, answers: EvidenceAnswers) -> None:
    if answers.happened_on is not None and answers.happened_on > work.today:
        said = f"{day(answers.happened_on)} is still to come."
        raise refuse(said, place="happened_on", way_out="Write it down once it has been.")


def _settle(work: Work, part: AwardPart, more: int) -> None:
    """Count the pieces of a part anew, set its enrolment going, and point out what R-AA-4 sees."""
    enrolment = work.get(AwardEnrolment, part.arts_award_enrolment_id)
    set_going(work, enrolment)
    work.db.flush()
    pieces = work.db.scalars(select(PartEvidence.id).where(PartEvidence.arts_award_part_id == part.id)).all()
    work.change(part, pieces=len(pieces))
    if more > 0:
        work.heed(what_is_thin(work, enrolment, part))
