"""What was typed into a form, as it is kept while it is a draft: whole, even where it cannot be read yet."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from enum import Enum
from typing import Any

from cmcore.base.findings import Finding, Refused, refuse
from cmcore.forms import Form, dump
from cmcore.forms.schema import is_blank

#: The most one set of answers may hold, in characters of JSON: two hundred pages of text. A page carries it twice.
MOST = 600_000


def kept_as(form: Form, given: Any) -> dict[str, Any]:
    """What is kept of answers that are given as typed, by question, or as answers made in code.

    Refuses what the form does not ask, and what is too much to be kept; everything else is kept as it is.
    """
    told = given if isinstance(given, Mapping) else dump(form, given)
    asked = {question.key for question in form.questions if question.answers}
    if strangers := [str(key) for key in told if key not in asked]:
        raise Refused(
            Finding(
                f"“{one}” is not a question of {form.title}.",
                place=one,
                way_out="Leave it out, or give it the name the form uses.",
            )
            for one in strangers
        )
    values = {key: as_json(value) for key, value in told.items() if not is_blank(value)}
    if len(json.dumps(values, ensure_ascii=False)) > MOST:
        raise refuse("This is more than a form can hold.", way_out="Shorten it, or hand in the long part as a file.")
    return values


def as_json(value: Any) -> Any:
    """A value as JSON keeps it: typed values in the way forms write them, texts as they are."""
    if isinstance(value, Enum):
        return as_json(value.value)
    if isinstance(value, str):
        # PostgreSQL keeps no NUL, and no screen shows one.
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if is_dataclass(value) and not isinstance(value, type):
        return as_json(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): as_json(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(one) for one in value]
    return str(value)
