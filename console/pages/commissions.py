"""Commissions: which mentor for how many hours, and whether the checks let it begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from flask import g, request
from sqlalchemy import false

from cmcore.answers.offers import begun
from cmcore.base.clock import short_day
from cmcore.base.findings import Finding
from cmcore.base.words import hours, pounds
from cmcore.commissions import rules
from cmcore.commissions.actions import (
    activate_commission,
    add_commission,
    answers_of_commission,
    approve_commission,
    change_commission,
    complete_commission,
    end_commission_early,
    remove_commission,
)
from cmcore.commissions.actions import to_be_briefed as risks_not_told
from cmcore.commissions.forms import CommissionAnswers
from cmcore.commissions.records import Commission
from cmcore.commissions.words import Purpose
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.waiting import hours_nearly_used, to_be_briefed
from cmcore.forms import Form
from cmcore.mentors.queries import what_checks_say
from cmcore.programmes.registry import programme_types
from cmcore.referrals.forms import ReasonAnswers
from cmcore.safekeeping.work import Work
from cmcore.sessions.queries import minutes_used, minutes_used_of
from console import desk
from console.caseload_rows import hours_bar
from console.listing import Filter, Queue
from console.record_view import RecordView, Related
from console.steps import Step


def _against_beginning(work: Work, commission: Commission) -> list[Finding]:
    on = max(work.today, commission.starts_on)
    return rules.may_activate(_checks(work, commission, on), on, commission.starts_on, work.policy_of(commission))


def _checks(work: Work, commission: Commission, on: date) -> list[Finding]:
    """What the mentor's checks say of a day; nothing for whoever sees the hours but not the enrolment."""
    if commission.enrolment is None or commission.mentor is None:
        return []
    kinds = programme_types().of(commission.enrolment.programme.type_key).checks
    return what_checks_say(work, commission.mentor, on, kinds, authority_id=commission.authority_id)


def _with_whom(commission: Commission) -> str:
    """Whom the hours are for, as far as whoever looks may know."""
    return str(commission.young_person or commission.enrolment or "a young person")


