"""What is kept of the programme: cohorts, the places of schools in them, their staff and training days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import (
    Instant,
    Kept,
    Line,
    OfAuthority,
    OfSetting,
    Record,
    Setting,
    Stateful,
    academic_year_name,
    code,
    one_of,
    parent,
    within,
)
from cmcore_attachment_aware.programme import PROGRAMME_TYPE
from cmcore_attachment_aware.words import Indicator, StaffRole

KEEPING = "attachment_aware"
PLACE = "cmp_attachment_aware_place"


def of_place(column: str = "attachment_aware_place_id") -> ForeignKeyConstraint:
    """A foreign key to a place of the same school: the database refuses what would reach another school's staff."""
    return ForeignKeyConstraint(
        ["authority_id", "setting_id", column], [f"{PLACE}.authority_id", f"{PLACE}.setting_id", f"{PLACE}.id"]
    )


def of_school() -> UniqueConstraint:
    """What a table needs so that others can point at it within one school."""
    return UniqueConstraint("authority_id", "setting_id", "id")


class AwareCohort(Kept, OfAuthority, Record):
    """The cohort of one academic year: how many schools it takes, and how many hold a place or wait for one."""

    __tablename__ = "cmp_attachment_aware_cohort"
    __table_args__ = (
        parent(),
        UniqueConstraint("authority_id", "year"),
        CheckConstraint("starts_on < ends_on", name="in_order"),
        # R-AAS-1 once more, whoever writes.
        CheckConstraint("taken >= 0 AND taken <= places", name="taken_within_places"),
        CheckConstraint("waiting >= 0", name="waiting_is_a_count"),
    )
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("cohort of schools", "cohorts of schools")

    #: The calendar year in which the academic year begins.
    year: Mapped[int] = mapped_column(Integer, nullable=False)
    places: Mapped[int] = mapped_column(Integer, nullable=False)
    apply_by_on: Mapped[date | None] = mapped_column(Date)
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date] = mapped_column(Date, nullable=False)
    led_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    #: How many places are taken, and how many schools wait for one.
    taken: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    waiting: Mapped[int] = mapped_column(Integer, nullable=False, default=0)

    @property
    def free(self) -> int:
        """How many places are free."""
        return self.places - self.taken

    @property
    def name(self) -> str:
        """Its academic year: "2026-27"."""
        return academic_year_name(self.year)

    def __str__(self) -> str:
        """Which year's."""
        return f"Cohort {self.name}"


class AwarePlace(Kept, OfSetting, Stateful, Record):
    """One school in one cohort, from its application to graduation."""

    __tablename__ = PLACE
    __table_args__ = (
        parent(),
        of_school(),
        within("cmp_attachment_aware_cohort", "attachment_aware_cohort_id"),
        UniqueConstraint("authority_id", "attachment_aware_cohort_id", "setting_id"),
        UniqueConstraint("authority_id", "attachment_aware_cohort_id", "in_line"),
        CheckConstraint("(state = 'waiting') = (in_line IS NOT NULL)", name="waiting_stands_in_line"),
        CheckConstraint("staff_expected >= 1", name="somebody_comes"),
        one_of("lead_role", StaffRole),
        Index("ix_cmp_attachment_aware_place_line", "attachment_aware_cohort_id", "state", "in_line"),
    )
    life = PROGRAMME_TYPE.lifecycle
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("school in the programme", "schools in the programme")

    attachment_aware_cohort_id: Mapped[int] = mapped_column(Integer, nullable=False)
    applied_on: Mapped[date] = mapped_column(Date, nullable=False)
    why: Mapped[str] = mapped_column(Text, nullable=False)
    lead_name: Mapped[str] = mapped_column(String(120), nullable=False)
    lead_role: Mapped[str] = mapped_column(code(), nullable=False)
    lead_email: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    head_name: Mapped[str] = mapped_column(String(120), nullable=False)
    head_agreed_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: How many staff are to take part.
    staff_expected: Mapped[int] = mapped_column(Integer, nullable=False)
    #: Its number in the line while it waits: who was put on the list first has the lowest. Numbers may have gaps.
    in_line: Mapped[int | None] = mapped_column(Integer)
    waiting_on: Mapped[date | None] = mapped_column(Date)
    offered_on: Mapped[date | None] = mapped_column(Date)
    answer_by_on: Mapped[date | None] = mapped_column(Date)
    #: Why it was offered a place before schools that waited longer.
    out_of_turn: Mapped[str] = mapped_column(String(500), nullable=False, default="")
    joined_on: Mapped[date | None] = mapped_column(Date)
    graduated_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    #: The day the school was told of the last decision; nothing while it waits to be told.
    told_on: Mapped[date | None] = mapped_column(Date)

    setting: Mapped[Setting] = relationship()
    cohort: Mapped[AwareCohort] = relationship(
        primaryjoin="foreign(AwarePlace.attachment_aware_cohort_id) == AwareCohort.id"
    )

    def __str__(self) -> str:
        """The school and the year."""
        return f"{self.setting.name}, {self.cohort.name}"


