"""Reads an XLSForm workbook: the form it makes, what of it is not carried, and what has to be put right first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from cmcore.base.findings import Finding, Refused
from cmcore.exchange.workbook.guarded import guarded
from cmcore.exchange.workbook.seen import Book, book_of
from cmcore.exchange.xlsform.building import Building
from cmcore.exchange.xlsform.carried import Carrying, Words
from cmcore.exchange.xlsform.gathering import Gathered
from cmcore.exchange.xlsform.items import read_items
from cmcore.exchange.xlsform.languages import chosen_among, languages_of, texts_of, worded
from cmcore.exchange.xlsform.leaving_out import leave_out, leave_out_calculations, name_everything
from cmcore.exchange.xlsform.lists import Lists, read_lists, unused_columns
from cmcore.exchange.xlsform.naming import as_form_key
from cmcore.exchange.xlsform.passed_over import say_strange_columns
from cmcore.exchange.xlsform.references import LabelOf, NamesOf, References
from cmcore.exchange.xlsform.sheets import CHOICES, OTHER_SHEETS, SETTINGS, SURVEY, Sheet, page_for, sheet_of
from cmcore.forms import Form, FormFault, Question, kinds
from cmcore.forms.flow import cycle_in
from cmcore.forms.languages import Language
from cmcore.forms.questions import Section

#: More rows than any form has: a survey of so many questions could not be filled in.
MOST_ROWS, MOST_CHOICES = 1_500, 10_000

#: Settings that are carried, or that say something the software decides by itself.
_SETTINGS_READ = ("form_title", "form_id", "default_language", "allow_choice_duplicates", "clean_text_values")


@dataclass(frozen=True)
class XlsFormReading:
    """What came of reading a workbook.

    ``form`` is None where a finding blocks; ``left_out`` says, by sheet, row and column, what the form goes without
    (a warning) or has in another way (for information); ``findings`` are what has to be put right.
    """

    form: Form | None
    left_out: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_xlsform(blob: bytes, *, file: str) -> XlsFormReading:
    """Read a workbook in ODK's standard into a form. Nothing is raised: what is wrong is among the findings."""
    try:
        told = guarded("cmcore.exchange.xlsform.second_reader:book_and_verdict", blob, file)
    except Refused as refused:
        return XlsFormReading(None, (), refused.findings)
    return reading_of(told, file=file)


def reading_of(told: Mapping[str, Any], *, file: str) -> XlsFormReading:
    """The same of a workbook whose cells were taken from it already, with pyxform's verdict."""
    book, found = book_of(told["book"]), Gathered(file)
    form = _form(book, found) if not _refuse_cells(book, found) else None
    if not found.faults and (verdict := told["verdict"]) is not None and verdict["said"]:
        found.fault(SURVEY, f"pyxform, ODK's own reader, refuses it: {verdict['said']}", row=verdict["row"])
    order = {f"{file}, {page.name}": number for number, page in enumerate(book.pages)}

    def place(one: Finding) -> tuple[int, int]:
        return order.get(one.file or "", -1), one.row or 0

    left_out, faults = sorted(found.left_out, key=place), sorted(found.faults, key=place)
    return XlsFormReading(None if faults else form, tuple(left_out), tuple(faults))


def _refuse_cells(book: Book, found: Gathered) -> bool:
    """Refuse formulas and what went wrong in them: what they give depends on who opens the file."""
    for page in book.pages:
        if page.name.casefold() not in (SURVEY, CHOICES, SETTINGS) and len(book.pages) > 1:
            continue
        for seen in page.cells.values():
            if seen.holds in ("formula", "error"):
                what = "a formula" if seen.holds == "formula" else "an error"
                found.fault(
                    page.name,
                    f"Cell {seen.at} holds {what}.",
                    "Copy the column and paste it in the same place as values.",
                    row=seen.row,
                    column=page.text(1, seen.column) or None,
                )
                if len(found.faults) >= 20:
                    return True
    return bool(found.faults)


