"""An invoice read from a mentor's own workbook: choose it, see what was read and what was not, keep a draft."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import short_day
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.base.words import hours, pounds
from cmcore.exchange.columns import Matched
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.bringing_in import LARGEST
from cmcore.workbooks.headings import IMPORTER
from cmcore.workbooks.invoice_rows import OwnInvoice
from cmcore.workbooks.own_invoices import billable_of, draft_own_invoice, mentors_billed, read_own_invoice
from console import desk, uploads
from console.framework import Page
from console.security import needs
from console.uploads import Waiting
from console.wizard import SAID, MatchStep, match_step, matched_of, tell, told_of, unmatched

ACT = "invoice.add"
#: What the steps are called that are not the same as elsewhere.
STEPS = {1: "Choose the workbook", 3: "See what was read", 4: "Write the draft", 5: "The draft"}


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
            steps=STEPS,
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
        if read.found is None:
            raise Refused(read.findings)
        work.undo()
        kept, settled = _columns(read)
        token = uploads.keep(
            work.engine,
            [(given.filename, blob)],
            account_id=who.id if who else 0,
            authority_id=authority_id,
            importer=IMPORTER,
            told={"mentor": mentor_id, "number": request.form.get("number", "")[:40], **kept},
            now=work.clock.now(),
        )
        return redirect(url_for(f"{self.endpoint}.{'preview' if settled else 'match'}", token=token), 303)

    @expose("/match/<token>", methods=("GET", "POST"))
    @needs(ACT)
    def match(self, token: str) -> Any:
        """Say which column of the workbook is which; nothing is kept by it but how it was read."""
        work = desk.work()
        waiting, authority, mentor = self._waiting(work, token)
        read = read_own_invoice(work, authority, mentor, waiting.files[0], matched=_told(waiting))
        if read.found is None:
            raise NotFound("workbook")

        def try_out(matched: list[Matched | None]) -> None:
            tried = read_own_invoice(work, authority, mentor, waiting.files[0], matched=matched[0])
            if tried.found is None or not tried.found.usable:
                way_out = "Choose a column for “How long”, or one each for “From” and “To”."
                raise Refused([Finding("No column says how long it was.", file=waiting.files[0].name, way_out=way_out)])

        return match_step(
            self,
            MatchStep(
                self.title,
                [read.found.matching],
                [*self._crumbs(), ("Match columns", "")],
                url_for(f"{self.endpoint}.match", token=token),
                url_for(f"{self.endpoint}.preview", token=token),
                url_for(f"{self.endpoint}.throw_away", token=token),
                try_out,
                lambda told: tell(token, waiting, told),
                STEPS,
                "Once the draft is written, this is remembered for the mentor’s next workbook.",
            ),
        )

    @expose("/throw-away/<token>", methods=("POST",))
    @needs(ACT)
    def throw_away(self, token: str) -> Any:
        """Stop, and keep nothing."""
        who = desk.account()
        uploads.throw_away(desk.premises().engine, token, account_id=who.id if who else 0)
        flash("Nothing was kept, and the workbook is gone from here.")
        return redirect(url_for(f"{self.endpoint}.choose"), 303)

    def _crumbs(self) -> list[tuple[str, str]]:
        return [("Invoices", url_for("Invoices.list")), (self.title, url_for(f"{self.endpoint}.choose"))]

    @expose("/preview/<token>", methods=("GET", "POST"))
    @needs(ACT)
    def preview(self, token: str) -> Any:
        """What was read, row by row; which column is which is said a step before."""
        work = desk.work()
        waiting, authority, mentor = self._waiting(work, token)
        if unmatched(waiting):
            return redirect(url_for(f"{self.endpoint}.match", token=token), 303)
        read = read_own_invoice(work, authority, mentor, waiting.files[0], matched=_told(waiting))
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
                work = desk.work()
        page = self._page(work, waiting, read, number, findings, token)
        return Response(page, 422 if findings else 200)

    def _page(
        self, work: Work, waiting: Waiting, read: OwnInvoice, number: str, findings: tuple[Finding, ...], token: str
    ) -> str:
        who = {one.commission_id: one for one in billable_of(work, waiting.authority_id, waiting.told["mentor"])}
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
            columns=SAID[waiting.told["by"]],
            match_url=url_for(f"{self.endpoint}.match", token=token),
            away_url=url_for(f"{self.endpoint}.throw_away", token=token),
            steps=STEPS,
            action_url=url_for(f"{self.endpoint}.preview", token=token),
            crumbs=[*self._crumbs(), ("What was read", "")],
        )

    def _waiting(self, work: Work, token: str) -> tuple[Waiting, Authority, Mentor]:
        who, shared = desk.account(), desk.premises()
        found = uploads.find(shared.engine, token, account_id=who.id if who else 0, now=shared.clock.now())
        if found is None or found.importer != IMPORTER or not work.may(ACT, found.authority_id):
            raise NotFound("workbook")
        if not isinstance(found.told.get("mentor"), int):
            abort(404)
        return found, work.get(Authority, found.authority_id), work.get(Mentor, found.told["mentor"])


def _columns(read: OwnInvoice) -> tuple[dict[str, Any], bool]:
    """What is kept of the columns beside the workbook, and whether nobody needs to be asked about them."""
    told, settled = told_of([read.found.matching] if read.found is not None else [])
    usable = read.found is not None and read.found.usable
    return told | {"settled": settled and usable}, settled and usable


def _told(waiting: Waiting) -> Matched | None:
    """Where the columns stand, where somebody said so; what is found by itself is found again."""
    return matched_of(waiting)[0] if waiting.told.get("by") == "told" else None
