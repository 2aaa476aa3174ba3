"""The Word template of activity reports: ours, or an authority's own, which is looked through before it is used."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.activity_reports.shipped_word import shipped_template
from cmcore.activity_reports.word import FIELDS, own_template, replace_template, take_template_away
from cmcore.base.clock import local
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.exchange.documents.word_template import MOST_BYTES, WORD_TYPE
from cmcore.exchange.given import in_size
from console import desk
from console.framework import Page
from console.printing import download
from console.security import needs

ACT = "report_template.change"


class ReportTemplates(Page):
    """How activity reports look as Word documents."""

    route_base = "/report-templates"
    title = "Word template of reports"
    about = "The Word template in which activity reports are set: ours, or one of your own with your letterhead."

    @expose("/", methods=("GET", "POST"))
    @needs(ACT)
    def index(self) -> Any:
        """What each authority uses, and the way to hand in another."""
        work = desk.work()
        allowed = self._allowed()
        findings: list[Finding] = []
        if request.method == "POST":
            try:
                return self._taken(allowed)
            except Refused as refused:
                work.undo()
                findings = list(refused.findings)
        names = desk.names_of(allowed)
        standing = []
        for key, name in names[:20]:
            own = own_template(work, key)
            said = f"its own, {in_size(own.size)}, since {_at(own.changed_at)}, by {own.kept_by}" if own else ""
            standing.append((key, name, said))
        page = self.show_page(
            "cm/report_templates.html",
            title=self.title,
            standing=standing,
            authorities=names,
            chosen=request.form.get("authority", ""),
            findings=findings,
            fields=[(key, sorted(inside) if inside else []) for key, inside in FIELDS.items()],
            crumbs=[(self.title, "")],
        )
        return Response(page, 422 if findings else 200)

    def _taken(self, allowed: list[int]) -> Any:
        work, given = desk.work(), request.files.get("template")
        authority_id = self._chosen(allowed)
        if given is None or not given.filename:
            raise Refused([Finding("Choose the template.", place="template", way_out="It ends in .docx.")])
        replace_template(work, authority_id, given.stream.read(MOST_BYTES + 1))
        work.commit()
        flash("Activity reports are set in this template from now on.")
        return redirect(url_for(f"{self.endpoint}.index"), 303)

    @expose("/file/<int:authority_id>")
    @needs(ACT)
    def file(self, authority_id: int) -> Response:
        """An authority's own template, or with the key 0 ours, to be changed in Word."""
        if authority_id == 0:
            return download(shipped_template(), WORD_TYPE, "activity-report.docx")
        own = own_template(desk.work(), authority_id) if authority_id in self._allowed() else None
        if own is None:
            raise NotFound("template")
        return download(own.content, WORD_TYPE, "activity-report.docx")

    @expose("/take-away/<int:authority_id>", methods=("POST",))
    @needs(ACT)
    def take_away(self, authority_id: int) -> Any:
        """Go back to ours."""
        work = desk.work()
        if authority_id not in self._allowed():
            raise NotFound("template")
        try:
            take_template_away(work, authority_id)
            work.commit()
            flash("Activity reports are set in our template again.")
        except Refused as refused:
            work.undo()
            flash(" ".join(str(one) for one in refused.findings), "warning")
        return redirect(url_for(f"{self.endpoint}.index"), 303)

    def _allowed(self) -> list[int]:
        work = desk.work()
        allowed = [each for each in sorted(work.scope.authorities if work.scope else ()) if work.may(ACT, each)]
        if not allowed:
            abort(403)
        return allowed

    def _chosen(self, allowed: list[int]) -> int:
        asked = request.form.get("authority", type=int)
        if asked is None and len(allowed) > 1:
            way_out = "Choose one of those listed."
            raise Refused([Finding("Say which authority it is for.", place="authority", way_out=way_out)])
        if asked is not None and asked not in allowed:
            raise NotFound("authority")
        return asked if asked is not None else allowed[0]


def _at(instant: Any) -> str:
    at = local(instant)
    return f"{at.day} {at:%B %Y}"
