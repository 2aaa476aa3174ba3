"""On a young person's page: events they were invited to and came to, and what they wish for."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cmcore.api import Work, YoungPerson, count, day
from cmcore_staffordshire.console.events.parts import stands
from cmcore_staffordshire.events.records import EventBooking, Wish
from console.api import PanelBody, page_of

_MOST = 8


def of_young_person(here: Work, person: YoungPerson) -> PanelBody | None:
    """The last events, and the wishes of which nothing came yet. Two statements."""
    asked = (
        select(EventBooking)
        .where(EventBooking.young_person_id == person.id)
        .options(joinedload(EventBooking.event))
        .order_by(EventBooking.id.desc())
        .limit(200)
    )
    bookings = sorted(here.db.scalars(asked), key=lambda one: one.event.starts_at, reverse=True)
    wished = select(Wish.wish).where(Wish.young_person_id == person.id, Wish.came_of_it_id.is_(None))
    wishes = list(here.db.scalars(wished.order_by(Wish.id.desc()).limit(3)))
    more = []
    if len(bookings) > _MOST:
        more.append(("All of them", url_for("StaffordshireBookings.list", young_person_id=person.id)))
    if here.may("staffordshire_wish.add", person.authority_id):
        more.append(("Write down a wish", url_for("StaffordshireWishes.add", young_person_id=person.id)))
    came = sum(bool(one.came) for one in bookings)
    said = [f"Came to {count(came, 'event')} of {len(bookings)} they were asked to."] if bookings else []
    said += [f"Wishes for: {'; '.join(wishes)}."] if wishes else []
    return PanelBody(
        words=" ".join(said),
        columns=("Event", "Day", "Stands", "In their words"),
        rows=[
            (page_of(one), (one.event.title, day(one.event.on), stands(one), one.words_said))
            for one in bookings[:_MOST]
        ],
        empty="Not invited to an event yet.",
        more=more,
    )
