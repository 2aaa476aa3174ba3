"""What XLSForm can say, feature by feature: how a form here has it, or the sentence that says it has not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import time_machine

from cmcore.forms import Form, Question, describe, dump, freeze, kinds, load, read, thaw
from cmcore.forms.languages import in_language
from cmcore.forms.standing import first_values, standing
from tests.cmcore.exchange.xlsform.made_workbooks import Rows, reading, said, survey

OPTIONS = (kinds.Option(key="yes", label="Yes"), kinds.Option(key="no", label="No"))
YES_NO: Rows = [("list_name", "name", "label"), ("yn", "yes", "Yes"), ("yn", "no", "No")]


def form(*rows: tuple[object, ...], columns: tuple[str, ...] = ("type", "name", "label"), **sheets: Rows) -> Form:
    """The form of a survey, as it comes back from its frozen state."""
    found = reading(survey=survey(*rows, columns=columns), **{"choices": YES_NO, **sheets})
    assert found.form is not None, said(found.findings)
    return thaw(freeze(found.form))


def left_out(*rows: tuple[object, ...], columns: tuple[str, ...] = ("type", "name", "label"), **sheets: Rows) -> str:
    found = reading(survey=survey(*rows, columns=columns), **{"choices": YES_NO, **sheets})
    assert found.form is not None, said(found.findings)
    return said(found.left_out)


def one(*rows: tuple[object, ...], columns: tuple[str, ...] = ("type", "name", "label")) -> Question:
    """The first question of a survey."""
    return form(*rows, columns=columns).questions[0]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("text", kinds.ShortText(most=1_000)),
        ("integer", kinds.WholeNumber()),
        ("int", kinds.WholeNumber()),
        ("decimal", kinds.DecimalNumber(places=6, padded=False)),
        ("date", kinds.Day()),
        ("time", kinds.Time()),
        ("dateTime", kinds.Moment()),
        ("acknowledge", kinds.Choices(options=(kinds.Option(key="OK", label="OK"),))),
        ("geopoint", kinds.ShortText(most=200)),
        ("barcode", kinds.ShortText(most=1_000)),
        ("file", kinds.File()),
        ("select_one yn", kinds.Choice(options=OPTIONS)),
        ("select one from yn", kinds.Choice(options=OPTIONS)),
        ("select_multiple yn", kinds.Choices(options=OPTIONS)),
    ],
)  # fmt: skip
def test_a_type_becomes_a_kind(kind: str, expected: kinds.Kind) -> None:
    assert one((kind, "q", "Question")).kind == expected


@pytest.mark.parametrize("kind", ["image", "audio", "video"])
def test_pictures_sounds_and_films_become_files_with_their_endings(kind: str) -> None:
    found = one((kind, "q", "Question")).kind
    assert isinstance(found, kinds.File) and found.accept


def test_a_long_text_is_asked_for_by_its_appearance() -> None:
    columns = ("type", "name", "label", "appearance")
    assert isinstance(one(("text", "q", "Q", "multiline"), columns=columns).kind, kinds.LongText)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("start=0 end=5", kinds.Scale(least=0, most=5, low="the least", high="the most")),
        ("start=0;end=100;step=10", kinds.WholeNumber(least=0, most=100)),
        ("start = 1 end = 2 step = 0.5", None),
    ],
)
def test_a_range_keeps_its_ends_and_steps(told: str, expected: kinds.Kind | None) -> None:
    made = form(("range", "q", "Q", told), columns=("type", "name", "label", "parameters"))
    assert expected is None or made.question("q").kind == expected
    if "step" in told:
        good, bad = ("20", "25") if "10" in told else ("1.5", "1.25")
        assert not read(made, {"q": good}).refused and read(made, {"q": bad}).refused


def test_a_likert_item_of_bare_steps_is_a_scale_and_one_with_words_is_a_choice() -> None:
    columns = ("type", "name", "label", "appearance")
    steps = [("list_name", "name", "label"), *(("s", str(n), {1: "low", 3: "high"}.get(n, str(n))) for n in (1, 2, 3))]
    made = form(("select_one s", "q", "Q", "likert"), columns=columns, choices=steps)
    assert made.question("q").kind == kinds.Scale(least=1, most=3, low="low", high="high")
    assert "shown as a choice" in left_out(("select_one yn", "q", "Q", "likert"), columns=columns)


def test_or_other_asks_which() -> None:
    made = form(("select_one yn or_other", "q", "Which?"))
    assert [option.key for option in made.question("q").kind.options] == ["yes", "no", "other"]  # type: ignore[attr-defined]
    assert "q_other" in read(made, {"q": "yes", "q_other": "x"}).hidden
    assert dump(made, load(made, {"q": "other", "q_other": "Purple"}))["q_other"] == "Purple"


def test_rank_asks_for_each_place_and_takes_nothing_twice() -> None:
    made = form(("rank yn", "q", "Order these"))
    assert [question.label for question in made.questions] == ["Order these: first", "Order these: second"]
    assert read(made, {"q_1": "yes", "q_2": "yes"}).refused and not read(made, {"q_1": "yes", "q_2": "no"}).refused


def test_required_hint_default_and_messages_are_carried() -> None:
    columns = ("type", "name", "label", "required", "required_message", "hint", "guidance_hint", "default")
    made = form(
        ("integer", "n", "How many?", "yes", "Say how many.", "Count them.", "All of them.", 3), columns=columns
    )
    question = made.question("n")
    assert question.required and question.missing == "Say how many." and question.hint == "Count them. All of them."
    assert first_values(made) == {"n": 3} and read(made, {}).findings[0].message == "Say how many."


def test_required_may_be_an_expression() -> None:
    columns = ("type", "name", "label", "required")
    made = form(("select_one yn", "a", "A", ""), ("text", "b", "B", "${a} = 'yes'"), columns=columns)
    assert read(made, {"a": "yes"}).refused and not read(made, {"a": "no"}).refused


@time_machine.travel(datetime(2026, 11, 10, 12), tick=False)
def test_a_default_may_be_worked_out() -> None:
    made = form(("date", "d", "D", "today()"), columns=("type", "name", "label", "default"))
    assert first_values(made) == {"d": "2026-11-10"}


def test_a_constraint_is_checked_with_its_message_and_the_answers_in_it() -> None:
    columns = ("type", "name", "label", "constraint", "constraint_message")
    made = form(
        ("text", "who", "Who?", "", ""),
        ("integer", "age", "Age", ". >= 4 and . <= 25", "${who} cannot be that old."),
        columns=columns,
    )
    assert read(made, {"who": "Juno", "age": 30}).findings[0].message == "Juno cannot be that old."
    assert not read(made, {"who": "Juno", "age": 4}).refused


def test_relevant_hides_and_a_group_hides_what_is_in_it() -> None:
    columns = ("type", "name", "label", "relevant")
    made = form(
        ("select_one yn", "a", "A", ""),
        ("begin group", "g", "More", "${a} = 'yes'"),
        ("text", "b", "B", ""),
        ("text", "c", "C", "${b} != ''"),
        ("end group", "", "", ""),
        ("text", "d", "D", ""),
        columns=columns,
    )
    assert read(made, {"a": "no"}).hidden == {"b", "c"}
    assert read(made, {"a": "yes"}).hidden == {"c"}
    assert [section.title for section, _ in made.parts] == ["", "More", "Further questions"]
    assert "Asked only when the answer to “A” is “Yes”." in describe(made)


def test_a_repeat_has_its_own_conditions_and_can_be_added_up_and_counted() -> None:
    columns = ("type", "name", "label", "relevant", "calculation")
    made = form(
        ("integer", "least", "Least", "", ""),
        ("begin repeat", "trip", "Trip", "", ""),
        ("text", "place", "Place", "", ""),
        ("integer", "cost", "Cost", "${place} != ''", ""),
        ("text", "why", "Why so much?", "${cost} > ${least}", ""),
        ("end repeat", "", "", "", ""),
        ("calculate", "total", "", "", "sum(${cost})"),
        ("calculate", "many", "", "", "count(${trip})"),
        columns=columns,
    )
    kept = dump(
        made,
        load(
            made,
            {"least": 3, "trip": [{"place": "Zoo", "cost": 4, "why": "x"}, {"place": "Sea", "cost": 1, "why": "y"}]},
        ),
    )
    assert (kept["total"], kept["many"]) == ("5", "2")
    assert [row["why"] for row in kept["trip"]] == ["x", None]


def test_a_repeat_in_a_repeat_is_carried() -> None:
    made = form(
        ("begin repeat", "day", "Day"), ("text", "what", "What?"), ("begin repeat", "hour", "Hour"),
        ("integer", "n", "N"), ("end repeat", "", ""), ("end repeat", "", ""),
    )  # fmt: skip
    kept = dump(made, load(made, {"day": [{"what": "x", "hour": [{"n": 1}, {"n": 2}]}]}))
    assert kept["day"][0]["hour"] == [{"n": 1}, {"n": 2}]


@pytest.mark.parametrize(("many", "fits", "refused"), [("2", 2, 3), ("${n}", 1, 2)])
def test_the_number_of_rounds_is_held_to(many: str, fits: int, refused: int) -> None:
    made = form(
        ("integer", "n", "N", ""), ("begin repeat", "r", "R", many), ("text", "q", "Q", ""), ("end repeat", "", "", ""),
        columns=("type", "name", "label", "repeat_count"),
    )  # fmt: skip
    assert not read(made, {"n": 1, "r": [{"q": "x"}] * fits}).refused
    assert read(made, {"n": 1, "r": [{"q": "x"}] * refused}).refused


def test_a_choice_filter_offers_what_goes_with_another_answer() -> None:
    towns = [
        ("list_name", "name", "label", "county", "note"),
        *(("county", "dbs", "Derbyshire", "", ""), ("county", "sts", "Staffordshire", "", "")),
        *(("town", "derby", "Derby", "dbs", "x"), ("town", "leek", "Leek", "sts", "")),
    ]
    columns = ("type", "name", "label", "choice_filter")
    rows = (("select_one county", "county", "County", ""), ("select_one town", "town", "Town", "county = ${county}"))
    made = form(*rows, columns=columns, choices=towns)
    kind = made.question("town").kind
    assert isinstance(kind, kinds.Choice)
    assert [option.key for option in standing(made, {"county": "sts"}).offered(kind)] == ["leek"]
    assert read(made, {"county": "sts", "town": "derby"}).refused
    assert "No choice filter looks at the column “note”" in left_out(*rows, columns=columns, choices=towns)


@pytest.mark.parametrize(
    ("calculation", "expected"),
    [
        ("${n} * 2", "6"),
        ("${n} > 2", True),
        ("concat(${n}, ' of ', jr:choice-name(${c}, '${c}'))", "3 of Yes"),
        ("date(${d} + 1)", "2026-11-11"),
        ("if(${n} > 2, 'big', 'small')", "big"),
        ("round(${n} div 7, 2)", "0.43"),
    ],
)
def test_a_calculation_is_worked_out_in_a_fitting_kind(calculation: str, expected: Any) -> None:
    made = form(
        ("integer", "n", "N", ""), ("select_one yn", "c", "C", ""), ("date", "d", "D", ""),
        ("calculate", "out", "", calculation), columns=("type", "name", "label", "calculation"),
    )  # fmt: skip
    assert dump(made, load(made, {"n": 3, "c": "yes", "d": "2026-11-10", "out": "typed"}))["out"] == expected


def test_a_note_may_hold_answers() -> None:
    made = form(("text", "who", "Who?"), ("note", "hello", "Hello ${who}!"))
    note = made.question("hello").kind
    assert isinstance(note, kinds.Note) and note.text == "Hello [Who]!"
    assert standing(made, {"who": "Juno"}).note(note) == "Hello Juno!"
    assert standing(made, {}).note(note) == "Hello [Who]!"


def test_every_language_is_kept_and_english_is_shown() -> None:
    columns = ("type", "name", "label::Cymraeg (cy)", "label::English (en)", "hint::Cymraeg (cy)")
    choices = [("list_name", "name", "label::English (en)", "label::Cymraeg (cy)"), ("c", "1", "Red", "Coch")]
    made = form(
        ("begin group", "g", "Pwy", "Who", ""), ("text", "name", "Enw", "Name", "Llawn"),
        ("select_one c", "colour", "Lliw", "Colour", ""), ("end group", "", "", "", ""), columns=columns,
        choices=choices,
    )  # fmt: skip
    welsh = in_language(made, "cy")
    assert (made.question("name").label, welsh.question("name").label) == ("Name", "Enw")
    assert (made.question("name").hint, welsh.question("name").hint) == ("", "Llawn")
    assert welsh.question("colour").kind.options[0].label == "Coch"  # type: ignore[attr-defined]
    assert [section.title for section, _ in welsh.parts] == ["Pwy"]


def test_settings_give_title_key_and_language() -> None:
    settings = [("form_title", "form_id", "default_language", "version"), ("Visits", "Visit Form 2", "Deutsch", "7")]
    columns = ("type", "name", "label::Deutsch", "label::Polski")
    made = form(("text", "q", "Frage", "Pytanie"), columns=columns, settings=settings)
    assert (made.title, made.key, made.question("q").label) == ("Visits", "visit-form-2", "Frage")


@pytest.mark.parametrize(
    ("name", "key"),
    [("FALSE", "false"), ("_1", "q_1"), ("a-b.c", "a_b_c"), ("form", "form_answer"), ("class", "class_answer")],
)
def test_a_name_that_cannot_be_one_here_is_changed_and_listed(name: str, key: str) -> None:
    made = form(("text", name, "Q"), ("note", "n", f"${{{name}}}"))
    assert made.questions[0].key == key
    assert f"“{name}” is called “{key}” here" in left_out(("text", name, "Q"))


def test_the_same_name_in_two_groups_is_kept_apart() -> None:
    rows = [("begin group", "a", "A"), ("text", "q", "Q1"), ("end group", "", ""),
            ("begin group", "b", "B"), ("text", "q", "Q2"), ("end group", "", "")]  # fmt: skip
    assert [question.key for question in form(*rows).questions] == ["q", "q_2"]


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        ({"type": "geotrace"}, 'row 2, "type"', "geotrace"),
        ({"type": "deviceid"}, 'row 2, "type"', "taken from a phone"),
        ({"type": "start"}, 'row 2, "type"', "begun is kept here"),
        ({"type": "select_one_from_file towns.csv"}, 'row 2, "type"', "cannot be asked here"),
        ({"relevant": "pulldata('f', 'a', 'b', ${z}) = 1"}, 'row 2, "relevant"', "pulldata"),
        ({"relevant": "/data/z = 1"}, 'row 2, "relevant"', "It is always asked"),
        ({"constraint": "regex(., '(?=a)b')"}, 'row 2, "constraint"', "The answer is not checked"),
        ({"constraint": "instance('x')/root = 1"}, 'row 2, "constraint"', "not known here"),
        ({"default": "twelve", "type": "integer"}, 'row 2, "default"', "not a whole number"),
        ({"calculation": "random()"}, 'row 2, "calculation"', "It is left out"),
        ({"trigger": "${z}"}, 'row 2, "trigger"', "not worked out when another one changes"),
        ({"media::image": "a.jpg"}, 'row 2, "media::image"', "not shown"),
        ({"appearance": "ex:org.app.X"}, 'row 2, "appearance"', "Another app"),
        ({"appearance": "numbers"}, 'row 2, "appearance"', "how a phone shows it"),
        ({"label": "Hello ${z}"}, 'row 2, "label"', "stands in brackets"),
        ({"readonly": "yes", "default": "x"}, 'row 2, "readonly"', "can be changed here"),
        ({"parameters": "max-pixels=640", "type": "image"}, 'row 2, "parameters"', "max-pixels"),
        ({"remarks": "ask Bo"}, '"remarks"', "not one of XLSForm's"),
        ({"bind::custom": "x"}, 'row 2, "bind::custom"', "XML"),
        ({"constraint_message": "No."}, 'row 2, "constraint_message"', "nothing it would be the message of"),
    ],
)
def test_what_is_not_carried_is_listed_by_row_and_column(row: dict[str, str], place: str, words: str) -> None:
    columns = ("type", "name", "label", *(key for key in row if key not in ("type", "name", "label")))
    told = {"type": "text", "name": "q", "label": "Question"} | row
    other = {"type": "text", "name": "z", "label": "Z"}
    listed = left_out(*(tuple(each.get(key, "") for key in columns) for each in (told, other)), columns=columns)
    assert any(place in line and words in line for line in listed.splitlines()), listed


def test_what_is_worked_out_from_something_left_out_is_left_out_too() -> None:
    listed = left_out(
        ("deviceid", "phone", "", ""), ("calculate", "a", "", "${phone}"), ("calculate", "b", "", "${a}"),
        ("text", "q", "Q", ""), columns=("type", "name", "label", "calculation"),
    )  # fmt: skip
    assert "row 3" in listed and "row 4" in listed and "“a” (row 3), which is left out" in listed


def test_extra_sheets_are_listed() -> None:
    listed = left_out(("text", "q", "Q"), notes=[("x",), ("y",)], entities=[("dataset", "label"), ("d", "concat('a')")])
    assert "form.xlsx, notes: The sheet is not one of XLSForm's" in listed and "form.xlsx, entities" in listed


@pytest.mark.parametrize("kind", ["rank yn", "image", "range"])
def test_what_cannot_be_worked_out_is_asked_and_its_calculation_listed(kind: str) -> None:
    columns = ("type", "name", "label", "calculation")
    rows = ((kind, "q", "Q", "1 + 1"), ("text", "z", "Z", ""))
    assert all(question.calculate is None for question in form(*rows, columns=columns).questions)
    assert 'row 2, "calculation": It is answered, and not worked out.' in left_out(*rows, columns=columns)


@pytest.mark.parametrize(("kind", "why"), [("note", "is only shown"), ("rank yn", "is not looked at")])
def test_a_condition_on_what_has_no_answer_is_listed(kind: str, why: str) -> None:
    columns = ("type", "name", "label", "relevant")
    listed = left_out((kind, "q", "Q", ""), ("text", "z", "Z", "${q} = 'x'"), columns=columns)
    assert 'row 3, "relevant"' in listed and why in listed


def test_a_question_without_a_label_shows_its_name() -> None:
    assert one(("text", "first_wish", "")).label == "First wish"
