"""What is done about the induction pack: a mentor is asked to read it, and says when it was read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from cmcore.api import (
    Answers,
    Authority,
    Finding,
    Mentor,
    Work,
    action,
    ask,
    authority_for,
    day,
    form,
    refuse,
    taken,
)
from cmcore_mighty_creatives.records import Reading
from cmcore_mighty_creatives.words import Paper

PLUGIN = "mighty_creatives"


@form("mighty_creatives-paper-read", version=1, title="It has been read")
class ReadAnswers(Answers):
    """The day the mentor finished reading it. Your name is kept with it."""

    read_on: date = ask("The day it was read")


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


def _on_a_day(on: date, earliest: date, today: date) -> list[Finding]:
    if on > today:
        said = f"The day is after today, {day(today)}."
        return [Finding(said, place="read_on", way_out="Write it down once it is over.")]
    if on < earliest:
        said = f"It was asked on {day(earliest)}, after {day(on)}."
        return [Finding(said, place="read_on", way_out="Give a later day.")]
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
