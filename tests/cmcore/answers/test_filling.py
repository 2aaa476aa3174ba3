"""Filling in over several sittings: nothing typed is lost, what was finished stays, and what was wrong is corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from cmcore.answers.editions import form_of_edition, in_force, withdraw
from cmcore.answers.filling import (
    begin_again,
    carry_over,
    correct,
    discard,
    finish,
    newer_edition,
    save_draft,
    start,
    start_form,
)
from cmcore.answers.records import AnswersRevision, FormAnswers
from cmcore.answers.sensitive import NOT_SHOWN, without_sensitive
from cmcore.base.findings import NotAllowed, NotFound, Refused
from cmcore.base.records import Record
from cmcore.forms import Question, kinds
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.access import open_session
from cmcore.safekeeping.records import AuditEntry
from cmcore.safekeeping.removal import hanging_on
from cmcore.safekeeping.work import Conflict
from cmcore.testing import Stage, refused
from cmcore.young_people.actions import remove_young_person
from tests.cmcore.answers.wrenshire import GOOD, KEY, VISIT, begun, finished, newer, person, published, told


@pytest.fixture
def visits(stage: Stage) -> Stage:
    """A stage on which the form is in force."""
    with stage.work() as work:
        published(work, stage)
    return stage


def draft(stage: Stage, **typed: Any) -> int:
    with stage.work() as work:
        key: int = save_draft(work, begun(work, stage), typed).id
    return key


def test_a_draft_keeps_what_cannot_be_read_as_it_was_typed(visits: Stage) -> None:
    key = draft(visits, people="about seven", held_on={"day": "31", "month": "2", "year": ""})
    with visits.work() as work:
        kept = work.get(FormAnswers, key)
        assert kept.values == {"people": "about seven", "held_on": {"day": "31", "month": "2", "year": ""}}
        assert (kept.state, kept.ref) == ("draft", "WR-F-0001")


def test_a_draft_that_is_refused_stays_as_it_was_saved(visits: Stage) -> None:
    key = draft(visits, place="Pennywick Mill")
    with visits.work() as work, refused(None, "When was it?"):
        finish(work, work.get(FormAnswers, key))
    with visits.work() as work:
        assert work.get(FormAnswers, key).values == {"place": "Pennywick Mill"}


def test_a_draft_of_several_sittings_is_finished_with_what_it_holds(visits: Stage) -> None:
    key = draft(visits, place="Pennywick Mill", people="7")
    visits.clock.at = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    with visits.work() as work:
        answers = work.get(FormAnswers, key)
        finish(work, save_draft(work, answers, {**answers.values, "held_on": "3 November 2026"}))
    with visits.work() as work:
        kept = work.get(FormAnswers, key)
        assert kept.state == "finished" and kept.finished_at == visits.clock.now()
        assert kept.values["held_on"] == "2026-11-03" and kept.values["people"] == 7
        assert kept.values["worry"] is None


def test_what_warns_lets_the_answers_through_and_is_told(visits: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cmcore.answers.declared._SHIPPED", (VISIT,))
    with visits.work() as work:
        finish(work, begun(work, visits), GOOD | {"adults": "9"})
        assert [one.message for one in work.warnings] == ["There are more adults than people."]


def test_what_the_form_does_not_ask_is_refused_by_name(visits: Stage) -> None:
    with visits.work() as work, refused(None, "“weather” is not a question of Visit."):
        save_draft(work, begun(work, visits), {"weather": "fine"})


def test_the_second_of_two_on_one_draft_is_told_and_loses_nothing_of_the_first(visits: Stage) -> None:
    key = draft(visits, place="Pennywick Mill")
    with visits.work() as first, visits.work() as second:
        opened = second.get(FormAnswers, key).version
        second.db.rollback()
        save_draft(first, first.get(FormAnswers, key), {"place": "Mossgrave"}, opened)
        first.commit()
        second.db.expire_all()
        with pytest.raises(Conflict, match="Somebody else changed this"):
            save_draft(second, second.get(FormAnswers, key), {"place": "Wrenfold"}, opened)
        second.undo()
    with visits.work() as work:
        assert work.get(FormAnswers, key).values == {"place": "Mossgrave"}


def test_finished_answers_are_saved_over_by_nobody(visits: Stage) -> None:
    with visits.work() as work:
        answers = finished(work, visits)
        for act in (save_draft, finish):
            with refused(None, "no longer a draft"):
                act(work, answers, GOOD)


def test_a_correction_keeps_what_stood_before_and_says_why(visits: Stage) -> None:
    with visits.work() as work:
        answers = finished(work, visits)
        with refused(None, "A correction needs a reason."):
            correct(work, answers, GOOD | {"people": "8"}, reason=" ")
        with refused(None, "Nothing was changed."):
            correct(work, answers, GOOD, reason="Counted again.")
        correct(work, answers, GOOD | {"people": "8"}, reason="Counted again.")
        correct(work, answers, GOOD | {"people": "9"}, reason="And again.")
        assert answers.state == "corrected" and answers.values["people"] == 9
    with visits.work() as work:
        stood = work.db.scalars(select(AnswersRevision).order_by(AnswersRevision.number)).all()
        assert [(one.number, one.values["people"], one.reason) for one in stood] == [
            (1, 7, "Counted again."),
            (2, 8, "And again."),
        ]


def test_what_stood_before_cannot_be_changed_even_in_the_database(visits: Stage) -> None:
    with visits.work() as work:
        correct(work, finished(work, visits), GOOD | {"people": "8"}, reason="Counted again.")
    with pytest.raises((DBAPIError, Refused)), visits.work("operator") as work:
        work.db.scalars(select(AnswersRevision)).one().reason = "Another reason."


def test_a_correction_that_is_wrong_is_refused_whole(visits: Stage) -> None:
    with visits.work() as work:
        answers = finished(work, visits)
        with refused(None, "is not a whole number"):
            correct(work, answers, GOOD | {"people": "several"}, reason="Counted again.")
        assert answers.values["people"] == 7 and answers.state == "finished"


def test_a_draft_stays_on_its_edition_and_is_finished_there(visits: Stage) -> None:
    key = draft(visits, **GOOD)
    with visits.work() as work:
        published(work, visits, newer())
    with visits.work() as work:
        answers = work.get(FormAnswers, key)
        assert newer_edition(work, answers) is not None
        finish(work, answers)
        assert answers.edition.number == 1
        assert form_of_edition(answers.edition).question("place").label == "Where was it?"


def test_a_draft_taken_over_shows_what_no_longer_fits_and_brings_it_back_when_it_does(visits: Stage) -> None:
    key = draft(visits, **GOOD)
    with visits.work() as work:
        published(work, visits, newer())
        answers = carry_over(work, work.get(FormAnswers, key))
        assert answers.edition.number == 2
        assert answers.values == {"place": "Pennywick Mill", "held_on": "2026-11-03"}
        assert answers.left_behind == [{"place": "people", "label": "How many came?", "said": "7", "value": "7"}]
        published(work, visits, VISIT)
        carry_over(work, answers)
        assert answers.edition.number == 3
        assert answers.values == GOOD and answers.left_behind == []


def test_finished_answers_are_begun_again_and_superseded_once_the_new_ones_are_finished(visits: Stage) -> None:
    with visits.work() as work:
        earlier = finished(work, visits)
        published(work, visits, newer())
        again = begin_again(work, earlier)
        assert again.edition.number == 2 and again.values["place"] == "Pennywick Mill"
        assert [one["label"] for one in again.left_behind] == ["How many came?"]
        assert earlier.state == "finished"
        finish(work, again)
        assert earlier.state == "superseded"
        with refused(None, "These answers are “superseded”."):
            correct(work, earlier, GOOD, reason="Too late.")


def test_a_withdrawn_form_is_begun_by_nobody_and_drafts_on_it_are_finished(visits: Stage) -> None:
    key = draft(visits, **GOOD)
    with visits.work() as work:
        edition = in_force(work, KEY)
        assert edition is not None
        withdraw(work, edition, "Nobody uses it.")
        with refused(None, "This form is “withdrawn”."):
            start(work, edition)
        assert finish(work, work.get(FormAnswers, key)).state == "finished"


def test_a_draft_is_thrown_away_by_who_began_it(visits: Stage) -> None:
    key = draft(visits)
    with visits.work(login="somebody.else") as work:
        discard(work, work.get(FormAnswers, key))
    with visits.work() as work, pytest.raises(NotFound):
        work.get(FormAnswers, key)


def test_a_record_with_answers_about_it_cannot_be_removed(stage: Stage) -> None:
    story = told(stage)
    beside = story.beside("Wren", "Larchwood")
    other = story.another_mentor()
    with stage.work() as work:
        begun(work, stage, person(work, beside))
        begun(work, stage, work.get(Mentor, other))
    with stage.work() as work:
        assert "sets of answers" in hanging_on(work, work.get(Mentor, other))
        with refused(None, "sets of answers"):
            remove_young_person(work, person(work, beside))


def test_a_mentor_sees_and_fills_in_for_their_own_young_people_alone(stage: Stage) -> None:
    story = told(stage)
    beside = story.beside("Wren", "Larchwood")
    with stage.work() as work:
        own, foreign = begun(work, stage, person(work, story)).id, begun(work, stage, person(work, beside)).id
        nobodys = begun(work, stage).id
    with stage.work("mentor", mentor_id=story.mentor_id) as work:
        assert work.get(FormAnswers, own).young_person_id == story.person_id
        for key in (foreign, nobodys):
            with pytest.raises(NotFound):
                work.get(FormAnswers, key)
        mine = start_form(work, KEY, stage.authority_id, about=person(work, story))
        finish(work, mine, GOOD)
    other = story.another_mentor()
    with stage.work("mentor", mentor_id=other, login="another.mentor") as work:
        assert work.db.scalar(select(func.count()).select_from(FormAnswers)) == 0
        private = start_form(work, KEY, stage.authority_id, about=work.get(Mentor, other)).id
    with stage.work("mentor", mentor_id=other, login="another.mentor") as work:
        assert work.get(FormAnswers, private).about_kind == "mentor"


def test_somebody_who_does_not_see_what_is_sensitive_goes_on_with_nobody_elses_draft(stage: Stage) -> None:
    story = told(stage)
    with stage.work() as work:
        key = begun(work, stage, person(work, story)).id
        done = finished(work, stage, person(work, story)).id
    with stage.work("mentor", mentor_id=story.mentor_id) as work:
        with pytest.raises(NotAllowed):
            save_draft(work, work.get(FormAnswers, key), GOOD)
        with pytest.raises(NotAllowed):
            correct(work, work.get(FormAnswers, done), GOOD | {"people": "8"}, reason="Not mine.")
        with pytest.raises(NotAllowed):
            discard(work, work.get(FormAnswers, key))


def test_a_form_that_asks_nothing_sensitive_is_gone_on_with_by_whoever_may_see_it(stage: Stage) -> None:
    story = told(stage)
    plain = tuple(one for one in VISIT.questions if not one.sensitive)
    with stage.work() as work:
        published(work, stage, replace(VISIT, questions=plain, answers=None, checks=()))
        key = begun(work, stage, person(work, story)).id
    with stage.work("mentor", mentor_id=story.mentor_id) as work:
        assert save_draft(work, work.get(FormAnswers, key), GOOD).saved_by == "Hester Quillmarsh (mentor)"
        with pytest.raises(NotAllowed):
            discard(work, work.get(FormAnswers, key))


def test_more_than_a_form_can_hold_is_refused(visits: Stage) -> None:
    with visits.work() as work, refused(None, "This is more than a form can hold."):
        save_draft(work, begun(work, visits), {"worry": "a" * 700_000})


def test_answers_that_name_a_young_person_are_theirs(stage: Stage) -> None:
    story = told(stage)
    whom = Question(key="whom", label="Who is it about?", kind=kinds.Pick(of="young_person"), required=False)
    with stage.work() as work:
        published(work, stage, replace(VISIT, questions=(whom, *VISIT.questions), answers=None, checks=()))
        answers = save_draft(work, begun(work, stage), {"whom": {"id": str(story.person_id)}})
        assert answers.young_person_id == story.person_id
        save_draft(work, answers, {"whom": {"id": "999999"}})
        assert answers.young_person_id is None
        with refused(None, "Who is it about? What was chosen is not to be found."):
            finish(work, answers, GOOD | {"whom": 999999})


@pytest.mark.parametrize("role", ["evaluator", "finance", "administrator"])
def test_who_has_nothing_to_do_with_young_people_sees_no_answers(stage: Stage, role: str) -> None:
    story = told(stage)
    with stage.work() as work:
        key = finished(work, stage, person(work, story)).id
        begun(work, stage)
    with stage.work(role) as work:
        assert work.db.scalar(select(func.count()).select_from(FormAnswers)) == 0
        with pytest.raises(NotFound):
            work.get(FormAnswers, key)
        with pytest.raises(NotAllowed):
            start_form(work, KEY, stage.authority_id)


def test_another_authority_finds_nothing(stage: Stage) -> None:
    story = told(stage)
    other = stage.authority("991", "Quillshire", "QU")
    kept: list[type[Record]] = [FormAnswers, AnswersRevision]
    with stage.work() as work:
        correct(work, finished(work, stage, person(work, story)), GOOD | {"people": "8"}, reason="Counted again.")
    with stage.work(authority_id=other) as work:
        assert [work.db.scalar(select(func.count()).select_from(one)) for one in kept] == [0, 0]


def test_every_save_is_in_the_audit_and_says_nothing_of_what_was_typed(visits: Stage) -> None:
    key = draft(visits, place="Pennywick Mill")
    with open_session(visits.engine, visits.scope("operator")) as db:
        asked = select(AuditEntry).where(AuditEntry.kind_of_record == "form_answers", AuditEntry.record_id == key)
        lines = list(db.scalars(asked.order_by(AuditEntry.id)))
    assert {one.act for one in lines} == {"form_answers.fill"}
    assert "Pennywick" not in str([one.detail for one in lines])


def test_who_may_not_see_what_is_sensitive_is_told_that_it_is_there(visits: Stage) -> None:
    shown, values = without_sensitive(VISIT, {"place": "Pennywick Mill", "worry": "A quiet one."})
    assert values["worry"] == NOT_SHOWN and shown.question("worry").label == "Was there anything to worry about?"
    assert without_sensitive(VISIT, {"place": "Pennywick Mill"})[1].get("worry") is None
