"""The functions an expression may call: XLSForm's own names, as plain functions of values that never fail.

What cannot be worked out is an empty text, or "not a number". Left out on purpose: what reads files (``pulldata``,
``instance``), what measures places, and ``random`` and ``uuid``, which would give another answer each time.
"""

from __future__ import annotations

from decimal import Decimal

from cmcore.forms.expressions import day_functions, number_functions, text_functions
from cmcore.forms.expressions.table import FUNCTIONS, Function, Outcome, each, function
from cmcore.forms.expressions.values import Several, Value, as_number, as_text, as_truth

__all__ = ["FUNCTIONS", "Function", "Outcome", "day_functions", "number_functions", "text_functions"]


def _chosen(value: Value) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, Several) else tuple(as_text(value).split())


# ---- choices
@function("selected", 2, 2, "truth", "{0} include {1}")
def _selected(among: Value, wanted: Value) -> Value:
    return as_text(wanted).strip() in _chosen(among)


@function("selected-at", 2, 2, "text", "number {1} (from 0) of {0}")
def _selected_at(among: Value, number: Value) -> Value:
    several, at = _chosen(among), as_number(number)
    return several[int(at)] if at.is_finite() and 0 <= at < len(several) else ""


@function("count-selected", 1, 1, "whole", "how many are chosen in {0}")
def _count_selected(among: Value) -> Value:
    return Decimal(len(_chosen(among)))


# ---- yes and no
@function("not", 1, 1, "truth", "it is not so that {0}")
def _not(value: Value) -> Value:
    return not as_truth(value)


@function("true", 0, 0, "truth", "yes")
def _true() -> Value:
    return True


@function("false", 0, 0, "truth", "no")
def _false() -> Value:
    return False


@function("boolean", 1, 1, "truth", "{0}")
def _boolean(value: Value) -> Value:
    return as_truth(value)


@function("boolean-from-string", 1, 1, "truth", "{0}")
def _boolean_from_string(value: Value) -> Value:
    return as_text(value).lower() in ("true", "1")


@function("if", 3, 3, "same", "{1} if {0}, otherwise {2}")
def _if(so: Value, then: Value, otherwise: Value) -> Value:
    return then if as_truth(so) else otherwise


@function("coalesce", 2, None, "same", "the first answer among {all}")
def _coalesce(*given: Value) -> Value:
    return next((one for one in given if as_text(one) != ""), "")


@function("once", 1, 1, "same", "{0}")
def _once(value: Value) -> Value:
    return value


@function("checklist", 3, None, "truth", "from {0} to {1} of these are so: {rest}")
def _checklist(least: Value, most: Value, *given: Value) -> Value:
    many = sum(1 for one in each(given) if as_truth(one))
    low, high = as_number(least), as_number(most)
    return (low.is_nan() or low < 0 or many >= low) and (high.is_nan() or high < 0 or many <= high)
