"""Reviews: the measures scored with the young person, drafted, made final, corrected and superseded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from cmcore.base.clock import day, local
from cmcore.base.findings import Finding, Severity
from cmcore.base.words import in_words
from cmcore.enrolments.records import Enrolment
from cmcore.forms import Form, dump
from cmcore.measures.mappings import mapping_for
from cmcore.measures.registry import measure_set, measure_sets, set_of
from cmcore.referrals.words import Rag
from cmcore.reviews import rules
from cmcore.reviews.actions import (
    add_review,
    answers_of_review,
    change_review,
    correct_review,
    finalise_review,
    remove_review,
    supersede_review,
)
from cmcore.reviews.forms import SupersedeAnswers, review_form
from cmcore.reviews.queries import measure_set_for
from cmcore.reviews.records import Review
from cmcore.reviews.words import ReviewKind, Scorer
from cmcore.safekeeping.work import Work
from console.listing import Queue
from console.record_view import RecordView
from console.shown import State, concern
from console.steps import Step


def _form_for(work: Work, parent: Enrolment | Review) -> Form:
    """The review's form with the measures of the set in use: the enrolment's, or the review's own."""
    if isinstance(parent, Review):
        return review_form(measure_set(parent.measure_set))
    return review_form(measure_set_for(work, parent))


def _superseding(work: Work, review: Review) -> Form:
    return review_form(measure_set(review.measure_set), SupersedeAnswers)


def _add(work: Work, parent: Enrolment, answers: Any) -> Review:
    return add_review(work, answers)


def _correct(work: Work, review: Review, answers: Any, version: int) -> Review:
    return correct_review(work, review, answers, version)


def _as_it_is(review: Review) -> dict[str, Any]:
    return dump(review_form(measure_set(review.measure_set)), answers_of_review(review))


def _too_late(work: Work, review: Review) -> list[Finding]:
    if review.finalised_at is None:
        return []
    return rules.may_correct(local(review.finalised_at).date(), work.today, work.policy_of(review))


def _called(review: Review) -> str:
    return f"{ReviewKind(review.kind_of_review).called.capitalize()} of {day(review.held_on)}"


class Reviews(RecordView):
    """How the measures were scored, when and by whom."""

    record = Review
    route_base = "/reviews"
    about = "Each time the measures were scored. Only final reviews count; a draft can still be changed."
    list_columns: ClassVar[list[str]] = [
        "held_on",
        "young_person",
        "kind_of_review",
        "measure_set",
        "scored_by",
        "state",
        "concern",
    ]
    label_columns: ClassVar[dict[str, str]] = {
        "held_on": "Scored on",
        "young_person": "Young person",
        "kind_of_review": "Which review",
        "measure_set": "Measures",
        "scored_by": "Scored by",
        "state": "Where it stands",
        "words_said": "In their own words",
        "guided_by_child": "Led by the young person",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref"]
    search_columns: ClassVar[list[str]] = ["young_person.ref", "young_person.family_name", "young_person.given_name"]
    choice_columns: ClassVar[dict[str, Any]] = {"kind_of_review": ReviewKind, "scored_by": Scorer, "concern": Rag}
    filter_columns: ClassVar[list[str]] = [
        "kind_of_review",
        "state",
        "scored_by",
        "measure_set",
        "young_person_id",
        "enrolment_id",
    ]
    order_columns: ClassVar[list[str]] = ["held_on", "kind_of_review", "state"]
    base_order = ("held_on", "desc")
    views: ClassVar[list[Any]] = [("Drafts", {"state": "draft"})]
    queues = (
        Queue(
            "Reviews to make final",
            {"state": "draft"},
            "week",
            "A draft counts for nothing yet.",
            act="review.finalise",
        ),
    )
    show_template = "cm/review.html"
    show_columns: ClassVar[list[str]] = [
        "young_person",
        "enrolment",
        "kind_of_review",
        "held_on",
        "scored_by",
        "guided_by_child",
        "state",
        "concern",
        "words_said",
    ]
    empty_words = "No reviews yet. The baseline comes first, scored with the young person at the start of the work."

    add_form = staticmethod(_form_for)
    add_parent = Enrolment
    add_action = staticmethod(_add)
    acts: ClassVar[dict[str, str]] = {"add": "review.add"}
    edit_form = staticmethod(_form_for)
    answers_of = staticmethod(answers_of_review)
    edit_action = staticmethod(change_review)
    remove_action = staticmethod(remove_review)
    add_words = "Score the measures"
    added_words = "Kept as a draft. Make it final when the scores are right."
    steps = (
        Step(
            "finalise",
            "Make final",
            finalise_review,
            why="From then on it counts, for the young person and in the evidence.",
            offered=lambda review: review.state == "draft",
            done="The review is final.",
        ),
        Step(
            "correct",
            "Correct it",
            _correct,
            form=_form_for,
            act="review.correct",
            why="For some days after it became final, a slip can be put right.",
            offered=lambda review: review.state == "final",
            stands_in_the_way=_too_late,
            begins=answers_of_review,
            rewrites=True,
            past=True,
            done="The review is corrected.",
        ),
        Step(
            "supersede",
            "Put another in its place",
            supersede_review,
            form=_superseding,
            why="Both stay known; only the new one counts.",
            offered=lambda review: review.state == "final",
            begins=_as_it_is,
            done="The new review counts from now on.",
        ),
    )

    def cell_concern(self, review: Review) -> State | str:
        """Red, amber or green."""
        return concern(review.concern)

    def cell_measure_set(self, review: Review) -> str:
        """Which measures were scored."""
        known = measure_sets().get(review.measure_set)
        return known.title if known is not None else review.measure_set

    def heading(self, review: Review) -> str:
        """Which review, when, of whom."""
        return f"{_called(review)}: {review.young_person}"

    def named(self, review: Review) -> str:
        """Whose review, in few words."""
        return f"{review.young_person}, {_called(review)[:1].lower()}{_called(review)[1:]}"

    def settled(self, review: Review, doing: str) -> Sequence[Finding]:
        """A final review counts, and is not written over."""
        if review.state == "draft":
            return ()
        said = f"This review is “{review.state_label}”."
        way_out = "Correct it, or put another in its place, with a reason."
        return (Finding(said, rule="R-MEA-5", way_out=way_out if review.state == "final" else ""),)

    def findings(self, work: Work, review: Review) -> list[Finding]:
        """How an older set stands to the one the programme is scored with now, where a plugin says so."""
        now = review.enrolment.programme.measure_set if review.enrolment else review.measure_set
        mapping = mapping_for(work, review.authority_id, review.measure_set, now) if now != review.measure_set else None
        if mapping is None:
            return []
        same = in_words([later.label.lower() for _, later in mapping.in_both(measure_sets())])
        said = f"Scored with {measure_set(review.measure_set).title.lower()}, the programme with another set today."
        so = f"The same in both are {same}. Each is counted in its own set, and the two are never added up."
        return [Finding(said, severity=Severity.inform, way_out=so)]

    def show_context(self, work: Work, record: Review, opened: bool) -> dict[str, Any]:
        """The scores as a table beside the facts."""
        context = super().show_context(work, record, opened)
        given = {each.measure: each for each in record.scores}
        chosen = set_of(record.measure_set, given)
        context["scores"] = [(measure, given.get(measure.key)) for measure in chosen.measures]
        context["measure_set"] = chosen
        return context
