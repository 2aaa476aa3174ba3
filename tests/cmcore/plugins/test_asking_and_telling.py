"""Plugins are asked before an act is kept and told after; what fails in one is counted, and stops no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, func, select

from cmcore.api import hookimpl
from cmcore.base.findings import Finding, Refused, Severity
from cmcore.demo import load, load_demo
from cmcore.network.records import SupportingAdult
from cmcore.plugins import trace
from cmcore.plugins.configured import Configured
from cmcore.plugins.records import PluginHealth
from cmcore.referrals.records import Referral
from cmcore.safekeeping.plugin_actions import switch_plugin
from cmcore.testing import Stage, a_plugin, plugged, refused
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from tests.cmcore.demo.test_demo import fewer_extents


@pytest.fixture
def story(stage: Stage) -> Story:
    return Story.begin(stage)


def says_no(referral: Referral) -> list[Finding]:
    return [Finding("Wrenshire takes no crisis referrals in August.", rule="R-WRENSHIRE-1")]


def health(stage: Stage) -> list[tuple[str, str, str, int]]:
    with stage.work() as work:
        return [(one.plugin, one.hook, one.what, one.failures) for one in work.db.scalars(select(PluginHealth))]


def test_a_check_that_blocks_refuses_the_act_and_nothing_is_kept(story: Story) -> None:
    with plugged(a_plugin(cm_check_referral=says_no)), refused("R-WRENSHIRE-1", "in August"):
        with story.stage.work() as work:
            story.refer(work)
    with story.stage.work() as work:
        assert work.db.scalar(select(func.count(Referral.id))) == 0


def test_a_check_that_warns_lets_the_act_through(story: Story) -> None:
    def warns(work: Any, referral: Referral) -> list[Finding]:
        return [Finding(f"Look twice at {referral.ref}.", severity=Severity.warn)]

    with plugged(a_plugin(cm_check_referral=warns)), story.stage.work() as work:
        sent = story.refer(work)
        assert sent.state == "submitted"
        assert f"Look twice at {sent.ref}." in [one.message for one in work.warnings]


def test_where_a_plugin_is_off_it_is_not_asked(story: Story) -> None:
    with plugged(a_plugin(cm_check_referral=says_no), on=()), story.stage.work() as work:
        assert story.refer(work).state == "submitted"


def test_the_switch_of_the_programme_wins_over_that_of_the_authority(story: Story) -> None:
    key = story.stage.authority_id
    with plugged(a_plugin(cm_check_referral=says_no), on=()):
        with story.stage.work("administrator") as work:
            switch_plugin(work, key, "wrenshire", True)
            switch_plugin(work, key, "wrenshire", False, "creative-mentoring")
            assert work.plugin_is_on("wrenshire", key)
            assert not work.plugin_is_on("wrenshire", key, "creative-mentoring")
        with story.stage.work() as work:
            assert story.refer(work).state == "submitted"


def test_what_the_settings_put_off_stays_off(story: Story) -> None:
    key = story.stage.authority_id
    with plugged(a_plugin(cm_check_referral=says_no)) as known:
        known.configured = Configured(on=frozenset({"*"}), off=frozenset({"wrenshire"}), origin="wrenshire.toml")
        with story.stage.work("administrator") as work, refused(words="is kept off by the settings"):
            switch_plugin(work, key, "wrenshire", True)
        with story.stage.work() as work:
            assert story.refer(work).state == "submitted"


def test_a_mentor_switches_no_plugin(stage: Stage) -> None:
    with plugged(a_plugin()), stage.work("mentor") as work, refused(words="Your role does not include this."):
        switch_plugin(work, stage.authority_id, "wrenshire", False)


def test_a_check_that_raises_refuses_the_act_names_the_plugin_and_is_counted(story: Story) -> None:
    def breaks(referral: Referral) -> list[Finding]:
        raise KeyError("Bramblewick")

    with plugged(a_plugin(cm_check_referral=breaks)):
        for _ in range(2):
            with pytest.raises(Refused) as said, story.stage.work() as work:
                story.refer(work)
            assert "The plugin Wrenshire could not look at this, so it was not kept." in str(said.value)
        assert health(story.stage) == [("wrenshire", "cm_check_referral", "KeyError", 2)]


def test_an_answer_that_is_no_list_of_findings_refuses_too(story: Story) -> None:
    with plugged(a_plugin(cm_check_referral=lambda referral: ["no"])), refused(words="could not look at this"):
        with story.stage.work() as work:
            story.refer(work)


def test_a_plugin_that_is_on_and_could_not_start_is_said_with_every_act_it_may_have_checked(story: Story) -> None:
    with plugged(a_plugin()) as known:
        known.leave_out("wrenshire", "Its tables are not there yet.")
        with story.stage.work() as work:
            story.refer(work)
            assert any("The rules of Wrenshire were not looked at" in one.message for one in work.warnings)


def test_what_happened_is_told_once_it_is_kept_and_kept_in_a_work_of_its_own(story: Story) -> None:
    told: list[tuple[str, str]] = []

    def hears(work: Any, referral: Referral) -> None:
        told.append((referral.ref, referral.state))
        about = {"young_person_id": referral.young_person_id, "authority_id": referral.authority_id}
        work.add(SupportingAdult(role="other", name="Odo Crake", **about))

    with plugged(a_plugin(cm_referral_submitted=hears)):
        with story.stage.work() as work:
            sent = story.refer(work)
            assert told == []
        assert told == [(sent.ref, "submitted")]
    with story.stage.work() as work:
        assert work.db.scalar(select(func.count(SupportingAdult.id)).where(SupportingAdult.name == "Odo Crake")) == 1


def test_nothing_is_told_of_what_was_undone(story: Story) -> None:
    told: list[Any] = []
    with plugged(a_plugin(cm_referral_submitted=lambda referral: told.append(referral))):
        with pytest.raises(ZeroDivisionError), story.stage.work() as work:
            story.refer(work)
            raise ZeroDivisionError
    assert told == []


def test_a_neighbour_that_fails_stops_nobody_and_undoes_only_itself(story: Story) -> None:
    told: list[str] = []

    def breaks(work: Any, referral: Referral) -> None:
        work.get(YoungPerson, referral.young_person_id).preferred_name = "Nobody"
        work.db.flush()
        raise RuntimeError(referral.ref)

    first = a_plugin("alder", cm_referral_submitted=breaks)
    second = a_plugin("birch", cm_referral_submitted=lambda referral: told.append(referral.ref))
    with plugged(first, second):
        with story.stage.work() as work:
            sent = story.refer(work)
        assert told == [sent.ref]
        assert health(story.stage) == [("alder", "cm_referral_submitted", "RuntimeError", 1)]
    with story.stage.work() as work:
        assert work.get(YoungPerson, story.person_id).preferred_name != "Nobody"
        assert work.get(Referral, sent.id).state == "submitted"


def test_what_comes_round_in_a_circle_ends(story: Story) -> None:
    times: list[int] = []

    def again(work: Any, referral: Referral) -> None:
        times.append(1)
        work.happened("cm_referral_submitted", referral=referral)

    with plugged(a_plugin(cm_referral_submitted=again)):
        with story.stage.work() as work:
            story.refer(work)
        assert len(times) < 10 and health(story.stage)[0][2] == "RecursionError"


def test_every_check_and_everything_told_is_reached_on_the_way_from_referral_to_ending(story: Story) -> None:
    heard: list[str] = []

    def check(name: str) -> Any:
        def asked(work: Any) -> list[Finding]:
            heard.append(name)
            return []

        return asked

    def hear(name: str, argument: str) -> Any:
        source = f"lambda work, {argument}: heard.append(name) if {argument}.id else None"
        return eval(source, {"heard": heard, "name": name})

    checks = (
        "cm_check_referral",
        "cm_check_enrolment",
        "cm_check_commission",
        "cm_check_session",
        "cm_check_review",
    )
    told = {
        "cm_referral_submitted": "referral",
        "cm_referral_accepted": "referral",
        "cm_mentor_commissioned": "commission",
        "cm_enrolment_started": "enrolment",
        "cm_enrolment_ended": "enrolment",
        "cm_session_recorded": "session",
        "cm_review_completed": "review",
    }
    hooks = {name: check(name) for name in checks}
    hooks |= {name: hear(name, argument) for name, argument in told.items()}
    with plugged(a_plugin(**hooks)):
        with story.stage.work() as work:
            story.started(work)
        story.stage.on(date(2026, 11, 17))
        with story.stage.work() as work:
            story.scored(work, date(2026, 11, 16))
            story.logged(work, date(2026, 11, 16))
        with story.stage.work() as work:
            story.ended(work, "end_early", "Moved away.")
    assert set(heard) == set(hooks)
    assert heard.count("cm_session_recorded") == heard.count("cm_review_completed") == 1


def test_a_setting_is_the_installations_or_the_safe_one(stage: Stage) -> None:
    from cmcore.api import PluginSetting

    one = a_plugin(cm_settings=lambda: [PluginSetting("visit_days", "Days between visits.", 14)])
    with plugged(one) as known, stage.work() as work:
        assert work.setting("wrenshire", "visit_days") == 14
        known.configured = Configured(values={"wrenshire": {"visit_days": 7}})
        assert work.setting("wrenshire", "visit_days") == 7
        with pytest.raises(KeyError, match="declares no setting visit_weeks"):
            work.setting("wrenshire", "visit_weeks")


def test_the_trace_shows_calls_and_no_value(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(trace, "tracing", lambda: True)

    def looks(work: Any, referral: Referral) -> list[Finding]:
        return []

    with plugged(a_plugin(cm_check_referral=looks)), story.stage.work() as work:
        sent = story.refer(work)
        number = sent.id
    said = capsys.readouterr().err
    assert f"cm_check_referral(referral=referral {number}) → wrenshire: 0 back" in said
    assert "Bramblewick" not in said
    assert trace.masked("words", "Mossy Bramblewick") == "•" and trace.masked("step", "add") == "add"


def test_a_plugin_adds_its_own_to_made_up_people(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nobody's papers: those are made for the authority the demonstration begins with, and the hook is of all of them.
    monkeypatch.setattr(load, "extents", lambda *told: [replace(one, hero=False) for one in fewer_extents(*told)])
    told: list[str] = []
    with plugged(a_plugin(cm_demo_loaded=lambda work, authority: told.append(authority.code))):
        (loaded,) = load_demo(engine, "small")
        assert told == [loaded.code]
        load_demo(engine, "small")
    assert told == [loaded.code], "what was there already is left as it is"


def test_whoever_builds_on_what_others_made_up_is_told_after_them() -> None:
    after, before = (a_plugin(name, cm_demo_loaded=lambda authority: None) for name in ("alder", "birch"))
    after.cm_demo_loaded = hookimpl(trylast=True)(after.cm_demo_loaded)
    with plugged(after, before) as known:
        assert [one.plugin.name for one in known.implementing("cm_demo_loaded")] == ["birch", "alder"]
