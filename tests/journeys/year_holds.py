"""What must hold in a programme year whatever people do, read with plain SQL and reckoned by other means."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import Engine, event, text

from cmcore.demo.sheets import reach
from cmcore.safekeeping.audit import verify

LONDON = ZoneInfo("Europe/London")


class WhatHolds(RuleBasedStateMachine):
    """A machine on a database, with everything that is looked at after each step."""

    engine: Engine
    locked: dict[int, int]

    def stands_on(self, engine: Engine) -> None:
        """Begin on a database; what was asked of it is asked again once anything was stored, and not before."""
        self.engine = engine
        self._known: dict[Any, list[Any]] = {}
        event.listen(engine, "commit", lambda _: self._known.clear())

    def _asked(self, question: str, **given: Any) -> list[Any]:
        key = (question, *given.values())
        if key not in self._known:
            with self.engine.connect() as connection:
                reach(connection, [1])
                self._known[key] = list(connection.execute(text(question), given))
        return self._known[key]

    @invariant()
    def approved_minutes_are_the_accepted_ones(self) -> None:
        """Property 1: of every day of an approved invoice the minutes are those of accepted reports (R-INV-2)."""
        accepted: dict[tuple[int, date], int] = defaultdict(int)
        for commission, starts_at, ends_at in self._asked(
            "SELECT s.commission_id, s.starts_at, s.ends_at FROM cm_session s JOIN cm_activity_report r"
            " ON r.id = s.activity_report_id WHERE r.state IN ('accepted', 'locked') AND s.chargeable"
        ):
            start, end = _instant(starts_at), _instant(ends_at)
            accepted[commission, start.astimezone(LONDON).date()] += round((end - start).total_seconds() / 60)
        for commission, on, minutes in self._asked(
            "SELECT l.commission_id, l.session_on, l.minutes FROM cm_invoice_line l JOIN cm_invoice i"
            " ON i.id = l.invoice_id WHERE i.state IN ('approved', 'paid') AND i.credits_id IS NULL"
        ):
            assert accepted[commission, _day(on)] == minutes

    @invariant()
    def nothing_is_billed_twice_and_totals_are_sums(self) -> None:
        """Property 2: no day stands on two live invoices; a total is the sum of its lines, each minutes times rate."""
        live = self._asked(
            "SELECT l.commission_id, l.session_on FROM cm_invoice_line l JOIN cm_invoice i ON i.id = l.invoice_id"
            " WHERE i.credits_id IS NULL AND i.state IN ('submitted', 'queried', 'approved', 'paid')"
        )
        assert len(live) == len({tuple(row) for row in live})
        for total, summed in self._asked(
            "SELECT i.total_pence, (SELECT coalesce(sum(l.amount_pence), 0) FROM cm_invoice_line l"
            " WHERE l.invoice_id = i.id) FROM cm_invoice i WHERE i.credits_id IS NULL"
        ):
            assert total == summed
        for minutes, rate, amount in self._asked("SELECT minutes, rate_pence, amount_pence FROM cm_invoice_line"):
            assert abs(amount) == int(minutes * rate / 60 + 0.5)

    @invariant()
    def nobody_is_in_two_places(self) -> None:
        """R-SES-1: a mentor's sessions that took place, or are to, never overlap; nor do a young person's."""
        rows = self._asked(
            "SELECT mentor_id, young_person_id, starts_at, ends_at, joint FROM cm_session"
            " WHERE outcome IS NULL OR outcome IN ('held', 'shortened', 'ended_for_safety', 'left', 'absent')"
        )
        for number, (mentor, person, starts, ends, joint) in enumerate(rows):
            for other in rows[number + 1 :]:
                if other[2] < ends and starts < other[3]:
                    assert mentor != other[0]
                    assert person != other[1] or (joint and other[4])

    @invariant()
    def every_session_was_let_be(self) -> None:
        """R-DBS-2 and R-COM-2: a certificate was young enough on its day, and no more was logged than commissioned."""
        issued = defaultdict(list)
        for mentor, on in self._asked(
            "SELECT mentor_id, issued_on FROM cm_mentor_check"
            " WHERE kind_of_check = 'enhanced_dbs' AND seen_on IS NOT NULL"
        ):
            issued[mentor].append(_day(on))
        for mentor, starts_at in self._asked(
            "SELECT mentor_id, starts_at FROM cm_session WHERE outcome IN ('held', 'shortened')"
        ):
            day = _instant(starts_at).astimezone(LONDON).date()
            assert any(on <= day < on.replace(year=on.year + 3) for on in issued[mentor])
        for minutes, used in self._asked(
            "SELECT c.minutes, (SELECT coalesce(sum(s.minutes), 0) FROM cm_session s WHERE s.commission_id = c.id"
            " AND s.chargeable AND s.outcome IS NOT NULL) FROM cm_commission c"
        ):
            assert used <= minutes

    @invariant()
    def what_is_locked_stays(self) -> None:
        """Property 8: a report once locked is never anything else, and its minutes stay."""
        now = {
            key: (state, minutes)
            for key, state, minutes in self._asked(
                "SELECT r.id, r.state, (SELECT sum(s.minutes) FROM cm_session s WHERE s.activity_report_id = r.id)"
                " FROM cm_activity_report r"
            )
        }
        for key, minutes in self.locked.items():
            assert now[key] == ("locked", minutes)
        self.locked |= {key: minutes for key, (state, minutes) in now.items() if state == "locked"}

    @invariant()
    def passed_on_means_both_were_told(self) -> None:
        """R-SAF-3: a concern that was passed on, or closed after, has both people told."""
        for (key,) in self._asked("SELECT id FROM cm_concern WHERE state IN ('passed_on', 'closed')"):
            told = {row[0] for row in self._asked("SELECT told FROM cm_concern_note WHERE concern_id = :key", key=key)}
            assert {"social_worker", "virtual_school"} <= told

    def teardown(self) -> None:
        """Property 10: at the end of the year the audit chain verifies."""
        with self.engine.connect() as connection:
            reach(connection, [1])
            assert list(verify(connection)) == []
        self.engine.dispose()


def _day(given: Any) -> date:
    return given if isinstance(given, date) else date.fromisoformat(given)


def _instant(given: Any) -> datetime:
    found = given if isinstance(given, datetime) else datetime.fromisoformat(given)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
