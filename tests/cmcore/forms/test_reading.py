"""Answers are read strictly and refused in plain words: which question, what is wrong, the way out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from cmcore.base.findings import Finding, Refused, Severity
from cmcore.forms import (
    Answers,
    FileAnswer,
    Form,
    Question,
    Score,
    ask,
    calculated,
    check,
    checked,
    dump,
    form,
    group,
    kinds,
    load,
    note,
    read,
    scores_of,
    when,
)
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


@form("session", version=1, title="Session")
class Session(Answers):
    """What came of a session."""

    outcome: Outcome = ask("What happened?")
    minutes: int | None = ask("How long", least=5, show_when=when("outcome").is_("held"), required=True)
    praise: str | None = ask("Praise", show_when=when("minutes").at_least(60))
    hours: Decimal | None = ask("Hours", calculate=calculated("minutes", by=lambda minutes: Decimal(minutes) / 60))
    bonus: str | None = ask("Bonus", show_when=when("hours").at_least(2))
    thanks: None = note("Thank you.")


def test_a_hidden_question_is_not_required_and_its_answer_is_dropped() -> None:
    session = load(Session, {"outcome": "absent", "minutes": "not even a number", "praise": "well done"})
    assert (session.minutes, session.praise, session.hours) == (None, None, None)
    assert read(Session, {"outcome": "absent"}).hidden == {"minutes", "praise", "bonus"}


def test_a_question_that_is_shown_must_be_answered() -> None:
    (finding,) = read(Session, {"outcome": "held"}).findings
    assert finding.place == "minutes"


def test_what_hangs_on_a_hidden_answer_is_hidden_too() -> None:
    assert load(Session, {"outcome": "absent", "minutes": 90, "praise": "x"}).praise is None
    assert load(Session, {"outcome": "held", "minutes": 90, "praise": "x"}).praise == "x"
    assert load(Session, {"outcome": "held", "minutes": 30, "praise": "x"}).praise is None


def test_a_calculated_answer_is_worked_out_whatever_was_given() -> None:
    session = load(Session, {"outcome": "held", "minutes": 150, "hours": "99", "bonus": "tea"})
    assert (session.hours, session.bonus) == (Decimal("2.5"), "tea")
    assert load(Session, {"outcome": "held", "minutes": 90, "bonus": "tea"}).bonus is None


def test_a_condition_on_an_unreadable_answer_hides_and_only_the_answer_is_wrong() -> None:
    findings = read(Session, {"outcome": "sunny", "minutes": ""}).findings
    assert [finding.place for finding in findings] == ["outcome"]


def test_a_note_has_no_answer() -> None:
    assert "thanks" not in dump(Session, load(Session, {"outcome": "absent"}))
    (finding,) = read(Session, {"outcome": "absent", "thanks": "x"}).findings
    assert finding.message == "“thanks” is not a question of Session."


@check("starts_on", "ends_on")
def ends_after_it_starts(starts_on: date, ends_on: date) -> Iterator[Finding]:
    """A stay ends after it starts."""
    if ends_on < starts_on:
        yield Finding("The stay ends before it starts.", place="ends_on", way_out="Change one of the days.")
    if (ends_on - starts_on).days > 14:
        yield Finding("The stay is longer than a fortnight.", severity=Severity.warn, place="ends_on")


@check("ends_on", "reason", even_unanswered=True)
def an_end_or_a_reason(ends_on: date | None, reason: str | None) -> Iterator[Finding]:
    """One of the two is needed."""
    if ends_on is None and not reason:
        yield Finding("Give the day it ends, or say why there is none.")


@form("stay", version=1, title="Stay", checks=[ends_after_it_starts, an_end_or_a_reason])
class Stay(Answers):
    """A stay somewhere."""

    starts_on: date = ask("Starts on")
    ends_on: date | None = ask("Ends on")
    reason: str | None = ask("Why there is no end")


def test_a_check_across_questions_speaks_at_its_place() -> None:
    (finding,) = read(Stay, {"starts_on": "10 11 2026", "ends_on": "9 11 2026"}).findings
    assert (finding.message, finding.place) == ("The stay ends before it starts.", "ends_on")


def test_a_check_waits_until_its_answers_can_be_read() -> None:
    findings = read(Stay, {"starts_on": "soon", "ends_on": "9 11 2026"}).findings
    assert [finding.place for finding in findings] == ["starts_on"]


def test_a_check_may_look_at_what_is_not_answered() -> None:
    (finding,) = read(Stay, {"starts_on": "10 11 2026"}).findings
    assert (finding.message, finding.place) == ("Give the day it ends, or say why there is none.", None)
    assert not read(Stay, {"starts_on": "10 11 2026", "reason": "open"}).findings


def test_a_warning_lets_the_answers_through_and_is_kept() -> None:
    reading = read(Stay, {"starts_on": "1 11 2026", "ends_on": "30 11 2026"})
    assert not reading.refused
    assert reading.answers == Stay(starts_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
    assert [finding.severity for finding in reading.findings] == [Severity.warn]


def test_answers_made_in_code_are_checked_the_same_way() -> None:
    good = Stay(starts_on=date(2026, 11, 10), ends_on=date(2026, 11, 12))
    assert checked(good) == good
    with pytest.raises(Refused, match="The stay ends before it starts"):
        checked(Stay(starts_on=date(2026, 11, 10), ends_on=date(2026, 11, 9)))


def test_a_draft_may_leave_out_what_is_required_but_not_write_nonsense() -> None:
    assert load(Stay, {"reason": "open"}, draft=True).starts_on is None
    with pytest.raises(Refused):
        load(Stay, {"starts_on": "soon", "reason": "open"}, draft=True)


@group
class Trip:
    """A journey."""

    to: str = ask("Where to")
    driven: bool = ask("Did the mentor drive?")
    why: str | None = ask("Why", show_when=when("driven").is_(True), required=True)


@form("trips", version=1, title="Trips")
class Trips(Answers):
    """Journeys made."""

    trips: list[Trip] = ask("Journeys", one="journey", most=2)


def test_repeated_questions_are_read_round_by_round() -> None:
    raw = {
        "trips": [
            {"to": "the mill", "driven": "yes", "why": "no bus"},
            {"to": "home", "driven": "no", "why": "dropped"},
        ]
    }
    assert load(Trips, raw).trips == [Trip(to="the mill", driven=True, why="no bus"), Trip(to="home", driven=False)]


def test_what_is_wrong_in_a_round_names_the_round() -> None:
    raw = {"trips": [{"to": "the mill", "driven": "yes"}, {"to": "home", "driven": "perhaps", "by": "bus"}]}
    found = {finding.place: finding.message for finding in read(Trips, raw).findings}
    assert found == {
        "trips.0.why": "Journey 1, why: there is no answer.",
        "trips.1.driven": "Journey 2, did the mentor drive? “perhaps” is neither yes nor no.",
        "trips.1.by": "“trips.1.by” is not a question of Trips.",
    }


def test_too_many_rounds_are_refused() -> None:
    (finding,) = read(Trips, {"trips": [{"to": "a", "driven": False}] * 3}).findings
    assert str(finding) == "Journeys: there are 3 journeys. Give at most 2."


def test_scores_wait_for_their_measure_set() -> None:
    review = one(kinds.Scores())
    with pytest.raises(TypeError, match='"it" has no measures yet: put a measure set in with form.with_question'):
        load(review, {"it": {"confidence": 3}})
    ready = review.with_question("it", kind=SCORES)
    assert load(ready, {"it": {"confidence": 3, "total": 7}}).it["total"] == Score(7)
