"""What differs between two versions of a form, in sentences: what is asked anew, no more, or in another way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from cmcore.forms import kinds
from cmcore.forms.descriptions import describe_question, kind_in_words
from cmcore.forms.form import Form
from cmcore.forms.questions import Question


@dataclass(frozen=True)
class Difference:
    """One question that differs: which, how, and what is to be read about it."""

    key: str
    label: str
    how: Literal["new", "gone", "changed"]
    words: str


def differences(before: Form, after: Form) -> list[Difference]:
    """What a newer version asks otherwise, question by question; those inside a repeat under its label."""
    return list(_between(before.questions, after.questions, before, after, ""))


def _between(
    old: Sequence[Question], new: Sequence[Question], before: Form, after: Form, inside: str
) -> Iterator[Difference]:
    was = {one.key: one for one in old if one.answers}
    now = {one.key: one for one in new if one.answers}
    for key, question in now.items():
        label = f"{inside}{question.label}"
        if key not in was:
            yield Difference(key, label, "new", _kind(question.kind))
            continue
        earlier = was[key]
        if said := _changed(earlier, question, before, after):
            yield Difference(key, label, "changed", said)
        if isinstance(earlier.kind, kinds.Repeated) and isinstance(question.kind, kinds.Repeated):
            yield from _between(earlier.kind.questions, question.kind.questions, before, after, f"{question.label}: ")
    for key, question in was.items():
        if key not in now:
            yield Difference(key, f"{inside}{question.label}", "gone", "What was answered stays readable.")


def _changed(was: Question, now: Question, before: Form, after: Form) -> str:
    said = []
    if was.label != now.label:
        said.append(f"It was “{was.label}”.")
    if isinstance(was.kind, kinds.Choice | kinds.Choices) and type(was.kind) is type(now.kind):
        said += _options(was.kind.options, now.kind.options)
    elif type(was.kind) is not type(now.kind):
        said.append(f"It asked for: {_kind(was.kind)} It asks for: {_kind(now.kind)}")
    rules_before, rules_now = (_rules(form, one) for form, one in ((before, was), (after, now)))
    said += [f"No more: {one}" for one in rules_before if one not in rules_now]
    said += [one for one in rules_now if one not in rules_before]
    return " ".join(said)


def _options(was: Sequence[kinds.Option], now: Sequence[kinds.Option]) -> list[str]:
    old, new = {one.key: one.label for one in was}, {one.key: one.label for one in now}
    said = [f"“{label}” may be chosen." for key, label in new.items() if key not in old]
    said += [f"“{label}” may not be chosen any more." for key, label in old.items() if key not in new]
    return said + [f"“{old[key]}” is “{new[key]}” now." for key in old if key in new and old[key] != new[key]]


def _rules(form: Form, question: Question) -> list[str]:
    """The sentences about a question that are not its kind; one in a repeat has its own list to look at."""
    if all(one is not question for one in form.questions):
        return ["Must be answered." if question.required else "May be left empty."]
    return [one for one in describe_question(form, question) if one != kind_in_words(question.kind)]


def _kind(kind: kinds.Kind) -> str:
    return kind_in_words(kind)
