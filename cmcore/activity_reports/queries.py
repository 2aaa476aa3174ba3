"""What is read for activity reports: the sessions of one, what they tell, and whose names stand in them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select

from cmcore.activity_reports.records import ActivityReport
from cmcore.activity_reports.rules import Told
from cmcore.base.clock import LONDON, local
from cmcore.commissions.records import Commission
from cmcore.concerns.records import Concern
from cmcore.network.records import SupportingAdult
from cmcore.safekeeping.access import beyond
from cmcore.safekeeping.names import Roster
from cmcore.safekeeping.work import Work
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import MET
from cmcore.young_people.records import EducationSpell, YoungPerson

_NAMES = beyond("whose names stand in a report is asked to have them left out; the names themselves are not told")
_CONCERNS = beyond("whether a concern was raised since is answered by yes or no, whoever raised it")


def sessions_of(work: Work, report: ActivityReport) -> list[MentoringSession]:
    """The sessions that stand in a report, in the order they were held."""
    asked = select(MentoringSession).where(MentoringSession.activity_report_id == report.id)
    return list(work.db.scalars(asked.order_by(MentoringSession.starts_at, MentoringSession.id)))


def unreported(work: Work, commission: Commission, starts_on: date, ends_on: date) -> list[MentoringSession]:
    """The sessions of a commission on these days that were written up and stand in no report yet."""
    first = datetime.combine(starts_on, time(), LONDON)
    after = datetime.combine(ends_on + timedelta(days=1), time(), LONDON)
    asked = select(MentoringSession).where(
        MentoringSession.commission_id == commission.id,
        MentoringSession.activity_report_id.is_(None),
        MentoringSession.outcome.is_not(None),
        MentoringSession.starts_at >= first,
        MentoringSession.starts_at < after,
    )
    return list(work.db.scalars(asked.order_by(MentoringSession.starts_at, MentoringSession.id)))


def told_by(work: Work, sessions: list[MentoringSession]) -> list[Told]:
    """What sessions tell of themselves, for the rules."""
    return [
        Told(
            local(each.starts_at).date(),
            each.outcome in MET,
            each.done,
            [str(note.get("note", "")) for note in each.impact],
            each.worrying,
            concern_raised=each.worrying and _concern_since(work, each),
        )
        for each in sessions
    ]


def _concern_since(work: Work, session: MentoringSession) -> bool:
    asked = select(func.count()).where(
        Concern.young_person_id == session.young_person_id, Concern.raised_at >= session.starts_at
    )
    return bool(work.db.scalar(asked, execution_options=_CONCERNS))


def texts_of(sessions: list[MentoringSession]) -> list[tuple[date, str]]:
    """What the mentor wrote of each session, by its day. A young person's own words are theirs."""
    return [
        (
            local(each.starts_at).date(),
            "\n".join([each.done, each.intention, *(str(note.get("note", "")) for note in each.impact)]),
        )
        for each in sessions
    ]


def roster_for(work: Work, report: ActivityReport) -> Roster:
    """Names that should not stand in a report: surnames of the young person and those around them, and the names of
    others in the same school or with the same mentor."""
    if report.young_person_id is None:
        return Roster(())
    surnames = [
        row.family_name
        for row in work.db.execute(
            select(YoungPerson.family_name).where(YoungPerson.id == report.young_person_id), execution_options=_NAMES
        )
    ]
    adults = select(SupportingAdult.name).where(SupportingAdult.young_person_id == report.young_person_id)
    surnames += [name.split()[-1] for name in work.db.scalars(adults, execution_options=_NAMES) if name.split()]
    own = select(YoungPerson.given_name, YoungPerson.preferred_name).where(YoungPerson.id == report.young_person_id)
    theirs = {part for row in work.db.execute(own, execution_options=_NAMES) for name in row for part in name.split()}
    others = [
        name
        for row in work.db.execute(_others(report), execution_options=_NAMES)
        for name in row
        if name and name not in theirs
    ]
    return Roster([*surnames, *others])


def _others(report: ActivityReport) -> Any:
    here = select(EducationSpell.setting_id).where(
        EducationSpell.young_person_id == report.young_person_id,
        EducationSpell.setting_id.is_not(None),
        EducationSpell.starts_on <= report.ends_on,
        EducationSpell.ends_on.is_(None) | (EducationSpell.ends_on >= report.starts_on),
    )
    beside = select(EducationSpell.young_person_id).where(
        EducationSpell.authority_id == report.authority_id,
        EducationSpell.setting_id.in_(here),
        EducationSpell.starts_on <= report.ends_on,
        EducationSpell.ends_on.is_(None) | (EducationSpell.ends_on >= report.starts_on),
    )
    with_mentor = select(Commission.young_person_id).where(
        Commission.authority_id == report.authority_id, Commission.mentor_id == report.mentor_id
    )
    return select(YoungPerson.given_name, YoungPerson.preferred_name, YoungPerson.family_name).where(
        YoungPerson.authority_id == report.authority_id,
        YoungPerson.id != report.young_person_id,
        YoungPerson.id.in_(beside) | YoungPerson.id.in_(with_mentor),
    )
