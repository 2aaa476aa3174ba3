"""What is kept of the adults around a young person: DOMAIN §3."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import Boolean, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.records import Kept, OfYoungPerson, Record, code, of_young_person, one_of, parent, sensitive
from cmcore.network.words import AdultRole
from cmcore.virtual_schools.records import Setting
from cmcore.young_people.records import YoungPerson


class SupportingAdult(Kept, OfYoungPerson, Record):
    """An adult around one young person, with how to reach them and whether they are called first."""

    __tablename__ = "cm_supporting_adult"
    __table_args__ = (parent(), of_young_person(), one_of("role", AdultRole))
    words: ClassVar[tuple[str, str]] = ("supporting adult", "supporting adults")

    role: Mapped[str] = mapped_column(code(), nullable=False)
    name: Mapped[str] = mapped_column(String(120), nullable=False, info=sensitive())
    organisation: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    phone: Mapped[str] = mapped_column(String(40), nullable=False, default="", info=sensitive())
    email: Mapped[str] = mapped_column(String(200), nullable=False, default="", info=sensitive())
    emergency_contact: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    setting_id: Mapped[int | None] = mapped_column(ForeignKey("cm_setting.id"), index=True)
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(SupportingAdult.young_person_id) == YoungPerson.id"
    )
    setting: Mapped[Setting | None] = relationship()

    def __str__(self) -> str:
        """Name and role."""
        return f"{self.name}, {AdultRole.say(self.role).lower()}"
