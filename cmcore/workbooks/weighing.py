"""Takes the rows of a workbook through the list's own form and acts, one by one, and says what came of each.

It happens in the caller's work: kept if that commits, and a preview if it is undone. A row that is refused is undone
alone. There is no other way in than the acts that the console calls.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import inspect, select

from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.exchange.records import ImportRun
from cmcore.forms import dump, read
from cmcore.safekeeping.attempts import attempt
from cmcore.safekeeping.audit import Line
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks import checks
from cmcore.workbooks.known import known_as
from cmcore.workbooks.lists import AtHand, ListWorkbook
from cmcore.workbooks.outcomes import CHANGED, NEW, REFUSED, SAME, Outcome, fingerprint_of
from cmcore.workbooks.preparing import Prepared, Preparing
from cmcore.workbooks.reading import ListReading
from cmcore.workbooks.records import WorkbookKey
from cmcore.workbooks.sheet import HELD, PARENT

_WAITING = re.compile(r"waiting row (\d{1,9})", re.IGNORECASE)
_CHUNK = 400
#: From so many rows on they are written together.
_MANY = 20
#: What tells what was, and stays when a bringing-in is taken back.
_STAYS = frozenset({"state_change"})


class _OneByOne(Exception):
    """A row cannot be written together with others."""


class Weighing(Preparing):
    """The rows of one workbook on their way through a list's form and acts."""

    def __init__(self, work: Work, listed: ListWorkbook, authority: Authority, reading: ListReading) -> None:
        """Read beforehand what all rows need."""
        work.require(listed.needs, authority.id)
        work.begin_writing()
        super().__init__(work, listed, authority, reading)
        self.near: AtHand | None = None
        self._made: list[tuple[Outcome, Any]] = []
        self._parents: dict[int, Any] = {}
        self._rows: dict[str, int] = {}
        self._held: dict[int, int] = {}

    def outcomes(self) -> list[Outcome]:
        """What comes of each row, in their order."""
        prepared = [self.prepared(row) for row in self.reading.rows]
        kept = self._kept([one.fingerprint for one in prepared if one.fingerprint])
        answers = [one.answers for one in prepared if one.answers is not None]
        if self.listed.at_hand is None or len(prepared) < _MANY:
            return [self._outcome(one, kept) for one in prepared]
        with self.listed.at_hand(self.work, answers) as self.near:
            made: list[Outcome] = []
            for start in range(0, len(prepared), _CHUNK):
                made += self._together(prepared[start : start + _CHUNK], kept)
            return made

    def _together(self, prepared: list[Prepared], kept: Mapping[str, int]) -> list[Outcome]:
        """What comes of some rows that are written at once; where that does not work out, one by one."""
        assert self.near is not None
        rows, held = dict(self._rows), dict(self._held)
        self.work.db.info["gathering"] = True
        try:
            with attempt(self.work):
                made = [self._outcome(one, kept) for one in prepared]
            for outcome, record in self._made:
                outcome.record_id = record.id
                outcome.made = ((self.listed.key, record.id),)
            return made
        except (_OneByOne, Refused):
            self._rows, self._held = rows, held
            self.work.db.info["gathering"] = False
            self.near.read()
            return [self._outcome(_again(one), kept) for one in prepared]
        finally:
            self._made.clear()
            self.work.db.info.pop("gathering", None)

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
    def _outcome(self, made: Prepared, kept: Mapping[str, int]) -> Outcome:
        if made.fingerprint and not made.refused:
            first = self._rows.setdefault(made.fingerprint, made.row.row)
            if first != made.row.row:
                self.found(made, checks.TWICE, f"Row {first} says the same.", "", "Delete one of the two rows.")
        if made.held is not None and not made.refused:
            first = self._held.setdefault(made.held, made.row.row)
            if first != made.row.row:
                said = f"Row {first} names the same {self.listed.one}."
                self.found(made, checks.TWICE, said, HELD, "Put what is to be kept into one row.")
        if made.refused:
            return self._refused(made, [])
        if (record_id := kept.get(made.fingerprint)) is not None and made.held is None:
            return Outcome(
                made.row, SAME, made.findings, record_id=record_id, mends=made.mends, fingerprint=made.fingerprint
            )
        if self.work.db.info.get("gathering"):
            return self._gathered(made)
        lines: list[Line] = self.work.db.info.setdefault("audit", [])
        warned, written = len(self.work.warnings), len(lines)
        try:
            with attempt(self.work):
                made_of = self._act(made)
                # The act reads the answers again, and says again what only warns.
                told = made.row.placed(self.work.warnings[warned:], self.reading.file)
                made_of.findings = list(dict.fromkeys([*made_of.findings, *told]))
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

    def _gathered(self, made: Prepared) -> Outcome:
        """What comes of a row that is written with others. One that may touch what is held is done by itself."""
        assert self.near is not None
        columns = self.listed.known_by(made.answers) if self.listed.known_by is not None and made.answers else {}
        if made.held is not None or (columns and self.near.found(columns)):
            raise _OneByOne
        warned, pending = len(self.work.warnings), len(self.work.db.new)
        self.work.db.info["just read"] = made.answers
        try:
            record = self.listed.make(self.work, self.authority.id, self._parent(made.parent), made.answers)
        except Refused as refused:
            if len(self.work.db.new) > pending:
                raise _OneByOne from None
            del self.work.warnings[warned:]
            return self._refused(made, refused.findings)
        except NotFound:
            raise _OneByOne from None
        finally:
            self.work.db.info.pop("just read", None)
        self.near.kept(record)
        findings = [*made.findings, *made.row.placed(self.work.warnings[warned:], self.reading.file)]
        outcome = Outcome(
            made.row, NEW, findings, self.title(made), None, made.mends, made.fingerprint, after={"version": 1}
        )
        outcome.told = made.answers
        self._made.append((outcome, record))
        return outcome

    def _refused(self, made: Prepared, findings: Sequence[Finding]) -> Outcome:
        placed = made.row.placed([replace(one, file=None) for one in findings], self.reading.file)
        return Outcome(
            made.row,
            REFUSED,
            [*made.findings, *placed],
            self.title(made),
            mends=made.mends,
            fingerprint=fingerprint_of([self.listed.key, "refused", made.row.raw]),
        )

    def _act(self, made: Prepared) -> Outcome:
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
        if self.near is not None:
            self.near.kept(record)
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
            told=made.answers,
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

    def _change(self, made: Prepared, record: Any) -> Outcome:
        listed, title = self.listed, known_as(record)
        if listed.change is None or listed.answers_of is None:
            said = f"A {listed.one} that is held is not changed by a workbook."
            raise Refused([replace(checks.FIXED.found(said, file=self.reading.file), place=HELD, file=None)])
        if made.parent is not None and listed.parent is not None:
            own = getattr(record, f"{listed.parent.kind()}_id", made.parent)
            if own != made.parent:
                said = f"This {listed.one} stays with its {listed.parent.words[0]}."
                raise Refused([replace(checks.FIXED.found(said, file=self.reading.file), place=PARENT, file=None)])
        before = listed.answers_of(record)
        held = dump(self.form, before)
        reading = read(self.form, self.over(held, made.raw))
        made.findings += made.row.placed(self.distinct(made, reading.findings), self.reading.file)
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
        outcome.held, outcome.told, outcome.keys = before, reading.answers, changed
        outcome.changes = tuple(self.questions[key].label.rstrip("?:. ") for key in changed if key in self.questions)
        return outcome


def _again(made: Prepared) -> Prepared:
    """A row as it was before it was looked at together with others."""
    made.findings = [one for one in made.findings if one.rule != checks.TWICE.id]
    return made


def _values(record: Any) -> dict[str, Any]:
    skipped = {"id", "version", "created_at", "changed_at", "authority_id"}
    return {
        attribute.key: getattr(record, attribute.key)
        for attribute in inspect(type(record)).column_attrs
        if attribute.key not in skipped
    }
