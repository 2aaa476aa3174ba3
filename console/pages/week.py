"""The week as a sheet: a row for each session that was planned or is likely, and empty rows, for one mentor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_appbuilder.baseviews import expose
from sqlalchemy import select

from cmcore.base.clock import day, local, short_day
from cmcore.base.findings import Finding
from cmcore.base.words import count, hours
from cmcore.commissions.records import Commission
from cmcore.forms import form_of
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.work import Work
from cmcore.sessions import mentors_week as week
from cmcore.sessions.drafts import drop_draft, keep_draft, of_mark
from cmcore.sessions.records import MentoringSession, SessionDraft
from cmcore.sessions.week import WeekAnswers, log_rows
from cmcore.sessions.words import DraftOf, Outcome
from console import desk
from console.filling_page import AUTOSAVE, DRAFT
from console.form_page import FormPage, Taken
from console.framework import Page
from console.security import needs
from console.session_drafts import autosaved, keep, new_mark, saved_words

#: The button that keeps the rows that are right and leaves the others.
GOOD = "good"
_EMPTY_ROWS = 3


@dataclass
class Sheet:
    """What one mentor's week holds: the sessions that are there, the commissions to choose from, and its draft."""

    monday: date
    mentors: Sequence[int]
    there: list[MentoringSession]
    commissions: list[Commission]
    likely: list[week.Expected]
    draft: SessionDraft | None

    @property
    def mark(self) -> str:
        """The mark of the sheet: one draft for each week of a mentor."""
        return f"week-{self.monday}-{'-'.join(str(each) for each in self.mentors)}"[:40]

    def rows(self) -> list[dict[str, Any]]:
        """What stands on the sheet when it is opened: the draft, and what was planned since; or all that is likely."""
        kept = [dict(row) for row in self.draft.values.get("rows", [])] if self.draft else []
        noted = {str(row.get("plan_id")) for row in kept}
        plans = [one for one in self.there if one.outcome is None and str(one.id) not in noted]
        rows = kept + [_planned(one) for one in plans]
        if self.draft is None:
            rows += [_likely(one) for one in self.likely]
            rows.sort(key=lambda row: (row["held_on"], row["starts"]))
            rows += [{"mark": new_mark()} for _ in range(_EMPTY_ROWS)]
        return rows


def _planned(session: MentoringSession) -> dict[str, Any]:
    start, end = local(session.starts_at), local(session.ends_at)
    return {
        "commission_id": session.commission_id,
        "held_on": start.date().isoformat(),
        "starts": f"{start:%H:%M}",
        "ends": f"{end:%H:%M}",
        "place": session.place,
        "plan_id": session.id,
        "plan_version": session.version,
        "mark": new_mark(),
    }


def _likely(one: week.Expected) -> dict[str, Any]:
    return {
        "commission_id": one.commission_id,
        "held_on": one.on.isoformat(),
        "starts": f"{one.starts:%H:%M}",
        "ends": f"{one.ends:%H:%M}",
        "place": one.place,
        "likely": "yes",
        "mark": new_mark(),
    }


