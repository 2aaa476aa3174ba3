"""Concerns: raised in three presses from anywhere, answered, added to, passed on; nothing here takes one away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from cmcore.base.clock import local, short_day
from cmcore.base.findings import Finding
from cmcore.concerns import rules
from cmcore.concerns.actions import (
    acknowledge_concern,
    add_to_concern,
    close_concern,
    pass_on_concern,
    raise_concern,
    tell_of_concern,
)
from cmcore.concerns.forms import ConcernAnswers, ConcernClosedAnswers, ConcernNoteAnswers, ConcernToldAnswers
from cmcore.concerns.queries import notes_of, told_of
from cmcore.concerns.records import Concern
from cmcore.concerns.words import ConcernKind, Told
from cmcore.safekeeping.work import Work
from console.alarms import numbers_first
from console.listing import Queue
from console.record_view import RecordView
from console.shown import State
from console.steps import Step


def _in_the_way(work: Work, concern: Concern) -> Sequence[Finding]:
    return rules.may_pass_on(told_of(work, concern), work.policy_of(concern))


class Concerns(RecordView):
    """Worries about a young person's safety."""

    record = Concern
    route_base = "/concerns"
    about = (
        "Worries about a young person's safety, the unanswered first. They are added to and never taken away. "
        "This page stands in for nobody: ring when somebody is in danger."
    )
    list_columns: ClassVar[list[str]] = ["ref", "young_person", "kind_of_concern", "state", "raised_at", "raised_by"]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Concern",
        "young_person": "Young person",
        "kind_of_concern": "What it is",
        "state": "Where it stands",
        "raised_at": "Raised",
        "raised_by": "By",
        "said": "In their words",
        "happened": "What happened",
        "immediate_action": "What was done",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref"]
    search_columns: ClassVar[list[str]] = ["ref", "young_person.ref", "young_person.family_name", "raised_by"]
    everywhere: ClassVar[list[str]] = ["ref"]
    only_references = True
    choice_columns: ClassVar[dict[str, Any]] = {"kind_of_concern": ConcernKind}
    filter_columns: ClassVar[list[str]] = ["state", "kind_of_concern", "young_person_id"]
    order_columns: ClassVar[list[str]] = ["ref", "raised_at", "state"]
    base_order = ("raised_at", "desc")
    views: ClassVar[list[Any]] = [("Nobody has answered", {"state": "raised"}), ("Not closed", {"state": "open"})]
    queues = (
        Queue(
            "Concerns nobody has answered",
            {"state": "raised"},
            "now",
            "Answer these before all else.",
            "concern.acknowledge",
            True,
        ),
        Queue(
            "Concerns to pass on",
            {"state": "acknowledged"},
            "now",
            "Tell the social worker and the virtual school, and say so.",
            "concern.pass_on",
        ),
    )
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "kind_of_concern",
        "state",
        "said",
        "happened",
        "immediate_action",
        "raised_at",
        "raised_by",
    ]
    facts_heading = "As it was raised"
    show_template = "cm/concern.html"
    empty_words = "No concerns. One is raised from any page, by the button at the top."

    add_form = ConcernAnswers
    add_action = staticmethod(raise_concern)
    add_words = "Raise a concern"
    one_hand = True
    steps = (
        Step(
            "acknowledge",
            "Acknowledge",
            acknowledge_concern,
            why="You have read it and are acting on it.",
            offered=lambda concern: concern.state == "raised",
        ),
        Step(
            "told",
            "Say who was told",
            tell_of_concern,
            form=ConcernToldAnswers,
            act="concern.note",
            why="The social worker and the virtual school must both be told.",
        ),
        Step("note", "Add to it", add_to_concern, form=ConcernNoteAnswers, act="concern.note", why="What is new."),
        Step(
            "pass-on",
            "Say that it is passed on",
            pass_on_concern,
            why="Both have been told, and others act now.",
            offered=lambda concern: concern.state == "acknowledged",
            stands_in_the_way=_in_the_way,
        ),
        Step(
            "close",
            "Close",
            close_concern,
            form=ConcernClosedAnswers,
            why="Nothing more is to be done. It stays readable.",
            offered=lambda concern: concern.state == "passed_on",
        ),
    )

    def cell_state(self, concern: Concern) -> State:
        """An unanswered one stands out."""
        look = {"raised": ("stop", "stop"), "acknowledged": ("warn", "half"), "passed_on": ("plain", "dot")}
        return State(concern.state_label, *look.get(concern.state, ("none", "ring")))

    def cell_raised_at(self, concern: Concern) -> str:
        """Day and time on England's wall clock."""
        at = local(concern.raised_at)
        return f"{short_day(at.date())}, {at:%H:%M}"

    def heading(self, concern: Concern) -> str:
        """Which concern, about whom."""
        return f"Concern {concern.ref}: {concern.young_person}"

    def named(self, concern: Concern) -> str:
        """About whom, in few words."""
        return f"{concern.young_person}, {concern.ref}"

    def findings(self, work: Work, concern: Concern) -> list[Finding]:
        """Whom to ring, and how long it has waited until somebody answers."""
        late = rules.unanswered(concern.raised_at, work.clock.now(), work.policy_of(concern))
        return [*(late if concern.state == "raised" else ()), numbers_first()]

    def told(self, work: Work, record: Any, doing: str) -> list[Finding]:
        """Whom to ring, above whatever is asked."""
        return [numbers_first()]

    def show_context(self, work: Work, record: Any, opened: bool) -> dict[str, Any]:
        """The facts, and what was added since, the newest first."""
        context = super().show_context(work, record, opened)
        stream = []
        for note in reversed(notes_of(work, record)):
            at = local(note.told_at or note.noted_at)
            what = f"{Told.say(note.told)} told" if note.told else "Added"
            stream.append(
                {
                    "when": f"{short_day(at.date())}, {at:%H:%M}",
                    "what": f"{what}: {note.told_name}" if note.told_name else what,
                    "text": note.text,
                    "by": note.noted_by,
                }
            )
        context["stream"] = stream
        return context
