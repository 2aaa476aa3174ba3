"""The compliance board: who may work today, who will not be able to in 30, 60 and 90 days, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request, url_for
from flask_appbuilder.baseviews import expose

from cmcore.base.clock import day, short_day
from cmcore.base.findings import Finding, NotFound
from cmcore.mentors.records import MENTOR_LIFE
from cmcore.readiness.board import AHEAD, Board, Standing, compliance_on
from cmcore.safekeeping.work import Work
from console import desk
from console.framework import Page, console
from console.security import needs
from console.shown import State


class Compliance(Page):
    """Who may work."""

    route_base = "/who-may-work"
    about = "Which mentors may work today, which will not be able to in 30, 60 and 90 days, and what stands in the way."

    @expose("/")
    @needs("compliance.see")
    def index(self) -> str:
        """Every mentor of an authority as at a day: what refuses a session then, and what will."""
        work = desk.work()
        reached = _authorities(work)
        chosen = _chosen(reached)
        on, wrong = _asked_day(work.today)
        board = compliance_on(work, chosen, on)
        show = request.args.get("show", "")
        views = _views(board)
        rows = next((found for _, key, found in views if key == show), board.standings)
        own = work.scope is not None and work.scope.of_a_mentor
        return self.show_page(
            "cm/compliance.html",
            title="Who may work" if not own else "Whether you may work",
            day=day(board.on),
            on=board.on.isoformat(),
            authority=chosen,
            findings=wrong,
            own=own,
            authorities=[
                (name, _address(key, board.on, show), key == chosen) for key, name in desk.names_of(list(reached))
            ]
            if len(reached) > 1
            else (),
            views=[(words, _address(chosen, board.on, key), key == show, len(found)) for words, key, found in views],
            ahead=AHEAD,
            rows=[_row(one, board.on) for one in rows],
            about=self.about,
            crumbs=(),
        )


def _authorities(work: Work) -> tuple[int, ...]:
    reached = sorted(work.scope.authorities) if work.scope else []
    return tuple(each for each in reached if work.may("compliance.see", each))


def _chosen(reached: tuple[int, ...]) -> int:
    asked = request.args.get("authority", type=int)
    if not reached or (asked is not None and asked not in reached):
        raise NotFound("authority")
    return asked or reached[0]


def _asked_day(today: date) -> tuple[date, list[Finding]]:
    typed = request.args.get("on", "").strip()
    if not typed:
        return today, []
    try:
        return date.fromisoformat(typed), []
    except ValueError:
        said = Finding("That is not a day, so today is shown.", way_out="Write it as 2026-11-10.")
        return today, [said]


def _views(board: Board) -> list[tuple[str, str, tuple[Standing, ...]]]:
    """What may be looked at alone: words, the value in the address, who is in it."""
    made = [
        ("Everybody", "", board.standings),
        ("May work", "working", board.working),
        ("Kept out", "out", board.kept_out),
    ]
    return [*made, *((f"Not in {days} days", str(days), board.stopping(days)) for days in AHEAD)]


def _address(authority_id: int, on: date, show: str) -> str:
    asked: dict[str, Any] = {"authority": authority_id, "on": on.isoformat()} | ({"show": show} if show else {})
    return url_for("Compliance.index", **asked)


def _row(one: Standing, on: date) -> dict[str, Any]:
    may_show = console().sm.has_access("can_show", "Mentors")
    return {
        "name": one.name,
        "ref": one.ref,
        "url": url_for("Mentors.show", pk=one.mentor_id) if may_show else "",
        "today": _state(one),
        "ahead": _ahead(one, on),
        "drives": State("May drive", "plain", "tick") if one.may_drive else "",
        "why": one.why,
    }


def _state(one: Standing) -> State:
    if one.may_work:
        warned = any(not finding.blocks for finding in one.today)
        return State("May work, something is due", "warn", "warn") if warned else State("May work", "ok", "tick")
    if one.state == "active":
        return State("May not work", "stop", "stop")
    return State(MENTOR_LIFE.label(one.state), "none", "ring")


def _ahead(one: Standing, on: date) -> State | str:
    if not one.may_work:
        return ""
    if one.stops_on is None:
        return State(f"In {AHEAD[-1]} days still", "plain", "tick")
    first = next((days for days in AHEAD if not one.works_in(days, on)), AHEAD[-1])
    tone = "stop" if first == AHEAD[0] else "warn"
    return State(f"Not from {short_day(one.stops_on)} on", tone, "stop" if tone == "stop" else "warn")
