"""What bringing a file in would change, record by record and cell by cell, before anything is changed."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cmcore.base.findings import Finding, Severity
from cmcore.exchange.records import ImportRun
from cmcore.safekeeping.audit import plain

#: What can happen to a record.
NEW, CHANGED, ENDED, SAME = "new", "changed", "ended", "same"


@dataclass(slots=True)
class Change:
    """What would happen to one record.

    ``known_as`` is the file's own key for whom or what it is about (the child id, a number of the register). ``before``
    and ``after`` hold the columns that differ; of a new record ``after`` holds all of them.
    """

    kind: str
    what: str
    known_as: str
    row: int | None
    record_id: int | None
    before: dict[str, Any]
    after: dict[str, Any]


class Additions:
    """The new records of one kind: the same columns for all, so that thousands of them stay light.

    Going through them gives each as a :class:`Change`.
    """

    def __init__(self, kind: str, columns: tuple[str, ...]) -> None:
        """Begin without any; ``columns`` names what each row of values holds, in order."""
        self.kind = kind
        self.columns = columns
        self.known_as: list[str] = []
        self.rows: list[int | None] = []
        self.values: list[tuple[Any, ...]] = []

    def add(self, known_as: str, row: int | None, values: tuple[Any, ...]) -> None:
        """Add one record, with its values in the order of the columns."""
        self.known_as.append(known_as)
        self.rows.append(row)
        self.values.append(values)

    def by_column(self) -> dict[str, tuple[Any, ...]]:
        """Each column with its values in the order of the records."""
        return dict(zip(self.columns, zip(*self.values, strict=True), strict=False))

    def __len__(self) -> int:
        """How many there are."""
        return len(self.values)

    def __iter__(self) -> Iterator[Change]:
        """Each new record as a change."""
        for known_as, row, values in zip(self.known_as, self.rows, self.values, strict=True):
            yield Change(self.kind, NEW, known_as, row, None, {}, dict(zip(self.columns, values, strict=True)))


@dataclass
class Plan:
    """Everything bringing a file in would do: what is new, what changes, how many stay the same, and all findings.

    ``files`` names each part's file; ``digests`` are their SHA-256; ``as_at`` is the day the file speaks of.
    """

    importer: str
    as_at: date | None
    files: dict[str, str]
    digests: dict[str, str]
    rows_read: dict[str, int]
    new: dict[str, Additions] = field(default_factory=dict)
    changed: list[Change] = field(default_factory=list)
    #: What changes of a young person because an episode does; shown with it, and not counted again.
    follows: list[Change] = field(default_factory=list)
    same: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    @property
    def held_back(self) -> list[Finding]:
        """Why rows were held back."""
        return [one for one in self.findings if one.severity is Severity.block]

    @property
    def changes_nothing(self) -> bool:
        """Whether every record stays as it is."""
        return not self.changed and not self.follows and not any(self.new.values())

    def all_changes(self) -> Iterator[Change]:
        """Every change, new records first, in the order of the files."""
        for changes in self.new.values():
            yield from changes
        yield from self.changed
        yield from self.follows

    def counts(self) -> dict[str, dict[str, int]]:
        """How many records of each kind are new, changed, ended, the same."""
        told: dict[str, dict[str, int]] = {}
        for kind in dict.fromkeys((*self.new, *(one.kind for one in self.changed), *self.same)):
            what = Counter(one.what for one in self.changed if one.kind == kind)
            told[kind] = {
                NEW: len(self.new.get(kind, ())),
                CHANGED: what[CHANGED],
                ENDED: what[ENDED],
                SAME: self.same[kind],
            }
        return told

    def tally(self) -> dict[str, int]:
        """How many findings there are of each check, by its id."""
        return dict(Counter([one.rule or "" for one in self.findings]))

    def digest(self) -> str:
        """A fingerprint of all that would change, so that what is confirmed is what was seen."""
        said = [
            [one.kind, one.what, one.known_as, one.record_id, _plain(one.before), _plain(one.after)]
            for one in self.all_changes()
        ]
        return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def as_data(self, *, changes: bool = True) -> dict[str, Any]:
        """The plan as plain values for JSON; without ``changes`` only counts and findings."""
        told: dict[str, Any] = {
            "importer": self.importer,
            "as_at": self.as_at.isoformat() if self.as_at else None,
            "files": self.files,
            "rows_read": self.rows_read,
            "counts": self.counts(),
            "held_back": len({(one.file, one.row) for one in self.held_back}),
            "findings": [one.as_data() for one in self.findings],
        }
        if changes:
            told["changes"] = [
                {
                    "kind": one.kind,
                    "what": one.what,
                    "known_as": one.known_as,
                    "row": one.row,
                    "before": _plain(one.before),
                    "after": _plain(one.after),
                }
                for one in self.all_changes()
            ]
        return told


@dataclass(frozen=True)
class BroughtIn:
    """What came of bringing a file in: what it did, and its run; no run where nothing was to be done."""

    plan: Plan
    run: ImportRun | None


#: Told while an import works: what is being done, how much of it is done, how much there is (0 where nobody knows).
Progress = Callable[[str, int, int], None]


def silence(what: str, done: int, of: int) -> None:
    """Tell nobody."""


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}


def differences(held: dict[str, Any], told: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The columns told that differ from those held: their values before and after."""
    differing = [name for name, value in told.items() if held[name] != value]
    return {name: held[name] for name in differing}, {name: told[name] for name in differing}
