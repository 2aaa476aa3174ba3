"""A list as a workbook: a sheet with a row for each record, drop-downs, instructions, a stamp of what it is for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from json import dumps
from typing import Any

from sqlalchemy import select

from cmcore.base.records import Record
from cmcore.commissions.records import Commission
from cmcore.enrolments.records import Enrolment
from cmcore.exchange.workbook.spots import Setting
from cmcore.exchange.workbook.write import written
from cmcore.forms import Form, Question, freeze, kinds
from cmcore.programmes.records import Programme
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.known import Known
from cmcore.workbooks.lists import MOST_ROWS, ListWorkbook

#: The questions a list's sheet has beside those of the form.
HELD, PARENT, ROWS = "held_already", "belongs_to", "rows"
#: What empties an answer that is held; an empty cell leaves it as it is.
EMPTIED = "(empty)"

_HOW = (
    "One row for each {one}. Grey cells and headings stay as they are; columns may change places.",
    "A row with nothing in “{held}” is a new {one}. With the number of one that is held, the row changes it: what is "
    f"left empty stays as it is, and {EMPTIED} empties it.",
    "People stand here by initials and reference only. Choose them from the list, or write the reference.",
    "When it is brought in you first see, row by row, what would change. Rows that cannot be kept wait for you.",
)


def stamp_of(form: Form) -> str:
    """Tells one state of a form from another: twelve signs of its fingerprint."""
    return sha256(dumps(freeze(form), sort_keys=True, default=str).encode()).hexdigest()[:12]


@lru_cache(maxsize=64)
def _sheet_form(form: Form, record: type[Record], parent: type[Record] | None) -> Form:
    one = record.words[0]
    title = record.words[1][:1].upper() + record.words[1][1:]
    held = Question(
        key=HELD,
        label=f"{one[:1].upper()}{one[1:]} held already",
        kind=kinds.Pick(of=record.kind()),
        required=False,
        hint=f"Empty for a new {one}",
    )
    extra = [held]
    if parent is not None:
        words = parent.words[0]
        label = f"{words[:1].upper()}{words[1:]}"
        if any(label == each.label for each in form.questions):
            label = f"Of which {words}"
        extra.append(Question(key=PARENT, label=label, kind=kinds.Pick(of=parent.kind())))
    asked = tuple(each for each in form.questions if not isinstance(each.kind, kinds.Note))
    rows = kinds.Repeated(questions=(*extra, *asked), most=MOST_ROWS, one=one)
    notes = tuple(
        Question(key=f"how_{number}", label="", kind=kinds.Note(text=text.format(one=one, held=held.label)))
        for number, text in enumerate(_HOW)
    )
    return Form(
        key=f"list-{record.kind()}",
        version=form.version,
        title=title,
        questions=(*notes, Question(key=ROWS, label=title, kind=rows)),
        doc=form.doc,
    )


def sheet_form(listed: ListWorkbook, form: Form) -> Form:
    """The list's workbook as a form with one repeated group: its rows."""
    return _sheet_form(form, listed.record, listed.parent)


def template(
    work: Work,
    listed: ListWorkbook,
    authority: Authority,
    rows: Sequence[Mapping[str, Any]] = (),
    *,
    programme: Programme | None = None,
) -> bytes:
    """The workbook to fill in, empty or with some rows, as ``dump`` gives answers or as they were typed.

    With a ``programme`` it offers that one's measures only, and only the commissions of its enrolments.
    """
    work.require(listed.needs, authority.id)
    form = listed.form_for(work, authority.id, programme.id if programme is not None else None)
    known = Known(work, authority.id)
    setting = Setting(_offered(known, listed, _of_programme(work, programme)), known.title, by_column=True)
    about = {"edition": stamp_of(form), "authority": authority.code}
    about |= {"programme": str(programme.id)} if programme is not None else {}
    return written(sheet_form(listed, form), {ROWS: list(rows)} if rows else None, setting, about)


def _offered(known: Known, listed: ListWorkbook, only: Mapping[str, Collection[int]]) -> Any:
    """What is offered: of the list's own kind nothing, because what is held is named by its number."""

    def records(kind: str) -> Sequence[tuple[int, str]]:
        if kind == listed.key:
            return ()
        found = known.records(kind)
        return [one for one in found if one[0] in only[kind]] if kind in only else found

    return records


def _of_programme(work: Work, programme: Programme | None) -> dict[str, Collection[int]]:
    """The commissions of a programme; of none nothing is said."""
    if programme is None:
        return {}
    asked = select(Commission.id).join(Enrolment, Enrolment.id == Commission.enrolment_id)
    return {"commission": set(work.db.scalars(asked.where(Enrolment.programme_id == programme.id)))}


def held_records(work: Work, listed: ListWorkbook, authority: Authority) -> Sequence[Any]:
    """The records of a list that are held, the latest first, as many as one workbook takes."""
    record: Any = listed.record
    asked = select(record).order_by(record.id.desc()).limit(MOST_ROWS - 100)
    if hasattr(record, "authority_id"):
        asked = asked.where(record.authority_id == authority.id)
    return work.db.scalars(asked).all()


def held_rows(work: Work, listed: ListWorkbook, authority: Authority, records: Iterable[Any]) -> list[dict[str, Any]]:
    """Records that are held as rows to change: without what is sensitive, which stays as it is when left empty."""
    from cmcore.forms import dump

    form = listed.form_for(work, authority.id)
    made = []
    for record in records:
        if listed.answers_of is None:
            continue
        told = dump(form, listed.answers_of(record))
        kept = {one.key: told[one.key] for one in form.questions if one.answers and not private(one)}
        parent = {PARENT: getattr(record, f"{listed.parent.kind()}_id")} if listed.parent is not None else {}
        made.append({HELD: record.id, **parent, **{key: value for key, value in kept.items() if value is not None}})
    return made


def private(question: Question) -> bool:
    """Whether what is held of it is left out of workbooks."""
    inner = question.kind.questions if isinstance(question.kind, kinds.Repeated) else ()
    return question.sensitive or any(private(one) for one in inner)
