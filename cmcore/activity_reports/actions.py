"""What people do with an activity report: draw it up, send it, send it back, accept it. An invoice locks it."""

from __future__ import annotations

from collections.abc import Iterable

from cmcore.activity_reports import guards, rules
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.activity_reports.queries import roster_for, sessions_of, texts_of, told_by, unreported
from cmcore.activity_reports.records import ActivityReport
from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import Finding, refuse
from cmcore.commissions.records import Commission
from cmcore.mentors.queries import hold_mentor
from cmcore.safekeeping.refs import next_ref
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools.records import Authority

#: States in which a mentor may still change a report.
OPEN = ("draft", "returned")


@action("activity_report.add")
def draw_up_report(work: Work, answers: ActivityReportAnswers) -> ActivityReport:
    """Draw up a report of a commission's sessions in some days. Refuses days in which nothing was written up."""
    answers = taken(work, answers)
    commission = work.get(Commission, answers.commission_id)
    work.require("activity_report.add", commission.authority_id)
    found = unreported(work, commission, answers.starts_on, answers.ends_on)
    if not found:
        raise refuse(
            "No session in these days waits for a report.",
            place="starts_on",
            way_out="Choose other days, or say how each session went first.",
        )
    report = work.add(
        ActivityReport(
            authority_id=commission.authority_id,
            ref=next_ref(work, work.get(Authority, commission.authority_id), "A"),
            commission_id=commission.id,
            mentor_id=commission.mentor_id,
            young_person_id=commission.young_person_id,
            starts_on=answers.starts_on,
            ends_on=answers.ends_on,
            summary=answers.summary or "",
        )
    )
    work.db.flush()
    for session in found:
        work.change(session, activity_report_id=report.id)
    return report


@action("activity_report.change")
def change_report(
    work: Work, report: ActivityReport, answers: ActivityReportAnswers, version: int | None = None
) -> ActivityReport:
    """Change the days or the summary of a report that was not sent, and take in what was written up since."""
    _open(report)
    answers = taken(work, answers)
    if answers.commission_id != report.commission_id:
        raise refuse(
            "A report stays with its commission.",
            place="commission_id",
            way_out="Throw this one away and draw up another.",
        )
    work.change(report, version, **{**answers.columns(), "summary": answers.summary or ""})
    commission = work.get(Commission, report.commission_id)
    for session in sessions_of(work, report):
        work.change(session, activity_report_id=None)
    work.db.flush()
    found = unreported(work, commission, answers.starts_on, answers.ends_on)
    if not found:
        raise refuse("No session lies in these days.", place="starts_on", way_out="Choose other days.")
    for session in found:
        work.change(session, activity_report_id=report.id)
    return report


@action("activity_report.remove")
def remove_report(work: Work, report: ActivityReport) -> None:
    """Throw away a report that was never sent; its sessions stay, and wait for another."""
    if report.state != "draft":
        raise refuse("Only a report that was never sent can be thrown away.", way_out="Change this one instead.")
    for session in sessions_of(work, report):
        work.change(session, activity_report_id=None)
    work.db.flush()
    work.db.delete(report)


@action("activity_report.submit")
def submit_report(work: Work, report: ActivityReport) -> ActivityReport:
    """Send a report. R-REP-1 and R-REP-3 refuse, R-REP-2 points out; its sessions then stay as they are."""
    work.heed(findings_of(work, report))
    work.move(report, "submit")
    work.change(report, submitted_at=work.clock.now(), submitted_by=work.actor.name)
    _settle(work, report, settled=True)
    return report


@action("activity_report.return")
def return_report(work: Work, report: ActivityReport, reason: str) -> ActivityReport:
    """Send a report back with words; its sessions can be changed again."""
    work.move(report, "return", reason=reason)
    _settle(work, report, settled=False)
    return report


@action("activity_report.accept")
def accept_report(work: Work, report: ActivityReport) -> ActivityReport:
    """Accept a report: its minutes may now be invoiced. R-INV-2 refuses one with a day that was billed and approved."""
    # An invoice over these days that is approved at this moment is waited for, and then seen.
    hold_mentor(work, report.mentor_id)
    way = report.lifecycle.way("accept", report.state)
    work.heed(guards.findings_of(way.guards, work, report, work.today))
    work.move(report, "accept")
    work.change(report, accepted_at=work.clock.now(), accepted_by=work.actor.name)
    return report


def lock_reports(work: Work, reports: Iterable[ActivityReport]) -> None:
    """Lock accepted reports because an invoice over them was approved (R-INV-6). Nothing unlocks one again."""
    for report in reports:
        if report.state == "accepted":
            work.move(report, "lock")


def findings_of(work: Work, report: ActivityReport) -> list[Finding]:
    """Everything the rules say of a report as it stands: what refuses it, and what is only pointed out."""
    sessions, policy = sessions_of(work, report), work.policy_of(report)
    told, texts = told_by(work, sessions), texts_of(sessions)
    texts.append((report.ends_on, report.summary))
    roster = roster_for(work, report)
    named = [(on, [found.word for found in roster.find(text)]) for on, text in texts]
    return [
        *rules.complete(told, policy),
        *rules.worries_are_raised(told, policy),
        *rules.tone(texts, policy),
        *rules.names(named, policy),
    ]


def answers_of_report(report: ActivityReport) -> ActivityReportAnswers:
    """The report as the answers that would draw it up again."""
    return answers_from(ActivityReportAnswers, report)


def _open(report: ActivityReport) -> None:
    if report.state not in OPEN:
        raise refuse(
            f"This report is “{report.state_label}” and stands as it was sent.", way_out="Ask for it to be sent back."
        )


def _settle(work: Work, report: ActivityReport, *, settled: bool) -> None:
    for session in sessions_of(work, report):
        work.change(session, settled=settled)
