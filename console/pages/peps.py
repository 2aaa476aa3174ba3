"""PEPs: each one from the meeting to complete, its targets, and what is brought to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, false

from cmcore.base.findings import Finding
from cmcore.measures.choosing import measure_label
from cmcore.peps import actions as acts
from cmcore.peps import rules
from cmcore.peps.forms import (
    ContributionAnswers,
    MeetingAnswers,
    PepAnswers,
    PepChangeAnswers,
    QualityAnswers,
    TargetReviewAnswers,
)
from cmcore.peps.queries import due_soon, late, what_is_late
from cmcore.peps.records import PEP_LIFE, PepContribution, PepCycle, PepTarget
from cmcore.peps.words import DUE, LATE, Attender, PlanKind, TargetKind, TargetOutcome
from cmcore.referrals.words import Rag
from cmcore.safekeeping.work import Work
from cmcore.young_people.records import YoungPerson
from console import desk
from console.columns import Related
from console.listing import Filter, Queue
from console.measures_offered import target_form
from console.record_view import RecordView, Together
from console.shown import State, concern, shown, state_of
from console.steps import Step, transitions

_OF_PERSON = ["young_person.ref", "young_person.family_name"]


def _of_term(value: str, work: Work) -> ColumnElement[bool]:
    """The plans of this term, or of the one that began on a day."""
    if value == "now":
        return (PepCycle.term_starts_on <= work.today) & (PepCycle.term_ends_on >= work.today)
    try:
        return PepCycle.term_starts_on == date.fromisoformat(value)
    except ValueError:
        return false()


def _soon(on: date) -> ColumnElement[bool]:
    """The plans whose day comes within ten working days, and is not over."""
    return due_soon(on) & ~late(on)


class PepTargets(RecordView):
    """What plans aim at, and what became of it."""

    record = PepTarget
    route_base = "/pep-targets"
    about = "What PEPs aim at: academic, holistic and cultural, who sees to it, and what became of it."
    list_columns: ClassVar[list[str]] = ["target", "young_person", "kind_of_target", "owner", "due_on", "outcome"]
    label_columns: ClassVar[dict[str, str]] = {
        "young_person": "Young person",
        "pep_cycle": "PEP",
        "kind_of_target": "What it is about",
        "owner": "Who sees to it",
        "due_on": "By when",
        "outcome": "What became of it",
        "reviewed_on": "Looked at on",
        "review_note": "In a few words",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref"]
    search_columns: ClassVar[list[str]] = ["target", "owner", *_OF_PERSON]
    choice_columns: ClassVar[dict[str, Any]] = {"kind_of_target": TargetKind, "outcome": TargetOutcome}
    filter_columns: ClassVar[list[Any]] = ["kind_of_target", "outcome", "young_person_id", "pep_cycle_id"]
    order_columns: ClassVar[list[str]] = ["due_on", "kind_of_target"]
    base_order = ("due_on", "desc")
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "pep_cycle",
        "kind_of_target",
        "target",
        "measure",
        "owner",
        "due_on",
        "outcome",
        "reviewed_on",
        "review_note",
    ]
    empty_words = "No targets yet. They are added on the page of a PEP."
    add_parent = PepCycle
    add_form = staticmethod(target_form)
    add_action = staticmethod(acts.add_target)
    add_words = "Add a target"
    edit_form = staticmethod(target_form)
    answers_of = staticmethod(acts.answers_of_target)
    edit_action = staticmethod(acts.change_target)
    remove_action = staticmethod(acts.remove_target)
    steps = (
        Step(
            "review",
            "Say what became of it",
            acts.review_target,
            form=TargetReviewAnswers,
            why="The next PEP is complete only once this is done (R-PEP-3).",
        ),
    )
    together = (Together("due", "Set the day", ("due_on",)), Together("owner", "Say who sees to it", ("owner",)))

    def cell_measure(self, target: PepTarget) -> str:
        """The measure in words."""
        return measure_label(target.measure) if target.measure else ""

    def cell_outcome(self, target: PepTarget) -> Any:
        """What became of it, or that nobody has looked."""
        if target.outcome is None:
            return State("Not looked at yet", "none", "ring")
        tick = "tick" if target.outcome == TargetOutcome.met else "half"
        return State(TargetOutcome.say(target.outcome), "plain", tick)

    def heading(self, target: PepTarget) -> str:
        """What it is about, and whose."""
        return f"{TargetKind.say(target.kind_of_target)} target: {target.young_person}"

    def named(self, target: PepTarget) -> str:
        """What it is about."""
        return f"{TargetKind.say(target.kind_of_target)} target"

    def settled(self, target: Any, doing: str) -> Sequence[Finding]:
        """A target that was reviewed is not changed."""
        if doing == "edit" and getattr(target, "outcome", None) is not None:
            return [Finding("This target was reviewed, and stays as it is.", way_out="Write another one.")]
        return ()


class PepContributions(RecordView):
    """What mentors and others bring to the meetings of PEPs."""

    record = PepContribution
    route_base = "/pep-contributions"
    about = "What mentors and others who work with a young person bring to the meeting of a PEP."
    list_columns: ClassVar[list[str]] = ["written_by", "young_person", "comes", "written_at"]
    label_columns: ClassVar[dict[str, str]] = {
        "written_by": "By",
        "young_person": "Young person",
        "pep_cycle": "PEP",
        "comes": "Comes to the meeting",
        "written_at": "Written",
        "seen": "What goes well, and what is hard",
        "suggests": "What would help",
        "words_said": "What the young person wants said",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref"]
    search_columns: ClassVar[list[str]] = ["written_by", *_OF_PERSON]
    filter_columns: ClassVar[list[Any]] = ["comes", "young_person_id", "pep_cycle_id"]
    order_columns: ClassVar[list[str]] = ["written_at"]
    base_order = ("written_at", "desc")
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "pep_cycle",
        "written_by",
        "written_at",
        "comes",
        "seen",
        "suggests",
        "words_said",
    ]
    empty_words = "Nobody has brought anything yet. It is written on the page of a PEP."
    add_parent = PepCycle
    add_form = ContributionAnswers
    add_action = staticmethod(acts.contribute)
    add_words = "Bring something"
    remove_action = staticmethod(acts.remove_contribution)
    one_hand = True

    def heading(self, given: PepContribution) -> str:
        """Whose, to which PEP."""
        return f"Brought by {given.written_by}: {given.young_person}"

    def named(self, given: PepContribution) -> str:
        """That it is something brought."""
        return "Brought to the PEP"


class Peps(RecordView):
    """Personal education plans, term by term."""

    record = PepCycle
    route_base = "/peps"
    about = (
        "Every PEP, and every PETP after 16: when it is due, when it was held, how good it is. The plan itself stays "
        "in the authority's e-PEP system; here is what the virtual school chases."
    )
    list_columns: ClassVar[list[str]] = ["young_person", "plan", "setting", "due", "held_on", "quality", "state"]
    label_columns: ClassVar[dict[str, str]] = {
        "young_person": "Young person",
        "plan": "Plan",
        "setting": "School or college",
        "due": "Due by",
        "due_on": "Due by",
        "held_on": "Held on",
        "attended_by": "Who came",
        "agreed": "What was agreed",
        "quality": "Quality",
        "quality_note": "Why",
        "state": "Where it stands",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref", "setting.name"]
    search_columns: ClassVar[list[str]] = [*_OF_PERSON, "setting.name"]
    choice_columns: ClassVar[dict[str, Any]] = {"plan": PlanKind, "quality": Rag}
    formatters_columns: ClassVar[dict[str, Any]] = {"quality": concern}
    filter_columns: ClassVar[list[Any]] = [
        "state",
        Filter(
            "waits",
            "Waits for",
            (("due", "Its meeting, soon or late"), ("late", "Its meeting, late"), ("soon", "Its meeting, soon")),
            lambda value, work: {"due": due_soon, "late": late, "soon": _soon}.get(value, lambda on: false())(
                work.today
            ),
        ),
        Filter(
            "term",
            "Term",
            lambda work: [("now", "This term")],
            _of_term,
            words=lambda value, work: f"That began on {value}",
        ),
        "plan",
        "quality",
        "setting_id",
        "young_person_id",
    ]
    order_columns: ClassVar[dict[str, str]] = {"due": "due_on", "held_on": "held_on", "state": "state"}
    base_order = ("due_on", "desc")
    views: ClassVar[list[Any]] = [
        ("This term", {"term": "now"}),
        ("Due", {"waits": "due"}),
        ("Late", {"waits": "late"}),
        ("To judge", {"state": "submitted"}),
    ]
    queues = (
        Queue(LATE, {"waits": "late"}, "now", "Agree a day with the school.", "pep_cycle.hold"),
        Queue(DUE, {"waits": "due"}, "week", "Their day comes within ten working days.", "pep_cycle.hold"),
        Queue("PEPs to judge", {"state": "submitted"}, "week", "Read them, and mark each.", "pep_cycle.judge"),
    )
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "plan",
        "setting",
        "due_on",
        "held_on",
        "attended_by",
        "agreed",
        "quality",
        "quality_note",
        "state",
    ]
    related_views: ClassVar[list[Any]] = [
        Related(PepTargets, "pep_cycle_id", "Targets", ["target", "kind_of_target", "owner", "due_on", "outcome"]),
        Related(PepContributions, "pep_cycle_id", "Brought to the meeting", ["written_by", "comes", "written_at"]),
    ]
    empty_words = "No PEPs yet. Open the term's on the PEP board."
    add_parent = YoungPerson
    add_form = PepAnswers
    add_action = staticmethod(acts.open_pep)
    add_words = "Open a PEP"
    edit_form = PepChangeAnswers
    answers_of = staticmethod(acts.answers_of_pep)
    edit_action = staticmethod(acts.change_pep)
    remove_action = staticmethod(acts.remove_pep)
    steps = (
        Step(
            "start",
            "Start it",
            acts.start_pep,
            why="It is being prepared.",
            offered=lambda pep: pep.state == "not_started",
        ),
        Step(
            "hold",
            "Write down the meeting",
            acts.hold_pep,
            form=MeetingAnswers,
            why="When it was, who came, what was agreed.",
            offered=lambda pep: pep.state != "complete",
            begins=lambda pep: (
                {"held_on": pep.held_on.isoformat(), "attended_by": list(pep.attended_by), "agreed": pep.agreed}
                if pep.held_on
                else {}
            ),
        ),
        Step(
            "submit",
            "Submit it",
            acts.submit_pep,
            why="The virtual school reads it and marks its quality.",
            offered=lambda pep: pep.state in ("in_progress", "review_again"),
            stands_in_the_way=lambda work, pep: rules.may_submit(pep.held_on),
        ),
        Step(
            "judge",
            "Mark its quality",
            acts.judge_pep,
            form=QualityAnswers,
            why="Red, amber or green. A red one is reviewed again.",
            offered=lambda pep: pep.state == "submitted",
        ),
        Step(
            "complete",
            "Complete it",
            acts.complete_pep,
            why="Every earlier target was reviewed, and the mark is not red.",
            offered=lambda pep: pep.state == "submitted",
            stands_in_the_way=acts.in_the_way,
        ),
        *transitions(PEP_LIFE, acts.review_pep_again_by, "pep_cycle.review_again", only=("review_again",)),
    )
    together = ("start", "submit", "complete")

    def cell_due(self, pep: PepCycle) -> Any:
        """The day it is due by, and that it is over."""
        over = pep.held_on is None and pep.due_on < desk.work().today and pep.state not in ("submitted", "complete")
        return State(shown(pep.due_on), "warn", "warn") if over else pep.due_on and shown(pep.due_on)

    def cell_attended_by(self, pep: PepCycle) -> str:
        """Who came, in words."""
        return ", ".join(Attender.say(each) for each in pep.attended_by)

    def cell_state(self, pep: PepCycle) -> State:
        """What waits for somebody stands out; what is complete has its tick."""
        look = {"submitted": ("plain", "half"), "review_again": ("warn", "warn"), "complete": ("plain", "tick")}
        return State(pep.state_label, *look[pep.state]) if pep.state in look else state_of(pep)

    def heading(self, pep: PepCycle) -> str:
        """Which plan, and whose."""
        return f"{pep}: {pep.young_person}"

    def named(self, pep: PepCycle) -> str:
        """Which plan."""
        return str(pep)

    def findings(self, work: Work, pep: PepCycle) -> list[Finding]:
        """That it is late, or was held late."""
        return what_is_late(work, pep)

    def list_acts(self, work: Work) -> list[tuple[str, str]]:
        """The board of the term."""
        return [("PEP board", self.appbuilder.address("PepBoard.index"))]
