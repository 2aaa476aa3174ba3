"""Two people changed one record: what each of them made of it, line by line, and what the second one settles on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from cmcore.forms import Form, Question, say
from cmcore.forms.schema import field_for, is_blank
from console.posted import Posted

Titles = Callable[[str, int], str | None]


@dataclass(frozen=True)
class Line:
    """A question two versions differ in: the words of both, what it was before, and whether yours is chosen first."""

    key: str
    label: str
    stored: str
    yours: str
    was: str | None
    mine: bool


def lines(
    form: Form, stored: Mapping[str, Any], yours: Mapping[str, Any], was: Mapping[str, Any] | None, titles: Titles
) -> list[Line]:
    """The questions stored and yours differ in.

    Yours is chosen to begin with where you changed it. Where only the other person did, theirs is: to keep what you
    never touched would undo what they did.
    """
    found = []
    for question in form.questions:
        if not question.asks or _same(stored.get(question.key), yours.get(question.key)):
            continue
        untouched = was is not None and _same(was.get(question.key), yours.get(question.key))
        words = [_words(question, one, titles) for one in (stored.get(question.key), yours.get(question.key))]
        before = _words(question, was.get(question.key), titles) if was is not None else None
        found.append(Line(question.key, question.label, words[0], words[1], before, not untouched))
    return found


def settled(form: Form, yours: Mapping[str, Any], theirs: Mapping[str, Any], posted: Posted) -> dict[str, Any]:
    """The answers after each line was chosen; a line nobody chose stays yours."""
    asked = {question.key for question in form.questions if question.asks}
    chosen = {key: theirs[key] for key in theirs if posted.get(f"cm-keep.{key}") == "theirs"}
    return {key: value for key, value in {**yours, **chosen}.items() if key in asked and value is not None}


def _same(one: Any, other: Any) -> bool:
    return (one in (None, "", [], {}) and other in (None, "", [], {})) or one == other


def normal(form: Form, raw: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed as it would be kept, where it can be read; what cannot stays as it was typed."""
    made = {}
    for question in form.questions:
        if question.asks and not is_blank(given := raw.get(question.key)):
            field = field_for(question.kind, question)
            try:
                made[question.key] = field.write(field.deserialize(given))
            except (ValidationError, TypeError):
                made[question.key] = given
    return made


def _words(question: Question, value: Any, titles: Titles) -> str:
    if value in (None, "", [], {}):
        return "nothing"
    try:
        read = field_for(question.kind, question).deserialize(value)
    except ValidationError:
        return _typed(value) or "nothing"
    return say(question.kind, read, titles) or "nothing"


def _typed(value: Any) -> str:
    """What cannot be read, as it was typed."""
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else None
    return str(value) if inside is None else " ".join(_typed(one) for one in inside if one not in (None, "", [], {}))
