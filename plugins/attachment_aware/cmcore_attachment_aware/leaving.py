"""The account on its way out: a PDF that can be read aloud, and rows for a spreadsheet, with small numbers hidden."""

from __future__ import annotations

import csv
import io

from cmcore.api import Authority, Work, action, authority_for
from cmcore.api.evidencing import Disclosure
from cmcore.api.papers import Block, Document, Heading, Paragraph, Part, Table, document_pdf, guarded
from cmcore_attachment_aware.account import CAVEAT, LEAST_SCHOOLS, CohortAccount, Compared, over_all, told
from cmcore_attachment_aware.given_out import Outside, give_out
from cmcore_attachment_aware.words import Indicator

SCHOOLS = ("Year", "Applied", "Took part", "Graduated", "Withdrew", "Declined")
COMPARED = ("Year", "Schools counted twice", "Before", "After", "How it went")
#: The same for readers outside, who are told from which day the figures are.
OUTSIDE = (*COMPARED, "As at")
#: What is said with everything that is hidden.
HIDDEN = (
    "Where c stands, a number is small, would tell one that is, or is of fewer than "
    f"{LEAST_SCHOOLS} schools; where z stands, nothing was counted before and after. "
    "Figures stay as they were first given out, with that day, where a newer one beside them would tell a small number."
)
Row = tuple[str, ...]


def schools_rows(accounts: list[CohortAccount]) -> list[Row]:
    """How many schools, by year."""
    return [
        (
            one.cohort.name,
            *(str(each) for each in (one.applied, one.took_part, one.graduated, one.withdrawn, one.declined)),
        )
        for one in accounts
    ]


def compared_rows(accounts: list[CohortAccount], number: int, policy: Disclosure | None) -> list[Row]:
    """One indicator by year; and over all years, where that tells nothing that is hidden."""
    rows: list[Row] = []

    def row(name: str, found: Compared) -> Row:
        said = told(found, policy)
        line = (name, said.both, said.before, said.after, said.went)
        return line if policy is None else (*line, said.as_at)

    for one in accounts:
        rows.append(row(one.cohort.name, one.compared[number]))
    whole = [one for one in over_all(accounts, policy) if one.indicator is tuple(Indicator)[number]]
    if len(accounts) > 1 and whole:
        rows.append(row("All years", whole[0]))
    return rows


@action("attachment_aware_cohort.export")
def account_pdf(work: Work, authority_id: int) -> bytes:
    """The account for readers outside as a PDF: years that are over, small numbers hidden (R-SUP-1). Remembered."""
    authority = authority_for(work, authority_id)
    work.opened(authority, why="Account of Attachment Aware Schools taken out as PDF")
    return document_pdf(account_document(work, authority, give_out(work, authority)))


@action("attachment_aware_cohort.export")
def account_csv(work: Work, authority_id: int) -> str:
    """The same as rows for a spreadsheet, remembered as well; no cell can be taken for a formula."""
    authority = authority_for(work, authority_id)
    found = give_out(work, authority)
    work.opened(authority, why="Account of Attachment Aware Schools taken out as CSV")
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(("Indicator", *OUTSIDE))
    for number, indicator in enumerate(Indicator):
        for row in compared_rows(found.accounts, number, found.policy):
            rows.writerow([guarded(cell) for cell in (indicator.label, *row)])
    return out.getvalue()


def account_document(work: Work, authority: Authority, found: Outside) -> Document:
    """The account for readers outside, laid out."""
    accounts, policy = found.accounts, found.policy
    blocks: list[Block] = [Part(text="Schools")]
    if accounts:
        blocks.append(Table(columns=SCHOOLS, rows=tuple(schools_rows(accounts))))
    else:
        blocks.append(Paragraph(text="No cohort's year is over yet."))
    for number, indicator in enumerate(Indicator if accounts else ()):
        blocks.append(Part(text=f"{indicator.label}, before and after"))
        blocks.append(Table(columns=OUTSIDE, rows=tuple(compared_rows(accounts, number, policy))))
    blocks += [Paragraph(text=CAVEAT), Paragraph(text=HIDDEN, quiet=True)]
    heading = Heading(
        authority=authority.name,
        school=authority.school_name,
        reference="",
        initials="",
        printed_at=work.clock.now(),
    )
    title = "Attachment Aware Schools: what was counted"
    return Document(title=title, foot=title, heading=heading, blocks=tuple(blocks))
