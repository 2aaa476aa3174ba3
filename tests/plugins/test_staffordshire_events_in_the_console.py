"""Events in a console: planned, invited to, booked, attended on a phone, told of; to each what they may see."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from cmcore.safekeeping.records import AuditEntry
from cmcore_staffordshire.events.records import CulturalEvent, EventBooking, Wish
from tests.console.autumn import Autumn
from tests.console.test_statements import cost, said
from tests.console.visitor import Visitor
from tests.plugins.consoles import console_with
from tests.plugins.test_epep_culture_in_the_console import did
from tests.plugins.test_staffordshire_life_in_the_console import day

LISTS = ("events", "bookings", "without-award", "wishes")


def event(on: date, **changes: Any) -> dict[str, Any]:
    told = {
        "title": "Shadow puppets",
        "art_form": "theatre",
        "provider": "Lanternfold Theatre",
        **day(on, "held_on"),
        "starts": "10:30",
        "ends": "14:30",
        "place": "The Old Malthouse",
        "transport": "taxi",
        "youngest": "5",
        "oldest": "19",
        "capacity": "2",
    }
    return told | changes


def opened(autumn: Autumn, app: Flask, **changes: Any) -> tuple[Visitor, int]:
    """A coordinator, and the key of an event today that is open for bookings."""
    hester = autumn.visitor(app)
    there = did(hester, "/staffordshire-events/add", **event(autumn.stage.clock.today(), **changes))
    key = int(there.rpartition("/")[2])
    did(hester, f"/staffordshire-events/{key}/open")
    return hester, key


def test_an_event_is_planned_invited_to_booked_attended_and_told_of(autumn: Autumn) -> None:
    with console_with(autumn, staffordshire=["990"]) as app:
        assert "Nothing this month" in autumn.visitor(app).opens("/staffordshire-calendar/").page
        for one in LISTS:
            assert autumn.visitor(app).opens(f"/staffordshire-{one}/").status == 200
        hester, key = opened(autumn, app)
        person = autumn.main.person_id
        month = hester.opens("/staffordshire-calendar/").page
        assert "Shadow puppets" in month and "2 of 2 free" in month
        assert "Shadow puppets" in hester.opens("/calendar/").page

        # Many are invited with one press; nobody twice.
        asked = hester.opens(f"/staffordshire-inviting/{key}").page
        chosen = re.findall(r'name="chosen" value="(\d+)" checked', asked)
        assert str(person) in chosen and len(chosen) > 2
        assert hester.opens(f"/staffordshire-inviting/{key}?interest=nothing-of-the-kind").page.count("chosen") == 0
        hester.opens(f"/staffordshire-inviting/{key}").sends(f"/staffordshire-inviting/{key}", chosen=chosen)
        assert (
            hester.status == 303 and f"{len(chosen)} young people invited" in hester.opens(hester.answer.location).page
        )
        assert 'name="chosen"' not in hester.opens(f"/staffordshire-inviting/{key}").page
        with autumn.stage.work() as work:
            own = work.db.scalars(select(EventBooking).where(EventBooking.young_person_id == person)).one().id
            other = work.db.scalars(select(EventBooking.id).where(EventBooking.young_person_id != person)).first()
        did(hester, f"/staffordshire-bookings/{own}/book", wants_transport="yes", needs="A quiet seat.")
        did(hester, f"/staffordshire-bookings/{other}/book", wants_transport="no")

        # One tap, sent twice, counts once; and with names it is written down that they were opened.
        roll = f"/staffordshire-attendance/{key}"
        assert "0 of 2 said, 0 came" in hester.opens(roll).page and "A quiet seat." in hester.page
        assert "No photographs" in hester.page and "Bramblewick" not in hester.page
        for _ in range(2):
            hester.opens(roll).sends(roll, mark=f"{own}:yes")
            assert hester.answer.location.endswith(f"#p{own}")
        assert "1 of 2 said, 1 came" in hester.opens(roll).page and "No award yet" in hester.page
        assert "Bramblewick" in hester.sends(roll, names="1").page
        hester.sends(roll, names="1", mark=f"{other}:no")
        assert hester.status == 200 and "2 of 2 said, 1 came" in hester.page
        assert hester.sends(roll, mark="7:perhaps").status == 303
        assert hester.opens(roll).sends(roll, mark="999999:yes").status == 404
        with autumn.stage.work() as work:
            names = work.db.scalars(select(AuditEntry).where(AuditEntry.why == "Attendance with names")).all()
            assert len(names) == 4

        # What they say stands on their page, with a wish.
        did(
            hester,
            f"/staffordshire-bookings/{own}/tell",
            words_said="It was dark, I liked it.",
            wish="Drums",
            again="yes",
        )
        page = hester.opens(f"/young-people/{person}").page
        assert "It was dark, I liked it." in page and "Wishes for: Drums" in page
        assert "Shadow puppets" in hester.opens("/staffordshire-without-award/").page
        with autumn.stage.work() as work:
            wish = work.db.scalars(select(Wish.id)).one()
        did(hester, f"/staffordshire-wishes/{wish}/meet", came_of_it_id=str(key))
        assert "Nothing yet" not in hester.opens("/staffordshire-wishes/").page.split("<tbody")[1].split("</tbody")[0]


def test_what_cannot_be_is_said_on_the_page_with_the_way_out(autumn: Autumn) -> None:
    with console_with(autumn, staffordshire=["990"]) as app:
        hester, key = opened(autumn, app, capacity="1")
        person = autumn.main.person_id
        hester.opens("/staffordshire-events/add").sends(
            "/staffordshire-events/add", **event(autumn.stage.clock.today(), ends="09:00")
        )
        assert hester.status == 422 and "It ends before it begins" in hester.page
        add = f"/staffordshire-bookings/add?staffordshire_event_id={key}"
        did(hester, add, young_person_id=str(person), wants_transport="no")
        did(hester, add, young_person_id=str(autumn.others["new"].person_id), wants_transport="no")
        assert "1 on the waiting list" in hester.opens(f"/staffordshire-events/{key}").page
        came = f"/staffordshire-events/{key}/came"
        hester.opens(came).sends(came, young_person_id=str(autumn.others["ended"].person_id))
        assert hester.status == 422 and "R-EVT-4" in hester.page
        edit = f"/staffordshire-events/{key}/edit"
        version = re.findall(r'name="cm-version" value="(\d+)"', hester.opens(edit).page)[0]
        hester.sends(edit, **event(autumn.stage.clock.today(), capacity="2"), **{"cm-version": version})
        assert hester.status == 303, hester.page
        assert "2 of 2" in hester.opens(f"/staffordshire-events/{key}").page
        later = did(
            hester, "/staffordshire-events/add", **event(autumn.stage.clock.today() + timedelta(days=9), title="Print")
        )
        roll = f"/staffordshire-attendance/{later.rpartition('/')[2]}"
        assert "Nobody has a place" in hester.opens(roll).page
        assert "Cannot be done yet" in hester.opens(later).page


def test_a_mentor_books_and_marks_their_own_and_plans_and_invites_nobody(autumn: Autumn) -> None:
    with console_with(autumn, staffordshire=["990"]) as app:
        hester, key = opened(autumn, app)
        stranger = autumn.others["new"].person_id
        add = f"/staffordshire-bookings/add?staffordshire_event_id={key}"
        did(hester, add, young_person_id=str(stranger), wants_transport="no")
        juno = autumn.visitor(app, "mentor")
        did(juno, add, young_person_id=str(autumn.main.person_id), wants_transport="yes")
        roll = juno.opens(f"/staffordshire-attendance/{key}").page
        assert "0 of 1 said" in roll
        juno.opens(add).sends(add, young_person_id=str(stranger), wants_transport="no")
        assert juno.status in (404, 422)
        for path in ("/staffordshire-events/add", f"/staffordshire-inviting/{key}"):
            assert juno.opens(path).status == 403
        assert autumn.visitor(app, "finance").opens("/staffordshire-events/").status == 403
        with autumn.stage.work() as work:
            assert work.get(CulturalEvent, key).taken == 2


def test_events_are_filled_in_as_a_workbook(autumn: Autumn) -> None:
    with console_with(autumn, staffordshire=["990"]) as app:
        hester, _ = opened(autumn, app)
        assert "Events" in hester.opens("/workbooks/").page


def test_pages_take_few_statements_and_nothing_is_found_where_it_is_off(autumn: Autumn) -> None:
    with console_with(autumn, staffordshire=["990"]) as app:
        hester, key = opened(autumn, app)
        did(
            hester,
            f"/staffordshire-bookings/add?staffordshire_event_id={key}",
            young_person_id=str(autumn.main.person_id),
            wants_transport="no",
        )
        for path, most in (
            ("/staffordshire-calendar/", 12),
            ("/staffordshire-events/", 10),
            (f"/staffordshire-events/{key}", 14),
            (f"/staffordshire-attendance/{key}", 12),
            (f"/staffordshire-inviting/{key}", 10),
            ("/staffordshire-bookings/", 10),
            ("/staffordshire-without-award/", 12),
        ):
            sent = cost(hester, path, autumn.stage.engine)
            assert len(sent) <= most, f"{path}\n{said(sent)}"
    with console_with(autumn) as app:
        for path in ("/staffordshire-calendar/", "/staffordshire-events/", f"/staffordshire-attendance/{key}"):
            assert autumn.visitor(app).opens(path).status == 404
        for path in ("/", "/calendar/", f"/young-people/{autumn.main.person_id}"):
            assert "Shadow puppets" not in autumn.visitor(app).opens(path).page
