"""Young people, their care, education and SEND, and the adults around them."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_state_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=True),
        sa.Column("transition", sa.String(length=40), nullable=False),
        sa.Column("from_state", sa.String(length=40), nullable=False),
        sa.Column("to_state", sa.String(length=40), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("from_state <> to_state", name=op.f("ck_cm_state_change_moves")),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_state_change_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_state_change")),
    )
    op.create_index(op.f("ix_cm_state_change_authority_id"), "cm_state_change", ["authority_id"], unique=False)
    op.create_index("ix_cm_state_change_record", "cm_state_change", ["kind", "record_id"], unique=False)
    op.create_index(op.f("ix_cm_state_change_young_person_id"), "cm_state_change", ["young_person_id"], unique=False)
    op.create_table(
        "cm_young_person",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("given_name", sa.String(length=100), nullable=False),
        sa.Column("family_name", sa.String(length=100), nullable=False),
        sa.Column("preferred_name", sa.String(length=100), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(length=2), nullable=False),
        sa.Column("ethnicity", sa.String(length=8), nullable=False),
        sa.Column("upn", sa.String(length=13), nullable=True),
        sa.Column("upn_unknown", sa.String(length=3), nullable=False),
        sa.Column("child_id", sa.String(length=40), nullable=True),
        sa.Column("care_status", sa.String(length=40), nullable=False),
        sa.Column("looked_after_from", sa.Date(), nullable=True),
        sa.Column("ceased_on", sa.Date(), nullable=True),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("unaccompanied_until", sa.Date(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "care_status IN ('looked_after', 'previously_looked_after', 'care_leaver', "
            "'edge_of_care', 'social_worker', 'kinship_care')",
            name=op.f("ck_cm_young_person_care_status_known"),
        ),
        sa.CheckConstraint("sex IN ('1', '2', '0')", name=op.f("ck_cm_young_person_sex_known")),
        sa.CheckConstraint(
            "ceased_on IS NULL OR looked_after_from IS NULL OR looked_after_from <= ceased_on",
            name=op.f("ck_cm_young_person_care_in_order"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_young_person_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_young_person")),
        sa.UniqueConstraint("authority_id", "child_id", name=op.f("uq_cm_young_person_authority_id_child_id")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_young_person_authority_id_id")),
        sa.UniqueConstraint("authority_id", "upn", name=op.f("uq_cm_young_person_authority_id_upn")),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_young_person_ref")),
    )
    op.create_index(op.f("ix_cm_young_person_authority_id"), "cm_young_person", ["authority_id"], unique=False)
    op.create_index(
        "ix_cm_young_person_family",
        "cm_young_person",
        ["authority_id", "family_name", "given_name", "id"],
        unique=False,
    )
    op.create_table(
        "cm_care_episode",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("reason_new", sa.String(length=4), nullable=False),
        sa.Column("legal_status", sa.String(length=4), nullable=False),
        sa.Column("need", sa.String(length=4), nullable=False),
        sa.Column("placement", sa.String(length=4), nullable=False),
        sa.Column("provider", sa.String(length=4), nullable=False),
        sa.Column("reason_ceased", sa.String(length=4), nullable=False),
        sa.Column("placement_urn", sa.String(length=12), nullable=False),
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_cm_care_episode_in_order")),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_care_episode_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_care_episode_authority_id")),
        sa.ForeignKeyConstraint(["setting_id"], ["cm_setting.id"], name=op.f("fk_cm_care_episode_setting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_care_episode")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_care_episode_authority_id_id")),
    )
    op.create_index(op.f("ix_cm_care_episode_authority_id"), "cm_care_episode", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_care_episode_setting_id"), "cm_care_episode", ["setting_id"], unique=False)
    op.create_index(op.f("ix_cm_care_episode_young_person_id"), "cm_care_episode", ["young_person_id"], unique=False)
    op.create_table(
        "cm_education_spell",
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("attendance", sa.Numeric(precision=4, scale=1), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('enrolled', 'part_time', 'not_in_school', 'awaiting_place', "
            "'suspended', 'excluded', 'eet', 'neet')",
            name=op.f("ck_cm_education_spell_status_known"),
        ),
        sa.CheckConstraint(
            "attendance IS NULL OR (attendance >= 0 AND attendance <= 100)",
            name=op.f("ck_cm_education_spell_attendance_is_a_share"),
        ),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_cm_education_spell_in_order")),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_education_spell_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_education_spell_authority_id")),
        sa.ForeignKeyConstraint(["setting_id"], ["cm_setting.id"], name=op.f("fk_cm_education_spell_setting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_education_spell")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_education_spell_authority_id_id")),
    )
    op.create_index("ix_cm_education_spell_at", "cm_education_spell", ["setting_id", "starts_on"], unique=False)
    op.create_index(op.f("ix_cm_education_spell_authority_id"), "cm_education_spell", ["authority_id"], unique=False)
    op.create_index(
        op.f("ix_cm_education_spell_young_person_id"), "cm_education_spell", ["young_person_id"], unique=False
    )
    op.create_table(
        "cm_send_status",
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("need", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("level IN ('none', 'support', 'ehcp')", name=op.f("ck_cm_send_status_level_known")),
        sa.CheckConstraint("ends_on IS NULL OR starts_on <= ends_on", name=op.f("ck_cm_send_status_in_order")),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_send_status_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_send_status_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_send_status")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_send_status_authority_id_id")),
    )
    op.create_index(op.f("ix_cm_send_status_authority_id"), "cm_send_status", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_send_status_young_person_id"), "cm_send_status", ["young_person_id"], unique=False)
    op.create_table(
        "cm_supporting_adult",
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("emergency_contact", sa.Boolean(), nullable=False),
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role IN ('parent', 'foster_carer', 'key_worker', 'teacher', 'designated_teacher', "
            "'social_worker', 'leaving_care_worker', 'personal_adviser', 'other')",
            name=op.f("ck_cm_supporting_adult_role_known"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_supporting_adult_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_supporting_adult_authority_id")
        ),
        sa.ForeignKeyConstraint(["setting_id"], ["cm_setting.id"], name=op.f("fk_cm_supporting_adult_setting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_supporting_adult")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_supporting_adult_authority_id_id")),
    )
    op.create_index(op.f("ix_cm_supporting_adult_authority_id"), "cm_supporting_adult", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_supporting_adult_setting_id"), "cm_supporting_adult", ["setting_id"], unique=False)
    op.create_index(
        op.f("ix_cm_supporting_adult_young_person_id"), "cm_supporting_adult", ["young_person_id"], unique=False
    )
    keep_to_authority("cm_young_person")
    keep_to_authority("cm_care_episode")
    keep_to_authority("cm_education_spell")
    keep_to_authority("cm_send_status")
    keep_to_authority("cm_supporting_adult")
    keep_to_authority("cm_state_change")


def downgrade() -> None:
    """Take the tables away again."""
    op.drop_index(op.f("ix_cm_supporting_adult_young_person_id"), table_name="cm_supporting_adult")
    op.drop_index(op.f("ix_cm_supporting_adult_setting_id"), table_name="cm_supporting_adult")
    op.drop_index(op.f("ix_cm_supporting_adult_authority_id"), table_name="cm_supporting_adult")
    op.drop_table("cm_supporting_adult")
    op.drop_index(op.f("ix_cm_send_status_young_person_id"), table_name="cm_send_status")
    op.drop_index(op.f("ix_cm_send_status_authority_id"), table_name="cm_send_status")
    op.drop_table("cm_send_status")
    op.drop_index(op.f("ix_cm_education_spell_young_person_id"), table_name="cm_education_spell")
    op.drop_index(op.f("ix_cm_education_spell_authority_id"), table_name="cm_education_spell")
    op.drop_index("ix_cm_education_spell_at", table_name="cm_education_spell")
    op.drop_table("cm_education_spell")
    op.drop_index(op.f("ix_cm_care_episode_young_person_id"), table_name="cm_care_episode")
    op.drop_index(op.f("ix_cm_care_episode_setting_id"), table_name="cm_care_episode")
    op.drop_index(op.f("ix_cm_care_episode_authority_id"), table_name="cm_care_episode")
    op.drop_table("cm_care_episode")
    op.drop_index("ix_cm_young_person_family", table_name="cm_young_person")
    op.drop_index(op.f("ix_cm_young_person_authority_id"), table_name="cm_young_person")
    op.drop_table("cm_young_person")
    op.drop_index(op.f("ix_cm_state_change_young_person_id"), table_name="cm_state_change")
    op.drop_index("ix_cm_state_change_record", table_name="cm_state_change")
    op.drop_index(op.f("ix_cm_state_change_authority_id"), table_name="cm_state_change")
    op.drop_table("cm_state_change")
