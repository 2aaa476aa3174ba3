"""What leaves for the awarding body: the entry list with marks, and where each part is found in the portfolios."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.api import Authority, Work, YoungPerson, action, among, award_schemes, day
from cmcore.api.papers import (
    Block,
    Cell,
    Document,
    Heading,
    Part,
    PlainSheet,
    Table,
    document_pdf,
    facts,
    plain_workbook,
)
from cmcore_arts_award.levels import level_of, part_said
from cmcore_arts_award.records import AwardBatch, AwardEnrolment, AwardPart, PartEvidence
from cmcore_arts_award.words import Mark

_ENTRIES = (
    "Family name",
    "Given name",
    "Date of birth",
    "Reference",
    "Level",
    "Qualification number",
    "Setting",
    "Adviser",
    "Assessed on",
    "Marks",
    "Stands",
)
_LOCATOR = ("Reference", "Level", "Part", "Mark", "Marked on", "Marked by", "Where in the portfolio", "Evidence")


@action("arts_award_batch.export")
def entry_list(work: Work, batch: AwardBatch) -> bytes:
    """The entry as a workbook: who is entered with names, days of birth and marks, and the evidence locator.

    It is what the awarding body asks for. That each young person's record was taken out is written down.
    """
    asked = (
        select(AwardEnrolment)
        .where(AwardEnrolment.arts_award_batch_id == batch.id)
        .options(
            joinedload(AwardEnrolment.young_person),
            joinedload(AwardEnrolment.adviser),
            joinedload(AwardEnrolment.setting),
        )
        .order_by(AwardEnrolment.scheme, AwardEnrolment.level, AwardEnrolment.id)
    )
    enrolments = work.db.scalars(asked).all()
    parts = _parts(work, enrolments)
    pieces = _pieces(work, enrolments)
    for enrolment in enrolments:
        work.opened(enrolment, why="entered with the awarding body")
    scheme = award_schemes().get(batch.scheme)
    body = f" with {scheme.awarding_body}" if scheme else ""
    on = f" on {day(batch.entered_on)}" if batch.entered_on else ""
    sheets = [
        PlainSheet(
            name="Entries",
            columns=_ENTRIES,
            rows=[_entry(one, parts[one.id]) for one in enrolments],
            about=f"Entered{body}{on}. It holds names: send it only as the awarding body asks for it.",
            widths=(18, 18, 13, 14, 14, 18, 28, 22, 13, 30, 14),
        ),
        PlainSheet(
            name="Evidence locator",
            columns=_LOCATOR,
            rows=[_located(one, part, pieces[part.id]) for one in enrolments for part in parts[one.id]],
            about="Where each part is found in the portfolio, by reference and without a name.",
            widths=(14, 14, 24, 12, 13, 22, 30, 60),
        ),
    ]
    return plain_workbook(f"Award entry: {batch.title}", sheets)


@action("arts_award_enrolment.export")
def evidence_locator(work: Work, enrolment: AwardEnrolment) -> bytes:
    """Where each part of one portfolio is found, as a PDF that goes with it: initials and a reference, no name.

    That it was taken out is written down.
    """
    work.opened(enrolment, why="taken out as an evidence locator")
    authority = work.get(Authority, enrolment.authority_id)
    person = work.get(YoungPerson, enrolment.young_person_id)
    parts, pieces = _parts(work, [enrolment])[enrolment.id], _pieces(work, [enrolment])
    adviser = enrolment.assessed_by or (enrolment.adviser.name if enrolment.adviser else "")
    blocks: list[Block] = [
        Part(text="The portfolio"),
        *facts(
            ("Level", str(enrolment)),
            ("Adviser", adviser or "nobody yet"),
            ("Assessed", day(enrolment.assessed_on) if enrolment.assessed_on else "not yet"),
        ),
        Part(text="Where each part is found"),
        Table(
            columns=("Part", "Mark", "Where in the portfolio", "Evidence"),
            rows=tuple(_found(enrolment, part, pieces[part.id]) for part in parts),
            widths=(2, 1, 2, 4),
        ),
    ]
    heading = Heading(
        authority=authority.name,
        school=authority.school_name,
        reference=person.ref,
        initials=person.initials if person.initials != person.ref else "",
        printed_at=work.clock.now(),
    )
    title = "Evidence locator"
    return document_pdf(
        Document(title=title, foot=f"{title}, {enrolment}", sensitive=True, heading=heading, blocks=tuple(blocks))
    )


def _found(one: AwardEnrolment, part: AwardPart, pieces: Sequence[PartEvidence]) -> tuple[str, str, str, str]:
    told = "; ".join(piece.text for piece in pieces)
    return (part_said(one.scheme, one.level, part.part), Mark.say(part.mark), part.found_at, told)


def _parts(work: Work, enrolments: Sequence[AwardEnrolment]) -> dict[int, list[AwardPart]]:
    found: dict[int, list[AwardPart]] = defaultdict(list)
    keys = [one.id for one in enrolments]
    asked = select(AwardPart).where(among(AwardPart.arts_award_enrolment_id, keys))
    for part in work.db.scalars(asked.options(joinedload(AwardPart.marked_by)).order_by(AwardPart.id)):
        found[part.arts_award_enrolment_id].append(part)
    return found


def _pieces(work: Work, enrolments: Sequence[AwardEnrolment]) -> dict[int, list[PartEvidence]]:
    found: dict[int, list[PartEvidence]] = defaultdict(list)
    asked = (
        select(PartEvidence)
        .join(AwardPart, AwardPart.id == PartEvidence.arts_award_part_id)
        .where(among(AwardPart.arts_award_enrolment_id, [one.id for one in enrolments]))
    )
    for piece in work.db.scalars(asked.order_by(PartEvidence.id)):
        found[piece.arts_award_part_id].append(piece)
    return found


def _entry(one: AwardEnrolment, parts: Sequence[AwardPart]) -> tuple[Cell, ...]:
    level, person = level_of(one.scheme, one.level), one.young_person
    marks = ", ".join(f"{part.part} {Mark.say(part.mark).lower()}" for part in parts)
    return (
        person.family_name,
        person.given_name,
        person.born_on,
        person.ref,
        level.title if level else one.level,
        level.qualification_number if level else "",
        one.setting.name if one.setting else "",
        one.assessed_by or (one.adviser.name if one.adviser else ""),
        one.assessed_on,
        marks,
        one.state_label,
    )


def _located(one: AwardEnrolment, part: AwardPart, pieces: Sequence[PartEvidence]) -> tuple[Cell, ...]:
    level = level_of(one.scheme, one.level)
    told = "; ".join(f"{piece.text} ({piece.kept_at})" if piece.kept_at else piece.text for piece in pieces)
    return (
        one.young_person.ref,
        level.title if level else one.level,
        part_said(one.scheme, one.level, part.part),
        Mark.say(part.mark),
        part.marked_on,
        part.marked_by.name if part.marked_by else "",
        part.found_at,
        told,
    )