class AwareStaff(Kept, OfSetting, Record):
    """One of the staff of a school who takes part in the year."""

    __tablename__ = "cmp_attachment_aware_staff"
    __table_args__ = (
        parent(),
        of_school(),
        of_place(),
        one_of("role", StaffRole),
        CheckConstraint("left_on IS NULL OR joined_on <= left_on", name="in_order"),
    )
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("member of staff", "staff who take part")

    attachment_aware_place_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    name: Mapped[str] = mapped_column(String(120), nullable=False)
    role: Mapped[str] = mapped_column(code(), nullable=False)
    joined_on: Mapped[date] = mapped_column(Date, nullable=False)
    left_on: Mapped[date | None] = mapped_column(Date)

    place: Mapped[AwarePlace] = relationship(
        primaryjoin="foreign(AwareStaff.attachment_aware_place_id) == AwarePlace.id"
    )

    def __str__(self) -> str:
        """Their name."""
        return self.name


class AwareDay(Kept, OfAuthority, Record):
    """One training day of a cohort."""

    __tablename__ = "cmp_attachment_aware_day"
    __table_args__ = (
        parent(),
        within("cmp_attachment_aware_cohort", "attachment_aware_cohort_id"),
        CheckConstraint("starts_at < ends_at", name="in_order"),
        Index("ix_cmp_attachment_aware_day_days", "authority_id", "starts_at"),
    )
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("training day", "training days")

    attachment_aware_cohort_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    title: Mapped[str] = mapped_column(String(160), nullable=False)
    about_what: Mapped[str] = mapped_column(Text, nullable=False, default="")
    held_on: Mapped[date] = mapped_column(Date, nullable=False)
    starts_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    ends_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    venue: Mapped[str] = mapped_column(String(160), nullable=False)
    led_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    called_off_because: Mapped[str] = mapped_column(String(500), nullable=False, default="")

    cohort: Mapped[AwareCohort] = relationship(
        primaryjoin="foreign(AwareDay.attachment_aware_cohort_id) == AwareCohort.id"
    )

    @property
    def called_off(self) -> bool:
        """Whether it does not take place."""
        return self.called_off_because != ""

    def __str__(self) -> str:
        """What it is called."""
        return self.title


class AwareAttendance(Kept, OfSetting, Record):
    """Whether one of the staff came to one training day."""

    __tablename__ = "cmp_attachment_aware_attendance"
    __table_args__ = (
        within("cmp_attachment_aware_day", "attachment_aware_day_id"),
        ForeignKeyConstraint(
            ["authority_id", "setting_id", "attachment_aware_staff_id"],
            [f"cmp_attachment_aware_staff.{name}" for name in ("authority_id", "setting_id", "id")],
        ),
        UniqueConstraint("authority_id", "attachment_aware_day_id", "attachment_aware_staff_id"),
        Index("ix_cmp_attachment_aware_attendance_staff", "attachment_aware_staff_id", "came"),
    )
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("attendance", "attendances")

    attachment_aware_day_id: Mapped[int] = mapped_column(Integer, nullable=False)
    attachment_aware_staff_id: Mapped[int] = mapped_column(Integer, nullable=False)
    came: Mapped[bool] = mapped_column(Boolean, nullable=False)
    marked_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    marked_by: Mapped[str] = mapped_column(String(120), nullable=False)

    def __str__(self) -> str:
        """Whether somebody came, never who."""
        return "came" if self.came else "did not come"


class AwareRelease(Kept, OfAuthority, Record):
    """One line of the account as a reader outside has it: an indicator of a cohort, and the sums that were shown.

    Without it nobody could tell what a later account gives away beside this one (R-SUP-1), so it is kept as long as the
    authority is. It holds nothing but what was given out, and which counts it was made of, without their numbers.
    """

    __tablename__ = "cmp_attachment_aware_release"
    __table_args__ = (
        within("cmp_attachment_aware_cohort", "attachment_aware_cohort_id"),
        one_of("indicator", Indicator),
        CheckConstraint("counted >= 1 AND schools >= counted", name="of_schools"),
        CheckConstraint("before_number >= 0 AND before_out_of >= 1", name="counted_before"),
        CheckConstraint("after_number >= 0 AND after_out_of >= 1", name="counted_after"),
    )
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("line given out", "lines given out")

    attachment_aware_cohort_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    indicator: Mapped[str] = mapped_column(code(), nullable=False)
    #: How many schools took part then, and how many of them were counted before and after.
    schools: Mapped[int] = mapped_column(Integer, nullable=False)
    counted: Mapped[int] = mapped_column(Integer, nullable=False)
    before_number: Mapped[int] = mapped_column(Integer, nullable=False)
    before_out_of: Mapped[int] = mapped_column(Integer, nullable=False)
    after_number: Mapped[int] = mapped_column(Integer, nullable=False)
    after_out_of: Mapped[int] = mapped_column(Integer, nullable=False)
    #: Which counts are summed, as the school and the state of its counts; nothing in lines from before it was kept.
    which: Mapped[list[list[Any]] | None] = mapped_column(JSON(none_as_null=True), nullable=True)
    #: The day these figures were first given out.
    given_out_on: Mapped[date] = mapped_column(Date, nullable=False)

    def __str__(self) -> str:
        """Which indicator, and when it was given out."""
        return f"{Indicator.say(self.indicator)}, given out on {self.given_out_on:%d/%m/%Y}"


def metadata() -> MetaData:
    """Every table there is; the line looks at its own. Those of the school's own work are read with them."""
    from cmcore_attachment_aware import schoolwork

    return schoolwork.AwareProject.metadata


#: The plugin's line of migrations.
LINE = Line("attachment_aware", "cmcore_attachment_aware.migrations:versions", ("cmp_attachment_aware_",), metadata)
