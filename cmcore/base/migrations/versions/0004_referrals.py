"""Referrals, enrolments and commissions."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_referral",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("referrer_name", sa.String(length=120), nullable=False),
        sa.Column("referrer_login", sa.String(length=120), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("urgency", sa.String(length=40), nullable=False),
        sa.Column("concern", sa.String(length=40), nullable=True),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("what_works", sa.Text(), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("expected_minutes", sa.Integer(), nullable=True),
        sa.Column("funding_line_id", sa.Integer(), nullable=True),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("social_worker_id", sa.Integer(), nullable=True),
        sa.Column("designated_teacher_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "concern IN ('red', 'amber', 'green') OR concern IS NULL", name=op.f("ck_cm_referral_concern_known")
        ),
        sa.CheckConstraint("urgency IN ('routine', 'crisis')", name=op.f("ck_cm_referral_urgency_known")),
        sa.ForeignKeyConstraint(
            ["authority_id", "designated_teacher_id"],
            ["cm_supporting_adult.authority_id", "cm_supporting_adult.id"],
            name=op.f("fk_cm_referral_authority_id_designated_teacher_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "funding_line_id"],
            ["cm_funding_line.authority_id", "cm_funding_line.id"],
            name=op.f("fk_cm_referral_authority_id_funding_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "programme_id"],
            ["cm_programme.authority_id", "cm_programme.id"],
            name=op.f("fk_cm_referral_authority_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "social_worker_id"],
            ["cm_supporting_adult.authority_id", "cm_supporting_adult.id"],
            name=op.f("fk_cm_referral_authority_id_social_worker_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_referral_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_referral_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_referral")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_referral_authority_id_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_referral_ref")),
    )
    op.create_index(op.f("ix_cm_referral_authority_id"), "cm_referral", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_referral_programme_id"), "cm_referral", ["programme_id"], unique=False)
    op.create_index(op.f("ix_cm_referral_referrer_login"), "cm_referral", ["referrer_login"], unique=False)
    op.create_index(
        "ix_cm_referral_waiting", "cm_referral", ["authority_id", "state", "urgency", "submitted_at"], unique=False
    )
    op.create_index(op.f("ix_cm_referral_young_person_id"), "cm_referral", ["young_person_id"], unique=False)
    op.create_table(
        "cm_enrolment",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=True),
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=True),
        sa.Column("planned_start_on", sa.Date(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("learning_targets", sa.Text(), nullable=False),
        sa.Column("review_days", sa.Integer(), nullable=True),
        sa.Column("concern_at_start", sa.String(length=40), nullable=True),
        sa.Column("no_exit_review_because", sa.String(length=1000), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "concern_at_start IN ('red', 'amber', 'green') OR concern_at_start IS NULL",
            name=op.f("ck_cm_enrolment_concern_at_start_known"),
        ),
        sa.CheckConstraint(
            "(young_person_id IS NULL) <> (setting_id IS NULL)", name=op.f("ck_cm_enrolment_one_subject")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR started_on IS NULL OR started_on <= ended_on", name=op.f("ck_cm_enrolment_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "programme_id"],
            ["cm_programme.authority_id", "cm_programme.id"],
            name=op.f("fk_cm_enrolment_authority_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "referral_id"],
            ["cm_referral.authority_id", "cm_referral.id"],
            name=op.f("fk_cm_enrolment_authority_id_referral_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_enrolment_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_enrolment_authority_id")),
        sa.ForeignKeyConstraint(["setting_id"], ["cm_setting.id"], name=op.f("fk_cm_enrolment_setting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_enrolment")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_enrolment_authority_id_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_enrolment_ref")),
    )
    op.create_index(op.f("ix_cm_enrolment_authority_id"), "cm_enrolment", ["authority_id"], unique=False)
    op.create_index("ix_cm_enrolment_cohort", "cm_enrolment", ["programme_id", "state", "started_on"], unique=False)
    op.create_index(op.f("ix_cm_enrolment_referral_id"), "cm_enrolment", ["referral_id"], unique=False)
    op.create_index(op.f("ix_cm_enrolment_setting_id"), "cm_enrolment", ["setting_id"], unique=False)
    op.create_index(op.f("ix_cm_enrolment_young_person_id"), "cm_enrolment", ["young_person_id"], unique=False)
    op.create_table(
        "cm_commission",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=True),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("rate_pence", sa.Integer(), nullable=False),
        sa.Column("funding_line_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "purpose IN ('mentoring', 'pep', 'planning', 'case_study')", name=op.f("ck_cm_commission_purpose_known")
        ),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_cm_commission_in_order")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_cm_commission_some_time")),
        sa.CheckConstraint("rate_pence >= 0", name=op.f("ck_cm_commission_rate_not_negative")),
        sa.ForeignKeyConstraint(
            ["authority_id", "enrolment_id"],
            ["cm_enrolment.authority_id", "cm_enrolment.id"],
            name=op.f("fk_cm_commission_authority_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "funding_line_id"],
            ["cm_funding_line.authority_id", "cm_funding_line.id"],
            name=op.f("fk_cm_commission_authority_id_funding_line_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_commission_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_commission_authority_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f("fk_cm_commission_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_commission")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_commission_authority_id_id")),
    )
    op.create_index(op.f("ix_cm_commission_authority_id"), "cm_commission", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_commission_enrolment_id"), "cm_commission", ["enrolment_id"], unique=False)
    op.create_index(op.f("ix_cm_commission_funding_line_id"), "cm_commission", ["funding_line_id"], unique=False)
    op.create_index(
        "ix_cm_commission_reach", "cm_commission", ["mentor_id", "authority_id", "young_person_id"], unique=False
    )
    op.create_index(op.f("ix_cm_commission_young_person_id"), "cm_commission", ["young_person_id"], unique=False)
    keep_to_authority("cm_referral")
    keep_to_authority("cm_enrolment")
    keep_to_authority("cm_commission")


def downgrade() -> None:
    """Take the tables away again."""
    op.drop_index(op.f("ix_cm_commission_young_person_id"), table_name="cm_commission")
    op.drop_index("ix_cm_commission_reach", table_name="cm_commission")
    op.drop_index(op.f("ix_cm_commission_funding_line_id"), table_name="cm_commission")
    op.drop_index(op.f("ix_cm_commission_enrolment_id"), table_name="cm_commission")
    op.drop_index(op.f("ix_cm_commission_authority_id"), table_name="cm_commission")
    op.drop_table("cm_commission")
    op.drop_index(op.f("ix_cm_enrolment_young_person_id"), table_name="cm_enrolment")
    op.drop_index(op.f("ix_cm_enrolment_setting_id"), table_name="cm_enrolment")
    op.drop_index(op.f("ix_cm_enrolment_referral_id"), table_name="cm_enrolment")
    op.drop_index("ix_cm_enrolment_cohort", table_name="cm_enrolment")
    op.drop_index(op.f("ix_cm_enrolment_authority_id"), table_name="cm_enrolment")
    op.drop_table("cm_enrolment")
    op.drop_index(op.f("ix_cm_referral_young_person_id"), table_name="cm_referral")
    op.drop_index("ix_cm_referral_waiting", table_name="cm_referral")
    op.drop_index(op.f("ix_cm_referral_referrer_login"), table_name="cm_referral")
    op.drop_index(op.f("ix_cm_referral_programme_id"), table_name="cm_referral")
    op.drop_index(op.f("ix_cm_referral_authority_id"), table_name="cm_referral")
    op.drop_table("cm_referral")
