"""What is asked of lessons, clubs, signposts, work experience and decisions: conditions, and counts for a board."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_

from cmcore.api import Work
from cmcore_staffordshire.life.council_records import CouncilDecision
from cmcore_staffordshire.life.records import Club, MusicLesson, Signpost, WorkExperience
from cmcore_staffordshire.life.words import Became, Went

PLUGIN = "staffordshire"


def going_on(record: type[MusicLesson] | type[Club] | type[WorkExperience], on: date) -> ColumnElement[bool]:
    """What goes on on a day: begun, and not over."""
    return and_(record.starts_on <= on, or_(record.ends_on.is_(None), record.ends_on >= on))


def over(record: type[MusicLesson] | type[Club] | type[WorkExperience], on: date) -> ColumnElement[bool]:
    """What was over before a day."""
    return and_(record.ends_on.is_not(None), record.ends_on < on)


def ending(work: Work) -> ColumnElement[bool]:
    """Lessons whose last day comes within the days the settings give: somebody says what comes next."""
    last = work.today + timedelta(days=int(work.setting(PLUGIN, "ending_days")))
    return and_(MusicLesson.ends_on >= work.today, MusicLesson.ends_on <= last)


def to_give_back(on: date) -> ColumnElement[bool]:
    """Lessons that are over and whose lent instrument was to be back by a day."""
    return and_(MusicLesson.back_by_on <= on, over(MusicLesson, on))


def to_ask(on: date) -> ColumnElement[bool]:
    """What was pointed out, and somebody is to ask about again by a day."""
    open_still = or_(Signpost.became.is_(None), Signpost.became == Became.thinking)
    return and_(open_still, Signpost.ask_again_on <= on)


def unseen(on: date) -> ColumnElement[bool]:
    """Work experience whose risk assessment nobody has seen, that is to begin or goes on (R-EVT-2)."""
    return and_(
        WorkExperience.risk_seen_on.is_(None),
        WorkExperience.ends_on >= on,
        or_(WorkExperience.went.is_(None), WorkExperience.went != Went.not_begun),
    )


def untold(on: date) -> ColumnElement[bool]:
    """Work experience that is over, and of which nobody has said how it went."""
    return and_(WorkExperience.ends_on < on, WorkExperience.went.is_(None))


def past_its_day(on: date) -> ColumnElement[bool]:
    """Decisions whose day is over and of which nobody has said what came (R-EVT-3)."""
    return and_(CouncilDecision.outcome.is_(None), CouncilDecision.due_on < on)


def to_tell_back() -> ColumnElement[bool]:
    """Decisions that were answered, and the young people were not told (R-EVT-3)."""
    return and_(CouncilDecision.outcome.is_not(None), CouncilDecision.told_back_on.is_(None))
