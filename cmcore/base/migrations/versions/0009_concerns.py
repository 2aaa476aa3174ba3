"""Concerns, and what is added to them; neither is ever lost."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import drop_functions, keep_to_authority, never_lost

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEPT = "A concern is never changed or taken away, only added to (R-SAF-1)."


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_concern",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("kind_of_concern", sa.String(length=40), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("immediate_action", sa.Text(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.String(length=120), nullable=False),
        sa.Column("raised_by_login", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "kind_of_concern IN ('disclosure', 'observed', 'behaviour', 'missing', 'crime', 'allegation')",
            name=op.f("ck_cm_concern_kind_of_concern_known"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_concern_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_concern_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_concern")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_concern_authority_id_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_concern_ref")),
    )
    op.create_index("ix_cm_concern_raised_by_login", "cm_concern", ["raised_by_login"], unique=False)
    op.create_index("ix_cm_concern_waiting", "cm_concern", ["authority_id", "state", "raised_at"], unique=False)
    op.create_index("ix_cm_concern_authority_id", "cm_concern", ["authority_id"], unique=False)
    op.create_index("ix_cm_concern_young_person_id", "cm_concern", ["young_person_id"], unique=False)
    op.create_table(
        "cm_concern_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("concern_id", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(length=40), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_name", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(length=120), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "told IN ('social_worker', 'virtual_school', 'carer', 'emergency_services', 'other') OR told IS NULL",
            name=op.f("ck_cm_concern_note_told_known"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_concern_note_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "concern_id"],
            ["cm_concern.authority_id", "cm_concern.id"],
            name=op.f("fk_cm_concern_note_authority_id_concern_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_concern_note_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_concern_note")),
    )
    op.create_index("ix_cm_concern_note_concern_id", "cm_concern_note", ["concern_id"], unique=False)
    op.create_index("ix_cm_concern_note_young_person_id", "cm_concern_note", ["young_person_id"], unique=False)
    op.create_index("ix_cm_concern_note_authority_id", "cm_concern_note", ["authority_id"], unique=False)
    keep_to_authority("cm_concern")
    keep_to_authority("cm_concern_note")
    told = (
        "ref",
        "kind_of_concern",
        "said",
        "happened",
        "immediate_action",
        "raised_at",
        "raised_by",
        "raised_by_login",
    )
    never_lost("cm_concern", ("id", "young_person_id", "authority_id", *told), KEPT)
    noted = ("concern_id", "told", "told_at", "told_name", "text", "noted_at", "noted_by")
    never_lost("cm_concern_note", ("id", "young_person_id", "authority_id", *noted), KEPT)


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("cm_concern_note")
    op.drop_table("cm_concern")
    drop_functions("cm_concern_note_never_lost", "cm_concern_never_lost")
