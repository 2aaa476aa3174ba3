"""Derbyshire's referral: asked in place of the core's, kept whole beside the record, and held to its rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import cmcore_derbyshire
from cmcore.answers.stages import filled, kept_beside, stage_form, told_beside
from cmcore.api import Referral, Work
from cmcore.api.acts import add_referral, answers_of_referral, change_referral, submit_referral
from cmcore.api.asks import ReferralAnswers, Urgency
from cmcore.testing import Stage, plugged, refused
from cmcore.testing.story import Story
from cmcore_derbyshire.forms import DerbyshireReferral
from cmcore_derbyshire.words import Briefer, Tried


@pytest.fixture
def story(stage: Stage) -> Iterator[Story]:
    """A story in an authority that has Derbyshire's plugin on."""
    with plugged(cmcore_derbyshire):
        yield Story.begin(stage)


def derbyshire(story: Story, **changes: Any) -> DerbyshireReferral:
    """The answers of a good referral of Derbyshire's, with these changes."""
    told = {
        "happened": None,
        "suspended_days": None,
        "tried": [Tried.pastoral],
        "does_now": "Draws on everything.",
        "words_said": "I want to make a film.",
        "briefed_by": [Briefer.social_care, Briefer.school],
        "briefing_on": None,
        "risks": "None known.",
    }
    return DerbyshireReferral(**{**story.referral_form().columns(), **told, **changes})


def sent(work: Work, story: Story, **changes: Any) -> Referral:
    return submit_referral(work, add_referral(work, derbyshire(story, **changes)))


def test_derbyshire_asks_its_own_form_where_the_plugin_is_on_and_nowhere_else(story: Story) -> None:
    with story.stage.work() as work:
        assert stage_form(work, "referral", ReferralAnswers, story.stage.authority_id) is DerbyshireReferral
    with plugged(cmcore_derbyshire, on=()), story.stage.work() as work:
        assert stage_form(work, "referral", ReferralAnswers, story.stage.authority_id) is ReferralAnswers


def test_what_the_form_asks_more_is_kept_beside_the_referral_and_finished_when_it_is_sent(story: Story) -> None:
    with story.stage.work() as work:
        referral = add_referral(work, derbyshire(story))
        kept = kept_beside(work, referral, DerbyshireReferral)
        assert kept is not None and kept.state == "draft"
        submit_referral(work, referral)
        assert kept.state == "finished"
        assert kept.young_person_id == story.person_id
        told = {question.key: value for question, value in told_beside(work, referral, ReferralAnswers, "referral")}
    assert told["does_now"] == "Draws on everything." and told["tried"] == "Pastoral support at school"
    assert referral.risks == "None known."


def test_a_referral_is_changed_with_all_its_answers_and_what_stood_before_stays_known(story: Story) -> None:
    with story.stage.work() as work:
        referral = sent(work, story)
    with story.stage.work() as work:
        referral = work.get(Referral, referral.id)
        before = filled(work, referral, answers_of_referral(referral), DerbyshireReferral)
        assert before.tried == [Tried.pastoral]
        change_referral(work, referral, derbyshire(story, does_now="Films the river."))
        kept = kept_beside(work, referral, DerbyshireReferral)
        assert kept is not None and kept.state == "corrected" and kept.values["does_now"] == "Films the river."


def test_changing_nothing_of_a_sent_referral_corrects_nothing(story: Story) -> None:
    with story.stage.work() as work:
        referral = sent(work, story)
        change_referral(work, referral, filled(work, referral, answers_of_referral(referral), DerbyshireReferral))
        kept = kept_beside(work, referral, DerbyshireReferral)
        assert kept is not None and kept.state == "finished"


def test_a_referral_on_the_usual_form_goes_through_and_says_that_more_is_asked(story: Story) -> None:
    with story.stage.work() as work:
        add_referral(work, story.referral_form())
        assert any("Referral for creative mentoring" in one.message for one in work.warnings)


def test_what_was_answered_is_still_read_once_the_plugin_is_off(story: Story) -> None:
    with story.stage.work() as work:
        referral = sent(work, story)
    with plugged(cmcore_derbyshire, on=()), story.stage.work() as work:
        kept = kept_beside(work, work.get(Referral, referral.id), DerbyshireReferral)
        assert kept is not None and kept.values["words_said"] == "I want to make a film."
        change_referral(work, work.get(Referral, referral.id), story.referral_form(interests="Rivers."))


def test_a_crisis_says_what_has_happened(story: Story) -> None:
    with story.stage.work() as work, refused(words="What has happened"):
        add_referral(work, derbyshire(story, urgency=Urgency.crisis))
