"""The answers to a form over all its editions as one table: every question that was ever asked has its column.

A question whose words changed keeps one column, and its head says what it was called before. One that is no longer
asked keeps its column and what was answered. Young people stand in it by initials and reference unless names are asked
for by who may, and what is sensitive is left out unless it is asked for by who may see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.answers.carrying import in_words
from cmcore.answers.editions import form_of_edition
from cmcore.answers.records import FormAnswers, FormEdition
from cmcore.answers.sensitive import NOT_SHOWN
from cmcore.base.clock import local
from cmcore.base.words import in_words as joined
from cmcore.forms import Form, Question, kinds
from cmcore.forms.saying import Titles, no_titles
from cmcore.forms.schema import field_for, is_blank
from cmcore.safekeeping.work import Work, action

#: What stands before the questions, whatever the form.
FIXED = ("Reference", "Edition", "State", "Young person", "Begun", "Begun by", "Finished", "Finished by")


@dataclass
class Asked:
    """One question over the editions: its key, its latest words, and by edition how it was asked."""

    key: str
    label: str
    sensitive: bool
    editions: dict[int, Question] = field(default_factory=dict)

    def head(self, newest: int) -> str:
        """The head of its column: the latest words, those it had before, and until when it was asked."""
        was: dict[str, list[int]] = {}
        for number, question in self.editions.items():
            if question.label != self.label:
                was.setdefault(question.label, []).append(number)
        said = [f"{_editions(numbers)}: {label}" for label, numbers in was.items()]
        last = max(self.editions)
        said += [f"not asked since edition {last + 1}"] if last < newest else []
        return f"{self.label} [{'; '.join(said)}]" if said else self.label


@dataclass(frozen=True)
class Table:
    """A sheet of an export: its heads, and rows of texts, numbers, days and nothing."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Export:
    """What came of it: the answers, a table for each repeated group, the editions, and what was left out."""

    form_key: str
    title: str
    answers: Table
    groups: tuple[Table, ...]
    editions: Table
    notes: tuple[str, ...]


@action("form_answers.export")
def export_answers(
    work: Work,
    authority_id: int,
    key: str,
    *,
    names: bool = False,
    sensitive: bool = False,
    drafts: bool = False,
    titles: Titles = no_titles,
) -> Export:
    """The answers to a form in an authority that are within reach, over all editions; each reading is written down.

    ``names`` gives young people's names beside their reference and ``sensitive`` what was asked in confidence; both
    are refused to who may not see them. Drafts are left out unless asked for, superseded answers are in it and say so.
    """
    work.require("form_answers.export", authority_id)
    if names:
        work.require("form_answers.names", authority_id)
    if sensitive:
        work.require("form_answers.sensitive", authority_id)
    editions = _editions_with(work, authority_id, key)
    found = _answers(work, authority_id, key, drafts=drafts)
    forms = {one.id: form_of_edition(one) for one in editions}
    columns = union([(one.number, forms[one.id]) for one in editions])
    newest = max((one.number for one in editions), default=0)
    rows, groups = [], _Groups(newest, titles, sensitive=sensitive)
    for each in found:
        work.opened(each, why=f"export of the form {key}")
        cells = [
            _cell(column, column.editions.get(each.edition.number), each.values, titles, sensitive=sensitive)
            for column in columns
        ]
        rows.append((*_fixed(each, names=names), *cells))
        groups.add(each, forms[each.edition_id])
    title = editions[0].title if editions else key
    heads = (*FIXED, *unlike([(one.key, one.head(newest)) for one in columns]))
    notes = [] if sensitive or not any(one.sensitive for one in columns) else [f"Sensitive answers are “{NOT_SHOWN}”."]
    notes += [] if names else ["Young people stand by initials and reference."]
    return Export(key, title, Table("Answers", heads, tuple(rows)), groups.tables(), _told(editions), tuple(notes))


def union(forms: Iterable[tuple[int, Form]]) -> list[Asked]:
    """Every question asked in any edition, in the order of the newest that asks it; those dropped follow it.

    ``forms`` are pairs of the edition's number and its form, the newest first.
    """
    found: dict[str, Asked] = {}
    for number, form in forms:
        for question in form.questions:
            if not question.answers:
                continue
            one = found.setdefault(question.key, Asked(question.key, question.label, question.sensitive))
            one.sensitive = one.sensitive or question.sensitive or _sensitive_inside(question)
            one.editions[number] = question
    return list(found.values())


def unlike(heads: Sequence[tuple[str, str]]) -> list[str]:
    """The heads, with the question's key behind those that would be alike."""
    texts = [head for _, head in heads]
    return [f"{head} ({key})" if texts.count(head) > 1 else head for key, head in heads]


def _sensitive_inside(question: Question) -> bool:
    kind = question.kind
    return isinstance(kind, kinds.Repeated) and any(one.sensitive or _sensitive_inside(one) for one in kind.questions)


