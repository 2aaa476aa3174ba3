"""An act that is done with many records, and what came of each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from cmcore.base.findings import Finding
from cmcore.base.records import Record
from cmcore.safekeeping.work import Work
from cmcore.workbooks.outcomes import fingerprint_of

Came = Literal["changed", "same", "refused"]
CHANGED: Came = "changed"
SAME: Came = "same"
REFUSED: Came = "refused"
#: So many records one act is done with at once: a preview does it, and takes it back again, while somebody waits.
MOST = 200


@dataclass(frozen=True)
class TogetherAct:
    """One act for many records of a kind: what it is called, the library's act it needs, and what does it to one.

    ``do`` is called with (work, record), and raises what refuses it. ``returns`` says whether it can be taken back.
    """

    key: str
    label: str
    record: type[Record]
    needs: str
    do: Callable[[Work, Any], Any]
    title: Callable[[Any], str] = str
    #: More of how a record stands, in words, by what it is called: what differs afterwards is said in the preview.
    tell: Callable[[Any], dict[str, str]] | None = None
    returns: bool = True


@dataclass
class Change:
    """What an act changed of one record: columns before and after, and the version it left."""

    kind: str
    record_id: int
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class Outcome:
    """What came of one record. ``title`` says in words without a name which it is."""

    record_id: int
    title: str
    what: Came
    findings: list[Finding] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    #: Every record the act made, by kind and key.
    made: tuple[tuple[str, int], ...] = ()
    #: What changed, in words, before and after: ("Where it stands", "Sent", "In triage").
    said: tuple[tuple[str, str, str], ...] = ()
    #: Whether something of it cannot be put back: a record went, or what it held before was never read.
    fixed: bool = False
    #: The versions of what it made, where it did not stop at the first.
    versions: dict[tuple[str, int], int] = field(default_factory=dict)


@dataclass
class Together:
    """What came, or would come, of an act with many records."""

    act: TogetherAct
    outcomes: list[Outcome]

    @property
    def counts(self) -> dict[Came, int]:
        """How many were changed, stayed the same and were refused."""
        return {what: sum(1 for one in self.outcomes if one.what == what) for what in (CHANGED, SAME, REFUSED)}

    @property
    def digest(self) -> str:
        """The fingerprint of what is shown, so that what is confirmed is what was seen."""
        return fingerprint_of(
            [
                (one.record_id, one.what, [(each.kind, each.before) for each in one.changes], _messages(one))
                for one in self.outcomes
            ]
        )


def _messages(one: Outcome) -> list[str]:
    return [each.message for each in one.findings]
