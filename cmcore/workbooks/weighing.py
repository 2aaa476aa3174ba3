"""Takes the rows of a workbook through the list's own form and acts, one by one, and says what came of each.

It happens in the caller's work: kept if that commits, and a preview if it is undone. A row that is refused is undone
alone. There is no other way in than the acts that the console calls.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from sqlalchemy import inspect, select

from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.exchange.checks import clipped
from cmcore.exchange.records import ImportRun
from cmcore.exchange.workbook import sheet_checks
from cmcore.forms import dump, kinds, read
from cmcore.forms.descriptions import condition_in_words
from cmcore.forms.questions import UNSET
from cmcore.forms.schema import is_blank
from cmcore.safekeeping.attempts import attempt
from cmcore.safekeeping.audit import Line, plain
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks import checks
from cmcore.workbooks.known import Known, known_as
from cmcore.workbooks.lists import ListWorkbook
from cmcore.workbooks.outcomes import CHANGED, NEW, REFUSED, SAME, Outcome, fingerprint_of
from cmcore.workbooks.reading import ListReading, SheetRow
from cmcore.workbooks.records import WorkbookKey
from cmcore.workbooks.sheet import EMPTIED, HELD, PARENT

_WAITING = re.compile(r"waiting row (\d{1,9})", re.IGNORECASE)
_CHUNK = 400
#: What tells what was, and stays when a bringing-in is taken back.
_STAYS = frozenset({"state_change"})


class _Prepared:
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


class Weighing:
    """The rows of one workbook on their way through a list's form and acts."""

    def __init__(self, work: Work, listed: ListWorkbook, authority: Authority, reading: ListReading) -> None:
        """Read beforehand what all rows need."""
        work.require(listed.needs, authority.id)
        work.begin_writing()
        self.work = work
        self.listed = listed
        self.authority = authority
        self.reading = reading
        self.form = listed.form_for(work, authority.id)
        self.questions = {one.key: one for one in self.form.questions if one.answers}
        self.begins = {key: plain(one.default) for key, one in self.questions.items() if one.default is not UNSET}
        self.known = Known(work, authority.id)
        self._parents: dict[int, Any] = {}
        self._rows: dict[str, int] = {}
        self._held: dict[int, int] = {}

    def outcomes(self) -> list[Outcome]:
        """What comes of each row, in their order."""
        prepared = [self._prepared(row) for row in self.reading.rows]
        kept = self._kept([one.fingerprint for one in prepared if one.fingerprint])
        answers = [one.answers for one in prepared if one.answers is not None]
        near = self.listed.at_hand(self.work, answers) if self.listed.at_hand else nullcontext()
        with near:
            return [self._outcome(one, kept) for one in prepared]

    # ---- what was typed
    def _prepared(self, row: SheetRow) -> _Prepared:
        made = _Prepared(row)
        self._read_picks(made)
        if made.refused:
            return made
        if made.held is not None:
            return made
        if self.listed.parent is not None and made.parent is None:
            self._found(made, checks.NOT_KNOWN, f"Say which {self.listed.parent.words[0]} it belongs to.", PARENT)
            return made
        # What a page would begin with is meant where a cell is left empty, and what a cell is emptied of is nothing.
        typed = self._over({}, made.raw)
        begins = {key: value for key, value in self.begins.items() if is_blank(made.raw.get(key))}
        self._read_answers(made, {**begins, **typed})
        return made

    def _read_picks(self, made: _Prepared) -> None:
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
                self._found(made, checks.NOT_KNOWN, f"{label}: “{clipped(told)}” is not known, {why}.", key)
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

    def _read_answers(self, made: _Prepared, raw: Mapping[str, Any]) -> None:
        reading = read(self.form, raw)
        made.findings += made.row.placed(self._distinct(made, reading.findings), self.reading.file)
        for key in reading.hidden & made.raw.keys():
            question = self.questions[key]
            if question.show_when is not None:
                when = condition_in_words(self.form.questions, question.show_when)
                said = f"{question.label.rstrip('?:. ')}: this is asked only if {when}, so the answer is left out."
                self._found(made, sheet_checks.NOT_ASKED, said, key, "Empty it, or change what it depends on.")
        if not made.refused:
            made.answers = reading.answers
            told = dump(self.form, made.answers)
            made.fingerprint = fingerprint_of([self.listed.key, made.parent, told])

    def _distinct(self, made: _Prepared, findings: Sequence[Finding]) -> list[Finding]:
        """What a form says, without what the sheet has said of the same answer already."""
        known = {one.place for one in made.findings if one.blocks}
        return [one for one in findings if not (one.blocks and one.place in known)]

    def _found(self, made: _Prepared, check: Any, said: str, place: str, way_out: str = "") -> None:
        way_out = way_out or "Choose it from the list, or write its reference."
        told = replace(check.found(said, file=self.reading.file, way_out=way_out), file=None, place=place)
        made.findings += made.row.placed([told], self.reading.file)

    # ---- what is kept already
    def _kept(self, fingerprints: list[str]) -> dict[str, int]:
        """Which record each of these rows became before, where it is still there and was not taken back."""
        found: dict[str, int] = {}
        for start in range(0, len(fingerprints), _CHUNK):
            asked = (
                select(WorkbookKey.fingerprint, WorkbookKey.record_id)
                .join(ImportRun, ImportRun.id == WorkbookKey.run_id)
                .where(
                    WorkbookKey.authority_id == self.authority.id,
                    WorkbookKey.kind_of_record == self.listed.key,
                    WorkbookKey.fingerprint.in_(fingerprints[start : start + _CHUNK]),
                    ImportRun.undone_at.is_(None),
                )
            )
            found |= {row.fingerprint: row.record_id for row in self.work.db.execute(asked)}
        there = self._there(found.values())
        return {told: key for told, key in found.items() if key in there}

    def _there(self, keys: Any) -> set[int]:
        record: Any = self.listed.record
        listed = sorted(set(keys))
        there: set[int] = set()
        for start in range(0, len(listed), _CHUNK):
            asked = select(record.id).where(record.id.in_(listed[start : start + _CHUNK]))
            there |= set(self.work.db.scalars(asked))
        return there

    # ---- what comes of a row
    def _outcome(self, made: _Prepared, kept: Mapping[str, int]) -> Outcome:
        if made.fingerprint and not made.refused:
            first = self._rows.setdefault(made.fingerprint, made.row.row)
            if first != made.row.row:
                self._found(made, checks.TWICE, f"Row {first} says the same.", "", "Delete one of the two rows.")
        if made.held is not None and not made.refused:
            first = self._held.setdefault(made.held, made.row.row)
            if first != made.row.row:
                said = f"Row {first} names the same {self.listed.one}."
                self._found(made, checks.TWICE, said, HELD, "Put what is to be kept into one row.")
        if made.refused:
            return self._refused(made, [])
        if (record_id := kept.get(made.fingerprint)) is not None and made.held is None:
            return Outcome(
                made.row, SAME, made.findings, record_id=record_id, mends=made.mends, fingerprint=made.fingerprint
            )
        lines: list[Line] = self.work.db.info.setdefault("audit", [])
        warned, written = len(self.work.warnings), len(lines)
        try:
            with attempt(self.work):
                made_of = self._act(made)
                made_of.findings += made.row.placed(self.work.warnings[warned:], self.reading.file)
            made_of.made = tuple(
                (one.kind, one.record_id)
                for one in lines[written:]
                if one.what == "added" and one.record_id is not None and one.kind not in _STAYS
            )
            return made_of
        except Refused as refused:
            return self._refused(made, refused.findings)
        except NotFound as lost:
            said = f"A {lost.what} it names is not within your reach."
            return self._refused(made, [checks.NOT_KNOWN.found(said, file=self.reading.file)])

    def _refused(self, made: _Prepared, findings: Sequence[Finding]) -> Outcome:
        placed = made.row.placed([replace(one, file=None) for one in findings], self.reading.file)
        return Outcome(
            made.row,
            REFUSED,
            [*made.findings, *placed],
            self._title(made),
            mends=made.mends,
            fingerprint=fingerprint_of([self.listed.key, "refused", made.row.raw]),
        )

    def _act(self, made: _Prepared) -> Outcome:
        if made.held is not None:
            record = self.work.get(self.listed.record, made.held)
            return self._change(made, record)
        if self.listed.known_by is not None and (columns := self.listed.known_by(made.answers)):
            found = self._by_columns(columns)
            if found is not None:
                return self._change(made, found)
        parent = self._parent(made.parent)
        record = self.listed.make(self.work, self.authority.id, parent, made.answers)
        if record.id is None:
            self.work.db.flush()
        if getattr(record, "authority_id", self.authority.id) != self.authority.id:
            said = "A record it names belongs to another authority."
            raise Refused([checks.ELSEWHERE.found(said, file=self.reading.file)])
        return Outcome(
            made.row,
            NEW,
            made.findings,
            known_as(record),
            record.id,
            made.mends,
            made.fingerprint,
            after={"version": getattr(record, "version", 1)},
        )

    def _by_columns(self, columns: Mapping[str, Any]) -> Any:
        record: Any = self.listed.record
        asked = select(record).where(*(getattr(record, name) == value for name, value in columns.items()))
        if hasattr(record, "authority_id"):
            asked = asked.where(record.authority_id == self.authority.id)
        return self.work.db.scalars(asked.limit(1)).first()

    def _parent(self, number: int | None) -> Any:
        if number is None or self.listed.parent is None:
            return None
        if number not in self._parents:
            self._parents[number] = self.work.get(self.listed.parent, number)
        return self._parents[number]

    def _change(self, made: _Prepared, record: Any) -> Outcome:
        listed, title = self.listed, known_as(record)
        if listed.change is None or listed.answers_of is None:
            said = f"A {listed.one} that is held is not changed by a workbook."
            raise Refused([replace(checks.FIXED.found(said, file=self.reading.file), place=HELD, file=None)])
        if made.parent is not None and listed.parent is not None:
            own = getattr(record, f"{listed.parent.kind()}_id", made.parent)
            if own != made.parent:
                said = f"This {listed.one} stays with its {listed.parent.words[0]}."
                raise Refused([replace(checks.FIXED.found(said, file=self.reading.file), place=PARENT, file=None)])
        held = dump(self.form, listed.answers_of(record))
        reading = read(self.form, self._over(held, made.raw))
        made.findings += made.row.placed(self._distinct(made, reading.findings), self.reading.file)
        if reading.answers is None:
            raise Refused([])
        told = dump(self.form, reading.answers)
        changed = tuple(key for key in told if told[key] != held.get(key))
        outcome = Outcome(made.row, SAME, made.findings, title, record.id, made.mends, made.fingerprint)
        if not changed:
            return outcome
        columns = _values(record)
        version = record.version
        listed.change(self.work, record, reading.answers, version)
        self.work.db.flush()
        if record.version == version:
            return outcome
        after = _values(record)
        differ = [name for name in columns if columns[name] != after[name]]
        outcome.what = CHANGED
        outcome.before = {name: columns[name] for name in differ}
        outcome.after = {"version": record.version, **{name: after[name] for name in differ}}
        outcome.changes = tuple(self.questions[key].label.rstrip("?:. ") for key in changed if key in self.questions)
        return outcome

    def _over(self, held: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
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

    def _title(self, made: _Prepared) -> str:
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


def _values(record: Any) -> dict[str, Any]:
    skipped = {"id", "version", "created_at", "changed_at", "authority_id"}
    return {
        attribute.key: getattr(record, attribute.key)
        for attribute in inspect(type(record)).column_attrs
        if attribute.key not in skipped
    }
