"""What is done with a school's project: begin it, count its indicators, say what was learnt."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from cmcore.api import Finding, Period, Work, action, answers_from, day, refuse, refuse_if, taken
from cmcore_attachment_aware import rules
from cmcore_attachment_aware.forms import LearntAnswers, ProjectAnswers, ReadingAnswers
from cmcore_attachment_aware.records import AwarePlace
from cmcore_attachment_aware.schoolwork import AwareProject, AwareReading
from cmcore_attachment_aware.training import refuse_settled
from cmcore_attachment_aware.words import At, Indicator


@action("attachment_aware_project.add")
def begin_project(work: Work, place: AwarePlace, answers: ProjectAnswers) -> AwareProject:
    """Begin the school's project. Refuses a second one, and periods that cannot be compared (R-AAS-6)."""
    told = taken(work, answers)
    refuse_settled(place)
    asked = select(AwareProject.id).where(AwareProject.attachment_aware_place_id == place.id).limit(1)
    if work.db.scalar(asked) is not None:
        raise refuse("The school has a project already.", way_out="Change that one.")
    work.heed(_comparable(work, place, told))
    own = {"authority_id": place.authority_id, "setting_id": place.setting_id, "attachment_aware_place_id": place.id}
    return work.add(AwareProject(**own, **_columns(told)))


@action("attachment_aware_project.change")
def change_project(
    work: Work, project: AwareProject, answers: ProjectAnswers, version: int | None = None
) -> AwareProject:
    """Change a project. Refuses other days of a period that was counted: its numbers would be of other days."""
    told = taken(work, answers)
    refuse_settled(work.get(AwarePlace, project.attachment_aware_place_id))
    work.heed(_comparable(work, project, told))
    refuse_if(_moved(work, project, told))
    work.change(project, version, **_columns(told))
    return project


@action("attachment_aware_project.remove")
def remove_project(work: Work, project: AwareProject) -> None:
    """Remove a project entered by mistake. Refuses one of which anything was counted."""
    refuse_settled(work.get(AwarePlace, project.attachment_aware_place_id))
    if counted_at(work, project):
        raise refuse("Something was counted for it.", way_out="Remove that first, or change the project.")
    work.db.delete(project)


def answers_of_project(project: AwareProject) -> ProjectAnswers:
    """The project as the answers that would begin it again."""
    return answers_from(ProjectAnswers, project)


@action("attachment_aware_project.change")
def write_learnt(work: Work, project: AwareProject, answers: LearntAnswers) -> AwareProject:
    """Write what the school changed and learnt. It says nothing of causes: two periods are compared, and no more."""
    told = taken(work, answers)
    refuse_settled(work.get(AwarePlace, project.attachment_aware_place_id))
    refuse_if(rules.not_ahead(told.learnt_on, work.today, "learnt_on"))
    work.change(project, tried=told.tried, learnt=told.learnt, learnt_on=told.learnt_on)
    return project


def period_of(project: AwareProject, at: str) -> Period:
    """The days of one of the two periods."""
    if at == At.before:
        return Period(project.before_from, project.before_to)
    return Period(project.after_from, project.after_to)


def counted_at(work: Work, project: AwareProject) -> set[str]:
    """At which of the two times anything is written down."""
    asked = select(AwareReading.at).where(AwareReading.attachment_aware_project_id == project.id)
    return set(work.db.scalars(asked))


# ---- what is counted
@action("attachment_aware_reading.add")
def count_indicator(work: Work, project: AwareProject, answers: ReadingAnswers) -> AwareReading:
    """Write down what was counted in one of the two periods, or why it is not known; what stood there is replaced.

    Refuses a number without its whole, and a period that is not over.
    """
    told = taken(work, answers)
    refuse_settled(work.get(AwarePlace, project.attachment_aware_place_id))
    last = period_of(project, told.at.value).ends_on
    if last is not None and last >= work.today and told.number is not None:
        said = f"The period {told.at.label.lower()} goes on until {day(last)}."
        raise refuse(said, place="at", way_out="Count it once it is over.")
    part = told.indicator is Indicator.attendance
    refuse_if(rules.counted(told.number, told.out_of, told.missing or "", part=part))
    values: dict[str, Any] = {
        "number": told.number,
        "out_of": told.out_of,
        "missing": told.missing or "",
        "source": told.source or "",
        "counted_on": work.today,
        "counted_by": work.actor.name[:120],
    }
    asked = select(AwareReading).where(
        AwareReading.attachment_aware_project_id == project.id,
        AwareReading.indicator == told.indicator.value,
        AwareReading.at == told.at.value,
    )
    found = work.db.scalars(asked).first()
    if found is not None:
        work.change(found, **values)
        return found
    own = {"authority_id": project.authority_id, "setting_id": project.setting_id}
    made = AwareReading(
        **own,
        attachment_aware_project_id=project.id,
        indicator=told.indicator.value,
        at=told.at.value,
        **values,
    )
    return work.add(made)


@action("attachment_aware_reading.remove")
def remove_reading(work: Work, reading: AwareReading) -> None:
    """Remove a count entered by mistake."""
    project = work.get(AwareProject, reading.attachment_aware_project_id)
    refuse_settled(work.get(AwarePlace, project.attachment_aware_place_id))
    work.db.delete(reading)


def _comparable(work: Work, of: AwarePlace | AwareProject, told: ProjectAnswers) -> list[Finding]:
    before, after = Period(told.before_from, told.before_to), Period(told.after_from, told.after_to)
    return rules.comparable(before, after, work.policy_of(of))


def _moved(work: Work, project: AwareProject, told: ProjectAnswers) -> list[Finding]:
    moved = {
        At.before.value: (told.before_from, told.before_to) != (project.before_from, project.before_to),
        At.after.value: (told.after_from, told.after_to) != (project.after_from, project.after_to),
    }
    return [
        Finding(
            f"Something was counted in the period {At.say(at).lower()}.",
            place=f"{at}_from",
            way_out="Remove what was counted, or leave these days as they are.",
        )
        for at in sorted(counted_at(work, project))
        if moved[at]
    ]


def _columns(told: ProjectAnswers) -> dict[str, Any]:
    return {**told.columns("tried", "for_whom"), "tried": told.tried or "", "for_whom": told.for_whom or ""}
