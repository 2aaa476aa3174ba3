"""The head's home: who is helped, how many can be compared, what changed, what was spent; pictures with numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app, request, url_for
from markupsafe import Markup
from sqlalchemy import func, select

from cmcore.base.clock import local
from cmcore.base.findings import NotFound
from cmcore.base.periods import academic_year_name, financial_year
from cmcore.base.words import count, pounds
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.queries import evidence
from cmcore.evidence.written import evidence_written
from cmcore.money.queries import standing_of_year
from cmcore.programmes.records import Programme
from cmcore.safekeeping.work import Work
from console import charts, desk
from console.addresses import page_of
from console.evidence_rows import EvidenceView, evidence_view
from console.money_rows import LineRow, line_rows

#: So long evidence is not counted again, unless something it is counted from is kept by this process meanwhile.
REMEMBERED_FOR = timedelta(minutes=10)
_MOST_REMEMBERED = 500
#: The states of an enrolment that goes on, in the order they are shown, with their words.
_LIVE = (("active", "Active"), ("planned", "Planned"), ("paused", "Paused"), ("closing", "Closing"))


@dataclass(frozen=True)
class CaseloadRow:
    """How many enrolments of a programme stand in one state: the number, and the same as a bar of all that go on."""

    programme: str
    state: str
    number: int
    bar: Markup


@dataclass(frozen=True)
class HeadHome:
    """What the head of a virtual school finds on Today above what waits, ready for ``cm/_head.html``."""

    of: str
    #: The authorities whose head this is, where they are several: name, address, whether it is shown.
    authorities: list[tuple[str, str, bool]]
    live: int
    caseload: list[CaseloadRow]
    programme: str
    evidence: EvidenceView | None
    #: When the evidence was counted: "09:12".
    counted: str
    evidence_url: str
    year: str
    lines: list[LineRow]
    spend: str
    money_url: str


def head_home(work: Work) -> HeadHome | None:
    """The home of a virtual school's head; nothing for anybody else. Eleven statements at most, however many there are.

    The head of several authorities sees one at a time, and chooses which; one that is not theirs is not found.
    """
    grants = work.scope.grants if work.scope else ()
    keys = {one.authority_id for one in grants if one.role_key == "head"}
    if not keys or "Evidence.index" not in current_app.view_functions:
        return None
    key = _asked_for(keys)
    named = desk.names_of(sorted(keys)) if len(keys) > 1 else []
    by_programme = _caseload(work, key)
    live = sum(number for counts in by_programme.values() for number in counts[1].values())
    shown = max(by_programme, key=lambda one: sum(by_programme[one][1].values()), default=None)
    title, programme_key = (by_programme[shown][0].title, by_programme[shown][0].key) if shown is not None else ("", "")
    counted_at, view = _counted(work, key, programme_key) if programme_key else (work.clock.now(), None)
    year = financial_year(work.today)
    standings = standing_of_year(work, key, year) if work.may("money.see", key) else []
    return HeadHome(
        of=dict(named).get(key, ""),
        authorities=[(name, url_for("Today.index", of=one), one == key) for one, name in named],
        live=live,
        caseload=[
            CaseloadRow(programme.title, words, counts[state], charts.flow_bar(counts[state], live, state == "active"))
            for programme, counts in by_programme.values()
            for state, words in _LIVE
            if counts.get(state)
        ],
        programme=title,
        evidence=view,
        counted=f"{local(counted_at):%H:%M}",
        evidence_url=url_for("Evidence.index", programme=shown) if shown is not None else "",
        year=academic_year_name(year),
        lines=line_rows(standings, page_of),
        spend=_spend([(one.account.spent_pence, one.account.amount_pence) for one in standings]),
        money_url=url_for("Money.index") if "Money.index" in current_app.view_functions else "",
    )


def _asked_for(keys: set[int]) -> int:
    """The authority the address names, or the first; one whose head this is not is not found."""
    asked = request.args.get("of", "")
    if not asked:
        return min(keys)
    if not (asked.isascii() and asked.isdigit() and int(asked[:9]) in keys):
        raise NotFound("authority")
    return int(asked)


def _counted(work: Work, authority_id: int, programme_key: str) -> tuple[datetime, EvidenceView]:
    """What changed, and when it was counted: a moment ago, unless something it is counted from was kept here since."""
    work.require("evidence.see_small", authority_id)
    known, now, written = desk.premises().counted, work.clock.now(), evidence_written(authority_id)
    asked = (authority_id, programme_key, work.today)
    if asked in known:
        at, after, view = known[asked]
        if after == written and timedelta() <= now - at < REMEMBERED_FOR:
            return at, view
    if len(known) >= _MOST_REMEMBERED:
        known.clear()
    view = evidence_view(evidence(work, authority_id, programme_key).account)
    known[asked] = (now, written, view)
    return now, view


def _caseload(work: Work, authority_id: int) -> dict[int, tuple[Programme, dict[str, int]]]:
    """The enrolments that go on, by programme and state. One statement."""
    asked = (
        select(Programme, Enrolment.state, func.count(Enrolment.id))
        .outerjoin(Enrolment, (Enrolment.programme_id == Programme.id) & Enrolment.state.in_([key for key, _ in _LIVE]))
        .where(Programme.authority_id == authority_id)
        .group_by(Programme.id, Enrolment.state)
        .order_by(Programme.key)
    )
    found: dict[int, tuple[Programme, dict[str, int]]] = {}
    for programme, state, number in work.db.execute(asked):
        found.setdefault(programme.id, (programme, {}))[1].update({state: number} if state else {})
    return found


def _spend(amounts: list[tuple[int, int]]) -> str:
    spent, whole = sum(one for one, _ in amounts), sum(of for _, of in amounts)
    return f"{pounds(spent)} paid of {pounds(whole)}, from {count(len(amounts), 'funding line')}"
