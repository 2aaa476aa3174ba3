"""Answers are read strictly and refused in plain words: which question, what is wrong, the way out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from cmcore.base.findings import Finding, Refused, Severity
from cmcore.forms import (
    FileAnswer,
    Form,
    Question,
    Score,
    kinds,
    load,
    read,
    scores_of,
)
from cmcore.forms.questions import Check
from cmcore.forms.schema import schema_of
from tests.cmcore.forms.at_random import EveryKind, Outcome, measure


def one(kind: kinds.Kind, **said: Any) -> Form:
    """A form that asks one question."""
    asked = Question(**{"key": "it", "label": "It", "kind": kind} | said)
    return Form(key="probe", version=1, title="Probe", questions=(asked,))


def answer(kind: kinds.Kind, raw: Any, **said: Any) -> Any:
    """What is read from an answer."""
    return load(one(kind, **said), {"it": raw}).it


def refusal(kind: kinds.Kind, raw: Any, **said: Any) -> Finding:
    """The one finding about an answer."""
    (finding,) = read(one(kind, **said), {"it": raw}).findings
    assert finding.place is not None and finding.place.split(".")[0] == "it"
    return finding


OPTIONS = (kinds.Option(key="routine", label="Routine"), kinds.Option(key="crisis", label="Crisis"))
SCORES = scores_of([measure("confidence"), measure("total", 0, 40)])


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        (kinds.ShortText(), "  Heron,\n two\tcolours ", "Heron, two colours"),
        (kinds.ShortText(), "E\u0301milie\x00", "Émilie"),
        (kinds.ShortText(), 24, "24"),
        (kinds.LongText(), "one\r\ntwo\x0b\n", "one\ntwo"),
        (kinds.ShortText(holds="email"), "juno@example.org", "juno@example.org"),
        (kinds.ShortText(holds="telephone"), "01632 960 111", "01632 960 111"),
        (kinds.WholeNumber(), "1,300", 1300),
        (kinds.WholeNumber(), "24.0", 24),
        (kinds.WholeNumber(least=-5), " -5 ", -5),
        (kinds.DecimalNumber(places=1), "1.5", Decimal("1.5")),
        (kinds.DecimalNumber(), Decimal("1"), Decimal("1.00")),
        (kinds.Money(), "£1,234.5", 123450),
        (kinds.Money(), "19", 1900),
        (kinds.Money(), 1900, 1900),
        (kinds.Money(), 19.5, 1950),
        (kinds.Day(), {"day": "10", "month": "11", "year": "2026"}, date(2026, 11, 10)),
        (kinds.Time(), "2pm", time(14)),
        (kinds.Moment(), "10 7 2026 14:00", datetime(2026, 7, 10, 13, tzinfo=UTC)),
        (kinds.YesNo(), "yes", True),
        (kinds.YesNo(), False, False),
        (kinds.Choice(options=OPTIONS), "crisis", "crisis"),
        (kinds.Choice(options=(kinds.Option(key="held", label="Held"),), of=Outcome), Outcome.held, Outcome.held),
        (kinds.Choices(options=OPTIONS), ["crisis", "routine", "crisis"], ["routine", "crisis"]),
        (kinds.Choices(options=OPTIONS), "crisis", ["crisis"]),
        (kinds.Scale(least=1, most=5, low="", high=""), "5", 5),
        (
            SCORES,
            {"confidence": 3, "total": {"value": "none", "why_not": "Ill"}},
            {"confidence": Score(3), "total": Score(None, "Ill")},
        ),
        (
            SCORES,
            {"confidence": {"value": 3, "why_not": "left over", "note": "n"}, "total": "0"},
            {"confidence": Score(3, "", "n"), "total": Score(0)},
        ),
        (kinds.Pick(of="mentor"), "12", 12),
        (kinds.Pick(of="mentor"), {"id": "12", "search": "wether"}, 12),
        (kinds.PickMany(of="adult"), ["3", 1, "3", ""], [3, 1]),
        (kinds.PickMany(of="adult"), {"id": ["3"], "search": ""}, [3]),
        (
            kinds.File(),
            {"ref": "r", "name": "plan.pdf", "media_type": "application/pdf", "size": 5},
            FileAnswer("r", "plan.pdf", "application/pdf", 5),
        ),
    ],
)
def test_an_answer_is_read_as_it_is_typed(kind: kinds.Kind, raw: Any, expected: Any) -> None:
    assert answer(kind, raw) == expected


@pytest.mark.parametrize(
    ("kind", "raw", "sentence", "way_out"),
    [
        (kinds.ShortText(most=5), "herons", "It: this is 6 characters long; there is room for 5.", "Shorten it."),
        (kinds.ShortText(), ["a"], "It: this is not text.", ""),
        (
            kinds.ShortText(holds="email"),
            "juno@example",
            "It: “juno@example” is not an e-mail address.",
            "It has a name, an @ and a place",
        ),
        (
            kinds.ShortText(holds="telephone"),
            "ask Hester",
            "It: “ask Hester” is not a telephone number.",
            "Write it in figures",
        ),
        (kinds.WholeNumber(), "twenty", "It: “twenty” is not a whole number.", "Write it in figures, for example 24."),
        (kinds.WholeNumber(), 2.5, "It: “2.5” is not a whole number.", ""),
        (kinds.WholeNumber(), "٣", "It: “٣” is not a whole number.", ""),
        (kinds.WholeNumber(), True, "It: this is not something that can be written in one box.", ""),
        (kinds.WholeNumber(least=5, most=720), "4", "It: 4 is not between 5 and 720.", "Write 5 to 720."),
        (kinds.WholeNumber(least=5), "4", "It: 4 is too small.", "Write 5 or more."),
        (kinds.WholeNumber(most=5), "6", "It: 6 is too large.", "Write 5 or less."),
        (kinds.WholeNumber(), "99999999999", "It: the number is too large to be kept.", "Check the figures."),
        (kinds.DecimalNumber(places=1), "1.25", "It: 1.25 has more than 1 decimal place.", "Round it."),
        (kinds.DecimalNumber(), "nan", "It: “nan” is not a number.", ""),
        (kinds.DecimalNumber(), "1e9", "It: “1e9” is not a number.", ""),
        (kinds.Money(), "19.505", "It: “19.505” has parts of a penny.", "Write pounds and pence, for example 19.50."),
        (kinds.Money(), "-1", "It: -£1.00 is too small.", "Write £0.00 or more."),
        (kinds.Money(), "a tenner", "It: “a tenner” is not a number.", ""),
        (
            kinds.Day(),
            {"day": "31", "month": "2", "year": "2026"},
            "It: 31 February 2026 is not a day.",
            "Use day, month, year, for example 10 11 2026.",
        ),
        (
            kinds.Time(),
            "half past two",
            "It: “half past two” is not a time.",
            "Use hours and minutes, for example 14:30.",
        ),
        (kinds.YesNo(), "perhaps", "It: “perhaps” is neither yes nor no.", "Choose one of the two."),
        (
            kinds.Choice(options=OPTIONS),
            "soonish",
            "It: “soonish” is not one of the answers.",
            "Choose Routine or Crisis.",
        ),
        (
            kinds.Choices(options=OPTIONS, most=1),
            ["routine", "crisis"],
            "It: 2 answers are chosen.",
            "Choose at most 1.",
        ),
        (kinds.Scale(least=1, most=5, low="", high=""), "6", "It: 6 is not on the scale.", "Choose 1 to 5."),
        (
            SCORES,
            {"confidence": 6, "total": 0},
            "Confidence: 6 is not on the scale.",
            "Choose 1 to 5 for confidence, or “not scored” and say why.",
        ),
        (SCORES, {"confidence": 3}, "Total has no score.", "Choose 0 to 40 for total, or “not scored” and say why."),
        (
            SCORES,
            {"confidence": "none", "total": 3},
            "Confidence is not scored, and there is no reason.",
            "Say why, or score it.",
        ),
        (SCORES, {"confidence": "high", "total": 3}, "Confidence: “high” is not a whole number.", ""),
        (SCORES, {"courage": 3}, "It: “courage” is not one of the measures.", ""),
        (
            SCORES,
            {"confidence": {"value": 3, "mood": "good"}, "total": 3},
            "Confidence: “mood” is no part of a score.",
            "",
        ),
        (
            SCORES,
            {"confidence": {"value": 3, "note": "x" * 2001}, "total": 3},
            "Confidence: there is room for 2,000 characters.",
            "",
        ),
        (SCORES, "all fives", "It: these are not scores by measure.", ""),
        (
            kinds.Pick(of="mentor"),
            {"id": "", "search": "wether"},
            "It: nothing is chosen for “wether”.",
            "Choose one of those found, or search again.",
        ),
        (kinds.Pick(of="mentor"), "-4", "It: what was chosen is not a record.", "Search again"),
        (kinds.Pick(of="mentor"), "Gus", "It: what was chosen is not a record.", "Search again"),
        (kinds.PickMany(of="adult", most=1), [1, 2], "It: 2 are chosen.", "Choose at most 1."),
        (
            kinds.File(accept=(".pdf",)),
            FileAnswer("r", "plan.exe", "", 5),
            "It: “plan.exe” is another kind of file.",
            "Choose one that ends in .pdf.",
        ),
        (
            kinds.File(most_bytes=2_000_000),
            FileAnswer("r", "plan.pdf", "", 3_000_000),
            "It: “plan.pdf” is too big.",
            "Choose one under 2 MB.",
        ),
        (kinds.File(), {"ref": "r"}, "It: this is not a file.", "Choose a file."),
        (kinds.Repeated(questions=(), one="visit"), "twice", "It: this is not a list of visits.", ""),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words(kind: kinds.Kind, raw: Any, sentence: str, way_out: str) -> None:
    finding = refusal(kind, raw)
    assert finding.message == sentence
    assert finding.way_out.startswith(way_out)
    assert finding.blocks


@pytest.mark.parametrize(
    "blank", [None, "", "  ", "\x00", [], {}, {"day": "", "month": " ", "year": ""}, {"id": "", "search": ""}]
)
def test_nothing_is_no_answer(blank: Any) -> None:
    (finding,) = read(one(kinds.Day()), {"it": blank}).findings
    assert str(finding) == "It: there is no day. Use day, month, year, for example 10 11 2026."
    assert answer(kinds.Day(), blank, required=False) is None


def test_a_missing_answer_can_have_words_and_a_rule_of_its_own() -> None:
    asked = one(kinds.Choices(options=OPTIONS), missing="Choose at least one hoped-for outcome.", rule="R-REF-1")
    (finding,) = read(asked, {}).findings
    assert (finding.message, finding.rule, finding.place) == ("Choose at least one hoped-for outcome.", "R-REF-1", "it")
    assert refusal(kinds.WholeNumber(), "x", rule="R-MEA-1").rule == "R-MEA-1"


def test_a_label_that_asks_is_not_followed_by_a_colon() -> None:
    assert (
        refusal(kinds.Choice(options=OPTIONS), "x", label="How soon?").message
        == "How soon? “x” is not one of the answers."
    )
    (finding,) = read(one(kinds.Choice(options=OPTIONS), label="How soon?"), {}).findings
    assert finding.message == "How soon? Nothing is chosen."


def test_what_the_form_does_not_ask_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        load(one(kinds.ShortText()), {"it": "x", "role": "administrator"})
    (finding,) = refused.value.findings
    assert finding.message == "“role” is not a question of Probe."
    assert finding.place == "role"


def test_everything_wrong_is_said_at_once_in_the_order_of_the_form() -> None:
    places = [finding.place for finding in read(EveryKind, {"minutes": "x", "held_on": "x", "line": "ok"}).findings]
    assert places == ["lines", "minutes", "rate", "held_on", "begins", "joint", "outcome", "mentor"]


def test_scores_wait_for_their_measure_set() -> None:
    review = one(kinds.Scores())
    with pytest.raises(TypeError, match='"it" has no measures yet: put a measure set in with form.with_question'):
        load(review, {"it": {"confidence": 3}})
    ready = review.with_question("it", kind=SCORES)
    assert load(ready, {"it": {"confidence": 3, "total": 7}}).it["total"] == Score(7)


def test_a_reading_leaves_nothing_to_the_next_and_one_within_another_reads_for_itself() -> None:
    within: list[Any] = []

    def looks(value: str) -> list[Finding]:
        if value == "outer":
            within.append(read(form, {"it": "inner"}))
        return [Finding(f"{value} is odd.", severity=Severity.warn)]

    asked = (Question(key="it", label="It", kind=kinds.ShortText(), required=True),)
    form = Form(key="again", version=1, title="Again", questions=asked, checks=(Check(("it",), looks),))
    assert not read(form, {}, draft=True).refused
    outer = read(form, {"it": "outer"})
    assert [one.message for one in outer.findings] == ["outer is odd."] and outer.answers.it == "outer"
    assert [one.message for one in within[0].findings] == ["inner is odd."] and within[0].answers.it == "inner"
    assert read(form, {}).refused
    for schema in schema_of(form).at_rest:
        assert not schema.warnings and not schema.draft and schema.flow.hidden == frozenset()
