"""An activity report on paper: the four parts of each session, the young person's words in their own letter."""

from __future__ import annotations

from collections.abc import Iterator

from cmcore.activity_reports.queries import sessions_of
from cmcore.activity_reports.records import ActivityReport
from cmcore.base.clock import day, local
from cmcore.base.words import hours
from cmcore.exchange.documents.blocks import Block, Document, Paragraph, Part, Table, Voice, facts
from cmcore.exchange.documents.heading import Heading
from cmcore.exchange.documents.press import press
from cmcore.measures.choosing import measure_label
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import Outcome, SessionPlace
from cmcore.virtual_schools.records import Authority


def report_document(work: Work, report: ActivityReport) -> Document:
    """The report as a document: initials and a reference at its head, never a name of a young person."""
    authority = work.get(Authority, report.authority_id)
    person = report.young_person
    sessions = sessions_of(work, report)
    charged = sum(each.minutes for each in sessions if each.chargeable)
    blocks: list[Block] = [
        Part(text="What it is about"),
        *facts(
            ("Mentor", report.mentor.name),
            ("From", day(report.starts_on)),
            ("To", day(report.ends_on)),
            ("Where it stands", report.state_label),
            ("Time charged", hours(charged)),
        ),
    ]
    if report.summary:
        blocks += [Part(text="How it is going"), Paragraph(text=report.summary)]
    for each in sessions:
        blocks += _session(each)
    return Document(
        title="Activity report",
        foot=f"Activity report {report.ref}",
        sensitive=True,
        heading=Heading(
            authority=authority.name,
            school=authority.school_name,
            reference=person.ref if person else report.ref,
            initials=person.initials if person else "",
            printed_at=work.clock.now(),
        ),
        blocks=tuple(blocks),
    )


def report_pdf(work: Work, report: ActivityReport) -> bytes:
    """The report as a PDF that can be read aloud (PDF/UA-1)."""
    return press(report_document(work, report))


def _session(session: MentoringSession) -> Iterator[Block]:
    start, end = local(session.starts_at), local(session.ends_at)
    time = hours(session.minutes) if session.chargeable else "not charged"
    yield Part(
        text=f"{day(start.date())}, {start:%H:%M} to {end:%H:%M}",
        hint=f"{SessionPlace.say(session.place)}. {Outcome.say(session.outcome)}. {time[:1].upper()}{time[1:]}.",
    )
    if session.done:
        yield Paragraph(text=session.done)
    if session.impact:
        yield Table(
            columns=("Measure", "What was seen"),
            rows=tuple((measure_label(note["measure"]), str(note["note"])) for note in session.impact),
            widths=(1, 3),
        )
    if session.words_said:
        yield Voice(text=session.words_said)
