"""Answers as what stands in their cells, by kind. An answer that cannot be read (of a draft) is written as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import singledispatch
from typing import Any

from marshmallow import ValidationError

from cmcore.base.clock import local
from cmcore.exchange.workbook.spots import CHOSEN, NOT_SCORED, Setting, option_words, record_words
from cmcore.forms import Question, kinds, say
from cmcore.forms.days import happens_twice
from cmcore.forms.schema import field_for, is_blank

#: What can stand in a cell.
Cellable = str | int | float | Decimal | dt.date | dt.datetime | dt.time
Filled = dict[str, Cellable]

#: Before this day Excel's calendar is not everybody's: it has a 29 February 1900.
_CALENDAR_BEGINS = dt.date(1900, 3, 1)
#: The most figures Excel keeps of a number.
_FIGURES = 15


def filled(question: Question, raw: Any, setting: Setting) -> Filled:
    """What stands in the cells of a question, by their names; nothing where there is no answer."""
    if is_blank(raw):
        return {}
    if question.calculate is not None:
        # Nobody types it: it stands there in words, one cell for whatever kind it is.
        worked_out = _typed(question, raw)
        return {} if worked_out is None else {"": say(question.kind, worked_out)}
    return fill(question.kind, question, raw, setting)


@singledispatch
def fill(kind: kinds.Kind, question: Question, raw: Any, setting: Setting) -> Filled:
    """What stands in the cells of a question of this kind; ``raw`` is what ``dump`` wrote, or what was typed."""
    raise TypeError(f"Answers of kind {type(kind).__name__} cannot be written into cells yet.")


def _typed(question: Question, raw: Any) -> Any:
    """The typed answer; None for what cannot be read."""
    try:
        return field_for(question.kind, question).deserialize(raw)
    except ValidationError:
        return None


def _as_typed(raw: Any) -> str:
    """What was typed, where it is no answer: the boxes of a day side by side."""
    if isinstance(raw, Mapping):
        return " ".join(str(part) for part in raw.values() if part not in (None, ""))
    if isinstance(raw, list | tuple):
        return ", ".join(str(part) for part in raw)
    return str(raw)


@fill.register(kinds.ShortText)
@fill.register(kinds.LongText)
def _(kind: kinds.Kind, question: Question, raw: Any, setting: Setting) -> Filled:
    return {"": str(raw)}


@fill.register(kinds.WholeNumber)
@fill.register(kinds.Scale)
def _(kind: kinds.Kind, question: Question, raw: Any, setting: Setting) -> Filled:
    number = _typed(question, raw)
    return {"": _as_typed(raw) if number is None else number}


@fill.register
def _(kind: kinds.DecimalNumber, question: Question, raw: Any, setting: Setting) -> Filled:
    number = _typed(question, raw)
    if number is None:
        return {"": _as_typed(raw)}
    # Excel would round what is longer: it stays whole as text, and is read back from it.
    return {"": number if len(number.as_tuple().digits) <= _FIGURES else str(number)}


@fill.register
def _(kind: kinds.Money, question: Question, raw: Any, setting: Setting) -> Filled:
    pence = _typed(question, raw)
    return {"": _as_typed(raw) if pence is None else Decimal(pence) / 100}


@fill.register
def _(kind: kinds.Day, question: Question, raw: Any, setting: Setting) -> Filled:
    on = _typed(question, raw)
    if on is None:
        return {"": _as_typed(raw)}
    return {"": on if on >= _CALENDAR_BEGINS else f"{on:%d/%m}/{on.year}"}


@fill.register
def _(kind: kinds.Time, question: Question, raw: Any, setting: Setting) -> Filled:
    at = _typed(question, raw)
    return {"": _as_typed(raw) if at is None else at}


@fill.register
def _(kind: kinds.Moment, question: Question, raw: Any, setting: Setting) -> Filled:
    instant = _typed(question, raw)
    if instant is None:
        return {"": _as_typed(raw)}
    shown = local(instant)
    told = f"{shown:%d/%m}/{shown.year} {shown:%H:%M}"
    if happens_twice(shown.date(), shown.time().replace(fold=0)):
        return {"": f"{told} {'second' if shown.fold else 'first'}"}
    return {"": shown.replace(tzinfo=None, fold=0) if shown.date() >= _CALENDAR_BEGINS else told}


@fill.register
def _(kind: kinds.YesNo, question: Question, raw: Any, setting: Setting) -> Filled:
    answer = _typed(question, raw)
    return {"": _as_typed(raw) if answer is None else kind.yes if answer else kind.no}


@fill.register
def _(kind: kinds.Choice, question: Question, raw: Any, setting: Setting) -> Filled:
    key = _key(raw)
    return {"": option_words(kind.options).get(key, key)}


@fill.register
def _(kind: kinds.Choices, question: Question, raw: Any, setting: Setting) -> Filled:
    chosen = {_key(one) for one in (raw if isinstance(raw, list | tuple | set | frozenset) else [raw])}
    return {one.key: CHOSEN for one in kind.options if one.key in chosen}


def _key(raw: Any) -> str:
    return str(getattr(raw, "value", raw)).strip()


@fill.register
def _(kind: kinds.Scores, question: Question, raw: Any, setting: Setting) -> Filled:
    made: Filled = {}
    for one in kind.measures:
        score = raw.get(one.key) if isinstance(raw, Mapping) else None
        if not isinstance(score, Mapping):
            score = {"value": score}
        why_not, note = (str(score.get(part) or "") for part in ("why_not", "note"))
        value = score.get("value")
        if value == "none" or (value in (None, "") and why_not):
            value = NOT_SCORED
        if isinstance(value, str) and value.strip().isdigit():
            value = int(value)
        parts = {one.key: value, f"{one.key}.why_not": why_not, f"{one.key}.note": note}
        made |= {name: part for name, part in parts.items() if isinstance(part, str | int) and part != ""}
    return made


@fill.register
def _(kind: kinds.Pick, question: Question, raw: Any, setting: Setting) -> Filled:
    return {"": _record(kind.of, raw.get("id") or raw.get("search") if isinstance(raw, Mapping) else raw, setting)}


@fill.register
def _(kind: kinds.PickMany, question: Question, raw: Any, setting: Setting) -> Filled:
    return {str(row): _record(kind.of, one, setting) for row, one in enumerate(several(raw))}


def several(raw: Any) -> Sequence[Any]:
    """The several records of an answer, as they were given: a list, one alone, or what a page sends."""
    given = raw.get("id") if isinstance(raw, Mapping) else raw
    return [one for one in (given if isinstance(given, list | tuple) else [given]) if one not in (None, "")]


def _record(of: str, given: Any, setting: Setting) -> str:
    told = str(given).strip()
    if not (told.isascii() and told.isdigit()):
        return told
    number = int(told)
    title = dict(setting.records(of)).get(number) or setting.titles(of, number)
    return record_words(number, title or "")


@fill.register
def _(kind: kinds.File, question: Question, raw: Any, setting: Setting) -> Filled:
    return {"": str(raw.get("name", "")) if isinstance(raw, Mapping) else str(getattr(raw, "name", ""))}


@fill.register
def _(kind: kinds.Repeated, question: Question, raw: Any, setting: Setting) -> Filled:
    raise TypeError("A repeated group is written round by round, on a sheet of its own.")


@fill.register
def _(kind: kinds.Note, question: Question, raw: Any, setting: Setting) -> Filled:
    return {}
