"""What a new referral begins with where it is known already: today, who asks, and who briefs the mentor."""

from __future__ import annotations

from typing import Any

from flask import g

from cmcore.base.findings import Finding, Severity
from cmcore.forms import Form
from cmcore.network.records import SupportingAdult
from cmcore.referrals.queries import around
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson
from console import desk


def begun(work: Work, form: Form, person_id: int | None) -> dict[str, Any]:
    """Today; who asks, where they do not decide themselves; the social worker and the teacher there is only one of."""
    begins: dict[str, Any] = {"received_on": work.today.isoformat()}
    who = desk.account()
    if who is not None and not any(work.may("referral.decide", grant.authority_id) for grant in who.grants):
        begins["referrer_name"] = who.name
    if person_id is not None:
        known = _around(work, person_id)
        begins |= {key: found[0].id for key, found in known.items() if len(found) == 1}
    asked = {one.key for one in form.questions}
    return {key: value for key, value in begins.items() if key in asked}


def nobody_briefs(work: Work, person_id: int | None) -> list[Finding]:
    """That no social worker is kept yet, said before anything is typed: no mentor is matched without one (R-REF-2)."""
    if person_id is None or _around(work, person_id)["social_worker_id"]:
        return []
    return [
        Finding(
            f"No social worker is kept for {work.get(YoungPerson, person_id)} yet.",
            severity=Severity.inform,
            rule="R-REF-2",
            way_out="Refer them as it is. Add the social worker on their page before a mentor is matched.",
        )
    ]


def _around(work: Work, person_id: int) -> dict[str, list[SupportingAdult]]:
    """Read once a request."""
    if "cm_briefing" not in g:
        g.cm_briefing = around(work, work.get(YoungPerson, person_id))
    known: dict[str, list[SupportingAdult]] = g.cm_briefing
    return known
