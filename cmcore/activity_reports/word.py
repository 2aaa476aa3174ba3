"""An activity report as a Word document, in the authority's own template or in the one that comes along."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from cmcore.activity_reports.queries import sessions_of
from cmcore.activity_reports.records import ActivityReport, ReportTemplate
from cmcore.activity_reports.shipped_word import shipped_template
from cmcore.base.clock import day, local
from cmcore.base.findings import refuse
from cmcore.base.words import hours
from cmcore.exchange.documents.word_template import Fields, check_template, fill_template
from cmcore.measures.choosing import measure_label
from cmcore.safekeeping.work import Work, action
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import Outcome, SessionPlace
from cmcore.virtual_schools.records import Authority

#: The code of a report that is to be a Word document.
WORD = "word"

_SEEN: Fields = {"measure": None, "note": None}
_SESSION: Fields = {
    "day": None,
    "begins": None,
    "ends": None,
    "where": None,
    "how": None,
    "time": None,
    "done": None,
    "said": None,
    "seen": _SEEN,
}
#: Every field a template may ask for; the young person stands in it by initials and reference.
FIELDS: Fields = {
    "authority": None,
    "school": None,
    "report": None,
    "young_person": None,
    "mentor": None,
    "starts_on": None,
    "ends_on": None,
    "state": None,
    "charged": None,
    "summary": None,
    "printed_on": None,
    "sessions": _SESSION,
}

_EXAMPLE = {
    **{name: f"Example <{name}> & more" for name, inside in FIELDS.items() if inside is None},
    "sessions": [
        {
            **{name: f"Example {name}\nin two lines" for name, inside in _SESSION.items() if inside is None},
            "seen": [{"measure": "Confidence", "note": "Showed another pupil how."}] * number,
        }
        for number in (0, 2)
    ],
}


def report_word(work: Work, report: ActivityReport) -> bytes:
    """The report as a Word document: initials and a reference, never a name of a young person."""
    own = own_template(work, report.authority_id)
    return fill_template(own.content if own else shipped_template(), FIELDS, _values(work, report))


def own_template(work: Work, authority_id: int) -> ReportTemplate | None:
    """An authority's own template, with its content; nothing where it has none."""
    asked = select(ReportTemplate).where(ReportTemplate.authority_id == authority_id)
    return work.db.scalars(asked.options(undefer(ReportTemplate.content)).limit(1)).first()


@action("report_template.change")
def replace_template(work: Work, authority_id: int, content: bytes) -> ReportTemplate:
    """Have activity reports of an authority set in its own Word template from now on.

    Refuses what is no Word document, macros, links to other files, and fields there are none of, each by name.
    """
    work.require("report_template.change", authority_id)
    check_template(content, FIELDS, _EXAMPLE)
    told: dict[str, Any] = {"content": content, "size": len(content), "digest": hashlib.sha256(content).hexdigest()}
    own = own_template(work, authority_id)
    if own is None:
        return work.add(ReportTemplate(authority_id=authority_id, kept_by=work.actor.name, **told))
    work.change(own, kept_by=work.actor.name, **told)
    return own


@action("report_template.remove")
def take_template_away(work: Work, authority_id: int) -> None:
    """Go back to the template that comes along."""
    work.require("report_template.remove", authority_id)
    own = own_template(work, authority_id)
    if own is None:
        raise refuse("There is no template of your own.", way_out="Reports are set in ours already.")
    work.db.delete(own)


def _values(work: Work, report: ActivityReport) -> dict[str, Any]:
    authority = work.get(Authority, report.authority_id)
    person, sessions = report.young_person, sessions_of(work, report)
    return {
        "authority": authority.name,
        "school": authority.school_name,
        "report": report.ref,
        "young_person": f"{person.initials} {person.ref}" if person else "",
        "mentor": report.mentor.name,
        "starts_on": day(report.starts_on),
        "ends_on": day(report.ends_on),
        "state": report.state_label,
        "charged": hours(sum(each.minutes for each in sessions if each.chargeable)),
        "summary": report.summary,
        "printed_on": day(local(work.clock.now()).date()),
        "sessions": [_told(each) for each in sessions],
    }


def _told(session: MentoringSession) -> dict[str, Any]:
    start, end = local(session.starts_at), local(session.ends_at)
    return {
        "day": day(start.date()),
        "begins": f"{start:%H:%M}",
        "ends": f"{end:%H:%M}",
        "where": SessionPlace.say(session.place),
        "how": Outcome.say(session.outcome),
        "time": hours(session.minutes) if session.chargeable else "not charged",
        "done": session.done,
        "said": session.words_said,
        "seen": [
            {"measure": measure_label(note["measure"]), "note": str(note["note"])} for note in session.impact or ()
        ],
    }
