"""Work experience: where, in which role, whether its risk assessment was seen, and how it went in their words."""

from __future__ import annotations

from typing import Any

from cmcore.api import Finding, Work, YoungPerson, count
from cmcore_staffordshire.console.life.parts import OF_PERSON, OnTheBoard
from cmcore_staffordshire.life import actions
from cmcore_staffordshire.life.forms import WentAnswers, WorkAnswers
from cmcore_staffordshire.life.queries import going_on, unseen, untold
from cmcore_staffordshire.life.records import WorkExperience
from cmcore_staffordshire.life.words import Employer, Went
from console.api import Filter, Queue, RecordView, State, Step, Sub, shown
from console.api import work as at_hand


class StaffordshireWork(OnTheBoard, RecordView):
    """Work experience with arts organisations and other employers."""

    record = WorkExperience
    route_base = "/staffordshire-work"
    singular, plural = "work experience", "work experience"
    about = (
        "Work experience of those who show interest in the arts: with whom, in which role, how many hours, whether "
        "somebody has seen its risk assessment (R-EVT-2), and how it went in their own words."
    )
    list_columns = ["role", "young_person", "employer", "days", "assessment", "stands"]
    label_columns = {
        "role": "What they do there",
        "young_person": "Young person",
        "employer": "With whom",
        "employer_kind": "Kind of employer",
        "contact": "Who looks after them",
        "days": "When",
        "length": "Hours in all",
        "assessment": "Risk assessment",
        "stands": "How it went",
        "how_it_went": "What others say",
        "words_said": "In their words",
    }
    load_columns = ["employer_kind", *OF_PERSON]
    search_columns = ["role", "employer", *OF_PERSON]
    choice_columns = {"employer_kind": Employer, "went": Went}
    filter_columns = [
        Filter(
            "waits",
            "Waits for",
            (("assessment", "Its risk assessment"), ("told", "How it went"), ("now", "Nothing: it goes on")),
            lambda value, work: (
                unseen(work.today)
                if value == "assessment"
                else untold(work.today)
                if value == "told"
                else going_on(WorkExperience, work.today)
            ),
        ),
        "employer_kind",
        "went",
        "young_person_id",
    ]
    order_columns = {"days": "starts_on"}
    base_order = ("starts_on", "desc")
    views = [("Risk assessment not seen", {"waits": "assessment"}), ("How did it go?", {"waits": "told"})]
    queues = (
        Queue(
            "Work experience without a risk assessment",
            {"waits": "assessment"},
            "now",
            "See it before the first day.",
            "staffordshire_work.change",
        ),
        Queue(
            "Work experience that is over",
            {"waits": "told"},
            "soon",
            "Ask them how it went.",
            "staffordshire_work.hear",
        ),
    )
    show_columns = [
        "young_person",
        "role",
        "employer",
        "employer_kind",
        "contact",
        "days",
        "length",
        "assessment",
        "stands",
        "words_said",
        "how_it_went",
    ]
    empty_words = "No work experience yet. It is added on a young person’s page, or brought in as a workbook."
    add_parent = YoungPerson
    add_form = WorkAnswers
    add_action = staticmethod(actions.add_work)
    add_words = "Add work experience"
    edit_form = WorkAnswers
    answers_of = staticmethod(actions.answers_of_work)
    edit_action = staticmethod(actions.change_work)
    remove_action = staticmethod(actions.remove_work)
    steps = (
        Step(
            "went",
            "Say how it went",
            actions.say_how_it_went,
            form=WentAnswers,
            why="In the young person’s words first.",
            offered=lambda one: one.starts_on <= at_hand().today,
            begins=lambda one: {"hours": one.hours} if one.hours else {},
        ),
    )

    def cell_days(self, one: WorkExperience) -> Any:
        """From when to when."""
        return Sub(shown(one.starts_on), f"to {shown(one.ends_on)}")

    def cell_length(self, one: WorkExperience) -> str:
        """How many hours."""
        return count(one.hours, "hour") if one.hours else ""

    def cell_assessment(self, one: WorkExperience) -> Any:
        """When it was seen and by whom, or that it was not."""
        if one.risk_seen_on is not None:
            return Sub(shown(one.risk_seen_on), one.risk_seen_by)
        return State("Not seen", "warn", "warn") if one.went is None else ""

    def cell_stands(self, one: WorkExperience) -> Any:
        """How it went, or that it is to come."""
        if one.went:
            return State(Went.say(one.went), "plain", "tick" if one.went == Went.completed else "half")
        today = at_hand().today
        words = "To come" if one.starts_on > today else "Goes on" if one.ends_on >= today else "Not asked yet"
        return State(words, "none", "ring")

    def heading(self, one: WorkExperience) -> str:
        """In which role, and who."""
        return f"{one.role}: {one.young_person}"

    def named(self, one: WorkExperience) -> str:
        """In which role."""
        return one.role

    def findings(self, work: Work, one: WorkExperience) -> list[Finding]:
        """What R-EVT-2 has to say."""
        return actions.what_is_wrong(work, one)
