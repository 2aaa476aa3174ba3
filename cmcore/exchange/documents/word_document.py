"""A document as a Word file to go on with: the same blocks the PDF is laid out from, in Word's own styles."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, singledispatch
from io import BytesIO
from typing import Any

from docx.oxml import OxmlElement
from docx.shared import Pt
from docxtpl import DocxTemplate

from cmcore.exchange.documents.blocks import Block, Document, Fact, Paragraph, Part, Table, Told, Voice
from cmcore.exchange.documents.charts import HIDDEN, Changes, Moved, in_words_of
from cmcore.exchange.documents.pixels import TALL, WIDE, bar_png, dumbbell_png


def document_word(document: Document) -> bytes:
    """The document as a Word file. Text stays text; pictures and spaces to write in are left out, and said to be."""
    template = DocxTemplate(None)
    template.init_docx()
    made: Any = template.docx
    # No style changes once the document is begun, and finding one reads through all of them, for each paragraph.
    made.part.get_style_id = cache(made.part.get_style_id)
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
    _table(made, block.columns, block.rows)


@_put.register
def _(block: Changes, made: Any) -> None:
    rows = [
        (row.label + (" (hoped for)" if row.hoped else ""), _or_dash(row.baseline), _or_dash(row.latest), row.words)
        for row in block.rows
    ]
    _table(made, ("Measure", "Baseline", "Latest", "Change"), rows, [dumbbell_png(row) for row in block.rows])
    made.add_paragraph(in_words_of(block), style="Caption")


@_put.register
def _(block: Moved, made: Any) -> None:
    heads = ("Measure", "Both scores", "Improved", "Maintained", "of these, no room to rise", "Declined", "Share")
    rows = [
        (
            row.label,
            *(
                HIDDEN if one is None else f"{one:,}"
                for one in (row.paired, row.improved, row.maintained, row.at_ceiling, row.declined)
            ),
            row.share,
        )
        for row in block.rows
    ]
    _table(made, heads, rows, [bar_png(row) for row in block.rows])
    made.add_paragraph(in_words_of(block), style="Caption")


def _table(made: Any, heads: Sequence[str], rows: Sequence[Sequence[str]], pictures: Sequence[bytes] = ()) -> None:
    """A table with its headings repeated on each page; ``pictures`` stand in a column of their own, one a row."""
    chart = ("Chart",) if pictures else ()
    table = made.add_table(rows=1, cols=len(heads) + len(chart))
    table.style = "Table Grid"
    first = table.rows[0]
    first._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, words in zip(first.cells, (heads[0], *chart, *heads[1:]), strict=True):
        cell.paragraphs[0].add_run(_plain(words)).bold = True
    for number, row in enumerate(rows):
        cells = list(table.add_row().cells)
        if pictures:
            drawn = cells.pop(1).paragraphs[0].add_run().add_picture(BytesIO(pictures[number]), Pt(WIDE), Pt(TALL))
            # Whoever listens hears the row: it says the same in numbers.
            drawn._inline.docPr.set("descr", _plain(f"{row[0]}: {', '.join(row[1:])}"))
        for cell, words in zip(cells, row, strict=True):
            cell.text = _plain(words)


def _or_dash(score: int | None) -> str:
    return "–" if score is None else str(score)


def _plain(text: str) -> str:
    """A text without signs that no Word document can hold."""
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Cn"))
