"""What is asked about an event, a booking, how it was, and what somebody wishes for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from cmcore.api import Answers, Finding, ask, form, form_check
from cmcore_staffordshire.events.words import Access, ArtForm, Transport
from cmcore_staffordshire.life.words import InTheWay


@form_check("starts", "ends", "last_day", even_unanswered=True)
def _ends_after_it_starts(starts: time | None, ends: time | None, last_day: date | None) -> Iterable[Finding]:
    if last_day is None and starts is not None and ends is not None and ends <= starts:
        yield Finding("It ends before it begins.", place="ends", way_out="Give a later time, or a last day.")


@form_check("held_on", "last_day")
def _days_in_order(held_on: date, last_day: date | None) -> Iterable[Finding]:
    if last_day is not None and last_day <= held_on:
        yield Finding(
            "The last day is not after the first.", place="last_day", way_out="Leave it empty for an event of one day."
        )


@form_check("youngest", "oldest")
def _ages_in_order(youngest: int, oldest: int) -> Iterable[Finding]:
    if oldest < youngest:
        yield Finding("The oldest is younger than the youngest.", place="oldest", way_out="Change one of the ages.")


@form(
    "staffordshire-event",
    version=1,
    title="Event",
    checks=[_ends_after_it_starts, _days_in_order, _ages_in_order],
)
class EventAnswers(Answers):
    """One event of the calendar. It is planned first, and booked once it is open."""

    title: str = ask("What is it called?", most=160, section="What", hint="It may be read in people’s calendars.")
    art_form: ArtForm = ask("Art form")
    description: str = ask("What happens there", required=False, long=True, most=2_000)
    provider: str = ask("Who runs it", most=160)
    award: str = ask(
        "Award that can be worked towards", required=False, most=80, hint="Arts Award Bronze part A, for example."
    )
    held_on: date = ask("Day", section="When and where")
    starts: time = ask("From")
    ends: time = ask("To")
    last_day: date | None = ask("Last day", hint="Only where it goes on for several days.")
    place: str = ask("Place", most=160, hint="The name of the building or park.")
    address: str = ask("Address", required=False, most=300)
    area: str = ask("Town or district", required=False, most=80)
    transport: Transport = ask("How do they get there?")
    youngest: int = ask("Youngest", least=0, most=25, unit="years", section="For whom")
    oldest: int = ask("Oldest", least=0, most=25, unit="years")
    for_whom: str = ask("Who it is for, in words", required=False, most=300)
    access: list[Access] = ask("What makes sure that everybody can come?", required=False)
    capacity: int = ask("How many young people can come", least=1, most=2_000, unit="places")
    cost_pence: int | None = ask(
        "Cost to the Virtual School in all, in pounds", money=True, least=0, hint="Young people pay nothing."
    )


@form("staffordshire-booking", version=1, title="Book a place")
class BookingAnswers(Answers):
    """A place for one young person. Where none is free, they are put on the waiting list."""

    young_person_id: int = ask("Young person", of="young_person")
    wants_transport: bool = ask("Do they need a lift?")
    needs: str = ask(
        "What they need there",
        required=False,
        long=True,
        most=500,
        sensitive=True,
        hint="As little as the people who are there must know.",
    )


@form("staffordshire-booked", version=1, title="What they need")
class NeedsAnswers(Answers):
    """How they get there, and what they need."""

    wants_transport: bool = ask("Do they need a lift?")
    needs: str = ask("What they need there", required=False, long=True, most=500, sensitive=True)


@form("staffordshire-no", version=1, title="They cannot come")
class NoAnswers(Answers):
    """Somebody says no, or gives a place back. What is in the way is told on their cultural page."""

    in_the_way: InTheWay | None = ask("Is something in the way?", hint="Leave it empty if they would rather not.")


@form("staffordshire-feedback", version=1, title="How it was")
class FeedbackAnswers(Answers):
    """How an event was, in the young person’s own words, and what they wish for next."""

    words_said: str = ask(
        "How it was, in their words",
        required=False,
        long=True,
        voice=True,
        most=1_000,
        sensitive=True,
        hint="As they said it. No names of other people.",
    )
    again: bool | None = ask("Would they come again?")
    wish: str = ask("What would they like next?", required=False, long=True, voice=True, most=1_000, sensitive=True)


@form("staffordshire-wish", version=1, title="Wish")
class WishAnswers(Answers):
    """Something a young person wishes to do or see, in their own words."""

    wish: str = ask("What they wish for", long=True, voice=True, most=1_000, sensitive=True)
    art_form: ArtForm | None = ask("Does it belong to an art form?")
    said_on: date = ask("Said on")


@form("staffordshire-wish-met", version=1, title="What came of it")
class WishMetAnswers(Answers):
    """The event that came of a wish."""

    came_of_it_id: int = ask("Event", of="staffordshire_event")


@form("staffordshire-walk-in", version=1, title="Somebody who was not booked")
class WalkInAnswers(Answers):
    """Somebody came who had no place. They get one, if one is free, and are marked as there."""

    young_person_id: int = ask("Young person", of="young_person")
