"""The Word template of activity reports that comes along, put together from plain text, to begin one's own with."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

_AUBERGINE = RGBColor(0x4A, 0x1F, 0x4D)
_LETTER = "Arial"
_FACTS = (
    ("Mentor", "{{ mentor }}"),
    ("From", "{{ starts_on }}"),
    ("To", "{{ ends_on }}"),
    ("Where it stands", "{{ state }}"),
    ("Time charged", "{{ charged }}"),
)
#: Each paragraph with its style. A "{%p" takes its whole paragraph away again.
_BODY = (
    ("{%p if summary %}", ""),
    ("How it is going", "Heading 1"),
    ("{{ summary }}", ""),
    ("{%p endif %}", ""),
    ("Sessions", "Heading 1"),
    ("{%p for session in sessions %}", ""),
    ("{{ session.day }}, {{ session.begins }} to {{ session.ends }}", "Heading 2"),
    ("{{ session.where }}. {{ session.how }}. Time: {{ session.time }}.", ""),
    ("{%p if session.done %}", ""),
    ("{{ session.done }}", ""),
    ("{%p endif %}", ""),
    ("{%p for one in session.seen %}", ""),
    ("{{ one.measure }}: {{ one.note }}", "List Bullet"),
    ("{%p endfor %}", ""),
    ("{%p if session.said %}", ""),
    ("“{{ session.said }}”", "Quote"),
    ("{%p endif %}", ""),
    ("{%p endfor %}", ""),
)


@cache
def shipped_template() -> bytes:
    """The template as a Word document."""
    document = Document()
    _page(document)
    _letters(document)
    document.add_paragraph("Activity report: {{ young_person }}", style="Title")
    document.add_heading("What it is about", 1)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for label, field in _FACTS:
        cells = table.add_row().cells
        cells[0].paragraphs[0].add_run(label).bold = True
        cells[1].text = field
    for text, style in _BODY:
        document.add_paragraph(text, style=style or None)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin = section.bottom_margin = Cm(2)
    section.header.paragraphs[0].text = "{{ school }}, {{ authority }}"
    section.footer.paragraphs[0].text = "Activity report {{ report }}. Sensitive. Printed on {{ printed_on }}."
    told = document.core_properties
    told.title, told.author, told.language = "Activity report {{ report }}", "Creative Mentoring", "en-GB"
    told.comments = told.keywords = told.last_modified_by = ""
    told.created = told.modified = datetime(2026, 11, 1)  # noqa: DTZ001  a document's own day has no zone


def _letters(document: WordDocument) -> None:
    styles = document.styles
    for name, size in (("Normal", 11), ("Title", 22), ("Heading 1", 15), ("Heading 2", 12)):
        font = styles[name].font
        font.name, font.size = _LETTER, Pt(size)
        if name != "Normal":
            font.color.rgb = _AUBERGINE
            # A theme's letter would win over the named one.
            letters = styles[name].element.rPr.find(qn("w:rFonts"))
            for key in [key for key in letters.attrib if "Theme" in key]:
                del letters.attrib[key]
    styles["Quote"].font.name = "Georgia"
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
