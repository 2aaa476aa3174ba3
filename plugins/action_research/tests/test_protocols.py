"""A protocol is frozen with its hash before any data; what changes is another version; what was not planned says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cmcore.api import NotAllowed, Programme
from cmcore.testing import refused
from cmcore_action_research import protocols
from cmcore_action_research.forms import StudyAnswers, VersionAnswers
from cmcore_action_research.queries import analyses_of, in_force, protocols_of
from cmcore_action_research.rules import hash_of
from cmcore_action_research.words import Standing, Statistic
from plugins.action_research.tests.conftest import ANALYSIS, PROTOCOL, Ground

WHY = VersionAnswers(why_changed="Two more questions.")


def test_a_frozen_protocol_gives_its_hash_and_opens_the_study(ground: Ground) -> None:
    with ground.stage.work() as work:
        frozen = protocols.freeze(work, ground.protocol(work))
        assert (frozen.state, ground.study(work).state) == ("frozen", "open")
        assert frozen.frozen_hash == hash_of(frozen.frozen_text)
        assert protocols.holds_still(work, frozen) == []
        assert '"themes":["mental_health","gaming"]' in frozen.frozen_text


def test_a_frozen_protocol_is_not_changed_and_a_draft_is(ground: Ground) -> None:
    with ground.stage.work() as work:
        protocols.change_protocol(work, ground.protocol(work), replace(PROTOCOL, places=20))
    ground.frozen()
    with ground.stage.work() as work:
        assert ground.protocol(work).places == 20
        with refused("R-STUDY-2", "stays as it is"):
            protocols.change_protocol(work, ground.protocol(work), PROTOCOL)
        with refused("R-STUDY-2", "Draw up another version"):
            protocols.plan_analysis(work, ground.protocol(work), ANALYSIS)
        with refused("R-STUDY-2"):
            protocols.remove_draft(work, ground.protocol(work))
        with refused("R-STUDY-2"):
            protocols.remove_analysis(work, analyses_of(work, ground.study(work))[0])


@pytest.mark.parametrize(("column", "value"), [("places", 41), ("frozen_text", "{}"), ("frozen_hash", "0" * 64)])
def test_whatever_is_tampered_with_is_told(ground: Ground, column: str, value: object) -> None:
    ground.frozen()
    with ground.stage.work() as work:
        setattr(ground.protocol(work), column, value)
        assert [one.rule for one in protocols.holds_still(work, ground.protocol(work))] == ["R-STUDY-2"]


def test_another_version_is_kept_beside_the_first_and_what_it_adds_before_data_is_planned(ground: Ground) -> None:
    ground.frozen()
    with ground.stage.work() as work:
        second = protocols.another_version(work, ground.protocol(work), WHY)
        with refused(None, "There is a draft already"):
            protocols.another_version(work, ground.protocol(work), WHY)
        work.db.flush()
        protocols.plan_analysis(work, second, replace(ANALYSIS, statistic=Statistic.signed_rank))
        work.db.flush()
        protocols.freeze(work, second)
        assert [one.state for one in protocols_of(work, ground.study(work))] == ["replaced", "frozen"]
        assert in_force(work, ground.study(work)) is second
        assert [one.standing for one in analyses_of(work, ground.study(work))] == [Standing.planned] * 2
        assert all(protocols.holds_still(work, one) == [] for one in protocols_of(work, ground.study(work)))


def test_what_is_added_after_the_first_score_is_exploratory_and_so_is_what_stands_beside(ground: Ground) -> None:
    ground.frozen()
    [place_id] = ground.lined_up(1)
    from cmcore_action_research.people_records import StudyPlace

    with ground.stage.work() as work:
        ground.of(work.get(StudyPlace, place_id)).scored(work, date(2026, 11, 10))
    with ground.stage.work() as work:
        second = protocols.another_version(work, ground.protocol(work), WHY)
        work.db.flush()
        protocols.plan_analysis(work, second, replace(ANALYSIS, statistic=Statistic.signed_rank))
        work.db.flush()
        protocols.freeze(work, second)
        protocols.note_analysis(work, ground.study(work), replace(ANALYSIS, statistic=Statistic.rank_biserial))
        assert [one.rule for one in work.warnings] == ["R-STUDY-3"]
        work.db.flush()
        standing = {one.key: one.standing for one in analyses_of(work, ground.study(work))}
        assert standing == {"A1": Standing.planned, "A2": Standing.exploratory, "A3": Standing.exploratory}
        assert '"key":"A2","measure":"all","planned":false' in second.frozen_text


def test_a_protocol_that_plans_no_analysis_is_not_frozen(ground: Ground) -> None:
    with ground.stage.work() as work:
        protocols.remove_analysis(work, protocols.analyses_in(work, ground.protocol(work))[0])
        work.db.flush()
        with refused(None, "plans no analysis yet"):
            protocols.freeze(work, ground.protocol(work))
        with refused(None, "Plan it in the draft"):
            protocols.note_analysis(work, ground.study(work), ANALYSIS)


def test_a_title_says_no_theme_and_a_dose_beyond_the_evaluated_one_is_pointed_out(ground: Ground) -> None:
    with ground.stage.work() as work:
        told = protocols.answers_of_study(ground.study(work))
        with refused("R-STUDY-12", "“Homelessness”, which tells a theme"):
            protocols.change_study(work, ground.study(work), replace(told, title="Homelessness and mentoring"))
        protocols.change_study(work, ground.study(work), replace(told, title="The second winter"))
        protocols.change_protocol(work, ground.protocol(work), replace(PROTOCOL, dose_hours=30, least_age=11))
        assert [one.rule for one in work.warnings] == ["R-STUDY-7"]
        assert "30 hours where 24 were evaluated and ages 11 to 18" in work.warnings[0].message


def test_a_study_is_of_a_programme_of_its_type_and_opens_by_freezing(ground: Ground) -> None:
    with ground.stage.work("operator") as work:
        other = work.add(
            Programme(
                authority_id=ground.stage.authority_id,
                key="else",
                title="Creative mentoring",
                type_key="creative-mentoring",
                measure_set="eight@1",
            )
        )
        work.db.flush()
        with refused(None, "not of the type action research"):
            protocols.add_study(work, StudyAnswers(title="Another", programme_id=other.id, led_by="", evaluated_by=""))
        with refused(None, "opens when its protocol is frozen"):
            protocols.move_study(work, ground.study(work), "open")
    ground.frozen()
    with ground.stage.work() as work:
        protocols.move_study(work, ground.study(work), "close", "All was counted.")
        assert (ground.study(work).state, ground.study(work).closed_on) == ("closed", date(2026, 11, 10))


@pytest.mark.parametrize("role", ["mentor", "referrer", "finance", "evaluator", "administrator"])
def test_only_coordinators_and_heads_freeze(ground: Ground, role: str) -> None:
    who = {"mentor_id": ground.story.mentor_id} if role == "mentor" else {}
    with ground.stage.work("operator") as reading:
        protocol = ground.protocol(reading)
    with ground.stage.work(role, **who) as work, pytest.raises(NotAllowed):
        protocols.freeze(work, protocol)
