"""What is kept of a referral: DOMAIN §4."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, Date, ForeignKeyConstraint, Index, Integer, String, Text, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition
from cmcore.base.records import (
    Instant,
    Kept,
    OfYoungPerson,
    Record,
    code,
    of_young_person,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore.funding.records import FundingLine
from cmcore.network.records import SupportingAdult
from cmcore.programmes.records import Programme
from cmcore.referrals.words import Rag, Urgency
from cmcore.safekeeping.access import person_column, reach
from cmcore.safekeeping.scope import Grant, Scope
from cmcore.young_people.records import EducationSpell, YoungPerson

REFERRAL_LIFE = Lifecycle(
    "referral",
    (
        State("draft", "Draft"),
        State("submitted", "Submitted"),
        State("triage", "In triage"),
        State("more_information", "More information asked for"),
        State("accepted", "Accepted"),
        State("declined", "Declined", ended=True),
        State("withdrawn", "Withdrawn", ended=True),
        State("matched", "Matched", ended=True),
    ),
    (
        Transition("submit", ("draft",), "submitted", "Send", guards=("outcomes",)),
        Transition("triage", ("submitted",), "triage", "Start triage"),
        Transition("ask", ("triage",), "more_information", "Ask for more information", needs_reason=True),
        Transition("answer", ("more_information",), "triage", "Record the answer", needs_reason=True),
        Transition("accept", ("triage",), "accepted", "Accept"),
        Transition("decline", ("triage", "more_information"), "declined", "Decline", needs_reason=True),
        Transition(
            "withdraw",
            ("draft", "submitted", "triage", "more_information", "accepted"),
            "withdrawn",
            "Withdraw",
            needs_reason=True,
        ),
        Transition("match", ("accepted",), "matched", "Match with a mentor", guards=("briefed",)),
    ),
)


class Referral(Kept, OfYoungPerson, Stateful, Record):
    """A request that a young person joins a programme, with why, what is hoped for and what a mentor must know."""

    __tablename__ = "cm_referral"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cm_programme", "programme_id"),
        ForeignKeyConstraint(
            ["authority_id", "social_worker_id"], ["cm_supporting_adult.authority_id", "cm_supporting_adult.id"]
        ),
        ForeignKeyConstraint(
            ["authority_id", "designated_teacher_id"], ["cm_supporting_adult.authority_id", "cm_supporting_adult.id"]
        ),
        within("cm_funding_line", "funding_line_id"),
        one_of("urgency", Urgency),
        one_of("concern", Rag, empty=True),
        Index("ix_cm_referral_waiting", "authority_id", "state", "urgency", "submitted_at"),
    )
    life = REFERRAL_LIFE
    words: ClassVar[tuple[str, str]] = ("referral", "referrals")

    ref: Mapped[str] = mapped_column(String(20), nullable=False, unique=True)
    programme_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    referrer_name: Mapped[str] = mapped_column(String(120), nullable=False)
    referrer_login: Mapped[str] = mapped_column(String(120), nullable=False, default="", index=True)
    received_on: Mapped[date] = mapped_column(Date, nullable=False)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    reasons: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    #: Keys of the measures that are hoped to get better.
    outcomes: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    urgency: Mapped[str] = mapped_column(code(), nullable=False, default=Urgency.routine)
    concern: Mapped[str | None] = mapped_column(code())
    interests: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    what_works: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    risks: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    places: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    expected_minutes: Mapped[int | None] = mapped_column(Integer)
    funding_line_id: Mapped[int | None] = mapped_column(Integer)
    theme: Mapped[str] = mapped_column(code(60), nullable=False, default="", info=sensitive())
    social_worker_id: Mapped[int | None] = mapped_column(Integer)
    designated_teacher_id: Mapped[int | None] = mapped_column(Integer)

    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(Referral.young_person_id) == YoungPerson.id")
    programme: Mapped[Programme] = relationship(primaryjoin="foreign(Referral.programme_id) == Programme.id")
    social_worker: Mapped[SupportingAdult | None] = relationship(
        primaryjoin="foreign(Referral.social_worker_id) == SupportingAdult.id"
    )
    designated_teacher: Mapped[SupportingAdult | None] = relationship(
        primaryjoin="foreign(Referral.designated_teacher_id) == SupportingAdult.id"
    )
    funding_line: Mapped[FundingLine | None] = relationship(
        primaryjoin="foreign(Referral.funding_line_id) == FundingLine.id"
    )

    def __str__(self) -> str:
        """Its reference."""
        return self.ref


@reach("own pupils")
def _pupils_and_referred(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """A referrer's young people: pupils of their setting today, and those they referred themselves."""
    spell, referral = EducationSpell.__table__, Referral.__table__
    authorities = sorted({grant.authority_id for grant in grants})
    settings = sorted({grant.setting_id for grant in grants if grant.setting_id is not None})
    pupils = select(spell.c.young_person_id).where(
        spell.c.authority_id.in_(authorities),
        spell.c.setting_id.in_(settings),
        spell.c.starts_on <= scope.today,
        or_(spell.c.ends_on.is_(None), spell.c.ends_on >= scope.today),
    )
    referred = select(referral.c.young_person_id).where(
        referral.c.authority_id.in_(authorities), referral.c.referrer_login == scope.login
    )
    return or_(person_column(record).in_(pupils), person_column(record).in_(referred))
