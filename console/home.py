"""What each role finds on Today beside what waits: their own referrals, the money, the evidence, the console itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from flask import current_app, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from cmcore.base.clock import day, local, short_day
from cmcore.base.periods import academic_year_name, financial_year
from cmcore.base.words import count, in_words, pounds
from cmcore.enrolments.records import Enrolment
from cmcore.evidence.caseload import Standing, next_review, standings
from cmcore.evidence.records import SavedCohort
from cmcore.money.queries import LineStanding, standing_of_year
from cmcore.plugins.records import PluginHealth
from cmcore.programmes.records import Programme
from cmcore.referrals.queries import OPEN
from cmcore.referrals.records import Referral
from cmcore.referrals.words import Rag
from cmcore.reviews.queries import AT_WORK
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET
from cmcore.virtual_schools.records import TermDates
from console import first_codes
from console.framework import console

#: So many lines stand in a part; the rest is a list away.
_MOST = 6
#: So long the head is told that a code was given for an account.
_TOLD_FOR = timedelta(days=14)


@dataclass(frozen=True)
class HomePart:
    """One part of a role's home: its words, its lines as (words, a line more, address), and what else leads on.

    ``otherwise`` is said where there are no lines; ``buttons`` are (words, address), the first one the main one.
    """

    key: str
    words: str
    lines: tuple[tuple[str, str, str], ...] = ()
    otherwise: str = ""
    buttons: tuple[tuple[str, str], ...] = ()


def home_parts(work: Work) -> list[HomePart]:
    """The parts of whoever asks, by the roles they hold."""
    held = {grant.role.key for grant in work.scope.grants} if work.scope else set()
    return [
        part for role, make in _HOMES.items() if role in held for part in make(work) if part.lines or part.otherwise
    ]


def _page(kind: str) -> Any:
    return console().page_about(kind)


def _referrers(work: Work) -> list[HomePart]:
    """Their own referrals, and how it goes for the young people they referred. Four statements."""
    page = _page("referral")
    asked = (
        select(Referral)
        .options(joinedload(Referral.young_person), joinedload(Referral.programme))
        .order_by(Referral.state.in_(OPEN).desc(), Referral.received_on.desc(), Referral.id.desc())
        .limit(_MOST)
    )
    own = tuple(
        (str(one.young_person), f"{one.state_label}, received {short_day(one.received_on)}", page.address_of(one))
        for one in work.db.scalars(asked)
    )
    new = page.add_address()
    return [
        HomePart(
            "referrals",
            "Your referrals",
            own,
            "You have referred nobody yet. Say why now, and what is hoped for; you are told what is decided.",
            (("Refer a young person", new),) if new else (),
        ),
        HomePart("going", "How it is going", _going(work)),
    ]


def _going(work: Work) -> tuple[tuple[str, str, str], ...]:
    asked = (
        select(Enrolment)
        .where(Enrolment.state.in_(AT_WORK))
        .options(joinedload(Enrolment.young_person), joinedload(Enrolment.programme))
        .order_by(Enrolment.started_on.desc(), Enrolment.id.desc())
        .limit(_MOST)
    )
    found = list(work.db.scalars(asked))
    stand, page = standings(work, found), _page("young_person")
    # Whose hours they are is not a referrer's to see, so sessions are counted by themselves.
    met = (
        select(MentoringSession.enrolment_id, func.count(MentoringSession.id))
        .where(MentoringSession.enrolment_id.in_([one.id for one in found]), MentoringSession.outcome.in_(MET))
        .group_by(MentoringSession.enrolment_id)
    )
    counted = {row[0]: int(row[1]) for row in work.db.execute(met)}
    made = []
    for one in found:
        standing = replace(stand.get(one.id, Standing()), met=counted.get(one.id, 0))
        due = next_review(one, standing, work.today, work.policy_of(one))
        said = [one.programme.title, count(standing.met, "session")]
        if standing.concern:
            said.append(f"concern {Rag.say(standing.concern).lower()}")
        if due is not None:
            ahead = f"in {count(due.days, 'day')}" if due.days else "today"
            said.append("a score is late" if due.days < 0 else f"next score {ahead}")
        where = page.address_of(one.young_person) if one.young_person is not None else ""
        made.append((str(one.young_person or one.ref), f"{', '.join(said)}", where))
    return tuple(made)


def _finances(work: Work) -> list[HomePart]:
    """The funding lines of this year, those with most promised to nobody first."""
    year = financial_year(work.today)
    keys = [key for key in sorted(work.scope.authorities if work.scope else ()) if work.may("money.see", key)]
    lines = [one for key in keys for one in standing_of_year(work, key, year)]
    lines.sort(key=lambda one: (not one.red, -one.account.uncommitted_pence))
    page = _page("funding_line")
    return [
        HomePart(
            "money",
            f"Money of {academic_year_name(year)}",
            tuple((one.line.name, _of_line(one), page.address_of(one.line)) for one in lines[:_MOST]),
            "No funding line of this year is kept yet.",
            (("Where the money stands", url_for("Money.index")),) if _there("Money.index") else (),
        )
    ]


def _of_line(one: LineStanding) -> str:
    account = one.account
    left = account.uncommitted_pence
    said = f"{pounds(account.spent_pence)} paid and {pounds(account.committed_pence)} committed of "
    said += pounds(account.amount_pence)
    if left < 0:
        return f"{said}; {pounds(-left)} too much is promised"
    return f"{said}; {pounds(left)} promised to nobody{', lost after 31 March' if one.red else ''}"


def _evaluators(work: Work) -> list[HomePart]:
    """The programmes whose evidence may be read, and the cohorts saved for another look. Two statements."""
    if not _there("Evidence.index"):
        return []
    programmes = work.db.scalars(select(Programme).order_by(Programme.authority_id, Programme.key).limit(_MOST))
    saved = work.db.scalars(
        select(SavedCohort).options(joinedload(SavedCohort.programme)).order_by(SavedCohort.id.desc()).limit(_MOST)
    )
    return [
        HomePart(
            "evidence",
            "Evidence",
            tuple(
                (one.title, "What changed, with its counts.", url_for("Evidence.index", programme=one.id))
                for one in programmes
            ),
            "No programme is kept yet whose evidence you may read.",
        ),
        HomePart(
            "cohorts",
            "Saved cohorts",
            tuple(
                (one.name, one.programme.title, url_for("Evidence.index", programme=one.programme_id, **one.filters))
                for one in saved
            ),
        ),
    ]


def _administrators(work: Work) -> list[HomePart]:
    """Whether plugins failed, and how far the terms are entered. Two statements."""
    lines = []
    if _there("Plugins.index") and work.may("plugin_switch.see"):
        failing = list(work.db.scalars(select(PluginHealth.plugin).distinct().order_by(PluginHealth.plugin)))
        said = f"Something went wrong in {in_words(failing)}" if failing else "None has failed"
        lines.append(("Plugins", said, url_for("Plugins.index")))
    page = _page("term_dates")
    if page is not None and page.may("list"):
        last = work.db.scalar(select(func.max(TermDates.ends_on)))
        said = f"Entered up to {day(last)}" if last else "None are entered: PEPs and reviews are reckoned by them"
        if last and last < work.today:
            said += ": enter those that follow"
        lines.append(("Terms", said, page.address()))
    return [HomePart("console", "The console itself", tuple(lines))]


def _there(endpoint: str) -> bool:
    """Whether the console has a page: one that was furnished with pages of its own may be without it."""
    return endpoint in current_app.view_functions


def _heads(work: Work) -> list[HomePart]:
    """Accounts that were begun or given back lately, and by whom: it is not done unseen. One statement."""
    grants = work.scope.grants if work.scope else ()
    own = {one.authority_id for one in grants if one.role_key == "head"}
    since = work.clock.now() - _TOLD_FOR
    lines = []
    for one in first_codes.given_since(work, own, since, _MOST):
        what = "New account" if one.opening else "New password"
        unused = "not used yet" if one.works else "never used, and over"
        used = f"used on {short_day(local(one.used_at).date())}" if one.used_at else unused
        said = f"{what}: code given by {one.made_by} on {short_day(local(one.made_at).date())}, {used}"
        lines.append((one.login, said, ""))
    return [HomePart("accounts", "Accounts, lately", tuple(lines))]


_HOMES: dict[str, Callable[[Work], list[HomePart]]] = {
    "head": _heads,
    "referrer": _referrers,
    "finance": _finances,
    "evaluator": _evaluators,
    "administrator": _administrators,
}
