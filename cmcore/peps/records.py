"""What is kept of a personal education plan: DOMAIN §8."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.base.lifecycle import Lifecycle, State, Stateful, Transition
from cmcore.base.periods import academic_year_name
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
from cmcore.mentors.records import Mentor
from cmcore.peps.words import PlanKind, TargetKind, TargetOutcome
from cmcore.referrals.words import Rag
from cmcore.virtual_schools.records import Setting
from cmcore.young_people.records import YoungPerson

PEP_LIFE = Lifecycle(
    "pep_cycle",
    (
        State("not_started", "Not started"),
        State("in_progress", "In progress"),
        State("submitted", "Submitted"),
        State("review_again", "To review again"),
        State("complete", "Complete", ended=True),
    ),
    (
        Transition("start", ("not_started",), "in_progress", "Start"),
        Transition("submit", ("in_progress", "review_again"), "submitted", "Submit", guards=("held",)),
        Transition("complete", ("submitted",), "complete", "Complete", guards=("targets_reviewed", "not_red")),
        Transition("review_again", ("submitted", "complete"), "review_again", "Review again", needs_reason=True),
    ),
)


class PepCycle(Kept, OfYoungPerson, Stateful, Record):
    """One young person's plan in one term: when it is due, who met, how good it is. The e-PEP stays where it is."""

    __tablename__ = "cm_pep_cycle"
    __table_args__ = (
        parent(),
        of_young_person(),
        UniqueConstraint("authority_id", "young_person_id", "year", "term"),
        one_of("plan", PlanKind),
        one_of("quality", Rag, empty=True),
        CheckConstraint("term_starts_on <= term_ends_on", name="term_in_order"),
        Index("ix_cm_pep_cycle_of_term", "authority_id", "year", "term", "state"),
        Index("ix_cm_pep_cycle_due", "authority_id", "state", "due_on"),
    )
    life = PEP_LIFE
    words: ClassVar[tuple[str, str]] = ("PEP", "PEPs")

    #: Which plan it is, by age on the 31 August before.
    plan: Mapped[str] = mapped_column(code(), nullable=False)
    #: The calendar year in which the academic year begins, and the term's name and days when it was opened.
    year: Mapped[int] = mapped_column(Integer, nullable=False)
    term: Mapped[str] = mapped_column(String(40), nullable=False)
    term_starts_on: Mapped[date] = mapped_column(Date, nullable=False)
    term_ends_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: Whether it is the first since becoming looked after, whose clock R-PEP-1 sets.
    first: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    due_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: Where they learnt when it was opened; nothing where they had no place.
    setting_id: Mapped[int | None] = mapped_column(ForeignKey("cm_setting.id"), index=True)
    held_on: Mapped[date | None] = mapped_column(Date)
    attended_by: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    agreed: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    quality: Mapped[str | None] = mapped_column(code())
    quality_note: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(PepCycle.young_person_id) == YoungPerson.id")
    setting: Mapped[Setting | None] = relationship()

    @property
    def term_words(self) -> str:
        """The term as people say it: "autumn 2026-27"."""
        return f"{self.term.lower()} {academic_year_name(self.year)}"

    def __str__(self) -> str:
        """Which plan, of which term."""
        return f"{PlanKind(self.plan).name.upper()} {self.term_words}"


class PepTarget(Kept, OfYoungPerson, Record):
    """Something a plan aims at: academic, holistic or cultural; and what became of it. Money may point at it."""

    __tablename__ = "cm_pep_target"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cm_pep_cycle", "pep_cycle_id"),
        one_of("kind_of_target", TargetKind),
        one_of("outcome", TargetOutcome, empty=True),
        CheckConstraint("(outcome IS NULL) = (reviewed_on IS NULL)", name="outcome_has_its_day"),
        Index("ix_cm_pep_target_open", "young_person_id", "outcome"),
    )
    words: ClassVar[tuple[str, str]] = ("PEP target", "PEP targets")

    pep_cycle_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    kind_of_target: Mapped[str] = mapped_column(code(), nullable=False)
    target: Mapped[str] = mapped_column(Text, nullable=False, info=sensitive())
    #: The measure it should move, by its key in the eight; nothing where it is about none.
    measure: Mapped[str | None] = mapped_column(code())
    #: Who sees to it, and by when.
    owner: Mapped[str] = mapped_column(String(120), nullable=False, default="", info=sensitive())
    due_on: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[str | None] = mapped_column(code())
    reviewed_on: Mapped[date | None] = mapped_column(Date)
    review_note: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(PepTarget.young_person_id) == YoungPerson.id")
    pep_cycle: Mapped[PepCycle] = relationship(primaryjoin="foreign(PepTarget.pep_cycle_id) == PepCycle.id")

    def __str__(self) -> str:
        """What it is about, never what it says."""
        return f"{TargetKind.say(self.kind_of_target).lower()} target"


class PepContribution(Kept, OfYoungPerson, Record):
    """What somebody who works with the young person, usually the mentor, brings to the meeting of a plan."""

    __tablename__ = "cm_pep_contribution"
    __table_args__ = (of_young_person(), within("cm_pep_cycle", "pep_cycle_id"))
    words: ClassVar[tuple[str, str]] = ("contribution to a PEP", "contributions to PEPs")

    pep_cycle_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("cm_mentor.id"), index=True)
    written_by: Mapped[str] = mapped_column(String(120), nullable=False)
    written_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    #: What is going well, what would help, and what the young person wants said.
    seen: Mapped[str] = mapped_column(Text, nullable=False, info=sensitive())
    suggests: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    words_said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    comes: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(PepContribution.young_person_id) == YoungPerson.id"
    )
    pep_cycle: Mapped[PepCycle] = relationship(primaryjoin="foreign(PepContribution.pep_cycle_id) == PepCycle.id")
    mentor: Mapped[Mentor | None] = relationship()

    def __str__(self) -> str:
        """Who wrote it."""
        return f"contribution of {self.written_by}"
