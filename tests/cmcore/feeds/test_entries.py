"""What plugins put into people's calendars: in order, within reach, and in a feed never a young person's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from cmcore.base.periods import Period
from cmcore.feeds.actions import make_feed
from cmcore.feeds.entries import CalendarEntry, calendar_entries
from cmcore.feeds.reading import read_feed
from cmcore.plugins.records import PluginHealth
from cmcore.testing import Stage, plugged
from cmcore.testing.plugged import a_plugin
from cmcore.testing.story import Story
from cmcore.virtual_schools.records import Authority

AUTUMN = Period(date(2026, 11, 1), date(2026, 12, 18))
AT = datetime(2026, 11, 21, 10, tzinfo=UTC)


def entry(number: int, title: str = "Shadow puppets", **more: Any) -> CalendarEntry:
    said: dict[str, Any] = {"kind": "choir_day", "starts_at": AT, "path": f"/choir-days/{number}", "source": "Choir"}
    return CalendarEntry(record_id=number, title=title, **(said | more))


def offered(stage: Stage, *entries: CalendarEntry) -> list[CalendarEntry]:
    def fails() -> Iterator[CalendarEntry]:
        yield entry(99)
        raise RuntimeError

    def days(authority: Authority, period: Period) -> list[CalendarEntry]:
        assert (authority.id, period) == (stage.authority_id, AUTUMN)
        return list(entries)

    with (
        plugged(a_plugin("choir", cm_calendar_entries=days), a_plugin("fails", cm_calendar_entries=fails)),
        stage.work() as work,
    ):
        found = calendar_entries(work, work.get(Authority, stage.authority_id), AUTUMN)
        assert list(work.db.scalars(select(PluginHealth.plugin))) in ([], ["fails"])
    return found


def test_entries_come_in_order_each_once_and_of_the_period_alone(stage: Stage) -> None:
    whole_day = entry(2, starts_at=date(2026, 11, 20))
    found = offered(
        stage, entry(1), whole_day, entry(1, "Told twice."), entry(3, starts_at=AT + timedelta(days=90)), entry(4)
    )
    assert [(one.key, one.on.day) for one in found] == [("choir_day-2", 20), ("choir_day-1", 21), ("choir_day-4", 21)]


def test_what_is_no_entry_at_all_is_left_out_and_written_to_the_plugins_health(stage: Stage) -> None:
    wrong: Any = entry(1), "Shadow puppets"
    with plugged(a_plugin("choir", cm_calendar_entries=lambda: wrong)), stage.work() as work:
        assert calendar_entries(work, work.get(Authority, stage.authority_id), AUTUMN) == []
    with stage.work() as work:
        ill = work.db.scalars(select(PluginHealth)).one()
        assert (ill.hook, ill.what) == ("cm_calendar_entries", "gave str, not CalendarEntry")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "Choir Day"},
        {"path": "https://elsewhere.example/1"},
        {"path": "/choir/1/../2"},
        {"ends_at": AT - timedelta(hours=1)},
        {"starts_at": date(2026, 11, 21), "ends_at": AT},
    ],
)
def test_an_entry_of_another_shape_is_not_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"calendar entry"):
        entry(1, **wrong)


def test_a_feed_says_a_title_unless_a_young_persons_name_stands_in_it(stage: Stage) -> None:
    Story.begin(stage)
    days = [
        entry(1, "Ink & clay café", place="The Mill", ends_at=AT + timedelta(hours=2)),
        entry(2, "Mossy's printing day", place="Bramblewick Hall"),
        entry(3, "Dance", path="", starts_at=date(2026, 11, 30)),
    ]
    with plugged(a_plugin("choir", cm_calendar_entries=lambda: days)), stage.work() as work:
        feed = make_feed(work).feed
        work.db.flush()
        written = read_feed(work, feed.id, "https://mentoring.quillshire.example/")
    assert not any(name in written for name in (b"Mossy", b"Bramblewick"))
    events = {str(one["url"]).split("example")[1]: one for one in Calendar.from_ical(written).walk("VEVENT")}
    ink, other, dance = events["/choir-days/1"], events["/choir-days/2"], events["/calendar/"]
    assert (str(ink["summary"]), str(ink["location"])) == ("Ink and clay cafe", "The Mill")
    assert ink["dtend"].dt - ink["dtstart"].dt == timedelta(hours=2)
    assert str(other["summary"]) == "An event: sign in to read which" and "location" not in other
    assert (str(dance["summary"]), dance["dtstart"].dt) == ("Dance", date(2026, 11, 30))
