"""Enrolments: a young person's place in a programme, with the steps its life cycle allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from cmcore.base.findings import Finding
from cmcore.base.lifecycle import Transition
from cmcore.enrolments import guards
from cmcore.enrolments.actions import (
    add_enrolment,
    answers_of_enrolment,
    change_enrolment,
    move_enrolment,
    remove_enrolment,
)
from cmcore.enrolments.forms import EnrolmentAnswers, EnrolmentChangeAnswers, ReasonedStepAnswers, StepAnswers
from cmcore.enrolments.records import Enrolment
from cmcore.programmes.registry import programme_types
from cmcore.referrals.words import Rag
from cmcore.reviews.queries import standing
from cmcore.safekeeping.work import Work
from console.record_view import RecordView, Related
from console.shown import State, concern
from console.steps import Step

_WHY = {
    "start": "The first session can be logged from that day on.",
    "pause": "Nothing is chased while it is paused.",
    "resume": "The work goes on.",
    "close": "The last sessions and the exit review come next.",
    "complete": "The work is done and the measures have been scored a last time.",
    "end_early": "It stops before the work is done.",
    "reopen": "It is planned again, and starts with its checks as before.",
}


def transitions() -> Iterator[Transition]:
    """Every transition of every programme type's life cycle, each name once."""
    seen = set()
    for each in programme_types().values():
        for way in each.lifecycle.transitions:
            if way.name not in seen:
                seen.add(way.name)
                yield way


def _step(way: Transition) -> Step:
    def act(work: Work, enrolment: Enrolment, answers: Any) -> Any:
        return move_enrolment(work, enrolment, way.name, on=answers.on, reason=getattr(answers, "reason", ""))

    def against(work: Work, enrolment: Enrolment) -> list[Finding]:
        named = enrolment.lifecycle.way(way.name, enrolment.state)
        return guards.findings_of(named.guards, work, enrolment, work.today)

    return Step(
        way.name,
        way.label,
        act,
        form=ReasonedStepAnswers if way.needs_reason else StepAnswers,
        act="enrolment.move",
        why=_WHY.get(way.name, ""),
        offered=lambda enrolment: any(one.name == way.name for one in enrolment.lifecycle.possible(enrolment.state)),
        stands_in_the_way=against,
        grave=way.name == "end_early",
    )


class Enrolments(RecordView):
    """Who is in a programme, and where it stands."""

    record = Enrolment
    route_base = "/enrolments"
    about = "Every young person's place in a programme, from planned to completed."
    list_columns: ClassVar[list[str]] = [
        "ref",
        "young_person",
        "programme.title",
        "state",
        "started_on",
        "ended_on",
        "concern_at_start",
    ]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Enrolment",
        "young_person": "Young person",
        "programme.title": "Programme",
        "state": "Where it stands",
        "started_on": "Started",
        "ended_on": "Ended",
        "concern_at_start": "Concern at the start",
        "review_days": "Days between reviews",
        "no_exit_review_because": "Why there is no exit review",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref"]
    search_columns: ClassVar[list[str]] = [
        "ref",
        "young_person.ref",
        "young_person.family_name",
        "young_person.given_name",
    ]
    choice_columns: ClassVar[dict[str, Any]] = {"concern_at_start": Rag}
    filter_columns: ClassVar[list[str]] = ["state", "programme_id", "young_person_id"]
    order_columns: ClassVar[list[str]] = ["ref", "state", "started_on", "ended_on"]
    base_order = ("ref", "desc")
    views: ClassVar[list[Any]] = [
        ("Planned", {"state": "planned"}),
        ("Active", {"state": "active"}),
        ("Closing", {"state": "closing"}),
    ]
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "programme.title",
        "state",
        "planned_start_on",
        "started_on",
        "ended_on",
        "learning_targets",
        "review_days",
        "concern_at_start",
        "no_exit_review_because",
        "referral",
    ]
    empty_words = "No enrolments yet. Accepting a referral gives the young person a place."

    add_form = EnrolmentAnswers
    add_action = staticmethod(add_enrolment)
    edit_form = EnrolmentChangeAnswers
    answers_of = staticmethod(answers_of_enrolment)
    edit_action = staticmethod(change_enrolment)
    remove_action = staticmethod(remove_enrolment)
    add_words = "Enrol somebody"

    def __init__(self) -> None:
        """Gather the steps of every programme type, plugins' included, and the lists below the page."""
        from console.pages.commissions import Commissions
        from console.pages.reviews import Reviews
        from console.pages.sessions import Sessions

        self.steps = tuple(_step(way) for way in transitions())
        self.related_views = [
            Related(Commissions, by="enrolment_id"),
            Related(Sessions, by="enrolment_id"),
            Related(Reviews, by="enrolment_id"),
        ]
        super().__init__()

    def cell_concern_at_start(self, enrolment: Enrolment) -> State | str:
        """Red, amber or green."""
        return concern(enrolment.concern_at_start)

    def found_detail(self, enrolment: Enrolment) -> str:
        """What tells one from another where one is chosen."""
        return f"{enrolment.young_person or enrolment.setting}, {enrolment.programme}, {enrolment.state_label.lower()}"

    def findings(self, work: Work, enrolment: Enrolment) -> list[Finding]:
        """Which reviews are due or late (R-MEA-2, R-MEA-3)."""
        return standing(work, enrolment)
