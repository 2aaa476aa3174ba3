"""Commitments and the action plan as lists and records."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for

from cmcore.api import Finding, Work, day, in_words
from cmcore_artsmark import commitments, proving, queries, rules
from cmcore_artsmark.console.proofs import ArtsmarkEvidences
from cmcore_artsmark.forms import (
    AchievedAnswers,
    CaseStudyEvidenceAnswers,
    CommitmentAnswers,
    DoneAnswers,
    MediaEvidenceAnswers,
    QuoteAnswers,
)
from cmcore_artsmark.lives import COMMITMENT_LIFE
from cmcore_artsmark.records import ArtsmarkCommitment, ArtsmarkItem, ArtsmarkJourney
from cmcore_artsmark.words import Criterion, Principle
from console.api import Filter, Queue, RecordView, Related, State, Step, Sub, transitions

_LOOKS = {"planned": ("plain", "ring"), "achieved": ("plain", "tick"), "dropped": ("none", "ring")}


def stands(commitment: ArtsmarkCommitment, today: date | None = None) -> State:
    """Where a commitment stands, as a shape with its word; past its day where a day is given."""
    if today is not None and commitment.state in ("planned", "under_way") and commitment.due_on < today:
        return State("Past its day", "warn", "warn")
    tone, shape = _LOOKS.get(commitment.state, ("plain", "half"))
    return State(commitment.state_label, tone, shape)


class ArtsmarkItems(RecordView):
    """The action plan: what is done for each commitment."""

    record = ArtsmarkItem
    route_base = "/artsmark-items"
    singular, plural = "item of the action plan", "items of the action plan"
    about = "The action plan: what is done for each commitment, by whom, by when, and at which event of the calendar."
    list_columns = ["what", "owner", "due_on", "tied", "stands"]
    label_columns = {
        "what": "What is done",
        "owner": "Who does it",
        "due_on": "By when",
        "tied": "In the calendar",
        "stands": "Where it stands",
        "done_on": "Done on",
        "artsmark_commitment_id": "Commitment",
    }
    search_columns = ["what", "owner"]
    filter_columns = [
        Filter(
            "step",
            "Where it stands",
            (("late", "Past its day"), ("open", "Not done"), ("done", "Done")),
            lambda value, work: {
                "late": queries.item_waits(work),
                "done": ArtsmarkItem.done_on.is_not(None),
            }.get(value, ArtsmarkItem.done_on.is_(None)),
        ),
        "artsmark_commitment_id",
    ]
    order_columns = ["due_on"]
    base_order = ("due_on", "asc")
    show_columns = ["commitment", "what", "owner", "due_on", "tied", "done_on"]
    empty_words = "Nothing is planned yet. Add what will be done, and when."
    queues = (Queue("Artsmark plan past its day", {"step": "late"}, "week", "Do it, or give it another day (R-AM-6)."),)
    add_parent = ArtsmarkCommitment
    add_form = staticmethod(commitments.item_form)
    add_action = staticmethod(commitments.add_item)
    add_words = "Plan something"
    edit_form = staticmethod(commitments.item_form)
    answers_of = staticmethod(commitments.answers_of_item)
    edit_action = staticmethod(commitments.change_item)
    remove_action = staticmethod(commitments.remove_item)
    steps = (
        Step(
            "done",
            "Say that it is done",
            commitments.item_done,
            form=DoneAnswers,
            offered=lambda item: item.done_on is None,
        ),
    )

    def cell_tied(self, item: ArtsmarkItem) -> Any:
        """The entry of the calendar it is tied to, and its day."""
        return Sub(item.entry_title, day(item.entry_on) if item.entry_on else "") if item.entry else ""

    def cell_stands(self, item: ArtsmarkItem) -> Any:
        """Whether it is done."""
        return State("Done", "plain", "tick") if item.done_on else State("To do", "plain", "ring")


class ArtsmarkCommitments(RecordView):
    """What was promised, and what became of it."""

    record = ArtsmarkCommitment
    route_base = "/artsmark-commitments"
    about = "What you promise in the Statement of Commitment. Only what is achieved stands in the Statement of Impact."
    list_columns = ["goal", "criterion", "owner", "due_on", "state"]
    label_columns = {
        "goal": "Commitment",
        "principles": "Quality principles",
        "owner": "Who sees to it",
        "due_on": "By when",
        "achieved_on": "Achieved on",
        "achieved": "What changed",
        "artsmark_journey_id": "Journey",
    }
    choice_columns = {"criterion": Criterion}
    search_columns = ["goal", "owner"]
    filter_columns = [
        "state",
        "criterion",
        Filter("late", "Past its day", (("yes", "Past its day"),), lambda value, work: queries.commitment_waits(work)),
        "artsmark_journey_id",
    ]
    order_columns = ["due_on"]
    base_order = ("due_on", "asc")
    show_columns = ["journey", "criterion", "principles", "owner", "due_on", "achieved_on", "achieved"]
    empty_words = "Nothing is promised yet."
    queues = (
        Queue("Artsmark commitments past their day", {"late": "yes"}, "week", "Achieve, move or drop them (R-AM-6)."),
    )
    related_views = [
        Related(ArtsmarkItems, "artsmark_commitment_id", "Action plan", most=20),
        Related(ArtsmarkEvidences, "artsmark_commitment_id", "Evidence", most=20),
    ]
    add_parent = ArtsmarkJourney
    add_form = CommitmentAnswers
    add_action = staticmethod(commitments.add_commitment)
    add_words = "Promise something"
    edit_form = CommitmentAnswers
    answers_of = staticmethod(commitments.answers_of_commitment)
    edit_action = staticmethod(commitments.change_commitment)
    remove_action = staticmethod(commitments.remove_commitment)
    remove_why = "Its plan, its evidence and what was drafted of it go too. It cannot be brought back."
    steps = (
        *transitions(COMMITMENT_LIFE, commitments.move_commitment, "artsmark_commitment.move", only=("start",)),
        Step(
            "achieve",
            "Say that it is achieved",
            commitments.achieve,
            form=AchievedAnswers,
            why="Then the Statement of Impact may speak of it.",
            offered=lambda one: one.state == "under_way",
        ),
        Step(
            "number",
            "Add a number",
            proving.add_number,
            form=proving.number_form,
            begins=lambda one: {"starts_on": (one.journey.committed_on or one.journey.registered_on).isoformat()},
            why="It is counted now, and can be counted again at any time.",
            offered=lambda one: one.state != "dropped",
        ),
        Step(
            "quote",
            "Add a quote",
            proving.add_quote,
            form=QuoteAnswers,
            why="With the permission of whoever said it.",
            offered=lambda one: one.state != "dropped",
        ),
        Step(
            "case-study",
            "Add a case study",
            proving.add_case_study,
            form=CaseStudyEvidenceAnswers,
            why="One that is shown in public, without names.",
            offered=lambda one: one.state != "dropped",
        ),
        Step(
            "media",
            "Add a picture, film or recording",
            proving.add_media,
            form=MediaEvidenceAnswers,
            why="From a journal, where everybody may see it.",
            offered=lambda one: one.state != "dropped",
        ),
        *transitions(COMMITMENT_LIFE, commitments.move_commitment, "artsmark_commitment.move", only=("drop", "reopen")),
    )

    def cell_principles(self, commitment: ArtsmarkCommitment) -> str:
        """The quality principles it serves."""
        return in_words([Principle.say(one) for one in commitment.principles])

    def cell_state(self, commitment: ArtsmarkCommitment) -> State:
        """Where it stands: a tick for what is achieved."""
        return stands(commitment)

    def heading(self, commitment: ArtsmarkCommitment) -> str:
        """The goal."""
        return commitment.goal

    def crumbs_before(self, record: ArtsmarkCommitment) -> list[tuple[str, str]]:
        """The way from the menu."""
        return [("Artsmark", url_for("ArtsmarkHome.index", journey=record.artsmark_journey_id))]

    def settled(self, record: ArtsmarkCommitment, doing: str) -> Any:
        """What is achieved or dropped stays as it was promised."""
        if doing == "edit" and record.lifecycle.ended(record.state):
            return (Finding(f"This commitment is “{record.state_label}”.", way_out="Take it up again first."),)
        if doing == "remove" and record.journey.state not in ("registered", "assessed"):
            return (Finding("It was promised already.", way_out="Drop it instead, with the reason."),)
        return ()

    def findings(self, work: Work, commitment: ArtsmarkCommitment) -> list[Finding]:
        """That it is past its day (R-AM-6), or achieved without evidence (R-AM-8)."""
        policy = work.policy_of(commitment)
        if commitment.state == "achieved":
            pieces = queries.counted_evidence(work, [commitment.id]).get(commitment.id, 0)
            return rules.has_evidence(pieces, commitment.goal, policy)
        if commitment.state == "dropped":
            return []
        return rules.in_time("This commitment", commitment.due_on, work.today, policy)
