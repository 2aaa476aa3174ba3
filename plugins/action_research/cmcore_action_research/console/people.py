"""Partners, whom they referred, and the line: as lists and records. No list here shows a theme."""

from __future__ import annotations

from typing import Any

from flask import url_for

from cmcore.api import Finding, Work
from cmcore_action_research import partners, places, rules
from cmcore_action_research.forms import DeclineAnswers, GiveAnswers, LeaveAnswers, PartnerAnswers, TakeAnswers
from cmcore_action_research.lives import REFERRAL_LIFE
from cmcore_action_research.people_records import ReferralPartner, StudyPlace, StudyReferral
from cmcore_action_research.queries import reviews_of, wait_is_over
from cmcore_action_research.themes import say
from cmcore_action_research.words import Group, PartnerKind
from console.api import Filter, Queue, RecordView, State, Step, Sub, page_of, transitions


class ReferralPartners(RecordView):
    """Who refers into studies, and from when until when."""

    record = ReferralPartner
    route_base = "/action-research-partners"
    about = "Organisations and people who refer into studies. Each signs in as a referrer and sees their own referrals."
    list_columns = ["organisation", "kind_of_partner", "name", "starts_on", "ends_on"]
    label_columns = {
        "kind_of_partner": "What it is",
        "name": "Who refers there",
        "login": "Sign-in name",
        "starts_on": "Partner from",
        "ends_on": "Until",
    }
    choice_columns = {"kind_of_partner": PartnerKind}
    search_columns = ["organisation", "name"]
    filter_columns = ["kind_of_partner"]
    base_order = ("organisation", "asc")
    show_columns = ["organisation", "kind_of_partner", "name", "login", "starts_on", "ends_on"]
    empty_words = "No referral partner yet."
    add_form = PartnerAnswers
    add_action = staticmethod(partners.add_partner)
    add_words = "Add a referral partner"
    edit_form = PartnerAnswers
    answers_of = staticmethod(partners.answers_of_partner)
    edit_action = staticmethod(partners.change_partner)


class StudyReferrals(RecordView):
    """Whom partners referred into studies, and what became of it."""

    record = StudyReferral
    route_base = "/action-research-referrals"
    singular, plural = "referral into a study", "referrals into studies"
    about = (
        "Whom referral partners referred into studies, and what became of it. A partner sees their own. Name, date of "
        "birth and theme are shown after a button, and that is written down."
    )
    list_columns = ["ref", "initials", "study.title", "sent_on", "became"]
    label_columns = {
        "ref": "Referral",
        "initials": "Whom",
        "study.title": "Study",
        "sent_on": "Sent",
        "became": "What became of it",
        "partner": "Referred by",
        "given_name": "Given name",
        "family_name": "Family name",
        "born_on": "Date of birth",
        "theme": "Theme",
        "why": "What is hoped for",
    }
    load_columns = ["given_name", "family_name", "said_to_partner", "place.given_on", "place.state"]
    search_columns = ["ref"]
    filter_columns = ["state"]
    views = [("Waiting for a decision", {"state": "sent"})]
    order_columns = ["sent_on"]
    base_order = ("id", "desc")
    show_columns = ["study", "initials", "partner", "sent_on", "became"]
    opened_columns = ["given_name", "family_name", "born_on", "theme", "why"]
    opened_words = "Show name, date of birth and theme"
    empty_words = "Nobody has been referred yet."
    queues = (Queue("Referrals into studies", {"state": "sent"}, "soon", "Take them into the study, or say why not."),)
    add_form = staticmethod(lambda work, parent: partners.referral_form(work))
    add_action = staticmethod(partners.refer)
    add_words = "Refer somebody into a study"
    steps = (
        Step(
            "take-in",
            "Take into the study",
            places.take_in,
            form=TakeAnswers,
            why="At the end of the line, with a permission for research (R-STUDY-4).",
            offered=lambda one: one.state == "sent",
        ),
        Step(
            "decline",
            "Do not take",
            partners.decline,
            form=DeclineAnswers,
            why="The partner is told in words of your own.",
            offered=lambda one: one.state == "sent",
        ),
        *transitions(REFERRAL_LIFE, partners.withdraw, "action_research_referral.withdraw", only=("withdraw",)),
    )

    def cell_became(self, referral: StudyReferral) -> str:
        """What became of it, as its partner reads it."""
        return partners.became(referral)

    def cell_theme(self, referral: StudyReferral) -> str:
        """The theme, with its number."""
        return say(referral.theme)

    def told(self, work: Work, record: Any, doing: str) -> list[Finding]:
        """Before a referral is written: whether whoever asks may refer today at all."""
        return partners.referring_in_the_way(work) if doing == "add" else super().told(work, record, doing)


