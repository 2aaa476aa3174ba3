"""Schools in the programme and their staff: applications decided in order, places answered, graduation."""

from __future__ import annotations

from typing import Any

from cmcore.api import Finding, Work, day
from cmcore.api.asks import ReasonAnswers
from cmcore_attachment_aware import queries, rules, schools
from cmcore_attachment_aware.console.parts import InTheProgramme
from cmcore_attachment_aware.console.pieces import AttachmentAwarePieces
from cmcore_attachment_aware.console.projects import AttachmentAwareProjects
from cmcore_attachment_aware.console.staff import AttachmentAwareStaff, done_of, in_the_way
from cmcore_attachment_aware.console.ties import AttachmentAwareMentorings
from cmcore_attachment_aware.forms import ApplicationAnswers, OfferAnswers, ToldAnswers
from cmcore_attachment_aware.programme import PLACE_LIFE
from cmcore_attachment_aware.queries import settings_spoken_for, waiting_before
from cmcore_attachment_aware.records import AwareCohort, AwarePlace
from cmcore_attachment_aware.words import StaffRole
from console.api import Filter, Queue, RecordView, Related, State, Step, Sub, transitions

_LOOKS = {
    "applied": ("warn", "warn"),
    "waiting": ("plain", "bars"),
    "offered": ("plain", "half"),
    "in_cohort": ("plain", "dot"),
    "graduated": ("ok", "tick"),
}


def stands(place: AwarePlace) -> State:
    """Where a school stands, as a shape with its word."""
    tone, shape = _LOOKS.get(place.state, ("none", "ring"))
    return State(place.state_label, tone, shape)


def _which(value: str, here: Work) -> Any:
    if value == "decide":
        return queries.to_decide()
    return queries.to_tell() if value == "tell" else queries.unanswered(here)


