"""A year of papers to measure on: sessions, reports and invoices of one invented authority, copied from one."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, select

import cmcore.records  # noqa: F401  every record is mapped before one is asked for
from cmcore.activity_reports.actions import accept_report, draw_up_report, submit_report
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.activity_reports.records import ActivityReport
from cmcore.base.engine import engine_for
from cmcore.base.migrations import upgrade
from cmcore.commissions.records import Commission
from cmcore.invoices.actions import add_invoice, submit_invoice
from cmcore.invoices.forms import InvoiceAnswers, InvoiceLineAnswers
from cmcore.invoices.records import Invoice, InvoiceLine
from cmcore.safekeeping.memberships import give_role
from cmcore.sessions.forms import ImpactAnswers
from cmcore.sessions.records import MentoringSession
from cmcore.testing import Stage
from cmcore.testing.story import Story

WHO = "hester.quillmarsh"
_WORDS = "Two colours of lino, and a talk about the river. She chose the picture and showed another pupil how. "
_SEEN = ("confidence", "motivation", "communication")


@dataclass(frozen=True)
class Papers:
    """A stage with papers on it."""

    stage: Stage
    story: Story

    def copied(self, record: type[Any], rows: list[dict[str, Any]]) -> None:
        """Copies of the first row of a table, each with some columns of its own."""
        table: Any = record.__table__
        with self.stage.engine.begin() as connection:
            first = dict(connection.execute(select(table).order_by(table.c.id)).mappings().first() or {})
            first.pop("id")
            connection.execute(insert(table), [{**first, **row} for row in rows])


@contextmanager
def papers() -> Iterator[Papers]:
    """One session, its accepted report, and an invoice of it, in a SQLite database of their own."""
    with tempfile.TemporaryDirectory() as place:
        engine: Engine = engine_for(f"sqlite:///{Path(place)}/bench.db")
        upgrade(engine)
        stage = Stage(engine)
        stage.authority()
        story = Story.begin(stage)
        stage.on(date(2026, 10, 1))
        with stage.work("operator") as work:
            give_role(work, stage.authority_id, WHO, "coordinator")
            story.started(work)
        stage.on(date(2026, 11, 10))
        seen = [ImpactAnswers(measure=key, note=_WORDS, expected=True) for key in _SEEN]
        with stage.work("operator") as work:
            story.logged(work, date(2026, 10, 8), done=_WORDS * 3, impact=seen, words_said=_WORDS)
            commission = work.db.scalars(select(Commission)).one()
            days = ActivityReportAnswers(
                commission_id=commission.id, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 31), summary=_WORDS * 2
            )
            accept_report(work, submit_report(work, draw_up_report(work, days)))
            line = InvoiceLineAnswers(
                commission_id=commission.id, session_on=date(2026, 10, 8), minutes=90, rate_pence=None
            )
            month = {"starts_on": date(2026, 10, 1), "ends_on": date(2026, 10, 31), "lines": [line]}
            submit_invoice(work, add_invoice(work, InvoiceAnswers(mentor_id=story.mentor_id, number="1", **month)))
        yield Papers(stage, story)
        engine.dispose()


def reports_of(made: Papers, many: int, sessions: int = 4) -> None:
    """So many more accepted reports, of so many sessions each."""
    made.copied(ActivityReport, [{"ref": f"WR-A-{1000 + number}"} for number in range(many)])
    starts = datetime(2026, 10, 8, 14, tzinfo=UTC)
    rows = [
        {
            "activity_report_id": 2 + number // sessions,
            "starts_at": starts + timedelta(days=number % sessions),
            "ends_at": starts + timedelta(days=number % sessions, minutes=90),
            "done": f"{number}: {_WORDS * 3}",
        }
        for number in range(many * sessions)
    ]
    made.copied(MentoringSession, rows)


def year_of(made: Papers, sessions: int, invoices: int) -> None:
    """A year: so many sessions in accepted reports, billed by so many invoices, one day in a hundred otherwise."""
    first = date(2025, 11, 10)
    days = [first + timedelta(days=number % 360) for number in range(sessions)]
    # Many hours a day of one commission: each session has a commission of its own for its row of days.
    copies = sessions // 360 + 1
    made.copied(Commission, [{"ref": f"WR-C-{1000 + number}"} for number in range(copies)])
    made.copied(
        MentoringSession,
        [
            {
                "commission_id": 2 + number // 360,
                "starts_at": datetime.combine(on, time(14), UTC),
                "ends_at": datetime.combine(on, time(15, 30), UTC),
                "minutes": 90,
            }
            for number, on in enumerate(days)
        ],
    )
    made.copied(Invoice, [{"ref": f"WR-I-{1000 + number}", "number": f"N{number}"} for number in range(invoices)])
    made.copied(
        InvoiceLine,
        [
            {
                "invoice_id": 2 + number % invoices,
                "commission_id": 2 + number // 360,
                "session_on": on,
                "minutes": 60 if number % 100 == 0 else 90,
            }
            for number, on in enumerate(days)
        ],
    )
