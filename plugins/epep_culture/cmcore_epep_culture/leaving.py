"""A page for the authority's e-PEP system: PDF, Word, JSON after a published schema, and a row of CSV for each."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.api import Authority, PepCycle, Termly, Work, YoungPerson, academic_year_name, action, day, local
from cmcore.api.asks import CulturalPart
from cmcore.api.papers import (
    Block,
    Document,
    Heading,
    Paragraph,
    Part,
    Table,
    Voice,
    document_pdf,
    document_word,
    facts,
    guarded,
)
from cmcore_epep_culture.editing import lines_of
from cmcore_epep_culture.records import CultureLine, CulturePage
from cmcore_epep_culture.words import Barrier

#: What the JSON calls its own form; the schema says the same.
FORM, VERSION = "cultural-entitlement-page", 1


def schema() -> dict[str, Any]:
    """The JSON schema of a page, as it is published."""
    told: dict[str, Any] = json.loads(schema_file())
    return told


def schema_file() -> bytes:
    """The schema as the file it is published as."""
    return files("cmcore_epep_culture").joinpath("page.schema.json").read_bytes()


# ---- one page
@action("epep_culture_page.export")
def page_pdf(work: Work, page: CulturePage) -> bytes:
    """The page as a PDF that can be read aloud. That it was taken out is written down."""
    work.opened(page, why="taken out as PDF")
    return document_pdf(page_document(work, page))


@action("epep_culture_page.export")
def page_word(work: Work, page: CulturePage) -> bytes:
    """The page as a Word document to go on with. That it was taken out is written down."""
    work.opened(page, why="taken out as Word")
    return document_word(page_document(work, page))


@action("epep_culture_page.export")
def page_json(work: Work, page: CulturePage) -> bytes:
    """The page as JSON after the published schema. That it was taken out is written down."""
    work.opened(page, why="taken out as JSON")
    person, pep = work.get(YoungPerson, page.young_person_id), work.get(PepCycle, page.pep_cycle_id)
    told = _told(work.get(Authority, page.authority_id), person, pep, lines_of(work, page))
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


# ---- a whole term
@action("epep_culture_page.export")
def term_json(work: Work, authority: Authority, at: Termly) -> bytes:
    """Every page of a term as a JSON list; each that was taken out is written down."""
    return json.dumps(list(_pages(work, authority, at, "JSON")), ensure_ascii=False, indent=1).encode()


@action("epep_culture_page.export")
def term_csv(work: Work, authority: Authority, at: Termly) -> bytes:
    """A row for each page of a term, in UTF-8 with the mark Excel looks for; no cell can be taken for a formula."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(["Reference", "Child id", "Academic year", "Term", "Plan", *(part.label for part in CulturalPart)])
    for told in _pages(work, authority, at, "CSV"):
        person, plan = told["young_person"], told["pep"]
        cells = ["; ".join(line["text"] for line in told["parts"][part.value]) for part in CulturalPart]
        first = [person["reference"], person["child_id"], plan["academic_year"], plan["term"], plan["plan"]]
        rows.writerow([guarded(each) for each in [*first, *cells]])
    return out.getvalue().encode("utf-8-sig")


def _pages(work: Work, authority: Authority, at: Termly, file: str) -> Iterator[dict[str, Any]]:
    """Every page of a term on which something stands, in two statements."""
    asked = (
        select(CulturePage)
        .join(PepCycle, PepCycle.id == CulturePage.pep_cycle_id)
        .where(
            PepCycle.authority_id == authority.id,
            PepCycle.year == at.year,
            PepCycle.term == at.term.name,
            CulturePage.standing > 0,
        )
        .options(joinedload(CulturePage.young_person), joinedload(CulturePage.pep_cycle))
        .order_by(CulturePage.id)
    )
    pages = work.db.scalars(asked).all()
    lines: dict[int, list[CultureLine]] = defaultdict(list)
    of_pages = (
        select(CultureLine)
        .join(CulturePage, CulturePage.id == CultureLine.epep_culture_page_id)
        .join(PepCycle, PepCycle.id == CulturePage.pep_cycle_id)
        .where(PepCycle.authority_id == authority.id, PepCycle.year == at.year, PepCycle.term == at.term.name)
        .order_by(CultureLine.id)
    )
    for line in work.db.scalars(of_pages):
        lines[line.epep_culture_page_id].append(line)
    for page in pages:
        work.opened(page, why=f"taken out as {file}")
        yield _told(authority, page.young_person, page.pep_cycle, lines[page.id])


