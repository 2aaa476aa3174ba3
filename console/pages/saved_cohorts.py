"""Saved cohorts: filters under a name, to be opened again by everybody who may see the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import redirect, request
from flask_appbuilder.baseviews import expose
from markupsafe import Markup

from cmcore.base.findings import Finding, Refused, Severity
from cmcore.evidence.actions import (
    answers_of_saved_cohort,
    change_saved_cohort,
    cohort_of_saved,
    remove_saved_cohort,
    save_cohort,
)
from cmcore.evidence.cohorts import Cohort
from cmcore.evidence.forms import SavedCohortAnswers
from cmcore.evidence.records import SavedCohort
from cmcore.programmes.records import Programme
from cmcore.safekeeping.work import Work
from console import desk
from console.cohort_words import cohort_address, read_together, said
from console.listing import Filter
from console.record_forms import ONE
from console.record_view import RecordView
from console.said import say
from console.security import needs
from console.steps import NextStep


def _whose(value: str, work: Work) -> Any:
    mine = SavedCohort.login == work.actor.login
    return mine if value == "mine" else ~mine


def _save(work: Work, programme: Programme, answers: SavedCohortAnswers) -> SavedCohort:
    return save_cohort(work, programme, Cohort.read(request.args), answers)


def _rename(work: Work, saved: SavedCohort, answers: SavedCohortAnswers, version: int) -> SavedCohort:
    return change_saved_cohort(work, saved, cohort_of_saved(saved), answers, version)


class SavedCohorts(RecordView):
    """Whose scores are counted, kept under a name."""

    record = SavedCohort
    route_base = "/saved-cohorts"
    about = (
        "Choices of whom to count, kept under a name. Choose a cohort on the page of the evidence and save it there; "
        "whoever may see the evidence can open it. Only who saved it, or who keeps the evidence, changes it."
    )
    list_columns: ClassVar[list[str]] = ["name", "programme.title", "who", "login", "shown"]
    label_columns: ClassVar[dict[str, str]] = {
        "programme.title": "Programme",
        "who": "Who is counted",
        "login": "Saved by",
        "shown": "Evidence",
    }
    search_columns: ClassVar[list[str]] = ["name"]
    filter_columns: ClassVar[list[Any]] = [
        Filter("whose", "Whose", (("mine", "Mine"), ("team", "My team’s")), _whose),
        "programme_id",
    ]
    order_columns: ClassVar[list[str]] = ["name"]
    base_order = ("name", "asc")
    views: ClassVar[list[Any]] = [("Mine", {"whose": "mine"}), ("My team’s", {"whose": "team"})]
    show_columns: ClassVar[list[str]] = ["programme.title", "who", "login"]
    facts_heading = "Who is counted"
    empty_words = "No cohort is saved yet. Choose one on the page of the evidence, then save it under a name."
    add_words = "Save this cohort"
    added_words = "The cohort is saved."
    add_parent = Programme
    add_form = SavedCohortAnswers
    add_action = staticmethod(_save)
    edit_form = SavedCohortAnswers
    answers_of = staticmethod(answers_of_saved_cohort)
    edit_action = staticmethod(_rename)
    edited_words = "It has its new name."
    remove_action = staticmethod(remove_saved_cohort)
    remove_why = "The name and its filters go. The scores, and what was counted with it, stay."
    acts: ClassVar[dict[str, str]] = {"add": "saved_cohort.add", "edit": "saved_cohort.change"}

    def gather(self, work: Work, rows: Sequence[SavedCohort]) -> None:
        """Read what the filters name, for all rows at once."""
        read_together(cohort_of_saved(each) for each in rows)

    def cell_who(self, saved: SavedCohort) -> str:
        """The filters in words."""
        return said(cohort_of_saved(saved))

    def cell_login(self, saved: SavedCohort) -> str:
        """Who saved it."""
        return "You" if saved.login == desk.work().actor.login else saved.login

    def cell_shown(self, saved: SavedCohort) -> Markup:
        """Where it is counted."""
        return Markup('<a href="{}">See what changed</a>').format(opened_at(saved))

    def next_steps(self, work: Work, record: Any) -> list[NextStep]:
        """To be opened, first of all."""
        if not work.may("evidence.see", record.authority_id):
            return super().next_steps(work, record)
        why = "With these filters, as the scores are today."
        return [NextStep("See what changed for them", opened_at(record), why), *super().next_steps(work, record)]

    def settled(self, saved: SavedCohort, doing: str) -> Sequence[Finding]:
        """Somebody else's is theirs, unless one keeps the evidence."""
        work = desk.work()
        if saved.login == work.actor.login or work.may("saved_cohort.keep", saved.authority_id):
            return ()
        return (Finding("Somebody else saved this cohort.", way_out="Open it, and save it under another name."),)

    def told(self, work: Work, record: Any, doing: str) -> list[Finding]:
        """What is being saved."""
        if doing != "add":
            return []
        try:
            counted = said(Cohort.read(request.args))
        except Refused as refused:
            return list(refused.findings)
        return [Finding(f"It counts: {counted}.", severity=Severity.inform)]

    def page_title(self, record: Any) -> str:
        """Its name, which is nobody's."""
        return f"Saved cohort {record.name}"

    def after(self, record: Any, doing: str) -> str:
        """To its numbers, once it is saved."""
        return opened_at(record) if doing == "add" else super().after(record, doing)

    @expose(f"/{ONE}/filters", methods=("POST",))
    @needs("saved_cohort.change")
    def filters_kept(self, pk: int) -> Any:
        """Let it count what the address asks for from now on; its name stays."""
        work = desk.work()
        saved = work.get(SavedCohort, pk)
        cohort = Cohort.read(request.args)
        change_saved_cohort(work, saved, cohort, answers_of_saved_cohort(saved))
        work.commit()
        say(f"“{saved.name}” counts these from now on.")
        return redirect(opened_at(saved), 303)


def opened_at(saved: SavedCohort) -> str:
    """Where a saved cohort is counted: its filters stand in the address, so that it can be narrowed further."""
    return cohort_address(saved.programme_id, cohort_of_saved(saved), saved=saved.id)
