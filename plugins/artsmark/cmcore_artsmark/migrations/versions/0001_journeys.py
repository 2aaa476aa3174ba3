"""Journeys, judgements, commitments, the action plan, evidence, and passages of statements."""

import sqlalchemy as sa
from alembic import op

from cmcore.api import keep_to_authority

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

JOURNEY, JUDGEMENT, COMMITMENT = "cmp_artsmark_journey", "cmp_artsmark_judgement", "cmp_artsmark_commitment"
ITEM, EVIDENCE, PASSAGE = "cmp_artsmark_item", "cmp_artsmark_evidence", "cmp_artsmark_passage"
LEVELS = ("silver", "gold", "platinum")
CRITERIA = (
    "values",
    "leadership",
    "engagement",
    "curriculum",
    "offer",
    "development",
    "partnerships",
    "inclusion",
)
_OF = {
    "artsmark_journey_id": JOURNEY,
    "artsmark_commitment_id": COMMITMENT,
    "artsmark_evidence_id": EVIDENCE,
    "young_person_id": "cm_young_person",
    "case_study_id": "cm_case_study",
    "journal_entry_id": "cm_journal_entry",
}


def _kept() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
    ]


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _code(name: str, *, empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=40), nullable=empty)


def _day(name: str, *, empty: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.Date(), nullable=empty)


def _number(name: str, *, empty: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=empty)


def _of(table: str, *columns: str) -> list[sa.Constraint]:
    within = [
        sa.ForeignKeyConstraint(
            ["authority_id", column],
            [f"{_OF[column]}.authority_id", f"{_OF[column]}.id"],
            name=op.f(f"fk_{table}_authority_id_{column}"),
        )
        for column in columns
    ]
    return [
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{table}_authority_id")),
        *within,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _parent(table: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("authority_id", "id", name=op.f(f"uq_{table}_authority_id_id"))


def _known(table: str, column: str, codes: tuple[str, ...], *, empty: bool = False) -> sa.CheckConstraint:
    listed = ", ".join(f"'{each}'" for each in codes)
    more = f" OR {column} IS NULL" if empty else ""
    return sa.CheckConstraint(f"{column} IN ({listed}){more}", name=op.f(f"ck_{table}_{column}_known"))


def _indexed(table: str, *columns: str) -> None:
    for column in ("authority_id", *columns):
        op.create_index(f"ix_{table}_{column}", table, [column])
    keep_to_authority(table)


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        JOURNEY,
        *_kept(),
        _code("state"),
        _number("setting_id"),
        _text("led_by", 120),
        _code("aims_at", empty=True),
        _day("registered_on", empty=False),
        *(_day(name) for name in ("assessed_on", "committed_on", "impact_due_on", "claimed_on")),
        _code("level", empty=True),
        _day("awarded_on"),
        _day("award_until"),
        _number("renews_id"),
        *_of(JOURNEY),
        sa.ForeignKeyConstraint(["setting_id"], ["cm_setting.id"], name=op.f(f"fk_{JOURNEY}_setting_id")),
        sa.ForeignKeyConstraint(["renews_id"], [f"{JOURNEY}.id"], name=op.f(f"fk_{JOURNEY}_renews_id")),
        _parent(JOURNEY),
        _known(JOURNEY, "aims_at", LEVELS, empty=True),
        _known(JOURNEY, "level", LEVELS, empty=True),
    )
    op.create_table(
        JUDGEMENT,
        *_kept(),
        _number("artsmark_journey_id", empty=False),
        _code("criterion"),
        _code("at"),
        _code("judgement"),
        sa.Column("said", sa.Text(), nullable=False),
        _day("judged_on", empty=False),
        _text("judged_by", 120),
        *_of(JUDGEMENT, "artsmark_journey_id"),
        sa.UniqueConstraint(
            "authority_id",
            "artsmark_journey_id",
            "criterion",
            "at",
            name=op.f(f"uq_{JUDGEMENT}_authority_id_artsmark_journey_id_criterion_at"),
        ),
        _known(JUDGEMENT, "criterion", CRITERIA),
        _known(JUDGEMENT, "at", ("start", "end")),
        _known(JUDGEMENT, "judgement", ("working_towards", *LEVELS)),
    )
    op.create_table(
        COMMITMENT,
        *_kept(),
        _code("state"),
        _number("artsmark_journey_id", empty=False),
        _text("goal", 300),
        _code("criterion"),
        sa.Column("principles", sa.JSON(), nullable=False),
        _text("owner", 120),
        _day("due_on", empty=False),
        _day("achieved_on"),
        sa.Column("achieved", sa.Text(), nullable=False),
        *_of(COMMITMENT, "artsmark_journey_id"),
        _parent(COMMITMENT),
        _known(COMMITMENT, "criterion", CRITERIA),
    )
    op.create_table(
        ITEM,
        *_kept(),
        _number("artsmark_commitment_id", empty=False),
        _text("what", 300),
        _text("owner", 120),
        _day("due_on", empty=False),
        _day("done_on"),
        _text("entry", 80),
        _text("entry_title", 200),
        _day("entry_on"),
        _text("entry_path", 80),
        *_of(ITEM, "artsmark_commitment_id"),
    )
    op.create_table(
        EVIDENCE,
        *_kept(),
        _number("artsmark_commitment_id", empty=False),
        _code("kind_of_evidence"),
        _text("shows", 300),
        _text("figure", 80),
        _day("starts_on"),
        _day("ends_on"),
        _number("number"),
        _number("out_of"),
        _day("counted_on"),
        sa.Column("said", sa.Text(), nullable=False),
        _text("said_by", 120),
        _day("permitted_on"),
        _number("young_person_id"),
        _number("case_study_id"),
        _number("journal_entry_id"),
        *_of(EVIDENCE, "artsmark_commitment_id", "young_person_id", "case_study_id", "journal_entry_id"),
        _parent(EVIDENCE),
        _known(EVIDENCE, "kind_of_evidence", ("number", "quote", "case_study", "media")),
    )
    op.create_table(
        PASSAGE,
        *_kept(),
        _number("artsmark_journey_id", empty=False),
        _code("statement"),
        _text("key", 80),
        _number("place", empty=False),
        _text("heading", 300),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("drafted", sa.Text(), nullable=False),
        _text("source", 300),
        _code("origin"),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        _number("young_person_id"),
        _number("artsmark_commitment_id"),
        _number("artsmark_evidence_id"),
        *_of(PASSAGE, "artsmark_journey_id", "artsmark_commitment_id", "artsmark_evidence_id", "young_person_id"),
        sa.UniqueConstraint(
            "authority_id",
            "artsmark_journey_id",
            "statement",
            "key",
            name=op.f(f"uq_{PASSAGE}_authority_id_artsmark_journey_id_statement_key"),
        ),
        _known(PASSAGE, "statement", ("commitment", "impact")),
        _known(PASSAGE, "origin", ("drafted", "edited", "written")),
    )
    _indexed(JOURNEY, "setting_id")
    _indexed(JUDGEMENT, "artsmark_journey_id")
    _indexed(COMMITMENT, "artsmark_journey_id")
    _indexed(ITEM, "artsmark_commitment_id")
    _indexed(EVIDENCE, "artsmark_commitment_id", "young_person_id")
    _indexed(PASSAGE, "artsmark_journey_id", "young_person_id")


def downgrade() -> None:
    """Take them away again."""
    for table in (PASSAGE, EVIDENCE, ITEM, COMMITMENT, JUDGEMENT, JOURNEY):
        op.drop_table(table)
