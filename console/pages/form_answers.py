"""Answers to forms: the list, one set of answers, filling in over several sittings, correcting, answering again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from flask import make_response, render_template, url_for
from flask_appbuilder.baseviews import expose

from cmcore.answers import files, queries, subjects
from cmcore.answers.editions import form_of_edition
from cmcore.answers.filling import discard, may_correct
from cmcore.answers.records import FormAnswers
from cmcore.answers.sensitive import file_is_shown, has_sensitive, sees_sensitive
from cmcore.answers.showing import shown_parts
from cmcore.base.findings import Finding, NotFound
from cmcore.safekeeping.work import Work
from console import desk, lookups
from console.answers_filling import Filling
from console.listing import Filter, Queue
from console.printing import XLSX, answers_pdf, answers_sheet, download
from console.record_forms import ONE
from console.record_view import RecordView
from console.security import needs
from console.shown import Sub, when
from console.steps import NextStep


def _forms(work: Work) -> Sequence[tuple[str, str]]:
    """The forms that were answered within reach, by key."""
    return queries.answered_forms(work)


def _may_remove(answers: FormAnswers) -> bool:
    return answers.state == "draft" and may_correct(desk.work(), answers)


class AnswersToForms(Filling, RecordView):
    """What was answered to forms, drafts included."""

    record = FormAnswers
    route_base = "/answers"
    list_title = "Answers to forms"
    about = "Every form that was begun or finished, of the young people you may see and what you began yourself."
    list_columns: ClassVar[list[str]] = ["ref", "young_person.initials", "state", "saved_at", "saved_by"]
    load_columns: ClassVar[list[str]] = ["edition.title", "edition.number", "young_person.ref"]
    label_columns: ClassVar[dict[str, str]] = {
        "ref": "Form",
        "young_person.initials": "About",
        "saved_at": "Saved",
        "saved_by": "By",
    }
    filter_columns: ClassVar[list[str | Filter]] = [
        "state",
        Filter("form_key", "Form", _forms, lambda value, _: FormAnswers.form_key == value),
        "young_person_id",
    ]
    search_columns: ClassVar[list[str]] = ["ref", "edition.title"]
    order_columns: ClassVar[list[str]] = ["ref", "state", "saved_at", "saved_by"]
    base_order = ("saved_at", "desc")
    views: ClassVar[list[Any]] = [("Drafts", {"state": "draft"})]
    queues = (Queue("Forms begun and not finished", {"state": "draft"}, when="soon", act="form_answers.correct"),)
    show_template = "cm/answers.html"
    empty_words = "Nobody has filled in a form yet. Choose one under Forms."
    remove_action = staticmethod(discard)
    remove_why = "What was typed goes with it, and so do its files. It cannot be brought back."
    removed_words = "The draft is gone."
    keeps_typed: ClassVar[tuple[str, ...]] = ("fill", "correct")

    def cell_ref(self, answers: FormAnswers) -> Sub:
        """The form's title, with the reference and the edition under it."""
        return Sub(answers.edition.title, f"{answers.ref}, edition {answers.edition.number}")

    def heading(self, answers: FormAnswers) -> str:
        """The form's title."""
        return answers.edition.title

    def named(self, answers: FormAnswers) -> str:
        """The reference."""
        return answers.ref

    def settled(self, record: FormAnswers, doing: str) -> Sequence[Finding]:
        """Only a draft is thrown away, by who began it."""
        if doing == "remove" and not _may_remove(record):
            return (Finding("What was finished is not thrown away.", way_out="Correct it, or answer again."),)
        return ()

    def next_steps(self, work: Work, record: FormAnswers) -> list[NextStep]:
        """Go on with a draft; correct, or answer again, what was finished."""
        if not work.may("form_answers.fill", record.authority_id):
            return []
        theirs = sees_sensitive(work, record) or not has_sensitive(form_of_edition(record.edition))
        made = []
        if record.state == "draft" and theirs:
            made.append(NextStep("Go on filling in", self.at("fill", record), "It is a draft until you finish it."))
        if record.state in ("finished", "corrected"):
            if may_correct(work, record):
                why = "With a reason; what stood before is kept."
                made.append(NextStep("Correct it", self.at("correct", record), why))
            if theirs:
                why = "Begins with these answers; they are superseded once the new ones are finished."
                made.append(NextStep("Answer again", self.at("again", record), why))
        return made

    def show_context(self, work: Work, record: FormAnswers, opened: bool) -> dict[str, Any]:
        """The answers in words, what stood before, where it is printed."""
        about = self.about_whom(work, record)
        facts = [("Form", f"{record.edition.title}, edition {record.edition.number}"), ("Reference", record.ref)]
        facts += [("About", about)] if about else []
        facts += [("Begun by", record.began_name), ("Saved", f"{when(record.saved_at)}, {record.saved_by}")]
        facts += [("Finished", f"{when(record.finished_at)}, {record.finished_by}")] if record.finished_at else []
        return super().show_context(work, record, opened) | {
            "facts": facts,
            "answered": shown_parts(work, record, lookups.title),
            "left_behind": record.left_behind if sees_sensitive(work, record) else [],
            "revisions": [
                (when(one.corrected_at), one, url_for(f"{self.endpoint}.stood", pk=record.id, number=one.number))
                for one in queries.revisions_of(work, record)
            ],
            "sees_reasons": sees_sensitive(work, record),
            "pdf_url": self.at("pdf", record),
            "sheet_url": self.at("sheet", record) if sees_sensitive(work, record) else "",
            "file_url": lambda ref: url_for(f"{self.endpoint}.file", ref=ref),
        }

    def about_whom(self, work: Work, record: FormAnswers) -> str:
        """Whom or what answers are about: of a young person initials and reference."""
        if record.about_kind:
            found = lookups.shown(record.about_kind, record.about_id or 0)
            return found.title if found else "a record out of reach"
        return lookups.title("young_person", record.young_person_id) or "" if record.young_person_id else ""

    # ---- reading
    @expose(f"/{ONE}/stood/<int(max=100000):number>")
    @needs("form_answers.see")
    def stood(self, pk: int, number: int) -> Any:
        """What stood before one correction."""
        work = desk.work()
        answers = work.get(FormAnswers, pk)
        found = queries.revision(work, answers, number)
        page = render_template(
            "cm/answers_stood.html",
            title="What stood before",
            heading=f"{found.edition.title}: what stood before correction {number}",
            revision=found,
            stood=when(found.stood_at),
            corrected=when(found.corrected_at),
            answered=shown_parts(work, found, lookups.title),
            sees_reasons=sees_sensitive(work, found),
            file_url=lambda ref: url_for(f"{self.endpoint}.file", ref=ref),
            crumbs=self.crumbs_to(answers, "What stood before"),
        )
        work.opened(answers, "what stood before a correction")
        work.commit()
        return make_response(page)

    @expose(f"/{ONE}/pdf")
    @needs("form_answers.see")
    def pdf(self, pk: int) -> Any:
        """The answers as a PDF."""
        work = desk.work()
        answers = work.get(FormAnswers, pk, *self.read_with)
        made = answers_pdf(work, answers, subjects.found(work, "young_person", answers.young_person_id))
        work.opened(answers, "as a PDF")
        work.commit()
        return download(made, "application/pdf", f"{answers.ref}.pdf")

    @expose(f"/{ONE}/sheet")
    @needs("form_answers.see")
    def sheet(self, pk: int) -> Any:
        """The answers as an Excel sheet, for whoever may see all of them."""
        work = desk.work()
        answers = work.get(FormAnswers, pk, *self.read_with)
        if not sees_sensitive(work, answers):
            raise NotFound("form_answers")
        made = answers_sheet(answers)
        work.opened(answers, "as an Excel sheet")
        work.commit()
        return download(made, XLSX, f"{answers.ref}.xlsx")

    @expose("/file/<ref>")
    @needs("form_answers.see")
    def file(self, ref: str) -> Any:
        """A file that was handed in, for whoever may see the answers and what is sensitive in them."""
        work = desk.work()
        found = files.open_file(work, ref)
        if not file_is_shown(work, found):
            raise NotFound("file")
        content, media_type, name = found.content, found.media_type, found.name
        work.commit()
        return download(content, media_type, name)