def _form(book: Book, found: Gathered) -> Form | None:
    page = page_for(book, SURVEY)
    if page is None or not page.cells:
        names = ", ".join(f"“{one.name}”" for one in book.pages)
        found.fault(
            "",
            f"There is no sheet “survey” with questions in it, only {names or 'an empty workbook'}.",
            "Name the sheet with the questions “survey”.",
        )
        return None
    survey, choices = sheet_of(page), _sheet(book, CHOICES)
    settings = _sheet(book, SETTINGS)
    if not any(one.means == "type" for one in survey.columns) or not any(one.means == "name" for one in survey.columns):
        found.fault(
            survey.name,
            "The first row has no columns “type” and “name”.",
            "Put the names of the columns in row 1: type, name, label.",
            row=1,
        )
        return None
    if len(survey.rows) > MOST_ROWS or (choices and len(choices.rows) > MOST_CHOICES):
        many = f"at most {MOST_ROWS:,} rows of questions and {MOST_CHOICES:,} choices"
        found.fault("", f"The form is too long: {many} are read.", "Make two forms of it.")
        return None
    _say_other_sheets(book, found)
    root = read_items(survey, found)
    lists = read_lists(choices, found)
    told = _settings(settings, found)
    languages = languages_of((survey, choices))
    words = Words(chosen_among(languages, told.get("default_language", "")), [])
    words.others = [one for one in languages if one != words.main]
    name_everything(root, found)
    leave_out(root, lists, found)
    if found.faults:
        return None
    references = References(root, _label_of(words), _names_of(lists, words))
    building = Building(Carrying(references, words, found), lists, found)
    leave_out_calculations(root, building)
    questions = building.questions(root)
    say_strange_columns(survey, found)
    if choices is not None:
        for column in unused_columns(choices, frozenset(building.used_columns)):
            found.changed(CHOICES, f"No choice filter looks at the column “{column.header}”.", column=column)
    return _whole(questions, building, words, told, found)


def _whole(
    questions: list[Question], building: Building, words: Words, told: dict[str, str], found: Gathered
) -> Form | None:
    """The form of its questions; a circle is named with the rows it goes through."""
    for prefix, level in _levels(questions, ""):
        if circle := cycle_in(level):
            rows = [building.rows.get(prefix + key, building.rows.get(prefix + circle[0], 1)) for key in circle]
            way = " → ".join(f"{key} (row {row})" for key, row in zip(circle, rows, strict=True))
            found.fault(
                SURVEY, f"Questions wait for each other in a circle: {way}.", "Break it in one place.", row=rows[0]
            )
            return None
    stem = PurePath(found.file).stem
    title = told.get("form_title") or told.get("form_id") or stem or "Form"
    sections = building.section_names
    others = []
    for language, texts in words.by_language.items():
        kept: dict[str, str] = {}
        for place, text in texts.items():
            if place.startswith("section/"):
                named = [title for title, item in sections.items() if place == f"section/{item.row.number}"]
                kept |= {f"section/{title}": text for title in named}
            elif not place.endswith("/guidance"):
                kept[place] = text
        others.append(Language(language, tuple(kept.items())))
    try:
        return Form(
            key=as_form_key(told.get("form_id") or title),
            version=1,
            title=title,
            questions=tuple(questions),
            sections=tuple(Section(title=title) for title in building.sections.titles if title),
            languages=tuple(others),
        )
    except FormFault as fault:
        found.fault(SURVEY, str(fault), "Put it right in the workbook.")
        return None


def _levels(questions: list[Question], before: str) -> Iterator[tuple[str, list[Question]]]:
    yield before, questions
    for one in questions:
        if isinstance(one.kind, kinds.Repeated):
            yield from _levels(list(one.kind.questions), f"{before}{one.key}/")


def _sheet(book: Book, name: str) -> Sheet | None:
    page = book.page(name) if len(book.pages) > 1 else None
    return sheet_of(page) if page is not None and page.cells else None


def _say_other_sheets(book: Book, found: Gathered) -> None:
    for page in book.pages if len(book.pages) > 1 else ():
        name = page.name.casefold()
        if name in OTHER_SHEETS and any(row > 1 for row, _ in page.cells):
            found.lost(page.name, f"The sheet holds {OTHER_SHEETS[name]}, which is not carried.")
        elif name not in (SURVEY, CHOICES, SETTINGS) and page.cells:
            found.changed(page.name, "The sheet is not one of XLSForm's, so it was not looked at.")


def _settings(sheet: Sheet | None, found: Gathered) -> dict[str, str]:
    if sheet is None or not sheet.rows:
        return {}
    row = sheet.rows[0]
    for column, text in row.cells.items():
        if column.means == "version":
            said = "Editions are counted here by themselves."
            found.changed(SETTINGS, said, row=row, column=column, value=text)
        elif column.means in ("instance_name", "public_key", "submission_url", "auto_send", "auto_delete"):
            said = "Answers are kept here and sent nowhere, under a reference of their own."
            found.changed(SETTINGS, said, row=row, column=column, value=text)
        elif column.means not in _SETTINGS_READ:
            found.changed(SETTINGS, "This setting has no meaning here.", row=row, column=column, value=text)
    return {one.means: text for one, text in row.cells.items()}


def _label_of(words: Words) -> LabelOf:
    return lambda item: worded(texts_of(item.row, "label"), words.main) or item.name.replace("_", " ")


def _names_of(lists: Lists, words: Words) -> NamesOf:
    return lambda item: tuple(
        (one.name, worded(one.labels, words.main) or one.name) for one in lists.by_name.get(item.of, ())
    )
