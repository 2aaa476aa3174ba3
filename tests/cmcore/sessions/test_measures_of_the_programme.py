"""R-MEA-8: sessions and targets name the measures of the young person's programme; an old record keeps what it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cmcore.base.policy import Policy
from cmcore.forms import Form, form_of, kinds
from cmcore.measures.choosing import measured_with
from cmcore.peps import rules as of_peps
from cmcore.peps.actions import add_target, change_target, open_pep
from cmcore.peps.forms import PepAnswers, TargetAnswers
from cmcore.peps.records import PepTarget
from cmcore.peps.words import TargetKind
from cmcore.programmes.records import Programme
from cmcore.sessions.actions import add_session, answers_of_session, change_session
from cmcore.sessions.forms import ImpactAnswers, SessionAnswers
from cmcore.sessions.queries import sets_of_commission
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.rules import measures_are_the_programmes
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from tests.databases import Beginning

DAY, NEXT = date(2026, 10, 8), date(2026, 10, 15)
OWN = {"total": "Total difficulties"}


def offered(form: Form, question: str) -> list[str]:
    kind: Any = form.question(question).kind
    if isinstance(kind, kinds.Repeated):
        kind = kind.questions[0].kind
    return [one.key for one in kind.options]


def scored_with_the_sdq(stage: Stage) -> Story:
    """A session of the eight is on record; since then the programme is scored with the SDQ alone."""
    made = Story.begin(stage)
    stage.on(date(2026, 10, 1))
    with stage.work("operator") as work:
        made.started(work)
    stage.on(date(2026, 11, 10))
    with stage.work("operator") as work:
        seen = [ImpactAnswers(measure="confidence", note="Showed it.", expected=True)]
        made.logged(work, DAY, planned_measures=("engagement",), impact=seen)
        work.get(Programme, made.programme_id).measure_set = "sdq@1"
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return scored_with_the_sdq


def test_every_question_that_offers_the_eight_offers_the_programmes_and_what_an_old_record_names() -> None:
    form = form_of(SessionAnswers)
    assert measured_with(form, ("eight@1",)) is form is measured_with(form, ("eight@1",), ("confidence",))
    sdq = measured_with(form, ("sdq@1",), ("confidence",))
    keys = ["confidence"]
    assert offered(sdq, "planned_measures")[-1:] == offered(sdq, "impact")[-1:] == keys
    assert "engagement" not in offered(sdq, "impact") and len(offered(sdq, "impact")) > 1
    assert measured_with(form, ("sdq@1",), ("confidence",)) is sdq
    assert sdq.question("place") is form.question("place")


def test_the_rule_refuses_another_sets_measure_where_it_stands_and_lets_its_own_through() -> None:
    policy = Policy.load()
    [finding] = measures_are_the_programmes(["total"], ["ambition"], OWN, policy)
    assert (finding.rule, finding.place) == ("R-MEA-8", "impact.0.measure")
    assert "Choose from Total difficulties" in str(finding)
    assert measures_are_the_programmes(["total"], [], OWN, policy) == []
    assert [one.rule for one in of_peps.measure_is_theirs("ambition", OWN, policy)] == ["R-MEA-8"]
    assert of_peps.measure_is_theirs("total", OWN, policy) == []


def test_a_session_names_measures_of_its_programme_and_no_others(story: Story) -> None:
    with story.stage.work("operator") as work:
        [own] = sets_of_commission(work, story.commission_id)
        assert own == "sdq@1" == sets_of_commission(work, None)[0]
        key = offered(measured_with(form_of(SessionAnswers), (own,)), "impact")[0]
        with refused("R-MEA-8", "not among the measures of this programme"):
            add_session(work, story.session_form(NEXT, planned_measures=("confidence",)))
    with story.stage.work("operator") as work:
        seen = [ImpactAnswers(measure=key, note="Slept through.", expected=False)]
        kept = add_session(work, story.session_form(NEXT, planned_measures=(key,), impact=seen))
        assert kept.planned_measures == [key] and kept.impact[0]["measure"] == key


def test_an_old_session_keeps_its_measures_when_it_is_put_right(story: Story) -> None:
    with story.stage.work("operator") as work:
        session = work.get(MentoringSession, 1)
        told = replace(answers_of_session(session), done="Two colours.")
        assert change_session(work, session, told).planned_measures == ["engagement"]
        with refused("R-MEA-8"):
            change_session(work, session, replace(told, planned_measures=["ambition"]))


def test_a_target_is_to_move_a_measure_the_young_person_is_scored_with(story: Story) -> None:
    told = TargetAnswers(kind_of_target=TargetKind.holistic, target="Sleeps through.", measure="total", due_on=None)
    with story.stage.work("operator") as work:
        person = work.get(YoungPerson, story.person_id)
        person.looked_after_from = date(2024, 3, 1)
        pep = open_pep(work, person, PepAnswers(on=NEXT))
        with refused("R-MEA-8", "scored with"):
            add_target(work, pep, replace(told, measure="confidence"))
        target = add_target(work, pep, told)
        work.db.flush()
        # As it was written while the programme was scored with the eight.
        target.measure = "confidence"
        work.db.flush()
        kept = change_target(work, work.get(PepTarget, target.id), replace(told, measure="confidence", owner="Ros"))
        assert (kept.measure, kept.owner) == ("confidence", "Ros")
