"""The answers to a form as a file: which, with or without names and what is sensitive, as CSV or Excel."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.answers.editions import known_forms
from cmcore.answers.exporting import export_answers
from cmcore.base.findings import NotFound, Refused
from cmcore.base.words import Choice
from cmcore.exchange.answers_files import as_csv, as_workbook
from cmcore.forms import Answers, ask, form
from console import desk, lookups
from console.form_page import FormPage
from console.forms_begin import FORM
from console.framework import Page
from console.printing import XLSX, download
from console.security import needs


class FileKind(Choice):
    """What file comes out."""

    workbook = "workbook", "An Excel workbook"
    csv = "csv", "A CSV file"


@form("export-answers", version=1, title="Export the answers")
class ExportAnswers(Answers):
    """Every set of answers you may see, over all editions of the form. That you took them out is written down."""

    file: FileKind = ask("Which file?", default=FileKind.workbook)
    drafts: bool = ask("Drafts too?", default=False)
    sensitive: bool = ask(
        "What is sensitive too?", default=False, hint="Without it, such answers are “not shown”.", required=True
    )
    names: bool = ask("Names too?", default=False, hint="Without them, initials and reference.", required=True)


class FormExports(Page):
    """Taking the answers to a form out as a file."""

    route_base = "/form-exports"
    about = "The answers to a form over all its editions, as a file."

    @expose(FORM, methods=("GET", "POST"))
    @needs("form_answers.export")
    def index(self, authority_id: int, key: str) -> Any:
        """Choose what comes out, and take it."""
        work = desk.work()
        within = work.scope is not None and authority_id in work.scope.authorities
        known = known_forms(work, authority_id) if within else []
        found = next((one for one in known if one.form.key == key), None)
        if found is None:
            raise NotFound("form")
        back = url_for("Forms.show", authority_id=authority_id, key=key)
        page = FormPage(
            form=ExportAnswers.form,
            title=f"Export: {found.form.title}",
            action_url=request.path,
            submit="Take them out",
            lead=ExportAnswers.form.doc,
            cancel_url=back,
            cancel_words="Back to the form",
            crumbs=[("Forms", url_for("Forms.index")), (found.form.title, back), ("Export", "")],
        )
        if request.method == "GET":
            return page.blank()
        taken = page.take(request.form)
        if taken.answers is None:
            return page.again(taken)
        chosen: ExportAnswers = taken.answers
        try:
            made = export_answers(
                work,
                authority_id,
                key,
                names=chosen.names,
                sensitive=chosen.sensitive,
                drafts=chosen.drafts,
                titles=lookups.title,
            )
            work.commit()
        except Refused as refused:
            work.undo()
            return page.again(taken, refused.findings)
        on = f"{work.today:%Y-%m-%d}"
        if chosen.file is FileKind.csv:
            return download(as_csv(made), "text/csv; charset=utf-8", f"{key}-{on}.csv")
        return download(as_workbook(made), XLSX, f"{key}-{on}.xlsx")
