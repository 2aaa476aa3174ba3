"""The papers mentors have read as a workbook: filled in at an induction, brought back afterwards."""

from __future__ import annotations

from datetime import date

from cmcore.api import Answers, ListWorkbook, Mentor, Work, action, ask, form, refuse, taken
from cmcore_mighty_creatives.induction import ReadAnswers, authority_of, edition, mark_read, readings
from cmcore_mighty_creatives.records import Reading
from cmcore_mighty_creatives.words import Paper


@form("mighty_creatives-paper-row", version=1, title="A paper that was read")
class PaperRowAnswers(Answers):
    """Which paper of the induction pack a mentor has read, and when."""

    paper: Paper = ask("Paper")
    read_on: date | None = ask("The day it was read", hint="Empty while it was not.")


@action("mighty_creatives_reading.ask")
def add_reading(work: Work, mentor: Mentor, answers: PaperRowAnswers) -> Reading:
    """Write down that a mentor has read a paper they were not asked to read yet. Refuses one they were asked."""
    answers = taken(work, answers)
    authority = authority_of(work, mentor)
    if any(each.paper == answers.paper for each in readings(work, mentor.id, authority.id)):
        raise refuse("They were asked to read it already.", place="paper", way_out="Say it in the row of that one.")
    reading = work.add(
        Reading(
            authority_id=authority.id,
            mentor_id=mentor.id,
            paper=answers.paper.value,
            edition=edition(work),
            asked_on=answers.read_on or work.today,
        )
    )
    return reading if answers.read_on is None else mark_read(work, reading, ReadAnswers(read_on=answers.read_on))


@action("mighty_creatives_reading.read")
def change_reading(work: Work, reading: Reading, answers: PaperRowAnswers, version: int | None = None) -> Reading:
    """Write down that a paper was read. Refuses another paper, and another day than is kept."""
    answers = taken(work, answers)
    if answers.paper != reading.paper:
        raise refuse("The paper stays as it was asked.", place="paper", way_out="Add a row for the other one.")
    if answers.read_on is None or answers.read_on == reading.read_on:
        return reading
    return mark_read(work, reading, ReadAnswers(read_on=answers.read_on))


def answers_of_reading(reading: Reading) -> PaperRowAnswers:
    """The reading as the answers that would write it again."""
    return PaperRowAnswers(paper=Paper(reading.paper), read_on=reading.read_on)


WORKBOOK = ListWorkbook(
    Reading,
    PaperRowAnswers,
    add_reading,
    change_reading,
    answers_of_reading,
    parent=Mentor,
    synonyms={"paper": ("document", "title"), "read_on": ("read on", "date read", "read")},
)
