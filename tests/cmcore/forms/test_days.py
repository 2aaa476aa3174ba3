"""Days, times and instants are read as people type them, right across clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmcore.base.clock import LONDON, day
from cmcore.forms.days import Unreadable, happens_twice, moment_at, read_day, read_moment, read_time, say_moment


@pytest.mark.parametrize(
    "typed",
    [
        "10 11 2026",
        "10/11/2026",
        "10.11.2026",
        "10-11-2026",
        " 10  11  2026 ",
        "10 November 2026",
        "10th Nov 2026",
        "2026-11-10",
        {"day": "10", "month": "11", "year": "2026"},
        {"day": "10", "month": "nov", "year": "2026"},
        date(2026, 11, 10),
        datetime(2026, 11, 10, 9, 30),
        datetime(2026, 11, 9, 23, 30, tzinfo=UTC) + timedelta(hours=1),
    ],
)
def test_a_day_is_read_as_people_write_it(typed: object) -> None:
    assert read_day(typed) == date(2026, 11, 10)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "31", "month": "2", "year": "2026"}, "31 February 2026 is not a day."),
        ("29 2 2025", "29 February 2025 is not a day."),
        ("5 13 2026", "5 month 13 2026 is not a day."),
        ({"day": "31", "month": "", "year": ""}, "the month and the year are missing."),
        ({"day": "", "month": "2", "year": "2026"}, "the day is missing."),
        ("10/11/26", "“10/11/26” has no year in four figures."),
        ("tomorrow", "“tomorrow” is not a day."),
        ("10 ju 2026", "“10 ju 2026” is not a day."),
        ("10 jux 2026", "“10 jux 2026” is not a day: there is no month “jux”."),
        ("1 1 1066", "the year 1066 is not between 1900 and 2200."),
        ("١٠ ١١ ٢٠٢٦", "“١٠ ١١ ٢٠٢٦” is not a day."),
        (True, "“True” is not a day."),
    ],
)
def test_what_is_not_a_day_is_refused_in_plain_words(typed: object, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_day(typed)
    assert refused.value.sentence == sentence
    assert refused.value.way_out == "Use day, month, year, for example 10 11 2026."


def test_the_twenty_ninth_of_february_is_a_day_in_a_leap_year() -> None:
    assert read_day("29 2 2028") == date(2028, 2, 29)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_is_read_back_from_its_own_words(on: date) -> None:
    assert read_day(day(on)) == read_day(f"{on:%d/%m/%Y}") == read_day(on.isoformat()) == on


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("14.30", time(14, 30)),
        ("2:30 pm", time(14, 30)),
        ("2.30PM", time(14, 30)),
        ("9am", time(9)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("00:00", time(0)),
        ("14:30:00", time(14, 30)),
        (time(14, 30, 59), time(14, 30)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: object, expected: time) -> None:
    assert read_time(typed) == expected


@pytest.mark.parametrize("typed", ["", "9", "930", "24:00", "12:60", "13pm", "0am", "half past two", "14:3", "٩am"])
def test_what_is_not_a_time_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable, match="is not a time"):
        read_time(typed)


def test_a_time_in_summer_is_an_hour_earlier_in_utc() -> None:
    assert read_moment("10 7 2026 14:30") == datetime(2026, 7, 10, 13, 30, tzinfo=UTC)
    assert read_moment("10 11 2026 2:30 pm") == datetime(2026, 11, 10, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-07-10T14:30",
        "2026-07-10T13:30+00:00",
        "2026-07-10 13:30:59Z",
        {"day": "10", "month": "7", "year": "2026", "time": "14:30"},
        {"day": "2026-07-10", "time": "14:30"},
        datetime(2026, 7, 10, 14, 30, 59),
        datetime(2026, 7, 10, 14, 30, tzinfo=LONDON),
    ],
)
def test_an_instant_is_read_from_whatever_brings_it(typed: object) -> None:
    assert read_moment(typed) == datetime(2026, 7, 10, 13, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "10", "month": "7", "year": "2026", "time": ""}, "the time is missing"),
        ({"day": "", "month": "7", "year": "2026", "time": "14:30"}, "the day is missing"),
        ({"time": "14:30"}, "is not a day"),
        ("10 7 2026", "is not a day with a time"),
        ("2026-07-10T25:30", "is not a day with a time"),
        ("0001-01-01T00:00+00:00", "between 1900 and 2200"),
        ("9999-12-31T23:59-05:00", "between 1900 and 2200"),
    ],
)
def test_half_an_instant_is_refused(typed: object, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        read_moment(typed)


def test_an_hour_that_did_not_happen_is_refused() -> None:
    with pytest.raises(Unreadable, match="there was no 01:30 on 29 March 2026: the clocks went forward"):
        read_moment("29 3 2026 01:30")


def test_an_hour_that_came_twice_asks_which() -> None:
    with pytest.raises(Unreadable, match="01:30 came twice on 25 October 2026"):
        read_moment("25 10 2026 01:30")
    boxes = {"day": "25", "month": "10", "year": "2026", "time": "01:30"}
    assert read_moment(boxes | {"which": "first"}) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert read_moment(boxes | {"which": "second"}) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_only_the_doubled_hour_happens_twice() -> None:
    twice = [hour for hour in range(24) if happens_twice(date(2026, 10, 25), time(hour, 30))]
    assert twice == [1]
    assert not any(happens_twice(date(2026, 3, 29), time(hour, 30)) for hour in range(24))


@given(st.datetimes(datetime(1972, 1, 1), datetime(2199, 1, 1)).map(lambda at: at.replace(second=0, microsecond=0)))
def test_every_instant_is_found_again_from_the_wall_clock(naive: datetime) -> None:
    at = naive.replace(tzinfo=UTC)
    shown = at.astimezone(LONDON)
    assert moment_at(shown.date(), shown.time().replace(fold=0), "second" if shown.fold else "first") == at


def test_an_instant_is_said_with_its_zone_only_when_needed() -> None:
    assert say_moment(datetime(2026, 7, 10, 13, 30, tzinfo=UTC)) == "10 July 2026 at 14:30"
    assert say_moment(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "25 October 2026 at 01:30 (BST)"
    assert say_moment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "25 October 2026 at 01:30 (GMT)"
