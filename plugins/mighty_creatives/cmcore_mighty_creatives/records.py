"""What the plugin keeps itself: which editions of the induction pack a mentor was asked to read, and has read.

It is asked of every mentor at once (who has not?), so it is rows and not answers to a form.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, MetaData, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import Kept, Line, Mentor, OfAuthority, Record, code, one_of
from cmcore_mighty_creatives.words import Paper


class Reading(Kept, OfAuthority, Record):
    """That a mentor was asked to read a paper of the induction pack for an authority, and when it was read."""

    __tablename__ = "cmp_mighty_creatives_reading"
    __table_args__ = (
        UniqueConstraint("authority_id", "mentor_id", "paper", "edition"),
        one_of("paper", Paper),
        CheckConstraint("read_on IS NULL OR asked_on <= read_on", name="in_order"),
    )
    about: ClassVar[str] = "mentor"
    retention: ClassVar[str] = "mentor"
    words: ClassVar[tuple[str, str]] = ("paper to read", "papers to read")

    mentor_id: Mapped[int] = mapped_column(ForeignKey("cm_mentor.id"), nullable=False, index=True)
    paper: Mapped[str] = mapped_column(code(), nullable=False)
    #: Which edition of the pack; a new one is read anew.
    edition: Mapped[str] = mapped_column(String(20), nullable=False)
    asked_on: Mapped[date] = mapped_column(Date, nullable=False)
    read_on: Mapped[date | None] = mapped_column(Date)
    #: Who wrote it down: the mentor, or a coordinator the mentor told.
    recorded_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")

    mentor: Mapped[Mentor] = relationship()

    def __str__(self) -> str:
        """The paper and its edition."""
        return f"{Paper.say(self.paper)}, {self.edition}"


def metadata() -> MetaData:
    """Every table there is; the line looks at its own."""
    return Record.metadata


#: The plugin's line of migrations.
LINE = Line("mighty_creatives", "cmcore_mighty_creatives.migrations:versions", ("cmp_mighty_creatives_",), metadata)
