"""Saved cohorts, and the tables of evidence that were given out."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_saved_cohort",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "programme_id"],
            ["cm_programme.authority_id", "cm_programme.id"],
            name=op.f("fk_cm_saved_cohort_authority_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_saved_cohort_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_saved_cohort")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_saved_cohort_authority_id_id")),
        sa.UniqueConstraint(
            "authority_id", "programme_id", "name", name=op.f("uq_cm_saved_cohort_authority_id_programme_id_name")
        ),
    )
    for column in ("authority_id", "programme_id", "login"):
        op.create_index(f"ix_cm_saved_cohort_{column}", "cm_saved_cohort", [column], unique=False)
    keep_to_authority("cm_saved_cohort")

    op.create_table(
        "cm_published_table",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=120), nullable=False),
        sa.Column("split_by", sa.String(length=40), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("started_from", sa.Date(), nullable=True),
        sa.Column("started_to", sa.Date(), nullable=True),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "programme_id"],
            ["cm_programme.authority_id", "cm_programme.id"],
            name=op.f("fk_cm_published_table_authority_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_published_table_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_published_table")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_published_table_authority_id_id")),
    )
    for column in ("authority_id", "programme_id"):
        op.create_index(f"ix_cm_published_table_{column}", "cm_published_table", [column], unique=False)
    op.create_index(
        "ix_cm_published_table_series", "cm_published_table", ["authority_id", "series", "drawn_on"], unique=False
    )
    keep_to_authority("cm_published_table")


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("cm_published_table")
    op.drop_table("cm_saved_cohort")
