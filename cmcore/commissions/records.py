"""What is kept of a commission, and how far a mentor sees because of it: DOMAIN §4 and §13."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ColumnElement, Date, ForeignKey, Index, Integer, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition
from cmcore.base.records import Kept, OfAuthority, Record, code, of_young_person, one_of, parent, within
from cmcore.base.words import hours
from cmcore.commissions.words import Purpose
from cmcore.enrolments.records import Enrolment
from cmcore.funding.records import FundingLine
from cmcore.mentors.records import Mentor
from cmcore.safekeeping.access import person_column, reach
from cmcore.safekeeping.scope import Grant, Scope
from cmcore.young_people.records import YoungPerson

COMMISSION_LIFE = Lifecycle(
    "commission",
    (
        State("draft", "Draft"),
        State("approved", "Approved"),
        State("active", "Active"),
        State("completed", "Completed", ended=True),
        State("ended_early", "Ended early", ended=True),
    ),
    (
        Transition("approve", ("draft",), "approved", "Approve", guards=("funded",)),
        Transition("activate", ("approved",), "active", "Make active", guards=("checks",)),
        Transition("complete", ("active",), "completed", "Complete"),
        Transition("end_early", ("draft", "approved", "active"), "ended_early", "End early", needs_reason=True),
    ),
)


class Commission(Kept, OfAuthority, Stateful, Record):
    """A mentor commissioned for an enrolment; a change of mentor or an extension is another one."""

    __tablename__ = "cm_commission"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cm_enrolment", "enrolment_id"),
        within("cm_funding_line", "funding_line_id"),
        one_of("purpose", Purpose),
        CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name="in_order"),
        CheckConstraint("minutes > 0", name="some_time"),
        CheckConstraint("rate_pence >= 0", name="rate_not_negative"),
        Index("ix_cm_commission_reach", "mentor_id", "authority_id", "young_person_id"),
    )
    life = COMMISSION_LIFE
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "child"
    words: ClassVar[tuple[str, str]] = ("commission", "commissions")

    enrolment_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: The enrolment's young person, repeated so that one condition decides who sees it.
    young_person_id: Mapped[int | None] = mapped_column(Integer, index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False)
    #: The commissioned time in whole minutes.
    minutes: Mapped[int] = mapped_column(Integer, nullable=False)
    #: The rate in pence an hour.
    rate_pence: Mapped[int] = mapped_column(Integer, nullable=False)
    funding_line_id: Mapped[int | None] = mapped_column(Integer, index=True)
    starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    ends_on: Mapped[date | None] = mapped_column(Date)
    #: The day it really ended.
    ended_on: Mapped[date | None] = mapped_column(Date)
    purpose: Mapped[str] = mapped_column(code(), nullable=False, default=Purpose.mentoring)

    enrolment: Mapped[Enrolment] = relationship(primaryjoin="foreign(Commission.enrolment_id) == Enrolment.id")
    young_person: Mapped[YoungPerson | None] = relationship(
        primaryjoin="foreign(Commission.young_person_id) == YoungPerson.id", viewonly=True
    )
    mentor: Mapped[Mentor] = relationship()
    funding_line: Mapped[FundingLine | None] = relationship(
        primaryjoin="foreign(Commission.funding_line_id) == FundingLine.id"
    )

    @property
    def last_day(self) -> date | None:
        """The last day a session may be held: when it ended, or is to end."""
        return self.ended_on or self.ends_on

    def __str__(self) -> str:
        """Its hours and when they begin."""
        return f"{hours(self.minutes)} from {self.starts_on:%d/%m/%Y}"


def _commissioned(scope: Scope, grants: Sequence[Grant]) -> Any:
    table = Commission.__table__
    own: list[ColumnElement[bool]] = [table.c.id < 0]
    for grant in grants:
        if grant.mentor_id is not None:
            still = scope.today - timedelta(days=grant.after_end_days)
            own.append(
                and_(
                    table.c.authority_id == grant.authority_id,
                    table.c.mentor_id == grant.mentor_id,
                    or_(table.c.ended_on.is_(None), table.c.ended_on >= still),
                )
            )
    begun = table.c.state.in_(["active", "completed", "ended_early"]) & (table.c.starts_on <= scope.today)
    return select(table.c.young_person_id).where(or_(*own), begun)


@reach("commissioned")
def _young_people_of_the_mentor(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """The young people a mentor is commissioned for, from the start until some days after the end (R-ACC-1)."""
    found: ColumnElement[bool] = person_column(record).in_(_commissioned(scope, grants))
    return found


@reach("own commissions")
def _commissions_of_the_mentor(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """A mentor's own commissions: another mentor's rate is not theirs to read."""
    ids = [grant.mentor_id for grant in grants if grant.mentor_id is not None]
    return and_(record.mentor_id.in_(ids), record.young_person_id.in_(_commissioned(scope, grants)))
