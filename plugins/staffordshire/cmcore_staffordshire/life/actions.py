"""What people do about lessons, clubs, what was pointed out, and work experience of a young person."""

from __future__ import annotations

from typing import Any

from cmcore.api import Finding, Work, YoungPerson, action, answers_from, day, refuse, taken
from cmcore_staffordshire.life import rules
from cmcore_staffordshire.life.forms import (
    BecameAnswers,
    ClubAnswers,
    EndedAnswers,
    LessonAnswers,
    SignpostAnswers,
    WentAnswers,
    WorkAnswers,
)
from cmcore_staffordshire.life.records import Club, MusicLesson, Signpost, WorkExperience
from cmcore_staffordshire.life.words import LENT, Became, Thing


# ---- music lessons
@action("staffordshire_lesson.add")
def add_lesson(work: Work, person: YoungPerson, answers: LessonAnswers) -> MusicLesson:
    """Write down that somebody has music lessons."""
    return work.add(MusicLesson(**_of(person), **_of_lesson(taken(work, answers))))


@action("staffordshire_lesson.change")
def change_lesson(work: Work, lesson: MusicLesson, answers: LessonAnswers, version: int | None = None) -> MusicLesson:
    """Change what is known of somebody's music lessons."""
    work.change(lesson, version, **_of_lesson(taken(work, answers)))
    return lesson


@action("staffordshire_lesson.change")
def end_lesson(work: Work, lesson: MusicLesson, answers: EndedAnswers) -> MusicLesson:
    """Say that the lessons ended, and why. Refuses a day before they began, and one ahead."""
    _end(work, lesson, answers)
    return lesson


@action("staffordshire_lesson.remove")
def remove_lesson(work: Work, lesson: MusicLesson) -> None:
    """Remove lessons that were entered by mistake."""
    work.db.delete(lesson)


def answers_of_lesson(lesson: MusicLesson) -> LessonAnswers:
    """The lessons as the answers that would write them again."""
    return answers_from(LessonAnswers, lesson)


def _of_lesson(answers: LessonAnswers) -> dict[str, Any]:
    return answers.columns() | {"back_by_on": answers.back_by_on if answers.instrument_from in LENT else None}


# ---- clubs
@action("staffordshire_club.add")
def add_club(work: Work, person: YoungPerson, answers: ClubAnswers) -> Club:
    """Write down that somebody goes to a club."""
    return work.add(Club(**_of(person), **taken(work, answers).columns()))


@action("staffordshire_club.change")
def change_club(work: Work, club: Club, answers: ClubAnswers, version: int | None = None) -> Club:
    """Change what is known of a club."""
    work.change(club, version, **taken(work, answers).columns())
    return club


@action("staffordshire_club.change")
def end_club(work: Work, club: Club, answers: EndedAnswers) -> Club:
    """Say that somebody no longer goes, and why. Refuses a day before they began, and one ahead."""
    _end(work, club, answers)
    return club


@action("staffordshire_club.remove")
def remove_club(work: Work, club: Club) -> None:
    """Remove a club that was entered by mistake."""
    work.db.delete(club)


def answers_of_club(club: Club) -> ClubAnswers:
    """A club as the answers that would write it again."""
    return answers_from(ClubAnswers, club)


# ---- what was pointed out
@action("staffordshire_signpost.add")
def add_signpost(work: Work, person: YoungPerson, answers: SignpostAnswers) -> Signpost:
    """Write down what was pointed out to somebody; by whoever writes it, unless another is named."""
    return work.add(Signpost(**_of(person), **_of_signpost(work, answers)))


@action("staffordshire_signpost.change")
def change_signpost(work: Work, signpost: Signpost, answers: SignpostAnswers, version: int | None = None) -> Signpost:
    """Change what was written of something that was pointed out."""
    work.change(signpost, version, **_of_signpost(work, answers))
    return signpost


@action("staffordshire_signpost.hear")
def say_what_became(work: Work, signpost: Signpost, answers: BecameAnswers) -> Signpost:
    """Say what came of it. Refuses a day ahead, or before it was pointed out. It may be said anew."""
    told = taken(work, answers)
    work.heed(rules.not_ahead(told.heard_on, work.today, "heard_on"))
    if told.heard_on < signpost.pointed_out_on:
        raise refuse(
            f"It was pointed out on {day(signpost.pointed_out_on)}, after {day(told.heard_on)}.",
            place="heard_on",
            way_out="Give a later day.",
        )
    way = told.in_the_way.value if told.became is Became.kept_away and told.in_the_way else None
    again = told.ask_again_on if told.became is Became.thinking else None
    values = told.columns("in_the_way", "ask_again_on")
    work.change(signpost, **values, in_the_way=way, ask_again_on=again)
    return signpost