class AttachmentAwarePlaces(InTheProgramme, RecordView):
    """Schools in the programme, from application to graduation."""

    record = AwarePlace
    route_base = "/attachment-aware-places"
    about = (
        "Each school that applied, waits, takes part or has graduated. A place goes to the school that has waited "
        "longest, unless somebody says why it does not."
    )
    list_columns = ["setting.name", "cohort", "state", "lead_name", "in_line", "told"]
    label_columns = {
        "setting.name": "School",
        "lead": "Who leads it there",
        "lead_name": "Who leads it",
        "in_line": "In line",
        "told": "Told",
        "head": "Head teacher",
        "why": "Why they want to take part",
        "staff_expected": "Staff who will take part",
        "waiting_on": "On the waiting list since",
        "offered": "Place offered",
        "out_of_turn": "Before schools that waited longer, because",
        "joined_on": "In the cohort since",
        "attachment_aware_cohort_id": "Cohort",
        "setting_id": "School",
    }
    load_columns = ["setting.name", "cohort.year", "told_on", "offered_on"]
    search_columns = ["setting.name", "lead_name"]
    filter_columns = [
        "state",
        Filter(
            "which",
            "What waits",
            (("decide", "To decide"), ("tell", "Not told yet"), ("unanswered", "Offer not answered")),
            _which,
        ),
        "attachment_aware_cohort_id",
        "setting_id",
    ]
    order_columns = {"setting.name": "setting.name", "in_line": "in_line"}
    base_order = ("id", "desc")
    views = [("To decide", {"which": "decide"}), ("On the waiting list", {"state": "waiting"})]
    queues = (
        Queue(
            "Schools that applied",
            {"which": "decide"},
            "now",
            "Offer a place, put them on the waiting list, or decline.",
            "attachment_aware_place.decide",
        ),
        Queue(
            "Schools to be told",
            {"which": "tell"},
            "week",
            "Tell them what was decided.",
            "attachment_aware_place.decide",
        ),
        Queue(
            "Offers nobody answered",
            {"which": "unanswered"},
            "week",
            "Ring the school (R-AAS-5).",
            "attachment_aware_place.decide",
        ),
    )
    show_columns = [
        "cohort",
        "why",
        "staff_expected",
        "lead",
        "head",
        "waiting_on",
        "offered",
        "out_of_turn",
        "told",
        "joined_on",
        "graduated_on",
        "ended_on",
    ]
    facts_heading = "The application"
    related_views = [
        Related(AttachmentAwareStaff, "attachment_aware_place_id", "Staff", ["name", "role", "joined_on"], 40),
        Related(AttachmentAwareProjects, "attachment_aware_place_id", "Project", ["title", "periods", "learnt_on"]),
        Related(
            AttachmentAwarePieces, "attachment_aware_place_id", "Portfolio", ["title", "kind_of_piece", "shared"], 20
        ),
        Related(
            AttachmentAwareMentorings, "attachment_aware_place_id", "Mentors", ["mentored.name", "starts_on", "ends_on"]
        ),
    ]
    empty_words = "No school has applied yet. A school applies on the page of a cohort."
    add_parent = AwareCohort
    add_form = ApplicationAnswers
    add_action = staticmethod(schools.apply_for)
    add_words = "Apply for a place"
    added_words = "The school has applied."
    edit_form = ApplicationAnswers
    answers_of = staticmethod(schools.answers_of_application)
    edit_action = staticmethod(schools.change_application)
    steps = (
        Step(
            "offer",
            "Offer a place",
            schools.offer_place,
            form=OfferAnswers,
            why=lambda here, place: _before(here, place),
            done="The place is offered. Tell the school.",
            offered=lambda place: place.state in ("applied", "waiting"),
            stands_in_the_way=lambda here, place: rules.place_free(
                place.cohort.places, place.cohort.taken + 1, here.policy_of(place)
            ),
        ),
        Step(
            "wait",
            "Put it on the waiting list",
            schools.put_on_waiting_list,
            why="At its end: schools wait in the order in which they were put on it.",
            offered=lambda place: place.state == "applied",
        ),
        Step(
            "accept",
            "Accept the place",
            schools.accept_place,
            why="The school is in the cohort from then on.",
            offered=lambda place: place.state == "offered",
        ),
        Step(
            "told",
            "Write down that the school was told",
            schools.say_told,
            form=ToldAnswers,
            offered=lambda place: place.told_on is None and place.state in ("waiting", "offered", "declined"),
        ),
        Step(
            "graduate",
            "Graduate",
            schools.graduate,
            why="Its training, project and portfolio are complete.",
            offered=lambda place: place.state == "in_cohort",
            stands_in_the_way=in_the_way,
        ),
        *transitions(
            PLACE_LIFE,
            lambda here, place, name, reason: schools.decline_application(here, place, reason),
            "attachment_aware_place.decide",
            only=("decline",),
        ),
        *transitions(
            PLACE_LIFE,
            lambda here, place, name, reason: schools.withdraw_school(here, place, reason),
            "attachment_aware_place.answer",
            only=("withdraw",),
        ),
        Step(
            "undo",
            "Take the graduation back",
            lambda here, place, told: schools.take_graduation_back(here, place, told.reason),
            form=ReasonAnswers,
            act="attachment_aware_place.graduate",
            offered=lambda place: place.state == "graduated",
        ),
    )

    def given(self, here: Work, form: Any, parent: Any) -> dict[str, Any]:
        """Their own school, for the staff of one."""
        told = super().given(here, form, parent)
        own = settings_spoken_for(here, parent.authority_id)
        return {"setting_id": next(iter(own))} | told if own is not None and len(own) == 1 else told

    def cell_cohort(self, place: AwarePlace) -> str:
        """Which year's."""
        return place.cohort.name

    def cell_state(self, place: AwarePlace) -> State:
        """Where it stands."""
        return stands(place)

    def cell_lead(self, place: AwarePlace) -> Any:
        """Who leads it at the school, and how they are reached."""
        return Sub(f"{place.lead_name}, {StaffRole.say(place.lead_role).lower()}", place.lead_email)

    def cell_head(self, place: AwarePlace) -> Any:
        """The head teacher's agreement."""
        return Sub(place.head_name, f"agreed on {day(place.head_agreed_on)}")

    def cell_offered(self, place: AwarePlace) -> Any:
        """When it was offered, and by when they answer."""
        if place.offered_on is None:
            return ""
        return Sub(day(place.offered_on), f"answer by {day(place.answer_by_on)}" if place.answer_by_on else "")

    def cell_told(self, place: AwarePlace) -> Any:
        """Whether the school was told of the last decision."""
        if place.told_on is not None:
            return place.told_on
        return State("Not yet", "warn", "warn") if place.state in ("waiting", "offered", "declined") else ""

    def heading(self, place: AwarePlace) -> str:
        """The school."""
        return place.setting.name

    def findings(self, work: Work, place: AwarePlace) -> list[Finding]:
        """An offer nobody answered (R-AAS-5); what its indicators lack towards the end of the year (R-AAS-11)."""
        policy = work.policy_of(place)
        if place.state == "offered":
            return rules.answered(place.offered_on, work.today, policy)
        if place.state != "in_cohort":
            return []
        return rules.chased(done_of(work, place).counted, place.cohort.ends_on, work.today, policy)


def _before(here: Work, place: AwarePlace) -> str:
    """Who waited longer, where somebody did."""
    waits = waiting_before(here, place)
    if not waits:
        return "Nobody waited longer."
    return f"{waits[0].setting.name} waits and comes first. Say why, if it goes to this school."
