"""The story of a young person."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

TO = "'themselves', 'parent', 'representative'"
HOW = "'together', 'in_hand', 'post', 'secure'"


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_story",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("up_to_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("made_by_login", sa.String(length=120), nullable=False),
        sa.Column("marked_by_login", sa.String(length=120), nullable=False),
        sa.Column("approved_by", sa.String(length=120), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("given_to", sa.String(length=40), nullable=True),
        sa.Column("given_how", sa.String(length=40), nullable=True),
        sa.Column("undecided", sa.Integer(), nullable=False),
        sa.Column("passages", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.CheckConstraint("why IN ('asked', 'keepsake')", name=op.f("ck_cm_story_why_known")),
        sa.CheckConstraint(f"given_to IN ({TO}) OR given_to IS NULL", name=op.f("ck_cm_story_given_to_known")),
        sa.CheckConstraint(f"given_how IN ({HOW}) OR given_how IS NULL", name=op.f("ck_cm_story_given_how_known")),
        sa.CheckConstraint("due_on >= asked_on", name=op.f("ck_cm_story_due_after_asked")),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_story_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_story_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_story")),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_story_ref")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_story_authority_id_id")),
    )
    op.create_index("ix_cm_story_authority_id", "cm_story", ["authority_id"], unique=False)
    op.create_index("ix_cm_story_young_person_id", "cm_story", ["young_person_id"], unique=False)
    op.create_index("ix_cm_story_waiting", "cm_story", ["authority_id", "state", "due_on"], unique=False)
    keep_to_authority("cm_story")

    op.create_table(
        "cm_story_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("kind_of_file", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind_of_file IN ('pdf', 'word')", name=op.f("ck_cm_story_file_kind_of_file_known")),
        sa.CheckConstraint("size > 0", name=op.f("ck_cm_story_file_some_content")),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_story_file_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "story_id"],
            ["cm_story.authority_id", "cm_story.id"],
            name=op.f("fk_cm_story_file_authority_id_story_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_story_file_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_story_file")),
        sa.UniqueConstraint("story_id", "kind_of_file", name=op.f("uq_cm_story_file_story_id_kind_of_file")),
    )
    op.create_index("ix_cm_story_file_authority_id", "cm_story_file", ["authority_id"], unique=False)
    op.create_index("ix_cm_story_file_young_person_id", "cm_story_file", ["young_person_id"], unique=False)
    keep_to_authority("cm_story_file")


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("cm_story_file")
    op.drop_table("cm_story")