def _editions_with(work: Work, authority_id: int, key: str) -> list[FormEdition]:
    asked = select(FormEdition).where(FormEdition.authority_id == authority_id, FormEdition.form_key == key)
    return list(work.db.scalars(asked.order_by(FormEdition.number.desc())))


def _answers(work: Work, authority_id: int, key: str, *, drafts: bool) -> Iterable[FormAnswers]:
    asked = (
        select(FormAnswers)
        .where(FormAnswers.authority_id == authority_id, FormAnswers.form_key == key)
        .options(joinedload(FormAnswers.edition), joinedload(FormAnswers.young_person))
        .order_by(FormAnswers.id)
    )
    return work.db.scalars(asked if drafts else asked.where(FormAnswers.state != "draft"))


def _fixed(each: FormAnswers, *, names: bool) -> tuple[Any, ...]:
    person = each.young_person
    said = ""
    if person is not None:
        who = person.full_name if names else person.initials
        said = person.ref if who == person.ref else f"{who} {person.ref}"
    return (
        each.ref,
        each.edition.number,
        each.state_label,
        said,
        local(each.created_at).date(),
        each.began_name,
        local(each.finished_at).date() if each.finished_at else None,
        each.finished_by,
    )


def _cell(
    column: Asked, question: Question | None, values: Mapping[str, Any], titles: Titles, *, sensitive: bool
) -> Any:
    value = values.get(column.key)
    if question is None or is_blank(value):
        return None
    if column.sensitive and not sensitive:
        return NOT_SHOWN
    return as_cell(question, value, titles)


def as_cell(question: Question, value: Any, titles: Titles = no_titles) -> Any:
    """An answer as a cell: a number or a day where it is one, otherwise its words."""
    if isinstance(question.kind, kinds.WholeNumber | kinds.DecimalNumber | kinds.Day):
        try:
            return field_for(question.kind, question).deserialize(value)
        except ValueError:
            return in_words(question, value)
    if isinstance(question.kind, kinds.ShortText | kinds.LongText):
        return str(value)
    if isinstance(question.kind, kinds.Money) and isinstance(value, int):
        return value / 100
    return in_words(question, value, titles)


class _Groups:
    """The rounds of repeated groups, each group a table of its own with the reference of its answers."""

    def __init__(self, newest: int, titles: Titles, *, sensitive: bool) -> None:
        self._newest, self._titles, self._sensitive = newest, titles, sensitive
        self._rows: dict[str, list[tuple[FormAnswers, int, Mapping[str, Any], Question]]] = {}
        self._inner: dict[str, dict[int, Question]] = {}

    def add(self, each: FormAnswers, form: Form) -> None:
        for question in form.questions:
            rounds = each.values.get(question.key)
            if isinstance(question.kind, kinds.Repeated) and isinstance(rounds, list):
                self._inner.setdefault(question.key, {})[each.edition.number] = question
                for number, row in enumerate(rounds, 1):
                    if isinstance(row, Mapping):
                        self._rows.setdefault(question.key, []).append((each, number, row, question))

    def tables(self) -> tuple[Table, ...]:
        return tuple(self._table(key, rows) for key, rows in self._rows.items())

    def _table(self, key: str, rows: list[tuple[FormAnswers, int, Mapping[str, Any], Question]]) -> Table:
        columns: dict[str, Asked] = {}
        for number, question in sorted(self._inner[key].items(), reverse=True):
            assert isinstance(question.kind, kinds.Repeated)
            for inner in question.kind.questions:
                if inner.answers:
                    hidden = inner.sensitive or question.sensitive
                    one = columns.setdefault(inner.key, Asked(inner.key, inner.label, hidden))
                    one.sensitive = one.sensitive or hidden
                    one.editions[number] = inner
        latest = self._inner[key][max(self._inner[key])]
        assert isinstance(latest.kind, kinds.Repeated)
        heads = ("Reference", latest.kind.one.capitalize(), *(one.label for one in columns.values()))
        cells = tuple((each.ref, number, *self._cells(columns, each, row)) for each, number, row, _ in rows)
        return Table(latest.label, heads, cells)

    def _cells(self, columns: Mapping[str, Asked], each: FormAnswers, row: Mapping[str, Any]) -> Iterator[Any]:
        for one in columns.values():
            asked = one.editions.get(each.edition.number)
            yield _cell(one, asked, row, self._titles, sensitive=self._sensitive)


def _editions(numbers: Sequence[int]) -> str:
    told = sorted(numbers)
    return f"edition {told[0]}" if len(told) == 1 else f"editions {joined([str(one) for one in told])}"


def _told(editions: Sequence[FormEdition]) -> Table:
    rows = tuple((one.number, one.title, one.state_label, one.published_on, one.published_by) for one in editions)
    return Table("Editions", ("Edition", "Title", "Where it stands", "Published", "By"), rows)
