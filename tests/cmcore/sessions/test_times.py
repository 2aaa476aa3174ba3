"""Times of sessions: minutes right across the nights the clocks change, by a zone that is kept, never in two places."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cmcore.base.clock import LONDON, local
from cmcore.base.findings import Refused
from cmcore.base.policy import Policy
from cmcore.sessions import rules
from cmcore.sessions.actions import add_session, answers_of_session, times_of
from cmcore.sessions.forms import SessionAnswers
from cmcore.sessions.records import MentoringSession
from cmcore.sessions.words import NOT_HELD, SessionPlace
from cmcore.testing import refused
from cmcore.testing.stage import TODAY
from cmcore.testing.story import Story

POLICY = Policy.load()
#: The nights the clocks go forward and back in 2026.
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31)) | st.sampled_from([FORWARD, BACK])
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))


def answers(on: date, starts: time, ends: time) -> SessionAnswers:
    return SessionAnswers(
        commission_id=1,
        held_on=on,
        starts=starts,
        ends=ends,
        place=SessionPlace.school,
        outcome=None,
        in_the_way=None,
        done=None,
        words_said=None,
        intention=None,
        art_form=None,
        adults_present=None,
    )


@given(DAYS, TIMES, TIMES)
@example(BACK, time(0, 30), time(2, 30))
@example(FORWARD, time(0, 30), time(2, 30))
@example(BACK, time(1, 0), time(2, 0))
def test_minutes_are_those_that_passed_and_both_ends_are_what_the_clock_showed(
    on: date, starts: time, ends: time
) -> None:
    if rules.clocks_show(on, starts, ends, POLICY):
        return
    begun, ended = times_of(answers(on, starts, ends))
    assert (local(begun).date(), local(begun).time()) == (on, starts)
    assert (local(ended).date(), local(ended).time()) == (on, ends)
    if begun < ended:
        assert rules.minutes_between(begun, ended) == (ended - begun) // timedelta(minutes=1)
        shown = (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
        gained = 60 if on == BACK and starts < time(2) <= ends else 0
        lost = 60 if on == FORWARD and starts < time(1) and ends >= time(2) else 0
        if on in (FORWARD, BACK) or local(begun).utcoffset() == local(ended).utcoffset():
            assert rules.minutes_between(begun, ended) == shown + gained - lost


@given(DAYS, TIMES)
def test_a_time_the_clock_never_showed_is_refused_and_every_other_goes_through(on: date, at: time) -> None:
    turned = datetime.combine(on, at, LONDON).astimezone(UTC).astimezone(LONDON)
    shown = turned.time() == at and turned.date() == on
    assert bool(rules.clocks_show(on, at, time(12), POLICY)) != shown


def test_the_hour_that_is_left_out_is_named(going: Story) -> None:
    [said] = rules.clocks_show(FORWARD, time(1, 30), time(3), POLICY)
    assert (said.rule, said.place) == ("R-SES-1", "starts")
    assert said.message == "There was no 01:30 on 29 March 2026: the clocks went forward."
    with going.stage.work() as work, refused("R-SES-1", "There was no 01:30"):
        add_session(work, going.session_form(FORWARD, 1, 150, starts=time(1, 30), ends=time(4)))


def test_a_night_with_an_hour_more_counts_it_and_the_zone_is_kept_with_it(going: Story) -> None:
    with going.stage.work() as work:
        made = add_session(work, going.session_form(BACK, starts=time(0, 30), ends=time(2, 30)))
        assert (made.minutes, made.zone) == (180, "Europe/London")
        assert made.ends_at - made.starts_at == timedelta(hours=3)
        key = made.id
    with going.stage.work() as work:
        again = answers_of_session(work.get(MentoringSession, key))
        assert (again.held_on, again.starts, again.ends) == (BACK, time(0, 30), time(2, 30))


def test_what_is_called_off_is_called_off_beforehand_and_what_took_place_is_not(going: Story) -> None:
    tomorrow = TODAY + timedelta(days=1)
    for number, outcome in enumerate(NOT_HELD):
        with going.stage.work() as work:
            add_session(work, going.session_form(tomorrow, 9 + number, 30, outcome=outcome, done=None))
    with going.stage.work() as work, refused("R-SES-1", "has not ended yet"):
        add_session(work, going.session_form(tomorrow, 15))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(8, 18), st.sampled_from([30, 60, 120, 180]), st.booleans()), max_size=6))
@example([(8, 60, True), (9, 60, False), (8, 120, False)])
def test_whatever_is_logged_nobody_is_in_two_places(going: Story, wanted: list[tuple[int, int, bool]]) -> None:
    with going.stage.work() as work:
        work.begin_writing()
        kept: list[tuple[int, int]] = []
        for hour, minutes, planned in wanted:
            changes = {"outcome": None, "done": None} if planned else {}
            free = all(hour * 60 + minutes <= begun or ended <= hour * 60 for begun, ended in kept)
            try:
                with work.db.begin_nested():
                    add_session(work, going.session_form(date(2026, 10, 6), hour, minutes, **changes))
                kept.append((hour * 60, hour * 60 + minutes))
                assert free
            except Refused as told:
                assert not free and "R-SES-1" in {one.rule for one in told.findings}
        work.undo()
