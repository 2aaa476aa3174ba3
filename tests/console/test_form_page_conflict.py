"""Two people change one record: the second is shown both versions and loses nothing typed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.console.form_desk import Desk, Reason, Referral, Seen, Urgency

BEFORE = Referral(
    young_person=7,
    social_worker=1,
    received_on=date(2026, 11, 2),
    urgency=Urgency.routine,
    reasons=[Reason.engage],
    likes="Birds",
)


def changed(**said: Any) -> Referral:
    """The record with something of it changed."""
    return Referral(**{**BEFORE.columns("thanks"), **said})


@pytest.fixture
def desk() -> Desk:
    """A desk where a referral is being changed; version 3 of it is stored."""
    return Desk(Referral, given=BEFORE, version=3, stored=BEFORE)


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    """The second of the two people."""
    return desk.app().test_client()


def overtaken(desk: Desk, client: FlaskClient, theirs: Referral, **typed: Any) -> Any:
    """The second person opens the page, the first saves, the second sends."""
    opened = Seen(client.get("/ask").text).sent(**typed)
    desk.version, desk.stored = 4, theirs
    return client.post("/ask", data=opened)


def chosen(html: str) -> dict[str, list[str]]:
    """Which version each line begins with."""
    return {
        name.removeprefix("cm-keep."): values
        for name, values in Seen(html).fields.items()
        if name.startswith("cm-keep.")
    }


def test_an_edit_page_carries_the_version_it_was_opened_with(desk: Desk, client: FlaskClient) -> None:
    opened = Seen(client.get("/ask").text)
    assert opened.fields["cm-version"] == ["3"]
    assert client.post("/ask", data=opened.sent(likes="Herons")).text == "Done."
    assert (desk.done[0].version, desk.done[0].answers.likes) == (3, "Herons")


def test_both_versions_are_shown_with_what_it_was(desk: Desk, client: FlaskClient) -> None:
    answer = overtaken(desk, client, changed(likes="Printing"), likes="Herons")
    words = Seen(answer.text).words
    assert answer.status_code == 409
    assert "Piers Wending, 11:19 saved this while you were typing. Nothing of yours is lost" in words
    assert all(one in words for one in ("It was: Birds", "Printing", "Herons"))
    assert chosen(answer.text) == {"likes": ["yours"]}


def test_what_only_the_other_person_changed_begins_as_theirs(desk: Desk, client: FlaskClient) -> None:
    answer = overtaken(
        desk, client, changed(social_worker=2, urgency=Urgency.crisis, crisis="Left home"), likes="Herons"
    )
    assert chosen(answer.text) == {
        "social_worker": ["theirs"],
        "urgency": ["theirs"],
        "crisis": ["theirs"],
        "likes": ["yours"],
    }
    assert "Ada Weatherlow" in answer.text and "It was: Callum Wetherspindle" in answer.text


def test_what_is_settled_on_is_saved_over_the_new_version(desk: Desk, client: FlaskClient) -> None:
    shown = Seen(overtaken(desk, client, changed(social_worker=2, likes="Printing"), likes="Herons").text)
    assert client.post("/ask", data=shown.sent()).text == "Done."
    (taken,) = desk.done
    assert taken.version == 4
    assert taken.answers == changed(social_worker=2, likes="Herons")


def test_every_line_can_be_chosen_the_other_way(desk: Desk, client: FlaskClient) -> None:
    shown = Seen(overtaken(desk, client, changed(social_worker=2, likes="Printing"), likes="Herons").text)
    sent = shown.sent() | {"cm-keep.likes": "theirs", "cm-keep.social_worker": "yours"}
    assert client.post("/ask", data=sent).text == "Done."
    assert desk.done[0].answers == changed(likes="Printing")


def test_a_third_person_is_noticed_too(desk: Desk, client: FlaskClient) -> None:
    shown = Seen(overtaken(desk, client, changed(likes="Printing"), likes="Herons").text)
    desk.version, desk.stored = 5, changed(likes="Printing", social_worker=2)
    answer = client.post("/ask", data=shown.sent())
    assert answer.status_code == 409
    assert chosen(answer.text) == {"social_worker": ["theirs"], "likes": ["yours"]}
    assert client.post("/ask", data=Seen(answer.text).sent()).text == "Done."
    assert desk.done[0].answers == changed(likes="Herons", social_worker=2)


def test_what_is_typed_survives_a_refused_page_before_the_conflict(desk: Desk, client: FlaskClient) -> None:
    opened = Seen(client.get("/ask").text).sent(likes="Herons", received_on__day="31", received_on__month="2")
    refused = Seen(client.post("/ask", data=opened).text)
    assert refused.fields["cm-version"] == ["3"]
    desk.version, desk.stored = 4, changed(likes="Printing")
    answer = client.post("/ask", data=refused.sent(received_on__day="3", received_on__month="11"))
    assert answer.status_code == 409
    assert chosen(answer.text) == {"received_on": ["yours"], "likes": ["yours"]}


def test_two_who_made_the_same_change_have_nothing_to_choose(desk: Desk, client: FlaskClient) -> None:
    answer = overtaken(desk, client, changed(likes="Herons"), likes="Herons")
    assert "both versions say the same" in answer.text
    assert client.post("/ask", data=Seen(answer.text).sent()).text == "Done."


@pytest.mark.parametrize("carried", ["", "[]", "no json", '{"role": "administrator"}', '{"likes": {"a": 1}}'])
def test_what_the_page_carried_is_read_as_strictly_as_anything(desk: Desk, client: FlaskClient, carried: str) -> None:
    desk.version = None
    answer = client.post(
        "/ask", data={"cm-yours": carried, "cm-theirs": carried, "cm-keep.role": "theirs", "cm-version": "x"}
    )
    assert answer.status_code == 422
    assert desk.done == []
