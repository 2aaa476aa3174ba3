"""What plugins offer for a form before anybody types: plain values by question, which may be changed."""

from __future__ import annotations

from typing import Any

from cmcore.base.records import Record
from cmcore.forms import Form
from cmcore.plugins.register import register
from cmcore.safekeeping.plugged import programme_of
from cmcore.safekeeping.work import Work


def begun(work: Work, form: Form, authority_id: int | None, about: Record | None = None) -> dict[str, Any]:
    """What the plugins that are on offer for a new form, the first by name deciding where two speak of one question.

    Questions the form does not ask are left out.
    """
    if authority_id is None or not register().implementing("cm_begin_form"):
        return {}
    programme = programme_of(about) if about is not None else ""
    offered = work.offered("cm_begin_form", authority_id, programme, form=form.key, about=about)
    asked = {question.key for question in form.questions if question.asks}
    told: dict[str, Any] = {}
    for one in reversed(offered):
        told |= {key: value for key, value in one.items() if key in asked}
    return told
