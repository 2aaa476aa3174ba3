"""What is done about induction: a mentor is asked to read the papers, says when they were read, comes to a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from cmcore.api import (
    Answers,
    Authority,
    Finding,
    Mentor,
    Term,
    Work,
    academic_year,
    action,
    ask,
    authority_for,
    day,
    form,
    refuse,
    taken,
    terms_of,
)
from cmcore_mighty_creatives.records import Reading, ReflectiveSession
from cmcore_mighty_creatives.rules import Insurance
from cmcore_mighty_creatives.words import Paper, Support

PLUGIN = "mighty_creatives"


@form("mighty_creatives-paper-read", version=1, title="It has been read")
class ReadAnswers(Answers):
    """The day the mentor finished reading it. Your name is kept with it."""

    read_on: date = ask("The day it was read")


@form("mighty_creatives-reflective", version=1, title="Reflective session")
class ReflectiveAnswers(Answers):
    """That a mentor came. What was said stays in the room."""

    held_on: date = ask("The day it was held")
    support: Support = ask("What it was", default=Support.reflective)
    led_by: str = ask("Who led it", required=False, most=120)


def edition(work: Work) -> str:
    """The edition of the induction pack in force."""
    return str(work.setting(PLUGIN, "pack_edition"))


@action("mighty_creatives_reading.ask")
def ask_to_read(work: Work, authority: Authority, mentor: Mentor) -> list[Reading]:
    """Ask a mentor to read what they were not asked to read yet in the edition in force; gives what is new."""
    asked = {each.paper for each in readings(work, mentor.id, authority.id)}
    made = [
        Reading(
            authority_id=authority.id,
            mentor_id=mentor.id,
            paper=paper.value,
            edition=edition(work),
            asked_on=work.today,
        )
        for paper in Paper
        if paper.value not in asked
    ]
    return [work.add(one) for one in made]


@action("mighty_creatives_reading.read")
def mark_read(work: Work, reading: Reading, answers: ReadAnswers) -> Reading:
    """Write down that a paper was read. Refuses a day after today or before it was asked, and one read already."""
    read_on = taken(work, answers).read_on
    if reading.read_on is not None:
        raise refuse(f"It was read on {day(reading.read_on)} already.")
    work.heed(_on_a_day(read_on, reading.asked_on, work.today))
    work.change(reading, read_on=read_on, recorded_by=work.actor.name)
    return reading


@action("mighty_creatives_reflective.add")
def add_reflective(work: Work, authority: Authority, mentor: Mentor, answers: ReflectiveAnswers) -> ReflectiveSession:
    """Write down that a mentor came to a reflective session. Refuses a day after today."""
    told = taken(work, answers)
    work.heed(_on_a_day(told.held_on, None, work.today, place="held_on"))
    return work.add(ReflectiveSession(authority_id=authority.id, mentor_id=mentor.id, **told.columns()))


@action("mighty_creatives_reflective.remove")
def remove_reflective(work: Work, held: ReflectiveSession) -> None:
    """Remove one that was entered by mistake."""
    work.db.delete(held)


def _on_a_day(on: date, earliest: date | None, today: date, place: str = "read_on") -> list[Finding]:
    if on > today:
        return [
            Finding(f"The day is after today, {day(today)}.", place=place, way_out="Write it down once it is over.")
        ]
    if earliest is not None and on < earliest:
        said = f"It was asked on {day(earliest)}, after {day(on)}."
        return [Finding(said, place=place, way_out="Give a later day.")]
    return []


# ---- what is read
def authority_of(work: Work, mentor: Mentor) -> Authority:
    """The authority somebody acts for with a mentor: the only one within reach, or the one that keeps the record."""
    reached = sorted(work.scope.authorities) if work.scope else []
    if len(reached) == 1 or mentor.home_authority_id not in reached:
        return authority_for(work, reached[0] if reached else None)
    return authority_for(work, mentor.home_authority_id)


def readings(work: Work, mentor_id: int, authority_id: int) -> Sequence[Reading]:
    """What a mentor was asked to read of the edition in force, for an authority."""
    asked = select(Reading).where(
        Reading.mentor_id == mentor_id, Reading.authority_id == authority_id, Reading.edition == edition(work)
    )
    return work.db.scalars(asked.order_by(Reading.id)).all()


def read_by(work: Work, mentor_id: int, authority_id: int, on: date) -> set[str]:
    """The papers of the edition in force that a mentor had read by a day."""
    found = readings(work, mentor_id, authority_id)
    return {each.paper for each in found if each.read_on is not None and each.read_on <= on}


def reflected_on(work: Work, mentor_id: int, authority_id: int) -> list[date]:
    """The days of a mentor's reflective sessions, for an authority."""
    asked = select(ReflectiveSession.held_on).where(
        ReflectiveSession.mentor_id == mentor_id,
        ReflectiveSession.authority_id == authority_id,
        ReflectiveSession.support == Support.reflective,
    )
    return list(work.db.scalars(asked.order_by(ReflectiveSession.held_on)))


def term_on(work: Work, authority: Authority, on: date) -> Term | None:
    """The term a day lies in, or the last one that had begun; nothing before the first of the year."""
    begun = [each for each in terms_of(work, authority, academic_year(on)) if each.starts_on <= on]
    return begun[-1] if begun else None


def insurances_of(mentor: Mentor) -> list[Insurance]:
    """A mentor's insurances as the rules need them."""
    return [
        Insurance(each.kind_of_check, each.issued_on, each.expires_on, each.cover_pence, each.seen_on)
        for each in mentor.checks
    ]
