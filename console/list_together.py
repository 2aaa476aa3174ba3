"""One act for many rows of a list: chosen, seen beforehand, confirmed, and taken back from its receipt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_appbuilder.baseviews import expose
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from cmcore.base.clock import local
from cmcore.base.findings import Finding, NotFound, Refused
from cmcore.base.records import authority_of
from cmcore.base.words import count
from cmcore.exchange.records import ImportRun
from cmcore.forms import dump
from cmcore.returns.rules import days_to_take_back
from cmcore.returns.undo import undo_together
from cmcore.safekeeping.work import Work
from cmcore.together.acts import CHANGED, MOST, REFUSED, SAME, Outcome
from cmcore.together.doing import IMPORTER, do_together, preview_together
from cmcore.together.sent import sent_since
from console import desk, lookups, uploads
from console.columns import Column
from console.form_page import FormPage
from console.listing import Found, Wanted
from console.security import needs
from console.shown import State
from console.together_acts import TogetherActs
from console.uploads import Waiting

_LOOKS = {
    CHANGED: State("Would change", "ok", "tick"),
    SAME: State("The same", "plain", "dot"),
    REFUSED: State("Left as it is", "stop", "stop"),
}


_ROUTES = frozenset({"begin_together", "ask_together", "see_together", "confirm_together", "done_together"})


class ListTogether(TogetherActs):
    """What a list offers for many of its rows; mixed into the list of a page."""

    appbuilder: Any
    singular: str
    plural: str
    list_title: str
    may: Callable[[str], bool]
    address: Callable[..., str]
    came_from: Callable[..., str]
    wanted: Callable[..., Wanted]
    find_rows: Callable[[Work, Wanted, Sequence[Column]], Found]

    # ---- what is offered
    def missing_list_routes(self) -> frozenset[str]:
        """The routes that do not exist because nothing is offered for many rows."""
        return frozenset() if self.together else _ROUTES

    def many_tools(self, work: Work, found: Found) -> dict[str, Any]:
        """What the list's template needs for choosing rows: the acts, where they are sent, and the keys of the rows."""
        acts = self.many_acts(work) if found.rows else []
        return {
            "many": acts,
            "together_url": self.appbuilder.address(f"{self.endpoint}.begin_together") if acts else "",
            "keys": [row.id for row in found.rows] if acts else (),
            "all_match": found.count if acts and not found.capped and len(found.rows) < found.count <= MOST else 0,
        }

    # ---- choosing
    @expose("/list/together", methods=("POST",))
    @needs(like="list")
    def begin_together(self) -> Any:
        """Take the rows that were chosen, or all that match, to what is asked, or to what would change."""
        work, who = desk.work(), desk.account()
        back = self.came_from()
        given, step = self._chosen_act(work, request.form.get("act", ""))
        keys, too_many = self._chosen_rows(work)
        asked = select(self.record).where(self.record.id.in_(keys))
        reached = {one.id: authority_of(one) or 0 for one in work.db.scalars(asked)} if keys else {}
        keys = [key for key in keys if key in reached]
        if wrong := _cannot(reached, self.plural, too_many=too_many):
            flash(wrong, "warning")
            return redirect(back, 303)
        told = {"list": self.endpoint, "act": given.key, "keys": keys, "back": back, "answers": None}
        token = self._keep(work, who.id if who else 0, reached[keys[0]], told)
        asks = given.questions or (step is not None and step.form is not None)
        return redirect(url_for(f"{self.endpoint}.{'ask' if asks else 'see'}_together", token=token), 303)

    def _chosen_rows(self, work: Work) -> tuple[list[int], bool]:
        """The keys of the rows that were chosen, and whether they are too many."""
        if request.form.get("all"):
            wanted = self.wanted(MultiDict(parse_qsl(request.form.get("asked", ""))[:60]))
            found = self.find_rows(work, replace(wanted, page=1, size=MOST), ())
            return [row.id for row in found.rows], found.more
        chosen = [key for key in request.form.getlist("row") if key.isascii() and key.isdigit() and len(key) < 10]
        return list(dict.fromkeys(int(key) for key in chosen[:MOST])), len(chosen) > MOST

    def _keep(self, work: Work, account_id: int, authority_id: int, told: dict[str, Any]) -> str:
        return uploads.keep(
            work.engine,
            [],
            account_id=account_id,
            authority_id=authority_id,
            importer=IMPORTER,
            told=told,
            now=work.clock.now(),
        )

    def _waiting(self, token: str) -> Waiting:
        who, shared = desk.account(), desk.premises()
        found = uploads.find(shared.engine, token, account_id=who.id if who else 0, now=shared.clock.now())
        if found is None or found.importer != IMPORTER or found.told["list"] != self.endpoint:
            raise NotFound("choice of rows")
        return found

    # ---- what is asked
    @expose("/list/together/<token>/ask", methods=("GET", "POST"))
    @needs(like="list")
    def ask_together(self, token: str) -> Any:
        """Ask once what each of the rows is to be given."""
        work, waiting, who = desk.work(), self._waiting(token), desk.account()
        given, step = self._chosen_act(work, waiting.told["act"])
        first = work.get(self.record, waiting.told["keys"][0])
        form = self._form_together(work, given, step, first)
        label = given.label or (step.label if step is not None else "")
        many = self._many(len(waiting.told["keys"]))
        page = FormPage(
            form=form,
            title=label,
            heading=f"{label}: {many}",
            action_url=request.path,
            submit="See what would change",
            lead="Your answer is the same for all of them. Nothing is changed yet.",
            lookup=lookups.lookup,
            shown=lookups.shown,
            fetch=lookups.fetch,
            cancel_url=waiting.told["back"],
            cancel_words="Back to the list",
            crumbs=[(self.list_title, waiting.told["back"]), (label, "")],
        )
        if request.method == "GET":
            return page.blank(waiting.told["answers"] or None)
        taken = page.take(request.form, request.files)
        if taken.answers is None:
            return page.again(taken)
        told = {**waiting.told, "answers": dump(form, taken.answers)}
        work.undo()
        token = self._keep(work, who.id if who else 0, waiting.authority_id, told)
        return redirect(url_for(f"{self.endpoint}.see_together", token=token), 303)

    # ---- seen, confirmed
    @expose("/list/together/<token>")
    @needs(like="list")
    def see_together(self, token: str) -> Any:
        """What would come of each row; nothing has been changed yet."""
        work, waiting = desk.work(), self._waiting(token)
        act = self._act(work, waiting)
        days = days_to_take_back(work.policy_of(waiting.authority_id))
        try:
            came = preview_together(work, act, waiting.told["keys"])
        except Refused as refused:
            flash(" ".join(str(one) for one in refused.findings), "warning")
            return redirect(waiting.told["back"], 303)
        return render_template(
            "cm/together.html",
            title=f"{act.label}: see what would change",
            heading=act.label,
            view=self,
            counts=[(many, _LOOKS[what]) for what, many in came.counts.items() if many],
            keeps=self._many(came.counts[CHANGED]) if came.counts[CHANGED] else "",
            back_for=count(days, "day") if act.returns else "",
            rows=[_row(one, self.singular) for one in came.outcomes],
            digest=came.digest,
            confirm_url=url_for(f"{self.endpoint}.confirm_together", token=token),
            back_url=waiting.told["back"],
            crumbs=[(self.list_title, waiting.told["back"]), (act.label, "")],
        )

    @expose("/list/together/<token>/confirm", methods=("POST",))
    @needs(like="list")
    def confirm_together(self, token: str) -> Any:
        """Do it, as it was seen: all that may, or nothing."""
        work, waiting, who = desk.work(), self._waiting(token), desk.account()
        act, keys = self._act(work, waiting), waiting.told["keys"]
        try:
            work.begin_writing()
            _, run = do_together(work, act, keys, authority_id=waiting.authority_id, seen=request.form.get("seen", ""))
            work.commit()
        except Refused as refused:
            work.undo()
            flash(" ".join(str(one) for one in refused.findings), "warning")
            return redirect(url_for(f"{self.endpoint}.see_together", token=token), 303)
        uploads.throw_away(work.engine, token, account_id=who.id if who else 0)
        if run is None:
            flash("Nothing was changed.")
            return redirect(waiting.told["back"], 303)
        return redirect(url_for(f"{self.endpoint}.done_together", pk=run.id), 303)

    @expose("/list/together/done/<int(max=2147483647):pk>", methods=("GET", "POST"))
    @needs(like="list")
    def done_together(self, pk: int) -> Any:
        """The receipt: what was done with which rows; sent as a form, all of it is taken back."""
        work = desk.work()
        run = work.get(ImportRun, pk)
        if run.importer != IMPORTER or not str(run.receipt["act"]).startswith(f"{self.endpoint}."):
            abort(404)
        findings: Sequence[Finding] = ()
        if request.method == "POST":
            try:
                undo_together(work, run)
                work.commit()
                flash("It was taken back whole: everything stands as it stood before.")
                return redirect(url_for(f"{self.endpoint}.done_together", pk=pk), 303)
            except Refused as refused:
                work.undo()
                findings, run = refused.findings, work.get(ImportRun, pk)
        at, receipt = local(run.started_at), run.receipt
        page = render_template(
            "cm/together_done.html",
            title=f"{receipt['label']}: receipt",
            heading=receipt["label"],
            view=self,
            said=f"{self._many(len(receipt['done']))}, {at.day} {at:%B %Y, %H:%M}, {run.started_by}",
            findings=findings,
            taken_back=f"Taken back by {run.undone_by} on {local(run.undone_at):%d %B %Y}." if run.undone_at else "",
            undo_url=request.path if run.undone_at is None and receipt["returns"] else "",
            back_for=count(days_to_take_back(work.policy_of(run)), "day"),
            done=[(title, said, self._page_at(key)) for key, title, said in receipt["done"]],
            held_back=receipt["held_back"],
            sent=_sent(sent_since(work, run)),
            crumbs=[(self.list_title, self.address()), (receipt["label"], "")],
        )
        return Response(page, 422 if findings else 200)

    def _many(self, number: int) -> str:
        return count(number, self.singular, self.plural)

    def _page_at(self, key: int) -> str:
        return f"{self.address()}{key}" if self.may("show") else ""


def _cannot(reached: Mapping[int, int], plural: str, *, too_many: bool) -> str:
    """Why these rows, each with its authority, cannot be taken together; nothing where they can."""
    if too_many:
        return f"At most {MOST} {plural} are done at once. Narrow the list, or choose fewer."
    if not reached:
        return f"Choose the {plural} first, by the boxes beside them."
    if len(set(reached.values())) > 1:
        return f"These {plural} belong to several authorities. Choose those of one."
    return ""


def _row(one: Outcome, singular: str) -> dict[str, Any]:
    return {
        "look": _LOOKS[one.what],
        "title": one.title or f"A {singular}",
        "said": one.said,
        "findings": one.findings,
    }


def _sent(number: int) -> str:
    """What taking an act back does not call back, in words; nothing where no message of it was sent."""
    if not number:
        return ""
    told = f"{count(number, 'message')} about {'it was' if number == 1 else 'them were'} sent"
    return f"{told}. Taking it back does not call {'it' if number == 1 else 'them'} back: tell who was told."
