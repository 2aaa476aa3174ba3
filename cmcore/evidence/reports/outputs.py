"""As what a report can be had, with the ending and the kind of each file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cmcore.evidence.reports.as_csv import as_csv
from cmcore.evidence.reports.as_html import as_html
from cmcore.evidence.reports.as_json import as_json
from cmcore.evidence.reports.as_pdf import as_pdf
from cmcore.evidence.reports.as_word import as_word
from cmcore.evidence.reports.as_workbook import as_workbook
from cmcore.evidence.reports.report import Report


@dataclass(frozen=True)
class Output:
    """One way a report leaves: what it is called, its media type, and what writes it."""

    words: str
    media_type: str
    write: Callable[[Report], bytes]


_OFFICE = "application/vnd.openxmlformats-officedocument"

#: Every way by its ending.
OUTPUTS: Mapping[str, Output] = {
    "pdf": Output("PDF", "application/pdf", as_pdf),
    "docx": Output("Word", f"{_OFFICE}.wordprocessingml.document", as_word),
    "xlsx": Output("Workbook", f"{_OFFICE}.spreadsheetml.sheet", as_workbook),
    "csv": Output("CSV", "text/csv; charset=utf-8", as_csv),
    "html": Output("Page", "text/html; charset=utf-8", as_html),
    "json": Output("JSON", "application/json", as_json),
}
