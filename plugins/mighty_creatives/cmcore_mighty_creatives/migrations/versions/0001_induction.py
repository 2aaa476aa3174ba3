"""The papers a mentor has read, and the reflective sessions they came to."""

import sqlalchemy as sa
from alembic import op

from cmcore.api import keep_to_authority

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

READING, REFLECTIVE = "cmp_mighty_creatives_reading", "cmp_mighty_creatives_reflective"


def _kept() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
    ]


def _hangs_on(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f(f"fk_{table}_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        READING,
        *_kept(),
        sa.Column("paper", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=20), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        *_hangs_on(READING),
        sa.UniqueConstraint(
            "authority_id",
            "mentor_id",
            "paper",
            "edition",
            name=op.f(f"uq_{READING}_authority_id_mentor_id_paper_edition"),
        ),
        sa.CheckConstraint("paper IN ('induction_pack', 'risk_assessment')", name=op.f(f"ck_{READING}_paper_known")),
        sa.CheckConstraint("read_on IS NULL OR asked_on <= read_on", name=op.f(f"ck_{READING}_in_order")),
    )
    op.create_table(
        REFLECTIVE,
        *_kept(),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("support", sa.String(length=40), nullable=False),
        sa.Column("led_by", sa.String(length=120), nullable=False),
        *_hangs_on(REFLECTIVE),
        sa.UniqueConstraint(
            "authority_id", "mentor_id", "held_on", name=op.f(f"uq_{REFLECTIVE}_authority_id_mentor_id_held_on")
        ),
        sa.CheckConstraint("support IN ('reflective', 'one_to_one')", name=op.f(f"ck_{REFLECTIVE}_support_known")),
    )
    op.create_index(f"ix_{REFLECTIVE}_held_on", REFLECTIVE, ["held_on"])
    for table in (READING, REFLECTIVE):
        op.create_index(f"ix_{table}_authority_id", table, ["authority_id"])
        op.create_index(f"ix_{table}_mentor_id", table, ["mentor_id"])
        keep_to_authority(table)


def downgrade() -> None:
    """Take them away again."""
    op.drop_table(REFLECTIVE)
    op.drop_table(READING)
