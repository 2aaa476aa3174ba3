"""The part of a record's page that says which forms were filled in about it, and where another one is begun."""

from __future__ import annotations

from typing import Any

from flask import url_for

from cmcore.answers.declared import declared_for
from cmcore.answers.queries import answers_about
from cmcore.base.records import Record
from cmcore.enrolments.records import Enrolment
from cmcore.forms import Form
from cmcore.plugins.declared import STAGE_FORMS
from cmcore.programmes.registry import programme_types
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
        more += [
            (f"Fill in “{one.title}”", url_for("Forms.show", authority_id=authority_id, key=one.key, about=about))
            for authority_id, one in of_its_type(work, record)
        ]
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


def of_its_type(work: Work, record: Record) -> list[tuple[int, Form]]:
    """The forms that an enrolment's type of programme names for stages of its own, where their plugin is on."""
    if not isinstance(record, Enrolment):
        return []
    stages = programme_types().of(record.programme.type_key).forms
    own = {key for stage, key in stages.items() if stage not in STAGE_FORMS}
    declared = declared_for(work, record.authority_id) if own else ()
    return [(record.authority_id, one.form) for one in declared if one.form.key in own]
