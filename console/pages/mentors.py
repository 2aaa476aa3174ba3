"""Mentors with their checks: who may work today, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from sqlalchemy import false

from cmcore.base.clock import day, short_day
from cmcore.base.findings import Finding
from cmcore.base.words import pounds
from cmcore.evidence.pairs import pairs_by_mentor
from cmcore.evidence.waiting import dbs_running_out, insurance_running_out
from cmcore.mentors import actions as acts
from cmcore.mentors.forms import MentorAnswers, MentorCheckAnswers, SeeCheckAnswers
from cmcore.mentors.queries import what_checks_say
from cmcore.mentors.records import MENTOR_LIFE, Mentor, MentorCheck
from cmcore.mentors.words import CheckKind
from cmcore.readiness.board import LOOKED_AT, standing
from cmcore.readiness.queries import without_reflective
from cmcore.referrals.forms import ReasonAnswers
from cmcore.safekeeping.work import Work
from console import desk
from console.listing import Filter, Queue
from console.pair_rows import pair_row, pairs_address
from console.record_view import RecordView, Related
from console.shown import State, Sub
from console.steps import Step
from console.together_acts import Together

_WHY = {
    "take_on": "The checks are gathered next.",
    "activate": "Work can be commissioned from then on.",
    "pause": "No new work for a while.",
    "resume": "Work can be commissioned again.",
    "leave": "The record is kept as long as the law asks.",
    "return": "The checks are gathered anew.",
}


def _step(name: str) -> Step:
    way = next(each for each in MENTOR_LIFE.transitions if each.name == name)

    def act(work: Work, mentor: Mentor, answers: Any = None) -> Any:
        return acts.move_mentor(work, mentor, name, answers.reason if answers is not None else "")

    def against(work: Work, mentor: Mentor) -> list[Finding]:
        return what_checks_say(work, mentor, work.today) if "checks" in way.guards else []

    return Step(
        name,
        way.label,
        act,
        form=ReasonAnswers if way.needs_reason else None,
        act="mentor.move",
        why=_WHY[name],
        offered=lambda mentor: mentor.state in way.sources,
        stands_in_the_way=against,
        grave=name == "leave",
    )


class Mentors(RecordView):
    """The artists who work one to one with young people."""

    record = Mentor
    route_base = "/mentors"
    about = "Every mentor who works for you, and whether the checks let them work today."
    list_columns: ClassVar[list[str]] = ["name", "ref", "state", "art_forms", "postcode_district", "capacity"]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Reference",
        "state": "Where it stands",
        "postcode_district": "Based in",
        "capacity": "Young people at a time",
        "travel_miles": "Travels, miles",
    }
    search_columns: ClassVar[list[str]] = ["name", "ref"]
    everywhere: ClassVar[list[str]] = search_columns
    filter_columns: ClassVar[list[Any]] = [
        "state",
        Filter(
            "dbs",
            "DBS certificate",
            (("soon", "Runs out soon, or has"),),
            lambda value, work: dbs_running_out(work) if value == "soon" else false(),
        ),
        Filter(
            "insurance",
            "Public liability",
            (("soon", "Runs out soon, or has"),),
            lambda value, work: insurance_running_out(work) if value == "soon" else false(),
        ),
        Filter(
            "reflective",
            "Reflective session",
            (("due", "None this term"),),
            lambda value, work: without_reflective(work) if value == "due" else false(),
        ),
    ]
    views: ClassVar[list[Any]] = [
        ("Active", {"state": "active"}),
        ("DBS runs out", {"dbs": "soon"}),
        ("Insurance runs out", {"insurance": "soon"}),
        ("No reflective session this term", {"reflective": "due"}),
    ]
    queues = (
        Queue(
            "Mentors whose DBS certificate runs out",
            {"dbs": "soon"},
            "soon",
            "Ask for a new one in good time.",
            act="mentor_check.add",
        ),
        Queue(
            "Mentors whose insurance runs out",
            {"insurance": "soon"},
            "soon",
            "No session is kept without public liability insurance.",
            act="mentor_check.add",
        ),
    )
    order_columns: ClassVar[list[str]] = ["name", "ref", "state", "capacity"]
    base_order = ("name", "asc")
    show_columns: ClassVar[list[str]] = [
        "name",
        "ref",
        "state",
        "phone",
        "email",
        "art_forms",
        "languages",
        "least_age",
        "most_age",
        "postcode_district",
        "travel_miles",
        "capacity",
        "availability",
        "drives",
    ]
    show_template = "cm/mentor.html"
    empty_words = "No mentors yet. Add one, then write down the checks you have seen."
    add_form = MentorAnswers
    add_action = staticmethod(acts.add_mentor)
    edit_form = MentorAnswers
    answers_of = staticmethod(acts.answers_of_mentor)
    edit_action = staticmethod(acts.change_mentor)
    remove_action = staticmethod(acts.remove_mentor)
    steps = tuple(_step(way.name) for way in MENTOR_LIFE.transitions)
    together = (Together("capacity", "Set how many they can take", ("capacity",)), "pause", "resume")

    def __init__(self) -> None:
        """The checks and commissions stand below the page."""
        from console.pages.commissions import Commissions
        from console.pages.readiness import Supervisions, Trainings

        checks = ("kind_of_check", "issued_on", "expires_on", "seen")
        hours = ("starts_on", "young_person", "purpose", "used", "state")
        self.related_views = [
            Related(MentorChecks, by="mentor_id", columns=checks),
            Related(Commissions, by="mentor_id", columns=hours),
            Related(Supervisions, by="mentor_id", columns=("held_on", "kind_of_support", "attendance"), most=4),
            Related(Trainings, by="mentor_id", columns=("subject", "held_on", "attendance"), most=6),
        ]
        super().__init__()

    def show_context(self, work: Work, record: Any, opened: bool) -> dict[str, Any]:
        """With how many of theirs have both scores, for whoever makes reviews final."""
        shown = super().show_context(work, record, opened)
        if work.may("review.finalise"):
            least = desk.policy().threshold("R-EVI-1", "pairs")
            shown["pairs"] = next((pair_row(one, least) for one in pairs_by_mentor(work, mentors=[record.id])), None)
            shown["pairs_url"] = pairs_address()
        return shown

    def cell_art_forms(self, mentor: Mentor) -> str:
        """Art forms, joined."""
        return ", ".join(mentor.art_forms)

    def cell_languages(self, mentor: Mentor) -> str:
        """Languages, joined."""
        return ", ".join(mentor.languages)

    def settled(self, mentor: Mentor, doing: str) -> Sequence[Finding]:
        """The record of somebody who was taken on stays."""
        if doing == "edit" or mentor.state == mentor.lifecycle.initial:
            return ()
        said = "This mentor was taken on, so the record stays."
        return (Finding(said, way_out="Choose “Leave”, with a reason."),)

    def found_detail(self, mentor: Mentor) -> str:
        """What tells one from another where one is chosen."""
        return ", ".join(part for part in (mentor.ref, mentor.state_label, ", ".join(mentor.art_forms)) if part)

    def findings(self, work: Work, mentor: Mentor) -> list[Finding]:
        """What the checks say today, what the mentor has read, and whether they came to a session this term."""
        return standing(work, mentor) if mentor.state in LOOKED_AT else []


class MentorChecks(RecordView):
    """That a certificate or policy was seen, by whom and when; never what it says."""

    record = MentorCheck
    route_base = "/mentor-checks"
    about = "Each check of each mentor: when it was issued, and who saw it. What a certificate says is never kept."
    list_columns: ClassVar[list[str]] = ["kind_of_check", "mentor", "issued_on", "expires_on", "seen"]
    label_columns: ClassVar[dict[str, str]] = {
        "kind_of_check": "Check",
        "issued_on": "Issued",
        "expires_on": "Runs out",
        "seen_by": "Seen by",
        "seen_on": "Seen on",
        "cover_pence": "Cover",
        "covers_passengers": "Covers carrying young people",
        "masked_reference": "Reference, last characters",
    }
    load_columns: ClassVar[list[str]] = ["mentor.name"]
    search_columns: ClassVar[list[str]] = ["mentor.name"]
    choice_columns: ClassVar[dict[str, Any]] = {"kind_of_check": CheckKind}
    filter_columns: ClassVar[list[str]] = ["kind_of_check", "mentor_id"]
    order_columns: ClassVar[list[str]] = ["issued_on", "expires_on", "kind_of_check"]
    base_order = ("issued_on", "desc")
    show_columns: ClassVar[list[str]] = [
        "kind_of_check",
        "mentor",
        "issued_on",
        "expires_on",
        "cover_pence",
        "covers_passengers",
        "masked_reference",
        "seen_by",
        "seen_on",
    ]
    empty_words = "No checks yet. Ask to see the enhanced DBS certificate first."
    add_parent = Mentor
    add_form = MentorCheckAnswers
    add_action = staticmethod(acts.add_mentor_check)
    edit_form = MentorCheckAnswers
    answers_of = staticmethod(acts.answers_of_mentor_check)
    edit_action = staticmethod(acts.change_mentor_check)
    remove_action = staticmethod(acts.remove_mentor_check)
    steps = (
        Step(
            "see",
            "Write down that you saw it",
            lambda work, check, answers: acts.see_check(work, check, answers.seen_on),
            form=SeeCheckAnswers,
            act="mentor_check.mark_seen",
            why="Your name and the day are kept. R-DBS-1 asks for it.",
            offered=lambda check: check.seen_on is None,
        ),
    )
    together = ("see",)

    def cell_seen(self, check: MentorCheck) -> Sub | State:
        """That it was seen, by whom and when, or not yet."""
        if check.seen_on is None:
            return State("Not seen yet", "warn", "warn")
        return Sub(State("Seen", "ok", "tick"), f"{check.seen_by}, {short_day(check.seen_on)}")

    def cell_cover_pence(self, check: MentorCheck) -> str:
        """The cover in pounds."""
        return pounds(check.cover_pence) if check.cover_pence is not None else ""

    def cell_covers_passengers(self, check: MentorCheck) -> str:
        """Whether young people may be carried under it; said of car insurance only."""
        if check.kind_of_check != CheckKind.business_car:
            return ""
        return "Yes" if check.covers_passengers else "Not known to"

    def settled(self, check: MentorCheck, doing: str) -> Sequence[Finding]:
        """What was done since may rest on a check that was seen."""
        if doing == "edit" or check.seen_on is None:
            return ()
        said = f"This check was seen on {day(check.seen_on)}, and what was done since may rest on it."
        return (Finding(said, way_out="Enter the newer one beside it."),)

    def heading(self, check: MentorCheck) -> str:
        """Which check, of whom."""
        return f"{CheckKind.say(check.kind_of_check)} of {check.mentor}"
