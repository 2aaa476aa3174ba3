"""A whole form is read: what is hidden, worked out, hangs together, is repeated, or is only begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from cmcore.base.findings import Finding, Refused, Severity
from cmcore.forms import Answers, ask, calculated, check, checked, dump, form, group, load, note, read, when
from tests.cmcore.forms.at_random import Outcome


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
