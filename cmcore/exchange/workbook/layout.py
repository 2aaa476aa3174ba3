"""Where everything of a form stands in its workbook: one plan, followed when it is written and when it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from cmcore.exchange.workbook.seen import Page
from cmcore.exchange.workbook.spots import NOTE, SCORE, WHY_NOT, Laid, Setting, Spot, laid
from cmcore.forms import Form, Question, kinds
from cmcore.forms.descriptions import condition_in_words, expressed

#: The columns of the form's own sheet.
NUMBER, LABEL, HOW, ANSWER = 1, 2, 3, 4
#: The row with its headings; what is above says what the form is.
HEADINGS = 5

#: In the sheet of a repeated group: the row of its headings, and the first row to fill in.
TABLE_HEADINGS, TABLE_FIRST = 4, 6


def headings_row(page: Page) -> int:
    """The row in which the headings of a repeated group's sheet stand."""
    return TABLE_HEADINGS + page.lower


def first_row(page: Page) -> int:
    """The first row of a repeated group's sheet that is filled in."""
    return TABLE_FIRST + page.lower - page.without_how


#: Rows laid out for a repeated group that may be answered more often than this.
ROWS = 100

FORM_SHEET, LISTS_SHEET, ABOUT_SHEET = "Form", "Lists", "About this sheet"


