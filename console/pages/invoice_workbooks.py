"""An invoice read from a mentor's own workbook: choose it, see what was read and what was not, keep a draft."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import short_day
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.base.words import hours, pounds
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.bringing_in import LARGEST
from cmcore.workbooks.headings import WORDS
from cmcore.workbooks.invoice_rows import OwnInvoice
from cmcore.workbooks.own_invoices import billable_of, draft_own_invoice, mentors_billed, read_own_invoice
from console import desk, uploads
from console.framework import Page
from console.security import needs
from console.uploads import Waiting

ACT = "invoice.add"
IMPORTER = "own invoice"


class InvoiceWorkbooks(Page):
    """Invoices read from mentors' own workbooks."""

    route_base = "/invoice-workbooks"
    default_view = "choose"
    about = "Reads an invoice from the workbook a mentor keeps, however it is laid out, and writes a draft of it."
    title = "Invoice from a workbook"

    @expose("/", methods=("GET", "POST"))
    @needs(ACT)
    def choose(self) -> Any:
        """Choose the mentor and the workbook; it is read at once, and nothing is kept yet."""
        work = desk.work()
        allowed = [each for each in sorted(work.scope.authorities if work.scope else ()) if work.may(ACT, each)]
        names = dict(desk.names_of(allowed))
        mentors = [
            (f"{authority}-{key}", words if len(allowed) < 2 else f"{words}, {names[authority]}")
            for authority in allowed
            for key, words in mentors_billed(work, authority)
        ]
        findings: list[Finding] = []
        if request.method == "POST":
            try:
                return self._taken(work, dict(mentors))
            except Refused as refused:
                work.undo()
                findings = list(refused.findings)
        page = self.show_page(
            "cm/own_invoice_choose.html",
            title=self.title,
            mentors=mentors,
            chosen=request.form.get("mentor", ""),
            number=request.form.get("number", ""),
            findings=findings,
            action_url=url_for(f"{self.endpoint}.choose"),
            crumbs=[("Invoices", url_for("Invoices.list")), (self.title, "")],
        )
        return Response(page, 422 if findings else 200)

    def _taken(self, work: Work, mentors: dict[str, str]) -> Any:
        who, given = desk.account(), request.files.get("workbook")
        chosen = request.form.get("mentor", "") if len(mentors) != 1 else next(iter(mentors))
        if chosen not in mentors:
            raise Refused([Finding("Choose whose invoice it is.", place="mentor")])
        if given is None or not given.filename:
            raise Refused([Finding("Choose the workbook.", place="workbook", way_out="It ends in .xlsx.")])
        authority_id, mentor_id = (int(each) for each in chosen.split("-"))
        blob = given.stream.read(LARGEST + 1)
        file = uploads.GivenFile.holding(given.filename, blob)
        read = read_own_invoice(work, work.get(Authority, authority_id), work.get(Mentor, mentor_id), file)
        if read.found is None and not read.headings:
            raise Refused(read.findings)
        work.undo()
        token = uploads.keep(
            work.engine,
            [(given.filename, blob)],
            account_id=who.id if who else 0,
            authority_id=authority_id,
            importer=IMPORTER,
            told={"mentor": mentor_id, "number": request.form.get("number", "")[:40]},
            now=work.clock.now(),
        )
        return redirect(url_for(f"{self.endpoint}.preview", token=token), 303)

    @expose("/preview/<token>", methods=("GET", "POST"))
    @needs(ACT)
    def preview(self, token: str) -> Any:
        """What was read, row by row, under which headings; the headings can be told otherwise."""
        work = desk.work()
        waiting, authority, mentor = self._waiting(work, token)
        told = {ours: text for ours in WORDS if (text := request.values.get(f"h-{ours}", ""))}
        read = read_own_invoice(work, authority, mentor, waiting.files[0], told)
        findings: tuple[Finding, ...] = ()
        number = request.form.get("number", waiting.told["number"])
        if request.method == "POST" and "keep" in request.form:
            try:
                invoice = draft_own_invoice(work, authority, mentor, read, number)
                work.commit()
                who = desk.account()
                uploads.throw_away(work.engine, token, account_id=who.id if who else 0)
                flash("A draft was written. It stands beside the accepted reports, day by day.")
                return redirect(url_for("Invoices.show", pk=invoice.id), 303)
            except Refused as refused:
                work.undo()
                findings = refused.findings
                work, read = desk.work(), read
        page = self._page(work, waiting, read, number, findings, token)
        return Response(page, 422 if findings else 200)

    def _page(
        self, work: Work, waiting: Waiting, read: OwnInvoice, number: str, findings: tuple[Finding, ...], token: str
    ) -> str:
        who = {one.commission_id: one for one in billable_of(work, waiting.authority_id, waiting.told["mentor"])}
        chosen = read.found.words if read.found is not None else {}
        rows = []
        total = 0
        for one in read.rows:
            rate = one.rate_pence if one.rate_pence is not None else who[one.commission_id].rate_pence
            amount = (one.minutes * rate * 2 + 60) // 120
            total += amount
            day = short_day(one.held_on)
            rows.append((one.row, day, who[one.commission_id].words, hours(one.minutes), pounds(amount)))
        return self.show_page(
            "cm/own_invoice.html",
            title=f"{self.title}: what was read",
            file=waiting.files[0].name,
            read=read,
            rows=rows,
            total=pounds(total),
            total_hours=hours(read.minutes),
            number=number,
            findings=findings,
            told=read.findings,
            columns=[(ours, words, chosen.get(ours, "")) for ours, words in WORDS.items()],
            headings=list(dict.fromkeys(read.headings)),
            action_url=url_for(f"{self.endpoint}.preview", token=token),
            crumbs=[
                ("Invoices", url_for("Invoices.list")),
                (self.title, url_for(f"{self.endpoint}.choose")),
                ("What was read", ""),
            ],
        )

    def _waiting(self, work: Work, token: str) -> tuple[Waiting, Authority, Mentor]:
        who, shared = desk.account(), desk.premises()
        found = uploads.find(shared.engine, token, account_id=who.id if who else 0, now=shared.clock.now())
        if found is None or found.importer != IMPORTER or not work.may(ACT, found.authority_id):
            raise NotFound("workbook")
        if not isinstance(found.told.get("mentor"), int):
            abort(404)
        return found, work.get(Authority, found.authority_id), work.get(Mentor, found.told["mentor"])
