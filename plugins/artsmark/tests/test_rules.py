"""The rules of a journey, each as it refuses or warns and as it lets through, over plain values."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.api import Counted, Policy, Severity
from cmcore.testing import plugged
from cmcore_artsmark import rules
from cmcore_artsmark.words import Criterion

TODAY = date(2026, 11, 10)


@pytest.fixture
def policy() -> Policy:
    """The rules as they are shipped."""
    import cmcore_artsmark

    with plugged(cmcore_artsmark):
        return Policy.load()


def test_only_achieved_commitments_are_claimed(policy: Policy) -> None:
    refused = rules.achieved_only(["An event", "An event", "A council"], policy)
    assert [(one.rule, one.severity, one.message) for one in refused] == [
        ("R-AM-1", Severity.block, "“An event” is claimed and is not achieved."),
        ("R-AM-1", Severity.block, "“A council” is claimed and is not achieved."),
    ]
    assert rules.achieved_only([], policy) == [] == rules.some_achieved(1, policy)
    assert rules.some_achieved(0, policy)[0].blocks


@pytest.mark.parametrize(
    ("due_on", "sent_on", "said"),
    [
        (date(2027, 5, 11), None, []),
        (date(2027, 5, 10), None, ["The Statement of Impact is due on 10 May 2027."]),
        (date(2026, 11, 9), None, ["The Statement of Impact was due on 9 November 2026."]),
        (date(2026, 11, 9), date(2026, 11, 8), []),
        (None, None, []),
    ],
)
def test_a_statement_of_impact_is_raised_six_months_before(
    due_on: date | None, sent_on: date | None, said: list[str], policy: Policy
) -> None:
    found = rules.impact_in_time(due_on, sent_on, TODAY, policy)
    assert [one.message for one in found] == said
    assert not [one for one in found if one.blocks or one.rule != "R-AM-2"]


@pytest.mark.parametrize(
    ("due_on", "refused"),
    [(TODAY, True), (date(2026, 11, 11), False), (date(2028, 11, 10), False), (date(2028, 11, 11), True)],
)
def test_a_statement_of_impact_is_due_within_two_years(due_on: date, refused: bool, policy: Policy) -> None:
    found = rules.due_within(TODAY, due_on, policy)
    assert bool(found) is refused and all(one.rule == "R-AM-3" and one.blocks for one in found)


def test_an_award_holds_two_years_and_its_renewal_is_raised_six_months_before(policy: Policy) -> None:
    until = rules.award_until(date(2026, 3, 1), policy)
    assert until == date(2028, 2, 29)
    assert rules.award_in_force(until, False, date(2027, 8, 28), policy) == []
    assert rules.award_in_force(until, False, date(2027, 8, 29), policy)[0].rule == "R-AM-4"
    assert rules.award_in_force(until, True, date(2027, 8, 29), policy) == []
    assert "ran out" in rules.award_in_force(until, False, date(2028, 3, 1), policy)[0].message


def test_a_number_that_counts_otherwise_is_pointed_out(policy: Policy) -> None:
    assert rules.counts_the_same(Counted(7, 9), Counted(7, 9), "Visits", policy) == []
    found = rules.counts_the_same(Counted(7, 9), Counted(8, 9), "Visits", policy)
    assert [one.message for one in found] == ["Visits: 7 of 9 when it was written down, 8 of 9 now."]
    assert found[0].rule == "R-AM-5" and not found[0].blocks


def test_what_is_past_its_day_is_pointed_out(policy: Policy) -> None:
    assert rules.in_time("“A council”", TODAY, TODAY, policy) == []
    assert rules.in_time("“A council”", date(2026, 11, 9), TODAY, policy)[0].rule == "R-AM-6"


def test_a_quote_needs_permission_of_a_day_that_has_been(policy: Policy) -> None:
    assert rules.is_permitted(TODAY, TODAY, policy) == []
    for on in (None, date(2026, 11, 11)):
        found = rules.is_permitted(on, TODAY, policy)
        assert found[0].rule == "R-AM-7" and found[0].blocks


def test_an_achieved_commitment_without_evidence_is_pointed_out(policy: Policy) -> None:
    assert rules.has_evidence(1, "A council", policy) == []
    found = rules.has_evidence(0, "A council", policy)
    assert found[0].rule == "R-AM-8" and not found[0].blocks


def test_every_criterion_is_judged_before_the_self_assessment_is_done() -> None:
    assert rules.all_judged([one.value for one in Criterion]) == []
    missing = [one.value for one in Criterion if one not in (Criterion.offer, Criterion.leadership)]
    assert rules.all_judged(missing)[0].message == "Leadership and Range of offer: not judged yet."


@pytest.mark.parametrize(
    ("on", "months", "there"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 24, date(2030, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_are_counted_to_the_last_day_of_a_shorter_one(on: date, months: int, there: date) -> None:
    assert rules.months_after(on, months) == there
