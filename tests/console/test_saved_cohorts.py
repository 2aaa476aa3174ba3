"""Saved cohorts in the console: saved on the evidence page, chosen again, renamed, changed, removed, and by whom."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from cmcore.base.clock import StoppedClock
from cmcore.evidence.records import SavedCohort
from cmcore.safekeeping.records import Membership
from cmcore.testing import Stage
from console import accounts
from console.app import create_app
from console.framework import Console
from console.pages.evidence import Evidence
from console.pages.saved_cohorts import SavedCohorts
from tests.console import town
from tests.console.visitor import Visitor

ORLA = "orla.thistlewick@wrenshire.example"


def furnish(console: Console) -> None:
    """The town's pages, the evidence, and its saved cohorts."""
    town.furnish(console)
    console.add_view(Evidence, "What changed", category="Evidence")
    console.add_view(SavedCohorts, "Saved cohorts", category="Evidence")


@pytest.fixture
def app(engine: Engine, clock: StoppedClock) -> Flask:
    return create_app(engine, clock=clock, furnish=furnish)


@pytest.fixture
def stage(engine: Engine, clock: StoppedClock) -> Stage:
    return Stage(engine, clock, authority_id=1)


def joined(app: Flask, engine: Engine, stage: Stage, role: str) -> Visitor:
    """Orla, who has just been given a role in Wrenshire."""
    with stage.work("operator") as work:
        work.add(Membership(authority_id=1, login=ORLA, role=role, active=True))
    accounts.open_account(engine, login=ORLA, name="Orla Thistlewick", password=town.PASSWORD)
    return Visitor(app).signs_in(ORLA)


def link(visitor: Visitor, words: str) -> str:
    """Where the link or the button of those words leads."""
    found = re.search(rf'href="([^"]*)"[^>]*>{words}</a>', visitor.page)
    found = found or re.search(rf'action="([^"]*)" method="post">(?:(?!</form>).)*{words}</button>', visitor.page)
    assert found, words
    return unescape(found[1])


def saves(visitor: Visitor, filters: str, name: str) -> str:
    """Choose a cohort on the evidence page and save it; the address it is shown at afterwards."""
    there = link(visitor.opens(f"/evidence/?programme=1&{filters}"), "Save this cohort")
    assert visitor.opens(there).status == 200
    visitor.sends(there, name=name)
    assert visitor.status == 303
    return str(visitor.answer.location)


def test_a_cohort_is_saved_chosen_again_renamed_changed_and_removed(stage: Stage, hester: Visitor) -> None:
    there = saves(hester, "key_stage=KS4&started_from=2026-01-01", "Key stage 4, this year")
    assert there.endswith("/evidence/?programme=1&started_from=2026-01-01&key_stage=KS4&saved=1")
    assert "Saved as" in hester.opens(there).page and "Save this cohort" not in hester.page
    assert ">Key stage 4, this year</option>" in hester.opens("/evidence/").page
    assert hester.opens("/evidence/?programme=1&open=1").answer.location == there

    changed = there.replace("KS4", "KS3")
    keep = link(hester.opens(changed), "Keep the change")
    assert "Changed from" in hester.page and "Save as another" in hester.page
    assert hester.sends(keep).status == 303
    assert "Saved as" in hester.opens(changed).page

    version = re.findall(r'name="(cm-version|cm-was)" value="([^"]*)"', hester.opens("/saved-cohorts/1/edit").page)
    told = {key: unescape(value) for key, value in version}
    assert hester.sends("/saved-cohorts/1/edit", name="Key stage 3, this year", **told).status == 303
    said = hester.opens("/saved-cohorts/").page
    assert "Key stage 3, this year" in said and "Key stage at the start: Key stage 3" in said and ">You<" in said
    assert link(hester, "See what changed").startswith("/evidence/?programme=1")
    assert link(hester.opens("/saved-cohorts/1"), "See what changed for them").endswith("&saved=1")

    assert "The scores, and what was counted with it, stay." in hester.opens("/saved-cohorts/1/remove").page
    assert hester.sends("/saved-cohorts/1/remove").status == 303
    assert "No cohort is saved yet" in hester.opens("/saved-cohorts/").page
    with stage.work() as work:
        assert work.db.scalars(select(SavedCohort)).all() == []


def test_a_name_is_asked_for_and_taken_once(stage: Stage, hester: Visitor) -> None:
    saves(hester, "key_stage=KS4", "Key stage 4")
    again = "/saved-cohorts/add?programme_id=1&key_stage=KS5"
    assert "It counts: Key stage at the start: Key stage 5." in hester.opens(again).page
    assert hester.sends(again, name="").status == 422
    assert hester.opens(again).sends(again, name="Key stage 4").status == 422
    assert "There is a cohort of that name." in hester.page
    assert hester.opens("/saved-cohorts/add?programme_id=1&key_stage=KS77").status == 200
    assert "“KS77” cannot be read" in hester.page
    assert hester.sends("/saved-cohorts/add?programme_id=1&key_stage=KS77", name="Seventy-seven").status == 422


def test_an_evaluator_saves_their_own_and_leaves_others_alone(
    stage: Stage, hester: Visitor, app: Flask, engine: Engine
) -> None:
    saves(hester, "key_stage=KS4", "Key stage 4")
    orla = joined(app, engine, stage, "evaluator")
    there = link(orla.opens("/evidence/?key_stage=KS4&saved=1"), "Key stage 4")
    assert "Keep the change" not in orla.opens("/evidence/?key_stage=KS3&saved=1").page
    page = orla.opens(there).page
    assert "See what changed for them" in page and "/edit" not in page and "/remove" not in page
    assert "Somebody else saved this cohort." in orla.opens("/saved-cohorts/1/edit").page
    assert orla.sends("/saved-cohorts/1/remove").status == 422
    assert orla.sends("/saved-cohorts/1/filters?key_stage=KS3").status == 422
    saves(orla, "key_stage=KS5", "Key stage 5")
    assert "Key stage 5" in orla.opens("/saved-cohorts/?whose=mine").page and "Key stage 4" not in orla.page
    assert "Key stage 4" in orla.opens("/saved-cohorts/?whose=team").page and "Key stage 5" not in orla.page
    # Who keeps the evidence changes anybody's.
    assert "/saved-cohorts/2/remove" in hester.opens("/saved-cohorts/2").page


def test_nobody_elsewhere_and_no_other_role_comes_to_them(
    stage: Stage, hester: Visitor, app: Flask, engine: Engine
) -> None:
    saves(hester, "key_stage=KS4", "Key stage 4")
    piers = Visitor(app).signs_in(town.PIERS)
    assert piers.opens("/saved-cohorts/1").status == 404
    assert piers.sends("/saved-cohorts/1/filters?key_stage=KS3").status == 404
    assert "Key stage 4" not in piers.opens("/saved-cohorts/").page
    assert joined(app, engine, stage, "finance").opens("/saved-cohorts/").status == 403
