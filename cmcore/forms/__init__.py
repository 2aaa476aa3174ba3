"""Forms, declared once: what is asked, of which kind, when, and what must hold; knows no database and no web.

What reads and writes answers needs marshmallow and is loaded when first asked for: declaring a form stays cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cmcore.forms import kinds
from cmcore.forms.conditions import Condition, when
from cmcore.forms.declare import ask, form, form_of, group, note
from cmcore.forms.form import Answers, Form
from cmcore.forms.questions import Check, FormFault, Question, Section, calculated, check
from cmcore.forms.values import FileAnswer, Score, scores_of

if TYPE_CHECKING:
    from cmcore.forms.descriptions import describe
    from cmcore.forms.frozen import freeze, thaw
    from cmcore.forms.jsonschema import json_schema
    from cmcore.forms.reading import Reading, checked, dump, load, read
    from cmcore.forms.saying import say
    from cmcore.forms.schema import schema_of

_LATER = {
    "describe": "descriptions",
    "freeze": "frozen",
    "thaw": "frozen",
    "json_schema": "jsonschema",
    "Reading": "reading",
    "checked": "reading",
    "dump": "reading",
    "load": "reading",
    "read": "reading",
    "say": "saying",
    "schema_of": "schema",
}

__all__ = [
    "Answers",
    "Check",
    "Condition",
    "FileAnswer",
    "Form",
    "FormFault",
    "Question",
    "Reading",
    "Score",
    "Section",
    "ask",
    "calculated",
    "check",
    "checked",
    "describe",
    "dump",
    "form",
    "form_of",
    "freeze",
    "group",
    "json_schema",
    "kinds",
    "load",
    "note",
    "read",
    "say",
    "schema_of",
    "scores_of",
    "thaw",
    "when",
]


def __getattr__(name: str) -> Any:
    """Load what reads and writes answers the first time it is named."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = found
    return found
