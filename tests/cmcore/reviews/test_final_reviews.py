"""What becomes of a review once it is final: corrected soon, superseded later, in date order."""

from __future__ import annotations

from datetime import date

from cmcore.enrolments.records import Enrolment
from cmcore.measures.change import Outcome
from cmcore.reviews import queries
from cmcore.reviews.actions import (
    add_review,
    correct_review,
    score_review,
    supersede_review,
)
from cmcore.reviews.forms import SupersedeAnswers
from cmcore.safekeeping.work import Work
from cmcore.testing import Stage, refused
from tests.cmcore.reviews.made_enrolments import JULY, SEPTEMBER, answers, final

# ---- R-MEA-5


def test_r_mea_5_lets_a_final_review_be_corrected_for_seven_days(
    work: Work, stage: Stage, enrolment: Enrolment
) -> None:
    review = final(work, enrolment)
    stage.on(date(2026, 11, 17))
    correct_review(work, review, answers(enrolment, scores=2), review.version)
    assert {each.score for each in review.scores} == {2} and review.state == "final"


def test_r_mea_5_refuses_a_correction_on_the_eighth_day_and_touches_nothing(
    work: Work, stage: Stage, enrolment: Enrolment
) -> None:
    review = final(work, enrolment)
    stage.on(date(2026, 11, 18))
    with refused("R-MEA-5", "Supersede it with a new one"):
        correct_review(work, review, answers(enrolment, scores=2))
    assert {each.score for each in review.scores} == {3}


def test_a_correction_is_held_to_every_other_rule(work: Work, enrolment: Enrolment) -> None:
    review = final(work, enrolment)
    score_review(work, answers(enrolment, "interim", JULY))
    for wrong, rule in (
        (answers(enrolment, scores={"ambition": 9}), "R-MEA-1"),
        (answers(enrolment, held_on=date(2026, 7, 8)), "R-MEA-6"),
    ):
        with refused(rule):
            correct_review(work, review, wrong)
    assert review.held_on == date(2026, 5, 26) and {each.score for each in review.scores} == {3}
    with refused(words="Only a final review is corrected"):
        correct_review(work, add_review(work, answers(enrolment, "exit", SEPTEMBER)), answers(enrolment))


def test_r_mea_5_supersedes_with_a_reason_and_the_old_review_stays_readable(
    work: Work, stage: Stage, enrolment: Enrolment
) -> None:
    review = final(work, enrolment)
    stage.on(date(2027, 1, 15))
    new = supersede_review(
        work, review, answers(enrolment, scores=2, form=SupersedeAnswers, reason="Two rows of the sheet were swapped.")
    )
    work.db.flush()
    assert (review.state, new.state, review.superseded_by_id) == ("superseded", "final", new.id)
    assert {each.score for each in review.scores} == {3}
    change = queries.change_of_enrolment(work, enrolment)
    assert change.ends.baseline is not None and set(change.ends.baseline.scores.values()) == {2}


def test_r_mea_5_refuses_to_supersede_without_a_reason(work: Work, enrolment: Enrolment) -> None:
    review = final(work, enrolment)
    with refused("R-MEA-5", "only with a reason"):
        supersede_review(work, review, answers(enrolment, form=SupersedeAnswers, reason="  "))
    assert review.state == "final"


def test_a_superseded_review_is_not_superseded_again(work: Work, enrolment: Enrolment) -> None:
    review = final(work, enrolment)
    given = answers(enrolment, form=SupersedeAnswers, reason="Swapped.")
    supersede_review(work, review, given)
    with refused(words="is not possible while this is “Superseded”"):
        supersede_review(work, review, given)


# ---- R-MEA-6


def test_r_mea_6_refuses_an_exit_before_a_baseline(work: Work, enrolment: Enrolment) -> None:
    with refused("R-MEA-6", "An exit review needs a baseline"):
        score_review(work, answers(enrolment, "exit", SEPTEMBER))
    final(work, enrolment)
    with refused("R-MEA-6", "is before the baseline of 26 May 2026"):
        score_review(work, answers(enrolment, "exit", date(2026, 5, 25)))


def test_r_mea_6_lets_reviews_in_date_order_through(work: Work, enrolment: Enrolment) -> None:
    final(work, enrolment)
    for kind, on in (("interim", JULY), ("exit", SEPTEMBER), ("follow_up", date(2026, 11, 10))):
        assert score_review(work, answers(enrolment, kind, on)).state == "final"


def test_r_mea_6_looks_at_final_reviews_only(work: Work, enrolment: Enrolment) -> None:
    add_review(work, answers(enrolment))
    with refused("R-MEA-6"):
        score_review(work, answers(enrolment, "interim", JULY))


def test_r_mea_6_refuses_to_supersede_a_baseline_by_one_after_the_exit(work: Work, enrolment: Enrolment) -> None:
    review = final(work, enrolment)
    score_review(work, answers(enrolment, "exit", SEPTEMBER))
    with refused("R-MEA-6"):
        supersede_review(
            work, review, answers(enrolment, held_on=date(2026, 10, 1), form=SupersedeAnswers, reason="Wrong day.")
        )
    assert review.state == "final"


def test_another_persons_exit_is_kept_and_warned_about(work: Work, enrolment: Enrolment) -> None:
    final(work, enrolment)
    score_review(work, answers(enrolment, "exit", SEPTEMBER, by="teacher"))
    assert "cannot be compared" in work.warnings[-1].message
    assert {one.outcome for one in queries.change_of_enrolment(work, enrolment).changes} == {Outcome.unpaired}


def test_a_review_ahead_of_today_is_refused(work: Work, enrolment: Enrolment) -> None:
    with refused(words="is after today, 10 November 2026"):
        score_review(work, answers(enrolment, held_on=date(2026, 11, 11)))
