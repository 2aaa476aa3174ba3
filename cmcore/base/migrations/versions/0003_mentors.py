"""Mentors with their checks, programmes and funding lines."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import REACHED, keep_to_authority, release

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_funding_line",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind_of_money", sa.String(length=40), nullable=False),
        sa.Column("financial_year", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("restriction", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind_of_money IN ('ppplus', 'ppplus_post16', 'school', 'social_care', 'grant', 'charity')",
            name=op.f("ck_cm_funding_line_kind_of_money_known"),
        ),
        sa.CheckConstraint("amount_pence >= 0", name=op.f("ck_cm_funding_line_amount_not_negative")),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_funding_line_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_funding_line")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_funding_line_authority_id_id")),
    )
    op.create_index(op.f("ix_cm_funding_line_authority_id"), "cm_funding_line", ["authority_id"], unique=False)
    op.create_table(
        "cm_mentor",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("art_forms", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("least_age", sa.Integer(), nullable=True),
        sa.Column("most_age", sa.Integer(), nullable=True),
        sa.Column("postcode_district", sa.String(length=5), nullable=False),
        sa.Column("travel_miles", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("availability", sa.String(length=500), nullable=False),
        sa.Column("drives", sa.Boolean(), nullable=False),
        sa.Column("home_authority_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["home_authority_id"], ["cm_authority.id"], name=op.f("fk_cm_mentor_home_authority_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_mentor")),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_mentor_ref")),
    )
    op.create_index(op.f("ix_cm_mentor_home_authority_id"), "cm_mentor", ["home_authority_id"], unique=False)
    op.create_index(op.f("ix_cm_mentor_name"), "cm_mentor", ["name"], unique=False)
    op.create_table(
        "cm_programme",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("type_key", sa.String(length=60), nullable=False),
        sa.Column("measure_set", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("usual_hours", sa.Integer(), nullable=True),
        sa.Column("open_to_referrals", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_programme_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_programme")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_programme_authority_id_id")),
        sa.UniqueConstraint("authority_id", "key", name=op.f("uq_cm_programme_authority_id_key")),
    )
    op.create_index(op.f("ix_cm_programme_authority_id"), "cm_programme", ["authority_id"], unique=False)
    op.create_table(
        "cm_mentor_authority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_mentor_authority_authority_id")
        ),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f("fk_cm_mentor_authority_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_mentor_authority")),
        sa.UniqueConstraint("authority_id", "mentor_id", name=op.f("uq_cm_mentor_authority_authority_id_mentor_id")),
    )
    op.create_index(op.f("ix_cm_mentor_authority_authority_id"), "cm_mentor_authority", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_mentor_authority_mentor_id"), "cm_mentor_authority", ["mentor_id"], unique=False)
    op.create_table(
        "cm_mentor_check",
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("kind_of_check", sa.String(length=40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("cover_pence", sa.Integer(), nullable=True),
        sa.Column("masked_reference", sa.String(length=20), nullable=False),
        sa.Column("seen_by", sa.String(length=120), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(seen_on IS NULL AND seen_by = '') OR (seen_on IS NOT NULL AND seen_by <> '')",
            name=op.f("ck_cm_mentor_check_seen_by_and_on"),
        ),
        sa.CheckConstraint(
            "kind_of_check IN ('enhanced_dbs', 'dbs_update_service', 'public_liability', 'business_car', "
            "'identity', 'references', 'safeguarding_training', 'induction', 'agreement')",
            name=op.f("ck_cm_mentor_check_kind_of_check_known"),
        ),
        sa.CheckConstraint("expires_on IS NULL OR issued_on <= expires_on", name=op.f("ck_cm_mentor_check_in_order")),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f("fk_cm_mentor_check_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_mentor_check")),
    )
    op.create_index(op.f("ix_cm_mentor_check_mentor_id"), "cm_mentor_check", ["mentor_id"], unique=False)
    keep_to_authority(
        "cm_mentor", f"home_authority_id = {REACHED} OR id IN (SELECT mentor_id FROM cm_mentor_authority)"
    )
    keep_to_authority("cm_mentor_authority")
    keep_to_authority("cm_mentor_check", "mentor_id IN (SELECT id FROM cm_mentor)")
    keep_to_authority("cm_programme")
    keep_to_authority("cm_funding_line")


def downgrade() -> None:
    """Take the tables away again."""
    release("cm_mentor", "cm_mentor_check")
    op.drop_index(op.f("ix_cm_mentor_check_mentor_id"), table_name="cm_mentor_check")
    op.drop_table("cm_mentor_check")
    op.drop_index(op.f("ix_cm_mentor_authority_mentor_id"), table_name="cm_mentor_authority")
    op.drop_index(op.f("ix_cm_mentor_authority_authority_id"), table_name="cm_mentor_authority")
    op.drop_table("cm_mentor_authority")
    op.drop_index(op.f("ix_cm_programme_authority_id"), table_name="cm_programme")
    op.drop_table("cm_programme")
    op.drop_index(op.f("ix_cm_mentor_name"), table_name="cm_mentor")
    op.drop_index(op.f("ix_cm_mentor_home_authority_id"), table_name="cm_mentor")
    op.drop_table("cm_mentor")
    op.drop_index(op.f("ix_cm_funding_line_authority_id"), table_name="cm_funding_line")
    op.drop_table("cm_funding_line")
