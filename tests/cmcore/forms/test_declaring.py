"""A form is declared as a class; what cannot work is refused in one sentence that names the form and the question."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest

from cmcore.base.findings import Finding
from cmcore.base.words import Choice
from cmcore.forms import (
    Answers,
    FileAnswer,
    Form,
    FormFault,
    Question,
    Score,
    Section,
    ask,
    calculated,
    check,
    form,
    form_of,
    group,
    kinds,
    note,
    when,
)


class Place(Choice):
    """Where a session was."""

    home = "home", "Home"
    school = "school", "School"


class Bare(Enum):
    """Choices without words of their own."""

    not_in_school = "not_in_school"


def asked(annotation: Any, **said: Any) -> kinds.Kind:
    """The kind that an annotation and the words of ask make."""
    declared = type("Probe", (), {"__annotations__": {"it": annotation}, "it": ask("It", **said)})
    made = form("probe", version=1, title="Probe")(declared)
    return form_of(made).question("it").kind


@pytest.mark.parametrize(
    ("annotation", "said", "kind"),
    [
        (str, {}, kinds.ShortText()),
        (str, {"most": 20, "holds": "email"}, kinds.ShortText(most=20, holds="email")),
        (str, {"long": True}, kinds.LongText()),
        (str, {"voice": True}, kinds.LongText(voice=True)),
        (int, {"least": 5, "most": 720, "unit": "minutes"}, kinds.WholeNumber(least=5, most=720, unit="minutes")),
        (int | None, {}, kinds.WholeNumber()),
        (int, {"money": True}, kinds.Money(least=0)),
        (
            int,
            {"least": 1, "most": 5, "low": "cold", "high": "warm"},
            kinds.Scale(least=1, most=5, low="cold", high="warm"),
        ),
        (int, {"of": "mentor"}, kinds.Pick(of="mentor")),
        (int, {"of": "commission", "few": True}, kinds.Pick(of="commission", few=True)),
        (list[int], {"of": "adult"}, kinds.PickMany(of="adult")),
        (Decimal, {"places": 1}, kinds.DecimalNumber(places=1)),
        (date, {}, kinds.Day()),
        (time, {}, kinds.Time()),
        (datetime, {}, kinds.Moment()),
        (bool, {"yes": "It went ahead", "no": "It did not"}, kinds.YesNo(yes="It went ahead", no="It did not")),
        (FileAnswer, {"accept": (".pdf",)}, kinds.File(accept=(".pdf",))),
        (dict[str, Score], {}, kinds.Scores()),
        (str, {"kind": kinds.Day()}, kinds.Day()),
    ],
)
def test_the_annotation_is_the_kind_of_answer(annotation: Any, said: dict[str, Any], kind: kinds.Kind) -> None:
    assert asked(annotation, **said) == kind


def test_choices_carry_their_words() -> None:
    kind = asked(Place, hints={Place.home: "with a carer there"})
    assert isinstance(kind, kinds.Choice) and kind.of is Place
    assert [(one.key, one.label, one.hint) for one in kind.options] == [
        ("home", "Home", "with a carer there"),
        ("school", "School", ""),
    ]
    assert isinstance(asked(list[Place]), kinds.Choices)


def test_choices_without_words_get_them_from_their_value() -> None:
    kind = asked(Bare)
    assert isinstance(kind, kinds.Choice)
    assert kind.options[0].label == "Not in school"


@form("visit", version=3, title="A visit", sections=[Section(title="When", hint="As it was in the diary")])
class Visit(Answers):
    """What came of a visit.

    Written by the coordinator.
    """

    held_on: date = ask("Held on", section="When")
    begins: time | None = ask("Begins")
    place: Place = ask("Where", section="What", default=Place.school)
    remarks: str = ask("Remarks", required=False)
    places: list[Place] = ask("Other places", required=False)
    explained: None = note("Thank you.")


def test_the_class_becomes_its_typed_answers() -> None:
    visit = Visit(held_on=date(2026, 11, 10))
    assert (visit.begins, visit.place, visit.remarks, visit.places) == (None, Place.school, "", [])
    assert visit.columns() == {
        "held_on": date(2026, 11, 10),
        "begins": None,
        "place": Place.school,
        "remarks": "",
        "places": [],
    }
    assert "place" not in visit.columns("place")
    with pytest.raises(AttributeError):
        visit.place = Place.home  # type: ignore[misc]
    with pytest.raises(TypeError):
        Visit()  # type: ignore[call-arg]


def test_two_answers_do_not_share_an_empty_list() -> None:
    one, other = Visit(held_on=date(2026, 11, 10)), Visit(held_on=date(2026, 11, 10))
    assert one.places is not other.places


def test_a_form_says_what_it_is_for_and_keeps_its_sections_in_order() -> None:
    assert Visit.form.doc == "What came of a visit.\n\nWritten by the coordinator."
    parts = [(section.title, section.hint, [one.key for one in asked]) for section, asked in Visit.form.parts]
    assert parts == [
        ("When", "As it was in the diary", ["held_on", "begins"]),
        ("What", "", ["place", "remarks", "places", "explained"]),
    ]
    assert (
        form("bare", version=1, title="Bare")(type("Bare", (), {"__annotations__": {"a": str}, "a": ask("A")})).form.doc
        == ""
    )


def test_a_question_can_be_changed_without_touching_the_declaration() -> None:
    changed = Visit.form.with_question("place", hint="Where it began", required=False)
    assert changed.question("place").hint == "Where it began"
    assert Visit.form.question("place").hint == ""
    with pytest.raises(KeyError, match='Form "visit" has no question "plaice". It has held_on, begins'):
        Visit.form.with_question("plaice", hint="")


def test_a_form_can_build_on_another() -> None:
    @form("longer-visit", version=1, title="A longer visit")
    class LongerVisit(Visit):
        nights: int = ask("Nights", least=1, section="Stay")

    assert [one.key for one in LongerVisit.form.questions] == [*(one.key for one in Visit.form.questions), "nights"]
    assert LongerVisit(held_on=date(2026, 11, 10), nights=2).place is Place.school


def test_a_class_that_is_not_a_form_is_refused() -> None:
    with pytest.raises(FormFault, match="is not a form: declare the class with @form"):
        form_of(Place)


def test_a_doubled_question_is_refused() -> None:
    with pytest.raises(FormFault) as refused:

        @form("visit", version=1, title="Visit")
        class Doubled:
            notes: str = ask("What you did")
            notes: str = ask("What you will do")  # type: ignore[no-redef]  # noqa: PIE794

    assert str(refused.value) == (
        'In form "visit" the question "What you did" is lost because another has the same name: '
        "give one of them another name."
    )


def made_of(*questions: Question, **said: Any) -> Form:
    """A form of these questions."""
    return Form(key="visit", version=1, title="Visit", questions=questions, **said)


def line(key: str, **said: Any) -> Question:
    """A question for a line of text."""
    return Question(**{"key": key, "label": key.capitalize(), "kind": kinds.ShortText()} | said)


@check("elsewhere")
def looks_elsewhere(answer: str) -> Iterator[Finding]:
    """A check of a question that is not there."""
    yield Finding(answer)


option = kinds.Option(key="home", label="Home")


@pytest.mark.parametrize(
    ("questions", "said", "sentence"),
    [
        ((), {}, 'Form "visit" asks nothing: give it at least one question.'),
        ((line("a"), line("a")), {}, 'In form "visit" two questions are called "a": give one of them another name.'),
        (
            (line("form"),),
            {},
            'In form "visit" a question is called "form", a name kept for something else: choose another.',
        ),
        (
            (line("Held on"),),
            {},
            'In form "visit" "Held on" is not a name for a question: small letters, digits and _ only',
        ),
        ((line("class"),), {}, 'In form "visit" a question is called "class", a word of Python itself'),
        ((line("a", label=" "),), {}, 'In form "visit" the question "a" has no words: say what is asked.'),
        (
            (line("a", show_when=when("b").answered()),),
            {},
            'In form "visit" "a" is shown depending on "b", which is not one of its questions.',
        ),
        (
            (line("a", calculate=calculated("b", by=str)),),
            {},
            'In form "visit" "a" is worked out from "b", which is not one of its questions.',
        ),
        (
            (line("a", show_when=when("b").answered()), line("b", show_when=when("a").answered())),
            {},
            'In form "visit" questions wait for each other in a circle: ',
        ),
        (
            (line("a", calculate=calculated("b", by=str)), line("b", show_when=when("a").is_("x"))),
            {},
            'In form "visit" questions wait for each other in a circle: ',
        ),
        ((line("a", show_when=when("a").answered()),), {}, "questions wait for each other in a circle: a → a."),
        ((line("a", kind=kinds.Choice(options=())),), {}, 'In form "visit" "a" offers no answers to choose from.'),
        ((line("a", kind=kinds.Choices(options=(option, option))),), {}, 'In form "visit" "a" offers "home" twice.'),
        (
            (line("a", kind=kinds.WholeNumber(least=9, most=5)),),
            {},
            '"a" allows nothing: its least, 9, is above its most, 5.',
        ),
        (
            (line("a"), line("b", calculate=calculated("a", by=str), default="x")),
            {},
            'In form "visit" "b" is worked out, so it cannot have a default as well.',
        ),
        (
            (line("a", kind=kinds.Repeated(questions=(line("x"), line("x")))),),
            {},
            'In "a" of form "visit" two questions are called "x"',
        ),
        (
            (line("a"),),
            {"checks": (looks_elsewhere,)},
            'A check of form "visit" looks at "elsewhere", which is not one of its questions.',
        ),
    ],
)
def test_what_cannot_work_is_refused(questions: tuple[Question, ...], said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(FormFault) as refused:
        made_of(*questions, **said)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_key_and_a_version_are_needed() -> None:
    with pytest.raises(FormFault, match='"A visit" is not a key of a form'):
        Form(key="A visit", version=1, title="Visit", questions=(line("a"),))
    with pytest.raises(FormFault, match='The version of form "visit" is a whole number from 1, not 0'):
        Form(key="visit", version=0, title="Visit", questions=(line("a"),))


@pytest.mark.parametrize(
    ("annotation", "said", "sentence"),
    [
        (complex, {}, 'In form "probe" "it" has the type <class \'complex\'>, which no kind of answer belongs to'),
        (list[str], {}, 'In form "probe" "it" asks for several <class \'str\'>'),
        (int, {"required": False}, "must allow None: write `| None`."),
        (
            int,
            {"show_when": when("it").answered()},
            "write `| None` and required=True to insist on it where it is shown.",
        ),
    ],
)
def test_a_type_that_does_not_fit_is_refused(annotation: Any, said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(FormFault) as refused:
        asked(annotation, **said)
    assert sentence in str(refused.value)


def test_a_question_without_a_type_is_refused() -> None:
    with pytest.raises(FormFault, match='"notes" has no type: write it as `notes: type = ask'):

        @form("visit", version=1, title="Visit")
        class Untyped:
            notes = ask("Notes")


def test_questions_of_a_base_that_is_no_group_are_refused() -> None:
    class Mixin:
        place: Place = ask("Where")

    with pytest.raises(FormFault, match="questions come from Mixin, which is no group: put @group above it"):

        @form("visit", version=1, title="Visit")
        class Mixed(Mixin):
            notes: str = ask("Notes")


def test_a_group_may_be_a_base() -> None:
    @group
    class Where:
        place: Place = ask("Where")

    @form("visit", version=1, title="Visit")
    class Mixed(Where, Answers):
        notes: str = ask("Notes")

    assert [one.key for one in Mixed.form.questions] == ["place", "notes"]


def test_declaring_a_form_loads_neither_marshmallow_nor_a_database() -> None:
    heavy = "sorted({'marshmallow', 'sqlalchemy', 'flask'} & set(sys.modules))"
    script = f"import sys, cmcore.forms; sys.exit(' '.join({heavy}) or None)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False).stderr == ""
