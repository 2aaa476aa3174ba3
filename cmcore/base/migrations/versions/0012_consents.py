"""Permissions about young people."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KINDS = "'media_capture', 'media_shared', 'media_public', 'phone_contact', 'transport', 'research', 'data_sharing'"


def upgrade() -> None:
    """Make the table and guard it."""
    op.create_table(
        "cm_consent",
        sa.Column("kind_of_use", sa.String(length=40), nullable=False),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("decider_name", sa.String(length=120), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(f"kind_of_use IN ({KINDS})", name=op.f("ck_cm_consent_kind_of_use_known")),
        sa.CheckConstraint(
            "decided_by IN ('social_worker', 'young_person')", name=op.f("ck_cm_consent_decided_by_known")
        ),
        sa.CheckConstraint("decision IN ('given', 'refused')", name=op.f("ck_cm_consent_decision_known")),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_cm_consent_in_order")),
        sa.CheckConstraint(
            "withdrawn_on IS NULL OR starts_on <= withdrawn_on", name=op.f("ck_cm_consent_withdrawn_after")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_consent_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_consent_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_consent")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_consent_authority_id_id")),
    )
    op.create_index("ix_cm_consent_authority_id", "cm_consent", ["authority_id"], unique=False)
    op.create_index("ix_cm_consent_young_person_id", "cm_consent", ["young_person_id"], unique=False)
    op.create_index(
        "ix_cm_consent_of_person", "cm_consent", ["young_person_id", "kind_of_use", "starts_on"], unique=False
    )
    keep_to_authority("cm_consent")


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("cm_consent")
