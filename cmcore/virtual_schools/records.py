"""What is kept of authorities and settings: DOMAIN §3."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.among import among
from cmcore.base.records import Kept, OfAuthority, Record, code, one_of
from cmcore.virtual_schools.words import SettingKind


class Authority(Kept, Record):
    """An English local authority with its virtual school; nearly every other record belongs to exactly one."""

    __tablename__ = "cm_authority"
    __table_args__ = (CheckConstraint("length(code) = 3", name="code_has_three_digits"),)
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("authority", "authorities")

    name: Mapped[str] = mapped_column(String(120), nullable=False)
    school_name: Mapped[str] = mapped_column(String(120), nullable=False)
    #: The three-digit code of the Department for Education.
    code: Mapped[str] = mapped_column(String(3), nullable=False, unique=True)
    region: Mapped[str] = mapped_column(String(60), nullable=False, default="")
    #: The letters its references begin with ("WR-0417").
    prefix: Mapped[str] = mapped_column(String(6), nullable=False, unique=True)
    duty_phone: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    duty_name: Mapped[str] = mapped_column(String(120), nullable=False, default="Duty social worker")
    #: Changes to the rules, rule id to severity, from and thresholds; checked when they are set.
    policy: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)

    @classmethod
    def within_authorities(cls, ids: list[int]) -> Any:
        """The authorities themselves."""
        return among(cls.id, ids)

    def __str__(self) -> str:
        """Its name."""
        return self.name


class TermDates(Kept, OfAuthority, Record):
    """One term of one academic year, as the authority sets it."""

    __tablename__ = "cm_term_dates"
    __table_args__ = (
        UniqueConstraint("authority_id", "year", "name"),
        CheckConstraint("starts_on <= ends_on", name="in_order"),
    )
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("term", "terms")

    #: The calendar year in which the academic year begins.
    year: Mapped[int] = mapped_column(Integer, nullable=False)
    name: Mapped[str] = mapped_column(String(40), nullable=False)
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date] = mapped_column(Date, nullable=False)

    def __str__(self) -> str:
        """Its name and year."""
        return f"{self.name} {self.year}"


class Federation(Kept, Record):
    """Schools that work as one, from the public register; shared by all authorities."""

    __tablename__ = "cm_federation"
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "public register"
    words: ClassVar[tuple[str, str]] = ("federation", "federations")

    code: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    name: Mapped[str] = mapped_column(String(200), nullable=False)

    @classmethod
    def within_authorities(cls, ids: list[int]) -> Any:
        """The public register is open to every authority."""
        return cls.id > 0

    def __str__(self) -> str:
        """Its name."""
        return self.name


class Setting(Kept, Record):
    """A school, college, home or other place: from the public register, or an authority's own that no other sees."""

    __tablename__ = "cm_setting"
    __table_args__ = (one_of("kind_of_setting", SettingKind), Index("ix_cm_setting_name", "name"))
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "public register"
    words: ClassVar[tuple[str, str]] = ("setting", "settings")

    name: Mapped[str] = mapped_column(String(200), nullable=False)
    kind_of_setting: Mapped[str] = mapped_column(code(), nullable=False)
    #: The unique reference number of the public register; nothing for a place that is not in it.
    urn: Mapped[int | None] = mapped_column(Integer, unique=True)
    #: The three-digit code and the name of the authority it lies in.
    la_code: Mapped[str] = mapped_column(String(3), nullable=False, default="", index=True)
    la_name: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    type_name: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    phase: Mapped[str] = mapped_column(String(60), nullable=False, default="")
    opened_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    low_age: Mapped[int | None] = mapped_column(Integer)
    high_age: Mapped[int | None] = mapped_column(Integer)
    street: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    locality: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    town: Mapped[str] = mapped_column(String(100), nullable=False, default="")
    county: Mapped[str] = mapped_column(String(100), nullable=False, default="")
    postcode: Mapped[str] = mapped_column(String(10), nullable=False, default="")
    #: Metres east and north on the British National Grid; nothing where the register does not say.
    easting: Mapped[int | None] = mapped_column(Integer)
    northing: Mapped[int | None] = mapped_column(Integer)
    phone: Mapped[str] = mapped_column(String(40), nullable=False, default="")
    trust: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    federation_id: Mapped[int | None] = mapped_column(ForeignKey("cm_federation.id"), index=True)
    #: The authority that added it; nothing where it comes from the public register.
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("cm_authority.id"), index=True)
    notes: Mapped[str] = mapped_column(Text, nullable=False, default="")

    federation: Mapped[Federation | None] = relationship()

    @property
    def authority_id(self) -> int | None:
        """The authority it belongs to; nothing for a place of the public register."""
        return self.added_by_id

    @classmethod
    def within_authorities(cls, ids: list[int]) -> Any:
        """The public register, and what these authorities added."""
        return or_(cls.added_by_id.is_(None), among(cls.added_by_id, ids))

    def in_area_of(self, authority: Authority) -> bool:
        """Whether it lies in the authority's own area."""
        return self.la_code == authority.code

    def __str__(self) -> str:
        """Its name."""
        return self.name
