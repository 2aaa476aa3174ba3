"""A calendar feed says when, whose by initials and reference, and at what kind of place; and only what one may see."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import func, select

from cmcore.base.findings import Refused
from cmcore.base.policy import Policy
from cmcore.exchange.calendar import Entry, calendar_file
from cmcore.feeds.actions import live_feeds, make_feed, revoke_feed
from cmcore.feeds.queries import before_them, whose
from cmcore.feeds.reading import read_feed
from cmcore.feeds.records import CalendarFeed
from cmcore.messages.gate import Gate, names_kept_in
from cmcore.messages.wording import Link, Message, Place, Wording, say
from cmcore.safekeeping.records import AuditEntry
from cmcore.testing import Stage, refused
from cmcore.testing.story import Story
from cmcore.young_people.records import YoungPerson
from tests.databases import Beginning

AT = "https://mentoring.quillshire.example/"


def settled(stage: Stage) -> Story:
    """A young person with a mentor who works with them, and a session planned for Thursday."""
    made = Story.begin(stage)
    with stage.work("operator") as work:
        made.started(work)
    with stage.work("mentor", mentor_id=made.mentor_id) as work:
        made.logged(work, date(2026, 11, 12), outcome=None, done=None)
    return made


@pytest.fixture
def beginning() -> Beginning:
    """What these tests begin with."""
    return settled


def as_mentor(story: Story, login: str = "juno"):  # type: ignore[no-untyped-def]
    return story.stage.work("mentor", mentor_id=story.mentor_id, login=login)


def read(story: Story, **who: object) -> Calendar:
    """What the calendar of somebody is given."""
    with story.stage.work(**who) as work:  # type: ignore[arg-type]
        feed = make_feed(work).feed
        work.db.flush()
        return Calendar.from_ical(read_feed(work, feed.id, AT))


def test_a_mentors_feed_holds_their_sessions_and_what_is_due_without_a_name(story: Story) -> None:
    with as_mentor(story) as work:
        feed = make_feed(work).feed
        work.db.flush()
        written = read_feed(work, feed.id, AT)
        person = work.get(YoungPerson, story.person_id)
        about = f"{person.initials} {person.ref}"
        for name in ("Mossy", "Bramblewick", "Juno", "Tansyhurst", "Quillen"):
            assert name.encode() not in written
    events = {str(one["summary"]): one for one in Calendar.from_ical(written).walk("VEVENT")}
    assert {about, f"Review due: {about}"} <= set(events)
    session = events[about]
    assert (str(session["location"]), str(session["class"])) == ("At school", "PRIVATE")
    assert session["dtstart"].dt == datetime(2026, 11, 12, 14, tzinfo=UTC)
    assert session["dtend"].dt - session["dtstart"].dt == timedelta(minutes=90)
    assert str(session["url"]).startswith(f"{AT}sessions/")


def test_a_coordinators_feed_holds_what_is_due_and_what_runs_out_and_nobodys_sessions(story: Story) -> None:
    titles = [str(one["summary"]) for one in read(story).walk("VEVENT")]
    assert any(one.startswith("Review due: ") for one in titles)
    assert not any(one == "M.B. WR-0001" for one in titles)


@pytest.mark.parametrize("role", ["finance", "evaluator", "administrator"])
def test_a_feed_shows_no_more_than_a_role_sees(story: Story, role: str) -> None:
    assert not any("WR-0001" in str(one["summary"]) for one in read(story, role=role).walk("VEVENT"))


def test_another_authority_and_another_mentor_find_nothing_in_theirs(story: Story) -> None:
    other = story.stage.authority("991", "Quillshire", "QU")
    kit = story.another_mentor()
    assert not any("WR-0001" in str(one["summary"]) for one in read(story, authority_id=other).walk("VEVENT"))
    events = read(story, role="mentor", mentor_id=kit, login="kit").walk("VEVENT")
    assert not any("WR-0001" in str(one["summary"]) for one in events)


def test_a_token_opens_its_feed_until_it_is_taken_back_and_is_not_kept(story: Story) -> None:
    with as_mentor(story) as work:
        made = make_feed(work)
        work.db.flush()
        first, key = made.token, made.feed.id
        assert first not in repr(made)
        assert first not in str([getattr(made.feed, one.key) for one in CalendarFeed.__table__.columns])
    assert whose(story.stage.engine, first) == (key, "juno")
    assert whose(story.stage.engine, first[:-1]) is None
    with as_mentor(story) as work:
        second = make_feed(work).token
    assert whose(story.stage.engine, first) is None
    with as_mentor(story) as work:
        (feed,) = live_feeds(work)
        revoke_feed(work, feed)
    assert whose(story.stage.engine, second) is None


def test_nobody_reaches_anothers_feed_whatever_their_role(story: Story) -> None:
    with as_mentor(story) as work:
        make_feed(work)
    for role in ("head", "coordinator", "administrator", "operator", "mentor"):
        named = {"mentor_id": story.mentor_id} if role == "mentor" else {}
        with story.stage.work(role, login="somebody.else", **named) as work:
            assert work.db.scalars(select(CalendarFeed)).all() == []


def test_a_reading_is_written_down_once_an_hour(story: Story) -> None:
    with as_mentor(story) as work:
        key = make_feed(work).feed
        work.db.flush()
        feed_id = key.id
    now = story.stage.clock.at
    for minutes in (0, 15, 59, 61):
        story.stage.clock.at = now + timedelta(minutes=minutes)
        with as_mentor(story) as work:
            read_feed(work, feed_id, AT)
    with story.stage.work("operator") as work:
        asked = select(func.count()).where(AuditEntry.kind_of_record == "calendar_feed", AuditEntry.what == "read")
        from cmcore.safekeeping.access import beyond

        assert work.db.scalar(asked, execution_options=beyond("a test that counts lines of no authority")) == 2


def test_times_stay_right_across_the_clock_change() -> None:
    made = calendar_file(
        [
            Entry("a", datetime(2026, 10, 24, 13, tzinfo=UTC), datetime(2026, 10, 24, 14, tzinfo=UTC), "M.B. WR-0001"),
            Entry("b", date(2026, 10, 25), None, "Review due: WR-0001"),
        ],
        datetime(2026, 10, 20, tzinfo=UTC),
    )
    first, second = Calendar.from_ical(made).walk("VEVENT")
    assert b"DTSTART:20261024T130000Z" in made and b"DTSTART;VALUE=DATE:20261025" in made
    assert first["dtend"].dt.hour == 14 and second["dtend"].dt == date(2026, 10, 26)


@pytest.mark.parametrize(
    "said",
    [
        say(Wording.feed_session, initials="Mossy B", ref="WR-0001"),
        say(Wording.feed_session, initials="M.B.", ref="Bramblewick-1"),
        say(Wording.feed_place, where="Quillen Tarn School"),
        say(Wording.feed_place, where="At school, Mossy"),
    ],
)
def test_nothing_but_initials_references_and_kinds_of_place_passes_the_gate(said: object) -> None:
    gate = Gate(names_kept_in(()), {"WR"}, Policy.load())
    with refused("R-MSG-1", "initials, reference, number or day"):
        gate.let_out(Message(said, (), Link(Place.session, 1)))  # type: ignore[arg-type]
    assert gate.let_out(Message(say(Wording.feed_place, where="At school"), (), Link(Place.session, 1)))


def test_a_young_person_without_a_known_name_is_told_by_reference(story: Story) -> None:
    with story.stage.work("operator") as work:
        work.change(work.get(YoungPerson, story.person_id), given_name="", family_name="", preferred_name="")
    with as_mentor(story) as work:
        assert "WR-0001" in [str(one.message.subject) for one in before_them(work)]
    assert issubclass(Refused, Exception)
