"""The part of a record's page that says which forms were filled in about it, and where another one is begun."""

from __future__ import annotations

from typing import Any

from flask import url_for

from cmcore.answers.queries import answers_about
from cmcore.base.records import Record
from cmcore.safekeeping.work import Work
from console.brought import PanelBody
from console.framework import console
from console.shown import state_of, when

#: The kinds of record that forms are filled in about.
ABOUT = ("young_person", "referral", "enrolment", "mentor", "setting")
#: So many are shown; the list has the others.
MOST = 8


def forms_panel(work: Work, record: Record) -> list[dict[str, Any]]:
    """The panel, for who may see answers at all; nothing for another kind of record."""
    view = console().page_about("form_answers")
    if record.kind() not in ABOUT or view is None or not view.may("show"):
        return []
    found = answers_about(work, record, MOST + 1)
    about = f"{record.kind()}-{record.id}"  # type: ignore[attr-defined]
    more = []
    if len(found) > MOST and record.kind() == "young_person":
        more.append(("All of them", f"{view.address()}?young_person_id={record.id}"))  # type: ignore[attr-defined]
    if work.may("form_answers.fill"):
        more.append(("Fill in a form", url_for("Forms.index", about=about)))
    if not found and not more:
        return []
    body = PanelBody(
        columns=("Form", "Where it stands", "Saved"),
        rows=[(view.address_of(one), (one.edition.title, state_of(one), when(one.saved_at))) for one in found[:MOST]],
        empty="No form has been filled in yet.",
        more=more,
    )
    return [{"id": "forms", "heading": "Forms", "title": "Forms", "body": body}]
