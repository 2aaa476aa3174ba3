"""A draft taken over to another edition: what fits goes along, and what no longer fits is put aside with its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import ValidationError

from cmcore.forms import Form, Question, kinds, say
from cmcore.forms.saying import Titles, no_titles
from cmcore.forms.schema import field_for, is_blank

#: What was put aside: its place and label in the edition it was typed in, how it reads, and the value itself.
Aside = dict[str, Any]


def carried(
    old: Form, new: Form, values: Mapping[str, Any], aside: Sequence[Aside] = ()
) -> tuple[dict[str, Any], list[Aside]]:
    """What answers to one edition become in another: those that fit, and those put aside.

    What was put aside earlier comes back where the new edition asks it again and nothing else was typed there, so that
    no order of editions loses a word.
    """
    fitting, left = _over(old.questions, new.questions, values, "")
    for one in aside:
        question = _asked(new.questions, one["place"])
        if question is not None and question.key not in fitting and _fits(question, question, one["value"]):
            fitting[question.key] = one["value"]
        else:
            left.append(one)
    return fitting, left


def _asked(questions: Sequence[Question], key: str) -> Question | None:
    return next((one for one in questions if one.key == key and one.asks), None)


def _over(
    old: Sequence[Question], new: Sequence[Question], values: Mapping[str, Any], before: str
) -> tuple[dict[str, Any], list[Aside]]:
    fitting: dict[str, Any] = {}
    left: list[Aside] = []
    by_key = {one.key: one for one in old}
    for key, value in values.items():
        was, now = by_key.get(key), _asked(new, key)
        if is_blank(value) or was is None or was.calculate is not None:
            continue
        if now is not None and isinstance(was.kind, kinds.Repeated) and isinstance(now.kind, kinds.Repeated):
            rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
            fitting[key] = []
            for index, row in enumerate(rows):
                place = f"{before}{key}.{index}."
                inner, put_aside = _over(was.kind.questions, now.kind.questions, row, place)
                fitting[key].append(inner)
                left += put_aside
            continue
        if now is not None and _fits(was, now, value):
            fitting[key] = value
        else:
            left.append({"place": before + key, "label": was.label, "said": in_words(was, value), "value": value})
    return fitting, left


def _fits(was: Question, now: Question, value: Any) -> bool:
    """Whether a value can stand where it is asked now; what was unreadable before may stay so while the kind is one."""
    if was.kind == now.kind:
        return True
    if type(was.kind) is type(now.kind) and not _reads(was, value):
        return True
    return _reads(now, value)


def _reads(question: Question, value: Any) -> bool:
    try:
        field_for(question.kind, question).deserialize(value)
    except (ValidationError, TypeError, ValueError):
        return False
    return True


def in_words(question: Question, value: Any, titles: Titles = no_titles) -> str:
    """How an answer reads; what cannot be read is given as it was typed."""
    try:
        said = say(question.kind, field_for(question.kind, question).deserialize(value), titles)
    except (ValidationError, TypeError, ValueError):
        said = ""
    return said or _as_typed(value)


def _as_typed(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(text for one in value.values() if (text := _as_typed(one)))
    if isinstance(value, list):
        return ", ".join(text for one in value if (text := _as_typed(one)))
    return "" if value is None else str(value)
