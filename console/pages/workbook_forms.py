"""Bringing in a form that was drawn up as a workbook: choose it, see the form as people will, publish it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from flask import Response, abort, flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.answers.editions import editions_of, form_of_edition, in_force, publish
from cmcore.base.findings import Finding, NotFound, Refused, Severity
from cmcore.exchange.xlsform.read import read_xlsform
from cmcore.forms import FileAnswer, Form, freeze, thaw
from cmcore.forms.differences import differences
from cmcore.safekeeping.work import Work
from console import desk, lookups, uploads
from console.form_page import FormPage, Taken
from console.framework import Page
from console.security import needs

#: What an upload that waits here is called among others.
IMPORTER = "xlsform"
ACT = "form_edition.publish"
#: The largest workbook that is taken, in bytes.
LARGEST = 10_000_000


@dataclass(frozen=True)
class Brought:
    """A workbook that waits to be published: for whom, the form that was read from it, and what it goes without."""

    authority_id: int
    form: Form
    left_out: tuple[Finding, ...]
    file: str


class KeepsNothing:
    """Stands in for what puts files away while a form is only tried."""

    def keep(self, upload: Any) -> FileAnswer:
        """What is known of a file, which goes nowhere."""
        return FileAnswer("tried", str(upload.filename), str(upload.mimetype), len(upload.read()))

    def kept(self, ref: str) -> FileAnswer | None:
        """Whatever was tried was not kept; a file just chosen counts as there."""
        return None


class WorkbookForms(Page):
    """A form from a workbook in ODK's standard, XLSForm."""

    route_base = "/workbook-forms"
    default_view = "choose"
    #: The page of forms looks for the page that says this, and leads to it.
    brings_forms: ClassVar[bool] = True
    title = "Bring in a workbook"

    @expose("/", methods=("GET", "POST"))
    @needs(ACT)
    def choose(self) -> Any:
        """Choose a workbook; it is read at once, and nothing is published yet."""
        work = desk.work()
        allowed = [each for each in sorted(work.scope.authorities if work.scope else ()) if work.may(ACT, each)]
        if not allowed:
            abort(403)
        findings: list[Finding] = []
        if request.method == "POST":
            try:
                return self._taken(work, allowed)
            except Refused as refused:
                work.undo()
                findings = list(refused.findings)
        page = self.show_page(
            "cm/workbook_choose.html",
            title=self.title,
            authorities=desk.names_of(allowed),
            chosen=request.form.get("authority", ""),
            findings=findings,
            crumbs=[("Forms", url_for("Forms.index")), (self.title, "")],
        )
        return Response(page, 422 if findings else 200)

    def _taken(self, work: Work, allowed: list[int]) -> Any:
        who, given = desk.account(), request.files.get("workbook")
        authority_id = self._authority(allowed)
        if given is None or not given.filename:
            raise Refused([Finding("Choose the workbook.", place="workbook", way_out="It ends in .xlsx.")])
        blob = given.stream.read(LARGEST + 1)
        if len(blob) > LARGEST:
            raise Refused([Finding("The workbook is too large.", place="workbook", way_out="Choose one under 10 MB.")])
        reading = read_xlsform(blob, file=given.filename)
        if reading.form is None:
            raise Refused(reading.findings)
        token = uploads.keep(
            work.engine,
            [(given.filename, blob)],
            account_id=who.id if who else 0,
            authority_id=authority_id,
            importer=IMPORTER,
            told={"form": freeze(reading.form), "left_out": [one.as_data() for one in reading.left_out]},
            now=work.clock.now(),
        )
        return redirect(url_for(f"{self.endpoint}.preview", token=token), 303)

    def _authority(self, allowed: list[int]) -> int:
        asked = request.form.get("authority", type=int)
        if asked is None and len(allowed) > 1:
            way_out = "Choose one of those listed."
            raise Refused([Finding("Say which authority it is for.", place="authority", way_out=way_out)])
        if asked is not None and asked not in allowed:
            raise NotFound("authority")
        return asked if asked is not None else allowed[0]

    @expose("/preview/<token>", methods=("GET", "POST"))
    @needs(ACT)
    def preview(self, token: str) -> Any:
        """The form as people will see it, to be tried; what it goes without; what differs from the edition in force."""
        work, brought = desk.work(), self._brought(token)
        page = self._page(work, brought, token)
        if request.method == "GET":
            return page.blank()
        taken = page.take(request.form, request.files)
        if taken.answers is None:
            return page.again(taken)
        tried = Finding(
            "These answers would be accepted.", severity=Severity.inform, way_out="They were not kept: nothing was."
        )
        return page.again(Taken(raw=taken.raw, findings=(tried, *taken.findings)))

    def _page(self, work: Work, brought: Brought, token: str) -> FormPage:
        before = in_force(work, brought.form.key, brought.authority_id)
        earlier = editions_of(work, brought.authority_id, brought.form.key)
        lost = [one for one in brought.left_out if one.severity is Severity.warn]
        changes = differences(form_of_edition(before), brought.form) if before is not None else []
        return FormPage(
            form=brought.form,
            title=f"{self.title}: preview",
            heading=brought.form.title,
            lead=f"Read from {brought.file}. Nothing has been published yet.",
            action_url=url_for(f"{self.endpoint}.preview", token=token),
            submit="Try these answers",
            lookup=lookups.lookup,
            shown=lookups.shown,
            keeper=KeepsNothing(),
            template="cm/workbook_preview.html",
            crumbs=[
                ("Forms", url_for("Forms.index")),
                (self.title, url_for(f"{self.endpoint}.choose")),
                ("Preview", ""),
            ],
            context={
                "token": token,
                "lost": [_place(one) for one in lost],
                "otherwise": [_place(one) for one in brought.left_out if one not in lost],
                "before": before,
                "number": earlier[0].number + 1 if earlier else 1,
                "differences": changes,
                "asked": sum(one.asks for one in brought.form.questions),
                "languages": [one.name for one in brought.form.languages],
            },
        )

    @expose("/publish/<token>", methods=("POST",))
    @needs(ACT)
    def publish(self, token: str) -> Any:
        """Publish the form as an edition; the workbook goes from here."""
        work, brought = desk.work(), self._brought(token)
        who = desk.account()
        try:
            made = publish(
                work, brought.form, authority_id=brought.authority_id, source="workbook", left_out=brought.left_out
            )
            number, key = made.number, made.form_key
            work.commit()
        except Refused as refused:
            work.undo()
            page = self._page(work, brought, token)
            return replace(page, told=refused.findings).again(Taken(raw={}, findings=refused.findings))
        uploads.throw_away(desk.premises().engine, token, account_id=who.id if who else 0)
        flash(f"It is in force as edition {number}. Fill it in, or send an empty sheet of it.")
        return redirect(url_for("Forms.show", authority_id=brought.authority_id, key=key), 303)

    @expose("/throw-away/<token>", methods=("POST",))
    @needs(ACT)
    def throw_away(self, token: str) -> Any:
        """Stop, and publish nothing."""
        who = desk.account()
        uploads.throw_away(desk.premises().engine, token, account_id=who.id if who else 0)
        flash("Nothing was published, and the workbook is gone from here.")
        return redirect(url_for("Forms.index"), 303)

    def _brought(self, token: str) -> Brought:
        who, shared = desk.account(), desk.premises()
        found = uploads.find(shared.engine, token, account_id=who.id if who else 0, now=shared.clock.now())
        if found is None or found.importer != IMPORTER or not desk.work().may(ACT, found.authority_id):
            raise NotFound("workbook")
        left_out = tuple(Finding(**(one | {"severity": Severity(one["severity"])})) for one in found.told["left_out"])
        return Brought(found.authority_id, thaw(found.told["form"]), left_out, found.files[0].name)


def _place(one: Finding) -> tuple[str, str, str, str]:
    """A finding as a row of a table: sheet, row, column, what."""
    sheet = (one.file or "").rpartition(", ")[2]
    what = f"{one.message} {one.way_out}".strip()
    return sheet, str(one.row) if one.row else "–", one.column or "–", what
