"""The Virtual School Council: its meetings, who agreed to be named, and what came of each decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cmcore.api import Finding, Work
from cmcore_staffordshire.console.life.parts import OF_PERSON, OnTheBoard
from cmcore_staffordshire.life import council_actions as acts
from cmcore_staffordshire.life.council_forms import (
    DecisionAnswers,
    MeetingOfCouncilAnswers,
    OutcomeAnswers,
    PersonAtCouncilAnswers,
    ToldBackAnswers,
)
from cmcore_staffordshire.life.council_records import CouncilDecision, CouncilMeeting, CouncilPerson
from cmcore_staffordshire.life.queries import past_its_day, to_tell_back
from cmcore_staffordshire.life.words import DecisionOutcome
from console.api import Filter, Queue, RecordView, Related, State, Step, Sub, shown
from console.api import work as at_hand


class StaffordshireDecisions(OnTheBoard, RecordView):
    """What the council decided, and what came of it."""

    record = CouncilDecision
    route_base = "/staffordshire-decisions"
    about = (
        "What the young people decided, who sees to it and by when, and what came of it. Where nothing did, they are "
        "told why: a decision waits on Today until it was answered, and until they heard (R-EVT-3)."
    )
    list_columns = ["decided", "meeting", "owner", "due", "stands", "told_back"]
    label_columns = {
        "decided": "What was decided",
        "meeting": "At the meeting",
        "owner": "Who sees to it",
        "due": "By when",
        "due_on": "By when",
        "stands": "What came of it",
        "settled_on": "On",
        "what_came": "In words",
        "told_back": "Young people told",
    }
    load_columns = ["meeting.held_on"]
    search_columns = ["decided", "owner", "what_came"]
    choice_columns = {"outcome": DecisionOutcome}
    filter_columns = [
        Filter(
            "waits",
            "Waits for",
            (("late", "An answer, past its day"), ("open", "An answer"), ("tell", "The young people to be told")),
            lambda value, work: (
                past_its_day(work.today)
                if value == "late"
                else to_tell_back()
                if value == "tell"
                else CouncilDecision.outcome.is_(None)
            ),
        ),
        "outcome",
        "staffordshire_council_id",
    ]
    order_columns = {"due": "due_on", "owner": "owner"}
    base_order = ("due_on", "desc")
    views = [
        ("Past their day", {"waits": "late"}),
        ("Open", {"waits": "open"}),
        ("To tell back", {"waits": "tell"}),
    ]
    queues = (
        Queue(
            "Council decisions past their day",
            {"waits": "late"},
            "now",
            "Say what came of each, or why it was not done.",
            "staffordshire_decision.settle",
        ),
        Queue(
            "Council decisions to tell back",
            {"waits": "tell"},
            "week",
            "The young people hear what came of it.",
            "staffordshire_decision.settle",
        ),
    )
    show_columns = ["decided", "meeting", "owner", "due_on", "stands", "settled_on", "what_came", "told_back"]
    empty_words = "Nothing was decided yet. Decisions are added on the page of a meeting."
    add_parent = CouncilMeeting
    add_form = DecisionAnswers
    add_action = staticmethod(acts.add_decision)
    add_words = "Add a decision"
    edit_form = DecisionAnswers
    answers_of = staticmethod(acts.answers_of_decision)
    edit_action = staticmethod(acts.change_decision)
    remove_action = staticmethod(acts.remove_decision)
    steps = (
        Step(
            "settle",
            "Say what came of it",
            acts.settle_decision,
            form=OutcomeAnswers,
            why="Done, or not done with the reason.",
            offered=lambda decision: decision.outcome is None,
        ),
        Step(
            "told-back",
            "The young people were told",
            acts.tell_back,
            form=ToldBackAnswers,
            why="They decided it: they hear what came of it.",
            offered=lambda decision: decision.outcome is not None and decision.told_back_on is None,
        ),
    )

    def cell_meeting(self, decision: CouncilDecision) -> Any:
        """The day of the meeting."""
        return shown(decision.meeting.held_on)

    def cell_due(self, decision: CouncilDecision) -> Any:
        """The day, and that it is over."""
        late = decision.outcome is None and decision.due_on < at_hand().today
        return State(shown(decision.due_on), "warn", "warn") if late else shown(decision.due_on)

    def cell_stands(self, decision: CouncilDecision) -> Any:
        """What came of it."""
        if decision.outcome is None:
            return State("Open", "none", "ring")
        return State(DecisionOutcome.say(decision.outcome), "plain", "tick" if decision.outcome == "done" else "half")

    def cell_told_back(self, decision: CouncilDecision) -> Any:
        """When the young people were told."""
        if decision.told_back_on is not None:
            return shown(decision.told_back_on)
        return State("Not yet", "warn", "warn") if decision.outcome else ""

    def heading(self, decision: CouncilDecision) -> str:
        """Of which meeting."""
        return f"Decision of the {decision.meeting}"

    def named(self, decision: CouncilDecision) -> str:
        """That it is a decision."""
        return "Decision"

    def settled(self, decision: Any, doing: str) -> Sequence[Finding]:
        """What was answered stays."""
        return acts.settled(decision)

    def findings(self, work: Work, decision: CouncilDecision) -> list[Finding]:
        """What R-EVT-3 has to say."""
        return acts.what_waits(work, decision)


class StaffordshireCouncilPeople(OnTheBoard, RecordView):
    """Young people who were at a meeting and agreed to be named."""

    record = CouncilPerson
    route_base = "/staffordshire-council-people"
    about = "Who was at which meeting of the council, as far as they agreed that it is kept with their name."
    list_columns = ["young_person", "meeting", "agreed_on"]
    label_columns = {
        "young_person": "Young person",
        "meeting": "Meeting",
        "agreed_on": "Agreed to be named on",
        "said": "What they said",
    }
    load_columns = ["meeting.held_on", *OF_PERSON]
    search_columns = OF_PERSON
    filter_columns = ["young_person_id", "staffordshire_council_id"]
    order_columns = ["agreed_on"]
    base_order = ("agreed_on", "desc")
    show_columns = ["young_person", "meeting", "agreed_on", "said"]
    empty_words = "Nobody is named. Who agrees to it is added on the page of a meeting."
    add_parent = CouncilMeeting
    add_form = PersonAtCouncilAnswers
    add_action = staticmethod(acts.name_somebody)
    add_words = "Name somebody who agrees"
    remove_action = staticmethod(acts.take_name_away)
    remove_why = "They count among those who were there all the same, without a name."

    def cell_meeting(self, presence: CouncilPerson) -> Any:
        """The day of the meeting."""
        return shown(presence.meeting.held_on)

    def heading(self, presence: CouncilPerson) -> str:
        """Who, at which meeting."""
        return f"{presence.young_person} at the {presence.meeting}"

    def named(self, presence: CouncilPerson) -> str:
        """That somebody was there."""
        return "Was there"


class StaffordshireCouncil(OnTheBoard, RecordView):
    """Meetings of the Virtual School Council of young people."""

    record = CouncilMeeting
    route_base = "/staffordshire-council"
    about = (
        "Meetings of the young people’s council: how many were there, what was talked about and decided. They shape "
        "the programme, so they hear what came of every decision."
    )
    list_columns = ["held_on", "there", "place", "next_on"]
    label_columns = {
        "held_on": "When",
        "there": "Young people there",
        "there_said": "Young people there",
        "place": "Where",
        "staff": "Of the Virtual School",
        "talked_about": "What was talked about",
        "next_on": "The next meeting",
    }
    number_columns = ["there"]
    search_columns = ["place", "talked_about"]
    order_columns = ["held_on", "there"]
    base_order = ("held_on", "desc")
    show_columns = ["held_on", "place", "there_said", "staff", "talked_about", "next_on"]
    related_views = [
        Related(
            StaffordshireDecisions,
            "staffordshire_council_id",
            "What was decided",
            ["decided", "owner", "due", "stands"],
        ),
        Related(
            StaffordshireCouncilPeople,
            "staffordshire_council_id",
            "Who agreed to be named",
            ["young_person", "agreed_on"],
        ),
    ]
    empty_words = "No meetings yet. Write down the first once it was held."
    add_form = MeetingOfCouncilAnswers
    add_action = staticmethod(acts.add_meeting)
    add_words = "Add a meeting"
    edit_form = MeetingOfCouncilAnswers
    answers_of = staticmethod(acts.answers_of_meeting)
    edit_action = staticmethod(acts.change_meeting)
    remove_action = staticmethod(acts.remove_meeting)

    def cell_there_said(self, meeting: CouncilMeeting) -> Any:
        """How many, and that only those are named who agreed."""
        return Sub(str(meeting.there), "by number; only who agrees is named")

    def heading(self, meeting: CouncilMeeting) -> str:
        """When it was."""
        return f"Council meeting of {shown(meeting.held_on)}"

    def named(self, meeting: CouncilMeeting) -> str:
        """When it was."""
        return str(shown(meeting.held_on))
