"""What answers are about, and the records they pick: found by kind, within reach, of the same authority."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from cmcore.base.findings import Finding, NotFound, refuse
from cmcore.base.records import Record, authority_of, young_person_of
from cmcore.forms import Form, Question, kinds
from cmcore.forms.schema import field_for, is_blank
from cmcore.safekeeping.work import Work


@lru_cache(maxsize=1)
def _by_kind() -> dict[str, type[Any]]:
    return {mapper.class_.kind(): mapper.class_ for mapper in Record.registry.mappers}


def record_class(kind: str) -> type[Any] | None:
    """The class of records of a kind, or nothing where there is none."""
    return _by_kind().get(kind)


def found(work: Work, kind: str, key: int | None) -> Any:
    """The record of a kind and key within reach, or nothing."""
    kept = record_class(kind)
    if kept is None or key is None:
        return None
    try:
        return work.get(kept, key)
    except NotFound:
        return None


def about_columns(about: Record | None, authority_id: int) -> dict[str, Any]:
    """The columns that say what answers are about. Refuses a record of another authority, and one to be kept bare."""
    if about is None:
        return {"about_kind": "", "about_id": None, "young_person_id": None}
    if not about.beside:
        raise refuse(
            f"Nothing is written or kept beside a {about.words[0]}: only that it was seen.",
            way_out="Fill the form in about the person, and leave out what a certificate says.",
        )
    whose = authority_of(about)
    if whose is not None and whose != authority_id:
        raise refuse(
            f"This {about.words[0]} belongs to another authority than the form.",
            way_out="Begin the form of that authority.",
        )
    return {"about_kind": about.kind(), "about_id": about.id, "young_person_id": young_person_of(about)}  # type: ignore[attr-defined]


def picked_person(work: Work, form: Form, values: Mapping[str, Any]) -> int | None:
    """The young person whom answers name themselves, where they were begun about nobody.

    It is the first question of the form that picks a young person. A form that is sent in about somebody is theirs from
    then on: who may see them may see it, and it is kept as long as their record.
    """
    for question in form.questions:
        if isinstance(question.kind, kinds.Pick) and question.kind.of == "young_person":
            person = found(work, "young_person", _number(question, values.get(question.key)))
            return None if person is None else int(person.id)
    return None


def _number(question: Question, raw: Any) -> int | None:
    if is_blank(raw):
        return None
    try:
        number = field_for(question.kind, question).deserialize(raw)
    except ValueError:
        return None
    return int(number)


def out_of_reach(work: Work, form: Form, answers: Any, authority_id: int) -> list[Finding]:
    """What was picked and is not to be found by whoever picked it, or belongs to another authority."""
    wrong = []
    for question, place, kind, key in _picked(form.questions, answers, ""):
        record = found(work, kind, key) if record_class(kind) is not None else None
        if record_class(kind) is not None and (record is None or authority_of(record) not in (None, authority_id)):
            sentence = question.about("what was chosen is not to be found.")
            wrong.append(Finding(sentence, place=place, way_out="Search again and choose one of those found."))
    return wrong


def _picked(questions: tuple[Question, ...], answers: Any, before: str) -> Iterator[tuple[Question, str, str, int]]:
    for question in questions:
        if not question.answers:
            continue
        value = getattr(answers, question.key)
        match question.kind:
            case kinds.Pick(of=of) if value is not None:
                yield question, before + question.key, of, value
            case kinds.PickMany(of=of):
                yield from ((question, before + question.key, of, one) for one in value or ())
            case kinds.Repeated(questions=inner):
                for index, row in enumerate(value or ()):
                    yield from _picked(inner, row, f"{before}{question.key}.{index}.")
