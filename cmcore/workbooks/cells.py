"""What one row of a workbook would change, cell by cell: what is held, and what would stand there instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cmcore.forms import Form, Question
from cmcore.forms.saying import Titles, say
from cmcore.workbooks.outcomes import CHANGED, NEW, Outcome
from cmcore.workbooks.sheet import private

#: Longer answers are cut where they stand beside others.
_MOST = 160


@dataclass(frozen=True)
class Cell:
    """One answer of a row: the question, what is held (nothing where that is not shown), and what would stand there."""

    label: str
    before: str | None
    after: str
    new: bool


def cells_of(form: Form, one: Outcome, titles: Titles) -> Iterator[Cell]:
    """The cells of a row that is new or changes something, in the order of the form.

    What is sensitive and held is not shown: it stays out of the workbook too, and was perhaps never opened by whoever
    brings the workbook in.
    """
    if one.what not in (NEW, CHANGED) or one.told is None:
        return
    for question in form.questions:
        if not question.answers or (one.what == CHANGED and question.key not in one.keys):
            continue
        after = _said(question, one.told, titles)
        label = question.label.rstrip("?:. ")
        if one.what == NEW:
            if after:
                yield Cell(label, "", after, new=True)
        else:
            yield Cell(label, None if private(question) else _said(question, one.held, titles), after, new=False)


def _said(question: Question, answers: Any, titles: Titles) -> str:
    told = answers.get(question.key) if isinstance(answers, Mapping) else getattr(answers, question.key, None)
    words = say(question.kind, told, titles)
    return words if len(words) <= _MOST else f"{words[: _MOST - 1]}…"
