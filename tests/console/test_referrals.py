"""The list of referrals: crisis first, then the one that has waited longest, whoever looks (R-REF-4)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import Engine

from cmcore.network.actions import remove_supporting_adult
from cmcore.network.records import SupportingAdult
from cmcore.referrals.actions import decide_referral
from cmcore.referrals.words import Urgency
from cmcore.safekeeping.memberships import give_role
from cmcore.testing import Stage
from cmcore.testing.story import Story
from console import accounts
from console.app import create_app
from tests.console import town
from tests.console.visitor import Visitor


@pytest.fixture
def engine(bare_engine: Engine) -> Engine:
    """A database of this test's own people."""
    return bare_engine


def test_a_crisis_referral_stands_first_and_a_decided_one_last(engine: Engine) -> None:
    stage = Stage(engine)
    stage.authority()
    story = Story.begin(stage)
    with stage.work("operator") as work:
        give_role(work, stage.authority_id, "hester.quillmarsh", "coordinator")
    accounts.open_account(engine, login="hester.quillmarsh", name="Hester Quillmarsh", password=town.PASSWORD)
    refs = {}
    for number, (name, urgency) in enumerate(
        (
            ("decided", Urgency.crisis),
            ("first", Urgency.routine),
            ("second", Urgency.routine),
            ("crisis", Urgency.crisis),
        )
    ):
        stage.on(date(2026, 11, 2 + number))
        with stage.work() as work:
            made = story.refer(work, urgency=urgency)
            if name == "decided":
                decide_referral(work, made, "triage")
                decide_referral(work, made, "decline", reason="Another service fits better.")
            refs[name] = made.ref
    page = Visitor(create_app(engine, clock=stage.clock)).signs_in("hester.quillmarsh").opens("/referrals/").page
    rows = page[page.index("<tbody") :]
    assert re.findall(r"WR-R-\d+", rows)[::1] == [refs[name] for name in ("crisis", "first", "second", "decided")]


def test_an_adult_is_looked_for_around_the_young_person_only(engine: Engine) -> None:
    stage = Stage(engine)
    stage.authority()
    story = Story.begin(stage)
    beside = story.beside("Wren", "Cattermarsh")
    with stage.work("operator") as work:
        give_role(work, stage.authority_id, "hester.quillmarsh", "coordinator")
    accounts.open_account(engine, login="hester.quillmarsh", name="Hester Quillmarsh", password=town.PASSWORD)
    hester = Visitor(create_app(engine, clock=stage.clock)).signs_in("hester.quillmarsh")
    for one, other in ((story, beside), (beside, story)):
        address = f"/referrals/add?young_person_id={one.person_id}"
        asked = {"young_person_id": str(one.person_id), "social_worker_id.search": "", "cm-find": "social_worker_id"}
        hester.opens(address).sends(address, **asked)
        offered = set(re.findall(r'name="social_worker_id" value="(\d+)"', hester.page))
        assert str(one.social_worker_id) in offered and str(other.social_worker_id) not in offered


def test_a_referral_opened_from_a_young_person_begins_with_what_is_known_already(engine: Engine) -> None:
    stage = Stage(engine)
    stage.authority()
    story = Story.begin(stage)
    with stage.work("operator") as work:
        give_role(work, stage.authority_id, "hester.quillmarsh", "coordinator")
    accounts.open_account(engine, login="hester.quillmarsh", name="Hester Quillmarsh", password=town.PASSWORD)
    hester = Visitor(create_app(engine, clock=stage.clock)).signs_in("hester.quillmarsh")
    address = f"/referrals/add?young_person_id={story.person_id}"
    page = hester.opens(address).page
    assert f'name="social_worker_id" value="{story.social_worker_id}"' in page and "No social worker" not in page
    today = stage.clock.today()
    assert re.search(rf'name="received_on.day"[^>]*value="{today.day}"', page)
    with stage.work("coordinator") as work:
        remove_supporting_adult(work, work.get(SupportingAdult, story.social_worker_id))
    page = hester.opens(address).page
    assert "No social worker is kept for" in page and "R-REF-2" in page
    assert 'name="social_worker_id" value=' not in page


def test_an_adult_and_a_permission_added_from_a_young_person_lead_back_to_their_page(engine: Engine) -> None:
    stage = Stage(engine)
    stage.authority()
    story = Story.begin(stage)
    with stage.work("operator") as work:
        give_role(work, stage.authority_id, "hester.quillmarsh", "coordinator")
    accounts.open_account(engine, login="hester.quillmarsh", name="Hester Quillmarsh", password=town.PASSWORD)
    hester = Visitor(create_app(engine, clock=stage.clock)).signs_in("hester.quillmarsh")
    day = {f"starts_on.{part}": number for part, number in (("day", "1"), ("month", "9"), ("year", "2026"))}
    adult = {"role": "teacher", "name": "Denise Mossgarth", "emergency_contact": "no"}
    permitted = {
        "kind_of_use": "media_capture",
        "decision": "given",
        "decided_by": "social_worker",
        "decider_name": "Callum",
    }
    for address, asked, words in (
        ("/adults/add", adult, "adult added"),
        ("/permissions/add", permitted | day, "added"),
    ):
        there = f"{address}?young_person_id={story.person_id}"
        answer = hester.opens(there).sends(there, **asked)
        assert answer.status == 303 and answer.answer.location.endswith(f"/young-people/{story.person_id}"), hester.page
        assert words in hester.opens(answer.answer.location).page
