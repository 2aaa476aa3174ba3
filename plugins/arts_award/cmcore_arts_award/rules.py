"""What an award asks, over plain values: R-AA-1 to R-AA-4."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from cmcore.api import Finding, Level, Part, Policy, Severity, count, day, in_words
from cmcore_arts_award.words import Mark


def of_age(level: Level, age: int, policy: Policy, place: str | None = None) -> list[Finding]:
    """R-AA-1: whoever works towards a level is of the age it is open to. Source: DOMAIN §9."""
    if level.age_from <= age <= level.age_to:
        return []
    ages = f"{level.age_from} to {level.age_to}" if level.age_from else f"up to {level.age_to}"
    said = f"{level.title} is for young people aged {ages}, and they are {age} then."
    return [policy.finding("R-AA-1", said, place=place, way_out="Choose another level, or look at the day.")]


def trained_on(
    name: str, trainings: Iterable[tuple[Iterable[str], date, date | None]], code: str, on: date
) -> str | None:
    """Why somebody is not trained for a level on a day, in a sentence; nothing where they are.

    ``trainings`` are the levels of each, the day it was on and the last day it holds.
    """
    mine = [(since, until) for levels, since, until in trainings if code in levels]
    if any(since <= on and (until is None or on <= until) for since, until in mine):
        return None
    if not mine:
        return f"{name} is not trained for this level."
    ended = [until for _, until in mine if until is not None and until < on]
    if ended:
        return f"{name}’s training for this level ran out on {day(max(ended))}."
    return f"{name} was trained for this level on {day(min(since for since, _ in mine))} only, after {day(on)}."


def by_a_trained_adviser(untrained: str | None, policy: Policy, place: str | None = None) -> list[Finding]:
    """R-AA-2: what :func:`trained_on` says, as a finding. Source: DOMAIN §9."""
    if untrained is None:
        return []
    way_out = "Choose another adviser, or write down their training."
    return [policy.finding("R-AA-2", untrained, place=place, way_out=way_out)]


def every_part_passed(marks: Iterable[tuple[str, str]], policy: Policy) -> list[Finding]:
    """R-AA-3: nobody is assessed or entered before every part is passed. ``marks``: a part in words, and its mark."""
    lacking = [words for words, mark in marks if mark != Mark.passed]
    if not lacking:
        return []
    said = f"{in_words(lacking)} {'is' if len(lacking) == 1 else 'are'} not passed yet."
    return [policy.finding("R-AA-3", said, way_out="Mark every part first.")]


def sample_in_time(due_on: date | None, sent_on: date | None, today: date) -> list[Finding]:
    """R-AA-3: a sample is sent by its day. Warns when it was sent late, or is late today. Source: DOMAIN §9."""
    if due_on is None:
        return []
    if sent_on is not None and sent_on > due_on:
        return [_late(f"The sample was sent on {day(sent_on)}, and was due by {day(due_on)}.", "")]
    if sent_on is None and today > due_on:
        over = count((today - due_on).days, "day")
        return [_late(f"The sample was due by {day(due_on)}: {over} ago.", "Send it today; tell the awarding body.")]
    return []


def certificates_in_time(expected_on: date | None, today: date) -> list[Finding]:
    """R-AA-3: certificates are there in the weeks the awarding body says. Warns afterwards. Source: DOMAIN §9."""
    if expected_on is None or today <= expected_on:
        return []
    said = f"The certificates were to be expected by {day(expected_on)}."
    return [_late(said, "Ask the awarding body, or write down the results.")]


def shows_what_is_asked(part: Part, shown: Iterable[str], policy: Policy) -> list[Finding]:
    """R-AA-4: the evidence of a part shows each thing it asks for. Source: DOMAIN §9 (Explore B)."""
    had = set(shown)
    lacking = [need.words for need in part.needs if need.key not in had]
    if not lacking:
        return []
    said = f"The evidence of {part.words} does not show {in_words(lacking, 'or')} yet."
    return [policy.finding("R-AA-4", said, way_out="Add what shows it, or say of what is there that it does.")]


def not_used_twice(part: Part, level: Level, used: Mapping[str, Iterable[str]], policy: Policy) -> list[Finding]:
    """R-AA-4: evidence serves one part where the award forbids more. ``used``: evidence in words, and its parts' keys.

    The parts are those other than this one. Source: DOMAIN §9.
    """
    found = []
    for words, keys in used.items():
        others = [other for key in keys if (other := level.part(key)) is not None and other.key != part.key]
        forbidding = [other for other in others if part.not_reused or other.not_reused]
        if forbidding:
            said = f"“{words}” is evidence of {in_words([one.words for one in forbidding])} already."
            way_out = "Pick something else for one of them: the award wants different evidence for each."
            found.append(policy.finding("R-AA-4", said, way_out=way_out))
    return found


def _late(said: str, way_out: str) -> Finding:
    return Finding(said, rule="R-AA-3", severity=Severity.warn, way_out=way_out)
