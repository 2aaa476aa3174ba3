"""How long the tally of an authority's year takes, beside two bare sums in SQL: 15,000 sessions, 2,000 invoices."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date

from sqlalchemy import text

from bench.paperwork import Papers, papers, year_of
from cmcore.invoices.queries import tally_between

SESSIONS, INVOICES = 15_000, 2_000
MOST_SECONDS = 1.0

_FLOOR = (
    "SELECT s.commission_id, date(s.starts_at), sum(s.minutes) FROM cm_session s JOIN cm_activity_report r "
    "ON r.id = s.activity_report_id WHERE r.state IN ('accepted', 'locked') AND s.chargeable GROUP BY 1, 2",
    "SELECT commission_id, session_on, sum(minutes) FROM cm_invoice_line GROUP BY 1, 2",
)


def run(rounds: int) -> None:
    """Print the medians, the two taking turns, and how many days differ."""
    with papers() as made:
        year_of(made, SESSIONS, INVOICES)
        differing = _ours(made)
        contenders: dict[str, Callable[[], int]] = {"ours": lambda: _ours(made), "sums in SQL": lambda: _floor(made)}
        taken: dict[str, list[float]] = {name: [] for name in contenders}
        for _ in range(rounds):
            for name, does in contenders.items():
                began = time.perf_counter()
                does()
                taken[name].append(time.perf_counter() - began)
    ours, floor = (statistics.median(taken[name]) for name in contenders)
    print(f"tally of {SESSIONS:,} sessions and {INVOICES:,} invoices: {ours * 1000:.0f} ms, {differing} days differ")
    print(f"  {ours / floor:.1f} times the bare sums ({floor * 1000:.0f} ms)")
    print(f"  under {MOST_SECONDS:.0f} s: {'holds' if ours < MOST_SECONDS else 'does not hold'}")


def _ours(made: Papers) -> int:
    with made.stage.work() as work:
        rows = tally_between(work, made.stage.authority_id, date(2025, 4, 1), date(2026, 11, 10))
        work.undo()
    return sum(row.differs for row in rows)


def _floor(made: Papers) -> int:
    with made.stage.engine.connect() as connection:
        return sum(len(connection.execute(text(one)).all()) for one in _FLOOR)
