"""Expressions of workbook forms: read from text, kept as data, said in words, evaluated over answers only."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from cmcore.forms.expressions import Answer, Scope, Unusable, as_data, evaluate, from_data, parse
from cmcore.forms.expressions.saying import say
from cmcore.forms.expressions.values import as_text

ANSWERS: dict[str, Any] = {
    "n": 3,
    "half": "2.50",
    "name": "Juno Tansyhurst",
    "empty": None,
    "born": "2010-02-28",
    "at": "2026-07-01T11:30+00:00",
    "time": "09:05",
    "joint": True,
    "why": ["a", "b"],
    "none": [],
    "trips": [{"cost": 3, "place": "home"}, {"cost": 4, "place": None}, {"cost": None, "place": "zoo"}],
}
LABELS = {"n": "How many?", "why": "Why?", "name": "Name", "born": "Born on"}


def meant(name: str) -> Answer:
    return Answer(name.partition("/")[2], name.partition("/")[0]) if "/" in name else Answer(name)


def worth(text: str, **more: Any) -> str:
    return as_text(evaluate(parse(text, meant), Scope(ANSWERS | more)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 mod 3", "1"),
        ("-7 mod 3", "-1"),
        ("10 div 4", "2.5"),
        ("1 div 0", ""),
        ("0.1 + 0.2 = 0.3", "true"),
        ("--2", "2"),
        ("${n}-1", "2"),
        ("${n} - -1", "4"),
        (".5 + 1.", "1.5"),
        ("'a' = 'a' and 1 < 2 or false()", "true"),
        ("1 < 2 = true()", "true"),
        ("${empty} = ''", "true"),
        ("${empty} < 5", "false"),
        ("${empty} + 1", ""),
        ("${empty} != 'yes'", "true"),
        ("${n} = '3'", "true"),
        ("${half} > 2.4 and ${half} < 2.6", "true"),
        ("${joint} = 'true'", "true"),
        ("not(${joint})", "false"),
        ("selected(${why}, 'b')", "true"),
        ("selected (${why}, 'c')", "false"),
        ("selected('a bc', 'b')", "false"),
        ("count-selected(${why})", "2"),
        ("count-selected(${none})", "0"),
        ("selected-at(${why}, 1)", "b"),
        ("selected-at(${why}, 9)", ""),
        ("${why} = 'a b'", "true"),
        ("if(${n} > 2, 'many', 'few')", "many"),
        ("coalesce(${empty}, 'nobody')", "nobody"),
        ("coalesce(${name}, 'nobody')", "Juno Tansyhurst"),
        ("concat('x', ${n}, ${empty}, '!')", "x3!"),
        ("string-length(${name})", "15"),
        ("substr(${name}, 0, 4)", "Juno"),
        ("substring-before(${name}, ' ')", "Juno"),
        ("substring-after(${name}, ' ')", "Tansyhurst"),
        ("translate('a-b-c', '-', '')", "abc"),
        ("normalize-space('  a   b ')", "a b"),
        ("starts-with(${name}, 'Juno') and contains(${name}, 'Tan') and ends-with(${name}, 'st')", "true"),
        ("regex('AB12', '[A-Z]{2}[0-9]+')", "true"),
        ("regex('xAB12', '[A-Z]{2}[0-9]+')", "false"),
        ("int(3.9)", "3"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-2"),
        ("round(2.345, 2)", "2.35"),
        ("floor(2.9) + ceiling(2.1)", "5"),
        ("pow(2, 10)", "1024"),
        ("abs(-2)", "2"),
        ("sqrt(16)", "4"),
        ("number('12 apples')", ""),
        ("sum(${trips/cost})", "7"),
        ("max(${trips/cost})", "4"),
        ("min(${trips/cost}, 2)", "2"),
        ("count(${trips})", "3"),
        ("count(${none})", "0"),
        ("count-non-empty(${trips/place})", "2"),
        ("join(', ', ${trips/place})", "home, zoo"),
        ("${trips/cost} > 3", "true"),
        ("checklist(1, 2, ${n} > 2, ${n} > 5)", "true"),
        ("once('x')", "x"),
        ("boolean-from-string('1')", "true"),
        ("date('2026-11-10') - date('2026-11-01')", "9"),
        ("date(${born} + 1)", "2010-03-01"),
        ("date('2024-02-29') + 1", "19783"),
        ("${born} < '2010-03-01'", "true"),
        ("${time} < '09:30'", "true"),
        ("format-date(${born}, '%e %B %Y')", "28 February 2010"),
        ("format-date-time(${at}, '%H:%M')", "12:30"),
        ("decimal-date-time('1970-01-02')", "1"),
        ("decimal-time('1970-01-02T12:00')", "0.5"),
        ("date('the day after')", ""),
        ("format-date('', '%Y')", ""),
        ("“curly” = 'curly'", "true"),
    ],
)
def test_an_expression_is_worth_what_xlsform_says(text: str, expected: str) -> None:
    assert worth(text) == expected


@time_machine.travel(datetime(2026, 3, 29, 0, 30), tick=False)
def test_today_and_now_are_those_of_englands_wall_clock() -> None:
    assert worth("today()") == "2026-03-29" and worth("now()") == "2026-03-29T00:30"
    assert worth("int((today() - ${born}) div 365.25)") == "16"


@pytest.mark.parametrize(
    "text",
    [
        *("", "1 +", "(1", "1)", "'open", "${", "a", "/data/n", "../n", "${n}[1]", "nowhere(1)", "if(1, 2)", "1 2"),
        *("selected(${why})", "pulldata('a', 'b')", "${n} = = 3", "€", "jr:choice-name(1, 'x')", "regex('a', '(a')"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Unusable) as trouble:
        parse(text, meant)
    assert str(trouble.value)[-1] in ".)0123456789" or len(str(trouble.value).split()) > 3


@pytest.mark.parametrize(
    "text", ["(" * 5_000 + "1", "not(" * 60 + "1" + ")" * 60, "1" + "+1" * 900, "1" * 5_000, "-" * 3_900 + "1"]
)
def test_an_expression_that_would_take_too_much_is_refused_or_read_at_once(text: str) -> None:
    try:
        assert worth(text) in ("1", "")
    except Unusable as trouble:
        assert str(trouble)


def test_texts_and_numbers_do_not_grow_without_end() -> None:
    doubled, grown = "x" * 9_000, "1" * 25
    for _ in range(40):
        doubled, grown = worth("concat(${a}, ${a})", a=doubled), worth("${a} * ${a}", a=Decimal(grown or 0))
    assert len(doubled) <= 10_000 and len(grown) <= 20_000


def test_a_round_looks_at_itself_and_at_what_is_around_it() -> None:
    around = Scope({"most": 5})
    inner = Scope({"cost": 4}, around, 2)
    less = parse("${cost} < ${most} and position(..) = 2", lambda name: Answer(name, up=1 if name == "most" else 0))
    assert evaluate(less, inner) is True
    assert evaluate(less, Scope({"cost": 4})) is False


@pytest.mark.parametrize(
    "text", ["${n} > 2", "-${n} * 2.5", "selected(., 'a')", "concat('é', ${trips/cost})", "today()"]
)
def test_it_is_kept_as_json_and_comes_back_the_same(text: str) -> None:
    made = parse(text, meant)
    assert from_data(json.loads(json.dumps(as_data(made)))) == made


@pytest.mark.parametrize(
    "kept", [[], ["call"], ["joined", "**", ["this"], ["this"]], ["number", "x"], "text", ["eval", "1"]]
)
def test_what_is_no_expression_does_not_come_back(kept: Any) -> None:
    with pytest.raises(Unusable):
        from_data(kept)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("${n} >= 5", "the answer to “How many?” is 5 or more"),
        ("5 > ${n}", "the answer to “How many?” is less than 5"),
        ("not(${n} = 5)", "the answer to “How many?” is not 5"),
        ("${name} = ''", "“Name” is not answered"),
        ("${name} != ''", "“Name” is answered"),
        ("selected(${why}, 'a')", "the answers to “Why?” include “Because”"),
        ("not(selected(${why}, 'a')) and ${n} > 1", "the answers to “Why?” do not include “Because” and the answer to"
         " “How many?” is more than 1"),
        ("${n} > 1 and (${n} = 2 or ${n} = 3)", "the answer to “How many?” is more than 1 and either the answer to"
         " “How many?” is 2 or the answer to “How many?” is 3"),
        (". <= today()", "this answer is today or before"),
        ("string-length(.) < 5", "the number of characters of this answer is less than 5"),
        ("${n} * 2 + 1 > 4", "(the answer to “How many?” times 2) plus 1 is more than 4"),
        ("regex(., '[0-9]+')", "this answer is written like “[0-9]+”"),
    ],
)  # fmt: skip
def test_it_is_said_in_words(text: str, words: str) -> None:
    def said(key: str, value: str) -> str:
        return "“Because”" if (key, value) == ("why", "a") else value

    assert say(parse(text, meant), LABELS.__getitem__, said) == words
