"""The PEP board: how the plans of a term stand, in all, in area and out of it, and by setting; and opening a term's."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import day
from cmcore.base.findings import Finding, NotFound, Refused, Severity
from cmcore.base.words import count
from cmcore.peps.actions import open_term
from cmcore.peps.forms import TermAnswers
from cmcore.peps.opening import Termly, term_at
from cmcore.peps.queries import AREAS, Board, Tally, board, terms_with_plans
from cmcore.safekeeping.work import Work
from cmcore.virtual_schools.records import Authority
from console import desk
from console.brought import PanelBody, PartOfPage
from console.form_page import FormPage
from console.framework import Page
from console.security import needs

#: A board of more settings than this says how many more there are, and the list has them all.
MOST = 60
_COLUMNS = ("PEPs", "Not started", "In progress", "Submitted", "Complete", "Due soon", "Late")


class PepBoard(Page):
    """How the PEPs of a term stand, by setting, in area and out of it."""

    route_base = "/pep-board"
    about = "How the PEPs of a term stand: not started, in progress, due and late, by setting, in area or not."

    @expose("/")
    @needs("pep_cycle.open")
    def index(self) -> Any:
        """The board of this term, or of the one the address names."""
        work = desk.work()
        authority = _authority(work)
        terms = terms_with_plans(work, authority)
        now = term_at(work, authority, work.today)
        at = next(
            (term_at(work, authority, on) for _, _, on in terms if on.isoformat() == request.args.get("term")), now
        )
        seen = board(work, authority, at)
        return self.show_page(
            "cm/parts.html",
            title=f"PEP board, {at.words}",
            heading="PEP board",
            under=f"{authority.school_name}: {at.words}, {day(at.starts_on)} to {day(at.ends_on)}.",
            acts=_acts(authority, seen),
            views=_views(authority, terms, at, now),
            findings=_findings(seen),
            parts=_parts(seen) if seen.whole.plans else [],
            empty="No PEPs were opened for this term yet.",
            about=self.about,
            crumbs=(),
        )

    @expose("/open", methods=("GET", "POST"))
    @needs("pep_cycle.open")
    def open(self) -> Any:
        """Open the PEPs of a term for everybody who is to have one."""
        work = desk.work()
        authority = _authority(work)
        back = url_for("PepBoard.index", authority_id=authority.id)
        page = FormPage(
            form=TermAnswers.form,
            title=TermAnswers.form.title,
            action_url=url_for("PepBoard.open", authority_id=authority.id),
            submit="Open them",
            lead=TermAnswers.form.doc,
            cancel_url=back,
            cancel_words="Leave them closed",
            crumbs=(("PEP board", back), ("Open a term's", "")),
        )
        if request.method == "GET":
            return page.blank({"on": work.today.isoformat()})
        taken = page.take(request.form)
        if taken.answers is None:
            return page.again(taken)
        try:
            made = open_term(work, taken.answers, authority.id)
            at = term_at(work, authority, taken.answers.on)
            work.commit()
        except Refused as refused:
            work.undo()
            return page.again(taken, refused.findings)
        flash(f"{count(len(made), 'PEP')} opened." if made else "Everybody who is to have a PEP has one already.")
        return redirect(url_for("PepBoard.index", authority_id=authority.id, term=at.starts_on.isoformat()), 303)


def _authority(work: Work) -> Authority:
    """The authority the address names, or the first in which whoever is signed in opens PEPs."""
    reached = [
        each for each in sorted(work.scope.authorities if work.scope else ()) if work.may("pep_cycle.open", each)
    ]
    asked = request.args.get("authority_id", "")
    for each in reached:
        if not asked or asked == str(each):
            return work.get(Authority, each)
    raise NotFound(Authority.words[0])


def _views(
    authority: Authority, terms: list[tuple[int, str, Any]], at: Termly, now: Termly
) -> list[tuple[str, str, bool]]:
    starts = {on: Termly.say(name, year) for year, name, on in terms} | {now.starts_on: now.words}
    return [
        (
            words[:1].upper() + words[1:],
            url_for("PepBoard.index", authority_id=authority.id, term=on.isoformat()),
            on == at.starts_on,
        )
        for on, words in sorted(starts.items(), reverse=True)
    ]


def _acts(authority: Authority, seen: Board) -> list[tuple[str, str, bool]]:
    address = url_for("PepBoard.open", authority_id=authority.id)
    return [("All PEPs", url_for("Peps.list"), False), ("Open a term's PEPs", address, bool(seen.missing))]


def _findings(seen: Board) -> list[Finding]:
    if not seen.missing:
        return []
    many = count(seen.missing, "young person in care has", "young people in care have")
    return [
        Finding(f"{many} no PEP this term.", rule="R-PEP-2", severity=Severity.warn, way_out="Open the term's PEPs.")
    ]


def _parts(seen: Board) -> list[PartOfPage]:
    rows = [("", ("In all", *_cells(seen.whole))), *(("", (one.name, *_cells(one))) for one in seen.areas)]
    whole = PanelBody(columns=("Where they learn", *_COLUMNS), rows=rows, numbers=True)
    started = seen.at.starts_on.isoformat()
    listed = [
        (url_for("Peps.list", setting_id=one.setting_id, term=started) if one.setting_id else "", _row(one))
        for one in seen.settings[:MOST]
    ]
    more = len(seen.settings) - MOST
    told = f"Those with late PEPs first. {count(more, 'more setting')} not shown." if more > 0 else ""
    settings = PanelBody(columns=("Setting", "Area", *_COLUMNS), rows=listed, words=told, numbers=True)
    return [PartOfPage("whole", "In all", whole), PartOfPage("settings", "By setting", settings)]


def _row(one: Tally) -> tuple[Any, ...]:
    return (one.name, AREAS[one.in_area], *_cells(one))


def _cells(one: Tally) -> tuple[Any, ...]:
    doing = one.of("in_progress", "review_again")
    return (one.plans, one.of("not_started"), doing, one.of("submitted"), one.of("complete"), one.due, one.late)
