"""What comes of the rows of a workbook: new, changed, the same, or refused with reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from typing import Any, Literal

from cmcore.base.findings import Finding
from cmcore.workbooks.reading import ListReading, SheetRow

What = Literal["new", "changed", "same", "refused"]
NEW: Literal["new"] = "new"
CHANGED: Literal["changed"] = "changed"
SAME: Literal["same"] = "same"
REFUSED: Literal["refused"] = "refused"
WHATS: tuple[What, ...] = (NEW, CHANGED, SAME, REFUSED)


@dataclass
class Outcome:
    """What comes of one row. ``title`` says in words without a name what it is about; ``record_id`` what it became."""

    row: SheetRow
    what: What
    findings: list[Finding] = field(default_factory=list)
    title: str = ""
    record_id: int | None = None
    #: The row held back earlier that this one mends.
    mends: int | None = None
    fingerprint: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    #: The answers as they are held and as they would be, and which of them differ, to be shown cell by cell.
    held: Any = field(default=None, repr=False)
    told: Any = field(default=None, repr=False)
    keys: tuple[str, ...] = ()
    #: Every record the act made, by kind and key: the one asked for, and what came with it.
    made: tuple[tuple[str, int], ...] = ()

    @property
    def reasons(self) -> list[Finding]:
        """What blocks."""
        return [one for one in self.findings if one.blocks]

    def as_data(self) -> dict[str, Any]:
        """The outcome as plain values, for JSON."""
        told: dict[str, Any] = {"row": self.row.row, "what": self.what, "about": self.title, "record": self.record_id}
        if self.changes:
            told["changes"] = list(self.changes)
        return told | {"findings": [one.as_data() for one in self.findings]}


@dataclass
class Preview:
    """What would come of a workbook, or came of it."""

    kind: str
    reading: ListReading
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, the same and refused."""
        counted = Counter(one.what for one in self.outcomes)
        return {what: counted.get(what, 0) for what in WHATS}

    @property
    def refused(self) -> list[Outcome]:
        """The rows that cannot be kept as they are."""
        return [one for one in self.outcomes if one.what == REFUSED]

    @property
    def changes_anything(self) -> bool:
        """Whether bringing it in would keep or hold back anything."""
        return any(one.what != SAME for one in self.outcomes)

    @property
    def digest(self) -> str:
        """The fingerprint of what is shown, so that what is confirmed is what was seen."""
        told = [
            (one.row.row, one.what, one.fingerprint, [finding.message for finding in one.reasons])
            for one in self.outcomes
        ]
        return fingerprint_of(told)

    def as_data(self) -> dict[str, Any]:
        """The preview as plain values, for JSON."""
        return {
            "list": self.kind,
            "file": self.reading.file,
            "refused": self.reading.refused,
            "counts": self.counts,
            "findings": [one.as_data() for one in self.reading.findings],
            "rows": [one.as_data() for one in self.outcomes],
        }


def fingerprint_of(told: Any) -> str:
    """The fingerprint of plain values, whatever the order of their keys."""
    return sha256(dumps(told, sort_keys=True, default=str, ensure_ascii=False).encode()).hexdigest()
