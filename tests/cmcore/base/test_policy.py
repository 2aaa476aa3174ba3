"""Rules as data: what an authority may change, and what it is told when it may not."""

from __future__ import annotations

from datetime import date

import pytest

from cmcore.base.findings import Severity
from cmcore.base.policy import Policy, PolicyError, shipped_rules


def test_every_rule_says_what_it_is_and_where_it_comes_from() -> None:
    for rule in shipped_rules().values():
        assert rule.statement.endswith(".") and rule.source, rule.id
        assert set(rule.units) == set(rule.thresholds), f"{rule.id}: every threshold says its unit"


def test_an_authority_changes_a_threshold_and_a_severity() -> None:
    policy = Policy.load(("wrenshire.toml", {"R-MEA-3": {"days": 56, "severity": "inform", "from": "2026-09-01"}}))
    assert policy.threshold("R-MEA-3", "days") == 56 and policy["R-MEA-3"].origin == "wrenshire.toml"
    assert policy.finding("R-MEA-3", "Late.").severity is Severity.inform
    assert not policy.applies("R-MEA-3", date(2026, 8, 31)) and policy.applies("R-MEA-3", date(2026, 9, 1))


def test_a_later_change_goes_over_an_earlier_one() -> None:
    policy = Policy.load(("a", {"R-MEA-3": {"days": 56}}), ("b", {"R-MEA-3": {"days": 28}}))
    assert policy.threshold("R-MEA-3", "days") == 28 and Policy.load().threshold("R-MEA-3", "days") == 42


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"R-MEA-33": {}}, "Did you mean R-MEA-3?"),
        ({"R-MEA-3": {"day": 1}}, "Did you mean days?"),
        ({"R-MEA-3": {"days": "six"}}, "takes a value like 42"),
        ({"R-MEA-3": {"days": True}}, "takes a value like 42"),
        ({"R-MEA-3": {"days": -1}}, "takes a value like 42"),
        ({"R-MEA-3": {"severity": "shout"}}, '"block", "warn" or "inform"'),
        ({"R-MEA-3": {"from": "soon"}}, "from is a day"),
        ({"R-MEA-1": {"severity": "warn"}}, "fixed and cannot be changed"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_with_the_way_out(
    changes: dict[str, dict[str, object]], words: str
) -> None:
    with pytest.raises(PolicyError, match="wrenshire.toml") as said:
        Policy.load(("wrenshire.toml", changes))
    assert words in str(said.value)
