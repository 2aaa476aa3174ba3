"""Reviews through their actions, on both databases: what each rule refuses, and what it lets through."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from cmcore.base.findings import NotAllowed, NotFound, Refused, Severity
from cmcore.enrolments.actions import move_enrolment
from cmcore.enrolments.records import Enrolment
from cmcore.reviews import queries
from cmcore.reviews.actions import (
    add_review,
    answers_of_review,
    change_review,
    finalise_review,
    remove_review,
    score_review,
    supersede_review,
)
from cmcore.reviews.forms import SupersedeAnswers
from cmcore.reviews.records import Review, ReviewScore
from cmcore.safekeeping.work import Conflict, Work
from cmcore.testing import Stage, refused
from tests.cmcore.reviews.made_enrolments import JULY, SEPTEMBER, Ground, answers, final


def rules_of(work: Work) -> list[str]:
    return [one.rule or "" for one in work.warnings]


# ---- writing, making final


def test_a_review_is_a_draft_until_it_is_made_final(work: Work, enrolment: Enrolment) -> None:
    draft = add_review(work, answers(enrolment, scores={"leadership": "M.’s choice"}))
    assert (draft.state, draft.measure_set, len(draft.scores)) == ("draft", "eight@1", 8)
    assert queries.change_of_enrolment(work, enrolment).ends.baseline is None
    finalise_review(work, draft)
    assert draft.state == "final" and draft.finalised_at is not None
    assert queries.change_of_enrolment(work, enrolment).ends.baseline is not None


def test_a_draft_may_be_changed_and_thrown_away_and_a_final_review_not(work: Work, enrolment: Enrolment) -> None:
    draft = add_review(work, answers(enrolment))
    version = draft.version
    change_review(work, draft, answers(enrolment, scores=4), version)
    work.db.flush()
    assert {each.score for each in draft.scores} == {4}
    assert draft.version > version, "scores are rows of their own, and the review's version tells of them"
    with pytest.raises(Conflict):
        change_review(work, draft, answers(enrolment, scores=2), version)
    finalise_review(work, draft)
    with refused(words="is “Final”"):
        change_review(work, draft, answers(enrolment, scores=5))
    with refused(words="Only a draft can be thrown away"):
        remove_review(work, draft)
    other = add_review(work, answers(enrolment, "interim", JULY))
    remove_review(work, other)
    work.db.flush()
    assert len(work.db.scalars(select(Review)).all()) == 1
    assert len(work.db.scalars(select(ReviewScore)).all()) == 8


def test_the_answers_of_a_review_write_it_again(work: Work, enrolment: Enrolment) -> None:
    given = answers(enrolment, scores={"leadership": "M.’s choice"}, words_said="I got it first go.", concern="amber")
    draft = add_review(work, given)
    assert answers_of_review(draft) == given


def test_a_review_is_scored_with_the_set_of_its_baseline(work: Work, enrolment: Enrolment) -> None:
    six = answers(enrolment, scores={"participation": 3})
    six = type(six)(
        **{
            **six.columns(),
            "scores": {key: six.scores[key] for key in six.scores if key not in ("participation", "leadership")},
        }
    )
    baseline = score_review(work, six, "six@2017")
    assert baseline.measure_set == "six@2017"
    assert queries.measure_set_for(work, enrolment).ref == "six@2017"


def test_a_set_the_programme_is_not_measured_with_is_refused(work: Work, enrolment: Enrolment) -> None:
    with refused(words="is not measured with Strengths and Difficulties Questionnaire"):
        add_review(work, answers(enrolment), "sdq@1")
    with refused(words="There is no measure set"):
        add_review(work, answers(enrolment), "nine@1")


# ---- R-MEA-1


@pytest.mark.parametrize("score", [0, 6, -3])
def test_r_mea_1_refuses_a_score_outside_the_scale(work: Work, enrolment: Enrolment, score: int) -> None:
    with refused("R-MEA-1", "is not a whole number from 1 to 5"):
        add_review(work, answers(enrolment, scores={"confidence": score}))
    with refused("R-MEA-1"):
        score_review(work, answers(enrolment, scores={"confidence": score}))


@pytest.mark.parametrize("score", [1, 5])
def test_r_mea_1_lets_the_ends_of_the_scale_through(work: Work, enrolment: Enrolment, score: int) -> None:
    assert score_review(work, answers(enrolment, scores={"confidence": score})).state == "final"


def test_a_draft_may_lack_scores_and_a_final_review_may_not(work: Work, enrolment: Enrolment) -> None:
    given = answers(enrolment)
    lacking = type(given)(**{**given.columns(), "scores": {}})
    draft = add_review(work, lacking)
    with refused(words="Participation has neither a score nor a reason"):
        finalise_review(work, draft)
    assert draft.state == "draft"


def test_a_reason_too_long_to_keep_is_refused_before_the_database_sees_it(work: Work, enrolment: Enrolment) -> None:
    with refused(words="has room for 300 characters"):
        add_review(work, answers(enrolment, scores={"leadership": "x" * 301}))
    assert add_review(work, answers(enrolment, scores={"leadership": "x" * 300})).id


# ---- R-MEA-2


def test_r_mea_2_warns_of_a_baseline_after_fourteen_days(work: Work, enrolment: Enrolment) -> None:
    score_review(work, answers(enrolment, held_on=date(2026, 6, 3)))
    assert rules_of(work) == ["R-MEA-2"] and work.warnings[0].severity is Severity.warn


def test_r_mea_2_warns_of_a_baseline_after_two_sessions(work: Work, at_work: Ground, enrolment: Enrolment) -> None:
    for on in (date(2026, 5, 20), date(2026, 5, 22)):
        at_work.session(work, enrolment, on)
    score_review(work, answers(enrolment, held_on=date(2026, 5, 23)))
    assert rules_of(work) == ["R-MEA-2"]


def test_r_mea_2_says_nothing_of_a_baseline_in_time(work: Work, at_work: Ground, enrolment: Enrolment) -> None:
    at_work.session(work, enrolment, date(2026, 5, 20))
    at_work.session(work, enrolment, date(2026, 5, 22), outcome="absent")
    at_work.session(work, enrolment, date(2026, 6, 2))
    score_review(work, answers(enrolment, held_on=date(2026, 6, 2)))
    assert rules_of(work) == []


def test_r_mea_2_warns_of_a_baseline_the_child_did_not_guide(work: Work, enrolment: Enrolment) -> None:
    score_review(work, answers(enrolment, guided=False))
    assert rules_of(work) == ["R-MEA-2"] and "guided" in work.warnings[0].message


def test_r_mea_2_stands_on_the_page_until_there_is_a_baseline(work: Work, stage: Stage, enrolment: Enrolment) -> None:
    assert [one.rule for one in queries.standing(work, enrolment)] == ["R-MEA-2"]
    score_review(work, answers(enrolment, held_on=date(2026, 11, 9)))
    assert queries.standing(work, enrolment) == []


# ---- R-MEA-3


def test_r_mea_3_stands_on_the_page_after_six_weeks_and_not_before(
    work: Work, stage: Stage, enrolment: Enrolment
) -> None:
    score_review(work, answers(enrolment))
    stage.on(date(2026, 7, 7))
    assert queries.standing(work, enrolment) == []
    stage.on(date(2026, 7, 8))
    (finding,) = queries.standing(work, enrolment)
    assert (finding.rule, finding.severity) == ("R-MEA-3", Severity.warn) and "1 day over" in finding.message
    score_review(work, answers(enrolment, "interim", date(2026, 7, 8)))
    assert queries.standing(work, enrolment) == []


def test_r_mea_3_keeps_to_the_enrolments_own_interval(work: Work, stage: Stage, at_work: Ground) -> None:
    enrolment = at_work.enrolment(work, review_days=84)
    score_review(work, answers(enrolment))
    assert queries.standing(work, enrolment)[0].rule == "R-MEA-3"
    stage.on(date(2026, 8, 18))
    assert queries.standing(work, enrolment) == []


def test_nothing_is_due_of_an_enrolment_that_does_not_run(work: Work, at_work: Ground) -> None:
    for state in ("planned", "paused", "completed", "ended_early"):
        assert queries.standing(work, at_work.enrolment(work, state=state)) == []


def test_what_is_overdue_is_listed_worst_first(work: Work, stage: Stage, at_work: Ground) -> None:
    late = at_work.enrolment(work, started_on=date(2026, 10, 1))
    scored = at_work.enrolment(work, started_on=date(2026, 5, 19))
    score_review(work, answers(scored))
    patient = at_work.enrolment(work, started_on=date(2026, 5, 19), review_days=300)
    score_review(work, answers(patient))
    eager = at_work.enrolment(work, started_on=date(2026, 10, 20), review_days=7)
    score_review(work, answers(eager, held_on=date(2026, 10, 30)))
    at_work.enrolment(work, started_on=date(2026, 10, 28))
    at_work.enrolment(work, started_on=date(2026, 1, 1), state="completed")
    assert [(due.enrolment.id, due.last_on, due.days_over) for due in queries.overdue(work, stage.authority_id)] == [
        (scored.id, date(2026, 5, 26), 168 - 42),
        (late.id, None, 40 - 14),
        (eager.id, date(2026, 10, 30), 11 - 7),
    ]


# ---- R-MEA-4


def test_r_mea_4_refuses_to_complete_without_an_exit_review_or_a_reason(work: Work, at_work: Ground) -> None:
    enrolment = at_work.enrolment(work, state="closing")
    with refused("R-MEA-4", "It needs an exit review, or a reason why there is none"):
        move_enrolment(work, enrolment, "complete")
    assert enrolment.state == "closing"


def test_r_mea_4_lets_an_enrolment_complete_with_an_exit_review(work: Work, at_work: Ground) -> None:
    enrolment = at_work.enrolment(work, state="closing")
    score_review(work, answers(enrolment))
    draft = add_review(work, answers(enrolment, "exit", SEPTEMBER, 4))
    with refused("R-MEA-4"):
        move_enrolment(work, enrolment, "complete")
    finalise_review(work, draft)
    move_enrolment(work, enrolment, "complete")
    assert enrolment.state == "completed"


def test_r_mea_4_lets_an_enrolment_complete_with_a_reason(work: Work, at_work: Ground) -> None:
    enrolment = at_work.enrolment(work, state="closing", no_exit_review_because="Moved away the same day.")
    assert move_enrolment(work, enrolment, "complete").state == "completed"


def test_r_mea_4_an_exit_review_from_before_a_reopening_does_not_count(work: Work, at_work: Ground) -> None:
    enrolment = at_work.enrolment(work, state="closing")
    score_review(work, answers(enrolment))
    score_review(work, answers(enrolment, "exit", SEPTEMBER, 4))
    move_enrolment(work, enrolment, "complete", on=SEPTEMBER)
    work.move(enrolment, "reopen", reason="The placement broke down.", on=date(2026, 10, 1))
    work.move(enrolment, "start", on=date(2026, 10, 5))
    move_enrolment(work, enrolment, "close", on=date(2026, 10, 20))
    with refused("R-MEA-4"):
        move_enrolment(work, enrolment, "complete")
    score_review(work, answers(enrolment, "exit", date(2026, 11, 2), 5))
    assert move_enrolment(work, enrolment, "complete").state == "completed"


# ---- who, and what is read


def test_the_change_of_an_enrolment_is_read_in_two_statements(work: Work, enrolment: Enrolment, engine: Any) -> None:
    from sqlalchemy import event

    final(work, enrolment)
    score_review(work, answers(enrolment, "interim", JULY, 3))
    score_review(work, answers(enrolment, "exit", SEPTEMBER, {"confidence": 5, "ambition": 1, "leadership": "tired"}))
    work.commit()
    work.db.expunge_all()
    enrolment = work.get(Enrolment, enrolment.id)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    change = queries.change_of_enrolment(work, enrolment)
    assert len([one for one in asked if one.lstrip().upper().startswith("SELECT") and "set_config" not in one]) == 2
    outcomes = {one.measure.key: one.in_words for one in change.changes}
    assert outcomes["confidence"] == "Improved by 2"
    assert outcomes["ambition"] == "Declined by 2"
    assert outcomes["leadership"] == "Not scored at the latest review, tired"
    assert outcomes["motivation"] == "Maintained"


def test_a_mentor_scores_the_young_people_they_are_commissioned_for_and_no_others(
    stage: Stage, at_work: Ground
) -> None:
    with stage.work() as work:
        own, other = at_work.enrolment(work), at_work.enrolment(work)
        at_work.commission(work, own)
        own_id, other_id = own.id, other.id
    with stage.work("mentor", mentor_id=at_work.mentor_id) as work:
        assert score_review(work, answers(work.get(Enrolment, own_id))).state == "final"
        with pytest.raises(NotFound):
            work.get(Enrolment, other_id)
        work.db.flush()
        with pytest.raises(NotAllowed):
            supersede_review(
                work,
                work.db.scalars(select(Review)).one(),
                answers(work.get(Enrolment, own_id), form=SupersedeAnswers, reason="Swapped."),
            )


def test_a_referrer_reads_and_does_not_score(stage: Stage, at_work: Ground) -> None:
    with stage.work() as work:
        enrolment = at_work.enrolment(work)
        given = answers(enrolment)
    with stage.work("referrer") as work, pytest.raises(NotAllowed):
        score_review(work, given)


def test_what_was_refused_leaves_nothing_behind(stage: Stage, at_work: Ground) -> None:
    with stage.work() as work:
        enrolment = at_work.enrolment(work)
        with pytest.raises(Refused):
            score_review(work, answers(enrolment, "exit", SEPTEMBER))
    with stage.work() as work:
        assert work.db.scalars(select(Review)).all() == []
