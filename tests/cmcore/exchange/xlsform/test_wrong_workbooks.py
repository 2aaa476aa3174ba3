"""A workbook that makes no form: one sentence that names the place and the way out, and nothing by halves."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl import Workbook

from cmcore.exchange.xlsform.read import read_xlsform
from tests.cmcore.exchange.xlsform.made_workbooks import Rows, reading, said, survey, workbook
from tests.cmcore.exchange.xlsform.yardstick import yardstick

COLUMNS = ("type", "name", "label", "relevant", "calculation", "constraint")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("text", "a", "A"), ("integer", "a", "B")], ["row 3", "asked twice: here and in row 2", "another name"]),
        ([("colour", "a", "A")], ["row 2, \"type\"", "“colour” is not a type of question"]),
        ([("txt", "a", "A")], ["Did you mean “text”?"]),
        ([("select_one", "a", "A")], ["“select_one names”"]),
        ([("select_one towns", "a", "A")], ["row 2", "the list “towns”, which is not there", "sheet “choices”"]),
        ([("text", "", "A")], ["row 2, \"name\"", "has no name"]),
        ([("", "a", "A")], ["row 2, \"type\"", "has no type"]),
        ([("begin group", "g", "G"), ("text", "a", "A")], ["row 2", "“g” begins here and never ends"]),
        ([("text", "a", "A"), ("end group", "", "")], ["row 3", "that never began"]),
        ([("begin repeat", "r", "R"), ("text", "a", "A"), ("end group", "", "")], ["the repeat “r” of row 2 is open"]),
        ([("calculate", "a", "")], ["row 2, \"calculation\"", "no calculation"]),
        ([("note", "a", "Only words")], ["asks nothing"]),
        ([], ["asks nothing"]),
        (
            [("text", "a", "A", "${b} = '1'"), ("text", "b", "B", "${c} = '1'"), ("text", "c", "C", "${a} = '1'")],
            ["in a circle", "(row 2)", "(row 3)", "(row 4)", "Break it in one place"],
        ),
        ([("calculate", "a", "", "", "${a} + 1"), ("text", "b", "B")], ["circle: a (row 2) → a (row 2)"]),
        (
            [("begin repeat", "r", "R"), ("calculate", "x", "", "", "${s}"), ("text", "q", "Q"), ("end repeat", "", ""),
             ("calculate", "s", "", "", "sum(${x})")],
            ["r (row 2)", "s (row 6)"],
        ),
        ([("text", "two words", "A")], ["pyxform", "row 2"]),
    ],
)  # fmt: skip
def test_a_fault_in_the_survey_is_named_by_its_row_with_the_way_out(rows: Rows, words: list[str]) -> None:
    found = reading(survey=survey(*rows, columns=COLUMNS), choices=[("list_name", "name", "label")])
    assert found.form is None
    for each in words:
        assert each in said(found.findings), said(found.findings)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ([("list_name", "name", "label"), ("c", "", "Red")], ["choices, row 2, \"name\"", "has no name"]),
        ([("list_name", "name", "label"), ("c", "1", "Red"), ("c", "1", "Blue")], ["choices, row 3", "has “1” twice"]),
    ],
)  # fmt: skip
def test_a_fault_in_the_choices_is_named_by_its_row(choices: Rows, words: list[str]) -> None:
    found = reading(survey=survey(("select_one c", "a", "A")), choices=choices)
    assert found.form is None and all(each in said(found.findings) for each in words), said(found.findings)


def test_a_workbook_without_a_survey_or_without_its_columns_says_so() -> None:
    assert "There is no sheet “survey”" in said(reading(one=[("a",)], two=[("b",)]).findings)
    assert "no columns “type” and “name”" in said(reading(survey=[("kind", "label"), ("text", "A")]).findings)
    assert "There is no sheet “survey”" in said(reading(survey=[]).findings)


def test_more_questions_than_anybody_answers_are_refused() -> None:
    rows = [("text", f"q{number}", "Q") for number in range(1_501)]
    assert "The form is too long" in said(reading(survey=survey(*rows)).findings)


@pytest.mark.parametrize("cell", ["=1+1", '=HYPERLINK("https://example.org","x")', "=cmd|' /C calc'!A0"])
def test_a_formula_is_refused_by_its_cell(cell: str) -> None:
    told = said(reading(survey=survey(("text", "a", cell)), choices=[("list_name", "name", "label")]).findings)
    assert 'survey, row 2, "label"' in told and "Cell C2 holds a formula" in told and "paste" in told


@pytest.mark.parametrize(("written", "required"), [("=TRUE()", True), ("=FALSE()", False), ("= true()", True)])
def test_true_and_false_written_as_formulas_are_what_they_say(written: str, required: bool) -> None:
    rows = survey(("text", "a", "A", written), columns=("type", "name", "label", "required"))
    form = reading(survey=rows).form
    assert form is not None and form.question("a").required is required


def test_text_that_looks_like_a_formula_in_a_text_cell_is_only_text() -> None:
    made = Workbook()
    assert made.active is not None
    made.active.title = "survey"
    for row in survey(("text", "a", "placeholder")):
        made.active.append(list(row))
    made.active["C2"].value = "=A2"
    made.active["C2"].data_type = "s"
    kept = BytesIO()
    made.save(kept)
    found = read_xlsform(kept.getvalue(), file="form.xlsx")
    assert found.form is not None and found.form.questions[0].label == "=A2"


def _bomb() -> bytes:
    kept = BytesIO()
    with (
        zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        zipfile.ZipFile(BytesIO(yardstick())) as whole,
    ):
        for name in whole.namelist():
            archive.writestr(name, whole.read(name))
        archive.writestr("xl/media/bomb.bin", bytes(200_000_000))
    return kept.getvalue()


def _far() -> bytes:
    made = Workbook()
    assert made.active is not None
    made.active.title = "survey"
    made.active["A1"], made.active["XFD1048576"] = "type", "x"
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("made", "file", "words"),
    [
        (bytes, "form.xlsx", "empty"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "form.xls", ".xls"),
        (lambda: workbook(survey=survey(("text", "a", "A"))), "form.xlsm", "macros"),
        (lambda: b"type,name,label\ntext,a,A\n", "form.csv", "no Excel workbook"),
        (lambda: yardstick()[:900], "form.xlsx", "damaged"),
        (_bomb, "form.xlsx", "form.xlsx"),
        (_far, "form.xlsx", "XFD1048576"),
    ],
    ids=["empty", "old", "macros", "csv", "cut off", "bomb", "far corner"],
)
def test_a_file_that_is_no_proper_workbook_is_refused_in_a_sentence(
    made: Callable[[], bytes], file: str, words: str
) -> None:
    found = read_xlsform(made(), file=file)
    assert found.form is None and len(found.findings) == 1 and words in str(found.findings[0])


def test_an_expression_that_would_never_end_does_no_harm() -> None:
    rows = [("text", "a", "A", "", "", "regex(., '(a+)+b')"), ("text", "b", "B", "(" * 300 + "1", "", "")]
    found = reading(survey=survey(*rows, columns=COLUMNS), choices=[("list_name", "name", "label")])
    assert found.form is None or "nested too deep" in said(found.left_out)
