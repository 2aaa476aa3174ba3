"""Reflective sessions, training, and risk assessments with who has read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import request
from markupsafe import Markup

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.forms import Form
from cmcore.mentors.records import Mentor
from cmcore.readiness import actions as acts
from cmcore.readiness.forms import (
    AssessmentReadAnswers,
    AssessmentReplacedAnswers,
    RiskAssessmentAnswers,
    SupervisionAnswers,
    SupervisionChangeAnswers,
    TrainingAnswers,
    TrainingChangeAnswers,
)
from cmcore.readiness.records import AssessmentRead, RiskAssessment, Supervision, Training
from cmcore.readiness.words import Attendance, Exclusion, Likely, Support, TrainingSubject
from cmcore.safekeeping.work import Work
from console import desk
from console.record_view import RecordView, Related
from console.shown import State
from console.steps import Step
from console.together_acts import Together

_LOOKS = {
    "came": ("Came", "ok", "tick"),
    "invited": ("Invited", "none", "ring"),
    "sent_word": ("Sent word", "plain", "half"),
    "absent": ("Did not come", "warn", "warn"),
}


class _Held(RecordView):
    """What reflective sessions and training have in common: several mentors are written down at once."""

    def given(self, work: Work, form: Form, parent: Any) -> dict[str, Any]:
        """The mentor from whose page one comes, today, and that they came."""
        told: dict[str, Any] = {"held_on": work.today.isoformat()}
        if (key := request.args.get("mentor_id", type=int)) is not None:
            told["mentor_ids"] = [work.get(Mentor, key).id]
        return super().given(work, form, parent) | told

    def hangs_on(self) -> tuple[str, ...]:
        """A list narrowed to one mentor adds one of that mentor."""
        return ("mentor_id",)

    def cell_attendance(self, held: Any) -> State:
        """Whether they came."""
        return State(*_LOOKS[held.attendance])

    def heading(self, held: Any) -> str:
        """Who, and when."""
        return f"{held} of {held.mentor}, {day(held.held_on)}"


class Supervisions(_Held):
    """Who came to a reflective session, or had one-to-one support."""

    record = Supervision
    route_base = "/reflective-sessions"
    about = "Which mentors came to a reflective session with a psychologist each term (R-MEN-1). What was said stays."
    list_columns: ClassVar[list[str]] = ["mentor", "held_on", "kind_of_support", "attendance", "led_by"]
    label_columns: ClassVar[dict[str, str]] = {
        "held_on": "Held on",
        "kind_of_support": "What it was",
        "attendance": "Came?",
        "led_by": "Led by",
    }
    load_columns: ClassVar[list[str]] = ["mentor.name"]
    search_columns: ClassVar[list[str]] = ["mentor.name", "led_by"]
    choice_columns: ClassVar[dict[str, Any]] = {"kind_of_support": Support, "attendance": Attendance}
    filter_columns: ClassVar[list[Any]] = ["kind_of_support", "attendance", "mentor_id"]
    order_columns: ClassVar[list[str]] = ["held_on", "kind_of_support"]
    base_order = ("held_on", "desc")
    show_columns: ClassVar[list[str]] = ["mentor", "kind_of_support", "held_on", "led_by", "attendance"]
    empty_words = "No reflective sessions yet. Write one down for everybody who was there."
    add_words = "Write down a reflective session"
    add_form = SupervisionAnswers
    add_action = staticmethod(acts.add_supervision)
    edit_form = SupervisionChangeAnswers
    answers_of = staticmethod(acts.answers_of_supervision)
    edit_action = staticmethod(acts.change_supervision)
    remove_action = staticmethod(acts.remove_supervision)


class Trainings(_Held):
    """Who was trained in what."""

    record = Training
    route_base = "/training"
    about = "Which mentors were trained in attachment, social pedagogy, neuroscience and safe working, and when."
    list_columns: ClassVar[list[str]] = ["mentor", "subject", "held_on", "attendance", "minutes"]
    label_columns: ClassVar[dict[str, str]] = {
        "held_on": "Held on",
        "attendance": "Came?",
        "led_by": "Given by",
        "minutes": "Minutes",
    }
    load_columns: ClassVar[list[str]] = ["mentor.name"]
    search_columns: ClassVar[list[str]] = ["mentor.name", "title"]
    choice_columns: ClassVar[dict[str, Any]] = {"subject": TrainingSubject, "attendance": Attendance}
    filter_columns: ClassVar[list[Any]] = ["subject", "attendance", "mentor_id"]
    order_columns: ClassVar[list[str]] = ["held_on", "subject", "minutes"]
    base_order = ("held_on", "desc")
    show_columns: ClassVar[list[str]] = ["mentor", "subject", "title", "held_on", "minutes", "led_by", "attendance"]
    empty_words = "No training yet. Write one down for everybody who was there."
    add_words = "Write down a training"
    add_form = TrainingAnswers
    add_action = staticmethod(acts.add_training)
    edit_form = TrainingChangeAnswers
    answers_of = staticmethod(acts.answers_of_training)
    edit_action = staticmethod(acts.change_training)
    remove_action = staticmethod(acts.remove_training)


class AssessmentReads(RecordView):
    """Who has read which risk assessment."""

    record = AssessmentRead
    route_base = "/risk-assessments-read"
    about = "Which mentor has read which risk assessment, on which day, and who wrote it down."
    list_columns: ClassVar[list[str]] = ["mentor", "assessment", "read_on", "recorded_by"]
    label_columns: ClassVar[dict[str, str]] = {
        "assessment": "Risk assessment",
        "read_on": "Read on",
        "recorded_by": "Written down by",
    }
    load_columns: ClassVar[list[str]] = ["mentor.name", "assessment.activity"]
    search_columns: ClassVar[list[str]] = ["mentor.name", "assessment.activity"]
    filter_columns: ClassVar[list[Any]] = ["mentor_id", "assessment_id"]
    order_columns: ClassVar[list[str]] = ["read_on"]
    base_order = ("read_on", "desc")
    show_columns: ClassVar[list[str]] = ["mentor", "assessment", "read_on", "recorded_by"]
    empty_words = "Nobody has read one yet. Open a risk assessment and write down who has."
    remove_action = staticmethod(acts.remove_reading)
    remove_why = "The mentor counts as not having read it (R-MEN-2)."

    def heading(self, read: AssessmentRead) -> str:
        """What was read, and by whom."""
        return f"{read.assessment}, read by {read.mentor}"


class RiskAssessments(RecordView):
    """What could harm somebody, and what is done about it."""

    record = RiskAssessment
    route_base = "/risk-assessments"
    about = "What could harm somebody in a kind of activity. Every mentor reads the general one first."
    list_columns: ClassVar[list[str]] = ["activity", "for_everybody", "made_on", "review_on", "replaced_on"]
    label_columns: ClassVar[dict[str, str]] = {
        "template": "Drawn up from",
        "for_everybody": "Every mentor reads it",
        "made_on": "Drawn up on",
        "review_on": "Looked at again",
        "replaced_on": "Holds no longer from",
        "exclusions": "Left out",
        "trained": "Only with",
    }
    search_columns: ClassVar[list[str]] = ["activity", "template"]
    everywhere: ClassVar[list[str]] = ["activity"]
    filter_columns: ClassVar[list[Any]] = ["for_everybody"]
    order_columns: ClassVar[list[str]] = ["activity", "made_on", "review_on"]
    base_order = ("made_on", "desc")
    show_columns: ClassVar[list[str]] = [
        "activity",
        "template",
        "for_everybody",
        "made_on",
        "review_on",
        "replaced_on",
        "hazards",
        "exclusions",
        "trained",
    ]
    empty_words = "No risk assessments yet. Draw up the one that every mentor reads before the first session (R-MEN-2)."
    related_views: ClassVar[list[Any]] = [
        Related(AssessmentReads, by="assessment_id", heading="Read by", columns=("mentor", "read_on", "recorded_by"))
    ]
    add_words = "Draw up a risk assessment"
    add_form = RiskAssessmentAnswers
    add_action = staticmethod(acts.add_risk_assessment)
    edit_form = RiskAssessmentAnswers
    answers_of = staticmethod(acts.answers_of_risk_assessment)
    edit_action = staticmethod(acts.change_risk_assessment)
    remove_action = staticmethod(acts.remove_risk_assessment)
    steps = (
        Step(
            "read",
            "Write down that it was read",
            acts.read_assessment,
            form=AssessmentReadAnswers,
            why="No session is kept before the mentor has read the one for everybody (R-MEN-2).",
            offered=lambda assessment: assessment.replaced_on is None,
            begins=lambda assessment: _read_today(),
        ),
        Step(
            "replace",
            "Say that a newer one holds",
            acts.replace_risk_assessment,
            form=AssessmentReplacedAnswers,
            why="Mentors read the newer one from that day on.",
            offered=lambda assessment: assessment.replaced_on is None,
        ),
    )
    together = (Together("look_again", "Set the day to look again", ("review_on",)),)

    def cell_hazards(self, assessment: RiskAssessment) -> Markup:
        """Each hazard in a line: what, who, what is done about it, how likely harm is then."""
        line = Markup("<li>{}: {} ({}). {}</li>")
        told = [
            line.format(one["what"], one["met_by"], one["who"], Likely.say(one["likely"])) for one in assessment.hazards
        ]
        return Markup("<ul>{}</ul>").format(Markup("").join(told)) if told else Markup("")

    def cell_exclusions(self, assessment: RiskAssessment) -> str:
        """What is left out, in words."""
        return ", ".join(Exclusion.say(one) for one in assessment.exclusions)

    def settled(self, assessment: RiskAssessment, doing: str) -> Sequence[Finding]:
        """What mentors have read stays as they read it."""
        if assessment.replaced_on is None:
            return ()
        said = f"A newer one holds from {day(assessment.replaced_on)} on."
        return (Finding(said, way_out="Open that one."),)


def _read_today() -> dict[str, Any]:
    """The day, and of a mentor their own name."""
    work = desk.work()
    own = [grant.mentor_id for grant in work.scope.grants if grant.mentor_id is not None] if work.scope else []
    return {"read_on": work.today.isoformat()} | ({"mentor_id": own[0]} if len(own) == 1 else {})
