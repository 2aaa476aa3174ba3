"""A form as a page: searched, refused with everything kept, answered; nothing needs a script."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from cmcore.base.findings import Finding, Refused
from cmcore.forms import Answers, FileAnswer, ask, form
from tests.console.form_desk import Desk, Diary, Referral, Seen, Trip

TYPED = {
    "young_person": "7",
    "social_worker": "1",
    "received_on.day": "9",
    "received_on.month": "11",
    "received_on.year": "2026",
    "urgency": "routine",
    "reasons": ["engage", "isolation"],
    "likes": "Birds, mostly.\r\nHerons.",
}


@pytest.fixture
def desk() -> Desk:
    """A desk where referrals are taken."""
    return Desk(Referral)


@pytest.fixture
def client(desk: Desk) -> FlaskClient:
    """Somebody at that desk."""
    return desk.app().test_client()


def buttons(html: str) -> list[str]:
    """The buttons of a page, as what they send."""
    return Seen(html).fields["buttons"]


def test_what_is_filled_in_becomes_typed_answers(desk: Desk, client: FlaskClient) -> None:
    answer = client.post("/ask", data=TYPED)
    assert answer.text == "Done."
    (taken,) = desk.done
    assert (taken.answers.young_person, taken.answers.social_worker) == (7, 1)
    assert [one.value for one in taken.answers.reasons] == ["engage", "isolation"]
    assert taken.answers.likes == "Birds, mostly.\nHerons."
    assert taken.version is None


def test_a_new_page_is_empty_and_says_what_is_asked(client: FlaskClient) -> None:
    answer = client.get("/ask")
    assert answer.status_code == 200
    assert "cm-errors" not in answer.text
    seen = Seen(answer.text)
    assert seen.fields["csrf_token"] == ["a-token"]
    assert "cm-version" not in seen.fields
    assert "Type part of a name or a team." in seen.words


def test_a_refused_page_lists_what_is_wrong_first_and_keeps_everything_typed(client: FlaskClient) -> None:
    answer = client.post("/ask", data=TYPED | {"received_on.day": "31", "received_on.month": "2", "reasons": []})
    assert answer.status_code == 422
    seen = Seen(answer.text)
    assert answer.text.index("cm-errors") < answer.text.index("<h1>")
    assert "Two things to put right" in seen.words
    assert "<title>To put right: New referral" in answer.text
    assert "Received on: 31 February 2026 is not a day." in seen.words
    assert [link for link in seen.links if link.startswith("#q-")] == ["#q-received_on-day", "#q-reasons-1"]
    assert seen.sent()["received_on.day"] == ["31"]
    assert seen.sent()["likes"] == ["Birds, mostly.\r\nHerons."]
    assert seen.sent()["young_person"] == ["7"]


def test_a_rule_is_named_beside_what_it_refuses(client: FlaskClient) -> None:
    answer = client.post("/ask", data=TYPED | {"reasons": []})
    assert '<a class="cm-rule" href="/rules#R-REF-1">R-REF-1</a>' in answer.text
    assert "Choose at least one reason." in answer.text


def test_the_error_is_tied_to_its_control(client: FlaskClient) -> None:
    answer = client.post("/ask", data=TYPED | {"social_worker": "", "social_worker.search": "wether"})
    assert 'aria-describedby="q-social_worker-hint q-social_worker-wrong" aria-invalid="true"' in answer.text


def test_a_warning_does_not_refuse_and_a_refused_page_shows_it(desk: Desk, client: FlaskClient) -> None:
    long_ago = {"received_on.year": "2025"}
    assert client.post("/ask", data=TYPED | long_ago).text == "Done."
    assert [one.message for one in desk.done[0].warnings] == ["It was received long ago."]
    answer = client.post("/ask", data=TYPED | long_ago | {"urgency": ""})
    assert "cm-finding--warn" in answer.text
    assert "It was received long ago." in answer.text


def test_what_the_action_refuses_stands_beside_its_question_or_above_them_all(desk: Desk, client: FlaskClient) -> None:
    def refuse(taken: Any) -> None:
        raise Refused(
            [
                Finding("They have an open referral.", rule="R-REF-3", way_out="Open the first one."),
                Finding("Only on weekdays.", place="received_on"),
                Finding("The column is full.", place="no_question_of_this_form"),
            ]
        )

    desk.act = refuse
    answer = client.post("/ask", data=TYPED)
    seen = Seen(answer.text)
    assert answer.status_code == 422
    assert [link for link in seen.links if link.startswith("#") and link[1:] in seen.ids and "part" not in link] == [
        "#main",
        "#finding-1",
        "#q-received_on-day",
        "#finding-3",
    ]
    assert "Open the first one." in seen.words
    assert seen.sent()["likes"] == [TYPED["likes"]]


def test_find_shows_who_was_found_and_refuses_nothing(client: FlaskClient) -> None:
    answer = client.post(
        "/ask", data={"social_worker.search": "wether", "cm-find": "social_worker", "received_on.day": "31"}
    )
    seen = Seen(answer.text)
    assert answer.status_code == 200
    assert "cm-errors" not in answer.text
    assert "1 found for “wether”" in seen.words
    assert "Callum Wetherspindle" in seen.words
    assert seen.sent()["received_on.day"] == ["31"]
    assert 'name="social_worker.search" value="wether" autocomplete="off" autofocus' in answer.text


def test_nobody_is_listed_until_somebody_asks(client: FlaskClient) -> None:
    assert "Ottoline" not in client.get("/ask").text


def test_many_found_are_not_all_listed(client: FlaskClient) -> None:
    answer = client.post("/ask", data={"social_worker.search": "ottoline", "cm-find": "social_worker"})
    assert (
        "More than 12 found for “ottoline”. These are the first; type more to narrow them down."
        in Seen(answer.text).words
    )
    assert answer.text.count("Ottoline Quince") == 12


def test_nobody_found_says_what_to_try(client: FlaskClient) -> None:
    answer = client.post("/ask", data={"social_worker.search": "zz", "cm-find": "social_worker"})
    assert "None found for “zz”. Try a part of the name, or the reference." in Seen(answer.text).words


def test_who_is_chosen_stays_in_sight_with_a_way_to_change(client: FlaskClient) -> None:
    answer = client.post("/ask", data=TYPED | {"urgency": ""})
    assert "cm-chosen" in answer.text
    assert "Callum Wetherspindle" in answer.text
    assert "cm-change=social_worker" in buttons(answer.text)
    assert Seen(answer.text).sent()["social_worker"] == ["1"]


def test_change_opens_the_search_and_keeps_the_old_choice_at_hand(client: FlaskClient) -> None:
    answer = client.post("/ask", data=TYPED | {"cm-change": "social_worker"})
    seen = Seen(answer.text)
    assert "cm-find=social_worker" in buttons(answer.text)
    assert seen.sent()["social_worker"] == ["1"]
    assert "None of these" in seen.words
    found = client.post("/ask", data=seen.sent(social_worker__search="weatherlow") | {"cm-find": "social_worker"})
    assert "Callum Wetherspindle" in found.text and "Ada Weatherlow" in found.text


def test_who_need_not_be_chosen_can_be_taken_out_again(desk: Desk, client: FlaskClient) -> None:
    assert client.post("/ask", data=TYPED | {"social_worker": ""}).text == "Done."
    assert desk.done[0].answers.social_worker is None


def test_a_search_left_unfinished_is_said_and_its_finds_are_shown(client: FlaskClient) -> None:
    answer = client.post("/ask", data=TYPED | {"social_worker": "", "social_worker.search": "weather"})
    assert answer.status_code == 422
    assert (
        "Social worker: nothing is chosen for “weather”. Choose one of those found, or search again."
        in Seen(answer.text).words
    )
    assert "Ada Weatherlow" in answer.text


def test_the_key_enter_in_a_search_searches(client: FlaskClient) -> None:
    answer = client.post("/ask", data={"social_worker.search": "weather", "cm-enter": "1"})
    assert answer.status_code == 200
    assert "1 found for “weather”" in answer.text
    assert client.post("/ask", data={"likes": "birds", "cm-enter": "1"}).status_code == 422


def test_the_key_enter_never_presses_change_or_find(client: FlaskClient) -> None:
    assert buttons(client.post("/ask", data=TYPED | {"urgency": ""}).text)[0] == "cm-enter=1"


@pytest.mark.parametrize("number", ["999", "-1", "1e3", "9" * 30, "٣"])
def test_a_number_that_is_not_within_reach_is_not_taken(client: FlaskClient, number: str) -> None:
    answer = client.post("/ask", data=TYPED | {"social_worker": number})
    assert answer.status_code == 422
    assert "Search again and choose one of those found." in answer.text


def test_what_somebody_typed_is_never_a_part_of_the_page(client: FlaskClient) -> None:
    evil = '"><script>alert(1)</script>'
    typed = TYPED | {
        "likes": "</textarea>" + evil,
        "social_worker": evil,
        "social_worker.search": evil,
        "urgency": evil,
        "received_on.day": evil,
    }
    answer = client.post("/ask", data=typed)
    assert "<script>alert" not in answer.text
    assert Seen(answer.text).sent()["likes"] == ["</textarea>" + evil]


def test_the_sections_of_a_long_form_are_listed_with_what_is_to_be_put_right(client: FlaskClient) -> None:
    answer = client.post("/ask", data=TYPED | {"urgency": "", "reasons": []})
    aside = answer.text[answer.text.index("<aside") :]
    assert '<a href="#part-2">Why now</a><span class="cm-late">2 to put right</span>' in aside
    assert '<a href="#part-1">Who</a></li>' in aside


# ---- rounds


def test_a_round_more_is_added_and_one_is_taken_out_with_everything_kept() -> None:
    desk = Desk(Diary)
    client = desk.app().test_client()
    first = Seen(client.get("/ask").text).sent(trips__0__to="the mill")
    more = Seen(client.post("/ask", data=first | {"cm-add": "trips"}).text)
    assert more.sent()["trips.0.to"] == ["the mill"] and more.sent()["trips.1.to"] == [""]
    less = Seen(client.post("/ask", data=more.sent(trips__1__to="home") | {"cm-remove": "trips.0"}).text)
    assert less.sent()["trips.0.to"] == ["home"] and "trips.1.to" not in less.sent()
    assert client.post("/ask", data=less.sent()).text == "Done."
    assert desk.done[0].answers.trips == [Trip(to="home")]


def test_empty_rounds_are_left_out() -> None:
    desk = Desk(Diary)
    client = desk.app().test_client()
    client.post(
        "/ask", data={"trips.0": "1", "trips.0.to": "", "trips.1": "1", "trips.1.to": "home", "trips.1.companion": "2"}
    )
    assert desk.done[0].answers.trips == [Trip(to="home", companion=2)]


def test_a_search_inside_a_round_finds_for_that_round() -> None:
    client = Desk(Diary).app().test_client()
    typed = {"trips.0.to": "the mill", "trips.1.to": "home", "trips.1.companion.search": "wether"}
    seen = Seen(client.post("/ask", data=typed | {"cm-find": "trips.1.companion"}).text)
    assert "q-trips-1-companion-1" in seen.ids and "q-trips-0-companion-1" not in seen.ids


def test_what_is_wrong_in_a_round_leads_to_its_box() -> None:
    client = Desk(Diary).app().test_client()
    typed = {"trips.0.to": "the mill", "trips.1.to": "", "trips.1.companion": "2"}
    answer = client.post("/ask", data=typed)
    assert "#q-trips-1-to" in Seen(answer.text).links
    assert "Journey 2, where to: there is no answer." in answer.text


@pytest.mark.parametrize("place", ["nowhere", "trips.x", "trips.9", "", ".", "trips.0.to.0", "trips.0.to"])
def test_a_round_that_is_not_there_changes_nothing(place: str) -> None:
    client = Desk(Diary).app().test_client()
    for step in ("cm-add", "cm-remove"):
        answer = client.post("/ask", data={"trips.0.to": "the mill", step: place})
        assert answer.status_code == 200
        assert answer.text == "Done." or Seen(answer.text).sent()["trips.0.to"] == ["the mill"]


# ---- files


@form("plan", version=1, title="Plan")
class Plan(Answers):
    """A plan, as a file."""

    title: str = ask("Title")
    plan: FileAnswer | None = ask("The plan", accept=(".pdf",), most=100)


def test_a_file_is_put_away_once_and_survives_a_refused_page() -> None:
    desk = Desk(Plan)
    client = desk.app().test_client()
    answer = client.post("/ask", data={"title": "", "plan": (io.BytesIO(b"%PDF"), "plan.pdf")})
    assert answer.status_code == 422
    assert "plan.pdf</b> is kept" in answer.text
    again = Seen(answer.text).sent(title="Spring")
    assert client.post("/ask", data=again).text == "Done."
    assert desk.done[0].answers.plan == desk.cupboard.kept("ref-1")


def test_a_file_of_another_kind_is_refused_and_one_out_of_reach_is_nothing() -> None:
    desk = Desk(Plan)
    client = desk.app().test_client()
    answer = client.post("/ask", data={"title": "a", "plan": (io.BytesIO(b"MZ"), "plan.exe")})
    assert "“plan.exe” is another kind of file. Choose one that ends in .pdf." in answer.text
    assert client.post("/ask", data={"title": "a", "plan.kept": "somebody-elses"}).text == "Done."
    assert desk.done[0].answers.plan is None


def test_a_kept_file_can_be_left_out() -> None:
    desk = Desk(Plan)
    client = desk.app().test_client()
    client.post("/ask", data={"title": "", "plan": (io.BytesIO(b"%PDF"), "plan.pdf")})
    client.post("/ask", data={"title": "a", "plan.kept": "ref-1", "plan.drop": "1"})
    assert desk.done[0].answers.plan is None


# ---- more than one button


def test_a_draft_may_leave_out_what_is_required() -> None:
    desk = Desk(Referral, said={"buttons": [("draft", "Keep as a draft")], "cancel_url": "/referrals"})
    client = desk.app().test_client()
    page = client.get("/ask").text
    assert "Keep as a draft" in page and "Leave without saving" in page
    assert client.post("/ask", data={"likes": "birds", "cm-press.draft": "1"}).text == "Done."
    assert desk.done[0].pressed == "draft"
    assert client.post("/ask", data={"likes": "birds"}).status_code == 422
    assert client.post("/ask", data={"received_on.day": "31", "cm-press.draft": "1"}).status_code == 422


def test_findings_can_be_told_before_anything_is_typed() -> None:
    desk = Desk(
        Referral,
        said={
            "told": [Finding("They have an open referral.", rule="R-REF-3")],
            "heading": "New referral for M.B.",
            "lead": "Ten questions.",
        },
    )
    html = desk.app().test_client().get("/ask").text
    assert "They have an open referral." in html
    assert "<h1>New referral for M.B.</h1>" in html
    assert "<title>New referral ·" in html
