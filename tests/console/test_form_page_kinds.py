"""Every kind of answer has a control and is read back from it: what a page shows is what it sends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from werkzeug.datastructures import MultiDict

from cmcore.forms import FileAnswer, form_of
from cmcore.sessions.forms import SessionAnswers
from console.controls import draw
from console.posted import read_posted, take
from console.sheet import MOST_FOUND, Found, Sheet
from tests.cmcore.forms.at_random import EveryKind, filled
from tests.cmcore.forms.test_every_kind import every_kind, lacking
from tests.cmcore.forms.test_whole_forms import Session
from tests.console.form_desk import Desk, Diary, Seen

FORM = EveryKind.form


def anybody(of: str, number: int) -> Found:
    """Every number is somebody."""
    return Found(number, f"{of} {number}")


class Shelf:
    """A keeper that has every file of some answers."""

    def __init__(self, plan: FileAnswer | None) -> None:
        """Keep the one file."""
        self.plan = plan

    def keep(self, upload: Any) -> FileAnswer:
        """Nothing is handed in."""
        raise AssertionError(upload)

    def kept(self, ref: str) -> FileAnswer | None:
        """The one file."""
        return self.plan if self.plan and self.plan.ref == ref else None


def test_every_kind_has_a_control_and_is_read_back() -> None:
    assert lacking(every_kind(), {"control": draw, "way back": take}) == []


@pytest.mark.parametrize("one_hand", [False, True], ids=["desk", "phone"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=filled(FORM))
def test_a_page_filled_with_answers_sends_the_same_answers(one_hand: bool, answers: EveryKind) -> None:
    desk = Desk(EveryKind, given=answers, said={"shown": anybody, "keeper": Shelf(answers.plan), "one_hand": one_hand})
    app = desk.app()
    with app.test_request_context("/ask"):
        page = desk.page()
        sent = Seen(page.blank(answers).get_data(as_text=True)).sent()
        taken = page.take(MultiDict(sent))
    assert taken.findings == ()
    assert taken.answers == answers


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers=filled(FORM))
def test_every_label_and_description_on_a_page_leads_somewhere_and_no_id_is_doubled(answers: EveryKind) -> None:
    desk = Desk(EveryKind, said={"shown": anybody, "keeper": Shelf(answers.plan)})
    with desk.app().test_request_context("/ask"):
        page = desk.page()
        emptied = page.take(MultiDict({"minutes": "x", "scores.total": "41", "impacts.0.noticed": "y"}))
        for shown in (page.blank(answers), page.again(emptied)):
            seen = Seen(shown.get_data(as_text=True))
            assert len(seen.ids) == len(set(seen.ids))
            assert {*seen.described, *seen.labelled} <= set(seen.ids)
            assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)


def test_what_the_form_does_not_ask_is_not_read() -> None:
    posted = MultiDict({"line": "a", "role": "administrator", "authority_id": "2", "explained": "x"})
    assert read_posted(FORM.questions, posted, keeper=Shelf(None)) == {"line": "a"}


def test_a_file_cannot_be_asked_for_without_a_place_to_keep_it() -> None:
    with pytest.raises(TypeError, match='"plan" asks for a file, but nothing was given that keeps files'):
        read_posted(FORM.questions, MultiDict({"plan": "x"}))


def test_a_round_with_a_number_out_of_all_bounds_is_one_round() -> None:
    raw = read_posted(
        Diary.form.questions, MultiDict({"trips.999999.to": "the mill", "trips.9999999999.to": "the moon"})
    )
    assert raw == {"trips": [{"to": "the mill"}]}


def test_more_rounds_than_may_be_are_still_not_all_read() -> None:
    posted = MultiDict({f"trips.{number}.to": "the mill" for number in range(500)})
    assert len(read_posted(Diary.form.questions, posted)["trips"]) == 4


@pytest.mark.parametrize(
    ("key", "given", "shown"),
    [
        ("rate", 1905, {"rate": ["19.05"]}),
        ("rate", "nineteen", {"rate": ["nineteen"]}),
        ("held_on", "2026-11-10", {"held_on.day": ["10"], "held_on.month": ["11"], "held_on.year": ["2026"]}),
        ("held_on", "soon", {"held_on.day": ["soon"], "held_on.month": [""], "held_on.year": [""]}),
        (
            "held_on",
            {"day": "31", "month": "2", "year": ""},
            {"held_on.day": ["31"], "held_on.month": ["2"], "held_on.year": [""]},
        ),
        (
            "starts_at",
            "2026-07-10T13:30+00:00",
            {"starts_at.day": ["10"], "starts_at.month": ["7"], "starts_at.time": ["14:30"]},
        ),
        (
            "starts_at",
            "2026-10-25T01:30+00:00",
            {"starts_at.day": ["25"], "starts_at.time": ["01:30"], "starts_at.which": ["second"]},
        ),
        ("joint", True, {"joint": ["yes"]}),
        ("minutes", "<b>&\"'", {"minutes": ["<b>&\"'"]}),
        ("lines", "\nkept\n", {"lines": ["\nkept\n"]}),
        (
            "scores",
            {"confidence": {"value": None, "why_not": "Ill"}},
            {"scores.confidence": ["none"], "scores.confidence.why_not": ["Ill"]},
        ),
    ],
)
def test_what_was_typed_stays_in_its_box(key: str, given: Any, shown: dict[str, list[str]]) -> None:
    desk = Desk(EveryKind, given={key: given})
    fields = Seen(desk.app().test_client().get("/ask").text).fields
    assert {name: fields[name] for name in shown} == shown


def test_a_time_that_comes_twice_asks_which() -> None:
    desk = Desk(EveryKind)
    typed = {"starts_at.day": "25", "starts_at.month": "10", "starts_at.year": "2026", "starts_at.time": "01:30"}
    answer = desk.app().test_client().post("/ask", data=typed)
    assert "01:30 came twice on 25 October 2026" in answer.text
    assert "The second, an hour later" in answer.text


def test_a_calculated_answer_is_said_and_not_asked() -> None:
    desk = Desk(Session, given={"outcome": "held", "minutes": 90, "hours": "1.50"})
    seen = Seen(desk.app().test_client().get("/ask").text)
    assert "hours" not in seen.fields
    assert "1.50" in seen.words
    assert "Answer this when the answer to “What happened?” is “Held”." in seen.words


def test_the_phone_form_uses_the_phones_own_pickers() -> None:
    html = (
        Desk(EveryKind, said={"one_hand": True}, given={"held_on": "2026-11-10"}).app().test_client().get("/ask").text
    )
    assert 'type="date" value="2026-11-10"' in html
    assert 'type="time"' in html
    assert "cm-onehand" in html


def test_defaults_stand_on_a_new_page_and_not_in_an_emptied_one() -> None:
    changed = form_of(EveryKind).with_question("line", default="Heron")
    client = Desk(changed).app().test_client()
    assert Seen(client.get("/ask").text).fields["line"] == ["Heron"]
    assert Seen(client.post("/ask", data={"line": ""}).text).fields["line"] == [""]


def test_what_need_not_be_answered_can_be_emptied_again_without_a_script() -> None:
    desk = Desk(EveryKind, given={"warmth": 3, "impacts": [{"outcome": "held", "noticed": "x", "expected": True}]})
    html = desk.app().test_client().get("/ask").text
    assert html.count("No answer") == 2
    assert 'name="impacts.0.expected" value=""' in html
    assert 'name="warmth" value=""' in html
    assert 'name="outcome" value=""' not in html, "what must be answered is not offered to be left out"


@pytest.mark.parametrize(("many", "shape"), [(0, "few"), (12, "few"), (13, "pick"), (40, "pick")])
def test_what_is_few_is_offered_at_once_and_searched_when_it_has_become_many(many: int, shape: str) -> None:
    found = [Found(number, f"WR-{number:04d}") for number in range(many)]
    sheet = Sheet(lookup=lambda of, text: found[: MOST_FOUND + 1])
    question = form_of(SessionAnswers).question("commission_id")
    assert draw(question.kind, question, "", "commission_id", sheet).shape == shape
