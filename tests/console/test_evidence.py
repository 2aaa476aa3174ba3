"""The evidence page: the same account as the command's, narrowed by the address, for whoever may see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import Engine, select

from cmcore.base.clock import StoppedClock
from cmcore.base.engine import engine_for
from cmcore.evidence.queries import evidence
from cmcore.evidence.records import PublishedTable
from cmcore.mentors.records import Mentor
from cmcore.programmes.records import Programme
from cmcore.referrals.words import Rag
from cmcore.reviews.actions import score_review
from cmcore.safekeeping.records import Membership
from cmcore.testing import Stage
from cmcore.young_people.records import EducationSpell
from console import accounts
from console.app import create_app
from console.framework import Console
from console.pages.evidence import Evidence
from tests.browser.looking import Look
from tests.cmcore.reviews.made_enrolments import Ground, answers
from tests.console import town
from tests.console.test_lists import statements
from tests.console.visitor import Visitor
from tests.databases import CopyOf

ORLA = "orla.thistlewick@wrenshire.example"


def furnish(console: Console) -> None:
    """The town's pages and the evidence."""
    town.furnish(console)
    console.add_view(Evidence, "Evidence")


@pytest.fixture
def app(engine: Engine, clock: StoppedClock) -> Flask:
    return create_app(engine, clock=clock, furnish=furnish)


def settle(url: str) -> None:
    """The town, with fourteen pairs of scores in Wrenshire and none elsewhere."""
    engine = engine_for(url)
    town.settle(engine)
    made = Stage(engine, StoppedClock.on(town.TODAY), authority_id=1)
    with made.work("operator") as work:
        mentor = work.add(Mentor(ref="M-0001", name="Juno Tansyhurst", home_authority_id=1))
        work.db.flush()
        ground = Ground(made, work.db.scalars(select(Programme.id)).one(), mentor.id, 1)
        for number in range(14):
            born_on = date(2008 if number < 3 else 2012, 3, 1)
            enrolment = ground.enrolment(work, born_on=born_on, minutes=600, concern_at_start="red")
            score_review(work, answers(enrolment, scores=2))
            scores, concern = {"confidence": 4 if number else 1}, Rag.green if number > 2 else Rag.red
            score_review(work, answers(enrolment, "exit", date(2026, 9, 22), scores, concern=concern))
            told = {"authority_id": 1, "young_person_id": enrolment.young_person_id}
            moved_on = date(2026, 9, 1)
            out = "not_in_school" if number < 8 else "enrolled"
            work.add(EducationSpell(status=out, attendance=60, starts_on=date(2026, 1, 5), ends_on=moved_on, **told))
            work.add(EducationSpell(status="enrolled", attendance=60 + number, starts_on=moved_on, **told))
        ground.enrolment(work)
    engine.dispose()


@pytest.fixture
def engine(copy_of: CopyOf) -> Iterator[Engine]:
    """A copy of that database."""
    made = engine_for(copy_of("evidence", settle))
    yield made
    made.dispose()


@pytest.fixture
def stage(engine: Engine, clock: StoppedClock) -> Stage:
    """The town as a stage."""
    return Stage(engine, clock, authority_id=1)


