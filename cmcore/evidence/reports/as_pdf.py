"""A report as a PDF that can be read aloud (PDF/UA-1)."""

from __future__ import annotations

from cmcore.evidence.reports.as_document import document_of
from cmcore.evidence.reports.report import Report


def as_pdf(report: Report) -> bytes:
    """The report on paper, tagged, with its charts."""
    from cmcore.exchange.documents.press import press

    return press(document_of(report))
