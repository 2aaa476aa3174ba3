"""A mentor's own home, at nine in the evening: what is not recorded yet, what came back, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.activity_reports.records import ActivityReport
from cmcore.base.clock import local, short_day
from cmcore.base.words import count
from cmcore.evidence.pairs import pairs_by_mentor, together
from cmcore.invoices.records import Invoice
from cmcore.risks.records import KnownRisk
from cmcore.safekeeping.work import Work
from cmcore.sessions.drafts import own_drafts
from cmcore.sessions.mentors_week import own_mentors, plans_before
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import SessionPlace
from console.framework import console
from console.pair_rows import missing_words, pairs_address
from console.risk_rows import look_again
from console.shown import when

#: A line: words, a line more, and where it leads.
Line = tuple[str, str, str]
#: So many of a kind stand on the page; the rest is a list away.
_MOST = 5


@dataclass
class Evening:
    """What a mentor finds on Today before all else."""

    untold: list[Line] = field(default_factory=list)
    sent_back: list[Line] = field(default_factory=list)
    begun: list[Line] = field(default_factory=list)
    next: list[Line] = field(default_factory=list)
    risks: list[Line] = field(default_factory=list)
    scores: list[Line] = field(default_factory=list)
    log_url: str = ""
    week_url: str = ""
    #: The queue whose work these lines are, by the rows it counts.
    listed: Mapping[str, Any] = field(default_factory=lambda: {"waits": "report"})

    @property
    def parts(self) -> list[tuple[str, str, list[Line], str]]:
        """The parts in the order of what presses: a key, words, lines, and what is said where there are none."""
        return [
            ("untold", "Not recorded yet", self.untold, "Every session so far is recorded."),
            ("sent-back", "Sent back to you", self.sent_back, ""),
            ("begun", "Begun and not sent", self.begun, ""),
            ("next", "What is next", self.next, "No session is planned for the coming week."),
            ("risks", "Known risks of the young people you work with", self.risks, ""),
            ("scores", "Both scores", self.scores, ""),
        ]


def evening_of(work: Work) -> Evening | None:
    """The home of a mentor; nothing for anybody else."""
    if not (own := own_mentors(work)) or not work.may("session.report"):
        return None
    page: Any = console().page_about("session")
    if page is None:
        return None
    made = Evening(log_url=page.add_address(), week_url=url_for("WeekOfSessions.index"))
    now = work.clock.now()
    for plan in plans_before(work, now + timedelta(days=7)):
        if plan.ends_at <= now:
            made.untold.append((_called(plan), "Say how it went", page.step_address(plan, page.steps[0])))
        else:
            made.next.append((_called(plan), SessionPlace.say(plan.place), page.address_of(plan)))
    made.untold, made.next = made.untold[:_MOST], made.next[:_MOST]
    made.begun = [
        (f"Your {draft}", f"Saved {when(draft.saved_at)}", page.draft_address(draft))
        for draft in own_drafts(work)[:_MOST]
    ]
    made.sent_back = _sent_back(work, own)
    made.risks = _risks(work, work.today)
    made.scores = _scores(work, own)
    return made


def _called(session: MentoringSession) -> str:
    start, end = local(session.starts_at), local(session.ends_at)
    return f"{short_day(start.date())}, {start:%H:%M} to {end:%H:%M}: {session.young_person}"


def _risks(work: Work, today: date) -> list[Line]:
    """The known risks that stand of the young people they are commissioned for, the newest first."""
    page: Any = console().page_about("known_risk")
    if page is None or not page.may("show"):
        return []
    asked = select(KnownRisk).where(KnownRisk.ended_on.is_(None)).options(joinedload(KnownRisk.young_person))
    found = work.db.scalars(asked.order_by(KnownRisk.known_on.desc(), KnownRisk.id.desc()).limit(_MOST))
    return [(f"{one.young_person}: {one}", _again(one, today), page.address_of(one)) for one in found]


def _again(risk: KnownRisk, today: date) -> str:
    over = look_again(risk, today)
    return f"Look at it again by {short_day(risk.review_on)}" + (f", {over}" if over else "")


def _scores(work: Work, own: list[int]) -> list[Line]:
    """Of how many of theirs there are both scores, and who is missing."""
    tally = together(pairs_by_mentor(work, mentors=own))
    if not tally.started or not pairs_address():
        return []
    said = f"{tally.paired} of the {count(tally.started, 'young person', 'young people')} who started have both"
    return [(said, missing_words(tally), pairs_address())]


def _sent_back(work: Work, own: list[int]) -> list[Line]:
    """Reports that were returned and invoices that were queried."""
    reports = select(ActivityReport).where(ActivityReport.mentor_id.in_(own), ActivityReport.state == "returned")
    reports = reports.options(joinedload(ActivityReport.young_person))
    invoices = select(Invoice).where(Invoice.mentor_id.in_(own), Invoice.state == "queried")
    found: list[Line] = []
    for kind, asked in (("activity_report", reports), ("invoice", invoices)):
        page: Any = console().page_about(kind)
        for one in work.db.scalars(asked.limit(_MOST)) if page is not None else ():
            found.append((page.heading(one), "Put it right and send it again", page.address_of(one)))
    return found
