"""What the demonstration shows of events: two years of them, with people invited, booked and there, and wishes.

Rows are put together and added at once: there are some thousands of them for an authority of 1,300 young people.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from cmcore.api import Authority, Work, YoungPerson
from cmcore_staffordshire.events.planning import settle, starts_at
from cmcore_staffordshire.events.records import CulturalEvent, EventBooking, Wish
from cmcore_staffordshire.events.words import ArtForm, Standing
from cmcore_staffordshire.life.words import InTheWay

#: Days from one event to the next: some fifty in two years; of many young people some hundred.
EVERY, EVERY_OF_MANY, MANY = 15, 7, 500
#: Events further ahead are planned, and nobody is invited yet.
BOOKED_AHEAD = timedelta(days=100)
_WHO = "Virtual School"
_KINDS: tuple[tuple[str, ArtForm, str, str, str, int, int, int, str], ...] = (
    ("Shadow puppets", ArtForm.theatre, "Lanternfold Theatre", "The Old Malthouse", "Wrenbridge", 5, 11, 16, "Explore"),
    ("Ink and print day", ArtForm.art, "Tarnside Print Workshop", "Tarnside Studios", "Quillen", 11, 18, 12, "Bronze"),
    ("Beats and words", ArtForm.music, "Wrenshire Music Service", "The Bandroom", "Wrenbridge", 11, 19, 20, "Bronze"),
    ("Circus skills", ArtForm.circus, "Tumbledown Circus", "Fellside Sports Hall", "Amblewick", 7, 16, 24, "Discover"),
    ("Clay and fire", ArtForm.heritage, "Wrenshire Museums", "The Kiln House", "Amblewick", 8, 14, 14, "Explore"),
    ("A film in a day", ArtForm.film, "Second Take Collective", "The Picture Rooms", "Quillen", 12, 19, 10, "Silver"),
    ("Dance it out", ArtForm.dance, "Long Meadow Dance", "Meadow Hall", "Wrenbridge", 6, 14, 20, "Discover"),
)
_SAID = (
    "I wish it would go on for ever.",
    "Nobody asked me why I was there. I liked that.",
    "I made the dragon move and everyone clapped.",
    "Too loud at first, then it was all right.",
    "Can we do the printing again?",
)
_WISHED = (
    ("A day with real film cameras", ArtForm.film),
    ("To see a big musical", ArtForm.theatre),
    ("Drums", ArtForm.music),
    ("To paint a wall outside", ArtForm.art),
    ("Somewhere with animals and drawing", None),
)


def fill(work: Work, authority: Authority) -> None:
    """Put two years of events into the calendar of an authority, and its young people at them."""
    people = list(
        work.db.scalars(
            select(YoungPerson)
            .where(YoungPerson.authority_id == authority.id, YoungPerson.ceased_on.is_(None))
            .order_by(YoungPerson.id)
        )
    )
    events = [work.add(one) for one in _events(authority, work.today, EVERY if len(people) < MANY else EVERY_OF_MANY)]
    work.db.flush()
    for number, event in enumerate(events):
        if event.on > work.today + BOOKED_AHEAD:
            continue
        work.move(event, "open", on=min(work.today, event.on - timedelta(days=60)))
        for booking in _bookings(work, event, number, people):
            work.add(booking)
        settle(work, event)
        if event.on < work.today:
            work.move(event, "hold", on=event.on)
    for number, person in enumerate(people[::9]):
        wish, form = _WISHED[number % len(_WISHED)]
        said_on = work.today - timedelta(days=number % 300)
        about = {"authority_id": authority.id, "young_person_id": person.id, "written_by": _WHO}
        work.add(Wish(wish=wish, art_form=form.value if form else None, said_on=said_on, **about))


def _events(authority: Authority, today: date, every: int) -> Iterator[CulturalEvent]:
    """An event every so many days, from a year ago to a year ahead; each on a Saturday."""
    first = today - timedelta(days=360)
    for number in range(720 // every):
        near = first + timedelta(days=every * number + 6)
        on = near + timedelta(days=(5 - near.weekday()) % 7)
        title, form, provider, place, area, youngest, oldest, capacity, award = _KINDS[number % len(_KINDS)]
        yield CulturalEvent(
            authority_id=authority.id,
            title=title,
            description="Come as you are. There is food, and a room to be quiet in.",
            art_form=form.value,
            provider=provider,
            place=place,
            address=f"{place}, {area}",
            area=area,
            starts_at=starts_at(on, time(10, 30)),
            ends_at=starts_at(on, time(14, 30)),
            youngest=youngest,
            oldest=oldest,
            for_whom="Anybody of these ages; brothers and sisters on request.",
            access=["quiet_room", "relaxed", "step_free"] if number % 2 else ["quiet_room", "small_group"],
            transport=("taxi", "minibus", "paid")[number % 3],
            capacity=capacity,
            cost_pence=40_000 + 2_500 * (number % 9),
            award=f"Arts Award {award}",
            taken=0,
            waiting=0,
        )


def _bookings(work: Work, event: CulturalEvent, number: int, people: list[YoungPerson]) -> Iterator[EventBooking]:
    """Some thirty invited to each, by age; most of them booked and there, two events left without attendance."""
    of_age = [one for one in people if event.youngest <= event.on.year - one.born_on.year <= event.oldest]
    begins = (number * 31) % max(1, len(of_age))
    invited = (of_age[begins:] + of_age[:begins])[: min(len(of_age), event.capacity * 2)]
    past, attended = event.on < work.today, event.on < work.today - timedelta(days=30)
    answered = _at(min(work.today, event.on) - timedelta(days=14))
    for place, person in enumerate(invited):
        booking = EventBooking(
            authority_id=event.authority_id,
            young_person_id=person.id,
            staffordshire_event_id=event.id,
            standing=Standing.invited.value,
            invited_on=answered.date(),
            answered_at=answered,
            answered_by=_WHO,
        )
        if place % 5 == 4:
            booking.standing = Standing.declined.value
            booking.in_the_way = tuple(InTheWay)[place // 5 % len(InTheWay)].value
        elif place % 3 != 2 and event.taken < event.capacity - (2 if not past else 0) * (number % 2):
            booking.standing, booking.wants_transport = Standing.booked.value, place % 2 == 0
            event.taken += 1
            if past and (attended or number % 2):
                booking.came, booking.marked_by = place % 8 != 7, _WHO
                booking.marked_at = event.ends_at
                if booking.came and place % 4 == 0:
                    booking.words_said, booking.again = _SAID[(number + place) % len(_SAID)], True
        elif not past and place % 7 == 2 and event.taken >= event.capacity:
            booking.standing, booking.waiting_since = Standing.waiting.value, answered
            event.waiting += 1
        yield booking


def _at(on: date) -> datetime:
    return starts_at(on, time(12))
