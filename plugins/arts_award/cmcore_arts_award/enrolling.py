"""Enrolling young people for a level, and taking an enrolment on to its certificate."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select

from cmcore.api import (
    EducationSpell,
    Finding,
    Level,
    ListWorkbook,
    NotFound,
    Setting,
    Work,
    YoungPerson,
    action,
    answers_from,
    day,
    refuse,
    taken,
)
from cmcore_arts_award import advising, rules
from cmcore_arts_award.forms import (
    AssessedAnswers,
    CertificateAnswers,
    EnrolAnswers,
    EnrolmentChangeAnswers,
    with_levels,
)
from cmcore_arts_award.levels import chosen, code_of, level_of
from cmcore_arts_award.life import ENROLMENT_LIFE, WORKING
from cmcore_arts_award.queries import level_or_refuse, marks_of, parts_of, what_is_thin
from cmcore_arts_award.records import AwardEnrolment, AwardPart
from cmcore_arts_award.words import Mark


@action("arts_award_enrolment.add")
def enrol(work: Work, person: YoungPerson, answers: EnrolAnswers) -> AwardEnrolment:
    """Enrol somebody for a level. Refuses whoever is not of its age (R-AA-1), and a level they work towards already."""
    answers = taken(work, answers, with_levels(EnrolAnswers.form, work, person.authority_id))
    scheme, level = chosen(work, person.authority_id, answers.level)
    _refuse_ahead(work, answers.enrolled_on, "enrolled_on")
    work.heed(rules.of_age(level, person.age(answers.enrolled_on), work.policy_of(person), "level"))
    _refuse_second(work, person, scheme.key, level)
    if answers.arts_award_adviser_id is not None:
        advising.adviser_of(work, person.authority_id, answers.arts_award_adviser_id)
    made = AwardEnrolment(
        authority_id=person.authority_id,
        young_person_id=person.id,
        scheme=scheme.key,
        level=level.key,
        arts_award_adviser_id=answers.arts_award_adviser_id,
        setting_id=_setting(work, answers.setting_id) or where_they_learn(work, person, answers.enrolled_on),
        enrolled_on=answers.enrolled_on,
        aims_on=answers.aims_on,
        parts=len(level.parts),
        passed=0,
    )
    work.add(made)
    work.db.flush()
    for part in level.parts:
        work.add(part_of(made, part.key))
    return made


def part_of(enrolment: AwardEnrolment, key: str) -> AwardPart:
    """A part of an enrolment, before anything was done for it."""
    return AwardPart(
        authority_id=enrolment.authority_id,
        young_person_id=enrolment.young_person_id,
        arts_award_enrolment_id=enrolment.id,
        part=key,
        mark=Mark.not_started.value,
        pieces=0,
    )


@action("arts_award_enrolment.change")
def change_enrolment(
    work: Work, enrolment: AwardEnrolment, answers: EnrolmentChangeAnswers, version: int | None = None
) -> AwardEnrolment:
    """Change who advises them, where they work on it, and by when."""
    answers = taken(work, answers)
    if answers.arts_award_adviser_id is not None:
        advising.adviser_of(work, enrolment.authority_id, answers.arts_award_adviser_id)
    _setting(work, answers.setting_id)
    work.change(enrolment, version, **answers.columns())
    return enrolment


@action("arts_award_enrolment.remove")
def remove_enrolment(work: Work, enrolment: AwardEnrolment) -> None:
    """Remove an enrolment made by mistake. Refuses one for which something was done: it is withdrawn instead."""
    parts = parts_of(work, enrolment)
    if enrolment.state != "enrolled" or any(part.pieces or part.mark != Mark.not_started for part in parts):
        raise refuse("Something was done for this award, so it stays.", way_out="Withdraw it instead, with the reason.")
    for part in parts:
        work.db.delete(part)
    work.db.flush()
    work.db.delete(enrolment)


def answers_of_enrolment(enrolment: AwardEnrolment) -> EnrolmentChangeAnswers:
    """The enrolment as the answers that would change it to what it is."""
    return answers_from(EnrolmentChangeAnswers, enrolment)


# ---- on to the certificate
@action("arts_award_enrolment.assess")
def assess(work: Work, enrolment: AwardEnrolment, answers: AssessedAnswers) -> AwardEnrolment:
    """Say that it is assessed. R-AA-1, R-AA-2 and R-AA-3 refuse it; thin evidence is pointed out (R-AA-4)."""
    answers = taken(work, answers)
    _refuse_ahead(work, answers.assessed_on, "assessed_on")
    adviser = advising.adviser_of(work, enrolment.authority_id, answers.arts_award_adviser_id)
    advising.refuse_in_anothers_name(work, adviser)
    code = code_of(enrolment.scheme, enrolment.level)
    work.heed(
        in_the_way(work, enrolment, answers.assessed_on)
        + advising.may_assess(work, adviser, code, answers.assessed_on)
        + what_is_thin(work, enrolment)
    )
    work.move(enrolment, "assess", on=answers.assessed_on)
    work.change(enrolment, assessed_on=answers.assessed_on, assessed_by=adviser.name, arts_award_adviser_id=adviser.id)
    return enrolment


def in_the_way(work: Work, enrolment: AwardEnrolment, on: date | None = None) -> list[Finding]:
    """What keeps it from being assessed or entered: age (R-AA-1), and parts that are not passed (R-AA-3)."""
    policy, level = work.policy_of(enrolment), level_or_refuse(enrolment)
    person = work.get(YoungPerson, enrolment.young_person_id)
    aged = rules.of_age(level, person.age(on or work.today), policy)
    return aged + rules.every_part_passed(marks_of(work, enrolment), policy)


@action("arts_award_enrolment.certificate")
def write_certificate(work: Work, enrolment: AwardEnrolment, answers: CertificateAnswers) -> AwardEnrolment:
    """Write down the certificate. One that is moderated is entered first (R-AA-3)."""
    answers = taken(work, answers)
    _refuse_ahead(work, answers.ended_on, "ended_on")
    work.heed(not_entered(work, enrolment))
    certificated(work, enrolment, answers.ended_on, answers.certificate or "")
    return enrolment


def certificated(work: Work, enrolment: AwardEnrolment, on: date, number: str = "") -> None:
    """Take an enrolment to its certificate."""
    work.move(enrolment, "certificate", on=on)
    work.change(enrolment, ended_on=on, certificate=number)


def not_entered(work: Work, enrolment: AwardEnrolment) -> list[Finding]:
    """That a level the awarding body looks at was not entered with it (R-AA-3)."""
    level = level_of(enrolment.scheme, enrolment.level)
    if enrolment.state != "assessed" or (level is not None and not level.moderated):
        return []
    said = "The awarding body looks at this level before there is a certificate."
    return [work.policy_of(enrolment).finding("R-AA-3", said, way_out="Put it into an entry first.")]


@action("arts_award_enrolment.move")
def move_enrolment(work: Work, enrolment: AwardEnrolment, way: str, reason: str = "") -> AwardEnrolment:
    """Start it, take the assessment back, go on after "not yet", withdraw, or take it up again."""
    if way not in MOVES:
        raise refuse("That is done by another step.", way_out="Look at what can be done next on its page.")
    if way == "take_up":
        person = work.get(YoungPerson, enrolment.young_person_id)
        level = level_or_refuse(enrolment)
        work.heed(rules.of_age(level, person.age(work.today), work.policy_of(enrolment)))
        _refuse_second(work, person, enrolment.scheme, level)
    work.move(enrolment, way, reason=reason)
    left = way in ("reopen", "resume", "withdraw", "take_up")
    if left:
        kept = {"arts_award_batch_id": None, "ended_on": work.today if way == "withdraw" else None}
        work.change(enrolment, **kept)
    if way in ("reopen", "resume", "take_up"):
        work.change(enrolment, assessed_on=None, assessed_by="")
    return enrolment


#: The transitions that ask nothing but a reason.
MOVES = ("start", "reopen", "resume", "withdraw", "take_up")


def set_going(work: Work, enrolment: AwardEnrolment) -> None:
    """Something was done for it: it is in progress from now on. Refuses once it was assessed."""
    if enrolment.state == "enrolled":
        work.move(enrolment, "start")
    if enrolment.state not in WORKING:
        life = ENROLMENT_LIFE
        raise refuse(
            f"This award is “{life.label(enrolment.state)}”, and its parts stay as they were.",
            way_out="Take the assessment back first." if enrolment.state == "assessed" else "",
        )


def where_they_learn(work: Work, person: YoungPerson, on: date) -> int | None:
    """The setting in which somebody learns on a day."""
    asked = (
        select(EducationSpell.setting_id)
        .where(
            EducationSpell.young_person_id == person.id,
            EducationSpell.setting_id.is_not(None),
            EducationSpell.starts_on <= on,
            or_(EducationSpell.ends_on.is_(None), EducationSpell.ends_on >= on),
        )
        .order_by(EducationSpell.starts_on.desc(), EducationSpell.id.desc())
    )
    return work.db.scalars(asked.limit(1)).first()


def _refuse_second(work: Work, person: YoungPerson, scheme: str, level: Level) -> None:
    asked = select(AwardEnrolment).where(
        AwardEnrolment.young_person_id == person.id,
        AwardEnrolment.scheme == scheme,
        AwardEnrolment.level == level.key,
        AwardEnrolment.state != "withdrawn",
    )
    held = work.db.scalars(asked.limit(1)).first()
    if held is not None:
        said = f"They have an enrolment for {held} since {day(held.enrolled_on)}: “{held.state_label}”."
        raise refuse(said, place="level", way_out="Go on with that one, or choose another level.")


def _refuse_ahead(work: Work, on: date, place: str) -> None:
    if on > work.today:
        raise refuse(f"{day(on)} is still to come.", place=place, way_out="Write it down then.")


def _setting(work: Work, key: int | None) -> int | None:
    if key is None:
        return None
    try:
        return work.get(Setting, key).id
    except NotFound:
        raise refuse("That setting was not found.", place="setting_id", way_out="Search for it again.") from None


#: Enrolments as a workbook to fill in: a row for each young person.
WORKBOOK = ListWorkbook(
    AwardEnrolment,
    lambda work, authority_id: with_levels(EnrolAnswers.form, work, authority_id),
    enrol,
    parent=YoungPerson,
)
