"""What is kept of creative mentors and their checks: DOMAIN §5."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ColumnElement,
    Date,
    ForeignKey,
    Integer,
    String,
    UniqueConstraint,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.among import among
from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition
from cmcore.base.records import Kept, OfAuthority, Record, code, one_of, sensitive
from cmcore.mentors.words import CheckKind
from cmcore.safekeeping.access import reach
from cmcore.safekeeping.scope import Grant, Scope

MENTOR_LIFE = Lifecycle(
    "mentor",
    (
        State("applicant", "Applicant"),
        State("onboarding", "Onboarding"),
        State("active", "Active"),
        State("paused", "Paused"),
        State("left", "Left", ended=True),
    ),
    (
        Transition("take_on", ("applicant",), "onboarding", "Take on"),
        Transition("activate", ("onboarding",), "active", "Make active", guards=("checks",)),
        Transition("pause", ("active",), "paused", "Pause", needs_reason=True),
        Transition("resume", ("paused",), "active", "Resume", guards=("checks",)),
        Transition("leave", ("applicant", "onboarding", "active", "paused"), "left", "Leave", needs_reason=True),
        Transition("return", ("left",), "onboarding", "Come back", needs_reason=True),
    ),
)


class Mentor(Kept, Stateful, Record):
    """A freelance artist who works one to one with young people, for one authority or several."""

    __tablename__ = "cm_mentor"
    life = MENTOR_LIFE
    about: ClassVar[str] = "mentor"
    retention: ClassVar[str] = "mentor"
    words: ClassVar[tuple[str, str]] = ("mentor", "mentors")

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    name: Mapped[str] = mapped_column(String(120), nullable=False, index=True)
    email: Mapped[str] = mapped_column(String(200), nullable=False, default="", info=sensitive())
    phone: Mapped[str] = mapped_column(String(40), nullable=False, default="", info=sensitive())
    #: Film, drama, music and so on, in the mentor's own words.
    art_forms: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    least_age: Mapped[int | None] = mapped_column(Integer)
    most_age: Mapped[int | None] = mapped_column(Integer)
    postcode_district: Mapped[str] = mapped_column(String(5), nullable=False, default="")
    travel_miles: Mapped[int | None] = mapped_column(Integer)
    #: How many young people the mentor takes on at a time.
    capacity: Mapped[int | None] = mapped_column(Integer)
    availability: Mapped[str] = mapped_column(String(500), nullable=False, default="")
    drives: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    #: The authority that keeps the mentor's record.
    home_authority_id: Mapped[int] = mapped_column(ForeignKey("cm_authority.id"), nullable=False, index=True)

    checks: Mapped[list[MentorCheck]] = relationship(
        back_populates="mentor", order_by="MentorCheck.issued_on, MentorCheck.id"
    )
    works_for: Mapped[list[MentorAuthority]] = relationship(back_populates="mentor")

    @property
    def authority_id(self) -> int:
        """The authority that keeps the record, and in whose audit chain it stands."""
        return self.home_authority_id

    @classmethod
    def within_authorities(cls, ids: Sequence[int]) -> ColumnElement[bool]:
        """Mentors who work for these authorities."""
        return cls.id.in_(_working_for(ids))

    def __str__(self) -> str:
        """The mentor's name."""
        return self.name


class MentorAuthority(OfAuthority, Record):
    """That a mentor works for an authority."""

    __tablename__ = "cm_mentor_authority"
    __table_args__ = (UniqueConstraint("authority_id", "mentor_id"),)
    about: ClassVar[str] = "mentor"
    retention: ClassVar[str] = "mentor"
    words: ClassVar[tuple[str, str]] = ("authority worked for", "authorities worked for")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)

    mentor: Mapped[Mentor] = relationship(back_populates="works_for")


class MentorCheck(Kept, Record):
    """One check of a mentor: that it was seen, by whom and when. There is no field for what a certificate says."""

    __tablename__ = "cm_mentor_check"
    __table_args__ = (
        one_of("kind_of_check", CheckKind),
        CheckConstraint("expires_on IS NULL OR issued_on <= expires_on", name="in_order"),
        CheckConstraint(
            "(seen_on IS NULL AND seen_by = '') OR (seen_on IS NOT NULL AND seen_by <> '')", name="seen_by_and_on"
        ),
    )
    about: ClassVar[str] = "mentor"
    retention: ClassVar[str] = "mentor"
    words: ClassVar[tuple[str, str]] = ("check", "checks")
    #: No form is filled in about a check, so that no copy of a certificate, and nothing it says, is kept beside it.
    beside: ClassVar[bool] = False

    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)
    kind_of_check: Mapped[str] = mapped_column(code(), nullable=False)
    issued_on: Mapped[date] = mapped_column(Date, nullable=False)
    expires_on: Mapped[date | None] = mapped_column(Date)
    #: Insurance cover in pence.
    cover_pence: Mapped[int | None] = mapped_column(Integer)
    #: Whether a business car insurance covers carrying young people (R-INS-3); nothing where it was not looked at.
    covers_passengers: Mapped[bool | None] = mapped_column(Boolean)
    #: The last characters of the reference only.
    masked_reference: Mapped[str] = mapped_column(String(20), nullable=False, default="")
    seen_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    seen_on: Mapped[date | None] = mapped_column(Date)

    mentor: Mapped[Mentor] = relationship(back_populates="checks")

    @property
    def authority_id(self) -> int | None:
        """The authority that keeps the mentor's record."""
        return self.mentor.home_authority_id if self.mentor is not None else None

    @classmethod
    def within_authorities(cls, ids: Sequence[int]) -> ColumnElement[bool]:
        """Checks of mentors who work for these authorities."""
        return cls.mentor_id.in_(_working_for(ids))

    def __str__(self) -> str:
        """The kind of check."""
        return CheckKind.say(self.kind_of_check)


def _working_for(ids: Sequence[int]) -> Any:
    link = MentorAuthority.__table__
    return select(link.c.mentor_id).where(among(link.c.authority_id, ids))


@reach("self")
def _the_mentor_alone(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """A mentor's own record and what hangs on it."""
    ids = [grant.mentor_id for grant in grants if grant.mentor_id is not None]
    column = record.id if record.kind() == "mentor" else record.mentor_id
    found: ColumnElement[bool] = column.in_(ids)
    return found
