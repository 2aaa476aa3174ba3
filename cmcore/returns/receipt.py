"""What is kept of a bringing-in for whoever asks later: counts, what was held back and why, which records it made."""

from __future__ import annotations

from typing import Any

from cmcore.returns.plan import Plan

#: So many rows held back are written out; the rest is counted.
MOST_WRITTEN_OUT = 1_000


def receipt_of(plan: Plan, made: dict[str, list[list[int]]]) -> dict[str, Any]:
    """The receipt of a plan carried out. ``made`` gives the keys of the records it made, by kind, as ranges."""
    held_back = plan.held_back
    return {
        "rows_read": plan.rows_read,
        "tally": plan.tally(),
        "held_back": [one.as_data() for one in held_back[:MOST_WRITTEN_OUT]],
        "held_back_in_all": len(held_back),
        "made": made,
    }
