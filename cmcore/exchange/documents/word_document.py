"""A document as a Word file to go on with: the same blocks the PDF is laid out from, in Word's own styles."""

from __future__ import annotations

import unicodedata
from functools import singledispatch
from io import BytesIO
from typing import Any

from docxtpl import DocxTemplate

from cmcore.exchange.documents.blocks import Block, Document, Fact, Paragraph, Part, Table, Told, Voice


def document_word(document: Document) -> bytes:
    """The document as a Word file. Text stays text; pictures and spaces to write in are left out, and said to be."""
    template = DocxTemplate(None)
    template.init_docx()
    made: Any = template.docx
    made.core_properties.title = _plain(document.title)
    made.core_properties.author = _plain(document.heading.school or document.heading.authority)
    made.core_properties.language = "en-GB"
    made.add_heading(_plain(document.title), 0)
    head = " ".join(part for part in (document.heading.initials, document.heading.reference) if part)
    for line in (head, document.heading.school, document.heading.printed, document.lead):
        if line:
            made.add_paragraph(_plain(line))
    if document.sensitive:
        made.add_paragraph("Sensitive: keep it where only those may read it who are to.", style="Intense Quote")
    for block in document.blocks:
        _put(block, made)
    made.sections[0].footer.paragraphs[0].text = _plain(document.foot or document.title)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


@singledispatch
def _put(block: Block, made: Any) -> None:
    """Put one block into the document; of a kind Word has no part for it is said that it is left out."""
    made.add_paragraph(f"Left out here, and in the PDF: {type(block).__name__.lower()}.", style="Caption")


@_put.register
def _(block: Part, made: Any) -> None:
    made.add_heading(_plain(block.text), block.level - 1)
    if block.hint:
        made.add_paragraph(_plain(block.hint), style="Caption")


@_put.register
def _(block: Paragraph, made: Any) -> None:
    made.add_paragraph(_plain(block.text), style="Caption" if block.quiet else None)


@_put.register
def _(block: Voice, made: Any) -> None:
    made.add_paragraph(_plain(block.text), style="Quote")


@_put.register
def _(block: Fact, made: Any) -> None:
    line = made.add_paragraph()
    line.add_run(f"{_plain(block.label)}: ").bold = True
    line.add_run(_plain(str(block.answer.get("text") or "–")))


@_put.register
def _(block: Told, made: Any) -> None:
    said = block.finding
    line = made.add_paragraph()
    line.add_run(_plain(f"{said.message} {said.way_out}".rstrip()))
    if said.rule:
        line.add_run(f" ({said.rule})")


@_put.register
def _(block: Table, made: Any) -> None:
    table = made.add_table(rows=1, cols=len(block.columns))
    table.style = "Table Grid"
    for cell, words in zip(table.rows[0].cells, block.columns, strict=True):
        cell.paragraphs[0].add_run(_plain(words)).bold = True
    for row in block.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = _plain(words)


def _plain(text: str) -> str:
    """A text without signs that no Word document can hold."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))
