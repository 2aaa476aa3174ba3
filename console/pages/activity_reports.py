"""Activity reports: drawn up from sessions, read with what the rules point out, sent, sent back, accepted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import Response, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.activity_reports.actions import (
    OPEN,
    accept_report,
    answers_of_report,
    change_report,
    draw_up_report,
    findings_of,
    remove_report,
    return_report,
    submit_report,
)
from cmcore.activity_reports.forms import ActivityReportAnswers
from cmcore.activity_reports.paper import report_pdf
from cmcore.activity_reports.queries import sessions_of
from cmcore.activity_reports.records import ActivityReport
from cmcore.activity_reports.word import report_word
from cmcore.base.clock import local, short_day
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.base.words import hours
from cmcore.commissions.records import Commission
from cmcore.exchange.documents.word_template import WORD_TYPE
from cmcore.jobs.forms import PackAnswers
from cmcore.jobs.packs import ask_for_pack, once_a_minute
from cmcore.measures.choosing import measure_label
from cmcore.referrals.forms import ReasonAnswers
from cmcore.safekeeping.work import Work
from cmcore.sessions.words import Outcome, SessionPlace
from console import desk, lookups
from console.form_page import FormPage
from console.listing import Queue
from console.printing import download
from console.record_forms import ONE
from console.record_view import RecordView
from console.security import needs
from console.shown import State
from console.steps import Step

_LOOKS = {"draft": ("none", "ring"), "submitted": ("note", "half"), "returned": ("warn", "warn")}


def _in_the_way(work: Work, report: ActivityReport) -> Sequence[Finding]:
    return [one for one in findings_of(work, report) if one.blocks]


class ActivityReports(RecordView):
    """What a mentor did, in the mentor's words."""

    record = ActivityReport
    route_base = "/activity-reports"
    about = (
        "A mentor's account of some weeks with one young person, drawn up from the sessions. "
        "The young person may read it one day. Its minutes can be invoiced once it is accepted."
    )
    list_columns: ClassVar[list[str]] = ["ref", "young_person", "mentor", "starts_on", "ends_on", "state"]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Report",
        "young_person": "Young person",
        "starts_on": "From",
        "ends_on": "To",
        "state": "Where it stands",
        "summary": "How it is going",
    }
    load_columns: ClassVar[list[str]] = ["young_person.ref", "mentor.name"]
    search_columns: ClassVar[list[str]] = ["ref", "young_person.ref", "young_person.family_name", "mentor.name"]
    everywhere: ClassVar[list[str]] = ["ref"]
    only_references = True
    filter_columns: ClassVar[list[str]] = ["state", "mentor_id", "young_person_id", "commission_id"]
    order_columns: ClassVar[list[str]] = ["ref", "starts_on", "state"]
    base_order = ("starts_on", "desc")
    views: ClassVar[list[Any]] = [("To accept", {"state": "submitted"}), ("Sent back", {"state": "returned"})]
    queues = (
        Queue(
            "Activity reports to accept",
            {"state": "submitted"},
            "week",
            "Their minutes wait to be invoiced.",
            "activity_report.accept",
        ),
        Queue("Reports sent back to you", {"state": "returned"}, "now", "Put right, and send again.", "session.report"),
    )
    show_columns: ClassVar[list[str]] = ["young_person", "mentor", "starts_on", "ends_on", "state", "summary"]
    facts_heading = "What it is about"
    show_template = "cm/activity_report.html"
    empty_words = "No activity reports yet. One is drawn up from sessions that were written up."

    add_form = ActivityReportAnswers
    add_action = staticmethod(draw_up_report)
    add_words = "Draw up a report"
    edit_form = ActivityReportAnswers
    answers_of = staticmethod(answers_of_report)
    edit_action = staticmethod(change_report)
    remove_action = staticmethod(remove_report)
    remove_why = "Its sessions stay, and wait for another report."
    steps = (
        Step(
            "submit",
            "Send it to the coordinator",
            submit_report,
            why="Its sessions then stay as they are.",
            offered=lambda report: report.state in OPEN,
            stands_in_the_way=_in_the_way,
        ),
        Step(
            "accept",
            "Accept",
            accept_report,
            why="Its minutes can then be invoiced.",
            offered=lambda report: report.state == "submitted",
        ),
        Step(
            "return",
            "Send back",
            lambda work, report, answers: return_report(work, report, answers.reason),
            form=ReasonAnswers,
            act="activity_report.return",
            why="Something is to be put right first.",
            offered=lambda report: report.state == "submitted",
        ),
    )
    together = ("accept", "return", "submit")

    def lookup(self, of: str, text: str, about: Any) -> Any:
        """Of commissions, those that were active; a report stays with its own."""
        if of != "commission":
            return super().lookup(of, text, about)
        begun = Commission.state.in_(("active", "completed", "ended_early"))
        return lookups.lookup(of, text, begun if about is None else Commission.id == about.commission_id)

    def cell_state(self, report: ActivityReport) -> State:
        """What waits stands out a little."""
        return State(report.state_label, *_LOOKS.get(report.state, ("plain", "dot")))

    def heading(self, report: ActivityReport) -> str:
        """Which report, about whom."""
        return f"Activity report {report.ref}: {report.young_person or 'a school'}"

    def named(self, report: ActivityReport) -> str:
        """Which report, in few words."""
        return report.ref

    def settled(self, report: ActivityReport, doing: str) -> Sequence[Finding]:
        """What was sent stands."""
        if report.state not in OPEN:
            said = f"This report is “{report.state_label}” and stands as it was sent."
            return (Finding(said, way_out="Ask for it to be sent back."),)
        if doing == "remove" and report.state != "draft":
            said = "Only a report that was never sent can be thrown away."
            return (Finding(said, way_out="Change this one instead."),)
        return ()

    def findings(self, work: Work, report: ActivityReport) -> list[Finding]:
        """What the rules point out, until the report is accepted."""
        return findings_of(work, report) if report.state in ("draft", "returned", "submitted") else []

    def show_context(self, work: Work, record: Any, opened: bool) -> dict[str, Any]:
        """The facts, and the sessions with their four parts."""
        context = super().show_context(work, record, opened)
        sessions = sessions_of(work, record)
        context["told"] = [
            {
                "when": f"{short_day(local(each.starts_at).date())}, {local(each.starts_at):%H:%M} "
                f"to {local(each.ends_at):%H:%M}",
                "where": SessionPlace.say(each.place),
                "how": Outcome.say(each.outcome),
                "minutes": hours(each.minutes) if each.chargeable else "not charged",
                "done": each.done,
                "impact": [(measure_label(note["measure"]), note["note"]) for note in each.impact],
                "said": each.words_said,
                "url": self.address_beside("session", each),
            }
            for each in sessions
        ]
        context["charged"] = hours(sum(each.minutes for each in sessions if each.chargeable))
        return context

    def address_beside(self, kind: str, record: Any) -> str:
        """Where another record of this page stands, for whoever may open it."""
        page = self.appbuilder.page_about(kind)
        return page.address_of(record) if page is not None and page.may("show") else ""

    def list_acts(self, work: Work) -> list[tuple[str, str]]:
        """Taking many out at once: for each authority within reach."""
        reached = [one for one in sorted(work.scope.authorities if work.scope else ()) if work.may("task.add", one)]
        names = dict(desk.names_of(reached)) if len(reached) > 1 else {}
        return [
            (f"Take out as a pack{': ' + names[one] if one in names else ''}", url_for(".pack", authority_id=one))
            for one in reached[:5]
        ]

    @expose("/pack/<int:authority_id>", methods=("GET", "POST"))
    @needs("{kind}.see")
    def pack(self, authority_id: int) -> Any:
        """Ask for the reports of some days as one zip file, made in the background."""
        work = desk.work()
        if work.scope is None or authority_id not in work.scope.authorities:
            raise NotFound("authority")
        page = FormPage(
            form=PackAnswers.form,
            title="Activity reports as a pack",
            action_url=request.path,
            submit="Make the pack",
            lead=PackAnswers.form.doc,
            lookup=lookups.lookup,
            shown=lookups.shown,
            fetch=lookups.fetch,
            cancel_url=self.address(),
            cancel_words="Back to the reports",
            crumbs=[(self.list_title, self.address()), ("As a pack", "")],
        )
        if request.method == "GET":
            return page.blank()
        taken = page.take(request.form)
        if taken.answers is None:
            return page.again(taken)
        try:
            asked = ask_for_pack(work, authority_id, taken.answers, once=once_a_minute(work, taken.answers))
            desk.premises().attendant.wake_after(work)
            work.commit()
        except Refused as refused:
            work.undo()
            return page.again(taken, refused.findings)
        return redirect(url_for("LongWork.show", pk=asked.id), 303)

    @expose(f"/{ONE}/word")
    @needs("{kind}.see")
    def word(self, pk: int) -> Response:
        """The report as a Word document; that it was taken out is written down."""
        work = desk.work()
        report = self.record_at(work, pk)
        made = report_word(work, report)
        work.opened(report, why="to have it as a Word document")
        work.commit()
        return download(made, WORD_TYPE, f"activity-report-{report.ref}.docx")

    @expose(f"/{ONE}/paper")
    @needs("{kind}.see")
    def paper(self, pk: int) -> Response:
        """The report as a document; that it was taken out is written down."""
        work = desk.work()
        report = self.record_at(work, pk)
        made = report_pdf(work, report)
        work.opened(report, why="to print it")
        work.commit()
        return download(made, "application/pdf", f"activity-report-{report.ref}.pdf", to_read=True)
