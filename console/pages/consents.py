"""Permissions: what was decided about photographs, telephone, transport and research, and what lapses at eighteen."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import false

from cmcore.consents import rules
from cmcore.consents.actions import (
    add_consent,
    answers_of_consent,
    change_consent,
    remove_consent,
    withdraw_consent,
)
from cmcore.consents.forms import ConsentAnswers, WithdrawAnswers
from cmcore.consents.queries import decided, lapse_at_18
from cmcore.consents.records import Consent
from cmcore.consents.words import ConsentKind, Decider, Decision
from cmcore.young_people.records import YoungPerson
from console import desk
from console.listing import Filter, Queue
from console.pages.around_young_people import page_of_person
from console.record_view import RecordView
from console.shown import State
from console.steps import Step


class Consents(RecordView):
    """What may be done with pictures, numbers and journeys, and who said so."""

    record = Consent
    route_base = "/permissions"
    about = (
        "Who permitted what, from when to when. The social worker decides before the 18th birthday, the young person "
        "from that day. Taking one back holds at once."
    )
    list_columns: ClassVar[list[str]] = [
        "young_person",
        "kind_of_use",
        "decision",
        "decided_by",
        "starts_on",
        "ends_on",
        "today",
    ]
    label_columns: ClassVar[dict[str, str]] = {
        "young_person": "Young person",
        "kind_of_use": "What it is for",
        "decision": "Decision",
        "decided_by": "Decided by",
        "decider_name": "Their name",
        "starts_on": "From",
        "ends_on": "Until",
        "withdrawn_on": "Taken back on",
        "today": "Today",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref"]
    search_columns: ClassVar[list[str]] = ["young_person.ref", "young_person.family_name", "young_person.given_name"]
    choice_columns: ClassVar[dict[str, Any]] = {
        "kind_of_use": ConsentKind,
        "decision": Decision,
        "decided_by": Decider,
    }
    filter_columns: ClassVar[list[Any]] = [
        Filter(
            "waits",
            "Waits for",
            (("lapse", "Ends at 18 soon"),),
            lambda value, work: lapse_at_18(work) if value == "lapse" else false(),
        ),
        "kind_of_use",
        "decision",
        "young_person_id",
    ]
    order_columns: ClassVar[list[str]] = ["kind_of_use", "starts_on", "ends_on"]
    base_order = ("starts_on", "desc")
    views: ClassVar[list[Any]] = [("End at 18 soon", {"waits": "lapse"})]
    queues = (
        Queue(
            "Permissions that end at 18",
            {"waits": "lapse"},
            "soon",
            "The social worker's permission stops covering it: ask the young person.",
            "consent.add",
        ),
    )
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "kind_of_use",
        "decision",
        "decided_by",
        "decider_name",
        "starts_on",
        "ends_on",
        "withdrawn_on",
        "note",
    ]
    empty_words = "No permissions yet. Without one, no picture is taken and no number is shown."
    add_parent = YoungPerson
    add_form = ConsentAnswers
    add_action = staticmethod(add_consent)
    edit_form = ConsentAnswers
    answers_of = staticmethod(answers_of_consent)
    edit_action = staticmethod(change_consent)
    remove_action = staticmethod(remove_consent)
    steps = (
        Step(
            "withdraw",
            "Take it back",
            withdraw_consent,
            form=WithdrawAnswers,
            why="From that day on it covers nothing.",
            offered=lambda consent: consent.decision == Decision.given and consent.withdrawn_on is None,
            grave=True,
        ),
    )

    def cell_today(self, consent: Consent) -> State:
        """Whether this very decision covers its use today; a later one may have taken its place."""
        person, today = consent.young_person, desk.work().today
        if consent.starts_on > today:
            return State("Not yet", "none", "ring")
        if rules.in_force(decided([consent]), consent.kind_of_use, today, person.born_on):
            return State("Covers it")
        return State("Does not cover it", "none", "ring")

    def after(self, consent: Consent, doing: str) -> str:
        """Back to the young person whose permission was added: it was begun there."""
        return (doing == "add" and page_of_person(self, consent)) or super().after(consent, doing)

    def heading(self, consent: Consent) -> str:
        """What it is for, and whose."""
        return f"{ConsentKind.say(consent.kind_of_use)}: {consent.young_person}"

    def named(self, consent: Consent) -> str:
        """What it is for."""
        return ConsentKind.say(consent.kind_of_use)
