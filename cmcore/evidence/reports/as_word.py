"""A report as a Word file to go on with: its headings, its tables with the charts beside them, and what was said."""

from __future__ import annotations

from cmcore.evidence.reports.as_document import document_of
from cmcore.evidence.reports.report import Report


def as_word(report: Report) -> bytes:
    """The report in Word's own styles. Text stays text, whatever it begins with."""
    from cmcore.exchange.documents.word_document import document_word

    return document_word(document_of(report))
