"""Does an act with many records, one by one: a record that refuses it is left as it is, and says why.

A preview does it and undoes all of it. There is no other way in than the acts of one record: each has its own rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from cmcore.base.bulk import ranges
from cmcore.base.findings import Finding, NotFound, Refused, refuse
from cmcore.base.lifecycle import Stateful
from cmcore.base.records import Record
from cmcore.exchange.records import ImportChange, ImportRun
from cmcore.safekeeping.attempts import attempt
from cmcore.safekeeping.audit import Line, plain
from cmcore.safekeeping.work import Work, action
from cmcore.together.acts import CHANGED, MOST, REFUSED, SAME, Change, Outcome, Together, TogetherAct

#: What a run of an act with many records is called among imports.
IMPORTER = "together"
#: What tells what was, and stays when it is taken back.
_STAYS = frozenset({"state_change", "import_run", "import_change"})
_BOOKKEEPING = frozenset({"id", "version", "created_at", "changed_at", "authority_id"})
_GONE = "It is no longer within your reach, or no longer there."


class _Changes:
    """The columns of every record that is changed meanwhile, as they were when it was first touched."""

    def __init__(self) -> None:
        self.before: dict[Any, dict[str, Any]] = {}
        #: Whether a column was changed whose value before nobody had read.
        self.unknown = False

    def note(self, session: Session, *_: Any) -> None:
        """Look at what is about to be written."""
        for record in session.dirty:
            if not isinstance(record, Record) or not record.audited or not session.is_modified(record):
                continue
            kept = self.before.setdefault(record, {})
            state = inspect(record)
            for attribute in state.mapper.column_attrs:
                history = state.attrs[attribute.key].history
                if attribute.key in _BOOKKEEPING or not history.has_changes():
                    continue
                if not history.deleted:
                    self.unknown = True
                else:
                    kept.setdefault(attribute.key, history.deleted[0])

    def made(self) -> list[Change]:
        """What was changed, and what it became."""
        found = []
        for record, before in self.before.items():
            state = inspect(record)
            if state.deleted or state.detached or not hasattr(record, "id"):
                self.unknown = True
                continue
            differ = {name: value for name, value in before.items() if getattr(record, name) != value}
            if differ:
                after = {"version": getattr(record, "version", 1), **{name: getattr(record, name) for name in differ}}
                found.append(Change(record.kind(), record.id, _as_kept(differ), _as_kept(after)))
        return found


def _as_kept(values: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}


@contextmanager
def _watched(work: Work) -> Iterator[_Changes]:
    changes = _Changes()
    event.listen(work.db, "before_flush", changes.note)
    try:
        yield changes
    finally:
        event.remove(work.db, "before_flush", changes.note)


def preview_together(work: Work, act: TogetherAct, keys: Sequence[int]) -> Together:
    """What would come of an act with these records, found out by doing it and undoing all of it.

    The work is undone when this returns. Refuses more records than are done at once.
    """
    work.require(act.needs)
    try:
        return _done(work, act, keys)
    finally:
        work.undo()


@action("import_run.together")
def do_together(
    work: Work, act: TogetherAct, keys: Sequence[int], *, authority_id: int, seen: str | None = None
) -> tuple[Together, ImportRun | None]:
    """Do an act with these records of one authority; those that refuse it are left as they are.

    ``seen`` is the fingerprint of the preview that was confirmed: where something has changed since, this refuses.
    Gives no run where nothing was changed.
    """
    work.require(act.needs, authority_id)
    came = _done(work, act, keys)
    if seen is not None and seen != came.digest:
        raise refuse(
            "Something has changed since you looked, so nothing was done.",
            way_out="Look at what would change now, and confirm that.",
        )
    if not came.counts[CHANGED]:
        return came, None
    return came, _kept(work, came, authority_id)


def _done(work: Work, act: TogetherAct, keys: Sequence[int]) -> Together:
    chosen = list(dict.fromkeys(keys))
    if len(chosen) > MOST:
        raise refuse(f"At most {MOST} are done at once; these are {len(chosen):,}.", way_out="Choose fewer of them.")
    work.begin_writing()
    return Together(act, [_outcome(work, act, key) for key in chosen])


def _outcome(work: Work, act: TogetherAct, key: int) -> Outcome:
    try:
        record = work.get(act.record, key)
    except NotFound:
        return Outcome(key, "", REFUSED, [Finding(_GONE)])
    title, stood = act.title(record), _told(act, record)
    lines: list[Line] = work.db.info.setdefault("audit", [])
    warned, written = len(work.warnings), len(lines)
    try:
        with _watched(work) as changes, attempt(work):
            act.do(work, record)
            work.db.flush()
            made = tuple(
                (one.kind, one.record_id)
                for one in lines[written:]
                if one.what == "added" and one.record_id is not None and one.kind not in _STAYS
            )
            changed = [one for one in changes.made() if (one.kind, one.record_id) not in made]
            gone = any(one.what == "removed" for one in lines[written:])
            versions = _versions(work, made)
        told = list(work.warnings[warned:])
    except Refused as refused:
        work.db.expire(record)
        return Outcome(key, title, REFUSED, list(refused.findings))
    except NotFound as lost:
        work.db.expire(record)
        return Outcome(key, title, REFUSED, [Finding(f"A {lost.what} it needs is not within your reach.")])
    stands = _told(act, record)
    said = tuple((label, old, stands.get(label, "")) for label, old in stood.items() if stands.get(label, "") != old)
    what = CHANGED if changed or made or gone else SAME
    return Outcome(key, title, what, told, changed, made, said, fixed=changes.unknown or gone, versions=versions)


def _told(act: TogetherAct, record: Any) -> dict[str, str]:
    """How a record stands, in words: its state, and what the act says of it."""
    stands = {"Where it stands": str(record.state_label)} if isinstance(record, Stateful) else {}
    return {**stands, **(act.tell(record) if act.tell is not None else {})}


def _versions(work: Work, made: Sequence[tuple[str, int]]) -> dict[tuple[str, int], int]:
    """The versions of records that an act made and went on with: whoever takes them back must know."""
    if not made:
        return {}
    held = ((one, getattr(one, "version", 1)) for one in work.db.identity_map.values() if isinstance(one, Record))
    grown = {(one.kind(), getattr(one, "id", 0)): version for one, version in held if version != 1}
    return {spot: grown[spot] for spot in made if spot in grown}


def _kept(work: Work, came: Together, authority_id: int) -> ImportRun:
    """The run, with what it made and changed: by it all of it can be taken back."""
    now, made = work.clock.now(), defaultdict[str, list[int]](list)
    for one in came.outcomes:
        for kind, key in one.made:
            made[kind].append(key)
    done = [one for one in came.outcomes if one.what == CHANGED]
    changes = _joined([change for one in done for change in one.changes])
    run = work.add(
        ImportRun(
            authority_id=authority_id,
            importer=IMPORTER,
            of_kind=came.act.record.kind(),
            login=work.actor.login,
            started_at=now,
            finished_at=now,
            started_by=work.actor.name,
            counts={came.act.record.kind(): dict(came.counts)},
            receipt={
                "act": came.act.key,
                "label": came.act.label,
                "needs": came.act.needs,
                "returns": came.act.returns and not any(one.fixed for one in done),
                "made": {kind: ranges(keys) for kind, keys in made.items()},
                "done": [[one.record_id, one.title, [list(each) for each in one.said]] for one in done],
                "held_back": [
                    {**each.as_data(), "about": one.title}
                    for one in came.outcomes
                    if one.what == REFUSED
                    for each in one.findings
                ],
                "held_back_in_all": came.counts[REFUSED],
            },
        )
    )
    work.db.flush()
    work.db.add_all(
        ImportChange(
            authority_id=authority_id,
            run_id=run.id,
            kind_of_record=one.kind,
            record_id=one.record_id,
            change=CHANGED,
            before=one.before,
            after=one.after,
        )
        for one in changes
    )
    work.db.add_all(
        ImportChange(
            authority_id=authority_id,
            run_id=run.id,
            kind_of_record=kind,
            record_id=key,
            change="new",
            after={"version": version},
        )
        for one in done
        for (kind, key), version in one.versions.items()
    )
    return run


def _joined(changes: Sequence[Change]) -> list[Change]:
    """The changes of one record that several acts touched as one: what it was at first, what it became at last."""
    found: dict[tuple[str, int], Change] = {}
    for one in changes:
        known = found.get((one.kind, one.record_id))
        if known is None:
            found[one.kind, one.record_id] = Change(one.kind, one.record_id, dict(one.before), dict(one.after))
        else:
            known.before = {**one.before, **known.before}
            known.after = {**known.after, **one.after}
    return list(found.values())
