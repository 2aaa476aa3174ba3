"""A page is drafted from what is recorded, edited by a person, drafted again, and carried to the next term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cmcore.api import Authority, NotAllowed, PepCycle, Work
from cmcore.api.acts import add_target, complete_pep, hold_pep, judge_pep, open_term, submit_pep
from cmcore.api.asks import (
    Attender,
    CulturalPart,
    MeetingAnswers,
    QualityAnswers,
    Rag,
    TargetAnswers,
    TargetKind,
    TermAnswers,
)
from cmcore.testing import refused
from cmcore.testing.story import Story
from cmcore_epep_culture.drafting import draft_page, draft_these
from cmcore_epep_culture.editing import (
    add_line,
    answers_of_line,
    change_line,
    leave_out,
    lines_of,
    put_back,
    remove_line,
    step_done,
)
from cmcore_epep_culture.forms import DoneAnswers, LineAnswers
from cmcore_epep_culture.queries import page_of_pep, without_page
from cmcore_epep_culture.records import CultureLine, CulturePage
from cmcore_epep_culture.words import Barrier, Origin

TODAY, LATER, SPRING = date(2026, 11, 10), date(2026, 11, 24), date(2027, 2, 9)
CLUB = LineAnswers(part=CulturalPart.clubs, text="Choir on Mondays.", barrier=None, owner="", due_on=None)
BUS = replace(CLUB, part=CulturalPart.barriers, text="No bus back.", barrier=Barrier.transport)
STEP = replace(CLUB, part=CulturalPart.steps, text="Ask the theatre.", owner="Ros Amblewick", due_on=date(2027, 1, 15))


def pep_of(work: Work, on: date = TODAY) -> PepCycle:
    asked = select(PepCycle).where(PepCycle.term_starts_on <= on, PepCycle.term_ends_on >= on)
    return work.db.scalars(asked).one()


def told(work: Work, page: CulturePage) -> list[tuple[str, str]]:
    work.db.flush()
    return [(line.part, line.text) for line in lines_of(work, page) if not line.left_out]


def line_of(work: Work, page: CulturePage, part: CulturalPart) -> CultureLine:
    work.db.flush()
    return next(line for line in lines_of(work, page) if line.part == part)


def test_a_page_is_drafted_and_each_line_says_where_it_comes_from(story: Story) -> None:
    with story.stage.work() as work:
        page = draft_page(work, pep_of(work))
        assert told(work, page) == [
            ("interests", "Printing, and birds."),
            ("now", "Printmaking with a creative mentor: 2 sessions."),
        ]
        assert line_of(work, page, CulturalPart.now).source == (
            "2 sessions with Juno Tansyhurst, the last on 17 November 2026"
        )
        assert (page.standing, page.reached) == (2, True)
        version = page.version
        assert draft_page(work, pep_of(work)).version == version


def test_a_persons_edit_stays_when_a_new_session_is_drafted_in(story: Story) -> None:
    with story.stage.work() as work:
        page = draft_page(work, pep_of(work))
        line = line_of(work, page, CulturalPart.now)
        change_line(work, line, replace(answers_of_line(line), text="Prints birds, and teaches a friend."))
        add_line(work, page, CLUB)
    with story.stage.work() as work:
        story.logged(work, date(2026, 11, 19), hour=9, art_form="printmaking")
        story.logged(work, date(2026, 11, 20), hour=9, art_form="film")
    with story.stage.work() as work:
        page = draft_page(work, pep_of(work))
        assert told(work, page) == [
            ("interests", "Printing, and birds."),
            ("now", "Prints birds, and teaches a friend."),
            ("now", "Film with a creative mentor: 1 session."),
            ("clubs", "Choir on Mondays."),
        ]
        line = line_of(work, page, CulturalPart.now)
        assert line.origin == Origin.edited and line.drafted.endswith("3 sessions.")
        assert line.source.startswith("3 sessions with Juno Tansyhurst")


def test_what_was_left_out_stays_out_until_somebody_puts_it_back(story: Story) -> None:
    with story.stage.work() as work:
        page = draft_page(work, pep_of(work))
        leave_out(work, line_of(work, page, CulturalPart.now))
        assert (page.standing, page.reached) == (1, False)
    with story.stage.work() as work:
        page = draft_page(work, pep_of(work))
        assert [part for part, _ in told(work, page)] == ["interests"]
        put_back(work, line_of(work, page, CulturalPart.now))
        assert page.reached
        with refused(None, "would come back"):
            remove_line(work, line_of(work, page, CulturalPart.now))
        remove_line(work, add_line(work, page, CLUB))


def test_next_steps_and_what_still_holds_are_carried_to_the_next_term(story: Story) -> None:
    with story.stage.work() as work:
        page = draft_page(work, pep_of(work))
        for answers in (CLUB, BUS, STEP, replace(STEP, text="Borrow a press.")):
            add_line(work, page, answers)
        done = next(line for line in lines_of(work, page) if line.text == "Borrow a press.")
        with refused(None, "is still to come"):
            step_done(work, done, DoneAnswers(done_on=SPRING))
        step_done(work, done, DoneAnswers(done_on=LATER))
        interests = line_of(work, page, CulturalPart.interests)
        change_line(work, interests, replace(answers_of_line(interests), text="Printing most of all."))
    story.stage.on(SPRING)
    with story.stage.work() as work:
        open_term(work, TermAnswers(on=SPRING))
        page = draft_page(work, pep_of(work, SPRING))
        assert [each for each in told(work, page) if each[0] != "now"] == [
            ("interests", "Printing most of all."),
            ("clubs", "Choir on Mondays."),
            ("barriers", "No bus back."),
            ("steps", "Ask the theatre."),
        ]
        step = line_of(work, page, CulturalPart.steps)
        assert (step.owner, step.due_on) == ("Ros Amblewick", date(2027, 1, 15))
        assert step.source == "Carried from the page of the autumn term 2026-27"
        assert line_of(work, page, CulturalPart.barriers).barrier == Barrier.transport


def test_a_cultural_target_of_the_pep_is_a_next_step(story: Story) -> None:
    with story.stage.work() as work:
        pep = pep_of(work)
        target = TargetAnswers(
            kind_of_target=TargetKind.cultural, target="Show a print.", measure=None, owner="Ros Amblewick", due_on=None
        )
        add_target(work, pep, target)
        assert ("steps", "Show a print.") in told(work, draft_page(work, pep))


def test_a_pep_without_a_page_is_pointed_out_and_let_through(story: Story) -> None:
    with story.stage.work() as work:
        pep = pep_of(work)
        assert list(work.db.scalars(select(PepCycle.id).where(without_page()))) == [pep.id]
        hold_pep(work, pep, MeetingAnswers(held_on=LATER, attended_by=[Attender.carer], agreed=""))
        submit_pep(work, pep)
        assert "R-PEP-4" in [one.rule for one in work.warnings]
        draft_page(work, pep)
        work.warnings.clear()
        judge_pep(work, pep, QualityAnswers(quality=Rag.green, quality_note=""))
        complete_pep(work, pep)
        assert work.warnings == [] and list(work.db.scalars(select(PepCycle.id).where(without_page()))) == []


def test_the_page_of_a_complete_pep_stays_as_it_was_agreed(story: Story) -> None:
    with story.stage.work() as work:
        pep = pep_of(work)
        page = draft_page(work, pep)
        hold_pep(work, pep, MeetingAnswers(held_on=LATER, attended_by=[Attender.carer], agreed=""))
        complete_pep(work, submit_pep(work, pep))
        with refused(None, "its page stays"):
            draft_page(work, pep)
        with refused(None, "its page stays"):
            add_line(work, page, CLUB)
        assert list(draft_these(work, work.get(Authority, pep.authority_id), [pep.id])) == [1]


def test_a_mentor_adds_to_the_pages_of_their_own_and_drafts_none(story: Story) -> None:
    with story.stage.work() as work:
        page_id = draft_page(work, pep_of(work)).id
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        page = work.get(CulturePage, page_id)
        line = add_line(work, page, CLUB)
        assert line.source.startswith("Written by Hester Quillmarsh (mentor)")
        with pytest.raises(NotAllowed):
            draft_page(work, pep_of(work))
        with pytest.raises(NotAllowed):
            leave_out(work, line)
    with story.stage.work("mentor", mentor_id=story.another_mentor()) as work:
        assert work.db.scalars(select(CulturePage)).first() is None
    other = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work(authority_id=other) as work:
        assert work.db.scalars(select(CulturePage)).first() is None
        assert work.db.scalars(select(CultureLine)).first() is None


def test_a_line_of_what_is_in_the_way_says_which_it_is(story: Story) -> None:
    with story.stage.work() as work:
        page = draft_page(work, pep_of(work))
        with refused(None, "Say which it is"):
            add_line(work, page, replace(BUS, barrier=None))
        assert page_of_pep(work, pep_of(work)) is page