class StudyPlaces(RecordView):
    """Everybody's place in the line of a study."""

    record = StudyPlace
    route_base = "/action-research-places"
    singular, plural = "place in a study", "places in studies"
    about = "Who is in a study, in the order of joining: who has a place, who waits first. Themes are not here."
    list_columns = ["number", "young_person.initials", "state", "place_group", "joined_on", "given_on"]
    label_columns = {
        "number": "In line",
        "young_person.initials": "Young person",
        "place_group": "Group",
        "joined_on": "Joined",
        "given_on": "Given a place",
        "left_on": "Left",
        "out_of_order_because": "Why before the others",
        "action_research_study_id": "Study",
    }
    load_columns = ["young_person.ref"]
    choice_columns = {"place_group": Group}
    filter_columns = [
        "state",
        "place_group",
        Filter("wait", "The wait", (("over", "Is over"),), lambda value, work: wait_is_over(work)),
        "action_research_study_id",
    ]
    queues = (
        Queue("Waits in studies that are over", {"wait": "over"}, "week", "Score, and give a place (R-STUDY-6)."),
    )
    order_columns = ["number"]
    base_order = ("number", "asc")
    show_columns = [
        "study",
        "young_person",
        "enrolment",
        "number",
        "place_group",
        "joined_on",
        "given_on",
        "out_of_order_because",
        "left_on",
    ]
    empty_words = "Nobody is in line yet."
    steps = (
        Step(
            "give",
            "Give a place",
            places.give_place,
            form=GiveAnswers,
            why="Out of order only with a reason (R-STUDY-5).",
            offered=lambda one: one.state == "in_line",
        ),
        Step(
            "leave",
            "Leave the study",
            places.leave,
            form=LeaveAnswers,
            why="Their mentoring goes on as it is. Nothing of theirs is released any more.",
            offered=lambda one: one.state != "left",
        ),
    )

    def cell_young_person_initials(self, place: StudyPlace) -> Any:
        """Initials and reference."""
        return Sub(place.young_person.initials, place.young_person.ref)

    def cell_state(self, place: StudyPlace) -> State:
        """Where they stand, with a ring while they wait."""
        looks = {"in_line": ("plain", "ring"), "given": ("plain", "tick")}
        tone, shape = looks.get(place.state, ("none", "ring"))
        return State(place.state_label, tone, shape)

    def heading(self, place: StudyPlace) -> str:
        """Whose place it is, by initials."""
        return f"Place of {place.young_person.initials}"

    def page_title(self, record: StudyPlace) -> str:
        """Never a name."""
        return "Place in a study"

    def crumbs_before(self, record: StudyPlace) -> list[tuple[str, str]]:
        """The way from the study."""
        return [("Studies", url_for("ResearchStudies.list")), (record.study.title, page_of(record.study))]

    def findings(self, work: Work, place: StudyPlace) -> list[Finding]:
        """R-STUDY-6, of whoever waits first."""
        if place.place_group != Group.waiting or place.state == "left":
            return []
        held = [
            one.held_on
            for one in reviews_of(work, [place.enrolment_id])[place.enrolment_id]
            if place.given_on is None or one.held_on <= place.given_on
        ]
        return rules.measured_while_waiting(
            held[0] if held else None, held[-1] if held else None, work.policy_of(place)
        )
