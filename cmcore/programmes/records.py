"""What is kept of an authority's programmes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cmcore.base.records import Kept, OfAuthority, Record, code, parent


class Programme(Kept, OfAuthority, Record):
    """One programme an authority runs, of a declared type."""

    __tablename__ = "cm_programme"
    __table_args__ = (parent(), UniqueConstraint("authority_id", "key"))
    about: ClassVar[str] = "authority"
    retention: ClassVar[str] = "authority"
    words: ClassVar[tuple[str, str]] = ("programme", "programmes")

    key: Mapped[str] = mapped_column(code(), nullable=False)
    title: Mapped[str] = mapped_column(String(120), nullable=False)
    type_key: Mapped[str] = mapped_column(code(60), nullable=False)
    #: The measure set new work is scored with, for example "eight@1".
    measure_set: Mapped[str] = mapped_column(code(), nullable=False)
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    #: Hours a new commission begins with.
    usual_hours: Mapped[int | None] = mapped_column(Integer)
    open_to_referrals: Mapped[bool] = mapped_column(Boolean, nullable=False, default=True)

    def __str__(self) -> str:
        """Its title."""
        return self.title
