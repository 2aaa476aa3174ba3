"""The authority's own forms and terms: what young people made of the sessions, and the terms it may begin with."""

from __future__ import annotations

from sqlalchemy import select

from cmcore.api import Enrolment, FormAnswers, Work, day
from cmcore_staffordshire.life.asking import Again, VoiceAnswers
from console.api import KnownTerms, PanelBody, form_page, page_of


class StaffordshireTerms(KnownTerms):
    """The terms this plugin begins with, and entering them."""

    route_base = "/staffordshire-terms"
    about = "Terms to begin with, to be confirmed by the authority and entered into your own."
    plugin, whose = "staffordshire", "Staffordshire’s terms"


def papers_of(here: Work, enrolment: Enrolment) -> PanelBody | None:
    """What the young person said of the sessions, and where it is asked."""
    if enrolment.young_person_id is None:
        return None
    asked = select(FormAnswers).where(
        FormAnswers.young_person_id == enrolment.young_person_id,
        FormAnswers.form_key == VoiceAnswers.form.key,
        FormAnswers.state != "superseded",
    )
    kept = here.db.scalars(asked.order_by(FormAnswers.id.desc()).limit(5)).all()
    rows = [
        (page_of(one), (one.ref, one.state_label, _again(one.values.get("again")), day(one.saved_at.date())))
        for one in kept
    ]
    ask = form_page(VoiceAnswers.form.key, enrolment.authority_id)
    return PanelBody(
        columns=("Paper", "Where it stands", "Would do it again", "Saved"),
        rows=rows,
        empty="They were not asked yet.",
        more=[("Ask what the sessions were like", ask)] if ask else [],
    )


def _again(value: object) -> str:
    return Again.say(str(value)) if value in {each.value for each in Again} else ""
