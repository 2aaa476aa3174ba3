"""A case study on paper, through the gate: only what is shared, only today's permissions, and no name anywhere."""

from __future__ import annotations

from cmcore.base.clock import day
from cmcore.base.findings import refuse, refuse_if
from cmcore.exchange.documents.blocks import Block, Document, Paragraph, Part, Voice, facts
from cmcore.exchange.documents.heading import Heading
from cmcore.exchange.documents.press import press
from cmcore.journals.case_studies import in_the_way
from cmcore.journals.records import CaseStudy
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority


def case_study_pdf(work: Work, study: CaseStudy) -> bytes:
    """A shared case study as a PDF. What the gate refuses today is refused, whatever it let through before."""
    if study.state not in ("shared", "public"):
        raise refuse(f"This case study is “{study.state_label}”.", way_out="Share it first.")
    refuse_if(in_the_way(work, study, public=study.state == "public"))
    return press(_document(work, study))


def _document(work: Work, study: CaseStudy) -> Document:
    authority = work.get(Authority, study.authority_id)
    parts = (("How it began", study.beginning), ("What was done", study.done), ("What changed", study.changed))
    blocks: list[Block] = [
        Part(text="What it is about"),
        *facts(("From", day(study.starts_on)), ("To", day(study.ends_on)), ("Who may read it", study.state_label)),
    ]
    for heading, text in parts:
        if text:
            blocks += [Part(text=heading), *(Paragraph(text=line) for line in text.splitlines() if line.strip())]
    if study.said:
        blocks += [Part(text="In the young person's words"), Voice(text=study.said)]
    return Document(
        title=study.title,
        foot=f"Case study {study.ref}",
        sensitive=study.state != "public",
        heading=Heading(
            authority=authority.name,
            school=authority.school_name,
            reference=study.ref,
            initials="",
            printed_at=work.clock.now(),
        ),
        blocks=tuple(blocks),
    )
