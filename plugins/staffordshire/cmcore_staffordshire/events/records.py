"""What is kept of events: DOMAIN §9.

An event counts the places that are taken itself, so that the database refuses one too many, and so that somebody who
sees only their own young people still reads how many are free.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import (
    Instant,
    Kept,
    Lifecycle,
    OfAuthority,
    OfYoungPerson,
    Record,
    State,
    Stateful,
    Transition,
    YoungPerson,
    code,
    local,
    of_young_person,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore_staffordshire.events.words import ArtForm, Standing, Transport
from cmcore_staffordshire.life.words import InTheWay

EVENT_LIFE = Lifecycle(
    "staffordshire_event",
    (
        State("planned", "Planned"),
        State("open", "Open for bookings"),
        State("full", "Full"),
        State("held", "Held", ended=True),
        State("called_off", "Called off", ended=True),
    ),
    (
        Transition("open", ("planned",), "open", "Open it for bookings"),
        Transition("fill", ("open",), "full", "Full"),
        Transition("free", ("full",), "open", "A place is free"),
        Transition("hold", ("planned", "open", "full"), "held", "It was held"),
        Transition("call_off", ("planned", "open", "full"), "called_off", "Call it off", needs_reason=True),
    ),
)
#: States in which an event is still to come.
AHEAD = ("planned", "open", "full")


class CulturalEvent(Kept, OfAuthority, Stateful, Record):
    """An event of the calendar: what, with whom, where, when, for whom, and how many can come."""

    __tablename__ = "cmp_staffordshire_event"
    __table_args__ = (
        parent(),
        one_of("art_form", ArtForm),
        one_of("transport", Transport),
        CheckConstraint("starts_at < ends_at", name="in_order"),
        CheckConstraint("youngest <= oldest", name="ages_in_order"),
        CheckConstraint("capacity >= 1", name="capacity_is_some"),
        # R-EVT-4 once more, whoever writes.
        CheckConstraint("taken >= 0 AND taken <= capacity", name="taken_within_capacity"),
        CheckConstraint("waiting >= 0", name="waiting_is_a_count"),
        Index("ix_cmp_staffordshire_event_days", "authority_id", "starts_at", "state"),
    )
    life = EVENT_LIFE
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("event", "events")

    title: Mapped[str] = mapped_column(String(160), nullable=False)
    description: Mapped[str] = mapped_column(Text, nullable=False, default="")
    art_form: Mapped[str] = mapped_column(code(), nullable=False)
    #: Who runs it.
    provider: Mapped[str] = mapped_column(String(160), nullable=False)
    place: Mapped[str] = mapped_column(String(160), nullable=False)
    address: Mapped[str] = mapped_column(String(300), nullable=False, default="")
    area: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    starts_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    ends_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    #: For whom, in whole years, and in words.
    youngest: Mapped[int] = mapped_column(Integer, nullable=False)
    oldest: Mapped[int] = mapped_column(Integer, nullable=False)
    for_whom: Mapped[str] = mapped_column(String(300), nullable=False, default="")
    access: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    transport: Mapped[str] = mapped_column(code(), nullable=False)
    capacity: Mapped[int] = mapped_column(Integer, nullable=False)
    #: What it costs the Virtual School in all, in whole pence; nothing where it is not known. Young people pay nothing.
    cost_pence: Mapped[int | None] = mapped_column(Integer)
    #: The award that can be worked towards there, in words.
    award: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    #: How many have a place, and how many wait for one.
    taken: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    waiting: Mapped[int] = mapped_column(Integer, nullable=False, default=0)

    @property
    def free(self) -> int:
        """How many places are free."""
        return self.capacity - self.taken

    @property
    def on(self) -> date:
        """The day it begins, in England."""
        return local(self.starts_at).date()

    def __str__(self) -> str:
        """What it is called."""
        return self.title


class EventBooking(Kept, OfYoungPerson, Record):
    """How one young person stands to one event: invited, booked, waiting; whether they came, and what they said."""

    __tablename__ = "cmp_staffordshire_booking"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cmp_staffordshire_event", "staffordshire_event_id"),
        UniqueConstraint("authority_id", "staffordshire_event_id", "young_person_id"),
        one_of("standing", Standing),
        one_of("in_the_way", InTheWay, empty=True),
        CheckConstraint("came IS NULL OR standing = 'booked'", name="came_was_booked"),
        CheckConstraint("(came IS NULL) = (marked_at IS NULL)", name="came_has_its_instant"),
        CheckConstraint("(standing = 'waiting') = (waiting_since IS NOT NULL)", name="waiting_has_its_instant"),
        Index("ix_cmp_staffordshire_booking_standing", "staffordshire_event_id", "standing", "came"),
        Index("ix_cmp_staffordshire_booking_of_person", "young_person_id", "came"),
    )
    words: ClassVar[tuple[str, str]] = ("place at an event", "places at events")

    staffordshire_event_id: Mapped[int] = mapped_column(Integer, nullable=False)
    standing: Mapped[str] = mapped_column(code(), nullable=False)
    invited_on: Mapped[date | None] = mapped_column(Date)
    #: When and by whom it was last said how they stand to it.
    answered_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    answered_by: Mapped[str] = mapped_column(String(120), nullable=False)
    waiting_since: Mapped[datetime | None] = mapped_column(Instant)
    wants_transport: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    #: What they need there.
    needs: Mapped[str] = mapped_column(String(500), nullable=False, default="", info=sensitive())
    #: What kept somebody away who said no or gave the place back.
    in_the_way: Mapped[str | None] = mapped_column(code())
    came: Mapped[bool | None] = mapped_column(Boolean)
    marked_at: Mapped[datetime | None] = mapped_column(Instant)
    marked_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    #: How it was, in their words, and whether they would come again.
    words_said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    again: Mapped[bool | None] = mapped_column(Boolean)

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(EventBooking.young_person_id) == YoungPerson.id"
    )
    event: Mapped[CulturalEvent] = relationship(
        primaryjoin="foreign(EventBooking.staffordshire_event_id) == CulturalEvent.id"
    )

    def __str__(self) -> str:
        """How they stand to it, never who or to what."""
        return f"place at an event: {Standing.say(self.standing).lower()}"


class Wish(Kept, OfYoungPerson, Record):
    """Something a young person wishes to do or see, in their words, and the event that came of it."""

    __tablename__ = "cmp_staffordshire_wish"
    __table_args__ = (
        of_young_person(),
        within("cmp_staffordshire_event", "came_of_it_id"),
        one_of("art_form", ArtForm, empty=True),
        Index("ix_cmp_staffordshire_wish_open", "authority_id", "came_of_it_id"),
    )
    words: ClassVar[tuple[str, str]] = ("wish", "wishes")

    wish: Mapped[str] = mapped_column(Text, nullable=False, info=sensitive())
    art_form: Mapped[str | None] = mapped_column(code())
    said_on: Mapped[date] = mapped_column(Date, nullable=False)
    written_by: Mapped[str] = mapped_column(String(120), nullable=False)
    came_of_it_id: Mapped[int | None] = mapped_column(Integer, index=True)

    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(Wish.young_person_id) == YoungPerson.id")
    came_of_it: Mapped[CulturalEvent | None] = relationship(
        primaryjoin="foreign(Wish.came_of_it_id) == CulturalEvent.id"
    )

    def __str__(self) -> str:
        """That it is a wish, never which."""
        return f"wish said on {self.said_on:%d/%m/%Y}"
