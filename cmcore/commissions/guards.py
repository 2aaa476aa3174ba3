"""What is looked at before a commission is approved; later stages, as money, bring theirs here."""

from __future__ import annotations

from cmcore.commissions.records import Commission
from cmcore.safekeeping.guards import Guards

_guards: Guards[Commission] = Guards()

guard = _guards.bring
findings_of = _guards.findings
