"""Forms and answers as files to take away: whose they are at the head, initials and reference, never a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Response

from cmcore.answers.editions import form_of_edition
from cmcore.answers.records import FormAnswers
from cmcore.answers.showing import shown_form
from cmcore.base.findings import Refused
from cmcore.exchange.documents.form_document import form_pdf
from cmcore.exchange.documents.heading import Heading
from cmcore.exchange.workbook.form_sheet import write_sheet
from cmcore.forms import Form
from cmcore.messages.queries import whole_gate
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from console import desk, lookups

_ENDING = re.compile(r"[a-z0-9]{2,5}", re.ASCII)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def blank_pdf(work: Work, form: Form, authority_id: int) -> bytes:
    """A form as a PDF to be filled in by hand."""
    return form_pdf(form, heading=_heading(work, authority_id))


def answers_pdf(work: Work, answers: FormAnswers, person: Any) -> bytes:
    """Answers as a PDF, as whoever asks may see them; ``person`` is the young person they are about."""
    form, values = shown_form(work, answers)
    initials = "" if person is None or person.initials == person.ref else person.initials
    reference = " ".join(part for part in (person.ref if person is not None else "", answers.ref) if part)
    heading = _heading(work, answers.authority_id, initials=initials, reference=reference)
    return form_pdf(form, _complete(form, values), heading=heading, titles=lookups.title)


def answers_sheet(answers: FormAnswers) -> bytes:
    """Answers as an Excel sheet to go on with elsewhere, everything in it: for whoever sees what is sensitive."""
    return write_sheet(form_of_edition(answers.edition), answers.values, titles=lookups.title)


def _complete(form: Form, values: Mapping[str, Any]) -> dict[str, Any]:
    return {one.key: values.get(one.key) for one in form.questions if one.answers}


def _heading(work: Work, authority_id: int, *, initials: str = "", reference: str = "") -> Heading:
    authority = work.get(Authority, authority_id)
    who = desk.account()
    return Heading(
        authority=authority.name,
        school=authority.school_name,
        reference=reference,
        initials=initials,
        printed_by=who.name if who is not None else "",
        printed_at=work.clock.now(),
    )


def download(content: bytes | str, media_type: str, name: str, *, to_read: bool = False) -> Response:
    """A file to be saved, never shown in place: what is in it cannot act as a page of the console.

    The one way a file leaves the console (tests/house/test_ways_out.py): its name passes the gate. A PDF that we made
    ourselves may be opened ``to_read``.
    """
    response = Response(content, content_type=media_type)
    way = "inline" if to_read and media_type == "application/pdf" else "attachment"
    response.headers.set("Content-Disposition", way, filename=leaving_as(name))
    return response


def leaving_as(name: str) -> str:
    """The name a file leaves under: its own, unless a person's stands in it, as in a form's key (R-MSG-1)."""
    try:
        return whole_gate(desk.work()).file_name(name)
    except Refused:
        ending = name.rpartition(".")[2]
        return f"file.{ending}" if "." in name and _ENDING.fullmatch(ending) else "file"
