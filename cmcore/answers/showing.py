"""Answers as a page or a print-out shows them: by section, in words, what is sensitive kept from who may not see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cmcore.answers.carrying import in_words
from cmcore.answers.editions import form_of_edition
from cmcore.answers.records import AnswersRevision, FormAnswers
from cmcore.answers.sensitive import NOT_SHOWN, sees_sensitive, without_sensitive
from cmcore.forms import Form, Question, kinds
from cmcore.forms.saying import Titles, no_titles
from cmcore.forms.schema import is_blank
from cmcore.safekeeping.work import Work


@dataclass(frozen=True)
class ShownLine:
    """One answer in words. ``voice`` marks a young person's own, ``file`` is the reference of a file to open."""

    label: str
    said: str
    voice: bool = False
    hidden: bool = False
    file: str = ""


@dataclass(frozen=True)
class ShownPart:
    """A section of a form with its answers."""

    title: str
    lines: tuple[ShownLine, ...]


def shown_form(work: Work, answers: FormAnswers | AnswersRevision) -> tuple[Form, dict[str, Any]]:
    """The form and the answers as whoever asks may see them."""
    form = form_of_edition(answers.edition)
    if sees_sensitive(work, answers):
        return form, dict(answers.values)
    return without_sensitive(form, answers.values)


def shown_parts(work: Work, answers: FormAnswers | AnswersRevision, titles: Titles = no_titles) -> list[ShownPart]:
    """What was answered, by section; questions without an answer are left out."""
    form, values = shown_form(work, answers)
    parts = []
    for section, questions in form.parts:
        if lines := tuple(_lines(questions, values, "", titles)):
            parts.append(ShownPart(section.title, lines))
    return parts


def _lines(
    questions: Sequence[Question], values: Mapping[str, Any], before: str, titles: Titles
) -> Iterator[ShownLine]:
    for question in questions:
        value = values.get(question.key)
        if not question.answers or is_blank(value):
            continue
        label = f"{before}{question.label}"
        match question.kind:
            case _ if value == NOT_SHOWN and question.sensitive:
                yield ShownLine(label, NOT_SHOWN, hidden=True)
            case kinds.Repeated(questions=inner, one=one) if isinstance(value, list):
                for number, row in enumerate(value, 1):
                    if isinstance(row, Mapping):
                        yield from _lines(inner, row, f"{before}{one.capitalize()} {number}: ", titles)
            case kinds.Scores(measures=measures) if isinstance(value, Mapping):
                yield from _scores(before, measures, value)
            case kinds.File() if isinstance(value, Mapping):
                yield ShownLine(label, str(value.get("name", "")), file=str(value.get("ref", "")))
            case kinds.LongText(voice=voice):
                yield ShownLine(label, str(value), voice=voice)
            case _:
                yield ShownLine(label, in_words(question, value, titles))


def _scores(before: str, measures: Sequence[kinds.Measured], value: Mapping[str, Any]) -> Iterator[ShownLine]:
    for measure in measures:
        score = value.get(measure.key)
        if not isinstance(score, Mapping):
            continue
        given, note = score.get("value"), score.get("note") or ""
        said = (
            f"not scored: {score.get('why_not', '')}" if given in (None, "", "none") else f"{given} of {measure.most}"
        )
        yield ShownLine(f"{before}{measure.label}", f"{said}. {note}" if note else said)
