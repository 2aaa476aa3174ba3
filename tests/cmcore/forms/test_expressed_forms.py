"""Forms whose conditions, checks and calculations are expressions work from their frozen copy alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cmcore.forms import Form, FormFault, Question, describe, dump, freeze, json_schema, kinds, load, read, thaw
from cmcore.forms.conditions import Condition, IsTrue
from cmcore.forms.expressions import Answer, Expression, parse
from cmcore.forms.languages import Language, in_language
from cmcore.forms.questions import Constraint, by_expression
from cmcore.forms.standing import first_values, standing

TEXT = kinds.ShortText()


def meant(name: str) -> Expression:
    """``${^x}`` is x around the round, ``${trips/cost}`` all costs of the trips."""
    of, _, key = name.rpartition("/")
    return Answer(key.lstrip("^"), of, key.count("^"), key.lstrip("^") if of or key[0] == "^" else "")


def so(text: str) -> Expression:
    return parse(text, meant)


def when(text: str) -> Condition:
    return IsTrue(so(text))


def asks(key: str, kind: kinds.Kind = TEXT, **more: Any) -> Question:
    return Question(key=key, label=key.capitalize(), kind=kind, **({"required": False} | more))


TOWNS = kinds.Choice(
    options=(
        kinds.Option(key="derby", label="Derby", facts=(("county", "dbs"),)),
        kinds.Option(key="ripley", label="Ripley", facts=(("county", "dbs"),)),
        kinds.Option(key="leek", label="Leek", facts=(("county", "sts"),)),
    ),
    only=parse("county = ${county}", meant, columns=True),
)
TRIPS = kinds.Repeated(
    questions=(
        asks("place", required=True),
        asks(
            "cost", kinds.WholeNumber(), constraint=Constraint(so(". <= ${^most}"), so("concat('At most ', ${^most})"))
        ),
        asks("why", show_when=when("${cost} > 5"), required=True),
        asks("number", kinds.DecimalNumber(padded=False), calculate=by_expression(so("position(..)"))),
    ),
    one="trip",
)
FORM = Form(
    key="outing",
    version=1,
    title="Outing",
    questions=(
        asks("county", kinds.Choice(options=(kinds.Option(key="dbs", label="D"), kinds.Option(key="sts", label="S")))),
        asks("town", TOWNS, required_when=when("${county} != ''")),
        asks("most", kinds.WholeNumber(), begins_with=so("2 * 5")),
        asks("trips", TRIPS, nothing=()),
        asks("total", kinds.DecimalNumber(places=6, padded=False), calculate=by_expression(so("sum(${trips/cost})"))),
        asks("half", kinds.DecimalNumber(places=6, padded=False), calculate=by_expression(so("${total} div 4"))),
        asks(
            "thanks",
            kinds.Note(text="In all […]", says=so("concat('In all ', ${total})")),
            show_when=when("${total} > 0"),
        ),
    ),
    languages=(Language("Cymraeg (cy)", (("title", "Taith"), ("county/label", "Sir"), ("trips/place/label", "Lle"))),),
)
#: The same after it was kept as JSON.
KEPT = thaw(json.loads(json.dumps(freeze(FORM))))

ROUND = {"place": "Zoo", "cost": 4}
GIVEN = {"county": "dbs", "town": "derby", "most": 10, "trips": [ROUND, ROUND | {"cost": 5}]}


@pytest.fixture(params=[FORM, KEPT], ids=["declared", "frozen"])
def form(request: pytest.FixtureRequest) -> Form:
    made: Form = request.param
    return made


def wrong(form: Form, **given: Any) -> dict[str, str]:
    return {one.place or "": one.message for one in read(form, GIVEN | given).findings}


def test_what_is_worked_out_is_worked_out_anew(form: Form) -> None:
    kept = dump(form, load(form, GIVEN | {"total": 99}))
    assert kept["total"] == "9" and kept["half"] == "2.25"
    assert [one["number"] for one in kept["trips"]] == ["1", "2"]
    assert dump(form, load(form, kept)) == kept


def test_a_round_is_checked_against_what_is_around_it_in_the_words_of_the_form(form: Form) -> None:
    assert wrong(form, trips=[ROUND, {"place": "Sea", "cost": 11}])["trips.1.cost"] == "Trip 2, at most 10"


def test_a_question_in_a_round_is_asked_when_its_own_round_says_so(form: Form) -> None:
    found = wrong(form, trips=[{"place": "Zoo", "cost": 6}, {"place": "Sea", "cost": 5}])
    assert list(found) == ["trips.0.why"]


def test_a_choice_is_offered_only_where_its_filter_says_so(form: Form) -> None:
    assert "“Leek” does not go with the other answers" in wrong(form, town="leek")["town"]
    assert [one.key for one in standing(form, {"county": "dbs"}).offered(TOWNS)] == ["derby", "ripley"]
    assert len(standing(form, {}).offered(TOWNS)) == 3


def test_an_answer_is_required_when_others_make_it_so(form: Form) -> None:
    assert "town" in wrong(form, town=None)
    assert "town" not in wrong(form, town=None, county=None)


def test_a_draft_may_lack_what_is_required_also_in_rounds(form: Form) -> None:
    assert not read(form, {"trips": [{"cost": 3}]}, draft=True).refused


def test_a_page_knows_how_it_stands_while_it_is_filled_in(form: Form) -> None:
    found = standing(form, {"trips": [{"cost": "4"}, {"cost": "nonsense"}]})
    note = form.question("thanks")
    assert isinstance(note.kind, kinds.Note) and not found.shows(note)
    found = standing(form, {"trips": [{"cost": "4"}]})
    assert found.shows(note) and found.note(note.kind) == "In all 4"
    assert found.round(TRIPS, {"cost": "7"}, 3).worked_out == {"number": "3"}


def test_what_stands_there_at_first_is_worked_out(form: Form) -> None:
    assert first_values(form) == {"most": 10} and first_values(form, {"most": 3}) == {"most": 3}


def test_the_form_is_said_in_words(form: Form) -> None:
    told = describe(form)
    assert "Must be answered when “County” is answered." in told
    assert "Offered is that for which what the list says under “county” is the answer to “County”." in told
    assert "Worked out: the sum of the answers to “cost”." in told and "Begins with 2 times 5." in told
    assert "Worked out" not in json.dumps(json_schema(form)["properties"]["town"])


def test_the_form_speaks_another_language_and_keeps_its_keys(form: Form) -> None:
    welsh = in_language(form, "cy")
    assert welsh.title == "Taith" and welsh.question("county").label == "Sir" and welsh.question("most").label == "Most"
    assert dump(welsh, load(welsh, GIVEN)) == dump(form, load(form, GIVEN))
    assert in_language(form, "fr") is form


def test_freezing_twice_changes_nothing() -> None:
    assert freeze(KEPT) == freeze(FORM)


def test_a_constraint_without_a_message_says_the_expression() -> None:
    form = Form("f", 1, "F", (asks("low", kinds.WholeNumber()), asks("high", kinds.WholeNumber(),
                constraint=Constraint(so(". >= ${low}")))))  # fmt: skip
    found = read(form, {"low": 3, "high": 2}).findings
    assert "It must be so that this answer is the answer to “Low” or more" in found[0].message


@pytest.mark.parametrize(
    "questions",
    [
        (asks("a", show_when=when("${gone} = 1")),),
        (asks("a", constraint=Constraint(so(". < ${gone}"))),),
        (asks("a", required_when=when("${gone} = 1")),),
        (asks("r", kinds.Repeated(questions=(asks("x", show_when=when("${^gone} = 1")),))),),
        (asks("r", kinds.Repeated(questions=(asks("x"),))), asks("n", calculate=by_expression(so("count(${gone/x})")))),
    ],
)
def test_an_expression_that_looks_at_what_is_not_asked_is_refused(questions: tuple[Question, ...]) -> None:
    with pytest.raises(FormFault, match="gone"):
        Form("f", 1, "F", (*questions, asks("b")))


def test_a_circle_through_a_round_is_noticed() -> None:
    inner = asks("x", kinds.DecimalNumber(), calculate=by_expression(so("${^sum} + 1")))
    rounds = asks("r", kinds.Repeated(questions=(asks("y"), inner)))
    with pytest.raises(FormFault, match="circle: (r → sum → r|sum → r → sum)"):
        Form("f", 1, "F", (rounds, asks("sum", kinds.DecimalNumber(), calculate=by_expression(so("sum(${r/x})")))))


def test_a_constraint_may_look_at_one_that_looks_back() -> None:
    low = asks("low", kinds.WholeNumber(), constraint=Constraint(so(". <= ${high} or ${high} = ''")))
    high = asks("high", kinds.WholeNumber(), constraint=Constraint(so(". >= ${low}")))
    form = Form("f", 1, "F", (low, high))
    assert not read(form, {"low": 1, "high": 2}).refused and read(form, {"low": 3, "high": 2}).refused
