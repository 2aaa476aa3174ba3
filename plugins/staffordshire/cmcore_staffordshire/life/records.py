"""What is kept of a young person's lessons, clubs, work experience, and of what was pointed out to them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, Date, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import Kept, OfYoungPerson, Record, YoungPerson, code, of_young_person, one_of, parent, sensitive
from cmcore_staffordshire.life.words import (
    Became,
    ClubKind,
    Employer,
    InstrumentFrom,
    InTheWay,
    LessonKind,
    Often,
    Payer,
    Thing,
    Went,
)


def _in_order() -> CheckConstraint:
    return CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="in_order")


class MusicLesson(Kept, OfYoungPerson, Record):
    """Lessons of one instrument, or of singing, with one teacher or service, for as long as they go on."""

    __tablename__ = "cmp_staffordshire_lesson"
    __table_args__ = (
        of_young_person(),
        one_of("lesson_kind", LessonKind),
        one_of("how_often", Often),
        one_of("paid_by", Payer, empty=True),
        one_of("instrument_from", InstrumentFrom),
        _in_order(),
        Index("ix_cmp_staffordshire_lesson_days", "authority_id", "ends_on"),
    )
    words: ClassVar[tuple[str, str]] = ("music lesson", "music lessons")

    instrument: Mapped[str] = mapped_column(String(80), nullable=False)
    lesson_kind: Mapped[str] = mapped_column(code(), nullable=False)
    provider: Mapped[str] = mapped_column(String(200), nullable=False, info=sensitive())
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: The last lesson, planned or past; nothing while nobody knows of an end.
    ends_on: Mapped[date | None] = mapped_column(Date)
    how_often: Mapped[str] = mapped_column(code(), nullable=False)
    minutes: Mapped[int | None] = mapped_column(Integer)
    #: For a term, in whole pence; nothing where it is not known.
    cost_pence: Mapped[int | None] = mapped_column(Integer)
    paid_by: Mapped[str | None] = mapped_column(code())
    instrument_from: Mapped[str] = mapped_column(code(), nullable=False)
    back_by_on: Mapped[date | None] = mapped_column(Date)
    ended_because: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    words_said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(MusicLesson.young_person_id) == YoungPerson.id"
    )

    def __str__(self) -> str:
        """That it is a lesson of an instrument."""
        return f"lessons: {self.instrument.lower()}"


class Signpost(Kept, OfYoungPerson, Record):
    """Something that was pointed out to a young person or those around them, by whom, and what came of it."""

    __tablename__ = "cmp_staffordshire_signpost"
    __table_args__ = (
        parent(),
        of_young_person(),
        one_of("thing", Thing),
        one_of("became", Became, empty=True),
        one_of("in_the_way", InTheWay, empty=True),
        CheckConstraint("(became IS NULL) = (heard_on IS NULL)", name="became_has_its_day"),
        Index("ix_cmp_staffordshire_signpost_open", "authority_id", "became", "ask_again_on"),
    )
    words: ClassVar[tuple[str, str]] = ("signpost", "signposts")

    what: Mapped[str] = mapped_column(String(300), nullable=False, info=sensitive())
    thing: Mapped[str] = mapped_column(code(), nullable=False)
    told: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    pointed_out_on: Mapped[date] = mapped_column(Date, nullable=False)
    pointed_out_by: Mapped[str] = mapped_column(String(120), nullable=False)
    #: When somebody asks what came of it.
    ask_again_on: Mapped[date | None] = mapped_column(Date)
    became: Mapped[str | None] = mapped_column(code())
    heard_on: Mapped[date | None] = mapped_column(Date)
    in_the_way: Mapped[str | None] = mapped_column(code())
    became_note: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(Signpost.young_person_id) == YoungPerson.id")

    def __str__(self) -> str:
        """What kind of thing it points to."""
        return f"signpost to {Thing.say(self.thing).lower()}"


class Club(Kept, OfYoungPerson, Record):
    """A club or group a young person goes to, for as long as they go."""

    __tablename__ = "cmp_staffordshire_club"
    __table_args__ = (
        of_young_person(),
        one_of("club_kind", ClubKind),
        one_of("how_often", Often),
        one_of("paid_by", Payer, empty=True),
        _in_order(),
        Index("ix_cmp_staffordshire_club_days", "authority_id", "ends_on"),
    )
    words: ClassVar[tuple[str, str]] = ("club", "clubs")

    name: Mapped[str] = mapped_column(String(200), nullable=False, info=sensitive())
    club_kind: Mapped[str] = mapped_column(code(), nullable=False)
    place: Mapped[str] = mapped_column(String(200), nullable=False, default="", info=sensitive())
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date | None] = mapped_column(Date)
    how_often: Mapped[str] = mapped_column(code(), nullable=False)
    cost_pence: Mapped[int | None] = mapped_column(Integer)
    paid_by: Mapped[str | None] = mapped_column(code())
    ended_because: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    words_said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(Club.young_person_id) == YoungPerson.id")

    def __str__(self) -> str:
        """What kind of club it is, never which."""
        return f"club: {ClubKind.say(self.club_kind).lower()}"


class WorkExperience(Kept, OfYoungPerson, Record):
    """A time with an arts organisation or another employer: in which role, how long, how it went."""

    __tablename__ = "cmp_staffordshire_work"
    __table_args__ = (
        of_young_person(),
        one_of("employer_kind", Employer),
        one_of("went", Went, empty=True),
        _in_order(),
        Index("ix_cmp_staffordshire_work_days", "authority_id", "starts_on"),
    )
    words: ClassVar[tuple[str, str]] = ("work experience", "work experience")

    employer: Mapped[str] = mapped_column(String(200), nullable=False, info=sensitive())
    employer_kind: Mapped[str] = mapped_column(code(), nullable=False)
    role: Mapped[str] = mapped_column(String(200), nullable=False)
    contact: Mapped[str] = mapped_column(String(200), nullable=False, default="", info=sensitive())
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: Whole hours in all, planned and then as they were.
    hours: Mapped[int | None] = mapped_column(Integer)
    risk_seen_on: Mapped[date | None] = mapped_column(Date)
    risk_seen_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    went: Mapped[str | None] = mapped_column(code())
    how_it_went: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    words_said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(WorkExperience.young_person_id) == YoungPerson.id"
    )

    def __str__(self) -> str:
        """With what kind of employer, never which."""
        return (
            f"work experience with {Employer.say(self.employer_kind)[:1].lower()}{Employer.say(self.employer_kind)[1:]}"
        )
