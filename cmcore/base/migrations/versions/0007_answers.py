"""Editions of forms, answers, what stood before a correction, and files handed in."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import drop_functions, keep_to_authority, never_changed

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_form_edition",
        sa.Column("form_key", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("owner", sa.String(length=80), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_cm_form_edition_numbered_from_one")),
        sa.CheckConstraint("source IN ('declared', 'workbook')", name=op.f("ck_cm_form_edition_source_known")),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_form_edition_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_form_edition")),
        sa.UniqueConstraint(
            "authority_id", "form_key", "number", name=op.f("uq_cm_form_edition_authority_id_form_key_number")
        ),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_form_edition_authority_id_id")),
    )
    op.create_index("ix_cm_form_edition_authority_id", "cm_form_edition", ["authority_id"], unique=False)
    op.create_index(
        "ix_cm_form_edition_in_force",
        "cm_form_edition",
        ["authority_id", "form_key"],
        unique=True,
        sqlite_where=sa.text("state = 'published'"),
        postgresql_where=sa.text("state = 'published'"),
    )
    op.create_table(
        "cm_form_answers",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("form_key", sa.String(length=80), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("left_behind", sa.JSON(), nullable=False),
        sa.Column("began_name", sa.String(length=120), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by", sa.String(length=120), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_by", sa.String(length=120), nullable=False),
        sa.Column("instead_of_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("about_kind", sa.String(length=60), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("began_by", sa.String(length=120), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_form_answers_authority_id")),
        sa.ForeignKeyConstraint(
            ["authority_id", "edition_id"],
            ["cm_form_edition.authority_id", "cm_form_edition.id"],
            name=op.f("fk_cm_form_answers_authority_id_edition_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_form_answers_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["instead_of_id"], ["cm_form_answers.id"], name=op.f("fk_cm_form_answers_instead_of_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_form_answers")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_form_answers_authority_id_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_form_answers_ref")),
    )
    op.create_index("ix_cm_form_answers_about", "cm_form_answers", ["about_kind", "about_id"], unique=False)
    op.create_index("ix_cm_form_answers_authority_id", "cm_form_answers", ["authority_id"], unique=False)
    op.create_index("ix_cm_form_answers_edition_id", "cm_form_answers", ["edition_id"], unique=False)
    op.create_index("ix_cm_form_answers_instead_of_id", "cm_form_answers", ["instead_of_id"], unique=False)
    op.create_index(
        "ix_cm_form_answers_list", "cm_form_answers", ["authority_id", "form_key", "state", "saved_at"], unique=False
    )
    op.create_index("ix_cm_form_answers_young_person_id", "cm_form_answers", ["young_person_id"], unique=False)
    op.create_table(
        "cm_answers_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("stood_by", sa.String(length=120), nullable=False),
        sa.Column("stood_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("about_kind", sa.String(length=60), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("began_by", sa.String(length=120), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_answers_revision_authority_id")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "answers_id"],
            ["cm_form_answers.authority_id", "cm_form_answers.id"],
            name=op.f("fk_cm_answers_revision_authority_id_answers_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "edition_id"],
            ["cm_form_edition.authority_id", "cm_form_edition.id"],
            name=op.f("fk_cm_answers_revision_authority_id_edition_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_answers_revision_authority_id_young_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_answers_revision")),
        sa.UniqueConstraint("answers_id", "number", name=op.f("uq_cm_answers_revision_answers_id_number")),
    )
    op.create_index("ix_cm_answers_revision_answers_id", "cm_answers_revision", ["answers_id"], unique=False)
    op.create_index("ix_cm_answers_revision_authority_id", "cm_answers_revision", ["authority_id"], unique=False)
    op.create_index("ix_cm_answers_revision_young_person_id", "cm_answers_revision", ["young_person_id"], unique=False)
    op.create_table(
        "cm_answer_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answers_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by", sa.String(length=120), nullable=False),
        sa.Column("about_kind", sa.String(length=60), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("began_by", sa.String(length=120), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_answer_file_authority_id")),
        sa.ForeignKeyConstraint(
            ["authority_id", "answers_id"],
            ["cm_form_answers.authority_id", "cm_form_answers.id"],
            name=op.f("fk_cm_answer_file_authority_id_answers_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_answer_file_authority_id_young_person_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_answer_file")),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_answer_file_ref")),
    )
    op.create_index("ix_cm_answer_file_answers_id", "cm_answer_file", ["answers_id"], unique=False)
    op.create_index("ix_cm_answer_file_authority_id", "cm_answer_file", ["authority_id"], unique=False)
    op.create_index("ix_cm_answer_file_young_person_id", "cm_answer_file", ["young_person_id"], unique=False)
    for table in ("cm_form_edition", "cm_form_answers", "cm_answers_revision", "cm_answer_file"):
        keep_to_authority(table)
    never_changed("cm_answers_revision", "What stood before a correction stays as it was.")


def downgrade() -> None:
    """Take the tables away again."""
    op.drop_index("ix_cm_answer_file_young_person_id", table_name="cm_answer_file")
    op.drop_index("ix_cm_answer_file_authority_id", table_name="cm_answer_file")
    op.drop_index("ix_cm_answer_file_answers_id", table_name="cm_answer_file")
    op.drop_table("cm_answer_file")
    op.drop_index("ix_cm_answers_revision_young_person_id", table_name="cm_answers_revision")
    op.drop_index("ix_cm_answers_revision_authority_id", table_name="cm_answers_revision")
    op.drop_index("ix_cm_answers_revision_answers_id", table_name="cm_answers_revision")
    op.drop_table("cm_answers_revision")
    op.drop_index("ix_cm_form_answers_young_person_id", table_name="cm_form_answers")
    op.drop_index("ix_cm_form_answers_list", table_name="cm_form_answers")
    op.drop_index("ix_cm_form_answers_instead_of_id", table_name="cm_form_answers")
    op.drop_index("ix_cm_form_answers_edition_id", table_name="cm_form_answers")
    op.drop_index("ix_cm_form_answers_authority_id", table_name="cm_form_answers")
    op.drop_index("ix_cm_form_answers_about", table_name="cm_form_answers")
    op.drop_table("cm_form_answers")
    op.drop_index("ix_cm_form_edition_in_force", table_name="cm_form_edition")
    op.drop_index("ix_cm_form_edition_authority_id", table_name="cm_form_edition")
    op.drop_table("cm_form_edition")
    drop_functions("cm_answers_revision_never_changed")
