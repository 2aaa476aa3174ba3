"""What the plugin keeps: advisers and their training, enrolments with their parts and evidence, and entries."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import (
    Kept,
    Line,
    Mentor,
    OfAuthority,
    OfYoungPerson,
    Record,
    Setting,
    Stateful,
    YoungPerson,
    code,
    day,
    of_young_person,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore_arts_award.levels import said
from cmcore_arts_award.life import BATCH_LIFE, ENROLMENT_LIFE
from cmcore_arts_award.words import Mark


class AwardAdviser(Kept, OfAuthority, Record):
    """Somebody who helps young people towards an award and assesses them: one of the staff, or a mentor."""

    __tablename__ = "cmp_arts_award_adviser"
    __table_args__ = (parent(), UniqueConstraint("authority_id", "name"))
    retention: ClassVar[str] = "six years"
    words: ClassVar[tuple[str, str]] = ("award adviser", "award advisers")

    name: Mapped[str] = mapped_column(String(120), nullable=False)
    #: The mentor they are, where they are one.
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("cm_mentor.id"), index=True)
    #: Where they work, in a few words: a secure unit, a hospital's school.
    works_at: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    left_on: Mapped[date | None] = mapped_column(Date)

    mentor: Mapped[Mentor | None] = relationship()
    trainings: Mapped[list[AdviserTraining]] = relationship(
        primaryjoin="AwardAdviser.id == foreign(AdviserTraining.arts_award_adviser_id)", viewonly=True
    )

    def __str__(self) -> str:
        """Their name."""
        return self.name


class AdviserTraining(Kept, OfAuthority, Record):
    """A day of training: for which levels, and until when it holds."""

    __tablename__ = "cmp_arts_award_training"
    __table_args__ = (
        within("cmp_arts_award_adviser", "arts_award_adviser_id"),
        UniqueConstraint("authority_id", "arts_award_adviser_id", "trained_on"),
        CheckConstraint("valid_to IS NULL OR trained_on <= valid_to", name="in_order"),
        Index("ix_cmp_arts_award_training_runs_out", "authority_id", "valid_to"),
    )
    retention: ClassVar[str] = "six years"
    words: ClassVar[tuple[str, str]] = ("training of an award adviser", "trainings of award advisers")

    arts_award_adviser_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: Levels, each as its scheme and its key: "arts_award.bronze".
    levels: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    trained_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: The last day it holds; nothing where it does not run out.
    valid_to: Mapped[date | None] = mapped_column(Date)

    adviser: Mapped[AwardAdviser] = relationship(
        primaryjoin="foreign(AdviserTraining.arts_award_adviser_id) == AwardAdviser.id"
    )

    def __str__(self) -> str:
        """When it was."""
        return f"training on {day(self.trained_on)}"


class AwardBatch(Kept, OfAuthority, Stateful, Record):
    """One entry with an awarding body: who is entered stands on the enrolments; here is how far the entry is."""

    __tablename__ = "cmp_arts_award_batch"
    __table_args__ = (
        parent(),
        CheckConstraint("sampled_on IS NULL OR entered_on <= sampled_on", name="sampled_after_entered"),
        Index("ix_cmp_arts_award_batch_waiting", "authority_id", "state", "upload_due_on"),
    )
    retention: ClassVar[str] = "six years"
    life = BATCH_LIFE
    words: ClassVar[tuple[str, str]] = ("award entry", "award entries")

    scheme: Mapped[str] = mapped_column(code(), nullable=False)
    #: What the authority calls it: "Autumn 2026".
    title: Mapped[str] = mapped_column(String(120), nullable=False)
    #: The awarding body's own number of the entry.
    reference: Mapped[str] = mapped_column(String(60), nullable=False, default="")
    #: Where the portfolios and the evidence locator forms are kept.
    kept_at: Mapped[str] = mapped_column(String(300), nullable=False, default="")
    entered_on: Mapped[date | None] = mapped_column(Date)
    #: Worked out from the day of entry: by when certificates are to be expected.
    expected_on: Mapped[date | None] = mapped_column(Date)
    sampled_on: Mapped[date | None] = mapped_column(Date)
    upload_due_on: Mapped[date | None] = mapped_column(Date)
    uploaded_on: Mapped[date | None] = mapped_column(Date)
    results_on: Mapped[date | None] = mapped_column(Date)

    def __str__(self) -> str:
        """What it is called."""
        return f"award entry {self.title}"


class AwardEnrolment(Kept, OfYoungPerson, Stateful, Record):
    """A young person who works towards one level of an award, wherever they are: school, secure unit, hospital."""

    __tablename__ = "cmp_arts_award_enrolment"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cmp_arts_award_adviser", "arts_award_adviser_id"),
        within("cmp_arts_award_batch", "arts_award_batch_id"),
        CheckConstraint("passed >= 0 AND passed <= parts", name="passed_some"),
        Index("ix_cmp_arts_award_enrolment_board", "authority_id", "state", "scheme", "level"),
        Index("ix_cmp_arts_award_enrolment_person", "young_person_id", "scheme", "level"),
    )
    life = ENROLMENT_LIFE
    words: ClassVar[tuple[str, str]] = ("award enrolment", "award enrolments")

    scheme: Mapped[str] = mapped_column(code(), nullable=False)
    level: Mapped[str] = mapped_column(code(), nullable=False)
    arts_award_adviser_id: Mapped[int | None] = mapped_column(Integer, index=True)
    setting_id: Mapped[int | None] = mapped_column(ForeignKey("cm_setting.id"), index=True)
    arts_award_batch_id: Mapped[int | None] = mapped_column(Integer, index=True)
    enrolled_on: Mapped[date] = mapped_column(Date, nullable=False)
    #: The day by which they would like to be done.
    aims_on: Mapped[date | None] = mapped_column(Date)
    #: How many parts there are, and how many of them were passed: counted again with every mark.
    parts: Mapped[int] = mapped_column(Integer, nullable=False)
    passed: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    assessed_on: Mapped[date | None] = mapped_column(Date)
    assessed_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    #: The day of the certificate, of "not yet" or of withdrawing, and the number on the certificate.
    ended_on: Mapped[date | None] = mapped_column(Date)
    certificate: Mapped[str] = mapped_column(String(60), nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(AwardEnrolment.young_person_id) == YoungPerson.id"
    )
    adviser: Mapped[AwardAdviser | None] = relationship(
        primaryjoin="foreign(AwardEnrolment.arts_award_adviser_id) == AwardAdviser.id"
    )
    batch: Mapped[AwardBatch | None] = relationship(
        primaryjoin="foreign(AwardEnrolment.arts_award_batch_id) == AwardBatch.id"
    )
    setting: Mapped[Setting | None] = relationship()

    def __str__(self) -> str:
        """Which level of what."""
        return said(self.scheme, self.level)


class AwardPart(Kept, OfYoungPerson, Record):
    """One part of the level somebody is enrolled for: the adviser's mark, and where it is in the portfolio."""

    __tablename__ = "cmp_arts_award_part"
    __table_args__ = (
        parent(),
        of_young_person(),
        within("cmp_arts_award_enrolment", "arts_award_enrolment_id"),
        within("cmp_arts_award_adviser", "marked_by_id"),
        UniqueConstraint("authority_id", "arts_award_enrolment_id", "part"),
        one_of("mark", Mark),
        CheckConstraint("(mark = 'not_started') = (marked_on IS NULL)", name="mark_has_its_day"),
        Index("ix_cmp_arts_award_part_missing", "authority_id", "mark"),
    )
    words: ClassVar[tuple[str, str]] = ("part of an award", "parts of awards")

    arts_award_enrolment_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    part: Mapped[str] = mapped_column(code(), nullable=False)
    mark: Mapped[str] = mapped_column(code(), nullable=False, default=Mark.not_started)
    marked_on: Mapped[date | None] = mapped_column(Date)
    marked_by_id: Mapped[int | None] = mapped_column(Integer, index=True)
    #: Where in the portfolio it is found: what the evidence locator form says.
    found_at: Mapped[str] = mapped_column(String(300), nullable=False, default="", info=sensitive())
    note: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    #: How many pieces of evidence it has: counted again whenever one comes or goes.
    pieces: Mapped[int] = mapped_column(Integer, nullable=False, default=0)

    young_person: Mapped[YoungPerson] = relationship(primaryjoin="foreign(AwardPart.young_person_id) == YoungPerson.id")
    enrolment: Mapped[AwardEnrolment] = relationship(
        primaryjoin="foreign(AwardPart.arts_award_enrolment_id) == AwardEnrolment.id"
    )
    marked_by: Mapped[AwardAdviser | None] = relationship(
        primaryjoin="foreign(AwardPart.marked_by_id) == AwardAdviser.id"
    )

    def __str__(self) -> str:
        """Which part."""
        return f"part {self.part}"


