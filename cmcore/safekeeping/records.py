"""What safekeeping itself keeps: who holds which role, the audit and its chain, and the history of states."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cmcore.base.among import among
from cmcore.base.records import Instant, Kept, OfAuthority, Record, code


class Membership(Kept, OfAuthority, Record):
    """One role that a sign-in name holds in one authority, from a day until a day."""

    __tablename__ = "cm_membership"
    __table_args__ = (UniqueConstraint("authority_id", "login", "role"),)
    about: ClassVar[str] = "account"
    retention: ClassVar[str] = "account"
    words: ClassVar[tuple[str, str]] = ("membership", "memberships")

    login: Mapped[str] = mapped_column(String(120), nullable=False, index=True)
    role: Mapped[str] = mapped_column(code(), nullable=False)
    mentor_id: Mapped[int | None] = mapped_column(Integer)
    setting_id: Mapped[int | None] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(Boolean, nullable=False, default=True)
    until: Mapped[date | None] = mapped_column(Date)


class AuditEntry(Record):
    """One line of the audit: who did or read what, when and why; chained by hash to the line before it."""

    __tablename__ = "cm_audit"
    __table_args__ = (UniqueConstraint("chain", "seq"), Index("ix_cm_audit_person", "young_person_id", "at"))
    about: ClassVar[str] = "audit"
    retention: ClassVar[str] = "audit"
    words: ClassVar[tuple[str, str]] = ("audit entry", "audit entries")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    #: The authority's key, or 0 for what belongs to none: each has a chain of its own.
    chain: Mapped[int] = mapped_column(Integer, nullable=False)
    seq: Mapped[int] = mapped_column(Integer, nullable=False)
    at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    login: Mapped[str] = mapped_column(String(120), nullable=False)
    actor_kind: Mapped[str] = mapped_column(code(20), nullable=False)
    act: Mapped[str] = mapped_column(code(80), nullable=False)
    what: Mapped[str] = mapped_column(code(20), nullable=False)
    kind_of_record: Mapped[str] = mapped_column("kind", code(60), nullable=False)
    record_id: Mapped[int | None] = mapped_column(Integer)
    young_person_id: Mapped[int | None] = mapped_column(Integer)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    why: Mapped[str] = mapped_column(String(1000), nullable=False, default="")
    previous: Mapped[str] = mapped_column(String(64), nullable=False)
    hash: Mapped[str] = mapped_column(String(64), nullable=False)

    @classmethod
    def within_authorities(cls, ids: list[int]) -> Any:
        """The chains of these authorities."""
        return among(cls.chain, ids)


class AuditHead(Record):
    """The last line of each chain, so that a line taken off the end is missed too. It only moves forward."""

    __tablename__ = "cm_audit_head"
    about: ClassVar[str] = "system"
    retention: ClassVar[str] = "audit"

    chain: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(Integer, nullable=False)
    hash: Mapped[str] = mapped_column(String(64), nullable=False)


class StateChange(OfAuthority, Record):
    """One move of a record from a state to another: when, by whom, and why where a reason was given."""

    __tablename__ = "cm_state_change"
    __table_args__ = (
        Index("ix_cm_state_change_record", "kind", "record_id"),
        CheckConstraint("from_state <> to_state", name="moves"),
    )
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = "child"
    words: ClassVar[tuple[str, str]] = ("change of state", "changes of state")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind_of_record: Mapped[str] = mapped_column("kind", code(60), nullable=False)
    record_id: Mapped[int] = mapped_column(Integer, nullable=False)
    young_person_id: Mapped[int | None] = mapped_column(Integer, index=True)
    transition: Mapped[str] = mapped_column(code(), nullable=False)
    from_state: Mapped[str] = mapped_column(code(), nullable=False)
    to_state: Mapped[str] = mapped_column(code(), nullable=False)
    moved_on: Mapped[date] = mapped_column(Date, nullable=False)
    moved_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    moved_by: Mapped[str] = mapped_column(String(120), nullable=False)
    reason: Mapped[str] = mapped_column(String(2000), nullable=False, default="", info={"sensitive": True})


class Counter(Record):
    """The last number given out for references of one prefix."""

    __tablename__ = "cm_counter"
    about: ClassVar[str] = "system"
    retention: ClassVar[str] = "system"

    prefix: Mapped[str] = mapped_column(code(20), primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("cm_authority.id"), nullable=False, index=True)
    last: Mapped[int] = mapped_column(Integer, nullable=False)
