"""Beginning a form: about whom, on a page, on paper, on a sheet that is brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.answers import subjects
from cmcore.answers.editions import Offered, edition_to_fill, editions_of, form_of_edition, known_forms
from cmcore.answers.filling import start, start_with
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.base.words import count
from cmcore.exchange.workbook.form_sheet import identity_of, read_sheet, sheet_book, write_sheet
from cmcore.forms import Answers, Form, ask, form, kinds
from cmcore.safekeeping.work import Work
from console import desk, lookups
from console.form_page import FormPage
from console.printing import XLSX, blank_pdf, download
from console.security import needs

#: One form in an address: whose, and its key.
FORM = "/<int(max=2147483647):authority_id>/<string(maxlength=80):key>"
#: The largest sheet that is brought back, in bytes.
LARGEST_SHEET = 10_000_000
#: So many oddities of a sheet are told at once.
MOST_ODD = 8


@form("begin-form", version=1, title="Begin a form")
class BeginAnswers(Answers):
    """Whom the answers are about, where they are about somebody."""

    young_person_id: int | None = ask(
        "Whom is it about?",
        of="young_person",
        hint="Leave it empty if it is about nobody in particular. Who may see the young person may see the answers.",
    )


@dataclass(frozen=True)
class Asked:
    """One form of one authority, as the address names it."""

    authority_id: int
    offered: Offered

    @property
    def form(self) -> Form:
        """The form as it is filled in."""
        return self.offered.form

    @property
    def names_its_person(self) -> bool:
        """Whether the form itself asks which young person it is about."""
        return any(isinstance(one.kind, kinds.Pick) and one.kind.of == "young_person" for one in self.form.questions)


class Beginning:
    """What the page of forms has for beginning one; mixed into :class:`console.pages.forms.Forms`."""

    show_page: Any

    def asked(self, work: Work, authority_id: int, key: str) -> Asked:
        """The form an address names, or not found."""
        if work.scope is None or authority_id not in work.scope.authorities:
            raise NotFound("form")
        found = next((one for one in known_forms(work, authority_id) if one.form.key == key), None)
        if found is None:
            raise NotFound("form")
        return Asked(authority_id, found)

    def confirm(self, asked: Asked, title: str, why: str, button: str) -> Response:
        """A page with one button."""
        back = url_for("Forms.show", authority_id=asked.authority_id, key=asked.form.key)
        page = render_template(
            "cm/confirm.html",
            title=f"{title}: {asked.form.title}",
            heading=f"{title}: {asked.form.title}",
            why=why,
            button=button,
            action_url=request.full_path.rstrip("?"),
            back_url=back,
            findings=(),
            crumbs=[("Forms", url_for("Forms.index")), (asked.form.title, back), (title, "")],
        )
        return make_response(page)

    @expose(f"{FORM}/begin", methods=("GET", "POST"))
    @needs("form_answers.fill")
    def begin(self, authority_id: int, key: str) -> Any:
        """Begin to fill a form in, about somebody or nobody."""
        work = desk.work()
        asked = self.asked(work, authority_id, key)
        subject = subject_asked_for(work)
        if subject is not None or asked.names_its_person:
            return self._just_begin(work, asked, subject)
        page = self.form_page(asked, BeginAnswers.form, f"Begin: {asked.form.title}", "Begin")
        if request.method == "GET":
            return page.blank()
        taken = page.take(request.form)
        if taken.answers is None:
            return page.again(taken)
        person = subjects.found(work, "young_person", taken.answers.young_person_id)
        try:
            return self._begun(work, asked, person)
        except Refused as refused:
            work.undo()
            return page.again(taken, refused.findings)

    def _just_begin(self, work: Work, asked: Asked, subject: Any) -> Any:
        """Nothing is left to ask: a button begins it, and says about whom."""
        if request.method == "POST":
            return self._begun(work, asked, subject)
        found = lookups.shown(subject.kind(), subject.id) if subject is not None else None
        why = f"About {found.title}." if found is not None else "The form itself asks whom it is about."
        return self.confirm(asked, "Begin", f"{why} A draft is kept for you until you finish it.", "Begin")

    def _begun(self, work: Work, asked: Asked, subject: Any) -> Any:
        made = start(work, edition_to_fill(work, asked.form.key, asked.authority_id), about=subject)
        work.commit()
        return redirect(url_for("AnswersToForms.fill", pk=made.id), 303)

    def form_page(self, asked: Asked, declared: Form, title: str, submit: str) -> FormPage:
        """A page about a form that asks something itself."""
        back = url_for("Forms.show", authority_id=asked.authority_id, key=asked.form.key)
        return FormPage(
            form=declared,
            title=title,
            action_url=request.full_path.rstrip("?"),
            submit=submit,
            lookup=lookups.lookup,
            shown=lookups.shown,
            cancel_url=back,
            cancel_words="Back to the form",
            crumbs=[("Forms", url_for("Forms.index")), (asked.form.title, back), (submit, "")],
        )

    @expose(f"{FORM}/pdf")
    @needs("form_edition.see")
    def pdf(self, authority_id: int, key: str) -> Any:
        """The form as a PDF, to be filled in by hand."""
        work = desk.work()
        asked = self.asked(work, authority_id, key)
        return download(blank_pdf(work, asked.form, authority_id), "application/pdf", f"{key}.pdf")

    @expose(f"{FORM}/sheet")
    @needs("form_answers.fill")
    def sheet(self, authority_id: int, key: str) -> Any:
        """The form as an empty sheet."""
        asked = self.asked(desk.work(), authority_id, key)
        return download(write_sheet(asked.form), XLSX, f"{key}.xlsx")

    @expose(f"{FORM}/sheet-in", methods=("GET", "POST"))
    @needs("form_answers.fill")
    def sheet_in(self, authority_id: int, key: str) -> Any:
        """Bring a filled-in sheet back: it becomes a draft."""
        work = desk.work()
        asked = self.asked(work, authority_id, key)
        findings: list[Finding] = []
        if request.method == "POST":
            try:
                made, told, odd = self._from_sheet(work, asked)
                work.commit()
            except Refused as refused:
                work.undo()
                findings = [one for one in refused.findings if one.blocks]
            else:
                flash(told)
                for one in odd:
                    flash(str(one), "warning")
                return redirect(url_for("AnswersToForms.fill", pk=made.id, check=1), 303)
        back = url_for("Forms.show", authority_id=authority_id, key=key)
        page = self.show_page(
            "cm/form_sheet_in.html",
            title=f"Bring a sheet back: {asked.form.title}",
            findings=findings,
            back_url=back,
            crumbs=[("Forms", url_for("Forms.index")), (asked.form.title, back), ("Bring a sheet back", "")],
        )
        return Response(page, 422 if findings else 200)

    def _from_sheet(self, work: Work, asked: Asked) -> tuple[Any, str, list[Finding]]:
        upload = request.files.get("sheet")
        if upload is None or not upload.filename:
            raise Refused([Finding("Choose the filled-in sheet.", place="sheet")])
        blob = upload.stream.read(LARGEST_SHEET + 1)
        if len(blob) > LARGEST_SHEET:
            raise Refused([Finding("The sheet is too large.", place="sheet", way_out="Choose one under 10 MB.")])
        book = sheet_book(blob, upload.filename)
        number = identity_of(book, upload.filename).version
        editions = editions_of(work, asked.authority_id, asked.form.key)
        older = next((one for one in editions if one.number == number), None)
        made_for = form_of_edition(older) if older is not None and number != asked.form.version else asked.form
        reading = read_sheet(made_for, book, file=upload.filename)
        if not reading.raw:
            nothing = Finding("There is no answer on the sheet.", way_out="Fill it in and bring it back.")
            raise Refused([*reading.findings, *([] if reading.refused else [nothing])])
        edition = edition_to_fill(work, asked.form.key, asked.authority_id)
        made = start_with(work, edition, made_for, reading.raw, about=subject_asked_for(work))
        wrong = sum(1 for one in reading.findings if one.blocks)
        said = f"{count(len(reading.raw), 'answer')} came from the sheet."
        told = f"{said} Put {count(wrong, 'thing')} right, then finish." if wrong else f"{said} Look it over."
        # What was odd about a cell is known only now: the page says the rest beside its questions.
        odd = [one for one in reading.findings if (one.rule or "").startswith("R-SHT")]
        return made, told, odd[:MOST_ODD]


def subject_asked_for(work: Work) -> Any:
    """The record an address names, as ``?about=enrolment-7``; not found where it is out of reach."""
    kind, _, number = request.args.get("about", "").rpartition("-")
    if not kind:
        return None
    found = subjects.found(work, kind, int(number)) if number.isascii() and number.isdigit() else None
    if found is None:
        raise NotFound("record")
    return found
