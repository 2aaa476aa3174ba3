"""Checks across questions that many forms need, ready to be named in ``@form(checks=[...])``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cmcore.base.clock import day
from cmcore.base.findings import Finding
from cmcore.forms.questions import Check


def days_in_order(first: str = "starts_on", last: str = "ends_on", what: str = "The last day") -> Check:
    """The day answered to ``last`` is not before the one answered to ``first``; ``what`` begins the sentence."""

    def run(starts_on: date, ends_on: date) -> Iterable[Finding]:
        if ends_on < starts_on:
            said = f"{what}, {day(ends_on)}, is before the first, {day(starts_on)}."
            yield Finding(said, place=last, way_out="Change one of the two.")

    return Check((first, last), run)


def numbers_in_order(least: str, most: str, said: str) -> Check:
    """The number answered to ``most`` is not below the one answered to ``least``; ``said`` is the whole sentence."""

    def run(low: int, high: int) -> Iterable[Finding]:
        if high < low:
            yield Finding(said, place=most, way_out="Change one of the two.")

    return Check((least, most), run)
