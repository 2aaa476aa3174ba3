"""What is kept of a message: what kind, to which sign-in name, when, and how often it was tried; never what it said."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cmcore.base.records import Instant, Kept, OfAuthority, Record, code, one_of
from cmcore.messages.words import MessageKind


class OutgoingMessage(Kept, OfAuthority, Record):
    """One message that leaves the system, written down before it is sent: nobody is told the same thing twice."""

    __tablename__ = "cm_message"
    __table_args__ = (
        UniqueConstraint("login", "kind_of_message", "key"),
        one_of("kind_of_message", MessageKind),
        CheckConstraint("sent_at IS NULL OR dropped_at IS NULL", name="sent_or_dropped"),
        Index("ix_cm_message_waiting", "authority_id", "sent_at", "dropped_at"),
    )
    about: ClassVar[str] = "account"
    retention: ClassVar[str] = "account"
    words: ClassVar[tuple[str, str]] = ("message", "messages")

    kind_of_message: Mapped[str] = mapped_column(code(), nullable=False)
    #: Whom it goes to: the sign-in name and nothing else of them.
    login: Mapped[str] = mapped_column(String(120), nullable=False)
    #: What it is about, once for each person: a day, a concern's key, or a check with its last day and the notice.
    key: Mapped[str] = mapped_column(String(120), nullable=False)
    #: The key of the concern or mentor it is about.
    about_id: Mapped[int | None] = mapped_column(Integer)
    #: The last day a check counts, where it is about one.
    until_on: Mapped[date | None] = mapped_column(Date)
    made_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: When somebody began to send it: until a while after, nobody else does.
    claimed_at: Mapped[datetime | None] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When it was let be: what it was about no longer waited, or it was tried too often.
    dropped_at: Mapped[datetime | None] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    #: Why the last try failed, as a word: "unreachable", "refused", "name".
    fault: Mapped[str] = mapped_column(code(), nullable=False, default="")

    def __str__(self) -> str:
        """What it is for."""
        return MessageKind.say(self.kind_of_message)
