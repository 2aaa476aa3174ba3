"""The console's pages, in the order of its menu: one file for each kind of record, registered here."""

from __future__ import annotations

from console.framework import Console


def register(console: Console) -> None:
    """Register every page that comes with the console."""
    from console.pages import around_young_people as around
    from console.pages import set_up
    from console.pages.accounts import Accounts
    from console.pages.activity_reports import ActivityReports
    from console.pages.calendar import Calendar
    from console.pages.case_studies import CaseStudies
    from console.pages.commissions import Commissions
    from console.pages.compliance import Compliance
    from console.pages.concerns import Concerns
    from console.pages.consents import Consents
    from console.pages.enrolments import Enrolments
    from console.pages.evidence import Evidence
    from console.pages.evidence_reports import EvidenceReports
    from console.pages.form_answers import AnswersToForms
    from console.pages.form_exports import FormExports
    from console.pages.forms import Forms
    from console.pages.imports import Imports
    from console.pages.invoice_workbooks import InvoiceWorkbooks
    from console.pages.invoices import Invoices
    from console.pages.journals import Journals
    from console.pages.known_risks import KnownRisks, RiskBriefings
    from console.pages.list_workbooks import ListWorkbooks
    from console.pages.long_work import LongWork
    from console.pages.matching import Distances, Matching
    from console.pages.mentors import MentorChecks, Mentors
    from console.pages.messages import Messages
    from console.pages.money import Allocations, Money, YearRates
    from console.pages.pairs import Pairs
    from console.pages.pep_board import PepBoard
    from console.pages.peps import PepContributions, Peps, PepTargets
    from console.pages.plugins import Plugins
    from console.pages.readiness import AssessmentReads, RiskAssessments, Supervisions, Trainings
    from console.pages.referrals import Referrals
    from console.pages.remembered_columns import RememberedColumns
    from console.pages.report_templates import ReportTemplates
    from console.pages.reviews import Reviews
    from console.pages.saved_cohorts import SavedCohorts
    from console.pages.session_drafts import SessionDrafts
    from console.pages.sessions import Sessions
    from console.pages.stories import Stories
    from console.pages.waiting_rows import WaitingRows
    from console.pages.week import WeekOfSessions
    from console.pages.workbook_forms import WorkbookForms
    from console.pages.young_people import YoungPeople

    young, mentors, money = "Young people", "Mentors", "Reports and money"
    paper, set_up_page = "Forms and files", "Set-up"
    console.add_view(YoungPeople, "All young people", category=young)
    console.add_view(Referrals, "Referrals", category=young)
    console.add_view(Enrolments, "Enrolments", category=young)
    console.add_view(Commissions, "Commissions", category=young)
    console.add_view(Reviews, "Reviews", category=young)
    console.add_view(Consents, "Permissions", category=young)
    console.add_view(KnownRisks, "Known risks", category=young)
    console.add_view(RiskBriefings, "Mentors briefed", category=young)
    console.add_view(around.SupportingAdults, "Adults around them", category=young)
    console.add_view(around.EducationSpells, "Education", category=young)
    console.add_view(around.CareEpisodes, "Care episodes", category=young)
    console.add_view(around.SendStatuses, "Special needs", category=young)
    console.add_view(Sessions, "All sessions", category="Sessions")
    console.add_view(WeekOfSessions, "The week", category="Sessions")
    console.add_view(Journals, "Journal", category="Sessions")
    console.add_view(CaseStudies, "Case studies", category="Sessions")
    console.add_view(Stories, "Stories", category=young)
    console.add_view(Mentors, "All mentors", category=mentors)
    console.add_view(Compliance, "Who may work", category=mentors)
    console.add_view(Pairs, "Both scores", category=mentors)
    console.add_view(MentorChecks, "Checks", category=mentors)
    console.add_view(Supervisions, "Reflective sessions", category=mentors)
    console.add_view(Trainings, "Training", category=mentors)
    console.add_view(RiskAssessments, "Risk assessments", category=mentors)
    console.add_view(AssessmentReads, "Risk assessments read", category=mentors)
    # Plugins put their pages about culture into this group as well.
    console.menu.add_category("PEPs", label="PEPs and culture")
    console.add_view(PepBoard, "PEP board", category="PEPs")
    console.add_view(Peps, "All PEPs", category="PEPs")
    console.add_view(PepTargets, "Targets", category="PEPs")
    console.add_view(PepContributions, "Brought to PEPs", category="PEPs")
    console.add_view(ActivityReports, "Activity reports", category=money)
    console.add_view(Invoices, "Invoices", category=money)
    console.add_view(Money, "Where the money stands", category=money)
    console.add_view(Allocations, "Set aside", category=money)
    console.add_view(set_up.FundingLines, "Funding lines", category=money)
    console.add_view(YearRates, "Yearly rates", category=money)
    console.add_view(Concerns, "Concerns")
    console.add_view(Evidence, "What changed", category="Evidence")
    console.add_view(SavedCohorts, "Saved cohorts", category="Evidence")
    console.add_view(Forms, "All forms", category=paper)
    console.add_view(AnswersToForms, "Answers", category=paper)
    console.add_view(Imports, "Import", category=paper)
    console.add_view(ListWorkbooks, "Workbooks", category=paper)
    console.add_view(WaitingRows, "Rows that wait", category=paper)
    console.add_view(RememberedColumns, "Remembered columns", category=paper)
    console.add_view(LongWork, "Long work", category=paper)
    for view, words in (
        (Accounts, "Accounts and roles"),
        (set_up.Authorities, "Authority"),
        (set_up.Terms, "Terms"),
        (set_up.Settings, "Settings"),
        (set_up.Programmes, "Kinds of programme"),
        (Distances, "Distances"),
        (ReportTemplates, "Word template of reports"),
        (Messages, "Messages"),
        (Plugins, "Plugins"),
    ):
        console.add_view(view, words, category=set_up_page)
    for unlisted in (EvidenceReports, Matching, InvoiceWorkbooks, SessionDrafts, FormExports, Calendar, WorkbookForms):
        console.add_view_no_menu(unlisted)
