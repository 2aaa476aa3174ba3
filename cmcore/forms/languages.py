"""The words of a form in other languages, kept beside the form as data, and the form in one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cmcore.forms import kinds
from cmcore.forms.expressions.tree import Literal

if TYPE_CHECKING:
    from cmcore.forms.form import Form
    from cmcore.forms.questions import Question


@dataclass(frozen=True)
class Language:
    """One more language: its name as the workbook gives it ("Cymraeg (cy)"), and words by place.

    A place is "title", "section/Safety" (by its title), or a question's path and what is worded: "visits/place/label",
    "outcome/hint", "outcome/missing", "outcome/constraint", "outcome/options/held".
    """

    name: str
    words: tuple[tuple[str, str], ...]

    @property
    def code(self) -> str:
        """The code in the brackets, "cy"; the name where there is none."""
        inside = self.name.rpartition("(")[2].rstrip(") ") if self.name.rstrip().endswith(")") else ""
        return (inside or self.name).strip().lower()

    def as_data(self) -> dict[str, Any]:
        """The language as JSON."""
        return {"name": self.name, "words": dict(self.words)}

    @classmethod
    def from_data(cls, told: Mapping[str, Any]) -> Language:
        """The language that :meth:`as_data` wrote down."""
        return cls(str(told["name"]), tuple((str(place), str(text)) for place, text in told["words"].items()))


def in_language(form: Form, code: str) -> Form:
    """The form in a language it has, by code or name; what is not translated stays as it is. Keys never change."""
    language = next((one for one in form.languages if code.lower() in (one.code, one.name.lower())), None)
    if language is None:
        return form
    words = dict(language.words)
    sections = {one.title: words.get(f"section/{one.title}", one.title) for one in form.sections}
    return replace(
        form,
        title=words.get("title", form.title),
        sections=tuple(replace(one, title=sections[one.title]) for one in form.sections),
        questions=_worded(form.questions, words, "", sections),
    )


def _worded(
    questions: Sequence[Question], words: Mapping[str, str], before: str, sections: Mapping[str, str]
) -> tuple[Question, ...]:
    return tuple(_one_worded(question, words, f"{before}{question.key}", sections) for question in questions)


def _one_worded(question: Question, words: Mapping[str, str], place: str, sections: Mapping[str, str]) -> Question:
    constraint = question.constraint
    if constraint is not None and f"{place}/constraint" in words:
        constraint = replace(constraint, message=Literal(words[f"{place}/constraint"]))
    return replace(
        question,
        label=words.get(f"{place}/label", question.label),
        hint=words.get(f"{place}/hint", question.hint),
        missing=words.get(f"{place}/missing", question.missing),
        section=sections.get(question.section, question.section),
        constraint=constraint,
        kind=_kind_worded(question.kind, words, place),
    )


def _kind_worded(kind: kinds.Kind, words: Mapping[str, str], place: str) -> kinds.Kind:
    match kind:
        case kinds.Choice() | kinds.Choices():
            options = tuple(
                replace(one, label=words.get(f"{place}/options/{one.key}", one.label)) for one in kind.options
            )
            return replace(kind, options=options)
        case kinds.Repeated():
            return replace(kind, questions=_worded(kind.questions, words, f"{place}/", {}))
        case kinds.Note():
            text = words.get(f"{place}/label")
            return kind if text is None else kinds.Note(text=text)
    return kind
