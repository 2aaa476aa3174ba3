"""A form as an Excel sheet: what it shows, what may be typed, and that what was filled in comes back."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, time
from typing import Any

import openpyxl
import pytest

from cmcore.base.findings import Refused
from cmcore.exchange.workbook.fill import fill
from cmcore.exchange.workbook.form_sheet import read_sheet, write_sheet
from cmcore.exchange.workbook.spots import laid
from cmcore.exchange.workbook.take import take
from cmcore.forms import Answers, Form, Question, ask, calculated, dump, form, kinds, load
from cmcore.forms.languages import Language
from tests.cmcore.exchange.workbook.filled_sheets import (
    ANSWERED,
    FILE,
    FORM,
    JournalPage,
    Stop,
    Visit,
    filled,
    reading,
    records,
    row_of,
)
from tests.cmcore.forms.at_random import Outcome
from tests.cmcore.forms.test_every_kind import every_kind, lacking


def opened(blob: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(blob))


def test_every_kind_has_cells_and_is_written_and_read() -> None:
    assert lacking(every_kind(), {"cells": laid, "way into its cells": fill, "way out of its cells": take}) == []


def test_the_sheet_says_what_it_is_for_and_how_each_question_is_answered() -> None:
    sheet = opened(write_sheet(JournalPage))["Form"]
    assert sheet["A1"].value == "Journal page"
    assert sheet["A2"].value == "What happened this week."
    told = {sheet.cell(row, 2).value: sheet.cell(row, 3).value for row in range(6, sheet.max_row + 1)}
    assert told["What happened?"] == "Choose from the list. Must be answered."
    assert told["Why it was put off"] == (
        "A line of text, at most 200 characters. "
        "Only if the answer to “What happened?” is “Postponed, unsettled”. Must be answered then."
    )
    assert told["Minutes"] == "A whole number of minutes from 5 to 720. May be left empty."
    assert told["Warmth"] == "1 is cold, 5 is warm. May be left empty."
    assert told["Confidence"] == "What confidence is. 1 is needing help, 5 is doing well."
    assert told["Reasons"] == "Put Yes beside all that fit. May be left empty."
    assert "Thank you." in told
    assert "Fill in the sheet “Visits”." in [sheet.cell(row, 4).value for row in range(6, sheet.max_row + 1)]


def test_a_sheet_with_sensitive_answers_says_how_to_keep_it() -> None:
    assert opened(write_sheet(JournalPage))["Form"]["A4"].value is None
    assert "sensitive" in opened(write_sheet(JournalPage, ANSWERED))["Form"]["A4"].value


def test_only_cells_for_answers_can_be_typed_into() -> None:
    book = opened(write_sheet(JournalPage))
    sheet = book["Form"]
    row = row_of(sheet, "What you did")
    assert sheet.protection.sheet and book["Visits"].protection.sheet
    assert [sheet.cell(row, column).protection.locked for column in (2, 3, 4)] == [True, True, False]
    assert book["Lists"].sheet_state == book["About this sheet"].sheet_state == "hidden"
    assert book.security.lockStructure


def test_what_can_be_chosen_is_offered_from_a_hidden_sheet() -> None:
    book = opened(write_sheet(JournalPage, choices_of=records))
    sheet = book["Form"]
    rules = {str(at): rule for rule in sheet.data_validations.dataValidation for at in str(rule.sqref).split()}
    rule = rules[f"D{row_of(sheet, 'What happened?')}"]
    assert (rule.type, rule.formula1) == ("list", "'Lists'!$A$1:$A$3")
    assert [book["Lists"].cell(row, 1).value for row in (1, 2, 3)] == [
        "Held",
        "Young person absent",
        "Postponed, unsettled",
    ]
    mentors = rules[f"D{row_of(sheet, 'Mentor')}"].formula1
    column = openpyxl.utils.column_index_from_string(mentors.split("$")[1])
    assert [book["Lists"].cell(row, column).value for row in (1, 2)] == ["Juno Tansyhurst [4]", "Hester Quillmarsh [5]"]
    assert rules[f"D{row_of(sheet, 'Minutes')}"].formula1 == "5"


def test_numbers_and_days_have_the_format_people_expect() -> None:
    values = {"minutes": 90, "cost": 1950, "held_on": "2026-11-10", "begins": "14:30", "at": "2026-07-10T13:00+00:00"}
    sheet = opened(write_sheet(JournalPage, ANSWERED | values))["Form"]
    found = {label: sheet.cell(row_of(sheet, label), 4) for label in ("Minutes", "Held on", "Began at", "Told at")}
    assert {label: cell.value for label, cell in found.items()} == {
        "Minutes": 90,
        "Held on": datetime(2026, 11, 10),
        "Began at": time(14, 30),
        "Told at": datetime(2026, 7, 10, 14),
    }
    assert found["Held on"].number_format == "dd/mm/yyyy"
    assert sheet.cell(row_of(sheet, "What you did"), 4).number_format == "@"


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-2", "@SUM(A1)", '=HYPERLINK("x")', "'quoted", "_x0041_", "007", "TRUE"]
)
def test_text_stays_text_whatever_it_begins_with(text: str) -> None:
    blob = write_sheet(JournalPage, ANSWERED | {"notes": text})
    cell = opened(blob)["Form"].cell(row_of(opened(blob)["Form"], "What you did"), 4)
    assert cell.data_type == "s"
    assert read_sheet(FORM, blob).raw["notes"] == text


def test_words_of_the_form_and_names_of_people_begin_no_formula() -> None:
    @form("formulas", version=1, title="=1+1")
    class Formulas(Answers):
        """=2+2"""

        mentor: int | None = ask("=3+3", of="mentor", hint="=4+4", section="=5+5")

    book = opened(write_sheet(Formulas, {"mentor": 4}, choices_of=lambda of: [(4, "=6+6")]))
    types = {cell.data_type for sheet in book for row in sheet for cell in row if str(cell.value).startswith("=")}
    assert types == {"s"}


def test_an_answer_too_long_for_a_cell_is_refused_and_not_cut_off() -> None:
    with pytest.raises(Refused, match="What you did: the answer is longer than a cell of Excel can hold"):
        write_sheet(JournalPage, ANSWERED | {"notes": "a" * 40_000})


def test_rounds_within_rounds_come_back_in_their_order() -> None:
    page = load(
        JournalPage,
        ANSWERED
        | {
            "visits": [
                {
                    "on": "2026-11-02",
                    "reasons": ["held"],
                    "stops": [{"place": "the mill", "cost": 450}, {"place": "home"}],
                },
                {"on": "2026-11-03"},
                {"on": "2026-11-04", "stops": [{"place": "the quay"}]},
            ]
        },
    )
    blob = write_sheet(JournalPage, dump(JournalPage, page))
    book = opened(blob)
    assert [cell.value for cell in book["Visits"][4]] == [
        "Visit no.",
        "Day of the visit",
        "Why: Held",
        "Why: Young person absent",
        "Why: Postponed, unsettled",
    ]
    assert [[cell.value for cell in row] for row in book["Stops"]["A6:D8"]] == [
        [1, 1, "the mill", 4.5],
        [2, 1, "home", None],
        [3, 3, "the quay", None],
    ]
    again = load(JournalPage, read_sheet(FORM, blob).raw)
    assert again == page
    assert again.visits[0] == Visit(
        on=date(2026, 11, 2),
        reasons=[Outcome.held],
        stops=[Stop(place="the mill", cost=450), Stop(place="home")],
    )


def test_rows_left_empty_between_others_are_no_rounds() -> None:
    def change(book: Any) -> None:
        book["Visits"]["B6"], book["Visits"]["B9"] = datetime(2026, 11, 2), "3/11/2026"

    assert [one["on"] for one in reading(change=change).raw["visits"]] == ["2026-11-02", "3/11/2026"]


def test_a_calculated_answer_is_shown_and_not_read() -> None:
    @form("sums", version=1, title="Sums")
    class Sums(Answers):
        """A sum."""

        minutes: int = ask("Minutes")
        pence: int | None = ask("Pence", money=True, calculate=calculated("minutes", by=lambda minutes: minutes * 50))

    blob = write_sheet(Sums, {"minutes": 3, "pence": 150})
    sheet = opened(blob)["Form"]
    cell = sheet.cell(row_of(sheet, "Pence"), 4)
    assert cell.protection.locked and cell.value == "£1.50"
    assert read_sheet(Sums, blob).raw == {"minutes": "3"}


def test_a_draft_that_cannot_be_read_yet_is_written_as_it_was_typed() -> None:
    draft = {
        "outcome": "perhaps",
        "minutes": "ninety",
        "held_on": {"day": "31", "month": "2", "year": "2026"},
        "mentor": {"search": "Juno"},
        "scores": {"confidence": {"value": "3"}},
    }
    raw = read_sheet(FORM, write_sheet(FORM, draft)).raw
    assert (raw["outcome"], raw["minutes"], raw["held_on"]) == ("perhaps", "ninety", "31 2 2026")
    assert raw["scores"] == {"confidence": {"value": "3"}}


def test_as_many_people_as_were_chosen_have_room() -> None:
    several = {"adults": list(range(1, 31))}
    assert read_sheet(FORM, write_sheet(FORM, ANSWERED | several)).raw["adults"] == several["adults"]


def test_a_time_that_comes_twice_says_which_it_was() -> None:
    for instant in ("2026-10-25T00:30+00:00", "2026-10-25T01:30+00:00"):
        raw = read_sheet(FORM, write_sheet(FORM, ANSWERED | {"at": instant})).raw
        assert load(JournalPage, raw).at == datetime.fromisoformat(instant).astimezone(UTC)


def test_a_file_is_taken_over_only_when_whoever_brings_it_in_has_it() -> None:
    plan = {"ref": "r-1", "name": "plan.pdf", "media_type": "application/pdf", "size": 5}
    blob = write_sheet(FORM, ANSWERED | {"plan": plan})
    kept = load(JournalPage, ANSWERED | {"plan": plan}).plan
    assert read_sheet(FORM, blob, kept=lambda ref: kept if ref == "r-1" else None).raw["plan"] == plan
    given = read_sheet(FORM, blob, file=FILE)
    assert "plan" not in given.raw
    (finding,) = given.findings
    assert (finding.rule, finding.blocks) == ("R-SHT-12", False)
    assert finding.way_out == "Hand the file in on the form's page."


def test_the_sheet_is_the_same_whoever_writes_it_again() -> None:
    assert read_sheet(FORM, filled()).raw == {"outcome": "held", "notes": "Printed."}
    assert json.dumps(read_sheet(FORM, write_sheet(FORM, ANSWERED)).raw) == json.dumps(ANSWERED)


def test_a_group_with_very_many_answers_to_choose_from_has_a_column_for_each() -> None:
    options = tuple(kinds.Option(key=f"o{number}", label=f"Option {number}") for number in range(900))
    inner = Question(key="all", label="All that fit", kind=kinds.Choices(options=options))
    asked = Question(key="rounds", label="Rounds", kind=kinds.Repeated(questions=(inner,), most=2))
    many = Form(key="many", version=1, title="Many", questions=(asked,))
    values = {"rounds": [{"all": ["o0", "o899"]}]}
    given = read_sheet(many, write_sheet(many, values))
    assert (given.raw, given.findings) == (values, ())


def test_a_sheet_in_another_language_is_read_in_it() -> None:
    asked = (
        Question(key="joint", label="Joint?", kind=kinds.YesNo()),
        Question(
            key="outcome", label="What happened?", kind=kinds.Choice(options=(kinds.Option(key="held", label="Held"),))
        ),
    )
    words = {"joint/label": "Ar y cyd?", "outcome/label": "Beth ddigwyddodd?", "outcome/options/held": "Cynhaliwyd"}
    both = Form(
        key="both",
        version=1,
        title="Both",
        questions=asked,
        languages=(Language("Cymraeg (cy)", tuple(words.items())),),
    )
    values = {"joint": True, "outcome": "held"}
    blob = write_sheet(both, values, language="cy")
    sheet = opened(blob)["Form"]
    assert sheet.cell(row_of(sheet, "Beth ddigwyddodd?"), 4).value == "Cynhaliwyd"
    given = read_sheet(both, blob)
    assert (given.raw, given.findings) == (values, ())


def test_the_version_and_the_edition_come_back() -> None:
    given = read_sheet(FORM, write_sheet(FORM, edition="from 1 September 2026"))
    assert (given.version, given.edition) == (3, "from 1 September 2026")
