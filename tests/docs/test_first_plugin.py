"""The tutorial of the first plugin, typed as it stands: each block into its file, and what the page says is seen."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cmcore.enrolments.records import Enrolment
from cmcore.testing import plugged
from console.app import create_app
from tests.console.autumn import Autumn
from tests.docs.tutorials import Tutorial
from tests.warm import Warm

PAGE = Path("docs/tutorial/first_plugin.md")


@pytest.fixture
def tutorial(tmp_path: Path) -> Tutorial:
    """The page, and an empty folder to type into."""
    return Tutorial(PAGE, tmp_path)


def test_the_form_is_in_the_console_and_insists_on_what_it_asks(tutorial: Tutorial, autumn: Autumn) -> None:
    tutorial.read_up_to("the form")
    with tutorial.imported("quillshire") as module, plugged(module):
        hester = autumn.visitor(create_app(autumn.stage.engine, clock=autumn.stage.clock))
        assert "Studio visit" in hester.opens("/forms/").page
        begin = re.search(r'href="(/forms/\d+/quillshire-visit)"', hester.page)
        assert begin
        page = hester.opens(begin.group(1)).page
        assert "Studio visit" in page and "How a visit to an artist" in page
    assert tutorial.says("Studio visit is among them")


def test_a_commission_without_a_last_day_is_refused_beside_the_question(tutorial: Tutorial, autumn: Autumn) -> None:
    tutorial.read_up_to("the refusal")
    story = autumn.main
    told = {"enrolment_id": story.enrolment_id, "mentor_id": story.mentor_id, "purpose": "mentoring"}
    told |= {"hours": 12, "rate_pence": "32.00", "starts_on": "2026-11-12"}
    with tutorial.imported("quillshire") as module, plugged(module):
        with autumn.stage.work() as work:
            assert work.get(Enrolment, story.enrolment_id).state != "completed"
        hester = autumn.visitor(create_app(autumn.stage.engine, clock=autumn.stage.clock)).opens("/commissions/add")
        hester.sends("/commissions/add", **told)
        assert hester.status == 422
        assert "The commission has no last day." in hester.page and "Give one within 6 months." in hester.page
        assert "R-QUILL-1" in hester.opens("/rules").page
        hester.opens("/commissions/add").sends("/commissions/add", **told, ends_on="2027-02-12")
        assert hester.status == 303, hester.page
    assert tutorial.says("The commission has no last day. Give one within 6 months.")


def test_its_tests_pass_and_it_keeps_the_contract(tutorial: Tutorial, warm: Warm) -> None:
    tutorial.read_up_to("the tests")
    done = tutorial.runs("pytest", "-q", "-p", "no:randomly", "quillshire/tests", plugin="quillshire", warm=warm)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout and "failed" not in done.stdout


def test_installed_it_is_listed(tutorial: Tutorial, warm: Warm) -> None:
    tutorial.read_up_to("the tests")
    place = tutorial.folder / "quillshire"
    into = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--target", str(place / "installed")]
    assert tutorial.runs("pip", "install", *into, str(place), plugin="quillshire").returncode == 0
    assert tutorial.runs("cm", "db", "upgrade", plugin="quillshire/installed", warm=warm).returncode == 0
    done = tutorial.runs("cm", "plugin", "list", "--json", plugin="quillshire/installed", warm=warm)
    found = {one["name"]: one for one in json.loads(done.stdout)}
    assert found["quillshire"]["title"] == "Quillshire Virtual School", done.stderr
