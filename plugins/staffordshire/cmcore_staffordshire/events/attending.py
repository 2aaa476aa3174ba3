"""Attendance, taken on a phone: one tap for each young person, counted once however often it is sent."""

from __future__ import annotations

from datetime import date

from cmcore.api import Finding, Work, YoungPerson, action, award_standings, day, refuse, taken
from cmcore_staffordshire.events import rules
from cmcore_staffordshire.events.booking import booking_of, event_of, take_place
from cmcore_staffordshire.events.forms import FeedbackAnswers, WalkInAnswers, WishAnswers, WishMetAnswers
from cmcore_staffordshire.events.planning import hold_still
from cmcore_staffordshire.events.records import CulturalEvent, EventBooking, Wish
from cmcore_staffordshire.events.words import ArtForm, Standing


@action("staffordshire_booking.mark")
def mark(work: Work, booking: EventBooking, came: bool | None) -> bool:
    """Write down that somebody came or did not, or take that back; says whether anything changed.

    The same said twice is one. Refuses who has no place, before the day, and at an event that was called off. That an
    attendee has no award enrolment is pointed out (R-EVT-1).
    """
    event = event_of(work, booking)
    _refuse_unheld(work, event)
    if booking.standing != Standing.booked:
        raise refuse("They have no place at this event.", way_out="Add them as somebody who was not booked.")
    if booking.came is came:
        return False
    marked = work.clock.now() if came is not None else None
    by = work.actor.name[:120] if came is not None else ""
    work.change(booking, came=came, marked_at=marked, marked_by=by)
    _held(work, event)
    if came:
        work.heed(award_findings(work, booking))
    return True


@action("staffordshire_booking.mark")
def walk_in(work: Work, event: CulturalEvent, answers: WalkInAnswers) -> EventBooking:
    """Write down somebody who came without a place: they get one, if one is free (R-EVT-4)."""
    _refuse_unheld(work, event)
    person = work.get(YoungPerson, taken(work, answers).young_person_id)
    if person.authority_id != event.authority_id:
        raise refuse("They belong to another authority.", place="young_person_id", way_out="Choose one of your own.")
    hold_still(work, event)
    found, now, by = booking_of(work, event, person), work.clock.now(), work.actor.name[:120]
    booking = found or work.add(
        EventBooking(
            authority_id=event.authority_id,
            young_person_id=person.id,
            staffordshire_event_id=event.id,
            standing=Standing.invited.value,
            answered_at=now,
            answered_by=by,
        )
    )
    if booking.standing != Standing.booked:
        waited = booking.standing == Standing.waiting
        take_place(work, event)
        work.change(event, waiting=event.waiting - waited)
        work.change(booking, standing=Standing.booked.value, waiting_since=None, answered_at=now, answered_by=by)
    mark(work, booking, came=True)
    return booking


@action("staffordshire_booking.tell")
def give_feedback(work: Work, booking: EventBooking, answers: FeedbackAnswers) -> EventBooking:
    """Write down how it was in their words, and what they wish for next. Refuses who did not come."""
    if not booking.came:
        raise refuse("They did not come to this event.", way_out="Mark them as there first, or write a wish.")
    told = taken(work, answers)
    work.change(booking, words_said=told.words_said or "", again=told.again)
    if told.wish:
        event = event_of(work, booking)
        person = work.get(YoungPerson, booking.young_person_id)
        wished = WishAnswers(wish=told.wish, art_form=None, said_on=event.on)
        _wish(work, person, wished)
    return booking


# ---- wishes
@action("staffordshire_wish.add")
def add_wish(work: Work, person: YoungPerson, answers: WishAnswers) -> Wish:
    """Write down what somebody wishes for. Refuses a day ahead."""
    return _wish(work, person, taken(work, answers))


@action("staffordshire_wish.change")
def change_wish(work: Work, wish: Wish, answers: WishAnswers, version: int | None = None) -> Wish:
    """Change what was written of a wish."""
    told = taken(work, answers)
    _not_ahead(work, told.said_on)
    work.change(wish, version, wish=told.wish, art_form=_code(told.art_form), said_on=told.said_on)
    return wish


@action("staffordshire_wish.meet")
def meet_wish(work: Work, wish: Wish, answers: WishMetAnswers) -> Wish:
    """Say which event came of a wish."""
    event = work.get(CulturalEvent, taken(work, answers).came_of_it_id)
    if event.authority_id != wish.authority_id:
        raise refuse("That event is another authority’s.", place="came_of_it_id", way_out="Choose one of your own.")
    work.change(wish, came_of_it_id=event.id)
    return wish


@action("staffordshire_wish.remove")
def remove_wish(work: Work, wish: Wish) -> None:
    """Remove a wish that was entered by mistake."""
    work.db.delete(wish)


def answers_of_wish(wish: Wish) -> WishAnswers:
    """A wish as the answers that would write it again."""
    form = ArtForm(wish.art_form) if wish.art_form else None
    return WishAnswers(wish=wish.wish, art_form=form, said_on=wish.said_on)


def works_towards(work: Work, person_id: int, on: date) -> bool:
    """Whether somebody works towards an award, as the plugins that keep enrolments say."""
    return rules.works_towards(award_standings(work, [person_id])[person_id], on)


def _wish(work: Work, person: YoungPerson, told: WishAnswers) -> Wish:
    _not_ahead(work, told.said_on)
    return work.add(
        Wish(
            authority_id=person.authority_id,
            young_person_id=person.id,
            wish=told.wish,
            art_form=_code(told.art_form),
            said_on=told.said_on,
            written_by=work.actor.name[:120],
        )
    )


def _not_ahead(work: Work, on: date) -> None:
    if on > work.today:
        raise refuse(f"{day(on)} is still to come.", place="said_on", way_out="Give the day they said it.")


def _code(form: ArtForm | None) -> str | None:
    return form.value if form else None


def _refuse_unheld(work: Work, event: CulturalEvent) -> None:
    if event.state == "called_off":
        raise refuse("This event was called off.", way_out="Nobody was there; leave attendance as it is.")
    work.heed(rules.has_begun(event.on, work.today))


def _held(work: Work, event: CulturalEvent) -> None:
    """Attendance says that an event was held; whoever takes it need not say so twice."""
    if event.state in ("planned", "open", "full"):
        work.move(event, "hold")


def award_findings(work: Work, booking: EventBooking) -> list[Finding]:
    """What R-EVT-1 has to say of somebody who came."""
    event = event_of(work, booking)
    return rules.has_award(works_towards(work, booking.young_person_id, event.on), work.policy_of(event))
