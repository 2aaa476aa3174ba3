"""What is kept of a review of the measures: DOMAIN §2."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
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
from cmcore.enrolments.records import Enrolment
from cmcore.referrals.words import Rag
from cmcore.reviews.words import ReviewKind, Scorer
from cmcore.young_people.records import YoungPerson

REVIEW_LIFE = Lifecycle(
    "review",
    (State("draft", "Draft"), State("final", "Final"), State("superseded", "Superseded", ended=True)),
    (
        Transition("finalise", ("draft",), "final", "Make final"),
        Transition("supersede", ("final",), "superseded", "Supersede", needs_reason=True),
    ),
)


class Review(Kept, OfYoungPerson, Stateful, Record):
    """One scoring of a measure set, on a day, by somebody, as part of an enrolment where there is one."""

    __tablename__ = "cm_review"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cm_enrolment", "enrolment_id"),
        one_of("kind_of_review", ReviewKind),
        one_of("scored_by", Scorer),
        one_of("concern", Rag, empty=True),
        Index("ix_cm_review_pairing", "enrolment_id", "measure_set", "scored_by", "state", "held_on"),
    )
    life = REVIEW_LIFE
    words: ClassVar[tuple[str, str]] = ("review", "reviews")

    enrolment_id: Mapped[int | None] = mapped_column(Integer)
    measure_set: Mapped[str] = mapped_column(code(), nullable=False)
    kind_of_review: Mapped[str] = mapped_column(code(), nullable=False)
    held_on: Mapped[date] = mapped_column(Date, nullable=False)
    scored_by: Mapped[str] = mapped_column(code(), nullable=False)
    guided_by_child: Mapped[bool | None] = mapped_column(Boolean)
    #: The young person's own words.
    words_said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    concern: Mapped[str | None] = mapped_column(code())
    finalised_at: Mapped[datetime | None] = mapped_column(Instant)
    #: The review that takes the place of this one.
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("cm_review.id"), index=True)
    #: Where it came from when nobody typed it, for example "ssda903".
    source: Mapped[str] = mapped_column(code(), nullable=False, default="")

    scores: Mapped[list[ReviewScore]] = relationship(
        back_populates="review", order_by="ReviewScore.id", cascade="all, delete-orphan"
    )
    enrolment: Mapped[Enrolment | None] = relationship(primaryjoin="foreign(Review.enrolment_id) == Enrolment.id")
    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(Review.young_person_id) == YoungPerson.id")

    def __str__(self) -> str:
        """Its kind and day."""
        return f"{ReviewKind.say(self.kind_of_review)}, {self.held_on:%d/%m/%Y}"


class ReviewScore(OfYoungPerson, Record):
    """The score of one measure in a review, or why it was not scored."""

    __tablename__ = "cm_review_score"
    __table_args__ = (
        of_young_person(),
        within("cm_review", "review_id"),
        UniqueConstraint("review_id", "measure"),
        CheckConstraint("(score IS NULL) <> (not_scored_because = '')", name="scored_or_said_why"),
    )
    words: ClassVar[tuple[str, str]] = ("score", "scores")

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    review_id: Mapped[int] = mapped_column(Integer, nullable=False)
    measure: Mapped[str] = mapped_column(code(), nullable=False)
    score: Mapped[int | None] = mapped_column(Integer)
    not_scored_because: Mapped[str] = mapped_column(String(300), nullable=False, default="", info=sensitive())
    note: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())

    review: Mapped[Review] = relationship(
        back_populates="scores", primaryjoin="foreign(ReviewScore.review_id) == Review.id"
    )
