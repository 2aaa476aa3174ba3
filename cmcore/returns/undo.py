"""An import taken back whole: what it made goes, what it changed is put back, unless somebody built on it since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, delete, inspect, select

from cmcore.base.bulk import within_ranges
from cmcore.base.clock import day, local
from cmcore.base.findings import Finding, Refused, refuse, refuse_if
from cmcore.base.lifecycle import moving
from cmcore.base.records import Record
from cmcore.exchange.records import ImportChange, ImportRun
from cmcore.returns import rules
from cmcore.returns.plan import NEW
from cmcore.returns.standing_again import may_stand_again
from cmcore.returns.stands_against import Standing, chunks
from cmcore.safekeeping import audit
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.attempts import attempt
from cmcore.safekeeping.audit import Line
from cmcore.safekeeping.records import StateChange
from cmcore.safekeeping.work import Work, action
from cmcore.workbooks.lists import list_of

_REASON = beyond("an import is taken back whole: its permission is checked, and the audit tells of each young person")


@action("import.undo")
def undo_import(work: Work, run: ImportRun) -> ImportRun:
    """Take an import back: remove what it made and put back what it changed, all or nothing.

    Refuses one that was taken back already or is older than R-IMP-1 allows; and one whose records somebody changed or
    built on since, naming them.
    """
    return _taken_back(work, run)


@action("workbook_row.undo")
def undo_workbook(work: Work, run: ImportRun) -> ImportRun:
    """Take a list's workbook back, as :func:`undo_import` does; whoever brought it in may.

    Its rows that wait to be mended stay where they are. Refuses another kind of import, and another person's.
    """
    if run.importer != "workbook":
        raise refuse("This is no workbook of a list.", way_out="Take it back on the page of imports.")
    if run.login != work.actor.login:
        work.require("import.undo", run.authority_id)
    return _taken_back(work, run)


@action("import_run.undo_together")
def undo_together(work: Work, run: ImportRun) -> ImportRun:
    """Take back what one act did with many records, as :func:`undo_import` does; whoever did it may.

    Refuses another kind of import, another person's, an act that cannot be taken back, and one whose act is not theirs.
    """
    if run.importer != "together":
        raise refuse("This is no act on many records.", way_out="Take it back on the page of imports.")
    if run.login != work.actor.login:
        work.require("import.undo", run.authority_id)
    work.require(run.receipt["needs"], run.authority_id)
    return _taken_back(work, run)


def _taken_back(work: Work, run: ImportRun) -> ImportRun:
    if not run.receipt.get("returns", True):
        raise refuse(f"“{run.receipt['label']}” cannot be taken back.", way_out="Change the records one by one.")
    if run.undone_at is not None:
        raise refuse(f"This import was taken back already, on {day(local(run.undone_at).date())}.")
    work.heed(rules.may_take_back(local(run.started_at).date(), work.today, work.policy_of(run)))
    _Undoing(work, run).carry_out()
    run.undone_at, run.undone_by = work.clock.now(), work.actor.name
    run.changed_at = run.undone_at
    return run


class _Undoing:
    """One import being taken back."""

    def __init__(self, work: Work, run: ImportRun) -> None:
        """Gather what the run made and changed."""
        self.work = work
        self.run = run
        self.classes: dict[str, type[Any]] = {
            mapper.class_.kind(): mapper.class_ for mapper in Record.registry.mappers if hasattr(mapper.class_, "id")
        }
        told: dict[str, Any] = run.receipt.get("made", {})
        self.made = {kind: within_ranges(pairs) for kind, pairs in told.items()}
        asked = select(ImportChange).where(ImportChange.run_id == run.id).order_by(ImportChange.id)
        told_all = list(work.db.scalars(asked))
        self.changes = [change for change in told_all if change.change != NEW]
        #: Records it made have version 1, unless making them took more than one step.
        self.versions = {
            (change.kind_of_record, change.record_id): (change.after or {}).get("version") for change in told_all
        }
        #: Classes whose rows are parts of what was made, and go with it (a review's scores).
        self.parts = {part for kind in self.made for part, _ in _parts_of(self.classes[kind])}

    def carry_out(self) -> None:
        """Look whether it may be taken back, then do it."""
        changed: dict[str, set[int]] = defaultdict(set)
        for change in self.changes:
            changed[change.kind_of_record].add(change.record_id)
        refuse_if(Standing(self.work, self.run, self.made, changed, self.versions, self.parts).against())
        refuse_if(self._reached_without_checks())
        self._put_back()
        self.work.db.flush()
        self._say_what_goes()
        for kind in self._children_first():
            self._remove(self.classes[kind], self.made[kind])
        self.work.db.expire_all()

    def _reached_without_checks(self) -> Iterator[Finding]:
        """What refuses the states that records would stand in again: none is reached without its checks."""
        for change in self.changes:
            state = (change.before or {}).get("state")
            if state is not None and change.kind_of_record != "review":
                record = self.work.db.get(self.classes[change.kind_of_record], change.record_id)
                if record is not None:
                    yield from may_stand_again(self.work, record, state)

    # ---- putting back
    def _put_back(self) -> None:
        for change in self.changes:
            record = self.work.db.get(self.classes[change.kind_of_record], change.record_id)
            if record is None:
                raise refuse("A record this import changed is no longer there.", way_out="Nothing was taken back.")
            before = dict(change.before or {})
            if change.kind_of_record == "review":
                self._put_back_total(record, before)
            else:
                if (state := before.pop("state", None)) is not None:
                    self._put_back_state(record, state)
                values = _typed(record, before)
                if self.run.importer == "workbook":
                    self._by_its_act(record, values)
                self.work.change(record, **values)

    def _by_its_act(self, record: Any, values: dict[str, Any]) -> None:
        """Change a record back by the act that its list changes it with, so that what a rule refuses now is refused.

        What it refuses without a rule, such as an answer that was not asked for then, is put back as it was.
        """
        listed = list_of(record.kind(), self.work, self.run.authority_id)
        if listed.change is None or listed.answers_of is None:
            return
        held = {name: getattr(record, name) for name in values}
        with self.work.db.no_autoflush:
            for name, value in values.items():
                setattr(record, name, value)
            answers = listed.answers_of(record)
            for name, value in held.items():
                setattr(record, name, value)
        try:
            with attempt(self.work):
                listed.change(self.work, record, answers, record.version)
        except Refused as refused:
            if any(one.blocks and one.rule for one in refused.findings):
                raise
            self.work.db.refresh(record)

    def _put_back_total(self, review: Any, before: dict[str, Any]) -> None:
        if review.state == "superseded":
            self._stand_again(review)
            return
        score = review.scores[0]
        score.score = before.get("score", score.score)
        score.not_scored_because = before.get("not_scored_because", score.not_scored_because)
        review.kind_of_review = before.get("kind_of_review", review.kind_of_review)
        review.changed_at = self.work.clock.now()

    def _stand_again(self, review: Any) -> None:
        """Let a superseded total stand again: what took its place goes."""
        review.superseded_by_id = None
        self._put_back_state(review, "final", "stand_again", "The import that superseded it was taken back.")

    def _put_back_state(
        self,
        record: Any,
        state: str,
        transition: str = "taken_back",
        reason: str = "What was done to it was taken back.",
    ) -> None:
        """Let a record stand where it stood; that it stood elsewhere meanwhile stays in its history."""
        now, left = self.work.clock.now(), record.state
        with moving(record):
            record.state = state
        record.changed_at = now
        self.work.db.add(
            StateChange(
                authority_id=record.authority_id,
                kind_of_record=record.kind(),
                record_id=record.id,
                young_person_id=None if record.narrow else getattr(record, "young_person_id", None),
                transition=transition,
                from_state=left,
                to_state=state,
                moved_on=self.work.today,
                moved_at=now,
                moved_by=self.work.actor.name,
                reason=reason,
            )
        )

    # ---- removing
    def _children_first(self) -> list[str]:
        """The kinds that were made, those that point at others first."""
        order = [table.name for table in Record.metadata.sorted_tables]
        return sorted(self.made, key=lambda kind: -order.index(inspect(self.classes[kind]).local_table.name))

    def _say_what_goes(self) -> None:
        """One line of the audit for each young person from whom something is removed."""
        counted: dict[int, dict[str, int]] = {}
        for kind, keys in self.made.items():
            record = self.classes[kind]
            if kind == "young_person":
                for key in keys:
                    counted.setdefault(key, {})[kind] = 1
            elif hasattr(record, "young_person_id"):
                for chunk in chunks(keys):
                    for owner in self.work.db.scalars(select(record.young_person_id).where(record.id.in_(chunk))):
                        of_owner = counted.setdefault(owner, {})
                        of_owner[kind] = of_owner.get(kind, 0) + 1
        for owner, gone in counted.items():
            what = "removed" if "young_person" in gone else "changed"
            detail = {"import_run": self.run.id, "taken_back": gone}
            audit.note(self.work.db, Line(what, "young_person", owner, self.run.authority_id, owner, detail))

    def _remove(self, record: type[Any], keys: Sequence[int]) -> None:
        for chunk in chunks(keys):
            for part, owner in _parts_of(record):
                self.work.db.execute(delete(part).where(owner.in_(chunk)), execution_options=_REASON)
            self.work.db.execute(delete(record).where(record.id.in_(chunk)), execution_options=_REASON)


def _parts_of(record: type[Any]) -> list[tuple[type[Any], Any]]:
    """The classes whose rows are parts of a record's and go with it, with the column that names their owner."""
    found = []
    for relation in inspect(record).relationships:
        if relation.cascade.delete:
            part = relation.mapper.class_
            owners = [remote for local, remote in relation.local_remote_pairs or () if local.name == "id"]
            found.append((part, getattr(part, relation.mapper.get_property_by_column(owners[0]).key)))
    return found


def _typed(record: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Values as JSON kept them, as the record's columns hold them."""
    typed = {}
    for name, value in values.items():
        column = inspect(type(record)).columns[name]
        if isinstance(value, str) and isinstance(column.type, Date):
            typed[name] = date.fromisoformat(value)
        elif isinstance(value, str) and column.type.python_type is datetime:
            typed[name] = datetime.fromisoformat(value)
        else:
            typed[name] = value
    return typed
