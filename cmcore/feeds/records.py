"""What is kept of a calendar feed: whose it is, and the fingerprint of its token; never the token, nor what it said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from cmcore.base.records import Instant, Kept, Record
from cmcore.safekeeping.access import reach
from cmcore.safekeeping.scope import Grant, Scope


class CalendarFeed(Kept, Record):
    """The address under which one person's calendar reads what is before them, until they take it back."""

    __tablename__ = "cm_calendar_feed"
    about: ClassVar[str] = "account"
    retention: ClassVar[str] = "account"
    words: ClassVar[tuple[str, str]] = ("calendar feed", "calendar feeds")

    login: Mapped[str] = mapped_column(String(120), nullable=False, index=True)
    #: SHA-256 of the token in the address; whoever reads the database cannot read the feed.
    token_hash: Mapped[str] = mapped_column(String(64), nullable=False, unique=True, info={"sensitive": True})
    made_on: Mapped[date] = mapped_column(Date, nullable=False)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    #: When its reading was last written down: a calendar asks every few minutes, the audit says each hour.
    read_at: Mapped[datetime | None] = mapped_column(Instant)

    def __str__(self) -> str:
        """When it was made."""
        return f"calendar feed of {self.made_on:%d/%m/%Y}"


@reach("own feeds")
def _own(record: type[Any], scope: Scope, grants: Sequence[Grant]) -> ColumnElement[bool]:
    """Somebody's own feeds, whatever their role: nobody reads another's calendar."""
    found: ColumnElement[bool] = record.login == scope.login
    return found