class WeekOfSessions(Page):
    """A week of sessions on one page."""

    route_base = "/week"
    about = "All your sessions of a week on one sheet: those planned, those that are likely, and empty rows."

    @expose("/", methods=("GET", "POST"))
    @needs("session.report")
    def index(self) -> Any:
        """Fill a week in: what is right is kept, what is wrong is said beside its row."""
        work = desk.work()
        mentors = week.own_mentors(work) or self._chosen(work)
        if not mentors:
            return self._choose(work)
        sheet = self._sheet(work, mentors)
        page = self._page(sheet)
        if request.method == "POST":
            return self._sent(work, page, sheet)
        if (typed := desk.typed_before()) is not None:
            return page.again(replace(page.take(typed), findings=()))
        raw = {"rows": sheet.rows()}
        findings = []
        if "check" in request.args:
            findings = log_rows(work, raw["rows"], sheet.monday).findings
            work.undo()
        return page.again(Taken(raw=raw, findings=tuple(findings)))

    def _chosen(self, work: Work) -> list[int]:
        asked = request.args.get("mentor_id", "")
        return [work.get(Mentor, int(asked)).id] if asked.isascii() and asked.isdigit() and len(asked) < 10 else []

    def _choose(self, work: Work) -> str:
        """Whose week, for whoever is no mentor."""
        found = work.db.scalars(select(Mentor).where(Mentor.state == "active").order_by(Mentor.name).limit(200))
        on = {"on": request.args["on"]} if "on" in request.args else {}
        lines = [
            {"url": url_for("WeekOfSessions.index", mentor_id=one.id, **on), "label": one.name, "about": ""}
            for one in found
        ]
        return render_template("cm/group.html", title="Whose week?", lines=lines)

    def _sheet(self, work: Work, mentors: Sequence[int]) -> Sheet:
        monday = week.monday_of(_day(request.args.get("on", "")) or work.today)
        there = week.sessions_of_week(work, mentors, monday)
        commissions = week.commissions_of(work, mentors, monday)
        likely = week.expected_in_week(work, commissions, there, monday)
        sheet = Sheet(monday, mentors, there, commissions, likely, None)
        sheet.draft = of_mark(work, sheet.mark)
        return sheet

    def _page(self, sheet: Sheet, good: int = 0) -> FormPage:
        monday, sunday = sheet.monday, sheet.monday + timedelta(days=6)
        more = {"mentor_id": request.args["mentor_id"]} if "mentor_id" in request.args else {}
        told = [one for one in sheet.there if one.outcome is not None]
        days = [monday + timedelta(days=number) for number in range(7)]
        return FormPage(
            form=form_of(WeekAnswers),
            title="The week",
            heading=f"{monday.day} {monday:%B} to {day(sunday)}",
            lead="A row counts once it says how the session went. Rows left as they are change nothing.",
            action_url=url_for("WeekOfSessions.index", on=monday.isoformat(), **more),
            submit="Keep these sessions",
            buttons=(((GOOD, f"Keep {count(good, 'good row')}, leave the rest here"),) if good else ())
            + ((DRAFT, "Save and come back"),),
            cancel_url=url_for("Sessions.list"),
            crumbs=[("Sessions", url_for("Sessions.list")), ("The week", "")],
            one_hand=True,
            template="cm/week.html",
            context={
                "mark": sheet.mark,
                "draft_version": sheet.draft.version if sheet.draft else 0,
                "saved": saved_words(sheet.draft),
                "commissions": [(str(one.id), _whom(one)) for one in sheet.commissions],
                "days": [(each.isoformat(), f"{each:%a} {each.day} {each:%b}") for each in days],
                "earlier": url_for("WeekOfSessions.index", on=(monday - timedelta(days=7)).isoformat(), **more),
                "later": url_for("WeekOfSessions.index", on=(monday + timedelta(days=7)).isoformat(), **more),
                "there": [_line(one) for one in told],
                "in_all": hours(sum(one.minutes for one in told if one.chargeable)),
            },
        )

    def _sent(self, work: Work, page: FormPage, sheet: Sheet) -> Response:
        page = replace(page, buttons=((GOOD, "Keep the good rows"), (DRAFT, "Save and come back")))
        taken = page.take(request.form)
        if AUTOSAVE in request.form:
            return autosaved(work, page.form, taken.raw, DraftOf.week, week_on=sheet.monday)
        if taken.pressed == DRAFT:
            keep(work, page.form, taken.raw, DraftOf.week, week_on=sheet.monday)
            flash("Saved as a draft. The sheet waits for you as it is; only you see it.")
            return make_response(redirect(url_for("Today.index"), 303))
        if taken.answers is None and not taken.findings:
            return self._page(sheet).again(taken)
        rows: list[Mapping[str, Any]] = list(taken.raw.get("rows", []))
        judged = log_rows(work, rows, sheet.monday)
        if not judged.kept and not judged.wrong:
            said = Finding(
                "No row says how a session went, so nothing was kept.", way_out="Choose how it went, row by row."
            )
            return self._page(sheet).again(taken, [said])
        if judged.wrong and (taken.pressed != GOOD or not judged.kept):
            work.undo()
            return self._page(sheet, len(judged.kept)).again(replace(taken, raw={"rows": rows}), judged.findings)
        return self._kept(work, page, sheet, judged.kept, [row for n, row in enumerate(rows) if n in judged.wrong])

    def _kept(
        self, work: Work, page: FormPage, sheet: Sheet, kept: Mapping[int, MentoringSession], left: list[Any]
    ) -> Response:
        """The rows that are right are kept; the others wait in the draft of the sheet."""
        worried = next((one for one in kept.values() if one.worrying or one.outcome == Outcome.ended_for_safety), None)
        drop_draft(work, sheet.mark)
        work.db.flush()
        if left:
            keep_draft(work, page.form, {"rows": left}, mark=sheet.mark, draft_of=DraftOf.week, week_on=sheet.monday)
        work.commit()
        waits = f" {count(len(left), 'row waits', 'rows wait')} here to be put right." if left else ""
        flash(f"{count(len(kept), 'session')} kept.{waits}")
        for one in work.warnings:
            flash(f"{one.message} {one.way_out}".strip(), "warning")
        if worried is not None and worried.young_person_id is not None:
            flash("Something worried you: raise the concern now, by the button on this page.", "warning")
        asked = {"mentor_id": request.args["mentor_id"]} if "mentor_id" in request.args else {}
        asked |= {"on": sheet.monday.isoformat()} | ({"check": "1"} if left else {})
        return make_response(redirect(url_for("WeekOfSessions.index", **asked), 303))


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _whom(commission: Commission) -> str:
    return str(commission.young_person) if commission.young_person is not None else f"Commission {commission.id}"


def _line(session: MentoringSession) -> tuple[str, str, str]:
    start, end = local(session.starts_at), local(session.ends_at)
    words = f"{short_day(start.date())}, {start:%H:%M} to {end:%H:%M}: {session.young_person}"
    return words, Outcome.say(session.outcome), url_for("Sessions.show", pk=session.id)
