"""What is kept of a young person: DOMAIN §3."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.periods import Period, age_on, key_stage, year_group, year_group_words
from cmcore.base.records import (
    Kept,
    OfAuthority,
    OfYoungPerson,
    Record,
    code,
    of_young_person,
    one_of,
    parent,
    sensitive,
)
from cmcore.virtual_schools.records import Setting
from cmcore.young_people.words import CareStatus, EducationStatus, SendLevel, Sex


class YoungPerson(Kept, OfAuthority, Record):
    """A child in care, a care leaver or another young person the virtual school answers for."""

    __tablename__ = "cm_young_person"
    __table_args__ = (
        parent(),
        UniqueConstraint("authority_id", "child_id"),
        UniqueConstraint("authority_id", "upn"),
        Index("ix_cm_young_person_family", "authority_id", "family_name", "given_name", "id"),
        one_of("care_status", CareStatus),
        one_of("sex", Sex),
        CheckConstraint(
            "ceased_on IS NULL OR looked_after_from IS NULL OR looked_after_from <= ceased_on", name="care_in_order"
        ),
    )
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "child"
    words: ClassVar[tuple[str, str]] = ("young person", "young people")

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    #: The statutory return carries no names, so a young person may be known by reference only.
    given_name: Mapped[str] = mapped_column(String(100), nullable=False, default="", info=sensitive())
    family_name: Mapped[str] = mapped_column(String(100), nullable=False, default="", info=sensitive())
    preferred_name: Mapped[str] = mapped_column(String(100), nullable=False, default="", info=sensitive())
    born_on: Mapped[date] = mapped_column(Date, nullable=False, info=sensitive())
    sex: Mapped[str] = mapped_column(code(2), nullable=False, default=Sex.unknown)
    ethnicity: Mapped[str] = mapped_column(code(8), nullable=False, default="", info=sensitive())
    #: The unique pupil number, or nothing with a reason (UN1 to UN5).
    upn: Mapped[str | None] = mapped_column(String(13), info=sensitive())
    upn_unknown: Mapped[str] = mapped_column(code(3), nullable=False, default="")
    #: The authority's own identifier, as in its statutory return.
    child_id: Mapped[str | None] = mapped_column(String(40), info=sensitive())
    care_status: Mapped[str] = mapped_column(code(), nullable=False, default=CareStatus.looked_after)
    looked_after_from: Mapped[date | None] = mapped_column(Date)
    ceased_on: Mapped[date | None] = mapped_column(Date)
    died_on: Mapped[date | None] = mapped_column(Date, info=sensitive())
    #: The day an unaccompanied asylum-seeking child stops being one; nothing for others.
    unaccompanied_until: Mapped[date | None] = mapped_column(Date, info=sensitive())
    phone: Mapped[str] = mapped_column(String(40), nullable=False, default="", info=sensitive())

    @property
    def initials(self) -> str:
        """The initials people write in messages ("M.B."); the reference where no name is known."""
        letters = [
            name.strip()[0].upper()
            for name in (self.preferred_name or self.given_name, self.family_name)
            if name.strip()
        ]
        return "".join(f"{letter}." for letter in letters) or self.ref

    @property
    def full_name(self) -> str:
        """Preferred or given name and family name; the reference where no name is known."""
        return f"{self.preferred_name or self.given_name} {self.family_name}".strip() or self.ref

    def age(self, on: date) -> int:
        """Whole years of age on a day."""
        return age_on(self.born_on, on)

    def year_group(self, on: date) -> str:
        """The school year on a day, in words; empty outside school age."""
        return year_group_words(year_group(self.born_on, on))

    def key_stage(self, on: date) -> str:
        """The key stage on a day."""
        return key_stage(self.born_on, on)

    def __str__(self) -> str:
        """Initials and reference, never the name."""
        initials = self.initials
        return f"{initials} {self.ref}" if initials != self.ref else self.ref


class CareEpisode(Kept, OfYoungPerson, Record):
    """A spell in care under one legal status in one placement, as the statutory return tells it."""

    __tablename__ = "cm_care_episode"
    __table_args__ = (
        parent(),
        of_young_person(),
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="in_order"),
    )
    words: ClassVar[tuple[str, str]] = ("care episode", "care episodes")

    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date | None] = mapped_column(Date)
    reason_new: Mapped[str] = mapped_column(code(4), nullable=False, default="")
    legal_status: Mapped[str] = mapped_column(code(4), nullable=False, default="")
    need: Mapped[str] = mapped_column(code(4), nullable=False, default="", info=sensitive())
    placement: Mapped[str] = mapped_column(code(4), nullable=False, default="")
    provider: Mapped[str] = mapped_column(code(4), nullable=False, default="")
    reason_ceased: Mapped[str] = mapped_column(code(4), nullable=False, default="")
    #: The Ofsted number of the placement, as written.
    placement_urn: Mapped[str] = mapped_column(String(12), nullable=False, default="")
    setting_id: Mapped[int | None] = mapped_column(ForeignKey("cm_setting.id"), index=True)

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(CareEpisode.young_person_id) == YoungPerson.id"
    )
    setting: Mapped[Setting | None] = relationship()

    def __str__(self) -> str:
        """When it began."""
        return f"care episode from {self.starts_on:%d/%m/%Y}"


class EducationSpell(Kept, OfYoungPerson, Record):
    """A spell at a setting, or without one, with how the young person stood to school."""

    __tablename__ = "cm_education_spell"
    __table_args__ = (
        parent(),
        of_young_person(),
        one_of("status", EducationStatus),
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="in_order"),
        CheckConstraint("attendance IS NULL OR (attendance >= 0 AND attendance <= 100)", name="attendance_is_a_share"),
        Index("ix_cm_education_spell_at", "setting_id", "starts_on"),
    )
    words: ClassVar[tuple[str, str]] = ("education spell", "education spells")

    setting_id: Mapped[int | None] = mapped_column(ForeignKey("cm_setting.id"))
    status: Mapped[str] = mapped_column(code(), nullable=False)
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date | None] = mapped_column(Date)
    #: Attendance in per cent, one decimal place.
    attendance: Mapped[Decimal | None] = mapped_column(Numeric(4, 1))

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(EducationSpell.young_person_id) == YoungPerson.id"
    )
    setting: Mapped[Setting | None] = relationship()

    @property
    def period(self) -> Period:
        """The days it lasted."""
        return Period(self.starts_on, self.ends_on)

    def __str__(self) -> str:
        """How the young person stood to school, from when."""
        return f"{EducationStatus.say(self.status)} from {self.starts_on:%d/%m/%Y}"


class SendStatus(Kept, OfYoungPerson, Record):
    """Special educational needs support over a period."""

    __tablename__ = "cm_send_status"
    __table_args__ = (
        parent(),
        of_young_person(),
        one_of("level", SendLevel),
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="in_order"),
    )
    words: ClassVar[tuple[str, str]] = ("SEND status", "SEND statuses")

    level: Mapped[str] = mapped_column(code(), nullable=False)
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date | None] = mapped_column(Date)
    #: What the need is, in a few words.
    need: Mapped[str] = mapped_column(String(200), nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(SendStatus.young_person_id) == YoungPerson.id"
    )

    def __str__(self) -> str:
        """The level, from when."""
        return f"{SendLevel.say(self.level)} from {self.starts_on:%d/%m/%Y}"