def _told(authority: Authority, person: YoungPerson, pep: PepCycle, lines: Sequence[CultureLine]) -> dict[str, Any]:
    parts: dict[str, list[dict[str, Any]]] = {part.value: [] for part in CulturalPart}
    for line in lines:
        if not line.left_out:
            parts[line.part].append(_line(line))
    return {
        "form": FORM,
        "version": VERSION,
        "authority": authority.code,
        "young_person": {"reference": person.ref, "child_id": person.child_id or ""},
        "pep": {
            "plan": pep.plan,
            "academic_year": academic_year_name(pep.year),
            "term": pep.term.lower(),
            "due_on": pep.due_on.isoformat(),
            "held_on": pep.held_on.isoformat() if pep.held_on else None,
        },
        "parts": parts,
    }


def _line(line: CultureLine) -> dict[str, Any]:
    told: dict[str, Any] = {"text": line.text, "source": line.source, "origin": line.origin}
    if line.part == CulturalPart.barriers:
        told["barrier"] = line.barrier
    if line.part == CulturalPart.steps:
        told |= {
            "owner": line.owner,
            "due_on": line.due_on.isoformat() if line.due_on else None,
            "done_on": line.done_on.isoformat() if line.done_on else None,
        }
    return told


# ---- on paper
def page_document(work: Work, page: CulturePage) -> Document:
    """The page as a document: initials and a reference at its head, never a name of a young person."""
    authority = work.get(Authority, page.authority_id)
    person, pep = work.get(YoungPerson, page.young_person_id), work.get(PepCycle, page.pep_cycle_id)
    standing = [line for line in lines_of(work, page) if not line.left_out]
    blocks: list[Block] = [
        Part(text="About this page"),
        *facts(
            ("Plan", str(pep)),
            ("Held on", day(pep.held_on) if pep.held_on else f"due by {day(pep.due_on)}"),
            ("Drafted", f"{day(local(page.drafted_at).date())}, and read by {page.drafted_by}"),
        ),
    ]
    for part in CulturalPart:
        of_part = [line for line in standing if line.part == part]
        blocks.append(Part(text=part.label))
        blocks += _blocks(part, of_part) if of_part else [Paragraph(text="Nothing yet.", quiet=True)]
    heading = Heading(
        authority=authority.name,
        school=authority.school_name,
        reference=person.ref,
        initials=person.initials if person.initials != person.ref else "",
        printed_at=work.clock.now(),
    )
    title = "Cultural entitlement page"
    return Document(title=title, foot=f"{title}, {pep}", sensitive=True, heading=heading, blocks=tuple(blocks))


def _blocks(part: CulturalPart, lines: Sequence[CultureLine]) -> list[Block]:
    if part is CulturalPart.words:
        return [block for line in lines for block in (Voice(text=line.text), Paragraph(text=line.source, quiet=True))]
    if part is CulturalPart.steps:
        rows = tuple((line.text, line.owner, _when(line), line.source) for line in lines)
        return [
            Table(columns=("Next step", "Who sees to it", "By when", "Where from"), rows=rows, widths=(3, 2, 1.4, 2))
        ]
    if part is CulturalPart.barriers:
        told = tuple((Barrier.say(line.barrier), line.text, line.source) for line in lines)
        return [Table(columns=("What is in the way", "How", "Where from"), rows=told, widths=(1.2, 3, 2))]
    plain = tuple((line.text, line.source) for line in lines)
    return [Table(columns=("What", "Where from"), rows=plain, widths=(3, 2))]


def _when(line: CultureLine) -> str:
    if line.done_on:
        return f"Done on {day(line.done_on)}"
    return day(line.due_on) if line.due_on else ""
