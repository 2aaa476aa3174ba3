"""Each way a report can be had: the same numbers, nothing hidden told, no cell a formula, a page that reads aloud."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from docx import Document as read_word

from cmcore.evidence.reports.drawing import bar, dumbbell
from cmcore.evidence.reports.outputs import OUTPUTS
from cmcore.evidence.reports.report import Figures
from cmcore.exchange.documents.charts import MovedRow
from tests.cmcore.evidence.reports.made_reports import FORMULAS, made
from tests.cmcore.exchange.documents.pdf_read import Read


def test_the_pdf_reads_aloud_and_holds_every_number_and_caveat() -> None:
    read = Read(OUTPUTS["pdf"].write(made()))
    assert "pdfuaid:part" in read.root["/Metadata"].get_object().get_data().decode()
    assert read.title == "Programme summary: Creative mentoring: M.B. WR-0417"
    text = read.text
    for words in ("Confidence 14 c 0 0 c c", "1,300", "0.5", "10 Nov 2026", "No comparison group.", "Declined by 1"):
        assert words in " ".join(text.split()), words
    assert [kind for kind, _ in read.headings()][0] == "H1"


def test_the_workbook_holds_numbers_as_numbers_and_no_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(OUTPUTS["xlsx"].write(made())))
    assert book.sheetnames == [
        "Read this first",
        "Improved, maintained, declined",
        "Every kind of cell name",
        "Baseline to latest",
    ]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    values = {cell.value: cell.data_type for cell in cells if cell.value is not None}
    assert values[1300] == values[0.5] == "n" and values["c"] == "s"
    assert {text.strip() for text in FORMULAS} <= {str(one).strip() for one in values}
    assert "No comparison group." in values


def test_a_csv_has_one_number_a_line_and_begins_no_formula() -> None:
    lines = list(csv.reader(io.StringIO(OUTPUTS["csv"].write(made()).decode("utf-8-sig"))))
    assert lines[0] == ["Part", "Table", "Row", "Column", "Value"]
    moved = "Improved, maintained, declined"
    assert ["How they moved", moved, "Confidence", "Declined", "c"] in lines
    assert not [cell for line in lines for cell in line if cell[:1] in tuple("=+-@\t\r")]
    assert any(
        line[2:] == ["No comparison group.", "", "Nobody can say what would have happened otherwise."] for line in lines
    )


def test_the_page_needs_nothing_else_and_takes_no_text_for_markup() -> None:
    page = OUTPUTS["html"].write(made()).decode()
    assert "&lt;b&gt;1,300&lt;/b&gt;" in page and "<script" not in page and "http" not in page
    assert page.count('aria-hidden="true"') == 1 + 1 + 8
    assert 'lang="en-GB"' in page and "<blockquote>=I like clay now</blockquote>" in page


def test_json_is_every_table_with_what_must_be_read_with_it() -> None:
    told = json.loads(OUTPUTS["json"].write(made()))
    first, second = told["sections"]
    assert first["tables"][0]["rows"] == [["Confidence", 14, "c", 0, "c", "c"]]
    assert first["tables"][1]["rows"][0] == ["=1+1", 0.5, "2026-11-10"]
    assert second["read_with_it"] == ["No comparison group. Nobody can say what would have happened otherwise."]
    assert second["voices"] == [{"when": "Exit review", "words": "=I like clay now"}]


def test_the_word_file_holds_tables_charts_and_caveats() -> None:
    made_of = OUTPUTS["docx"].write(made())
    word = read_word(io.BytesIO(made_of))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert {"Confidence", "14", "c", "1,300", "Declined by 1"} <= set(cells)
    said = " ".join(one.text for one in word.paragraphs)
    assert "No comparison group." in said and "Left out here" not in said
    assert zipfile.ZipFile(io.BytesIO(made_of)).testzip() is None


@pytest.mark.parametrize(("improved", "declined"), [(13, 1), (12, 2), (9, 5)])
def test_no_picture_tells_a_hidden_number(improved: int, declined: int) -> None:
    """Whatever the hidden parts are, the bar is drawn of the shown ones alone, and so is the same."""
    told = MovedRow(label="Confidence", paired=14, improved=None, maintained=0, declined=None, at_ceiling=0, share="c")
    assert improved + declined == 14
    assert bar(told).count("<rect") == 1 and 'stroke-dasharray="3 3"' in bar(told)
    assert (
        bar(
            MovedRow(label="", paired=None, improved=None, maintained=None, declined=None, at_ceiling=None, share="c")
        ).count("<rect")
        == 0
    )


def test_a_dumbbell_is_a_ring_and_a_disc_a_diamond_or_a_dot() -> None:
    [section] = made().sections[1:]
    drawn = {row.label: dumbbell(row) for row in section.shown[0].chart.rows}  # type: ignore[union-attr]
    assert "<polygon" in drawn["Confidence"] and "stroke-dasharray" in drawn["Confidence"]
    assert "<polygon" not in drawn["Ambition"] and drawn["Ambition"].count("<circle") == 2


def test_rows_that_do_not_fit_their_headings_are_refused() -> None:
    with pytest.raises(ValueError, match="2 cells stand under 1 headings"):
        Figures(caption="Wrong", heads=("One",), rows=(("a", "b"),))
