"""What the plugin keeps of people: partners who refer, whom they referred and into which theme, and places in line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, Date, Index, Integer, String, Text, UniqueConstraint, and_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import (
    Enrolment,
    Grant,
    Kept,
    OfAuthority,
    Record,
    Scope,
    Stateful,
    YoungPerson,
    among,
    code,
    of_young_person,
    one_of,
    parent,
    reach,
    sensitive,
    within,
)
from cmcore_action_research.lives import PLACE_LIFE, REFERRAL_LIFE
from cmcore_action_research.records import KEEPING, ResearchStudy
from cmcore_action_research.words import Group, PartnerKind


class ReferralPartner(Kept, OfAuthority, Record):
    """Somebody at an organisation who refers into a study, under a sign-in name, from a day until a day."""

    __tablename__ = "cmp_action_research_partner"
    __table_args__ = (
        parent(),
        one_of("kind_of_partner", PartnerKind),
        UniqueConstraint("authority_id", "login"),
    )
    retention: ClassVar[str] = KEEPING
    words: ClassVar[tuple[str, str]] = ("referral partner", "referral partners")

    organisation: Mapped[str] = mapped_column(String(120), nullable=False)
    kind_of_partner: Mapped[str] = mapped_column(code(), nullable=False)
    name: Mapped[str] = mapped_column(String(120), nullable=False)
    login: Mapped[str] = mapped_column(String(120), nullable=False)
    #: Keys of the themes they may refer into; none means every theme of the study.
    themes: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list, info=sensitive())
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date | None] = mapped_column(Date)

    def __str__(self) -> str:
        """The organisation, and who there."""
        return f"{self.organisation}: {self.name}"


class StudyReferral(Kept, OfAuthority, Stateful, Record):
    """Somebody referred into a theme of a study: as the partner knows them, until they are found among the records."""

    __tablename__ = "cmp_action_research_referral"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cmp_action_research_study", "action_research_study_id"),
        within("cmp_action_research_partner", "action_research_partner_id"),
    )
    life = REFERRAL_LIFE
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "child"
    words: ClassVar[tuple[str, str]] = ("referral into a study", "referrals into studies")
    # The reason of a step is for the partner and the coordinators, not for whoever reaches the young person.
    narrow: ClassVar[bool] = True

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    action_research_study_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    action_research_partner_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: Whose sign-in sent it: they see it, and what became of it.
    login: Mapped[str] = mapped_column(String(120), nullable=False, index=True)
    given_name: Mapped[str] = mapped_column(String(100), nullable=False, info=sensitive())
    family_name: Mapped[str] = mapped_column(String(100), nullable=False, info=sensitive())
    born_on: Mapped[date] = mapped_column(Date, nullable=False, info=sensitive())
    #: What they live with. It stands here and nowhere else.
    theme: Mapped[str] = mapped_column(code(), nullable=False, info=sensitive())
    why: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    sent_on: Mapped[date] = mapped_column(Date, nullable=False)
    young_person_id: Mapped[int | None] = mapped_column(Integer, index=True)
    #: What the partner is told where nobody was taken.
    said_to_partner: Mapped[str] = mapped_column(String(500), nullable=False, default="", info=sensitive())

    study: Mapped[ResearchStudy] = relationship(
        primaryjoin="foreign(StudyReferral.action_research_study_id) == ResearchStudy.id"
    )
    partner: Mapped[ReferralPartner] = relationship(
        primaryjoin="foreign(StudyReferral.action_research_partner_id) == ReferralPartner.id"
    )
    place: Mapped[StudyPlace | None] = relationship(
        primaryjoin="StudyReferral.id == foreign(StudyPlace.action_research_referral_id)",
        uselist=False,
        viewonly=True,
    )

    @property
    def initials(self) -> str:
        """The initials of whom it is about."""
        return "".join(f"{one.strip()[:1].upper()}." for one in (self.given_name, self.family_name) if one.strip())

    def __str__(self) -> str:
        """Its reference."""
        return self.ref


class StudyPlace(Kept, OfAuthority, Stateful, Record):
    """A young person in a study: where in line, in which group, with which enrolment. The theme is not here."""

    __tablename__ = "cmp_action_research_place"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cmp_action_research_study", "action_research_study_id"),
        within("cmp_action_research_referral", "action_research_referral_id"),
        within("cm_enrolment", "enrolment_id"),
        UniqueConstraint("authority_id", "action_research_study_id", "number"),
        UniqueConstraint("authority_id", "action_research_study_id", "young_person_id"),
        one_of("place_group", Group, empty=True),
        Index("ix_cmp_action_research_place_enrolment_id", "enrolment_id"),
    )
    life = PLACE_LIFE
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "child"
    words: ClassVar[tuple[str, str]] = ("place in a study", "places in studies")

    action_research_study_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    action_research_referral_id: Mapped[int | None] = mapped_column(Integer, index=True)
    young_person_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    enrolment_id: Mapped[int] = mapped_column(Integer, nullable=False)
    #: Where in line, from 1: in the order of joining.
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    joined_on: Mapped[date] = mapped_column(Date, nullable=False)
    place_group: Mapped[str | None] = mapped_column(code())
    given_on: Mapped[date | None] = mapped_column(Date)
    #: Why the place was given out of order (R-STUDY-5).
    out_of_order_because: Mapped[str] = mapped_column(String(500), nullable=False, default="", info=sensitive())
    left_on: Mapped[date | None] = mapped_column(Date)

    study: Mapped[ResearchStudy] = relationship(
        primaryjoin="foreign(StudyPlace.action_research_study_id) == ResearchStudy.id"
    )
    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(StudyPlace.young_person_id) == YoungPerson.id"
    )
    enrolment: Mapped[Enrolment] = relationship(primaryjoin="foreign(StudyPlace.enrolment_id) == Enrolment.id")

    def __str__(self) -> str:
        """Where in line."""
        return f"number {self.number} in line"


@reach("action_research own")
def _brought_by_oneself(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """A partner's own: what stands under their sign-in name, and the places of those they referred."""
    within_authorities = among(record.authority_id, sorted({grant.authority_id for grant in grants}))
    if record.kind() == "action_research_place":
        mine = select(StudyReferral.id).where(StudyReferral.login == scope.login)
        return and_(within_authorities, record.action_research_referral_id.in_(mine))
    return and_(within_authorities, record.login == scope.login)
