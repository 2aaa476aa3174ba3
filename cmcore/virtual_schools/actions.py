"""What people do with an authority, its terms and its settings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from cmcore.answers.taking import answers_from, taken
from cmcore.base.findings import Finding
from cmcore.base.periods import Term
from cmcore.safekeeping.removal import remove_if_free
from cmcore.safekeeping.work import Work, action
from cmcore.virtual_schools import rules
from cmcore.virtual_schools.forms import AuthorityAnswers, SettingAnswers, TermDatesAnswers
from cmcore.virtual_schools.queries import authority_for
from cmcore.virtual_schools.records import Authority, Setting, TermDates


# ---- the authority
@action("authority.change")
def change_authority(
    work: Work, authority: Authority, answers: AuthorityAnswers, version: int | None = None
) -> Authority:
    """Change an authority's names and whom people ring. Its code and its letters stay: references are made of them."""
    work.change(authority, version, **taken(work, answers).columns())
    return authority


def answers_of_authority(authority: Authority) -> AuthorityAnswers:
    """The authority as the answers that would make it again."""
    return answers_from(AuthorityAnswers, authority)


# ---- terms
@action("term_dates.add")
def add_term_dates(work: Work, answers: TermDatesAnswers, authority_id: int | None = None) -> TermDates:
    """Enter a term. Refuses days outside its academic year, and days another term of the year has."""
    authority = authority_for(work, authority_id)
    answers = taken(work, answers)
    work.heed(_term_faults(work, authority.id, answers))
    return work.add(TermDates(authority_id=authority.id, **answers.columns()))


@action("term_dates.change")
def change_term_dates(
    work: Work, term_dates: TermDates, answers: TermDatesAnswers, version: int | None = None
) -> TermDates:
    """Change a term. Refuses what :func:`add_term_dates` refuses."""
    answers = taken(work, answers)
    work.heed(_term_faults(work, term_dates.authority_id, answers, but=term_dates.id))
    work.change(term_dates, version, **answers.columns())
    return term_dates


@action("term_dates.remove")
def remove_term_dates(work: Work, term_dates: TermDates) -> None:
    """Remove a term; without any, the year has the usual ones."""
    remove_if_free(work, term_dates)


def answers_of_term_dates(term_dates: TermDates) -> TermDatesAnswers:
    """The term as the answers that would make it again."""
    return answers_from(TermDatesAnswers, term_dates)


def _term_faults(work: Work, authority_id: int, answers: TermDatesAnswers, but: int | None = None) -> list[Finding]:
    asked = select(TermDates).where(TermDates.authority_id == authority_id, TermDates.year == answers.year)
    others = [
        Term(each.name, each.starts_on, each.ends_on)
        for each in work.db.scalars(asked.order_by(TermDates.starts_on))
        if each.id != but
    ]
    return rules.term_fits(Term(answers.name, answers.starts_on, answers.ends_on), answers.year, others)


# ---- settings
@action("setting.add")
def add_setting(work: Work, answers: SettingAnswers, authority_id: int | None = None) -> Setting:
    """Add a place that is not in the public register; only the authority that adds it sees it."""
    authority = authority_for(work, authority_id)
    return work.add(Setting(added_by_id=authority.id, **_columns(taken(work, answers), authority)))


@action("setting.change")
def change_setting(work: Work, setting: Setting, answers: SettingAnswers, version: int | None = None) -> Setting:
    """Change a place the authority added itself. Refuses one of the public register: every authority shares its row."""
    work.heed(rules.own_place(setting.added_by_id))
    authority = authority_for(work, setting.added_by_id)
    work.change(setting, version, **_columns(taken(work, answers), authority))
    return setting


@action("setting.remove")
def remove_setting(work: Work, setting: Setting) -> None:
    """Remove an authority's own place. Refuses one of the public register, and one that something hangs on."""
    work.heed(rules.own_place(setting.added_by_id))
    remove_if_free(work, setting)


def answers_of_setting(setting: Setting) -> SettingAnswers:
    """The place as the answers that would make it again."""
    return answers_from(SettingAnswers, setting, {"in_area": setting.la_code != ""})


def _columns(answers: SettingAnswers, authority: Authority) -> dict[str, Any]:
    """The columns of an authority's own place. In its area it carries the authority's code, elsewhere none."""
    where = (
        {"la_code": authority.code, "la_name": authority.name} if answers.in_area else {"la_code": "", "la_name": ""}
    )
    return {**answers.columns("in_area"), **where}
