"""A crisis in the federation: it heads the list, its plan is begun, and crisis mentoring waits for the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import cmcore_derbyshire
from cmcore.api import Enrolment, Federation, Finding, FormAnswers, Programme, Referral, Setting, Work, kept_beside
from cmcore.api.acts import finish_answers, move_enrolment
from cmcore.api.asks import Rag, Reason, Urgency
from cmcore.testing import Stage, plugged, refused
from cmcore.testing.story import Story
from cmcore_derbyshire.checks import heads_the_list
from cmcore_derbyshire.forms import CrisisPlan
from cmcore_derbyshire.programme_types import CRISIS

PLAN: dict[str, Any] = {
    "met_on": "2026-11-10",
    "present": ["school", "social_care"],
    "concern": "red",
    "keeps_in_school": "Mornings in the art room with one adult.",
    "steps": [{"what": "Ring the carer", "who": "Ros Amblewick", "by_on": "2026-11-11"}],
    "rung_first": "Ros Amblewick, 01632 960 170",
    "words_said": None,
    "looked_at_on": "2026-11-24",
}


@pytest.fixture
def story(stage: Stage) -> Iterator[Story]:
    """A story whose school works in a federation, in an authority with Derbyshire's plugin on."""
    with plugged(cmcore_derbyshire):
        made = Story.begin(stage)
        with stage.work("operator") as work:
            federation = work.add(Federation(code="D991", name="The Tarnside Federation"))
            work.db.flush()
            work.get(Setting, made.setting_id).federation_id = federation.id
        yield made


def in_crisis(work: Work, story: Story) -> Referral:
    return story.refer(work, urgency=Urgency.crisis, reasons=(Reason.crisis,), concern=Rag.red, risks="Runs off.")


def plan_of(work: Work, referral: Referral) -> FormAnswers:
    found = kept_beside(work, work.get(Referral, referral.id), CrisisPlan)
    assert found is not None
    return found


def test_a_crisis_of_the_federation_heads_the_list_and_its_plan_is_begun(story: Story) -> None:
    with story.stage.work() as work:
        referral = in_crisis(work, story)
        assert heads_the_list(work, referral)
    with story.stage.work() as work:
        plan = plan_of(work, referral)
        assert plan.state == "draft" and plan.values["concern"] == "red" and plan.young_person_id == story.person_id


def test_a_routine_referral_begins_no_plan(story: Story) -> None:
    with story.stage.work() as work:
        referral = story.refer(work, risks="None known.")
    with story.stage.work() as work:
        assert kept_beside(work, work.get(Referral, referral.id), CrisisPlan) is None


def test_a_crisis_nobody_decided_on_is_told_when_the_referral_is_changed(story: Story) -> None:
    from cmcore_derbyshire.checks import of_referral

    with story.stage.work() as work:
        referral = in_crisis(work, story)
    story.stage.on(date(2026, 11, 12))
    with story.stage.work() as work:
        said: list[Finding] = of_referral(work, work.get(Referral, referral.id))
    assert [one.rule for one in said] == ["R-DERBYSHIRE-1"]


def test_crisis_mentoring_starts_once_the_plan_is_finished(story: Story) -> None:
    with story.stage.work() as work:
        programme = work.get(Programme, story.programme_id)
        programme.type_key = CRISIS.key
        referral = in_crisis(work, story)
    story.referral_id = referral.id
    with story.stage.work() as work:
        enrolment = _commissioned(work, story, referral)
        with refused("R-DERBYSHIRE-4", "no finished crisis plan"):
            move_enrolment(work, enrolment, "start")
    with story.stage.work() as work:
        finish_answers(work, plan_of(work, referral), PLAN)
    with story.stage.work() as work:
        enrolment = work.get(Enrolment, story.enrolment_id)
        assert move_enrolment(work, enrolment, "start").state == "active"


def _commissioned(work: Work, story: Story, referral: Referral) -> Enrolment:
    from cmcore.api.acts import decide_referral, enrol

    referral = work.get(Referral, referral.id)
    for step in ("triage", "accept"):
        decide_referral(work, referral, step)
    enrolment = enrol(work, referral)
    story.enrolment_id = enrolment.id
    story.commissioned(work)
    return enrolment


def test_a_review_without_concern_goes_through_and_says_so(story: Story) -> None:
    with story.stage.work() as work:
        enrolment = story.accepted(work, concern=Rag.amber)
        story.commissioned(work)
        move_enrolment(work, enrolment, "start")
        story.scored(work, date(2026, 11, 10))
        assert "R-DERBYSHIRE-5" in [one.rule for one in work.warnings]
