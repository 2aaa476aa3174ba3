"""Events: planned, booked up to the last place, waited for, attended, told of; and who works towards no award."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import select

from cmcore.api import (
    Authority,
    AwardStanding,
    CalendarEntry,
    NotAllowed,
    Period,
    Policy,
    Work,
    calendar_entries,
    counted,
    cultural_lines,
    happened,
)
from cmcore.testing import refused
from cmcore.testing.story import Story
from cmcore_staffordshire.events import rules
from cmcore_staffordshire.events.attending import add_wish, give_feedback, mark, meet_wish, walk_in
from cmcore_staffordshire.events.booking import accept, decline, give_place, invite
from cmcore_staffordshire.events.forms import (
    FeedbackAnswers,
    NeedsAnswers,
    NoAnswers,
    WalkInAnswers,
    WishAnswers,
    WishMetAnswers,
)
from cmcore_staffordshire.events.planning import (
    answers_of_event,
    call_off,
    change_event,
    hold_event,
    open_event,
    places,
    remove_event,
)
from cmcore_staffordshire.events.queries import (
    Wanted,
    came_without_award,
    candidates,
    not_taken,
    places_for_those_who_wait,
    roll,
    soon_with_places,
)
from cmcore_staffordshire.events.records import CulturalEvent, EventBooking, Wish
from cmcore_staffordshire.life.words import InTheWay
from plugins.staffordshire.tests.events_story import DAY, PUPPETS, SAID, TODAY, booked, opened, people, planned, three

AUTUMN = Period(date(2026, 9, 1), date(2026, 12, 18))
NO = NoAnswers(in_the_way=InTheWay.transport)


def standings(work: Work, event: CulturalEvent) -> list[str]:
    work.db.flush()
    asked = select(EventBooking.standing).where(EventBooking.staffordshire_event_id == event.id)
    return list(work.db.scalars(asked.order_by(EventBooking.id)))


# ---- rules, one that refuses and one that lets through
def test_r_evt_1_speaks_of_who_has_no_award_and_of_nobody_else() -> None:
    said: dict[str, Any] = {"young_person_id": 1, "scheme": "arts", "level": "bronze", "level_title": "Bronze"}
    began, ended = date(2026, 9, 1), date(2026, 11, 30)
    now = AwardStanding(state="in_progress", current=True, **said)
    then = AwardStanding(state="certificated", current=False, enrolled_on=began, ended_on=ended, **said)
    after = replace(then, enrolled_on=date(2026, 11, 25))
    assert [rules.works_towards(each, DAY) for each in ([now], [then], [after], [])] == [True, True, False, False]
    assert [one.rule for one in rules.has_award(working_towards=False, policy=Policy.load())] == ["R-EVT-1"]
    assert rules.has_award(working_towards=True, policy=Policy.load()) == []


def test_r_evt_4_and_r_evt_5_speak_at_their_edges() -> None:
    policy = Policy.load()
    assert rules.within_capacity(2, 2, policy) == [] and rules.within_capacity(2, 3, policy)[0].blocks
    assert [bool(rules.fits_age(age, 8, 14, policy)) for age in (7, 8, 14, 15)] == [True, False, False, True]


# ---- planning
def test_an_event_is_planned_changed_and_removed_and_its_answers_write_it_again(story: Story) -> None:
    with story.stage.work() as work:
        event = planned(work, last_day=date(2026, 11, 22))
        assert answers_of_event(event) == replace(PUPPETS, last_day=date(2026, 11, 22))
        with refused(None, "before it begins"):
            change_event(work, event, replace(PUPPETS, ends=time(9)))
        with refused(None, "not open for bookings yet"):
            booked(work, event, story.person_id)
        change_event(work, event, replace(PUPPETS, title="Puppets"), event.version)
        remove_event(work, event)
        past = planned(work, held_on=date(2026, 11, 2))
        with refused(None, "has passed"):
            open_event(work, past)
        hold_event(work, past)
        with refused(None, "is held"):
            invite(work, past, people(work, [story.person_id]))


# ---- places
def test_places_run_out_those_who_come_after_wait_and_the_next_gets_a_place_given_back(story: Story) -> None:
    first, second, third = three(story)
    with story.stage.work() as work:
        event = opened(work)
        one = booked(work, event, first)
        booked(work, event, second)
        assert (event.state, event.taken, places(event)) == ("full", 2, "None")
        booked(work, event, third)
        assert standings(work, event) == ["booked", "booked", "waiting"] and places(event) == "None of 2, 1 waits"
        with refused("R-EVT-4", "2 would be taken"):
            change_event(work, event, replace(PUPPETS, capacity=1))
        decline(work, one, NO)
        assert standings(work, event) == ["cancelled", "booked", "booked"]
        assert (event.state, event.taken, event.waiting) == ("full", 2, 0)
        accept(work, one, NeedsAnswers(wants_transport=False, needs=""))
        assert (event.taken, event.waiting) == (2, 1)
        change_event(work, event, replace(PUPPETS, capacity=4))
        assert (event.state, event.taken, event.waiting) == ("open", 3, 0)
        # Booked twice is booked once.
        booked(work, event, first, "A quiet seat.")
        assert event.taken == 3


def test_who_sees_only_their_own_gives_a_place_back_and_a_coordinator_hands_it_on(story: Story) -> None:
    story_people = three(story)
    with story.stage.work("operator") as work:
        story.started(work)
    with story.stage.work() as work:
        event = opened(work)
        for key in story_people:
            booked(work, event, key)
        key = event.id
    with story.stage.work("mentor", mentor_id=story.mentor_id) as work:
        (own,) = work.db.scalars(select(EventBooking))
        decline(work, own, NO)
        with pytest.raises(NotAllowed):
            give_place(work, work.get(CulturalEvent, key))
        with pytest.raises(NotAllowed):
            planned(work)
    with story.stage.work() as work:
        assert list(work.db.scalars(select(CulturalEvent.id).where(places_for_those_who_wait()))) == [key]
        assert give_place(work, work.get(CulturalEvent, key)) == 1
        assert standings(work, work.get(CulturalEvent, key)) == ["cancelled", "booked", "booked"]
    other = story.stage.authority("991", "Quillshire", "QU")
    with story.stage.work(authority_id=other) as work:
        assert not any(work.db.scalars(select(each)).first() for each in (CulturalEvent, EventBooking, Wish))


def test_many_are_invited_at_once_by_school_stage_and_interest_and_nobody_twice(story: Story) -> None:
    keys = three(story)
    with story.stage.work() as work:
        add_wish(work, people(work, keys)[1], WishAnswers(wish="Puppets, big ones", art_form=None, said_on=TODAY))
        event = planned(work)

        def found(**wanted: Any) -> list[int]:
            work.db.flush()
            return sorted(one.person.id for one in candidates(work, event, Wanted(**wanted)))

        assert found() == sorted(keys) and found(interest="PUPPETS") == [keys[1]]
        assert found(setting_id=story.setting_id) and found(setting_id=999_999) == []
        stages = {one.stage for one in candidates(work, event, Wanted())}
        assert sorted(key for stage in stages for key in found(stage=stage)) == sorted(keys)
        assert len(invite(work, event, people(work, keys))) == 3
        assert invite(work, event, people(work, keys)) == [] and found() == []
        with refused(None, "were invited"):
            remove_event(work, event)


# ---- attendance
def test_attendance_is_taken_from_the_day_on_and_said_twice_counts_once(story: Story) -> None:
    first, second, third = three(story)
    with story.stage.work() as work:
        event = opened(work)
        one, other = booked(work, event, first), booked(work, event, second)
        with refused(None, "Take attendance on the day"):
            mark(work, one, came=True)
        key = event.id
    story.stage.on(DAY)
    with story.stage.work() as work:
        event = work.get(CulturalEvent, key)
        one, other = (entry.booking for entry in roll(work, event))
        assert [mark(work, one, came=True), mark(work, one, came=True)] == [True, False]
        assert event.state == "held" and "R-EVT-1" in [each.rule for each in work.warnings]
        with refused("R-EVT-4", "3 would be taken"):
            walk_in(work, event, WalkInAnswers(young_person_id=third))
        change_event(work, event, replace(PUPPETS, capacity=3))
        assert walk_in(work, event, WalkInAnswers(young_person_id=third)).came
        assert [mark(work, other, came=False), mark(work, other, came=None), mark(work, other, came=False)] == [
            True
        ] * 3
        with refused(None, "Somebody came"):
            call_off(work, event, "Rain.")
        with refused(None, "did not come"):
            give_feedback(work, other, SAID)
        give_feedback(work, one, SAID)
        work.db.flush()
        assert [wish.wish for wish in work.db.scalars(select(Wish))] == ["Drums"]


def test_the_roll_says_who_may_be_photographed_and_todays_lists_find_what_waits(story: Story) -> None:
    with story.stage.work() as work:
        event = opened(work)
        booked(work, event, story.person_id)
        assert [(one.photographs, one.award) for one in roll(work, event)] == [(False, False)]
        asked = select(CulturalEvent.id)
        assert list(work.db.scalars(asked.where(soon_with_places(work, 14)))) == [event.id]
        assert list(work.db.scalars(asked.where(soon_with_places(work, 5)))) == []
        assert list(work.db.scalars(asked.where(not_taken(work)))) == []
        key = event.id
    story.stage.on(date(2026, 11, 23))
    with story.stage.work() as work:
        assert list(work.db.scalars(select(CulturalEvent.id).where(not_taken(work)))) == [key]
        (entry,) = roll(work, work.get(CulturalEvent, key))
        assert came_without_award(work, [story.stage.authority_id]) == []
        mark(work, entry.booking, came=True)
        work.db.flush()
        assert came_without_award(work, [story.stage.authority_id]) == [entry.booking.id]
        assert list(work.db.scalars(select(CulturalEvent.id).where(not_taken(work)))) == []


# ---- what it offers
def test_the_calendar_the_cultural_lines_and_the_figures_say_what_happened(story: Story) -> None:
    first, second, _ = three(story)
    with story.stage.work() as work:
        event = opened(work, capacity=3)
        booked(work, event, first)
        (kept_away,) = invite(work, event, people(work, [second]))
        decline(work, kept_away, NO)
        call_off(work, planned(work, title="Called off"), "No heating.")
        key = event.id
    story.stage.on(DAY)
    with story.stage.work() as work:
        event, authority = work.get(CulturalEvent, key), work.get(Authority, story.stage.authority_id)
        (entry,) = roll(work, event)
        mark(work, entry.booking, came=True)
        give_feedback(work, entry.booking, SAID)
        work.db.flush()
        (shown,) = calendar_entries(work, authority, AUTUMN)
        assert isinstance(shown, CalendarEntry) and (shown.title, shown.on, shown.path) == (
            "Shadow puppets",
            DAY,
            f"/staffordshire-events/{key}",
        )
        # Of those who came, and of nobody else (cm_happened).
        (came,) = happened(work, authority.id, [first, second])
        assert (came.young_person_id, came.on, came.to_them) == (first, DAY, "You came to Shadow puppets")
        told = cultural_lines(work, authority, [first, second], AUTUMN)
        assert [(one.part.value, one.text) for one in told[first]] == [
            ("interests", "Wishes for: Drums"),
            (
                "attended",
                "Shadow puppets (theatre and puppetry), Lanternfold Theatre, towards Arts Award Bronze.",
            ),
            ("words", "I wish it would go on for ever."),
        ]
        assert told[first][1].source == "Event at The Old Malthouse on 21 November 2026"
        assert [(one.part.value, one.text) for one in told[second]] == [
            ("offered", "Shadow puppets (theatre and puppetry), Lanternfold Theatre: said no."),
            ("barriers", "Transport: could not come to Shadow puppets."),
        ]
        keys = ("staffordshire_events_held", "staffordshire_attendances", "staffordshire_attendees")
        assert [counted(work, each, authority, AUTUMN).words for each in keys] == ["1 of 1", "1", "1"]
        wish = work.db.scalars(select(Wish)).one()
        meet_wish(work, wish, WishMetAnswers(came_of_it_id=key))
        work.db.flush()
        assert "interests" not in [one.part.value for one in cultural_lines(work, authority, [first], AUTUMN)[first]]
        assert FeedbackAnswers(words_said="", again=None, wish="").wish == ""


def test_two_who_book_the_last_place_at_once_get_one_place_between_them(story: Story) -> None:
    first, second, third = three(story)
    with story.stage.work() as work:
        event = opened(work)
        booked(work, event, third)
        key = event.id
    together = Barrier(2, timeout=20)

    def books(person: int) -> str:
        with story.stage.work() as work:
            here = work.get(CulturalEvent, key)
            assert here.free == 1
            together.wait()
            return booked(work, here, person).standing

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(books, (first, second))) == ["booked", "waiting"]
    with story.stage.work() as work:
        event = work.get(CulturalEvent, key)
        assert (event.state, event.taken, event.waiting) == ("full", 2, 1)
