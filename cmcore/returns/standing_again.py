"""Whether a record may stand again where it stood: a state is reached with its checks, taken back to as well."""

from __future__ import annotations

from typing import Any

from cmcore.activity_reports import guards as of_reports
from cmcore.activity_reports.records import ActivityReport
from cmcore.base.findings import Finding
from cmcore.commissions import guards as of_commissions
from cmcore.commissions.actions import may_be_active
from cmcore.commissions.records import Commission
from cmcore.enrolments import guards as of_enrolments
from cmcore.enrolments.records import Enrolment
from cmcore.mentors.queries import what_checks_say
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.work import Work

#: What a mentor's checks are called in a life cycle: the mentor's own, and that of the commissions.
_CHECKS = "checks"


def may_stand_again(work: Work, record: Any, state: str) -> list[Finding]:
    """What the checks say today of a state that a record would be put back to: those of the ways that lead there."""
    on = work.today
    names = {name for way in record.lifecycle.transitions if way.target == state for name in way.guards}
    said: list[Finding] = []
    if _CHECKS in names and isinstance(record, Mentor):
        said = what_checks_say(work, record, on)
    elif _CHECKS in names and isinstance(record, Commission):
        said = may_be_active(work, record, max(on, record.starts_on))
    others = tuple(sorted(names - {_CHECKS}))
    if isinstance(record, Commission):
        return said + of_commissions.findings_of(others, work, record, on)
    if isinstance(record, Enrolment):
        return said + of_enrolments.findings_of(others, work, record, on)
    if isinstance(record, ActivityReport):
        return said + of_reports.findings_of(others, work, record, on)
    return said
