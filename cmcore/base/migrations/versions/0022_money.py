"""Money set aside for young people, and the rates of a year."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

USES = "'mentoring', 'lessons', 'equipment', 'visits', 'tuition', 'other'"


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_allocation",
        sa.Column("funding_line_id", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("use", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("pep_target_id", sa.Integer(), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("spent_pence", sa.Integer(), nullable=False),
        sa.Column("spent_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"use IN ({USES})", name=op.f("ck_cm_allocation_use_known")),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_cm_allocation_some_money")),
        sa.CheckConstraint("spent_pence >= 0", name=op.f("ck_cm_allocation_spent_not_negative")),
        sa.CheckConstraint("(spent_pence = 0) OR (spent_on IS NOT NULL)", name=op.f("ck_cm_allocation_spent_on_a_day")),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_allocation_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "funding_line_id"],
            ["cm_funding_line.authority_id", "cm_funding_line.id"],
            name=op.f("fk_cm_allocation_authority_id_funding_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "pep_target_id"],
            ["cm_pep_target.authority_id", "cm_pep_target.id"],
            name=op.f("fk_cm_allocation_authority_id_pep_target_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_allocation_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_allocation")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_allocation_authority_id_id")),
    )
    op.create_index("ix_cm_allocation_authority_id", "cm_allocation", ["authority_id"], unique=False)
    op.create_index("ix_cm_allocation_young_person_id", "cm_allocation", ["young_person_id"], unique=False)
    op.create_index("ix_cm_allocation_funding_line_id", "cm_allocation", ["funding_line_id"], unique=False)
    op.create_index("ix_cm_allocation_pep_target_id", "cm_allocation", ["pep_target_id"], unique=False)
    keep_to_authority("cm_allocation")

    op.create_table(
        "cm_year_rate",
        sa.Column("financial_year", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_pence > 0", name=op.f("ck_cm_year_rate_some_money")),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_year_rate_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_year_rate")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_year_rate_authority_id_id")),
        sa.UniqueConstraint("authority_id", "financial_year", name=op.f("uq_cm_year_rate_authority_id_financial_year")),
    )
    op.create_index("ix_cm_year_rate_authority_id", "cm_year_rate", ["authority_id"], unique=False)
    keep_to_authority("cm_year_rate")


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("cm_year_rate")
    op.drop_table("cm_allocation")
