"""The console's pages, in the order of its menu: one file for each kind of record, registered here."""

from __future__ import annotations

from console.framework import Console


def register(console: Console) -> None:
    """Register every page that comes with the console."""
    from console.pages import around_young_people as around
    from console.pages import set_up
    from console.pages.activity_reports import ActivityReports
    from console.pages.calendar import Calendar
    from console.pages.case_studies import CaseStudies
    from console.pages.commissions import Commissions
    from console.pages.compliance import Compliance
    from console.pages.concerns import Concerns
    from console.pages.consents import Consents
    from console.pages.enrolments import Enrolments
    from console.pages.evidence import Evidence
    from console.pages.form_answers import AnswersToForms
    from console.pages.form_exports import FormExports
    from console.pages.forms import Forms
    from console.pages.imports import Imports
    from console.pages.invoice_workbooks import InvoiceWorkbooks
    from console.pages.invoices import Invoices
    from console.pages.journals import Journals
    from console.pages.list_workbooks import ListWorkbooks
    from console.pages.long_work import LongWork
    from console.pages.matching import Distances, Matching
    from console.pages.mentors import MentorChecks, Mentors
    from console.pages.messages import Messages
    from console.pages.money import Allocations, Money, YearRates
    from console.pages.pep_board import PepBoard
    from console.pages.peps import PepContributions, Peps, PepTargets
    from console.pages.plugins import Plugins
    from console.pages.readiness import AssessmentReads, RiskAssessments, Supervisions, Trainings
    from console.pages.referrals import Referrals
    from console.pages.report_templates import ReportTemplates
    from console.pages.reviews import Reviews
    from console.pages.session_drafts import SessionDrafts
    from console.pages.sessions import Sessions
    from console.pages.waiting_rows import WaitingRows
    from console.pages.week import WeekOfSessions
    from console.pages.workbook_forms import WorkbookForms
    from console.pages.young_people import YoungPeople

    console.add_view(YoungPeople, "Young people")
    console.add_view(Referrals, "Referrals")
    console.add_view(Enrolments, "Enrolments", category="Programmes")
    console.add_view(Commissions, "Commissions", category="Programmes")
    console.add_view(Reviews, "Reviews", category="Programmes")
    console.add_view(Sessions, "Sessions")
    console.add_view(WeekOfSessions, "The week")
    console.add_view(Journals, "Journal", category="Journal and stories")
    console.add_view(CaseStudies, "Case studies", category="Journal and stories")
    console.add_view(ActivityReports, "Activity reports", category="Reports and invoices")
    console.add_view(Invoices, "Invoices", category="Reports and invoices")
    console.add_view(Money, "Where the money stands", category="Money")
    console.add_view(Allocations, "Set aside", category="Money")
    console.add_view(set_up.FundingLines, "Funding lines", category="Money")
    console.add_view(YearRates, "Yearly rates", category="Money")
    console.add_view(PepBoard, "PEP board", category="PEPs")
    console.add_view(Peps, "PEPs", category="PEPs")
    console.add_view(PepTargets, "Targets", category="PEPs")
    console.add_view(PepContributions, "Brought to PEPs", category="PEPs")
    console.add_view(Mentors, "Mentors", category="Mentors and checks")
    console.add_view(Compliance, "Who may work", category="Mentors and checks")
    console.add_view(Supervisions, "Reflective sessions", category="Mentors and checks")
    console.add_view(Trainings, "Training", category="Mentors and checks")
    console.add_view(RiskAssessments, "Risk assessments", category="Mentors and checks")
    console.add_view(AssessmentReads, "Risk assessments read", category="Mentors and checks")
    console.add_view(MentorChecks, "Mentor checks", category="Mentors and checks")
    console.add_view_no_menu(Matching)
    console.add_view(Concerns, "Concerns")
    console.add_view(Forms, "Forms")
    console.add_view(Evidence, "Evidence")
    console.add_view(Imports, "Import")
    console.add_view_no_menu(InvoiceWorkbooks)
    console.add_view(ListWorkbooks, "Workbooks", category="More records")
    console.add_view(WaitingRows, "Rows that wait", category="More records")
    console.add_view(LongWork, "Long work")
    console.add_view_no_menu(SessionDrafts)
    console.add_view_no_menu(FormExports)
    console.add_view_no_menu(Calendar)
    console.add_view_no_menu(WorkbookForms)
    for view in (
        AnswersToForms,
        Consents,
        around.SupportingAdults,
        around.EducationSpells,
        around.CareEpisodes,
        around.SendStatuses,
    ):
        console.add_view(view, view.route_base.strip("/").replace("-", " ").capitalize(), category="More records")
    for view, words in (
        (set_up.Authorities, "Authority"),
        (set_up.Terms, "Terms"),
        (set_up.Settings, "Settings"),
        (set_up.Programmes, "Kinds of programme"),
        (Distances, "Distances"),
    ):
        console.add_view(view, words, category="Set-up")
    console.add_view(ReportTemplates, "Word template of reports", category="Set-up")
    console.add_view(Messages, "Messages", category="Set-up")
    console.add_view(Plugins, "Plugins", category="Set-up")
