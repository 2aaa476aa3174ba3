"""Staffordshire's referral is asked in place of the core's, what it asks more is kept, and its terms are entered."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import select

from cmcore.api import Referral, TermDates, Work, kept_beside
from cmcore.api.acts import add_referral, enter_known_terms, finish_answers, start_form, submit_referral
from cmcore.testing import plugged, refused
from cmcore.testing.story import Story
from cmcore_staffordshire.life.asking import Again, Path, StaffordshireReferral, VoiceAnswers
from cmcore_staffordshire.life.words import InTheWay, Told


def staffordshire(story: Story, **changes: Any) -> StaffordshireReferral:
    """The answers of a good referral of Staffordshire's, with these changes."""
    told = {
        "wants": "I want to do lights.",
        "does_now": "Draws at home.",
        "paths": [Path.award, Path.work],
        "feels_safe": "Their key worker comes the first time.",
        "in_the_way": [],
        "gets_there": None,
        "knows": [Told.young_person],
    }
    return StaffordshireReferral(**{**story.referral_form().columns(), **told, **changes})


def test_what_the_referral_asks_more_is_kept_beside_it(story: Story) -> None:
    with story.stage.work() as work:
        referral = submit_referral(work, add_referral(work, staffordshire(story)))
        kept = kept_beside(work, referral, StaffordshireReferral)
        assert kept is not None and kept.state == "finished" and kept.young_person_id == story.person_id
        assert (kept.values["wants"], kept.values["paths"]) == ("I want to do lights.", ["award", "work"])
        assert work.db.scalars(select(Referral.interests)).one() is not None


def test_where_transport_may_keep_them_away_it_is_said_how_they_get_there(story: Story) -> None:
    with story.stage.work() as work, refused(None, "How they get there"):
        add_referral(work, staffordshire(story, in_the_way=[InTheWay.transport]))
    with story.stage.work() as work:
        add_referral(work, staffordshire(story, in_the_way=[InTheWay.transport], gets_there="By taxi."))


def test_a_young_person_says_what_the_sessions_were_like(story: Story) -> None:
    with story.stage.work() as work:
        story.started(work)
    told = {"on": "2026-11-10", "best": "It would go on forever.", "again": Again.yes.value, "shown_to": ["carer"]}
    with story.stage.work() as work:
        made = start_form(work, VoiceAnswers.form.key, story.stage.authority_id)
        finish_answers(work, made, {**made.values, **told})
        assert made.state == "finished" and made.values["best"] == "It would go on forever."
    assert {one.name for one in fields(VoiceAnswers)} >= {"best", "change", "can_do", "again", "next_thing"}


def test_terms_are_entered_where_there_are_none_and_in_place_of_others_only_when_asked(story: Story) -> None:
    def autumn(work: Work) -> list[tuple[int, date]]:
        asked = select(TermDates.year, TermDates.starts_on).where(TermDates.name == "autumn")
        return [(year, on) for year, on in work.db.execute(asked.order_by(TermDates.year))]

    with plugged(), story.stage.work() as work:
        for term in work.db.scalars(select(TermDates)).all():
            work.db.delete(term)
        work.db.flush()
        package, key = "cmcore_staffordshire", story.stage.authority_id
        assert len(enter_known_terms(work, key, package)) == 6
        assert autumn(work) == [(2025, date(2025, 9, 2)), (2026, date(2026, 9, 2))]
        term = work.db.scalars(select(TermDates).where(TermDates.year == 2026, TermDates.name == "autumn")).one()
        work.change(term, starts_on=date(2026, 9, 7))
        assert enter_known_terms(work, key, package) == [] and autumn(work)[1] == (2026, date(2026, 9, 7))
        assert len(enter_known_terms(work, key, package, instead=True)) == 6
        assert autumn(work)[1] == (2026, date(2026, 9, 2))
