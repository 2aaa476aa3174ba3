"""What a person does to a page: write a line, change one, leave one out, say that a next step was done."""

from __future__ import annotations

from secrets import token_hex

from sqlalchemy import select

from cmcore.api import PepCycle, Work, action, answers_from, day, local, refuse, taken
from cmcore.api.asks import CulturalPart
from cmcore_epep_culture.drafting import refuse_complete, settle
from cmcore_epep_culture.forms import DoneAnswers, LineAnswers
from cmcore_epep_culture.records import CultureLine, CulturePage
from cmcore_epep_culture.words import Origin


@action("epep_culture_line.add")
def add_line(work: Work, page: CulturePage, answers: LineAnswers) -> CultureLine:
    """Write a line. It stays when the page is drafted again, and what still holds is carried to the next term."""
    refuse_complete(work.get(PepCycle, page.pep_cycle_id))
    on = day(local(work.clock.now()).date())
    line = work.add(
        CultureLine(
            authority_id=page.authority_id,
            young_person_id=page.young_person_id,
            epep_culture_page_id=page.id,
            key=f"own:{token_hex(8)}",
            source=f"Written by {work.actor.name} on {on}"[:300],
            origin=Origin.written,
            **_columns(taken(work, answers)),
        )
    )
    _settle(work, page)
    return line


@action("epep_culture_line.change")
def change_line(work: Work, line: CultureLine, answers: LineAnswers, version: int | None = None) -> CultureLine:
    """Change a line: from now on these words stand, whatever the draft says."""
    page = _open(work, line)
    changed = work.change(line, version, **_columns(taken(work, answers)))
    if changed and line.origin == Origin.drafted:
        work.change(line, origin=Origin.edited.value)
    _settle(work, page)
    return line


@action("epep_culture_line.change")
def leave_out(work: Work, line: CultureLine) -> CultureLine:
    """Leave a line out of the page. It stays out when the page is drafted again."""
    page = _open(work, line)
    work.change(line, left_out=True)
    _settle(work, page)
    return line


@action("epep_culture_line.change")
def put_back(work: Work, line: CultureLine) -> CultureLine:
    """Put a line that was left out back on the page."""
    page = _open(work, line)
    work.change(line, left_out=False)
    _settle(work, page)
    return line


@action("epep_culture_line.done")
def step_done(work: Work, line: CultureLine, answers: DoneAnswers) -> CultureLine:
    """Say that a next step was done. Refuses another kind of line, and a day ahead. Also once the PEP is complete."""
    if line.part != CulturalPart.steps:
        raise refuse("This is no next step.", way_out="Change what it says instead.")
    told = taken(work, answers)
    if told.done_on > work.today:
        raise refuse(f"{day(told.done_on)} is still to come.", place="done_on", way_out="Say so once it is done.")
    work.change(line, done_on=told.done_on)
    return line


@action("epep_culture_line.remove")
def remove_line(work: Work, line: CultureLine) -> None:
    """Remove a line that somebody wrote. Refuses a drafted one: it would come back, and is left out instead."""
    page = _open(work, line)
    if line.origin != Origin.written:
        raise refuse("This line was drafted from a record, and would come back.", way_out="Leave it out instead.")
    work.db.delete(line)
    work.db.flush()
    _settle(work, page)


def answers_of_line(line: CultureLine) -> LineAnswers:
    """The line as the answers that would write it again."""
    return answers_from(LineAnswers, line)


def lines_of(work: Work, page: CulturePage) -> list[CultureLine]:
    """The lines of a page in the order in which it is read, those left out too."""
    found = list(
        work.db.scalars(select(CultureLine).where(CultureLine.epep_culture_page_id == page.id).order_by(CultureLine.id))
    )
    order = {part.value: place for place, part in enumerate(CulturalPart)}
    return sorted(found, key=lambda line: order[line.part])


def _columns(answers: LineAnswers) -> dict[str, object]:
    """What is kept of the answers: what another part asks for is emptied."""
    steps, barriers = answers.part is CulturalPart.steps, answers.part is CulturalPart.barriers
    return {
        "part": answers.part.value,
        "text": answers.text,
        "barrier": answers.barrier.value if barriers and answers.barrier else None,
        "owner": answers.owner or "" if steps else "",
        "due_on": answers.due_on if steps else None,
    }


def _open(work: Work, line: CultureLine) -> CulturePage:
    page = work.get(CulturePage, line.epep_culture_page_id)
    refuse_complete(work.get(PepCycle, page.pep_cycle_id))
    return page


def _settle(work: Work, page: CulturePage) -> None:
    work.db.flush()
    settle(work, page, lines_of(work, page))
