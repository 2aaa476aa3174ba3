"""The rules as data: each with id, severity, thresholds, source and from-date, and what an authority changed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from cmcore.base.brought import brought
from cmcore.base.findings import Finding, Severity


@dataclass(frozen=True)
class Rule:
    """One rule: what it says, how much it weighs, its thresholds, where it comes from, from when it holds.

    A ``fixed`` rule keeps its severity and thresholds in every authority.
    """

    id: str
    statement: str
    severity: Severity
    source: str
    thresholds: Mapping[str, Any] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    fixed: bool = False
    from_on: date | None = None
    origin: str = "rules.toml"


class PolicyError(ValueError):
    """A change of policy that cannot be made: an unknown rule, an unknown threshold, or a fixed rule."""


class Policy(Mapping[str, Rule]):
    """The rules in force for one authority. ``policy["R-MEA-2"]`` is the rule as that authority keeps it."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        """Hold the rules by id."""
        self._rules = dict(rules)

    @classmethod
    def load(cls, *overrides: tuple[str, Mapping[str, Any]]) -> Policy:
        """The shipped rules, changed in turn by each (origin, changes) pair.

        ``changes`` maps a rule id to severity, from and thresholds. Refuses unknown rules and thresholds, a
        threshold of another type, and any change of a fixed rule, naming the origin. While a plugin that is installed
        could not start, changes of rules that may be its own are kept aside.
        """
        rules = known_rules()
        for origin, changes in overrides:
            for rule_id, change in changes.items():
                if brought("left_out") and not of_a_known_kind(rule_id, rules):
                    continue
                rules[rule_id] = _changed(rules, rule_id, change, origin)
        return cls(rules)

    def __getitem__(self, rule_id: str) -> Rule:
        """The rule with this id."""
        return self._rules[rule_id]

    def __iter__(self) -> Iterator[str]:
        """The ids of all rules."""
        return iter(self._rules)

    def __len__(self) -> int:
        """How many rules there are."""
        return len(self._rules)

    def threshold(self, rule_id: str, name: str) -> Any:
        """A rule's threshold in force, for example ``threshold("R-MEA-2", "days")``."""
        return self._rules[rule_id].thresholds[name]

    def applies(self, rule_id: str, on: date) -> bool:
        """Whether the rule holds on that day already."""
        from_on = self._rules[rule_id].from_on
        return from_on is None or from_on <= on

    def finding(self, rule_id: str, message: str, *, place: str | None = None, way_out: str = "") -> Finding:
        """A finding of this rule, with the severity in force."""
        return Finding(message, rule=rule_id, severity=self._rules[rule_id].severity, place=place, way_out=way_out)


@lru_cache(maxsize=1)
def shipped_rules() -> Mapping[str, Rule]:
    """The rules as the software ships them, from ``rules.toml``."""
    told = tomllib.loads(files("cmcore.base").joinpath("rules.toml").read_text("utf-8"))
    return MappingProxyType({rule_id: rule_from(rule_id, entry) for rule_id, entry in told.items()})


def known_rules() -> dict[str, Rule]:
    """The shipped rules and those that plugins brought."""
    return {**shipped_rules(), **{rule.id: rule for rule in brought("rules")}}


def of_a_known_kind(rule_id: str, rules: Iterable[str]) -> bool:
    """Whether there are rules of an id's kind, "R-MEA" for one: else they are a plugin's that is not in use."""
    kind = rule_id.rpartition("-")[0]
    return any(each.rpartition("-")[0] == kind for each in rules)


_KNOWN = {"statement", "severity", "source", "thresholds", "units", "fixed", "from"}


def rule_from(rule_id: str, entry: Mapping[str, Any], origin: str = "rules.toml") -> Rule:
    """A rule as a TOML file says it; refuses what is not part of a rule."""
    if strange := set(entry) - _KNOWN:
        raise PolicyError(f"{rule_id}: {', '.join(sorted(strange))} is not part of a rule.")
    return Rule(
        rule_id,
        entry["statement"],
        Severity(entry["severity"]),
        entry["source"],
        MappingProxyType(dict(entry.get("thresholds", {}))),
        MappingProxyType(dict(entry.get("units", {}))),
        bool(entry.get("fixed", False)),
        entry.get("from"),
        origin,
    )


def _changed(rules: Mapping[str, Rule], rule_id: str, change: Mapping[str, Any], origin: str) -> Rule:
    if rule_id not in rules:
        near = get_close_matches(rule_id, rules, n=1)
        way_out = f" Did you mean {near[0]}?" if near else ""
        if not of_a_known_kind(rule_id, rules):
            way_out += " If it is a plugin's, install the plugin, or take it out."
        raise PolicyError(f"{origin}: there is no rule {rule_id}.{way_out}")
    rule = rules[rule_id]
    if rule.fixed:
        raise PolicyError(f"{origin}: {rule_id} is fixed and cannot be changed: {rule.statement}")
    thresholds = dict(rule.thresholds)
    severity, from_on = rule.severity, rule.from_on
    for key, value in change.items():
        if key == "severity":
            try:
                severity = Severity(value)
            except ValueError:
                raise PolicyError(
                    f'{origin}: {rule_id}: severity is "block", "warn" or "inform", not "{value}".'
                ) from None
        elif key == "from":
            from_on = _day(value, f"{origin}: {rule_id}")
        elif key in thresholds:
            if (
                isinstance(value, bool)
                or not isinstance(value, type(thresholds[key]))
                or (isinstance(value, int) and value < 0)
            ):
                raise PolicyError(f"{origin}: {rule_id}: {key} takes a value like {thresholds[key]!r}, not {value!r}.")
            thresholds[key] = value
        else:
            known = ["severity", "from", *thresholds]
            near = get_close_matches(key, known, n=1)
            raise PolicyError(
                f"{origin}: {rule_id} has no {key}."
                + (f" Did you mean {near[0]}?" if near else f" It has {', '.join(known)}.")
            )
    return replace(rule, severity=severity, from_on=from_on, thresholds=MappingProxyType(thresholds), origin=origin)


def _day(value: Any, where: str) -> date:
    """A day as TOML writes it, or as JSON keeps it."""
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise PolicyError(f"{where}: from is a day, for example 2026-09-01.") from None