@dataclass(frozen=True)
class Line:
    """One row of the form's own sheet."""

    row: int
    kind: Literal["section", "hint", "note", "question", "part"]
    label: str
    how: str = ""
    number: str = ""
    question: Question | None = None
    spots: tuple[Spot, ...] = ()
    #: What stands in the answer's columns and is only read: where to go on, the heads of a table of measures.
    shown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of the sheet of a repeated group."""

    column: int
    label: str
    how: str
    question: Question
    spot: Spot


@dataclass(frozen=True)
class Table:
    """The sheet of a repeated group. ``within`` is the place of the group it stands in, empty for none."""

    question: Question
    kind: kinds.Repeated
    place: str
    sheet: str
    within: str
    parent_one: str
    columns: tuple[Column, ...]
    numbered: str

    @property
    def parent_column(self) -> int:
        """The column that says to which round of the outer group a row belongs; 0 when there is none."""
        return 2 if self.within else 0


@dataclass(frozen=True)
class Plan:
    """The whole workbook of a form."""

    form: Form
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    last_row: int = 0
    last_column: int = ANSWER

    def tables_in(self, place: str) -> tuple[Table, ...]:
        """The tables of the groups directly within a group; those of the form itself for an empty place."""
        return tuple(one for one in self.tables if one.within == place)


@dataclass
class _Making:
    """A plan while it is made."""

    setting: Setting
    lines: list[Line] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    row: int = HEADINGS + 1
    taken: set[str] = field(
        default_factory=lambda: {FORM_SHEET.casefold(), LISTS_SHEET.casefold(), ABOUT_SHEET.casefold()}
    )

    def line(
        self, line_kind: Literal["section", "hint", "note", "question", "part"], label: str, **more: object
    ) -> None:
        """Put one more row."""
        self.lines.append(Line(self.row, line_kind, label, **more))  # type: ignore[arg-type]
        self.row += 1


def plan_of(form: Form, setting: Setting | None = None) -> Plan:
    """Where each question of a form stands in its workbook."""
    made = _Making(setting or Setting())
    number = 0
    for section, questions in form.parts:
        if section.title:
            made.line("section", section.title)
        if section.hint:
            made.line("hint", section.hint)
        for question in questions:
            number += question.answers
            _put(made, form.questions, question, str(number))
    widest = max((spot.column for line in made.lines for spot in line.spots), default=0)
    return Plan(form, tuple(made.lines), tuple(made.tables), made.row - 1, ANSWER + widest)


def _put(made: _Making, among: Sequence[Question], question: Question, number: str) -> None:
    """The rows of one question."""
    answer = laid(question.kind, question, question.key, made.setting)
    if isinstance(question.kind, kinds.Note):
        made.line("note", question.kind.text, how=_only_if(among, question), question=question)
        return
    how = how_answered(among, question, answer)
    if isinstance(question.kind, kinds.Repeated):
        table = _table(made, question, question.kind, question.key, "", "")
        shown = (f"Fill in the sheet “{table.sheet}”.",)
        made.line("question", question.label, how=how, number=number, question=question, shown=shown)
    elif question.calculate is not None:
        made.line("question", question.label, how=how, number=number, question=question, spots=(Spot(look="shown"),))
    elif isinstance(question.kind, kinds.Choices | kinds.PickMany | kinds.Scores):
        heads = (SCORE, WHY_NOT, NOTE) if isinstance(question.kind, kinds.Scores) else ()
        made.line("question", question.label, how=how, number=number, question=question, shown=heads)
        rows = sorted({spot.row for spot in answer.spots})
        for row in rows:
            spots = tuple(spot for spot in answer.spots if spot.row == row)
            made.line("part", spots[0].label, how=spots[0].how, question=question, spots=spots)
    else:
        made.line("question", question.label, how=how, number=number, question=question, spots=answer.spots)


def how_answered(among: Sequence[Question], question: Question, answer: Laid) -> str:
    """How a question is answered, in sentences: its kind, its hint, when it is asked, whether it must be."""
    if question.calculate is not None:
        said = [question.calculate.words, "Worked out when the sheet is brought in."]
    else:
        must = "Must be answered." if question.show_when is None else "Must be answered then."
        hint = question.hint if question.hint.endswith((".", "?", "!")) or not question.hint else f"{question.hint}."
        only_if = _only_if(among, question)
        if question.required_when is not None and not question.required:
            must = f"Must be answered if {condition_in_words(tuple(among), question.required_when)}."
        elif not question.required:
            must = "" if only_if else "May be left empty."
        said = [answer.how, hint, only_if, *expressed(among, question), must]
    return " ".join(part for part in said if part)


def _only_if(among: Sequence[Question], question: Question) -> str:
    if question.show_when is None:
        return ""
    return f"Only if {condition_in_words(tuple(among), question.show_when)}."


def _table(made: _Making, question: Question, kind: kinds.Repeated, place: str, within: str, parent_one: str) -> Table:
    """The sheet of a repeated group, and those of the groups within it."""
    column = 3 if within else 2
    columns: list[Column] = []
    sheet = _sheet_name(question.label, made.taken)
    inner: list[tuple[Question, kinds.Repeated]] = []
    for one in kind.questions:
        if isinstance(one.kind, kinds.Repeated):
            inner.append((one, one.kind))
            continue
        if not one.answers:
            continue
        answer = laid(one.kind, one, f"{place}.{one.key}", made.setting)
        how = how_answered(kind.questions, one, answer)
        spots = (Spot(look="shown"),) if one.calculate is not None else answer.spots
        for spot in spots:
            columns.append(Column(column, _column_label(one, spot), spot.how or how, one, spot))
            column += 1
    table = Table(question, kind, place, sheet, within, parent_one, tuple(columns), f"{kind.one.capitalize()} no.")
    made.tables.append(table)
    for one, its_kind in inner:
        _table(made, one, its_kind, f"{place}.{one.key}", place, kind.one)
    return table


def _column_label(question: Question, spot: Spot) -> str:
    if not spot.name:
        return question.label
    if spot.column and isinstance(question.kind, kinds.Scores):
        key = spot.name.partition(".")[0]
        measure = next(one.label for one in question.kind.measures if one.key == key)
        return f"{question.label}: {measure}, {spot.label[:1].lower()}{spot.label[1:]}"
    return f"{question.label}: {spot.label}"


def _sheet_name(label: str, taken: set[str]) -> str:
    """A name Excel allows for a sheet, of at most 31 characters, that no other has."""
    bare = " ".join(re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", label).split())
    # Names Excel keeps for itself, and signs outside of its 16 bits, are left out.
    bare = "".join(sign for sign in bare if " " <= sign <= "\ud7ff").strip()[:31].strip()
    if not bare or bare.casefold() == "history":
        bare = "Rows"
    name, number = bare, 2
    while name.casefold() in taken:
        name = f"{bare[: 30 - len(str(number))]} {number}"
        number += 1
    taken.add(name.casefold())
    return name
