"""What the plugin keeps of a journey to an Artsmark: DOMAIN §9."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Integer, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cmcore.api import (
    Instant,
    Kept,
    Line,
    OfAuthority,
    Record,
    Setting,
    Stateful,
    code,
    of_young_person,
    one_of,
    parent,
    sensitive,
    within,
)
from cmcore_artsmark.lives import COMMITMENT_LIFE, JOURNEY_LIFE
from cmcore_artsmark.words import At, Criterion, EvidenceKind, Judgement, Level, Origin, Statement

_KEEPING = "artsmark"


class ArtsmarkJourney(Kept, OfAuthority, Stateful, Record):
    """One journey of the virtual school, or of one setting, from registration to an award."""

    __tablename__ = "cmp_artsmark_journey"
    __table_args__ = (parent(), one_of("aims_at", Level, empty=True), one_of("level", Level, empty=True))
    life = JOURNEY_LIFE
    retention: ClassVar[str] = _KEEPING
    words: ClassVar[tuple[str, str]] = ("Artsmark journey", "Artsmark journeys")

    #: Whose journey it is; nothing means the virtual school itself.
    setting_id: Mapped[int | None] = mapped_column(ForeignKey("cm_setting.id"), index=True)
    led_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    aims_at: Mapped[str | None] = mapped_column(code())
    registered_on: Mapped[date] = mapped_column(Date, nullable=False)
    assessed_on: Mapped[date | None] = mapped_column(Date)
    committed_on: Mapped[date | None] = mapped_column(Date)
    impact_due_on: Mapped[date | None] = mapped_column(Date)
    claimed_on: Mapped[date | None] = mapped_column(Date)
    level: Mapped[str | None] = mapped_column(code())
    awarded_on: Mapped[date | None] = mapped_column(Date)
    #: The last day of the award.
    award_until: Mapped[date | None] = mapped_column(Date)
    #: The journey whose award this one renews.
    renews_id: Mapped[int | None] = mapped_column(ForeignKey("cmp_artsmark_journey.id"))

    setting: Mapped[Setting | None] = relationship()

    @property
    def whose(self) -> str:
        """Whose journey it is."""
        return self.setting.name if self.setting is not None else "The virtual school"

    def __str__(self) -> str:
        """When it was registered."""
        return f"Artsmark journey from {self.registered_on:%B %Y}"


class ArtsmarkJudgement(Kept, OfAuthority, Record):
    """One criterion judged: where the setting stands, and why, in words."""

    __tablename__ = "cmp_artsmark_judgement"
    __table_args__ = (
        within("cmp_artsmark_journey", "artsmark_journey_id"),
        UniqueConstraint("authority_id", "artsmark_journey_id", "criterion", "at"),
        one_of("criterion", Criterion),
        one_of("at", At),
        one_of("judgement", Judgement),
    )
    retention: ClassVar[str] = _KEEPING
    words: ClassVar[tuple[str, str]] = ("judgement", "judgements")

    artsmark_journey_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    criterion: Mapped[str] = mapped_column(code(), nullable=False)
    at: Mapped[str] = mapped_column(code(), nullable=False)
    judgement: Mapped[str] = mapped_column(code(), nullable=False)
    said: Mapped[str] = mapped_column(Text, nullable=False, default="")
    judged_on: Mapped[date] = mapped_column(Date, nullable=False)
    judged_by: Mapped[str] = mapped_column(String(120), nullable=False)

    journey: Mapped[ArtsmarkJourney] = relationship(
        primaryjoin="foreign(ArtsmarkJudgement.artsmark_journey_id) == ArtsmarkJourney.id"
    )

    def __str__(self) -> str:
        """Which criterion."""
        return Criterion.say(self.criterion)


class ArtsmarkCommitment(Kept, OfAuthority, Stateful, Record):
    """Something the setting promises in its Statement of Commitment."""

    __tablename__ = "cmp_artsmark_commitment"
    __table_args__ = (
        parent(),
        within("cmp_artsmark_journey", "artsmark_journey_id"),
        one_of("criterion", Criterion),
    )
    life = COMMITMENT_LIFE
    retention: ClassVar[str] = _KEEPING
    words: ClassVar[tuple[str, str]] = ("commitment", "commitments")

    artsmark_journey_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    goal: Mapped[str] = mapped_column(String(300), nullable=False)
    criterion: Mapped[str] = mapped_column(code(), nullable=False)
    principles: Mapped[list[str]] = mapped_column(JSON, nullable=False, default=list)
    owner: Mapped[str] = mapped_column(String(120), nullable=False)
    due_on: Mapped[date] = mapped_column(Date, nullable=False)
    achieved_on: Mapped[date | None] = mapped_column(Date)
    #: What changed, as the Statement of Impact will tell it.
    achieved: Mapped[str] = mapped_column(Text, nullable=False, default="")

    journey: Mapped[ArtsmarkJourney] = relationship(
        primaryjoin="foreign(ArtsmarkCommitment.artsmark_journey_id) == ArtsmarkJourney.id"
    )

    def __str__(self) -> str:
        """The goal."""
        return self.goal


class ArtsmarkItem(Kept, OfAuthority, Record):
    """One item of the action plan: what is done for a commitment, by whom, by when, and when in the calendar."""

    __tablename__ = "cmp_artsmark_item"
    __table_args__ = (within("cmp_artsmark_commitment", "artsmark_commitment_id"),)
    retention: ClassVar[str] = _KEEPING
    words: ClassVar[tuple[str, str]] = ("item of the action plan", "action plan")

    artsmark_commitment_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    what: Mapped[str] = mapped_column(String(300), nullable=False)
    owner: Mapped[str] = mapped_column(String(120), nullable=False)
    due_on: Mapped[date] = mapped_column(Date, nullable=False)
    done_on: Mapped[date | None] = mapped_column(Date)
    #: The entry of the calendar it is tied to: its key, and what it said and when when it was tied.
    entry: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    entry_title: Mapped[str] = mapped_column(String(200), nullable=False, default="")
    entry_on: Mapped[date | None] = mapped_column(Date)
    entry_path: Mapped[str] = mapped_column(String(80), nullable=False, default="")

    commitment: Mapped[ArtsmarkCommitment] = relationship(
        primaryjoin="foreign(ArtsmarkItem.artsmark_commitment_id) == ArtsmarkCommitment.id"
    )

    def __str__(self) -> str:
        """What is done."""
        return self.what


class ArtsmarkEvidence(Kept, OfAuthority, Record):
    """One piece of evidence of a commitment: a number with its stored query, a quote, a case study, or media."""

    __tablename__ = "cmp_artsmark_evidence"
    __table_args__ = (
        parent(),
        within("cmp_artsmark_commitment", "artsmark_commitment_id"),
        of_young_person(),
        within("cm_case_study", "case_study_id"),
        within("cm_journal_entry", "journal_entry_id"),
        one_of("kind_of_evidence", EvidenceKind),
    )
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = _KEEPING
    words: ClassVar[tuple[str, str]] = ("piece of evidence", "evidence")

    artsmark_commitment_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    kind_of_evidence: Mapped[str] = mapped_column(code(), nullable=False)
    #: What it shows, in a sentence of ours.
    shows: Mapped[str] = mapped_column(String(300), nullable=False, default="", info=sensitive())
    # ---- a number: which figure, over which days, what was counted, and when
    figure: Mapped[str] = mapped_column(String(80), nullable=False, default="")
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    number: Mapped[int | None] = mapped_column(Integer)
    out_of: Mapped[int | None] = mapped_column(Integer)
    counted_on: Mapped[date | None] = mapped_column(Date)
    # ---- a quote: the words, who said them ("foster carer", never a name), and who permitted it
    said: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    said_by: Mapped[str] = mapped_column(String(120), nullable=False, default="")
    permitted_on: Mapped[date | None] = mapped_column(Date)
    #: Whose words they are, or whom they are about; and what shows it.
    young_person_id: Mapped[int | None] = mapped_column(Integer, index=True)
    case_study_id: Mapped[int | None] = mapped_column(Integer)
    journal_entry_id: Mapped[int | None] = mapped_column(Integer)

    commitment: Mapped[ArtsmarkCommitment] = relationship(
        primaryjoin="foreign(ArtsmarkEvidence.artsmark_commitment_id) == ArtsmarkCommitment.id"
    )

    def __str__(self) -> str:
        """What kind of evidence, never what it says."""
        return EvidenceKind.say(self.kind_of_evidence)


class ArtsmarkPassage(Kept, OfAuthority, Record):
    """One passage of a statement: drafted from what is kept, or written; a person's change is never written over."""

    __tablename__ = "cmp_artsmark_passage"
    __table_args__ = (
        within("cmp_artsmark_journey", "artsmark_journey_id"),
        within("cmp_artsmark_commitment", "artsmark_commitment_id"),
        within("cmp_artsmark_evidence", "artsmark_evidence_id"),
        of_young_person(),
        UniqueConstraint("authority_id", "artsmark_journey_id", "statement", "key"),
        one_of("statement", Statement),
        one_of("origin", Origin),
    )
    about: ClassVar[str] = "child"
    retention: ClassVar[str] = _KEEPING
    words: ClassVar[tuple[str, str]] = ("passage", "passages")

    artsmark_journey_id: Mapped[int] = mapped_column(Integer, nullable=False, index=True)
    statement: Mapped[str] = mapped_column(code(), nullable=False)
    #: What it is known by when the statement is drafted again; "own:" and a number for what somebody wrote.
    key: Mapped[str] = mapped_column(String(80), nullable=False)
    place: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    heading: Mapped[str] = mapped_column(String(300), nullable=False)
    text: Mapped[str] = mapped_column(Text, nullable=False, info=sensitive())
    #: What the draft says, beside what a person made of it.
    drafted: Mapped[str] = mapped_column(Text, nullable=False, default="", info=sensitive())
    source: Mapped[str] = mapped_column(String(300), nullable=False, default="")
    origin: Mapped[str] = mapped_column(code(), nullable=False, default=Origin.drafted)
    left_out: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    drafted_at: Mapped[datetime] = mapped_column(Instant, nullable=False)
    #: Whose words stand in it; the commitment it speaks of, and the evidence it rests on.
    young_person_id: Mapped[int | None] = mapped_column(Integer, index=True)
    artsmark_commitment_id: Mapped[int | None] = mapped_column(Integer)
    artsmark_evidence_id: Mapped[int | None] = mapped_column(Integer)

    journey: Mapped[ArtsmarkJourney] = relationship(
        primaryjoin="foreign(ArtsmarkPassage.artsmark_journey_id) == ArtsmarkJourney.id"
    )

    def __str__(self) -> str:
        """Its heading."""
        return self.heading


def metadata() -> MetaData:
    """Every table there is; the line looks at its own."""
    return Record.metadata


#: The plugin's line of migrations.
LINE = Line("artsmark", "cmcore_artsmark.migrations:versions", ("cmp_artsmark_",), metadata)