class PartEvidence(Kept, OfYoungPerson, Record):
    """One piece of evidence of a part: picked from what is recorded already, or written down by hand."""

    __tablename__ = "cmp_arts_award_evidence"
    __table_args__ = (
        of_young_person(),
        within("cmp_arts_award_part", "arts_award_part_id"),
        CheckConstraint("(source_kind = '') = (source_id IS NULL)", name="source_whole"),
        UniqueConstraint("authority_id", "arts_award_part_id", "source_kind", "source_id"),
        Index("ix_cmp_arts_award_evidence_source", "young_person_id", "source_kind", "source_id"),
    )
    words: ClassVar[tuple[str, str]] = ("piece of evidence", "pieces of evidence")

    arts_award_part_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    #: What it shows, in a sentence.
    text: Mapped[str] = mapped_column(Text, nullable=False, info=sensitive())
    #: The record it comes from: "session" and its key; empty where somebody wrote it down.
    source_kind: Mapped[str] = mapped_column(code(), nullable=False, default="")
    source_id: Mapped[int | None] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(300), nullable=False, default="", info=sensitive())
    happened_on: Mapped[date | None] = mapped_column(Date)
    #: What the part must show that this shows: "artist", "organisation".
    shows: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    kept_at: Mapped[str] = mapped_column(String(300), nullable=False, default="", info=sensitive())

    young_person: Mapped[YoungPerson] = relationship(
        primaryjoin="foreign(PartEvidence.young_person_id) == YoungPerson.id"
    )
    award_part: Mapped[AwardPart] = relationship(primaryjoin="foreign(PartEvidence.arts_award_part_id) == AwardPart.id")

    def __str__(self) -> str:
        """That it is evidence, never what of."""
        return "piece of evidence"


def metadata() -> MetaData:
    """Every table there is; the line looks at its own."""
    return Record.metadata


#: The plugin's line of migrations.
LINE = Line("arts_award", "cmcore_arts_award.migrations:versions", ("cmp_arts_award_",), metadata)
