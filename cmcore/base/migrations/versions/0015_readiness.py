"""What makes a mentor ready to work: support, training, risk assessments read; and who was chosen for whom."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

#: What hangs on a mentor, and what an authority keeps, in the order in which it is made.
_TABLES = (
    "cm_supervision",
    "cm_training",
    "cm_risk_assessment",
    "cm_assessment_read",
    "cm_match_decision",
    "cm_travel_distance",
)
_CAME = "attendance IN ('invited', 'came', 'sent_word', 'absent')"
_SUPPORT = "kind_of_support IN ('reflective', 'one_to_one')"
_SUBJECTS = "subject IN ('attachment', 'social_pedagogy', 'neuroscience', 'safe_working', 'other')"


def _make(table: str, *own: sa.Column[object] | sa.Constraint, indexed: tuple[str, ...] = ()) -> None:
    op.create_table(
        table,
        *(one for one in own if isinstance(one, sa.Column)),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        *(one for one in own if isinstance(one, sa.Constraint)),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("authority_id", *indexed):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    keep_to_authority(table)


def _mentor(table: str) -> sa.Constraint:
    return sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f(f"fk_{table}_mentor_id"))


def _within(table: str, column: str, other: str) -> sa.Constraint:
    name = op.f(f"fk_{table}_authority_id_{column}")
    return sa.ForeignKeyConstraint(["authority_id", column], [f"{other}.authority_id", f"{other}.id"], name=name)


def _known(table: str, column: str, condition: str) -> sa.Constraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{column}_known"))


def _one_of_each(table: str, *columns: str) -> sa.Constraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def upgrade() -> None:
    """Make the tables and guard them; no car insurance so far is known to cover carrying young people."""
    _support()
    _assessments()
    _matching()
    op.add_column("cm_mentor_check", sa.Column("covers_passengers", sa.Boolean(), nullable=True))


def _support() -> None:
    table = "cm_supervision"
    _make(
        table,
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("kind_of_support", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("led_by", sa.String(length=120), nullable=False),
        sa.Column("attendance", sa.String(length=40), nullable=False),
        _mentor(table),
        _known(table, "kind_of_support", _SUPPORT),
        _known(table, "attendance", _CAME),
        # A name of its own: PostgreSQL would cut the usual one short, and a refusal could not tell what is doubled.
        sa.UniqueConstraint(
            "authority_id", "mentor_id", "held_on", "kind_of_support", name=op.f("uq_cm_supervision_once")
        ),
        indexed=("mentor_id",),
    )
    table = "cm_training"
    _make(
        table,
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("led_by", sa.String(length=120), nullable=False),
        sa.Column("attendance", sa.String(length=40), nullable=False),
        _mentor(table),
        _known(table, "subject", _SUBJECTS),
        _known(table, "attendance", _CAME),
        sa.CheckConstraint("minutes IS NULL OR minutes > 0", name=op.f(f"ck_{table}_some_time")),
        _one_of_each(table, "authority_id", "mentor_id", "held_on", "subject"),
        indexed=("mentor_id",),
    )


def _assessments() -> None:
    table = "cm_risk_assessment"
    _make(
        table,
        sa.Column("activity", sa.String(length=200), nullable=False),
        sa.Column("template", sa.String(length=120), nullable=False),
        sa.Column("hazards", sa.JSON(), nullable=False),
        sa.Column("exclusions", sa.JSON(), nullable=False),
        sa.Column("trained", sa.String(length=200), nullable=False),
        sa.Column("for_everybody", sa.Boolean(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("replaced_on", sa.Date(), nullable=True),
        sa.CheckConstraint("replaced_on IS NULL OR made_on <= replaced_on", name=op.f(f"ck_{table}_in_order")),
        _one_of_each(table, "authority_id", "id"),
    )
    op.create_index("ix_cm_risk_assessment_in_force", table, ["authority_id", "for_everybody", "made_on"])
    table = "cm_assessment_read"
    _make(
        table,
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        _mentor(table),
        _within(table, "assessment_id", "cm_risk_assessment"),
        _one_of_each(table, "authority_id", "assessment_id", "mentor_id"),
        indexed=("assessment_id", "mentor_id"),
    )


def _matching() -> None:
    table = "cm_match_decision"
    _make(
        table,
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("ranked", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        _mentor(table),
        _within(table, "young_person_id", "cm_young_person"),
        _within(table, "referral_id", "cm_referral"),
        indexed=("young_person_id", "referral_id", "mentor_id"),
    )
    table = "cm_travel_distance"
    _make(
        table,
        sa.Column("one_district", sa.String(length=5), nullable=False),
        sa.Column("other_district", sa.String(length=5), nullable=False),
        sa.Column("miles", sa.Integer(), nullable=False),
        sa.CheckConstraint("one_district <= other_district", name=op.f(f"ck_{table}_in_order")),
        sa.CheckConstraint("miles >= 0", name=op.f(f"ck_{table}_not_negative")),
        _one_of_each(table, "authority_id", "one_district", "other_district"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("cm_mentor_check", "covers_passengers")
    for table in reversed(_TABLES):
        op.drop_table(table)
