"""Functions of an expression that are about text."""

from __future__ import annotations

from decimal import Decimal

from cmcore.forms.expressions.patterns import pattern
from cmcore.forms.expressions.table import each, function, index
from cmcore.forms.expressions.tree import Unusable
from cmcore.forms.expressions.values import LONGEST, Value, as_number, as_text


@function("string", 1, 1, "text", "{0}")
def _string(value: Value) -> Value:
    return as_text(value)


@function("concat", 1, None, "text", "{all}, joined together")
def _concat(*given: Value) -> Value:
    return "".join(as_text(one) for one in each(given))[:LONGEST]


@function("join", 2, None, "text", "{rest}, with {0} between them")
def _join(between: Value, *given: Value) -> Value:
    return as_text(between)[:LONGEST].join(as_text(one) for one in each(given))[:LONGEST]


@function("string-length", 1, 1, "whole", "the number of characters of {0}")
def _string_length(value: Value) -> Value:
    return Decimal(len(as_text(value)))


@function("substr", 2, 3, "text", "a part of {0}")
def _substr(value: Value, first: Value, after: Value = "") -> Value:
    text, start, end = as_text(value), as_number(first), as_number(after)
    if not start.is_finite():
        return ""
    return text[index(start) : index(end) if end.is_finite() else None]


@function("substring-before", 2, 2, "text", "{0} up to {1}")
def _substring_before(value: Value, mark: Value) -> Value:
    before, found, _ = as_text(value).partition(as_text(mark)) if as_text(mark) else ("", "", "")
    return before if found else ""


@function("substring-after", 2, 2, "text", "{0} after {1}")
def _substring_after(value: Value, mark: Value) -> Value:
    return as_text(value).partition(as_text(mark))[2] if as_text(mark) else as_text(value)


@function("contains", 2, 2, "truth", "{0} contains {1}")
def _contains(value: Value, part: Value) -> Value:
    return as_text(part) in as_text(value)


@function("starts-with", 2, 2, "truth", "{0} begins with {1}")
def _starts_with(value: Value, part: Value) -> Value:
    return as_text(value).startswith(as_text(part))


@function("ends-with", 2, 2, "truth", "{0} ends with {1}")
def _ends_with(value: Value, part: Value) -> Value:
    return as_text(value).endswith(as_text(part))


@function("translate", 3, 3, "text", "{0}, with {1} written as {2}")
def _translate(value: Value, old: Value, new: Value) -> Value:
    signs, instead = as_text(old), as_text(new)
    table = {sign: instead[signs.index(sign)] if signs.index(sign) < len(instead) else "" for sign in signs}
    return "".join(table.get(sign, sign) for sign in as_text(value))


@function("normalize-space", 1, 1, "text", "{0}")
def _normalize_space(value: Value) -> Value:
    return " ".join(as_text(value).split())


@function("lower-case", 1, 1, "text", "{0} in small letters")
def _lower_case(value: Value) -> Value:
    return as_text(value).lower()[:LONGEST]


@function("upper-case", 1, 1, "text", "{0} in capital letters")
def _upper_case(value: Value) -> Value:
    return as_text(value).upper()[:LONGEST]


@function("regex", 2, 2, "truth", "{0} is written like {1}")
def _regex(value: Value, written: Value) -> Value:
    try:
        return pattern(as_text(written)).fits(as_text(value))
    except Unusable:
        return False