@action("staffordshire_club.add")
def join_club(work: Work, signpost: Signpost, answers: ClubAnswers) -> Club:
    """Write down the club that somebody joined because it was pointed out to them. Refuses what is no club."""
    if signpost.thing != Thing.club:
        raise refuse("What was pointed out is no club.", way_out="Say what came of it instead.")
    told = taken(work, answers)
    work.heed(rules.not_ahead(told.starts_on, work.today, "starts_on"))
    heard_on = max(told.starts_on, signpost.pointed_out_on)
    work.change(signpost, became=Became.joined.value, heard_on=heard_on, in_the_way=None, ask_again_on=None)
    about = {"authority_id": signpost.authority_id, "young_person_id": signpost.young_person_id}
    return work.add(Club(**about, **told.columns()))


@action("staffordshire_signpost.remove")
def remove_signpost(work: Work, signpost: Signpost) -> None:
    """Remove something that was entered by mistake."""
    work.db.delete(signpost)


def answers_of_signpost(signpost: Signpost) -> SignpostAnswers:
    """Something pointed out as the answers that would write it again."""
    return answers_from(SignpostAnswers, signpost)


def _of_signpost(work: Work, answers: SignpostAnswers) -> dict[str, Any]:
    told = taken(work, answers)
    work.heed(rules.not_ahead(told.pointed_out_on, work.today, "pointed_out_on"))
    by = told.pointed_out_by or work.actor.name[:120]
    return told.columns() | {"told": [each.value for each in told.told], "pointed_out_by": by}


# ---- work experience
@action("staffordshire_work.add")
def add_work(work: Work, person: YoungPerson, answers: WorkAnswers) -> WorkExperience:
    """Write down work experience. That nobody has seen its risk assessment is pointed out (R-EVT-2)."""
    made = WorkExperience(**_of(person), **_of_work(taken(work, answers)))
    work.heed(what_is_wrong(work, made))
    return work.add(made)


@action("staffordshire_work.change")
def change_work(
    work: Work, experience: WorkExperience, answers: WorkAnswers, version: int | None = None
) -> WorkExperience:
    """Change what is known of work experience (R-EVT-2)."""
    work.change(experience, version, **_of_work(taken(work, answers)))
    work.heed(what_is_wrong(work, experience))
    return experience


@action("staffordshire_work.hear")
def say_how_it_went(work: Work, experience: WorkExperience, answers: WentAnswers) -> WorkExperience:
    """Say how it went. Refuses before the first day."""
    told = taken(work, answers)
    if experience.starts_on > work.today:
        raise refuse(
            f"It begins on {day(experience.starts_on)}.", way_out="Say how it went once it is over, or remove it."
        )
    work.change(experience, **told.columns("hours"), hours=experience.hours if told.hours is None else told.hours)
    return experience


@action("staffordshire_work.remove")
def remove_work(work: Work, experience: WorkExperience) -> None:
    """Remove work experience that was entered by mistake."""
    work.db.delete(experience)


def answers_of_work(experience: WorkExperience) -> WorkAnswers:
    """Work experience as the answers that would write it again."""
    return answers_from(WorkAnswers, experience)


def what_is_wrong(work: Work, experience: WorkExperience) -> list[Finding]:
    """What R-EVT-2 has to say of work experience."""
    policy = work.policy_of(experience)
    return rules.assessment_seen(experience.starts_on, experience.risk_seen_on, experience.went, policy)


def _of_work(answers: WorkAnswers) -> dict[str, Any]:
    return answers.columns() | {"risk_seen_by": answers.risk_seen_by or "" if answers.risk_seen_on else ""}


# ---- all of them
def _of(person: YoungPerson) -> dict[str, int]:
    return {"authority_id": person.authority_id, "young_person_id": person.id}


def _end(work: Work, record: MusicLesson | Club, answers: EndedAnswers) -> None:
    told = taken(work, answers)
    work.heed(rules.not_ahead(told.ends_on, work.today, "ends_on"))
    if told.ends_on < record.starts_on:
        raise refuse(
            f"It began on {day(record.starts_on)}, after {day(told.ends_on)}.",
            place="ends_on",
            way_out="Give a later day.",
        )
    work.change(record, ends_on=told.ends_on, ended_because=told.ended_because)
