"""What is kept of a bringing-in for whoever asks later: counts, what was held back and why, which records it made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cmcore.base.findings import Finding, Severity
from cmcore.returns.plan import Plan

#: So many rows held back are written out; the rest is counted.
MOST_WRITTEN_OUT = 1_000
#: So many findings of all sorts are kept to be taken out as a file; the rest is counted.
MOST_FOUND = 10_000


def receipt_of(plan: Plan, made: dict[str, list[list[int]]]) -> dict[str, Any]:
    """The receipt of a plan carried out. ``made`` gives the keys of the records it made, by kind, as ranges."""
    held_back = plan.held_back
    return {
        "rows_read": plan.rows_read,
        "tally": plan.tally(),
        "held_back": [one.as_data() for one in held_back[:MOST_WRITTEN_OUT]],
        "held_back_in_all": len(held_back),
        "found": _packed(plan.findings[:MOST_FOUND]),
        "found_in_all": len(plan.findings),
        "made": made,
    }


def findings_of(receipt: Mapping[str, Any]) -> list[Finding]:
    """Every finding a receipt keeps, without what stood there; of one written before that, what was held back."""
    if (kept := receipt.get("found")) is None:
        known = ("message", "rule", "place", "way_out", "file", "row", "column")
        return [Finding(**{key: one[key] for key in known if key in one}) for one in receipt.get("held_back", ())]
    found = []
    for which, file, row, column in kept["at"]:
        severity, rule, message, way_out = kept["said"][which]
        found.append(Finding(message, rule, Severity(severity), way_out=way_out, file=file, row=row, column=column))
    return found


def _packed(findings: Iterable[Finding]) -> dict[str, Any]:
    """What is said, once, and where: a return may have the same said of thousands of rows."""
    said: dict[tuple[str, str | None, str, str], int] = {}
    at = [
        [
            said.setdefault((str(one.severity), one.rule, one.message, one.way_out), len(said)),
            one.file,
            one.row,
            one.column,
        ]
        for one in findings
    ]
    return {"said": [list(one) for one in said], "at": at}