def _a_day(text: str) -> str:
    """A day of the address, as a form takes it; nothing where it is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _in(*states: str) -> Any:
    return lambda commission: commission.state in states


class Commissions(RecordView):
    """Which mentor works with whom, for how long and at what rate."""

    record = Commission
    route_base = "/commissions"
    about = "Each mentor's hours for a young person. More hours, or another mentor, are another commission."
    list_columns: ClassVar[list[str]] = ["starts_on", "young_person", "mentor", "purpose", "used", "state", "ends_on"]
    label_columns: ClassVar[dict[str, str]] = {
        "young_person": "Young person",
        "used": "Hours used",
        "state": "Where it stands",
        "starts_on": "Commission",
        "ends_on": "Last day",
        "ended_on": "Ended",
        "rate_pence": "Rate an hour",
        "purpose": "What for",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref", "mentor.name"]
    search_columns: ClassVar[list[str]] = ["young_person.ref", "young_person.family_name", "mentor.name"]
    choice_columns: ClassVar[dict[str, Any]] = {"purpose": Purpose}
    filter_columns: ClassVar[list[Any]] = [
        "state",
        "purpose",
        Filter(
            "hours",
            "Hours",
            (("nearly", "Nearly used"),),
            lambda value, work: hours_nearly_used(work) if value == "nearly" else false(),
        ),
        Filter(
            "risks",
            "Known risks",
            (("brief", "Mentor to brief"),),
            lambda value, work: to_be_briefed(work) if value == "brief" else false(),
        ),
        "mentor_id",
        "enrolment_id",
        "young_person_id",
    ]
    order_columns: ClassVar[list[str]] = ["starts_on", "ends_on", "state"]
    base_order = ("starts_on", "desc")
    views: ClassVar[list[Any]] = [
        ("Active", {"state": "active"}),
        ("Hours nearly used", {"hours": "nearly"}),
        ("To approve", {"state": "draft"}),
    ]
    queues = (
        Queue(
            "Mentors to brief of known risks",
            {"risks": "brief"},
            "week",
            "A risk is known that the mentor was not told of.",
            act="risk_briefing.add",
        ),
        Queue(
            "Commissions to approve",
            {"state": "draft"},
            "week",
            "The hours and the rate are to be agreed.",
            act="commission.approve",
        ),
        Queue(
            "Commissions to make active",
            {"state": "approved"},
            "week",
            "The mentor can log nothing before.",
            act="commission.activate",
        ),
        Queue(
            "Commissions nearly out of hours",
            {"hours": "nearly"},
            "soon",
            "More hours are another commission.",
            act="commission.add",
        ),
    )
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "enrolment",
        "mentor",
        "starts_on",
        "purpose",
        "used",
        "rate_pence",
        "funding_line",
        "ends_on",
        "ended_on",
        "state",
    ]
    empty_words = "No commissions yet. One says which mentor, how many hours, and from when."

    add_form = CommissionAnswers
    add_action = staticmethod(add_commission)
    edit_form = CommissionAnswers
    answers_of = staticmethod(answers_of_commission)
    edit_action = staticmethod(change_commission)
    remove_action = staticmethod(remove_commission)
    add_words = "Commission a mentor"
    steps = (
        Step(
            "approve",
            "Approve",
            approve_commission,
            act="commission.approve",
            why="The hours and the rate are agreed.",
            offered=_in("draft"),
        ),
        Step(
            "activate",
            "Make active",
            activate_commission,
            act="commission.activate",
            why="The mentor can log sessions from the first day on.",
            offered=_in("approved"),
            stands_in_the_way=_against_beginning,
        ),
        Step(
            "complete",
            "Complete",
            complete_commission,
            act="commission.complete",
            why="The hours are used, or the work is done.",
            offered=_in("active"),
        ),
        Step(
            "end_early",
            "End early",
            lambda work, one, answers: end_commission_early(work, one, answers.reason),
            form=ReasonAnswers,
            act="commission.end",
            why="The mentor keeps sight of the young person for 28 days more.",
            offered=_in("draft", "approved", "active"),
            grave=True,
        ),
    )
    together = ("approve", "activate", "complete")

    def __init__(self) -> None:
        """The sessions logged under it stand below the page."""
        from console.pages.sessions import Sessions

        columns = ("starts_at", "place", "minutes", "outcome")
        self.related_views = [Related(Sessions, by="commission_id", columns=columns)]
        super().__init__()

    def given(self, work: Work, form: Form, parent: Any) -> dict[str, Any]:
        """What the address names: enrolment, mentor, first day; and what the authority's plugins begin with."""
        named = super().given(work, form, parent)
        enrolment = work.get(Enrolment, named["enrolment_id"]) if "enrolment_id" in named else None
        reached = sorted(work.scope.authorities) if work.scope else []
        authority_id = enrolment.authority_id if enrolment else (reached[0] if len(reached) == 1 else None)
        if starts_on := _a_day(request.args.get("starts_on", "")):
            named["starts_on"] = starts_on
        return {**begun(work, form, authority_id, enrolment), **named}

    def gather(self, work: Work, rows: Sequence[Commission]) -> None:
        """Read the time used under each of the rows."""
        g.cm_used = dict.fromkeys((one.id for one in rows), 0) | minutes_used_of(work, [one.id for one in rows])

    def cell_starts_on(self, commission: Commission) -> str:
        """What was commissioned: "24 h from 19 May 2026"."""
        return f"{hours(commission.minutes)} from {short_day(commission.starts_on)}"

    def cell_used(self, commission: Commission) -> Any:
        """How much of the time is used."""
        return hours_bar(self._used(commission), commission.minutes)

    def _used(self, commission: Commission) -> int:
        if commission.id not in g.get("cm_used", ()):
            self.gather(desk.work(), [commission])
        used: int = g.cm_used[commission.id]
        return used

    def cell_rate_pence(self, commission: Commission) -> str:
        """The rate in pounds."""
        return pounds(commission.rate_pence)

    def found_title(self, commission: Commission) -> str:
        """Whom it is for: that is what a mentor looks for."""
        return _with_whom(commission)

    def found_detail(self, commission: Commission) -> str:
        """What tells one from another where one is chosen."""
        left = commission.minutes - self._used(commission)
        told = (
            f"{hours(left)} left of {hours(commission.minutes)}"
            if left > 0
            else f"{hours(commission.minutes)}, all used",
            f"with {commission.mentor}" if commission.mentor else "",
            "" if commission.state == "active" else commission.state_label.lower(),
        )
        return ", ".join(part for part in told if part)

    def heading(self, commission: Commission) -> str:
        """Who works with whom."""
        return f"{commission.mentor or 'A mentor'} with {_with_whom(commission)}"

    def settled(self, commission: Commission, doing: str) -> Sequence[Finding]:
        """What was approved stands."""
        if commission.state == "draft":
            return ()
        said = f"This commission is “{commission.state_label}” and stands as it was approved."
        return (Finding(said, way_out="For more hours or another mentor, draw up another one."),)

    def findings(self, work: Work, commission: Commission) -> list[Finding]:
        """What the checks say today, and whether the hours run out (R-COM-2)."""
        if commission.lifecycle.ended(commission.state):
            return []
        told_at = work.policy_of(commission).threshold("R-COM-2", "told_at_percent")
        checks = _checks(work, commission, work.today)
        near = rules.near_the_end(commission.minutes, minutes_used(work, commission.id), told_at)
        return [*checks, *near, *(risks_not_told(work, commission) if commission.state == "active" else [])]
