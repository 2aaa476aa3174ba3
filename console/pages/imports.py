"""Bringing files in: choose them, see what would change row by row, confirm, and the receipt with its undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import local
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.base.words import count
from cmcore.exchange.answers_files import table_csv
from cmcore.exchange.columns import Matched
from cmcore.exchange.records import ImportRun
from cmcore.returns.plan import CHANGED, ENDED, NEW
from cmcore.returns.receipt import findings_of
from cmcore.returns.rules import days_to_take_back
from cmcore.returns.tasks import ask_to_bring_in
from cmcore.returns.undo import undo_import
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from cmcore.workbooks.remembering import matched_as_before
from console import desk, uploads
from console.import_rows import KINDS, PAGE, counts_of, findings_table, groups_of, narrowed, rows_of
from console.importers import IMPORTERS, heads_of, plan_of
from console.printing import download
from console.record_view import RecordView
from console.security import needs
from console.shown import State
from console.steps import Step
from console.uploads import Waiting
from console.wizard import SAID, MatchStep, begin, confirmed, match_step, matched_of, tell, unmatched


def _finish(run: ImportRun) -> bool:
    return run.undone_at is None


class Imports(RecordView):
    """What was brought in, when and by whom."""

    record = ImportRun
    route_base = "/imports"
    list_title = "Imports"
    about = "Everything that was brought in from files, with its receipt, and the way to take it back."
    list_columns: ClassVar[list[str]] = ["started_at", "importer", "started_by", "outcome", "undone"]
    label_columns: ClassVar[dict[str, str]] = {
        "started_at": "When",
        "importer": "What",
        "started_by": "By",
        "outcome": "What came of it",
        "undone": "Taken back",
        "as_at": "As at",
    }
    filter_columns: ClassVar[list[str]] = ["importer"]
    order_columns: ClassVar[list[str]] = ["started_at"]
    base_order = ("started_at", "desc")
    show_template = "cm/import_run.html"
    show_columns: ClassVar[list[str]] = ["importer", "started_at", "started_by", "as_at", "undone"]
    facts_heading = "The receipt"
    empty_words = "Nothing has been brought in yet. Begin with your return of looked-after children."
    steps = (
        Step(
            "undo",
            "Take it back",
            undo_import,
            why="What it made goes, what it changed is put back, all of it or nothing.",
            offered=_finish,
            done="The import was taken back.",
            grave=True,
        ),
    )

    def cell_started_at(self, run: ImportRun) -> str:
        """Day and time."""
        at = local(run.started_at)
        return f"{at.day} {at:%b %Y, %H:%M}"

    def cell_importer(self, run: ImportRun) -> str:
        """What was brought in."""
        return IMPORTERS[run.importer][1] if run.importer in IMPORTERS else run.importer

    def cell_outcome(self, run: ImportRun) -> str:
        """New, changed and ended records, counted."""
        told = {what: sum(each.get(what, 0) for each in run.counts.values()) for what in (NEW, CHANGED, ENDED)}
        return ", ".join(f"{many:,} {what}" for what, many in told.items() if many) or "nothing"

    def cell_undone(self, run: ImportRun) -> State | str:
        """By whom and when it was taken back."""
        return State(f"{run.undone_by}, {local(run.undone_at):%d %b %Y}", "none", "ring") if run.undone_at else ""

    def heading(self, run: ImportRun) -> str:
        """What, when."""
        return f"{self.cell_importer(run)}, {self.cell_started_at(run)}"

    def list_acts(self, work: Work) -> list[tuple[str, str]]:
        """Where each kind of file is brought in."""
        return [
            (words, url_for(f"{self.endpoint}.choose", importer=key))
            for key, (act, words, _) in IMPORTERS.items()
            if work.may(act)
        ]

    def show_context(self, work: Work, record: ImportRun, opened: bool) -> dict[str, Any]:
        """The counts and what was held back."""
        context = super().show_context(work, record, opened)
        context["undone"] = record.undone_at is not None
        context["counts"] = [(_capital(KINDS.get(kind, (kind, kind))[1]), told) for kind, told in record.counts.items()]
        context["held_back"] = [_finding(each) for each in record.receipt.get("held_back", ())][:200]
        context["held_back_in_all"] = record.receipt.get("held_back_in_all", 0)
        context["found"] = len(findings_of(record.receipt))
        return context

    @expose("/<int(max=2147483647):pk>/findings.csv")
    @needs("import_run.see")
    def kept_findings_file(self, pk: int) -> Any:
        """The same file once it is in: what came with a warning is worked through afterwards."""
        return _findings_file(findings_of(desk.work().get(ImportRun, pk).receipt))

    # ---- bringing in
    @expose("/bring-in/<importer>", methods=("GET", "POST"))
    @needs("import_run.see")
    def choose(self, importer: str) -> Any:
        """Choose files; they are read at once, and nothing is changed yet."""
        work, who = desk.work(), desk.account()
        if importer not in IMPORTERS or who is None:
            abort(404)
        act, title, lead = IMPORTERS[importer]
        allowed = [each for each in sorted(work.scope.authorities if work.scope else ()) if work.may(act, each)]
        if not allowed:
            abort(403)
        names = desk.names_of(allowed)
        findings: list[Finding] = []
        if request.method == "POST":
            try:
                return self._taken(work, importer, allowed)
            except Refused as refused:
                work.undo()
                findings = list(refused.findings)
        page = render_template(
            "cm/import_choose.html",
            title=title,
            lead=lead,
            importer=importer,
            authorities=names,
            findings=findings,
            chosen=request.form.get("authority", ""),
            neighbours=request.form.get("neighbours", ""),
            crumbs=[(self.list_title, url_for(f"{self.endpoint}.list")), (title, "")],
        )
        return Response(page, 422 if findings else 200)

    def _taken(self, work: Work, importer: str, allowed: list[int]) -> Any:
        who = desk.account()
        given = [(each.filename or "file", each.read()) for each in request.files.getlist("files") if each.filename]
        if not given:
            raise Refused(
                [Finding("Choose the file to bring in.", place="files", way_out="More than one can be chosen at once.")]
            )
        asked = request.form.get("authority", type=int)
        authority_id = asked if asked in allowed else allowed[0]
        if asked is not None and asked not in allowed:
            raise NotFound("authority")
        if asked is None and len(allowed) > 1:
            raise Refused(
                [Finding("Say which authority it is for.", place="authority", way_out="Choose one of those listed.")]
            )
        codes = [each for each in request.form.get("neighbours", "").replace(",", " ").split() if each]
        waiting = Waiting(
            authority_id, importer, {"neighbours": codes}, tuple(uploads.GivenFile.holding(*each) for each in given)
        )
        told, settled = begin(work, authority_id, heads_of(waiting, self._largest()))
        waiting = replace(waiting, told=waiting.told | told)
        if settled:
            plan_of(work, work.get(Authority, authority_id), waiting, self._largest())
        work.undo()
        token = uploads.keep(
            work.engine,
            given,
            account_id=who.id if who else 0,
            authority_id=authority_id,
            importer=importer,
            told=waiting.told,
            now=work.clock.now(),
        )
        return redirect(url_for(f"{self.endpoint}.{'preview' if settled else 'match'}", token=token), 303)

    @expose("/match/<token>", methods=("GET", "POST"))
    @needs("import_run.see")
    def match(self, token: str) -> Any:
        """Say which column of the files is which; nothing is changed by it."""
        work, waiting = desk.work(), self._waiting(token)
        chosen = waiting.told["places"] if waiting.told["by"] == "told" else ()
        heads = heads_of(waiting, self._largest())
        title = IMPORTERS[waiting.importer][1]

        def try_out(matched: list[Matched | None]) -> None:
            told = {"matched": [one.as_data() if one is not None else None for one in matched]}
            tried = replace(waiting, told=waiting.told | told)
            plan_of(work, work.get(Authority, waiting.authority_id), tried, self._largest())

        return match_step(
            self,
            MatchStep(
                title,
                matched_as_before(work, waiting.authority_id, heads, chosen),
                [*self._crumbs(waiting.importer), ("Match columns", "")],
                url_for(f"{self.endpoint}.match", token=token),
                url_for(f"{self.endpoint}.preview", token=token),
                url_for(f"{self.endpoint}.throw_away", token=token),
                try_out,
                lambda told: tell(token, waiting, told),
            ),
        )

    def _crumbs(self, importer: str) -> list[tuple[str, str]]:
        return [
            (self.list_title, url_for(f"{self.endpoint}.list")),
            (IMPORTERS[importer][1], url_for(f"{self.endpoint}.choose", importer=importer)),
        ]

    @expose("/preview/<token>")
    @needs("import_run.see")
    def preview(self, token: str) -> Any:
        """What would change, row by row; nothing has been changed yet."""
        work, waiting = desk.work(), self._waiting(token)
        if unmatched(waiting):
            return redirect(url_for(f"{self.endpoint}.match", token=token), 303)
        try:
            plan = plan_of(work, work.get(Authority, waiting.authority_id), waiting, self._largest())
        except Refused as refused:
            flash(" ".join(str(one) for one in refused.findings), "warning")
            return redirect(url_for(f"{self.endpoint}.choose", importer=waiting.importer), 303)
        show = request.args.get("show", "")
        changes = narrowed(plan, show)
        number = min(max(request.args.get("page", 1, type=int), 1), max(1, -(-len(changes) // PAGE)))
        told = plan.counts()
        views = [("Everything that changes", "", sum(1 for _ in plan.all_changes()))]
        views += [
            (words, key, sum(each[key] for each in told.values()))
            for words, key in (("New", NEW), ("Changed", CHANGED), ("Ended", ENDED))
        ]
        return self.show_page(
            "cm/import_preview.html",
            title="See what would change",
            plan=plan,
            back_for=count(days_to_take_back(work.policy_of(waiting.authority_id)), "day"),
            token=token,
            counts=counts_of(plan),
            groups=groups_of(plan.findings),
            rows=rows_of(changes[(number - 1) * PAGE : number * PAGE]),
            many=len(changes),
            page=number,
            pages=-(-len(changes) // PAGE),
            first=(number - 1) * PAGE + 1,
            last=min(number * PAGE, len(changes)),
            show=show,
            views=views,
            view_url=lambda key, at=1: url_for(
                f"{self.endpoint}.preview", token=token, show=key or None, page=at if at > 1 else None
            ),
            read=count(sum(plan.rows_read.values()), "row"),
            total=len(list(plan.all_changes())),
            importer=IMPORTERS[waiting.importer][1],
            columns=SAID[waiting.told["by"]],
            match_url=url_for(f"{self.endpoint}.match", token=token),
            crumbs=[*self._crumbs(waiting.importer), ("See what would change", "")],
        )

    @expose("/preview/<token>/findings.csv")
    @needs("import_run.see")
    def findings_file(self, token: str) -> Any:
        """All that needs a look, as a file to work through: the page writes out the first few of each kind."""
        work, waiting = desk.work(), self._waiting(token)
        if unmatched(waiting):
            return redirect(url_for(f"{self.endpoint}.match", token=token), 303)
        plan = plan_of(work, work.get(Authority, waiting.authority_id), waiting, self._largest())
        return _findings_file(plan.findings)

    @expose("/throw-away/<token>", methods=("POST",))
    @needs("import_run.see")
    def throw_away(self, token: str) -> Any:
        """Stop, and change nothing."""
        who = desk.account()
        uploads.throw_away(desk.premises().engine, token, account_id=who.id if who else 0)
        flash("Nothing was changed, and the files are gone from here.")
        return redirect(url_for(f"{self.endpoint}.list"), 303)

    @expose("/confirm/<token>", methods=("POST",))
    @needs("import_run.see")
    def confirm(self, token: str) -> Any:
        """Have it brought in as long work: its page says how far it is, and leads to the receipt."""
        work, waiting, who = desk.work(), self._waiting(token), desk.account()
        files = [(one.name, one.open().read()) for one in waiting.files]
        seen = request.form.get("seen", "")
        if unmatched(waiting):
            return redirect(url_for(f"{self.endpoint}.match", token=token), 303)
        try:
            asked = ask_to_bring_in(
                work,
                waiting.authority_id,
                f"import.{waiting.importer}",
                files,
                seen=seen,
                largest=self._largest(),
                neighbours=waiting.told["neighbours"],
                once=uploads.mark_of(token, seen),
                matched=matched_of(waiting),
            )
            confirmed(work, waiting, heads_of(waiting, self._largest()), IMPORTERS[waiting.importer][0])
            desk.premises().attendant.wake_after(work)
            work.commit()
        except Refused as refused:
            work.undo()
            flash(" ".join(str(one) for one in refused.findings), "warning")
            return redirect(url_for(f"{self.endpoint}.preview", token=token), 303)
        uploads.throw_away(desk.premises().engine, token, account_id=who.id if who else 0)
        return redirect(url_for("LongWork.show", pk=asked.id), 303)

    def _waiting(self, token: str) -> Waiting:
        who, shared = desk.account(), desk.premises()
        found = uploads.find(shared.engine, token, account_id=who.id if who else 0, now=shared.clock.now())
        if found is None or not desk.work().may(IMPORTERS[found.importer][0], found.authority_id):
            raise NotFound("file")
        return found

    def _largest(self) -> int:
        return int(self.appbuilder.app.config["MAX_CONTENT_LENGTH"])


def _findings_file(findings: list[Finding]) -> Response:
    return download(table_csv(findings_table(findings)), "text/csv; charset=utf-8", "import-findings.csv")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _finding(said: dict[str, Any]) -> Finding:
    """A finding as the receipt keeps it."""
    known = {
        key: said[key]
        for key in ("message", "rule", "place", "way_out", "file", "row", "column", "value")
        if key in said
    }
    return Finding(**known)
