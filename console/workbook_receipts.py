"""What came of a workbook that was brought in: its receipt, and the way to take all of it back."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import local
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.base.words import count
from cmcore.exchange.records import ImportRun
from cmcore.returns.rules import days_to_take_back
from cmcore.returns.undo import undo_workbook
from cmcore.safekeeping.work import Work
from cmcore.workbooks.bringing_in import IMPORTER
from cmcore.workbooks.lists import ListWorkbook, list_of
from cmcore.workbooks.outcomes import CHANGED, NEW, REFUSED, SAME, WHATS
from console import desk
from console.framework import Page
from console.security import needs
from console.shown import State

ACT = "workbook_row.bring_in"
LOOKS = {
    NEW: State("New", "note", "ring"),
    CHANGED: State("Changed", "ok", "tick"),
    SAME: State("The same", "plain", "dot"),
    REFUSED: State("Held back", "stop", "stop"),
}


def may_fill_in(work: Work) -> list[int]:
    """The authorities for which whoever is signed in may bring workbooks in."""
    return [each for each in sorted(work.scope.authorities if work.scope else ()) if work.may(ACT, each)]


class Receipts(Page):
    """The receipt of a workbook, and taking it back."""

    title = "Workbooks"

    @expose("/receipt/<int(max=2147483647):pk>")
    @needs(ACT)
    def receipt(self, pk: int) -> Any:
        """What came of a workbook, and how to take it back."""
        work = desk.work()
        run = work.get(ImportRun, pk)
        if run.importer != IMPORTER:
            abort(404)
        listed = self._listed(work, run.authority_id, run.of_kind)
        told, at = run.counts.get(listed.key, {}), local(run.started_at)
        back = url_for(f"{self.endpoint}.show", authority_id=run.authority_id, kind=listed.key)
        return self.show_page(
            "cm/workbook_receipt.html",
            title=f"{listed.title}: the receipt",
            heading=f"{listed.title}, {at.day} {at:%B %Y, %H:%M}",
            counts=[(told.get(what, 0), LOOKS[what]) for what in WHATS],
            by=run.started_by,
            held=told.get(REFUSED, 0),
            undone=run.undone_at is not None,
            back_for=count(days_to_take_back(work.policy_of(run.authority_id)), "day"),
            undo_url=url_for(f"{self.endpoint}.undo", pk=run.id),
            rows_url=url_for("WaitingRows.list", kind_of_record=listed.key),
            back_url=back,
            words=listed.title.lower(),
            crumbs=[(self.title, url_for(f"{self.endpoint}.index")), (listed.title, back), ("The receipt", "")],
        )

    @expose("/undo/<int(max=2147483647):pk>", methods=("GET", "POST"))
    @needs(ACT)
    def undo(self, pk: int) -> Any:
        """Take a whole bringing-in back, after a page that says what goes."""
        work = desk.work()
        run = work.get(ImportRun, pk)
        if run.importer != IMPORTER:
            abort(404)
        back = url_for(f"{self.endpoint}.show", authority_id=run.authority_id, kind=run.of_kind)
        findings: tuple[Finding, ...] = ()
        if request.method == "POST":
            try:
                undo_workbook(work, run)
                work.commit()
                flash("It was taken back whole.")
                return redirect(back, 303)
            except Refused as refused:
                work.undo()
                findings = refused.findings
        at = local(run.started_at)
        return self.show_page(
            "cm/confirm.html",
            title="Take a workbook back",
            heading=f"Take back what was brought in on {at.day} {at:%B %Y, %H:%M}",
            why="What it made goes, what it changed is put back: all of it or nothing.",
            button="" if findings else "Take it back",
            back_url=back,
            findings=findings,
            crumbs=[(self.title, url_for(f"{self.endpoint}.index")), ("Take a workbook back", "")],
        )

    def _listed(self, work: Work, authority_id: int, kind: str) -> ListWorkbook:
        if authority_id not in may_fill_in(work):
            raise NotFound("list")
        try:
            return list_of(kind, work, authority_id)
        except Refused:
            raise NotFound("list") from None
