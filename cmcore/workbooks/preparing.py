"""A row of a workbook on its way to an act: what was typed, which records it names, its answers and fingerprint."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from cmcore.base.findings import Finding
from cmcore.exchange.checks import clipped
from cmcore.exchange.workbook import sheet_checks
from cmcore.forms import dump, kinds, read
from cmcore.forms.descriptions import condition_in_words
from cmcore.forms.questions import UNSET
from cmcore.forms.schema import is_blank
from cmcore.safekeeping.audit import plain
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks import checks
from cmcore.workbooks.known import Known
from cmcore.workbooks.lists import ListWorkbook
from cmcore.workbooks.outcomes import fingerprint_of
from cmcore.workbooks.reading import ListReading, SheetRow
from cmcore.workbooks.sheet import EMPTIED, HELD, PARENT

_WAITING = re.compile(r"waiting row (\d{1,9})", re.IGNORECASE)


class Prepared:
    """A row on its way: what was typed without the columns that say what it belongs to, and what those say."""

    def __init__(self, row: SheetRow) -> None:
        self.row = row
        self.raw = {key: value for key, value in row.raw.items() if key not in (HELD, PARENT)}
        self.findings = list(row.findings)
        self.held: int | None = None
        self.parent: int | None = None
        self.mends: int | None = None
        self.answers: Any = None
        self.fingerprint = ""

    @property
    def refused(self) -> bool:
        """Whether a finding blocks."""
        return any(one.blocks for one in self.findings)


class Preparing:
    """The rows of one workbook before any act: the part of weighing them that reads and changes nothing."""

    def __init__(self, work: Work, listed: ListWorkbook, authority: Authority, reading: ListReading) -> None:
        """Find out the form, and what a page of it begins with."""
        self.work = work
        self.listed = listed
        self.authority = authority
        self.reading = reading
        self.form = listed.form_for(work, authority.id)
        self.questions = {one.key: one for one in self.form.questions if one.answers}
        self.begins = {key: plain(one.default) for key, one in self.questions.items() if one.default is not UNSET}
        self.known = Known(work, authority.id)

    def prepared(self, row: SheetRow) -> Prepared:
        """A row with the records it names and, where it is a new one, its answers."""
        made = Prepared(row)
        self._read_picks(made)
        if made.refused:
            return made
        if made.held is not None:
            return made
        if self.listed.parent is not None and made.parent is None:
            self.found(made, checks.NOT_KNOWN, f"Say which {self.listed.parent.words[0]} it belongs to.", PARENT)
            return made
        # What a page would begin with is meant where a cell is left empty, and what a cell is emptied of is nothing.
        typed = self.over({}, made.raw)
        begins = {key: value for key, value in self.begins.items() if is_blank(made.raw.get(key))}
        self._read_answers(made, {**begins, **typed})
        return made

    def _read_picks(self, made: Prepared) -> None:
        for key, told in made.row.picked.items():
            question = self.questions.get(key)
            of = self._of(key, question)
            if of is None:
                continue
            if key == HELD and (waiting := _WAITING.fullmatch(told.strip())):
                made.mends = int(waiting[1])
                continue
            number, why = self.known.meant(of, told)
            if number is None:
                label = question.label.rstrip("?:. ") if question else "This"
                self.found(made, checks.NOT_KNOWN, f"{label}: “{clipped(told)}” is not known, {why}.", key)
            elif key == HELD:
                made.held = number
            elif key == PARENT:
                made.parent = number
            else:
                made.raw[key] = number

    def _of(self, key: str, question: Any) -> str | None:
        if key == HELD:
            return self.listed.key
        if key == PARENT:
            return self.listed.parent.kind() if self.listed.parent is not None else None
        return question.kind.of if question is not None and isinstance(question.kind, kinds.Pick) else None

    def _read_answers(self, made: Prepared, raw: Mapping[str, Any]) -> None:
        reading = read(self.form, raw)
        made.findings += made.row.placed(self.distinct(made, reading.findings), self.reading.file)
        for key in reading.hidden & made.raw.keys():
            question = self.questions[key]
            if question.show_when is not None:
                when = condition_in_words(self.form.questions, question.show_when)
                said = f"{question.label.rstrip('?:. ')}: this is asked only if {when}, so the answer is left out."
                self.found(made, sheet_checks.NOT_ASKED, said, key, "Empty it, or change what it depends on.")
        if not made.refused:
            made.answers = reading.answers
            told = dump(self.form, made.answers)
            made.fingerprint = fingerprint_of([self.listed.key, made.parent, told])

    def distinct(self, made: Prepared, findings: Sequence[Finding]) -> list[Finding]:
        """What a form says, without what the sheet has said of the same answer already."""
        known = {one.place for one in made.findings if one.blocks}
        return [one for one in findings if not (one.blocks and one.place in known)]

    def found(self, made: Prepared, check: Any, said: str, place: str, way_out: str = "") -> None:
        """Say something of a row, at the cell of one of its answers."""
        way_out = way_out or "Choose it from the list, or write its reference."
        told = replace(check.found(said, file=self.reading.file, way_out=way_out), file=None, place=place)
        made.findings += made.row.placed([told], self.reading.file)

    def over(self, held: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
        """What is held, with what was typed over it; what was left empty stays."""
        made = dict(held)
        for key, value in typed.items():
            if isinstance(value, str) and value.strip().casefold() == EMPTIED:
                made[key] = None
            elif isinstance(value, Mapping) and isinstance(made.get(key), Mapping):
                made[key] = {**made[key], **value}
            elif not is_blank(value):
                made[key] = value
        return made

    def title(self, made: Prepared) -> str:
        """What a row is about, in words without a name."""
        if made.held is not None:
            return self.known.title(self.listed.key, made.held) or ""
        if made.parent is not None and self.listed.parent is not None:
            return self.known.title(self.listed.parent.kind(), made.parent) or ""
        for key in made.row.picked:
            of = self._of(key, self.questions.get(key))
            number = made.raw.get(key)
            if of in ("young_person", "enrolment", "commission", "mentor") and isinstance(number, int):
                return self.known.title(of, number) or ""
        return ""
