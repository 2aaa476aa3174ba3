"""What a review asks: which one, when, who scored, one score per measure, the young person's words."""

from __future__ import annotations

from datetime import date

from cmcore.forms import Answers, Form, Score, ask, form, scores_of
from cmcore.measures.sets import MeasureSet
from cmcore.referrals.words import Rag
from cmcore.reviews.words import ReviewKind, Scorer


@form("review", version=1, title="Review")
class ReviewAnswers(Answers):
    """The measures, scored with the young person: at the start, along the way, at the end and afterwards."""

    enrolment_id: int = ask("Enrolment", of="enrolment", section="Which review")
    kind_of_review: ReviewKind = ask(
        "Which review is it?",
        hints={
            ReviewKind.baseline: "At the start of the work",
            ReviewKind.interim: "While the work goes on",
            ReviewKind.exit: "When the work ends",
            ReviewKind.follow_up: "Some time after it ended",
        },
    )
    held_on: date = ask("The day it was scored")
    scored_by: Scorer = ask(
        "Who scored?", hint="Only scores by the same people are compared: choose as at the baseline."
    )
    guided_by_child: bool | None = ask("Did the young person lead the scoring?", required=True)
    scores: dict[str, Score] = ask(
        "The measures",
        section="The measures",
        sensitive=True,
        rule="R-MEA-1",
        hint="Score each of them, or choose “not scored” and say why.",
    )
    words_said: str | None = ask(
        "In the young person’s own words",
        section="What was said",
        voice=True,
        sensitive=True,
        hint="What they said themselves. One day they may read it.",
    )
    concern: Rag | None = ask("How much concern is there now?")


@form("supersede-review", version=1, title="Supersede a review")
class SupersedeAnswers(ReviewAnswers):
    """A new review in the place of one that became final too long ago to be corrected."""

    reason: str = ask("What was wrong with the one before?", section="Why", long=True, sensitive=True, most=1000)


@form("complete-reason", version=1, title="Why there is no exit review")
class NoExitAnswers(Answers):
    """Why an enrolment ends without an exit review (R-MEA-4)."""

    no_exit_review_because: str = ask("Why is there no exit review?", long=True, sensitive=True, most=1000)


def review_form(measure_set: MeasureSet, declared: type[ReviewAnswers] = ReviewAnswers) -> Form:
    """The form of a review that is scored with this set."""
    return declared.form.with_question(
        "scores", kind=scores_of(measure_set.measures), label=measure_set.title, nothing={}
    )
