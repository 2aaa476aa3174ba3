"""Known risks of young people: what they are, how they are managed, and which mentor was briefed of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import request
from sqlalchemy import false

from cmcore.base.clock import day, short_day
from cmcore.base.findings import Finding
from cmcore.forms import Form
from cmcore.referrals.records import Referral
from cmcore.referrals.words import Rag
from cmcore.risks.actions import (
    add_known_risk,
    answers_of_known_risk,
    brief_mentor,
    change_known_risk,
    end_known_risk,
    remove_briefing,
    remove_known_risk,
)
from cmcore.risks.forms import KnownRiskAnswers, RiskBriefingAnswers, RiskEndedAnswers
from cmcore.risks.queries import review_over
from cmcore.risks.records import KnownRisk, RiskBriefing
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson
from console import desk
from console.listing import Filter, Queue
from console.record_view import RecordView, Related
from console.risk_rows import look_again
from console.shown import State, Sub, concern
from console.steps import Step


class RiskBriefings(RecordView):
    """Which mentor was briefed of which known risk."""

    record = RiskBriefing
    route_base = "/risk-briefings"
    about = "Which mentor was briefed of which known risk, on which day and by whom."
    list_columns: ClassVar[list[str]] = ["briefed_on", "mentor", "young_person", "known_risk", "briefed_by"]
    label_columns: ClassVar[dict[str, str]] = {
        "briefed_on": "Briefed on",
        "young_person": "Young person",
        "known_risk": "Known risk",
        "briefed_by": "Briefed by",
        "recorded_by": "Written down by",
    }
    load_columns: ClassVar[list[str]] = ["mentor.name", "young_person.ref", "known_risk.rag", "known_risk.known_on"]
    search_columns: ClassVar[list[str]] = ["mentor.name", "young_person.ref"]
    filter_columns: ClassVar[list[Any]] = ["mentor_id", "known_risk_id", "young_person_id"]
    order_columns: ClassVar[list[str]] = ["briefed_on"]
    base_order = ("briefed_on", "desc")
    show_columns: ClassVar[list[str]] = [
        "mentor",
        "young_person",
        "known_risk",
        "briefed_on",
        "briefed_by",
        "recorded_by",
    ]
    empty_words = "No mentor has been briefed yet. Open a known risk and write down who was."
    remove_action = staticmethod(remove_briefing)
    remove_why = "The mentor counts as not having been briefed (R-RIS-1)."


class KnownRisks(RecordView):
    """What is known that could harm somebody, young person by young person."""

    record = KnownRisk
    route_base = "/known-risks"
    about = "What could harm somebody, how it is managed, and when it is looked at again. Mentors are briefed of it."
    list_columns: ClassVar[list[str]] = ["known_on", "young_person", "rag", "review_on", "ended_on"]
    label_columns: ClassVar[dict[str, str]] = {
        "young_person": "Young person",
        "risk": "The risk",
        "managed": "How it is managed",
        "rag": "How serious",
        "known_on": "Known since",
        "review_on": "Look at it again by",
        "ended_on": "No longer a risk from",
        "ended_why": "Why it no longer is",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref"]
    search_columns: ClassVar[list[str]] = ["young_person.ref", "young_person.family_name", "young_person.given_name"]
    choice_columns: ClassVar[dict[str, Any]] = {"rag": Rag}
    filter_columns: ClassVar[list[Any]] = [
        Filter(
            "waits",
            "Waits for",
            (("review", "Over its day"),),
            lambda value, work: review_over(work) if value == "review" else false(),
        ),
        "rag",
        "young_person_id",
    ]
    order_columns: ClassVar[list[str]] = ["known_on", "review_on", "ended_on"]
    base_order = ("known_on", "desc")
    views: ClassVar[list[Any]] = [("To look at again", {"waits": "review"})]
    queues = (
        Queue(
            "Known risks to look at again",
            {"waits": "review"},
            "week",
            "Their day is over: say whether they still stand.",
            "risk_briefing.add",
        ),
    )
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "risk",
        "managed",
        "rag",
        "known_on",
        "review_on",
        "ended_on",
        "ended_why",
    ]
    related_views: ClassVar[list[Any]] = [
        Related(
            RiskBriefings,
            by="known_risk_id",
            heading="Mentors briefed",
            columns=("briefed_on", "mentor", "briefed_by"),
        )
    ]
    empty_words = "No known risks yet. Write one down from the page of a young person, and brief their mentor."
    add_words = "Write down a known risk"
    add_parent = YoungPerson
    add_form = KnownRiskAnswers
    add_action = staticmethod(add_known_risk)
    edit_form = KnownRiskAnswers
    answers_of = staticmethod(answers_of_known_risk)
    edit_action = staticmethod(change_known_risk)
    remove_action = staticmethod(remove_known_risk)
    steps = (
        Step(
            "brief",
            "Write down that a mentor was briefed",
            brief_mentor,
            form=RiskBriefingAnswers,
            why="A mentor is briefed of every known risk before they work together (R-RIS-1).",
            offered=lambda risk: risk.ended_on is None,
            begins=lambda risk: {"briefed_on": desk.work().today.isoformat(), "briefed_by": desk.work().actor.name},
        ),
        Step(
            "end",
            "Say that it is no longer a risk",
            end_known_risk,
            form=RiskEndedAnswers,
            why="Nobody needs to be briefed of it from then on. It stays known.",
            offered=lambda risk: risk.ended_on is None,
            begins=lambda risk: {"ended_on": desk.work().today.isoformat()},
        ),
    )

    def given(self, work: Work, form: Form, parent: Any) -> dict[str, Any]:
        """Known since today; and what a referral of the young person told, where the address names one."""
        named = super().given(work, form, parent) | {"known_on": work.today.isoformat()}
        told = request.args.get("referral_id", type=int)
        referral = work.get(Referral, told) if told else None
        if referral is None or parent is None or referral.young_person_id != parent.id:
            return named
        named |= {"risk": referral.risks, "known_on": referral.received_on.isoformat()}
        return named | ({"rag": referral.concern} if referral.concern else {})

    def cell_rag(self, risk: KnownRisk) -> State | str:
        """Red, amber or green, as a shape with its word."""
        return concern(risk.rag)

    def cell_review_on(self, risk: KnownRisk) -> Sub:
        """The day it is looked at again, and whether that is over."""
        over = look_again(risk, desk.work().today)
        return Sub(short_day(risk.review_on), over, late=bool(over))

    def heading(self, risk: KnownRisk) -> str:
        """Whose risk it is: what it is stands below."""
        return f"Known risk: {risk.young_person}"

    def named(self, risk: KnownRisk) -> str:
        """How serious, since when."""
        return str(risk)

    def settled(self, risk: KnownRisk, doing: str) -> Sequence[Finding]:
        """What has ended stays as it was written."""
        if risk.ended_on is None or doing == "remove":
            return ()
        said = f"It is no longer a risk from {day(risk.ended_on)} on."
        return (Finding(said, way_out="Write down a new one if it is back."),)
