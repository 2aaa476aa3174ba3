"""Events in a console of an autumn: one open, one today with its roll, a wish; and the pages that show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from cmcore.young_people.records import YoungPerson
from cmcore_staffordshire.events.attending import add_wish, mark
from cmcore_staffordshire.events.booking import book, invite
from cmcore_staffordshire.events.forms import BookingAnswers, EventAnswers, WishAnswers
from cmcore_staffordshire.events.planning import add_event, open_event
from cmcore_staffordshire.events.words import Access, ArtForm, Transport
from tests.console.autumn import Autumn

EVENT_PATHS = (
    "/staffordshire-calendar/",
    "/staffordshire-events/",
    "/staffordshire-events/add",
    "/staffordshire-bookings/",
    "/staffordshire-wishes/",
    "/staffordshire-without-award/",
    "/calendar/",
)


def puppets(on: date) -> EventAnswers:
    """An event of twelve places on a day."""
    return EventAnswers(
        title="Shadow puppets",
        art_form=ArtForm.theatre,
        description="Come as you are.",
        provider="Lanternfold Theatre",
        award="Arts Award Bronze",
        held_on=on,
        starts=time(10, 30),
        ends=time(14, 30),
        last_day=None,
        place="The Old Malthouse",
        address="",
        area="Quillen",
        transport=Transport.minibus,
        youngest=5,
        oldest=19,
        for_whom="",
        access=[Access.quiet_room],
        capacity=12,
        cost_pence=40_000,
    )


def furnish_events(autumn: Autumn) -> None:
    """Somebody came to an event today; others are invited; a second event is open."""
    with autumn.stage.work() as work:
        person = work.get(YoungPerson, autumn.main.person_id)
        event = open_event(work, add_event(work, puppets(work.today)))
        ahead = open_event(work, add_event(work, replace(puppets(work.today + timedelta(days=9)), title="Print")))
        place = book(
            work, event, BookingAnswers(young_person_id=person.id, wants_transport=True, needs="A quiet seat.")
        )
        invite(work, ahead, [person])
        wish = add_wish(work, person, WishAnswers(wish="Drums", art_form=ArtForm.music, said_on=work.today))
        mark(work, place, came=True)
        work.db.flush()
        autumn.keys |= {"event": event.id, "event_ahead": ahead.id, "event_place": place.id, "event_wish": wish.id}


def pages_of_events(autumn: Autumn) -> list[str]:
    """The pages of each of them."""
    event, ahead, place, wish = (autumn.keys[key] for key in ("event", "event_ahead", "event_place", "event_wish"))
    return [
        f"/staffordshire-events/{ahead}",
        f"/staffordshire-events/{ahead}/call_off",
        f"/staffordshire-attendance/{event}",
        f"/staffordshire-inviting/{ahead}",
        f"/staffordshire-bookings/add?staffordshire_event_id={ahead}",
        f"/staffordshire-bookings/{place}",
        f"/staffordshire-bookings/{place}/tell",
        f"/staffordshire-wishes/{wish}",
        f"/staffordshire-wishes/{wish}/meet",
    ]
