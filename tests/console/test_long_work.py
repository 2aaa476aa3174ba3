"""Long work in the console: asked for, seen, stopped, its result fetched by whoever asked and nobody else."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask

from cmcore.jobs.records import Task
from console import desk
from tests.console.autumn import Autumn
from tests.console.visitor import Visitor


def finished(app: Flask) -> None:
    """Wait until what was asked for is done."""
    with app.app_context():
        desk.premises().attendant.wait()


def state_of(autumn: Autumn, key: int) -> str:
    with autumn.stage.work("operator") as work:
        return str(work.get(Task, key).state)


@pytest.fixture
def coordinator(shipped: Flask, autumn: Autumn) -> Visitor:
    return autumn.visitor(shipped)


def test_what_was_asked_for_is_listed_with_how_far_it_is(coordinator: Visitor) -> None:
    page = coordinator.opens("/tasks/?whose=mine").page
    assert "1 report in one zip file." in page and "Waits its turn" in page and "Not done" in page


def test_a_result_waits_on_today_until_it_was_looked_at_and_is_fetched(
    shipped: Flask, coordinator: Visitor, autumn: Autumn
) -> None:
    waits = "Long work of yours that has ended"
    assert waits not in coordinator.opens("/").page
    with shipped.app_context():
        assert desk.premises().attendant.tasks.do(autumn.stage.authority_id, autumn.keys["waiting_pack"])
    assert waits in coordinator.opens("/").page
    assert "Fetch the file" in coordinator.opens(f"/tasks/{autumn.keys['waiting_pack']}").page
    assert waits not in coordinator.opens("/").page
    answer = coordinator.opens(f"/tasks/{autumn.keys['pack']}/result").answer
    assert answer.headers["Content-Disposition"] == "attachment; filename=activity-reports-2026-06-01-to-2026-08-31.zip"
    with ZipFile(BytesIO(answer.data)) as archive:
        assert re.fullmatch(r"WR-A-\d+\.pdf", archive.namelist()[0])
        assert archive.read(archive.namelist()[0]).startswith(b"%PDF")


def test_why_it_failed_is_said_with_the_way_out(coordinator: Visitor, autumn: Autumn) -> None:
    page = coordinator.opens(f"/tasks/{autumn.keys['failed_import']}").page
    assert "Begin anew" in page and "/imports/bring-in/ssda903" in page and "header" in page


def test_somebody_else_of_the_authority_sees_that_it_goes_on_and_fetches_nothing(
    shipped: Flask, autumn: Autumn
) -> None:
    head = autumn.visitor(shipped, "head")
    page = head.opens(f"/tasks/{autumn.keys['pack']}").page
    assert "The file is for whoever asked for it" in page or "Fetch the file" not in page
    assert head.opens(f"/tasks/{autumn.keys['pack']}/result").status == 404
    for who in ("mentor", "finance", "elsewhere"):
        other = autumn.visitor(shipped, who)
        assert other.opens(f"/tasks/{autumn.keys['pack']}").status == 404
        assert "zip file" not in other.opens("/tasks/").page


def test_work_that_waits_is_stopped_and_tried_again(shipped: Flask, coordinator: Visitor, autumn: Autumn) -> None:
    key = autumn.keys["waiting_pack"]
    page = coordinator.opens(f"/tasks/{key}").page
    assert "It begins in a moment." in page and 'http-equiv="refresh"' in page and "progress.js" in page
    told = coordinator.opens(f"/tasks/{key}/progress").answer.get_json()
    assert told == {"done": 0, "of": 0, "words": "It begins in a moment.", "state": "queued", "ended": False}
    coordinator.opens(f"/tasks/{key}/cancel").sends(f"/tasks/{key}/cancel")
    assert state_of(autumn, key) == "cancelled"
    assert "nothing was done" in coordinator.opens(f"/tasks/{key}").page
    coordinator.opens(f"/tasks/{key}/again").sends(f"/tasks/{key}/again")
    finished(shipped)
    assert state_of(autumn, key) == "done"


def test_a_pack_is_asked_for_once_however_often_the_button_is_pressed(
    shipped: Flask, coordinator: Visitor, autumn: Autumn
) -> None:
    there = f"/activity-reports/pack/{autumn.stage.authority_id}"
    days = {"starts_on.day": "1", "starts_on.month": "6", "starts_on.year": "2026"}
    days |= {"ends_on.day": "31", "ends_on.month": "8", "ends_on.year": "2026"}
    assert f'href="{there}"' in coordinator.opens("/activity-reports/").page
    places = {coordinator.opens(there).sends(there, **days, file="pdf").answer.location for _ in range(2)}
    assert len(places) == 1 and "/tasks/" in next(iter(places))
    finished(shipped)
    assert "1 report in one zip file." in coordinator.opens(next(iter(places))).page
    later = days | {"starts_on.year": "2020", "ends_on.year": "2020"}
    refused = coordinator.opens(there).sends(there, **later, file="pdf")
    assert refused.status == 422 and "No report that was sent reaches into these days" in refused.page


def test_messages_are_listed_without_what_they_said_and_one_that_failed_is_sent_again(
    shipped: Flask, coordinator: Visitor, autumn: Autumn
) -> None:
    page = coordinator.opens("/messages/").page
    assert "The mail server could not be reached" in page and "Waits to be sent" in page
    assert "The mail server could not be reached" in coordinator.opens("/messages/?stands=fault").page
    head, there = autumn.visitor(shipped, "head"), f"/messages/{autumn.keys['message']}"
    assert "Send it again" in head.opens(there).page
    head.opens(f"{there}/again").sends(f"{there}/again")
    assert "The mail server could not be reached" not in head.opens(there).page
    assert autumn.visitor(shipped, "mentor").opens("/messages/").status in (403, 404)
