"""What is looked at before an activity report is accepted; later stages, as invoices, bring theirs here."""

from __future__ import annotations

from cmcore.activity_reports.records import ActivityReport
from cmcore.safekeeping.guards import Guards

_guards: Guards[ActivityReport] = Guards()

guard = _guards.bring
findings_of = _guards.findings