def text_of(page: str) -> str:
    """What the page says, without its pictures and tags."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", main, flags=re.S)))


def test_the_page_shows_the_account_with_every_share_beside_its_pairs(stage: Stage, hester: Visitor) -> None:
    said = text_of(hester.opens("/evidence/").page)
    assert "What changed, Creative mentoring" in said
    assert "14 of the 15 who started can be compared" in said
    assert "Confidence 14 13 0 0 1 93 % 69 to 99" in said
    assert "No comparison group." in said
    assert "Young person and mentor together".lower() in said.lower()
    with stage.work() as work:
        account = evidence(work, 1, "cm").account
    for row in account.measures:
        assert (
            f"{row.measure.label} {row.paired} {row.improved} {row.maintained} {row.at_ceiling} {row.declined}" in said
        )


def test_concern_school_and_attendance_are_counted_beside_the_measures(stage: Stage, hester: Visitor) -> None:
    said = text_of(hester.opens("/evidence/").page)
    assert "Concern was lowered for 11 of 14" in said and "of these, from red to green 11" in said
    assert "8 of 8 who were out of school are in school, work or training" in said
    assert "Attendance is higher for 13 of 14" in said and "Before 60 After 66.5" in said
    assert "Concern was lowered" not in text_of(hester.opens("/evidence/?by=key_stage").page)


def test_the_address_narrows_the_cohort_and_each_filter_can_be_taken_off(stage: Stage, hester: Visitor) -> None:
    page = hester.opens("/evidence/?key_stage=KS3&started_from=2026-01-01").page
    said = text_of(page)
    assert "11 of the 12 who started can be compared" in said
    assert "Key stage at the start: Key stage 3" in said
    assert 'href="/evidence/?programme=1&amp;started_from=2026-01-01"' in page
    assert "3 of the 3 who started" in text_of(hester.opens("/evidence/?key_stage=KS5").page)
    assert "fewer than 10 pairs" in text_of(hester.page)


def test_an_address_that_cannot_be_read_is_answered_with_the_whole_programme_and_why(
    stage: Stage, hester: Visitor
) -> None:
    said = text_of(hester.opens("/evidence/?started_from=yesterday&least_age=x").page)
    assert hester.status == 200
    assert "“yesterday” cannot be read. Write a day as 2026-09-01." in said
    assert "14 of the 15 who started can be compared" in said


def test_a_cohort_is_chosen_on_a_page_of_its_own(stage: Stage, hester: Visitor) -> None:
    hester.opens("/evidence/cohort?programme=1&key_stage=KS3")
    assert 'value="KS3" checked' in hester.page
    hester.sends("/evidence/cohort?programme=1&key_stage=KS3", key_stage="KS5", least_age="17")
    assert hester.status == 303
    hester.opens(hester.answer.location)
    assert "3 of the 3 who started can be compared" in text_of(hester.page)
    hester.opens("/evidence/cohort?programme=1").sends("/evidence/cohort?programme=1", least_age="17", most_age="11")
    assert hester.status == 422 and "No age is from 17 up to 11" in hester.page


def test_the_older_set_has_a_page_of_its_own_and_nothing_is_mixed(stage: Stage, hester: Visitor) -> None:
    said = text_of(hester.opens("/evidence/?measure_set=six@2017").page)
    assert "The six measures of 2017, six version 2017." in said
    assert "0 of the 15 who started can be compared" in said and "Participation" not in said


def test_somebody_elses_programme_is_not_found(stage: Stage, app: Flask) -> None:
    piers = Visitor(app).signs_in(town.PIERS)
    assert "There is no programme yet." in text_of(piers.opens("/evidence/").page)
    assert piers.opens("/evidence/?programme=1").status in (200, 404)
    assert "who started can be compared" not in piers.page
    assert piers.opens("/evidence/cohort?programme=1").status == 404


@pytest.mark.parametrize(("role", "status"), [("evaluator", 200), ("head", 200), ("finance", 403), ("referrer", 403)])
def test_only_roles_with_evidence_open_it(stage: Stage, app: Flask, engine: Engine, role: str, status: int) -> None:
    with stage.work("operator") as work:
        work.add(Membership(authority_id=1, login=ORLA, role=role, active=True))
    accounts.open_account(engine, login=ORLA, name="Orla Thistlewick", password=town.PASSWORD)
    orla = Visitor(app).signs_in(ORLA)
    assert orla.opens("/evidence/").status == status
    assert ("14 of the 15 who started" in orla.page) == (role == "head")
    assert ("/evidence/" in orla.opens("/").page) == (status == 200)


def test_a_reader_outside_has_the_hidden_table_alone_and_it_is_remembered(
    stage: Stage, app: Flask, engine: Engine
) -> None:
    with stage.work("operator") as work:
        work.add(Membership(authority_id=1, login=ORLA, role="evaluator", active=True))
    accounts.open_account(engine, login=ORLA, name="Orla Thistlewick", password=town.PASSWORD)
    orla = Visitor(app).signs_in(ORLA)
    said = text_of(orla.opens("/evidence/?policy=internal").page)
    assert "All 0 15 14 14" in said and "c: hidden so that nobody can be recognised" in said
    assert "Confidence 14 c 0 0 c c c c c c c" in said
    # Three kept their red, which neither the heading nor the other counts may tell.
    assert "Concern Scored" not in said and "Concern was" not in said
    assert "Scored at the start and again 14 Lowered c" in said and "As it was c" in said
    assert "Known for two spells 14 Higher" in said
    said = text_of(orla.opens("/evidence/?by=key_stage&measure=confidence").page)
    assert re.search(r"Key stage 5 [0c] c c c", said) and "Every number" not in said, said[said.find("By key stage") :][
        :300
    ]
    with stage.work("operator") as work:
        kept = list(work.db.scalars(select(PublishedTable).order_by(PublishedTable.id)))
        assert [(one.by, one.login) for one in kept] == [("", ORLA), ("key_stage", ORLA)]
    assert "A table by mentor tells of single people." in text_of(orla.opens("/evidence/?by=mentor").page)


def test_a_coordinator_splits_it_with_a_caution_and_sees_what_a_reader_outside_would(
    stage: Stage, hester: Visitor
) -> None:
    said = text_of(hester.opens("/evidence/?by=key_stage&measure=confidence").page)
    assert "do not pass this on" in said and "Key stage 5 0 3 3 3" in said
    said = text_of(hester.opens("/evidence/?by=key_stage&policy=dfe").page)
    assert "Key stage 5 0 c c c" in said
    with stage.work("operator") as work:
        assert not list(work.db.scalars(select(PublishedTable)))


def test_the_page_takes_few_statements(stage: Stage, hester: Visitor, engine: Engine) -> None:
    hester.opens("/evidence/")
    with statements(engine) as sent:
        hester.opens("/evidence/")
    assert len([one for one in sent if one.lstrip().upper().startswith(("SELECT", "WITH"))]) <= 14


def test_no_name_and_no_reference_stands_on_the_page(stage: Stage, hester: Visitor) -> None:
    page = hester.opens("/evidence/").page
    for hidden in ("Merrin", "Brackenhollow", "WR-E-", "WR-20"):
        assert hidden not in page


@pytest.fixture
def served(app: Flask) -> Iterator[Callable[[], str]]:
    """The app on a port of its own."""
    from threading import Thread

    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield lambda: f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.browser
def test_nothing_keeps_people_out_at_any_width(stage: Stage, served: Callable[[], str], browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", reduced_motion="reduce")
    look = Look(context.new_page(), served(), at="/sign-in")
    look.page.goto(f"{served()}/sign-in")
    look.page.fill("[name=username]", town.HESTER)
    look.page.fill("[name=password]", town.PASSWORD)
    look.page.click("main button")
    look.opens("/evidence/?key_stage=KS3")
    assert look.page.inner_text("h1") == "What changed, Creative mentoring"
    look.opens("/evidence/cohort?programme=1")
    context.close()
    assert look.wrong == []
