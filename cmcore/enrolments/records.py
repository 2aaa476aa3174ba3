"""What is kept of an enrolment: DOMAIN §4."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, object_session, relationship

from cmcore.base.lifecycle import Lifecycle, Stateful
from cmcore.base.records import Kept, OfAuthority, Record, code, of_young_person, one_of, parent, sensitive, within
from cmcore.programmes.creative_mentoring import ENROLMENT_LIFE
from cmcore.programmes.records import Programme
from cmcore.programmes.registry import programme_types
from cmcore.referrals.records import Referral
from cmcore.referrals.words import Rag
from cmcore.virtual_schools.records import Setting
from cmcore.young_people.records import YoungPerson


class Enrolment(Kept, OfAuthority, Stateful, Record):
    """A subject in a programme, following the life cycle of the programme's type."""

    __tablename__ = "cm_enrolment"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cm_programme", "programme_id"),
        within("cm_referral", "referral_id"),
        one_of("concern_at_start", Rag, empty=True),
        CheckConstraint("(young_person_id IS NULL) <> (setting_id IS NULL)", name="one_subject"),
        CheckConstraint("ended_on IS NULL OR started_on IS NULL OR started_on <= ended_on", name="in_order"),
        Index("ix_cm_enrolment_cohort", "programme_id", "state", "started_on"),
    )
    life = ENROLMENT_LIFE
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "child"
    words: ClassVar[tuple[str, str]] = ("enrolment", "enrolments")

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    young_person_id: Mapped[int | None] = mapped_column(Integer, index=True)
    setting_id: Mapped[int | None] = mapped_column(ForeignKey("cm_setting.id"), index=True)
    programme_id: Mapped[int] = mapped_column(Integer, nullable=False)
    referral_id: Mapped[int | None] = mapped_column(Integer, index=True)
    planned_start_on: Mapped[date | None] = mapped_column(Date)
    started_on: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)
    learning_targets: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    #: Days between reviews; nothing means the policy's (R-MEA-3).
    review_days: Mapped[int | None] = mapped_column(Integer)
    concern_at_start: Mapped[str | None] = mapped_column(code())
    #: Why there is no exit review (R-MEA-4).
    no_exit_review_because: Mapped[str] = mapped_column(String(1000), nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson | None] = relationship(
        primaryjoin="foreign(Enrolment.young_person_id) == YoungPerson.id"
    )
    setting: Mapped[Setting | None] = relationship()
    programme: Mapped[Programme] = relationship(primaryjoin="foreign(Enrolment.programme_id) == Programme.id")
    referral: Mapped[Referral | None] = relationship(primaryjoin="foreign(Enrolment.referral_id) == Referral.id")

    @property
    def lifecycle(self) -> Lifecycle:
        """The life cycle of the programme's type."""
        programme: Programme | None = self.programme
        if programme is None and (db := object_session(self)) is not None and self.programme_id is not None:
            programme = db.get(Programme, self.programme_id)
        return programme_types().of(programme.type_key).lifecycle if programme is not None else ENROLMENT_LIFE

    def __str__(self) -> str:
        """Its reference."""
        return self.ref
