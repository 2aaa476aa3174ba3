"""Concerns in the console: raised by a mentor from any page, heading the coordinator's screen, never removed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from cmcore.safekeeping.memberships import give_role
from cmcore.testing import Stage
from cmcore.testing.story import Story
from console import accounts, alarms
from console.app import create_app
from tests.console import town
from tests.console.test_statements import statements
from tests.console.visitor import Visitor
from tests.databases import Beginning

PEOPLE = {"hester.quillmarsh": "coordinator", "piers.dapplewood": "head", "odile.marrowfen": "finance"}


@pytest.fixture
def engine(bare_engine: Engine) -> Engine:
    """A database of this test's own people."""
    return bare_engine


def settled(stage: Stage) -> Story:
    """A mentor at work with a young person, a coordinator, a head and a finance officer."""
    made = Story.begin(stage)
    with stage.work("operator") as work:
        made.started(work)
        for login, role in PEOPLE.items():
            give_role(work, stage.authority_id, login, role)
        give_role(work, stage.authority_id, "juno.tansyhurst", "mentor", mentor_id=made.mentor_id)
    for login in (*PEOPLE, "juno.tansyhurst"):
        name = login.replace(".", " ").title()
        accounts.open_account(stage.engine, login=login, name=name, password=town.PASSWORD)
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def at_the_console(story: Story, login: str) -> Visitor:
    return Visitor(create_app(story.stage.engine, clock=story.stage.clock)).signs_in(login)


def raised(story: Story) -> Visitor:
    """The mentor, who has just raised a concern."""
    mentor = at_the_console(story, "juno.tansyhurst").opens("/concerns/add")
    mentor.sends(
        "/concerns/add",
        young_person_id=str(story.person_id),
        kind_of_concern="disclosure",
        said="I do not want to go home.",
        told="carer",
    )
    assert mentor.status == 303, mentor.page
    return mentor.opens(mentor.answer.location)


def test_the_button_is_on_every_page_of_whoever_may_raise_one(story: Story) -> None:
    for login, there in (("juno.tansyhurst", True), ("hester.quillmarsh", True), ("odile.marrowfen", False)):
        assert ("Raise a concern" in at_the_console(story, login).page) is there


def test_the_form_says_whom_to_ring_first_and_keeps_what_was_typed(story: Story) -> None:
    mentor = at_the_console(story, "juno.tansyhurst").opens("/concerns/add")
    assert 'href="tel:999"' in mentor.page and 'href="tel:01632960111"' in mentor.page
    mentor.sends("/concerns/add", said="I do not want to go home.")
    assert mentor.status == 422 and "I do not want to go home." in mentor.page


def test_a_mentor_raises_one_and_reads_what_they_raised(story: Story) -> None:
    mentor = raised(story)
    assert "I do not want to go home." in mentor.page and "The carer told" in mentor.page
    assert "Acknowledge" not in mentor.page and "Remove" not in mentor.page


def test_it_heads_the_coordinators_screen_after_a_working_hour_until_somebody_answers(story: Story) -> None:
    raised(story)
    assert "has waited" not in at_the_console(story, "hester.quillmarsh").page
    story.stage.clock.at += timedelta(hours=1)
    coordinator = at_the_console(story, "hester.quillmarsh")
    assert "A concern about M.B. has waited 1 h" in coordinator.page
    assert "has waited" in coordinator.opens("/referrals/").page
    assert "has waited" not in at_the_console(story, "odile.marrowfen").page
    assert "has waited" not in at_the_console(story, "juno.tansyhurst").page
    coordinator.opens("/concerns/1/acknowledge").sends("/concerns/1/acknowledge")
    assert "has waited" not in coordinator.opens("/").page


def test_that_nothing_waits_is_remembered_for_a_moment_and_forgotten_when_one_is_raised(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(alarms, "monotonic", lambda: now[0])
    coordinator = at_the_console(story, "hester.quillmarsh").opens("/")

    def asked() -> int:
        with statements(story.stage.engine) as sent:
            coordinator.opens("/")
        return sum("raised_by_login" in each for each in sent)

    assert asked() == 0
    now[0] += alarms.CALM_FOR
    assert (asked(), asked()) == (1, 0)
    raised(story)
    assert (asked(), asked()) == (1, 1)
    story.stage.clock.at += timedelta(hours=2)
    assert "nobody has answered it" in coordinator.signs_in("hester.quillmarsh").page


def test_passing_it_on_is_shown_refused_until_both_are_told(story: Story) -> None:
    raised(story)
    coordinator = at_the_console(story, "hester.quillmarsh").opens("/concerns/1/acknowledge")
    coordinator.sends("/concerns/1/acknowledge").opens("/concerns/1")
    assert "R-SAF-3" in coordinator.page
    for who in ("social_worker", "virtual_school"):
        coordinator.opens("/concerns/1/told")
        when = {"told_at.day": "10", "told_at.month": "11", "told_at.year": "2026", "told_at.time": "11:00"}
        coordinator.sends("/concerns/1/told", told=who, **when)
        assert coordinator.status == 303, coordinator.page
    coordinator.opens("/concerns/1/pass-on").sends("/concerns/1/pass-on").opens("/concerns/1")
    assert "Passed on" in coordinator.page and "R-SAF-3" not in coordinator.page


def test_there_is_no_address_that_changes_or_removes_one(story: Story) -> None:
    raised(story)
    coordinator = at_the_console(story, "piers.dapplewood")
    for path in ("/concerns/1/edit", "/concerns/1/remove"):
        assert coordinator.opens(path).status == 404


def test_for_somebody_else_there_is_no_such_page(story: Story) -> None:
    raised(story)
    for path in ("/concerns/", "/concerns/1"):
        assert at_the_console(story, "odile.marrowfen").opens(path).status in (403, 404)
