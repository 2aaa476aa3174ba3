"""How a form stands with what is answered so far, finished or not: what a page shows while it is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cmcore.forms import kinds
from cmcore.forms.conditions import holds
from cmcore.forms.declare import form_of
from cmcore.forms.expressions.evaluating import Scope, evaluate
from cmcore.forms.expressions.outcomes import typed
from cmcore.forms.expressions.tree import answers_in
from cmcore.forms.expressions.values import as_text
from cmcore.forms.flow import offered
from cmcore.forms.form import Form
from cmcore.forms.questions import UNSET, Question
from cmcore.forms.schema import AnswersSchema, field_for, schema_of, schema_of_round


@dataclass(frozen=True)
class Standing:
    """What is hidden, what is worked out (as it is stored), and what expressions look at, at one level of a form."""

    hidden: frozenset[str]
    worked_out: Mapping[str, Any]
    scope: Scope

    def offered(self, kind: kinds.Choice | kinds.Choices) -> tuple[kinds.Option, ...]:
        """The answers that are offered now; all of them while what they depend on is not answered."""
        among = offered(kind, self.scope)
        return tuple(one for one in kind.options if one.key in among) or kind.options

    def shows(self, question: Question) -> bool:
        """Whether a page has it: what people answer always, with words that say when; the rest when it is so."""
        if question.asks or question.show_when is None:
            return True
        return holds(question.show_when, self.scope)

    def note(self, kind: kinds.Note) -> str:
        """The text of a note, with the answers in it once they are there; before, with the questions in brackets."""
        if kind.says is None or any(evaluate(one, self.scope) == "" for one in answers_in(kind.says)):
            return kind.text
        return as_text(evaluate(kind.says, self.scope))

    def round(self, kind: kinds.Repeated, given: Mapping[str, Any], number: int) -> Standing:
        """The same for one round of repeated questions, by its number from 1."""
        return _standing(schema_of_round(kind)(draft=True, around=self.scope, number=number), given)


#: Nothing is known: no answer, nothing hidden.
NOWHERE = Standing(frozenset(), {}, Scope({}))


def standing(declared: Form | type[Any], raw: Mapping[str, Any]) -> Standing:
    """How a form stands with these answers, as typed or as stored."""
    return _standing(schema_of(form_of(declared))(draft=True), raw)


def _standing(schema: AnswersSchema, raw: Mapping[str, Any]) -> Standing:
    schema.everything = True
    schema.follow(raw)
    flow = schema.flow
    worked_out = {key: schema.fields[key]._serialize(value, key, None) for key, value in flow.calculated.items()}
    return Standing(flow.hidden, worked_out, flow.scope)


def first_values(declared: Form | type[Any], given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What stands in a form when it is opened, as it is stored: what is given, and the defaults of the rest."""
    form, values = form_of(declared), dict(given or {})
    scope = Scope(values)
    for question in form.questions:
        if question.key in values or not question.asks:
            continue
        if (first := _first(question, scope)) is not None:
            values[question.key] = first
    return values


def _first(question: Question, scope: Scope) -> Any:
    field = field_for(question.kind, question) if question.answers else None
    if question.default is not UNSET and field is not None:
        return field._serialize(question.default, None, None)
    if question.begins_with is None or field is None:
        return None
    found = typed(question.kind, evaluate(question.begins_with, scope))
    return None if found is None else field._serialize(found, None, None)
