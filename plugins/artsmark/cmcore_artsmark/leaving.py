"""A statement on its way out: what refuses it today, and the PDF and the Word document it leaves as."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from cmcore.api import Authority, Finding, Work, action, count, refuse_if
from cmcore.api.journals import names_standing_in
from cmcore.api.papers import (
    Block,
    Document,
    Fact,
    Heading,
    Paragraph,
    Part,
    answer,
    document_pdf,
    document_word,
)
from cmcore_artsmark import rules
from cmcore_artsmark.proving import evidence_in_the_way
from cmcore_artsmark.queries import claimed_unachieved, passages_of
from cmcore_artsmark.records import ArtsmarkEvidence, ArtsmarkJourney, ArtsmarkPassage
from cmcore_artsmark.words import EvidenceKind, Statement


def leaving_in_the_way(work: Work, journey: ArtsmarkJourney, statement: Statement) -> list[Finding]:
    """What refuses a statement today: emptiness, what is not achieved (R-AM-1), permissions, names (R-MSG-1)."""
    standing = [one for one in passages_of(work, journey, statement) if not one.left_out]
    if not standing:
        return [Finding(f"Nothing stands in the {statement.label} yet.", way_out="Draft it first.")]
    policy = work.policy_of(journey)
    found: list[Finding] = []
    if statement is Statement.impact:
        found += rules.achieved_only(claimed_unachieved(work, journey), policy)
    pieces = _pieces(work, standing)
    for passage in standing:
        piece = pieces.get(passage.artsmark_evidence_id or 0)
        if piece is not None:
            found += [
                Finding(
                    f"“{passage.heading}”: {one.message}", rule=one.rule, severity=one.severity, way_out=one.way_out
                )
                for one in evidence_in_the_way(work, piece)
            ]
    about = sorted({one.young_person_id for one in standing if one.young_person_id is not None})
    names = names_standing_in(work, journey.authority_id, (f"{one.heading}\n{one.text}" for one in standing), about)
    if names:
        said = f"{count(len(names), 'name')} of somebody you look after or work with stands in it: {', '.join(names)}."
        way_out = "Say what the person is instead: a young person, a foster carer."
        found.append(policy.finding("R-MSG-1", said, way_out=way_out))
    return found


def _pieces(work: Work, standing: Sequence[ArtsmarkPassage]) -> dict[int, ArtsmarkEvidence]:
    keys = [one.artsmark_evidence_id for one in standing if one.artsmark_evidence_id is not None]
    asked = select(ArtsmarkEvidence).where(ArtsmarkEvidence.id.in_(keys))
    return {one.id: one for one in work.db.scalars(asked)}


@action("artsmark_passage.export")
def statement_pdf(work: Work, journey: ArtsmarkJourney, statement: Statement) -> bytes:
    """A statement as a PDF that can be read aloud. That it was taken out is written down."""
    refuse_if(leaving_in_the_way(work, journey, statement))
    work.opened(journey, why=f"{statement.label} taken out as PDF")
    return document_pdf(statement_document(work, journey, statement))


@action("artsmark_passage.export")
def statement_word(work: Work, journey: ArtsmarkJourney, statement: Statement) -> bytes:
    """A statement as a Word document to go on with. That it was taken out is written down."""
    refuse_if(leaving_in_the_way(work, journey, statement))
    work.opened(journey, why=f"{statement.label} taken out as Word")
    return document_word(statement_document(work, journey, statement))


def statement_document(work: Work, journey: ArtsmarkJourney, statement: Statement) -> Document:
    """A statement as a document: the passages that stand, in order. It holds no name and no small number."""
    authority = work.get(Authority, journey.authority_id)
    standing = [one for one in passages_of(work, journey, statement) if not one.left_out]
    pieces = _pieces(work, standing)
    blocks: list[Block] = []
    counts = False
    for passage in standing:
        piece = pieces.get(passage.artsmark_evidence_id or 0)
        if piece is None:
            blocks.append(Part(text=passage.heading))
            blocks += [Paragraph(text=line) for line in passage.text.splitlines() if line.strip()]
            continue
        quote, number = (piece.kind_of_evidence == one for one in (EvidenceKind.quote, EvidenceKind.number))
        blocks.append(Fact(label=passage.heading, answer=answer(passage.text, voice=quote), long=True))
        if quote or number:
            blocks.append(Paragraph(text=piece.said_by if quote else passage.source, quiet=True))
        counts = counts or number
    if counts or statement is Statement.commitment:
        blocks.append(Paragraph(text="Where c stands, the number is small, or would tell one that is.", quiet=True))
    heading = Heading(
        authority=authority.name,
        school=journey.setting.name if journey.setting is not None else authority.school_name,
        reference="",
        initials="",
        printed_at=work.clock.now(),
    )
    return Document(title=statement.label, foot=f"Artsmark: {statement.label}", heading=heading, blocks=tuple(blocks))
