"""Lists as workbooks: download one, bring it back, see row by row what would change, confirm, mend what waits."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import local
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.base.words import count
from cmcore.exchange.columns import Matched
from cmcore.exchange.records import ImportRun
from cmcore.returns.rules import days_to_take_back
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.bringing_in import (
    IMPORTER,
    LARGEST,
    bring_in_workbook,
    heads_of_workbook,
    preview_workbook,
    read_workbook,
    rows_waiting,
)
from cmcore.workbooks.cells import Cell, cells_of
from cmcore.workbooks.giving_back import given_back
from cmcore.workbooks.known import Known
from cmcore.workbooks.lists import ListWorkbook, lists_for, programmes_apart
from cmcore.workbooks.outcomes import CHANGED, NEW, REFUSED, SAME, Outcome, Preview
from cmcore.workbooks.remembering import matched_as_before
from cmcore.workbooks.sheet import held_records, held_rows, template
from cmcore.workbooks.tray import tray_workbook, waiting_rows
from console import desk, uploads
from console.printing import XLSX, download
from console.security import needs
from console.uploads import Waiting
from console.wizard import SAID, MatchStep, begin, confirmed, match_step, matched_of, tell, unmatched
from console.workbook_receipts import ACT, LOOKS, Receipts, may_fill_in

#: The part of an address that names the list of one authority.
LIST = "/<int(max=2147483647):authority_id>/<kind>"
_PAGE = 50
_VIEWS = (("All rows", ""), ("New", NEW), ("Changed", CHANGED), ("The same", SAME), ("Held back", REFUSED))


class ListWorkbooks(Receipts):
    """Filling lists in as workbooks, away from the console."""

    route_base = "/workbooks"
    about = "Download a list as an Excel workbook, fill it in wherever you are, and bring it back."
    title = "Workbooks"

    @expose("/")
    @needs(ACT)
    def index(self) -> Any:
        """The lists that can be filled in, and what waits to be mended."""
        work = desk.work()
        kind, allowed = request.args.get("kind", ""), may_fill_in(work)
        names = dict(desk.names_of(allowed))
        lines = []
        for authority_id in allowed:
            waiting = [row.kind_of_record for row in waiting_rows(work, authority_id)]
            for one in lists_for(work, authority_id):
                if kind in ("", one.key):
                    address = url_for(f"{self.endpoint}.show", authority_id=authority_id, kind=one.key)
                    wait = waiting.count(one.key)
                    lines.append((one.title, names[authority_id] if len(allowed) > 1 else "", address, wait))
        if kind and len(lines) == 1:
            return redirect(lines[0][2])
        invoices = url_for("InvoiceWorkbooks.choose") if work.may("invoice.add") else ""
        return self.show_page("cm/workbooks.html", title=self.title, lines=lines, invoices=invoices)

    @expose(LIST, methods=("GET", "POST"))
    @needs(ACT)
    def show(self, authority_id: int, kind: str) -> Any:
        """One list: download its workbook, bring one back, see what was brought in lately."""
        work = desk.work()
        listed = self._listed(work, authority_id, kind)
        findings: list[Finding] = []
        if request.method == "POST":
            try:
                return self._taken(work, listed, authority_id)
            except Refused as refused:
                work.undo()
                findings = list(refused.findings)
        waiting = waiting_rows(work, authority_id, kind)
        page = self.show_page(
            "cm/workbook_list.html",
            title=f"{listed.title} as a workbook",
            listed=listed,
            findings=findings,
            action_url=url_for(f"{self.endpoint}.show", authority_id=authority_id, kind=kind),
            empty_url=self._file(authority_id, kind),
            held_url=self._file(authority_id, kind, "held") if listed.answers_of and listed.change else "",
            for_one=[
                (one.title, self._file(authority_id, kind, programme=one.id))
                for one in programmes_apart(work, listed, authority_id)
            ],
            waiting_url=self._file(authority_id, kind, "waiting") if waiting else "",
            waiting=len(waiting),
            rows_url=url_for("WaitingRows.list", kind_of_record=kind),
            runs=self._runs(work, authority_id, kind),
            crumbs=[(self.title, url_for(f"{self.endpoint}.index")), (listed.title, "")],
        )
        return Response(page, 422 if findings else 200)

    def _file(self, authority_id: int, kind: str, what: str = "", programme: int | None = None) -> str:
        at = f"{self.endpoint}.file"
        return url_for(at, authority_id=authority_id, kind=kind, what=what or None, programme=programme)

    def _runs(self, work: Work, authority_id: int, kind: str) -> list[tuple[str, str, str]]:
        from sqlalchemy import select

        asked = select(ImportRun).where(
            ImportRun.authority_id == authority_id, ImportRun.importer == IMPORTER, ImportRun.of_kind == kind
        )
        found = []
        for run in work.db.scalars(asked.order_by(ImportRun.id.desc()).limit(5)):
            told = ", ".join(f"{many:,} {what}" for what, many in run.counts.get(kind, {}).items() if many)
            at = local(run.started_at)
            undo = url_for(f"{self.endpoint}.undo", pk=run.id) if run.undone_at is None else ""
            found.append((f"{at.day} {at:%b %Y, %H:%M}, {run.started_by}", told or "nothing", undo))
        return found

    @expose(f"{LIST}/file")
    @needs(ACT)
    def file(self, authority_id: int, kind: str) -> Any:
        """The workbook: empty, with what is held, or with the rows that wait."""
        work = desk.work()
        listed, what = self._listed(work, authority_id, kind), request.args.get("what", "")
        authority = work.get(Authority, authority_id)
        if what == "waiting":
            blob = tray_workbook(work, listed, authority)
        else:
            asked = request.args.get("programme", type=int)
            apart = {one.id: one for one in programmes_apart(work, listed, authority_id)} if asked is not None else {}
            if asked is not None and asked not in apart:
                raise NotFound("programme")
            records = held_records(work, listed, authority) if what == "held" else []
            for record in records if listed.record.about == "child" else []:
                work.opened(record, why="into a workbook")
            rows = held_rows(work, listed, authority, records)
            blob = template(work, listed, authority, rows, programme=apart[asked] if asked is not None else None)
        work.commit()
        return download(blob, XLSX, f"{kind.replace('_', '-')}{'-' + what if what else ''}-{work.today:%Y-%m-%d}.xlsx")

    def _taken(self, work: Work, listed: ListWorkbook, authority_id: int) -> Any:
        who, given = desk.account(), request.files.get("workbook")
        if given is None or not given.filename:
            raise Refused([Finding("Choose the workbook.", place="workbook", way_out="It ends in .xlsx.")])
        blob = given.stream.read(LARGEST + 1)
        file = uploads.GivenFile.holding(given.filename, blob)
        authority = work.get(Authority, authority_id)
        matched, settled = begin(work, authority_id, heads_of_workbook(work, listed, authority, file))
        if settled:
            reading = read_workbook(work, listed, authority, file)
            if reading.refused:
                raise Refused(reading.findings)
        work.undo()
        token = uploads.keep(
            work.engine,
            [(given.filename, blob)],
            account_id=who.id if who else 0,
            authority_id=authority_id,
            importer=IMPORTER,
            told={"kind": listed.key, **matched},
            now=work.clock.now(),
        )
        return redirect(url_for(f"{self.endpoint}.{'preview' if settled else 'match'}", token=token), 303)

    @expose("/match/<token>", methods=("GET", "POST"))
    @needs(ACT)
    def match(self, token: str) -> Any:
        """Say which column of the workbook is which; nothing is changed by it."""
        work = desk.work()
        waiting, listed = self._waiting(work, token)
        authority = work.get(Authority, waiting.authority_id)
        heads = heads_of_workbook(work, listed, authority, waiting.files[0])
        chosen = waiting.told["places"] if waiting.told["by"] == "told" else ()

        def try_out(matched: list[Matched | None]) -> None:
            reading = read_workbook(work, listed, authority, waiting.files[0], matched)
            if reading.refused:
                raise Refused(reading.findings)

        return match_step(
            self,
            MatchStep(
                f"{listed.title} as a workbook",
                matched_as_before(work, waiting.authority_id, heads, chosen),
                [*self._crumbs(waiting, listed), ("Match columns", "")],
                url_for(f"{self.endpoint}.match", token=token),
                url_for(f"{self.endpoint}.preview", token=token),
                url_for(f"{self.endpoint}.throw_away", token=token),
                try_out,
                lambda told: tell(token, waiting, told),
            ),
        )

    def _crumbs(self, waiting: Waiting, listed: ListWorkbook) -> list[tuple[str, str]]:
        back = url_for(f"{self.endpoint}.show", authority_id=waiting.authority_id, kind=listed.key)
        return [(self.title, url_for(f"{self.endpoint}.index")), (listed.title, back)]

    # ---- what was brought
    @expose("/preview/<token>")
    @needs(ACT)
    def preview(self, token: str) -> Any:
        """What would come of each row; nothing has been changed yet."""
        work = desk.work()
        waiting, listed = self._waiting(work, token)
        if unmatched(waiting):
            return redirect(url_for(f"{self.endpoint}.match", token=token), 303)
        made = self._made(work, waiting, listed)
        form, titles = listed.form_for(work, waiting.authority_id), Known(work, waiting.authority_id).title
        days = days_to_take_back(work.policy_of(waiting.authority_id))
        show = request.args.get("show", "")
        rows = [one for one in made.outcomes if show in ("", one.what)]
        pages = max(1, -(-len(rows) // _PAGE))
        number = min(max(request.args.get("page", 1, type=int), 1), pages)
        address = url_for(f"{self.endpoint}.preview", token=token)
        return self.show_page(
            "cm/workbook_rows.html",
            title=f"{listed.title}: see what would change",
            made=made,
            listed=listed,
            token=token,
            file=waiting.files[0].name,
            told=list(made.reading.findings),
            counts=[(many, LOOKS[what]) for what, many in made.counts.items()],
            keeps=made.counts[NEW] + made.counts[CHANGED],
            back_for=count(days, "day"),
            rows=[_row(one, list(cells_of(form, one, titles))) for one in rows[(number - 1) * _PAGE : number * _PAGE]],
            views=[(words, key, len(made.outcomes) if not key else made.counts[key]) for words, key in _VIEWS],
            show=show,
            page=number,
            pages=pages,
            many=len(rows),
            address=address,
            columns=SAID[waiting.told["by"]],
            match_url=url_for(f"{self.endpoint}.match", token=token),
            crumbs=[*self._crumbs(waiting, listed), ("See what would change", "")],
        )

    def _made(self, work: Work, waiting: Waiting, listed: ListWorkbook) -> Preview:
        authority = work.get(Authority, waiting.authority_id)
        reading = read_workbook(work, listed, authority, waiting.files[0], matched_of(waiting))
        return preview_workbook(work, listed, authority, reading)

    @expose("/back/<token>")
    @needs(ACT)
    def back(self, token: str) -> Any:
        """The same workbook back, with red cells and notes."""
        work = desk.work()
        waiting, listed = self._waiting(work, token)
        made = self._made(work, waiting, listed)
        with waiting.files[0].open() as stream:
            blob = given_back(stream.read(), made, rows_waiting(work, waiting.authority_id, listed.key))
        return download(blob, XLSX, f"{listed.key.replace('_', '-')}-marked-{work.today:%Y-%m-%d}.xlsx")

    @expose("/confirm/<token>", methods=("POST",))
    @needs(ACT)
    def confirm(self, token: str) -> Any:
        """Bring it in: all of it or nothing."""
        work, who = desk.work(), desk.account()
        waiting, listed = self._waiting(work, token)
        if unmatched(waiting):
            return redirect(url_for(f"{self.endpoint}.match", token=token), 303)
        work.begin_writing()
        authority, file = work.get(Authority, waiting.authority_id), waiting.files[0]
        reading = read_workbook(work, listed, authority, file, matched_of(waiting))
        try:
            seen = request.form.get("seen", "")
            made, run = bring_in_workbook(work, authority, listed, reading, digest=file.digest(), seen=seen)
            counts, key = made.counts, run.id if run is not None else None
            if waiting.told["by"] != "exact":
                confirmed(work, waiting, heads_of_workbook(work, listed, authority, file), listed.needs)
            work.commit()
        except Refused as refused:
            work.undo()
            flash(" ".join(str(one) for one in refused.findings), "warning")
            return redirect(url_for(f"{self.endpoint}.preview", token=token), 303)
        if counts[REFUSED] == 0:
            uploads.throw_away(work.engine, token, account_id=who.id if who else 0)
        kept = counts[NEW] + counts[CHANGED]
        said = f"{count(kept, 'row')} kept." if key is not None else "Everything is as held already."
        if counts[REFUSED]:
            said += f" {count(counts[REFUSED], 'row')} held back: mend them here, or in a workbook."
        flash(said)
        if key is not None:
            return redirect(url_for(f"{self.endpoint}.receipt", pk=key), 303)
        return redirect(url_for(f"{self.endpoint}.show", authority_id=waiting.authority_id, kind=listed.key), 303)

    @expose("/throw-away/<token>", methods=("POST",))
    @needs(ACT)
    def throw_away(self, token: str) -> Any:
        """Stop, and change nothing."""
        who = desk.account()
        uploads.throw_away(desk.premises().engine, token, account_id=who.id if who else 0)
        flash("Nothing was changed, and the workbook is gone from here.")
        return redirect(url_for(f"{self.endpoint}.index"), 303)

    def _waiting(self, work: Work, token: str) -> tuple[Waiting, ListWorkbook]:
        who, shared = desk.account(), desk.premises()
        found = uploads.find(shared.engine, token, account_id=who.id if who else 0, now=shared.clock.now())
        if found is None or found.importer != IMPORTER:
            raise NotFound("workbook")
        return found, self._listed(work, found.authority_id, found.told["kind"])


def _row(one: Outcome, cells: list[Cell]) -> dict[str, Any]:
    return {
        "cells": cells,
        "look": LOOKS[one.what],
        "row": one.row.row,
        "title": one.title,
        "changes": ", ".join(one.changes),
        "findings": one.findings,
    }
