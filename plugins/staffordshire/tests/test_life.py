"""Lessons, clubs, what was pointed out and work experience: written, ended, asked about, said as lines and figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cmcore.api import Authority, NotAllowed, Period, Policy, Work, YoungPerson, counted, cultural_lines
from cmcore.testing import refused
from cmcore.testing.story import Story
from cmcore_staffordshire.life import actions, rules
from cmcore_staffordshire.life.counts import life
from cmcore_staffordshire.life.forms import (
    BecameAnswers,
    ClubAnswers,
    EndedAnswers,
    LessonAnswers,
    SignpostAnswers,
    WentAnswers,
    WorkAnswers,
)
from cmcore_staffordshire.life.queries import ending, to_ask, to_give_back, unseen, untold
from cmcore_staffordshire.life.records import Club, MusicLesson, Signpost, WorkExperience
from cmcore_staffordshire.life.words import (
    Became,
    ClubKind,
    Employer,
    InstrumentFrom,
    InTheWay,
    LessonKind,
    Often,
    Payer,
    Thing,
    Told,
    Went,
)

TODAY, BEFORE, AHEAD = date(2026, 11, 10), date(2026, 9, 7), date(2026, 12, 1)
CELLO = LessonAnswers(
    instrument="Cello",
    lesson_kind=LessonKind.group,
    provider="Lanternfold Music Service",
    starts_on=BEFORE,
    ends_on=None,
    how_often=Often.weekly,
    minutes=30,
    cost_pence=8_000,
    paid_by=Payer.ppplus,
    instrument_from=InstrumentFrom.lent_by_service,
    back_by_on=AHEAD,
    words_said="It hums in my chest.",
)
THEATRE = ClubAnswers(
    name="Lanternfold Youth Theatre",
    club_kind=ClubKind.drama,
    place="The Old Malthouse",
    starts_on=BEFORE,
    ends_on=None,
    how_often=Often.weekly,
    cost_pence=0,
    paid_by=None,
    words_said="",
)
POINTED = SignpostAnswers(
    what="Youth theatre, Thursdays",
    thing=Thing.club,
    told=[Told.young_person, Told.carer],
    pointed_out_on=BEFORE,
    pointed_out_by="",
    ask_again_on=TODAY,
)
CREW = WorkAnswers(
    employer="Lanternfold Theatre",
    employer_kind=Employer.arts,
    role="Stage crew",
    contact="",
    starts_on=TODAY,
    ends_on=date(2026, 11, 13),
    hours=24,
    risk_seen_on=BEFORE,
    risk_seen_by="Hester Quillmarsh",
)
AWAY = BecameAnswers(
    became=Became.kept_away,
    in_the_way=InTheWay.transport,
    heard_on=TODAY,
    became_note="No bus back.",
    ask_again_on=None,
)


def person_of(work: Work, story: Story) -> YoungPerson:
    return work.get(YoungPerson, story.person_id)


def told(work: Work, story: Story) -> list[tuple[str, str]]:
    work.db.flush()
    authority, period = work.get(Authority, story.stage.authority_id), Period(date(2026, 8, 1), date(2026, 12, 18))
    lines = cultural_lines(work, authority, [story.person_id], period)[story.person_id]
    return [(line.part.value, line.text) for line in lines]


def test_lessons_and_clubs_stand_on_the_cultural_page_with_where_they_come_from(story: Story) -> None:
    with story.stage.work() as work:
        lesson = actions.add_lesson(work, person_of(work, story), CELLO)
        actions.add_club(work, person_of(work, story), THEATRE)
        assert told(work, story) == [
            ("clubs", "Lanternfold Youth Theatre, each week, The Old Malthouse."),
            ("lessons", "Cello, each week, with Lanternfold Music Service."),
            ("words", "It hums in my chest."),
        ]
        actions.end_lesson(work, lesson, EndedAnswers(ends_on=date(2026, 10, 1), ended_because="Moved school."))
        assert ("lessons", "Cello, each week, with Lanternfold Music Service, until 1 October 2026.") in told(
            work, story
        )


def test_an_end_is_not_ahead_and_not_before_the_beginning(story: Story) -> None:
    with story.stage.work() as work:
        club = actions.add_club(work, person_of(work, story), THEATRE)
        for on, said in ((AHEAD, "still to come"), (date(2026, 9, 1), "It began on 7 September 2026")):
            with refused(None, said):
                actions.end_club(work, club, EndedAnswers(ends_on=on, ended_because=""))
        actions.end_club(work, club, EndedAnswers(ends_on=TODAY, ended_because="Wanted dance."))
        assert (club.ends_on, club.ended_because) == (TODAY, "Wanted dance.")


def test_lessons_that_end_soon_and_instruments_to_give_back_are_found(story: Story) -> None:
    with story.stage.work() as work:
        person = person_of(work, story)
        actions.add_lesson(work, person, replace(CELLO, ends_on=date(2026, 12, 18)))
        soon = actions.add_lesson(work, person, replace(CELLO, ends_on=date(2026, 12, 4)))
        own = replace(CELLO, instrument_from=InstrumentFrom.owned, back_by_on=None)
        actions.add_lesson(work, person, own)
        over = actions.add_lesson(work, person, replace(CELLO, ends_on=date(2026, 10, 2), back_by_on=date(2026, 10, 9)))
        work.db.flush()
        assert list(work.db.scalars(select(MusicLesson.id).where(ending(work)))) == [soon.id]
        assert list(work.db.scalars(select(MusicLesson.id).where(to_give_back(TODAY)))) == [over.id]


def test_what_was_pointed_out_is_asked_about_and_what_kept_them_away_stands_on_the_page(story: Story) -> None:
    with story.stage.work() as work:
        signpost = actions.add_signpost(work, person_of(work, story), POINTED)
        assert signpost.pointed_out_by.startswith("Hester Quillmarsh") and signpost.told == ["young_person", "carer"]
        assert told(work, story) == [
            ("offered", "Youth theatre, Thursdays (a club or group; told: the young person, carer or key worker).")
        ]
        assert list(work.db.scalars(select(Signpost.id).where(to_ask(TODAY)))) == [signpost.id]
        with refused(None, "Say what was in the way"):
            actions.say_what_became(work, signpost, replace(AWAY, in_the_way=None))
        with refused(None, "pointed out on 7 September 2026"):
            actions.say_what_became(work, signpost, replace(AWAY, heard_on=date(2026, 9, 1)))
        actions.say_what_became(work, signpost, AWAY)
        assert told(work, story) == [("barriers", "No bus back.")]
        assert not list(work.db.scalars(select(Signpost.id).where(to_ask(TODAY))))


def test_joining_what_was_pointed_out_makes_the_club_and_settles_it(story: Story) -> None:
    with story.stage.work() as work:
        person = person_of(work, story)
        signpost = actions.add_signpost(work, person, POINTED)
        actions.join_club(work, signpost, replace(THEATRE, starts_on=TODAY))
        assert (signpost.became, signpost.heard_on) == (Became.joined, TODAY)
        assert [club.young_person_id for club in work.db.scalars(select(Club))] == [person.id]
        place = actions.add_signpost(work, person, replace(POINTED, thing=Thing.place))
        with refused(None, "is no club"):
            actions.join_club(work, place, THEATRE)


def test_work_without_a_seen_risk_assessment_is_pointed_out_and_let_through(story: Story) -> None:
    with story.stage.work() as work:
        person = person_of(work, story)
        actions.add_work(work, person, CREW)
        assert work.warnings == []
        made = actions.add_work(work, person, replace(CREW, risk_seen_on=None, risk_seen_by=""))
        assert [one.rule for one in work.warnings] == ["R-EVT-2"] and not work.warnings[0].blocks
        work.db.flush()
        assert list(work.db.scalars(select(WorkExperience.id).where(unseen(TODAY)))) == [made.id]


def test_the_assessment_is_seen_before_the_first_day(story: Story) -> None:
    with story.stage.work() as work:
        policy: Policy = work.policy_of(story.stage.authority_id)
    assert not rules.assessment_seen(TODAY, TODAY, None, policy)
    assert not rules.assessment_seen(TODAY, None, "not_begun", policy)
    assert "after the first day" in rules.assessment_seen(TODAY, AHEAD, None, policy)[0].message


def test_how_work_went_is_said_in_their_words_once_it_has_begun(story: Story) -> None:
    went = WentAnswers(went=Went.completed, hours=20, words_said="They let me do the lights.", how_it_went="")
    with story.stage.work() as work:
        later = actions.add_work(work, person_of(work, story), replace(CREW, starts_on=AHEAD, ends_on=AHEAD))
        with refused(None, "begins on 1 December 2026"):
            actions.say_how_it_went(work, later, went)
        actions.remove_work(work, later)
        made = actions.add_work(work, person_of(work, story), CREW)
    story.stage.on(date(2026, 11, 24))
    with story.stage.work() as work:
        made = work.get(WorkExperience, made.id)
        assert list(work.db.scalars(select(WorkExperience.id).where(untold(work.today)))) == [made.id]
        actions.say_how_it_went(work, made, went)
        assert told(work, story) == [
            ("now", "Work experience as stage crew, with Lanternfold Theatre, 20 hours."),
            ("words", "They let me do the lights."),
        ]


def test_the_numbers_count_each_young_person_once_and_say_out_of_how_many(story: Story) -> None:
    period = Period(date(2026, 9, 1), date(2027, 8, 31))
    other = story.beside("Rue", "Wickenby").person_id
    with story.stage.work() as work:
        for key in (story.person_id, other):
            work.get(YoungPerson, key).care_status = "looked_after"
        for answers in (CELLO, replace(CELLO, instrument="Drums")):
            actions.add_lesson(work, person_of(work, story), answers)
        away = actions.add_signpost(work, person_of(work, story), POINTED)
        actions.say_what_became(work, away, AWAY)
        actions.join_club(work, actions.add_signpost(work, person_of(work, story), POINTED), THEATRE)
        actions.add_work(work, work.get(YoungPerson, other), CREW)
    with story.stage.work() as work:
        authority = work.get(Authority, story.stage.authority_id)
        said = {key: counted(work, f"staffordshire_{key}", authority, period).words for key in KEYS}
        assert said == {
            "lessons": "1 of 2",
            "clubs": "1 of 2",
            "joined": "1 of 2",
            "work": "1 of 2",
            "decisions": "0 of 0",
        }
        seen = life(work, authority)
        assert (seen.in_care, seen.lessons.people, seen.lessons.going_on) == (2, 1, 2)
        assert dict(seen.became) == {"Joined, and goes": 1, "Something was in the way": 1}


KEYS = ("lessons", "clubs", "joined", "work", "decisions")


def test_a_mentor_points_out_to_their_own_and_changes_no_lesson(story: Story) -> None:
    with story.stage.work() as work:
        story.started(work)
        lesson = actions.add_lesson(work, person_of(work, story), CELLO).id
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        actions.add_signpost(work, person_of(work, story), POINTED)
        with pytest.raises(NotAllowed):
            actions.change_lesson(work, work.get(MusicLesson, lesson), CELLO)
    with story.stage.work("mentor", mentor_id=story.another_mentor()) as work:
        assert work.db.scalars(select(MusicLesson)).first() is None
    quillshire = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work(authority_id=quillshire) as work:
        assert all(work.db.scalars(select(kind)).first() is None for kind in (MusicLesson, Signpost, Club))
