"""Writes a form as an Excel workbook to fill in, empty or filled in so far."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.packaging.core import DocumentProperties
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from cmcore.base.findings import Finding, Refused
from cmcore.exchange.workbook import layout
from cmcore.exchange.workbook.fill import Cellable, filled, several
from cmcore.exchange.workbook.layout import ANSWER, HEADINGS, HOW, LABEL, NUMBER, Line, Plan, Table
from cmcore.exchange.workbook.looks import add_styles, rule_of, style_of
from cmcore.exchange.workbook.spots import ROOM, Setting, Spot
from cmcore.forms import Form, Question, kinds

#: The most characters, in 16 bits each, that Excel keeps in one cell.
MOST_IN_A_CELL = 32_767

#: What XML cannot hold, and what would be read back as such a sign.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")

_WAY = (
    "Fill in the white cells and save this as an Excel workbook (.xlsx). Leave the grey cells, the rows and the "
    "sheets as they are."
)

#: The cell that says to which round of an outer group a row belongs.
_PARENT = Spot(look="whole", least=1, most=100_000)

_SENSITIVE = "There are sensitive answers in it: send it and keep it as you would a letter about a child."


def every_question(questions: Sequence[Question]) -> Iterator[Question]:
    """The questions, and those of the groups among them."""
    for question in questions:
        yield question
        if isinstance(question.kind, kinds.Repeated):
            yield from every_question(question.kind.questions)


def written(form: Form, values: Mapping[str, Any] | None, setting: Setting, about: Mapping[str, str]) -> bytes:
    """The workbook of a form, with more ``about`` it. Refuses an answer that is longer than a cell can hold."""
    values = values or {}
    room = _room_for(form.questions, "", [values])
    setting = replace(setting, room=room)
    plan = layout.plan_of(form, setting)
    made = _Writing(form, plan, setting)
    made.about(about, room)
    made.form_sheet(values)
    for table in plan.tables_in(""):
        made.table(table, [(0, row) for row in _rounds(values.get(table.question.key))])
    return made.saved()


def _rounds(raw: Any) -> list[Mapping[str, Any]]:
    return [one for one in raw if isinstance(one, Mapping)] if isinstance(raw, list | tuple) else []


def _room_for(questions: Sequence[Question], before: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """How many cells each question that takes several records needs: as many as are chosen, and some more."""
    room: dict[str, int] = {}
    for question in questions:
        place = before + question.key
        if isinstance(question.kind, kinds.PickMany):
            chosen = max((len(several(row.get(question.key))) for row in rows), default=0)
            room[place] = min(max(ROOM, chosen + 2), question.kind.most)
        elif isinstance(question.kind, kinds.Repeated):
            inner = [one for row in rows for one in _rounds(row.get(question.key))]
            room |= _room_for(question.kind.questions, f"{place}.", inner)
    return room


def escaped(text: str) -> str:
    """Text as XML can hold it: other signs as "_x0001_", the way Excel writes them."""
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def put_text(sheet: Worksheet, row: int, column: int, text: str, style: str = "") -> None:
    """Write text into a cell as text, whatever it begins with."""
    cell = sheet.cell(row, column)
    if text:
        cell.value = escaped(text)
        # openpyxl takes what begins with = for a formula until it is told otherwise.
        cell.data_type = "s"
    if style:
        cell.style = style


class _Writing:
    """One workbook while it is written."""

    def __init__(self, form: Form, plan: Plan, setting: Setting) -> None:
        self.form = form
        self.plan = plan
        self.setting = setting
        self.book = Workbook()
        self.sheet: Worksheet = self.book.active
        self.sheet.title = layout.FORM_SHEET
        add_styles(self.book)
        self.sheets = {table.place: self.book.create_sheet(table.sheet) for table in plan.tables}
        self.lists = self.book.create_sheet(layout.LISTS_SHEET)
        self.told = self.book.create_sheet(layout.ABOUT_SHEET)
        self.listed: dict[tuple[str | int, ...], str] = {}
        self.rules: dict[tuple[str, str, str], DataValidation] = {}

    def about(self, more: Mapping[str, str], room: Mapping[str, int]) -> None:
        """The hidden sheet that says which form this is."""
        told = {"form": self.form.key, "version": str(self.form.version), "title": self.form.title, **more}
        told |= {f"room {place}": str(number) for place, number in room.items()}
        for name, value in told.items():
            self.tell(name, value)

    def tell(self, name: str, value: str) -> None:
        """Put one more thing on the hidden sheet."""
        row = self.told.max_row + 1 if self.told["A1"].value else 1
        put_text(self.told, row, 1, name, "cm bare")
        put_text(self.told, row, 2, value, "cm bare")

    def form_sheet(self, values: Mapping[str, Any]) -> None:
        """The form's own sheet."""
        sheet = self.sheet
        put_text(sheet, 1, 1, self.form.title, "cm title")
        put_text(sheet, 2, 1, " ".join(self.form.doc.split()), "cm doc")
        put_text(sheet, 3, 1, _WAY, "cm doc")
        if values and any(one.sensitive for one in every_question(self.form.questions)):
            put_text(sheet, 4, 1, _SENSITIVE, "cm doc")
        heads = ["No.", "Question", "How it is answered", "Answer"]
        for column in range(1, self.plan.last_column + 1):
            put_text(sheet, HEADINGS, column, heads[column - 1] if column <= len(heads) else "", "cm heading")
        for line in self.plan.lines:
            self.line(line, values)
        for letter, width in zip("ABCDEF", (6, 38, 46, 52, 34, 34), strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.freeze_panes = sheet.cell(HEADINGS + 1, 1)
        self.finish(sheet, HEADINGS)

    def line(self, line: Line, values: Mapping[str, Any]) -> None:
        """One row of the form's own sheet."""
        sheet, question = self.sheet, line.question
        if question is None or line.kind == "note":
            style = {"section": "cm section", "hint": "cm doc", "note": "cm how"}[line.kind]
            put_text(sheet, line.row, LABEL, " ".join(line.label.split()), style)
            put_text(sheet, line.row, HOW, line.how, style)
            return
        put_text(sheet, line.row, NUMBER, line.number, "cm how")
        put_text(sheet, line.row, LABEL, line.label, "cm label" if line.kind == "question" else "cm part")
        put_text(sheet, line.row, HOW, line.how, "cm how")
        for column, text in enumerate(line.shown):
            put_text(sheet, line.row, ANSWER + column, text, "cm label" if len(line.shown) > 1 else "cm how")
        answers = filled(question, values.get(question.key), self.setting) if line.spots else {}
        for spot in line.spots:
            self.answer(sheet, line.row, ANSWER + spot.column, question, question.key, spot, answers)
        if any(spot.look == "lines" and not spot.column for spot in line.spots):
            sheet.row_dimensions[line.row].height = 75
        self.note_file(question, values.get(question.key), question.key)

    def note_file(self, question: Question, raw: Any, place: str) -> None:
        """Keep on the hidden sheet which file it is whose name stands in a cell."""
        if isinstance(question.kind, kinds.File) and isinstance(raw, Mapping) and raw.get("ref"):
            self.tell(f"file {place}", json.dumps({"ref": raw["ref"], "name": raw.get("name", "")}))

    def answer(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        question: Question,
        place: str,
        spot: Spot,
        answers: Mapping[str, Cellable],
    ) -> None:
        """One cell for answers, with what stands in it and what may be typed."""
        value = answers.get(spot.name)
        if value is None and self.setting.by_column:
            return
        style = style_of(spot)
        if isinstance(value, str):
            if len(value.encode("utf-16-le", "surrogatepass")) // 2 > MOST_IN_A_CELL:
                raise Refused(
                    [
                        Finding(
                            question.about(
                                f"the answer is longer than a cell of Excel can hold, {len(value):,} signs."
                            ),
                            place=place,
                            way_out="Print the form, or export the answers as JSON.",
                        )
                    ]
                )
            # What is text where a number or a day is asked for stays text when somebody looks into the cell.
            put_text(sheet, row, column, value, style)
        else:
            cell = sheet.cell(row, column)
            cell.value = float(value) if isinstance(value, Decimal) else value
            cell.style = style
        if spot.look != "shown" and not (self.setting.by_column and row >= layout.TABLE_FIRST):
            self.allow(sheet, f"{get_column_letter(column)}{row}", spot)

    def allow(self, sheet: Worksheet, at: str, spot: Spot) -> None:
        """Let only what fits be typed into a cell; cells alike share one rule."""
        listed = self.list_of(spot.listed) if spot.look == "listed" else ""
        key = (sheet.title, repr((spot.look, spot.least, spot.most)), listed)
        if key not in self.rules:
            rule = rule_of(spot, listed)
            if rule is None:
                return
            self.rules[key] = rule
            sheet.add_data_validation(rule)
        self.rules[key].add(at)

    def list_of(self, words: tuple[str | int, ...]) -> str:
        """Where a list stands on its hidden sheet; the same list is written once."""
        if words not in self.listed:
            column = len(self.listed) + 1
            for row, one in enumerate(words, 1):
                if isinstance(one, int):
                    self.lists.cell(row, column, one)
                else:
                    put_text(self.lists, row, column, one, "cm bare")
            letter = get_column_letter(column)
            self.listed[words] = f"'{layout.LISTS_SHEET}'!${letter}$1:${letter}${len(words)}"
        return self.listed[words]

    def table(self, table: Table, rounds: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
        """The sheet of a repeated group, with its rounds, each after the number of the round it stands in."""
        sheet = self.sheets[table.place]
        put_text(sheet, 1, 1, table.question.label, "cm title")
        notes = [one.kind.text for one in table.kind.questions if isinstance(one.kind, kinds.Note)]
        put_text(sheet, 2, 1, " ".join([f"A row for each {table.kind.one}.", *notes]), "cm doc")
        numbered = {1: (table.numbered, "")}
        if table.parent_column:
            numbered[2] = (f"Of {table.parent_one} no.", f"The number of the {table.parent_one} it belongs to.")
        for column, (label, how) in numbered.items():
            put_text(sheet, layout.TABLE_HEADINGS, column, label, "cm heading")
            put_text(sheet, layout.TABLE_HEADINGS + 1, column, how, "cm how")
        for one in table.columns:
            put_text(sheet, layout.TABLE_HEADINGS, one.column, one.label, "cm heading")
            put_text(sheet, layout.TABLE_HEADINGS + 1, one.column, one.how, "cm how")
            width = {"lines": 44, "line": 28, "listed": 22}.get(one.spot.look, 16)
            sheet.column_dimensions[get_column_letter(one.column)].width = width
        room = max(len(rounds), min(table.kind.most, max(layout.ROWS, len(rounds) + 20)))
        if self.setting.by_column:
            room = len(rounds)
            self.whole_columns(sheet, table, len(rounds))
        for index in range(room):
            parent, row = rounds[index] if index < len(rounds) else (0, {})
            self.round(sheet, table, layout.TABLE_FIRST + index, index, parent, row)
        sheet.freeze_panes = sheet.cell(layout.TABLE_FIRST, 2)
        self.finish(sheet, layout.TABLE_HEADINGS)
        for inner in self.plan.tables_in(table.place):
            key = inner.question.key
            below = [(number, one) for number, (_, row) in enumerate(rounds, 1) for one in _rounds(row.get(key))]
            self.table(inner, below)

    def whole_columns(self, sheet: Worksheet, table: Table, rounds: int) -> None:
        """Lay a group's columns out down to as many rows as there may be, in one go for each."""
        first, last = layout.TABLE_FIRST, layout.TABLE_FIRST + max(table.kind.most, rounds) - 1
        spots = [(one.column, one.spot) for one in table.columns]
        if table.parent_column:
            spots.append((table.parent_column, _PARENT))
        for column, spot in spots:
            letter = get_column_letter(column)
            # openpyxl gives no column a style by its name, but takes one over from a cell that has it.
            styled = Cell(sheet, 1, 1)
            styled.style = style_of(spot)
            sheet.column_dimensions[letter]._style = copy(styled._style)
            if spot.look != "shown":
                self.allow(sheet, f"{letter}{first}:{letter}{last}", spot)

    def round(
        self, sheet: Worksheet, table: Table, row: int, index: int, parent: int, values: Mapping[str, Any]
    ) -> None:
        """One row of a repeated group."""
        cell = sheet.cell(row, 1, index + 1)
        cell.style = "cm how"
        if table.parent_column:
            self.answer(sheet, row, 2, table.question, table.place, _PARENT, {"": parent} if parent else {})
        answers: dict[str, Mapping[str, Cellable]] = {}
        for one in table.columns:
            key, place = one.question.key, f"{table.place}.{one.question.key}"
            if key not in answers:
                answers[key] = filled(one.question, values.get(key), self.setting) if values else {}
                self.note_file(one.question, values.get(key), f"{table.place}.{index}.{key}")
            self.answer(sheet, row, one.column, one.question, place, one.spot, answers[key])

    def finish(self, sheet: Worksheet, headings: int) -> None:
        """Lock what is no answer, and make the sheet fit on paper. No password: it guards against slips, not people."""
        sheet.protection.sheet = True
        sheet.protection.formatColumns = False
        sheet.protection.formatRows = False
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = f"{headings}:{headings}"

    def saved(self) -> bytes:
        """The bytes of the workbook."""
        for sheet in (self.lists, self.told):
            sheet.sheet_state = "hidden"
            sheet.protection.sheet = True
        self.book.security = WorkbookProtection(lockStructure=True)
        self.book.properties = DocumentProperties(title=self.form.title, creator="", lastModifiedBy="")
        target = BytesIO()
        self.book.save(target)
        return target.getvalue()
