"""Authorities, settings, memberships and the audit."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import REACHED, drop_functions, keep_to_authority, only_add, only_forward

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("actor_kind", sa.String(length=20), nullable=False),
        sa.Column("act", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("young_person_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=1000), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_audit")),
        sa.UniqueConstraint("chain", "seq", name=op.f("uq_cm_audit_chain_seq")),
    )
    op.create_index("ix_cm_audit_person", "cm_audit", ["young_person_id", "at"], unique=False)
    op.create_table(
        "cm_audit_head",
        sa.Column("chain", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_cm_audit_head")),
    )
    op.create_table(
        "cm_authority",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("school_name", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("prefix", sa.String(length=6), nullable=False),
        sa.Column("duty_phone", sa.String(length=40), nullable=False),
        sa.Column("duty_name", sa.String(length=120), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(code) = 3", name=op.f("ck_cm_authority_code_has_three_digits")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_authority")),
        sa.UniqueConstraint("code", name=op.f("uq_cm_authority_code")),
        sa.UniqueConstraint("prefix", name=op.f("uq_cm_authority_prefix")),
    )
    op.create_table(
        "cm_federation",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_federation")),
        sa.UniqueConstraint("code", name=op.f("uq_cm_federation_code")),
    )
    op.create_table(
        "cm_counter",
        sa.Column("prefix", sa.String(length=20), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_counter_authority_id")),
        sa.PrimaryKeyConstraint("prefix", name=op.f("pk_cm_counter")),
    )
    op.create_index(op.f("ix_cm_counter_authority_id"), "cm_counter", ["authority_id"], unique=False)
    op.create_table(
        "cm_membership",
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_membership_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_membership")),
        sa.UniqueConstraint("authority_id", "login", "role", name=op.f("uq_cm_membership_authority_id_login_role")),
    )
    op.create_index(op.f("ix_cm_membership_authority_id"), "cm_membership", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_membership_login"), "cm_membership", ["login"], unique=False)
    op.create_table(
        "cm_setting",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind_of_setting", sa.String(length=40), nullable=False),
        sa.Column("urn", sa.Integer(), nullable=True),
        sa.Column("la_code", sa.String(length=3), nullable=False),
        sa.Column("la_name", sa.String(length=120), nullable=False),
        sa.Column("type_name", sa.String(length=120), nullable=False),
        sa.Column("phase", sa.String(length=60), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("low_age", sa.Integer(), nullable=True),
        sa.Column("high_age", sa.Integer(), nullable=True),
        sa.Column("street", sa.String(length=200), nullable=False),
        sa.Column("locality", sa.String(length=200), nullable=False),
        sa.Column("town", sa.String(length=100), nullable=False),
        sa.Column("county", sa.String(length=100), nullable=False),
        sa.Column("postcode", sa.String(length=10), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("trust", sa.String(length=200), nullable=False),
        sa.Column("federation_id", sa.Integer(), nullable=True),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind_of_setting IN ('early_years', 'school', 'special_school', 'pupil_referral_unit', "
            "'alternative_provision', 'college', 'childrens_home', 'secure_unit', 'hospital', 'other')",
            name=op.f("ck_cm_setting_kind_of_setting_known"),
        ),
        sa.ForeignKeyConstraint(["added_by_id"], ["cm_authority.id"], name=op.f("fk_cm_setting_added_by_id")),
        sa.ForeignKeyConstraint(["federation_id"], ["cm_federation.id"], name=op.f("fk_cm_setting_federation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_setting")),
        sa.UniqueConstraint("urn", name=op.f("uq_cm_setting_urn")),
    )
    op.create_index(op.f("ix_cm_setting_added_by_id"), "cm_setting", ["added_by_id"], unique=False)
    op.create_index(op.f("ix_cm_setting_federation_id"), "cm_setting", ["federation_id"], unique=False)
    op.create_index(op.f("ix_cm_setting_la_code"), "cm_setting", ["la_code"], unique=False)
    op.create_index("ix_cm_setting_name", "cm_setting", ["name"], unique=False)
    op.create_table(
        "cm_term_dates",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_cm_term_dates_in_order")),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_term_dates_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_term_dates")),
        sa.UniqueConstraint("authority_id", "year", "name", name=op.f("uq_cm_term_dates_authority_id_year_name")),
    )
    op.create_index(op.f("ix_cm_term_dates_authority_id"), "cm_term_dates", ["authority_id"], unique=False)
    keep_to_authority("cm_authority", f"id = {REACHED}")
    keep_to_authority("cm_counter")
    keep_to_authority("cm_audit", f"chain = 0 OR chain = {REACHED}")
    keep_to_authority("cm_term_dates")
    keep_to_authority("cm_setting", f"added_by_id IS NULL OR added_by_id = {REACHED}")
    only_add("cm_audit")
    only_forward("cm_audit_head")


def downgrade() -> None:
    """Take the tables away again."""
    op.drop_index(op.f("ix_cm_term_dates_authority_id"), table_name="cm_term_dates")
    op.drop_table("cm_term_dates")
    op.drop_index("ix_cm_setting_name", table_name="cm_setting")
    op.drop_index(op.f("ix_cm_setting_la_code"), table_name="cm_setting")
    op.drop_index(op.f("ix_cm_setting_federation_id"), table_name="cm_setting")
    op.drop_index(op.f("ix_cm_setting_added_by_id"), table_name="cm_setting")
    op.drop_table("cm_setting")
    op.drop_index(op.f("ix_cm_membership_login"), table_name="cm_membership")
    op.drop_index(op.f("ix_cm_membership_authority_id"), table_name="cm_membership")
    op.drop_table("cm_membership")
    op.drop_index(op.f("ix_cm_counter_authority_id"), table_name="cm_counter")
    op.drop_table("cm_counter")
    op.drop_table("cm_federation")
    op.drop_table("cm_authority")
    op.drop_table("cm_audit_head")
    op.drop_index("ix_cm_audit_person", table_name="cm_audit")
    op.drop_table("cm_audit")
    drop_functions("cm_audit_only_add", "cm_audit_head_only_forward")
