"""Referrals: the list with crisis first, one referral with what can be decided, and the form that asks for one."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import Any, ClassVar

from flask import request
from markupsafe import Markup
from sqlalchemy import Select

from cmcore.answers.stages import filled, stage_form, told_beside
from cmcore.base.clock import local, short_day
from cmcore.base.findings import Finding
from cmcore.base.words import hours
from cmcore.enrolments.actions import accept_referral
from cmcore.forms import Form, form_of
from cmcore.measures.choosing import measure_labels, offering
from cmcore.network.records import SupportingAdult
from cmcore.programmes.measured import programmes_written, sets_in_use
from cmcore.referrals import rules
from cmcore.referrals.actions import (
    STAGE,
    add_referral,
    answers_of_referral,
    change_referral,
    decide_referral,
    remove_referral,
    submit_referral,
    withdraw_referral,
)
from cmcore.referrals.forms import ReasonAnswers, ReferralAnswers
from cmcore.referrals.queries import OPEN, first_in_line
from cmcore.referrals.records import REFERRAL_LIFE, Referral
from cmcore.referrals.words import Place, Rag, Reason, Urgency
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson
from console import desk, lookups
from console.listing import Queue
from console.pages.matching import to_match
from console.record_view import RecordView
from console.referral_begun import begun, nobody_briefs
from console.risk_rows import to_write_down
from console.shown import State, concern
from console.steps import NextStep, Step

#: Seconds for which it is remembered what programmes are measured with, and for how many scopes.
_REMEMBERED_FOR, _MOST_REMEMBERED = 15.0, 2_000
#: States in which a decision is waited for.
_UNDECIDED = ["submitted", "triage", "more_information"]


def _decision(name: str, why: str, **more: Any) -> Step:
    way = next(each for each in REFERRAL_LIFE.transitions if each.name == name)
    form = ReasonAnswers if way.needs_reason else None

    def act(work: Work, referral: Referral, answers: Any = None) -> Any:
        return decide_referral(work, referral, name, answers.reason if answers is not None else "")

    return Step(
        name,
        way.label,
        act,
        form=form,
        why=why,
        act="referral.decide",
        offered=lambda referral: referral.state in way.sources,
        **more,
    )


def _form_asked(work: Work, referral: Referral | None) -> Form:
    """The authority's own form where a plugin brings one: of the referral, of the young person, or of the only one.

    What should get better is chosen from what the programmes are measured with.
    """
    if referral is not None:
        authority_id: int | None = referral.authority_id
    elif person_id := request.args.get("young_person_id", type=int):
        authority_id = work.get(YoungPerson, person_id).authority_id
    else:
        reached = sorted(work.scope.authorities) if work.scope else []
        authority_id = reached[0] if len(reached) == 1 else None
    asked = form_of(stage_form(work, STAGE, ReferralAnswers, authority_id))
    return offering(asked, "outcomes", _sets_in_use(work, authority_id))


def _sets_in_use(work: Work, authority_id: int | None) -> tuple[str, ...]:
    """What the programmes are measured with, as it was seen a moment ago, unless one was written here since."""
    known, at = desk.premises().measured, monotonic()
    written = programmes_written()
    until, then, sets = known.get((work.scope, authority_id), (at, -1, ()))
    if then == written and at < until:
        return sets
    if len(known) >= _MOST_REMEMBERED:
        known.clear()
    sets = sets_in_use(work, authority_id)
    known[work.scope, authority_id] = (at + _REMEMBERED_FOR, written, sets)
    return sets


class Referrals(RecordView):
    """Who was referred, by whom, and what was decided."""

    record = Referral
    route_base = "/referrals"
    about = "Every request for a mentor. Crisis referrals stand first, then the ones that have waited longest."
    list_columns: ClassVar[list[str]] = [
        "ref",
        "young_person",
        "programme.title",
        "urgency",
        "state",
        "concern",
        "received_on",
        "referrer_name",
    ]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Referral",
        "young_person": "Young person",
        "programme.title": "Programme",
        "urgency": "How soon",
        "state": "Where it stands",
        "received_on": "Received",
        "referrer_name": "Asked by",
        "outcomes": "Hoped for",
        "places": "Where it could happen",
        "expected_minutes": "Hours in mind",
        "submitted_at": "Sent",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref"]
    search_columns: ClassVar[list[str]] = [
        "ref",
        "referrer_name",
        "young_person.ref",
        "young_person.family_name",
        "young_person.given_name",
    ]
    everywhere: ClassVar[list[str]] = ["ref", "referrer_name"]
    found_loads: ClassVar[list[str]] = ["young_person.ref"]
    choice_columns: ClassVar[dict[str, Any]] = {"urgency": Urgency, "concern": Rag}
    filter_columns: ClassVar[list[str]] = ["state", "urgency", "concern", "programme_id", "young_person_id"]
    order_columns: ClassVar[list[str]] = ["ref", "received_on", "state", "urgency"]
    queues = (
        Queue("Crisis referrals", {"state": _UNDECIDED, "urgency": "crisis"}, "now", "Read first.", "referral.decide"),
        Queue("New referrals to read", {"state": "submitted"}, "week", "Sent, and not read yet.", "referral.decide"),
        Queue("Referrals to decide", {"state": "triage"}, "week", "Read, and not decided.", "referral.decide"),
        Queue(
            "Young people without a mentor",
            {"state": "accepted"},
            "week",
            "Accepted, and not matched.",
            "commission.add",
        ),
        Queue("Referrals to send", {"state": "draft"}, "soon", "Written, and not sent.", "referral.submit"),
    )
    views: ClassVar[list[Any]] = [
        ("Sent, not read", {"state": "submitted"}),
        ("In triage", {"state": "triage"}),
        ("Accepted, no mentor yet", {"state": "accepted"}),
    ]
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "programme.title",
        "state",
        "urgency",
        "concern",
        "reasons",
        "outcomes",
        "interests",
        "what_works",
        "risks",
        "places",
        "expected_minutes",
        "social_worker",
        "designated_teacher",
        "referrer_name",
        "received_on",
        "submitted_at",
    ]
    empty_words = "No referrals yet. A referral says who needs a mentor, why now, and what is hoped for."

    add_form = staticmethod(_form_asked)
    add_action = staticmethod(add_referral)
    edit_form = staticmethod(_form_asked)
    answers_of = staticmethod(answers_of_referral)
    edit_action = staticmethod(change_referral)
    remove_action = staticmethod(remove_referral)
    add_words = "Refer somebody"
    steps = (
        Step(
            "submit",
            "Send it to the virtual school",
            submit_referral,
            act="referral.submit",
            why="The coordinator reads it; a crisis referral is read first.",
            offered=lambda referral: referral.state == "draft",
        ),
        _decision("triage", "You are reading it and finding out what is needed."),
        Step(
            "accept",
            "Accept, and give a place in the programme",
            accept_referral,
            act="referral.decide",
            why="The enrolment begins as planned; commissioning a mentor comes next.",
            offered=lambda referral: referral.state == "triage",
        ),
        _decision("ask", "Something is missing before you can decide."),
        _decision("answer", "What was missing is known now."),
        _decision("decline", "Another way suits the young person better.", grave=True),
        Step(
            "withdraw",
            "Withdraw",
            lambda work, referral, answers: withdraw_referral(work, referral, answers.reason),
            form=ReasonAnswers,
            act="referral.withdraw",
            why="It is no longer wanted.",
            offered=lambda referral: referral.state in OPEN,
            grave=True,
        ),
    )

    together = ("triage", "accept", "ask", "answer", "decline", "withdraw", "submit")

    def answers(self, form: Form, record: Any) -> Any:
        """The answers that would write it again, with what the authority's own form asks more."""
        declared = form.answers_class
        usual = answers_of_referral(record)
        return filled(desk.work(), record, usual, declared) if issubclass(declared, ReferralAnswers) else usual

    def show_context(self, work: Work, record: Any, opened: bool) -> dict[str, Any]:
        """With what the authority's own form asked more, below the usual facts."""
        context = super().show_context(work, record, opened)
        more = told_beside(work, record, ReferralAnswers, STAGE)
        context["facts"] = [*context["facts"], *((one.label, said) for one, said in more)]
        return context

    def given(self, work: Work, form: Form, parent: Any) -> dict[str, Any]:
        """What the address names, and what is known already."""
        named = super().given(work, form, parent)
        return begun(work, form, named.get("young_person_id")) | named

    def told(self, work: Work, record: Any, doing: str) -> list[Finding]:
        """That nobody could brief a mentor yet, where a new one is opened."""
        if doing != "add" or request.method != "GET":
            return super().told(work, record, doing)
        return nobody_briefs(work, request.args.get("young_person_id", type=int))

    def lookup(self, of: str, text: str, about: Any) -> Any:
        """Of adults, those around the young person only: the namesake of another's brings nothing but a refusal."""
        person = about.young_person_id if about is not None else request.values.get("young_person_id", type=int)
        if of == "supporting_adult" and person:
            return lookups.lookup(of, text, SupportingAdult.young_person_id == person)
        return super().lookup(of, text, about)

    def narrowed(self, statement: Select[Any], work: Work) -> Select[Any]:
        """Crisis first, then the one sent longest ago (R-REF-4), unless another order is asked for."""
        return statement if request.args.get("sort") else statement.order_by(*first_in_line())

    def cell_urgency(self, referral: Referral) -> State | str:
        """Crisis stands out."""
        return State("Crisis", "stop", "stop") if referral.urgency == Urgency.crisis else Urgency.say(referral.urgency)

    def cell_concern(self, referral: Referral) -> State | str:
        """Red, amber or green."""
        return concern(referral.concern)

    def cell_reasons(self, referral: Referral) -> str:
        """Why now."""
        return ", ".join(Reason.say(each) for each in referral.reasons)

    def cell_places(self, referral: Referral) -> str:
        """Where it could happen."""
        return ", ".join(Place.say(each) for each in referral.places)

    def cell_outcomes(self, referral: Referral) -> str:
        """The measures that are hoped to get better."""
        return ", ".join(measure_labels().get(each, each) for each in referral.outcomes)

    def cell_expected_minutes(self, referral: Referral) -> str:
        """The hours in mind."""
        return hours(referral.expected_minutes) if referral.expected_minutes else ""

    def cell_submitted_at(self, referral: Referral) -> Markup | str:
        """When it was sent."""
        if referral.submitted_at is None:
            return ""
        at = local(referral.submitted_at)
        return f"{short_day(at.date())}, {at:%H:%M}"

    def heading(self, referral: Referral) -> str:
        """Which referral, of whom."""
        return f"Referral {referral.ref}: {referral.young_person}"

    def found_detail(self, referral: Referral) -> str:
        """What tells one from another where it is found."""
        return f"{referral.young_person}, {referral.state_label.lower()}"

    def named(self, referral: Referral) -> str:
        """Who was referred, in few words."""
        return f"{referral.young_person}, {referral.ref}"

    def settled(self, referral: Referral, doing: str) -> Sequence[Finding]:
        """What was decided stands; what was sent stays known."""
        if referral.state not in OPEN:
            said = f"This referral is “{referral.state_label}” and stands as it was decided on."
            return (Finding(said, way_out="Write a new one."),)
        if doing == "remove" and referral.state != "draft":
            return (Finding("Only a draft can be thrown away.", way_out="Withdraw this one, with a reason."),)
        return ()

    def next_steps(self, work: Work, record: Any) -> list[NextStep]:
        """With finding a mentor first, once it is accepted."""
        page = self.appbuilder.page_about("known_risk")
        return [*to_match(work, record), *to_write_down(work, record, page), *super().next_steps(work, record)]

    def findings(self, work: Work, referral: Referral) -> list[Finding]:
        """How long a crisis referral has waited, until it is decided."""
        if (
            referral.urgency == Urgency.crisis
            and referral.state in ("submitted", "triage", "more_information")
            and referral.submitted_at
        ):
            return rules.crisis_clock(referral.submitted_at, work.clock.now(), work.policy_of(referral))
        return []
