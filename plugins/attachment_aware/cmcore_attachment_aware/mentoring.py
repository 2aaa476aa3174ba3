"""A school that graduated mentors another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from cmcore.api import Period, Setting, Work, action, answers_from, refuse, taken
from cmcore_attachment_aware import rules
from cmcore_attachment_aware.forms import MentoringAnswers
from cmcore_attachment_aware.records import AwarePlace
from cmcore_attachment_aware.schoolwork import AwareMentoring


@action("attachment_aware_mentoring.add")
def begin_mentoring(work: Work, place: AwarePlace, answers: MentoringAnswers) -> AwareMentoring:
    """Write down that a school mentors another. R-AAS-10 refuses one that has not graduated, and itself."""
    told = taken(work, answers)
    work.heed(_may(work, place, told))
    mentored = work.get(Setting, told.mentored_id)
    own = {"authority_id": place.authority_id, "setting_id": place.setting_id, "attachment_aware_place_id": place.id}
    made = AwareMentoring(**own, **_columns(told))
    made.setting, made.mentored = place.setting, mentored
    _refuse_twice(work, made)
    return work.add(made)


@action("attachment_aware_mentoring.change")
def change_mentoring(
    work: Work, mentoring: AwareMentoring, answers: MentoringAnswers, version: int | None = None
) -> AwareMentoring:
    """Change what is written of a mentoring, and say when it ended and what came of it."""
    told = taken(work, answers)
    work.heed(_may(work, work.get(AwarePlace, mentoring.attachment_aware_place_id), told))
    work.get(Setting, told.mentored_id)
    work.change(mentoring, version, **_columns(told))
    _refuse_twice(work, mentoring)
    return mentoring


@action("attachment_aware_mentoring.remove")
def remove_mentoring(work: Work, mentoring: AwareMentoring) -> None:
    """Remove a mentoring entered by mistake."""
    work.db.delete(mentoring)


def answers_of_mentoring(mentoring: AwareMentoring) -> MentoringAnswers:
    """The mentoring as the answers that would write it again."""
    return answers_from(MentoringAnswers, mentoring)


def _may(work: Work, place: AwarePlace, told: MentoringAnswers) -> list[Any]:
    if told.ends_on is not None and told.ends_on < told.starts_on:
        raise refuse("It ends before it begins.", place="ends_on", way_out="Check the days.")
    itself = told.mentored_id == place.setting_id
    return rules.may_mentor(place.graduated_on, told.starts_on, itself=itself, policy=work.policy_of(place))


def _refuse_twice(work: Work, made: AwareMentoring) -> None:
    """Refuse the same two schools twice over the same days."""
    with work.db.no_autoflush:
        asked = select(AwareMentoring).where(
            AwareMentoring.authority_id == made.authority_id,
            AwareMentoring.setting_id == made.setting_id,
            AwareMentoring.mentored_id == made.mentored_id,
        )
        others = [one for one in work.db.scalars(asked) if one is not made]
    days = Period(made.starts_on, made.ends_on)
    if any(Period(one.starts_on, one.ends_on).meets(days) for one in others):
        raise refuse("These two are written down for days of that time.", place="starts_on", way_out="Change that one.")


def _columns(told: MentoringAnswers) -> dict[str, Any]:
    return {
        "mentored_id": told.mentored_id,
        "focus": told.focus or "",
        "starts_on": told.starts_on,
        "ends_on": told.ends_on,
        "came_of_it": told.came_of_it or "",
    }
