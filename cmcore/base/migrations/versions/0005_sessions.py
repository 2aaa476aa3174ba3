"""Sessions and reviews with their scores."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import also_seen, keep_to_authority

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

#: Whether a mentor is busy was asked across authorities by a transaction that names the mentor; 0014 asks otherwise.
BUSY = "mentor_id = (SELECT nullif(current_setting('cm.mentor', true), '')::int)"


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_review",
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("measure_set", sa.String(length=40), nullable=False),
        sa.Column("kind_of_review", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("scored_by", sa.String(length=40), nullable=False),
        sa.Column("guided_by_child", sa.Boolean(), nullable=True),
        sa.Column("words_said", sa.Text(), nullable=False),
        sa.Column("concern", sa.String(length=40), nullable=True),
        sa.Column("finalised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "concern IN ('red', 'amber', 'green') OR concern IS NULL", name=op.f("ck_cm_review_concern_known")
        ),
        sa.CheckConstraint(
            "kind_of_review IN ('baseline', 'interim', 'exit', 'follow_up')",
            name=op.f("ck_cm_review_kind_of_review_known"),
        ),
        sa.CheckConstraint(
            "scored_by IN ('mentor', 'young_person', 'carer', 'teacher', 'joint')",
            name=op.f("ck_cm_review_scored_by_known"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "enrolment_id"],
            ["cm_enrolment.authority_id", "cm_enrolment.id"],
            name=op.f("fk_cm_review_authority_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_review_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_review_authority_id")),
        sa.ForeignKeyConstraint(["superseded_by_id"], ["cm_review.id"], name=op.f("fk_cm_review_superseded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_review")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_review_authority_id_id")),
    )
    op.create_index(op.f("ix_cm_review_authority_id"), "cm_review", ["authority_id"], unique=False)
    op.create_index(
        "ix_cm_review_pairing",
        "cm_review",
        ["enrolment_id", "measure_set", "scored_by", "state", "held_on"],
        unique=False,
    )
    op.create_index(op.f("ix_cm_review_superseded_by_id"), "cm_review", ["superseded_by_id"], unique=False)
    op.create_index(op.f("ix_cm_review_young_person_id"), "cm_review", ["young_person_id"], unique=False)
    op.create_table(
        "cm_review_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("not_scored_because", sa.String(length=300), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(score IS NULL) <> (not_scored_because = '')", name=op.f("ck_cm_review_score_scored_or_said_why")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "review_id"],
            ["cm_review.authority_id", "cm_review.id"],
            name=op.f("fk_cm_review_score_authority_id_review_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_review_score_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_review_score_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_review_score")),
        sa.UniqueConstraint("review_id", "measure", name=op.f("uq_cm_review_score_review_id_measure")),
    )
    op.create_index(op.f("ix_cm_review_score_authority_id"), "cm_review_score", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_review_score_young_person_id"), "cm_review_score", ["young_person_id"], unique=False)
    op.create_table(
        "cm_session",
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=True),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("joint", sa.Boolean(), nullable=False),
        sa.Column("mentor_drove", sa.Boolean(), nullable=False),
        sa.Column("adults_present", sa.String(length=300), nullable=False),
        sa.Column("planned_measures", sa.JSON(), nullable=False),
        sa.Column("intention", sa.Text(), nullable=False),
        sa.Column("done", sa.Text(), nullable=False),
        sa.Column("art_form", sa.String(length=60), nullable=False),
        sa.Column("impact", sa.JSON(), nullable=False),
        sa.Column("words_said", sa.Text(), nullable=False),
        sa.Column("chargeable", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('held', 'shortened', 'absent', 'cancelled_by_young_person', "
            "'cancelled_by_mentor', 'postponed', 'ended_for_safety', 'left') OR outcome IS NULL",
            name=op.f("ck_cm_session_outcome_known"),
        ),
        sa.CheckConstraint(
            "place IN ('home', 'school', 'community', 'online', 'other')", name=op.f("ck_cm_session_place_known")
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_cm_session_some_time")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_cm_session_ends_after_it_starts")),
        sa.ForeignKeyConstraint(
            ["authority_id", "commission_id"],
            ["cm_commission.authority_id", "cm_commission.id"],
            name=op.f("fk_cm_session_authority_id_commission_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "enrolment_id"],
            ["cm_enrolment.authority_id", "cm_enrolment.id"],
            name=op.f("fk_cm_session_authority_id_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_session_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_session_authority_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f("fk_cm_session_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_session")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_session_authority_id_id")),
    )
    op.create_index(op.f("ix_cm_session_authority_id"), "cm_session", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_session_commission_id"), "cm_session", ["commission_id"], unique=False)
    op.create_index(op.f("ix_cm_session_enrolment_id"), "cm_session", ["enrolment_id"], unique=False)
    op.create_index("ix_cm_session_latest", "cm_session", ["authority_id", "starts_at", "id"], unique=False)
    op.create_index("ix_cm_session_newest", "cm_session", ["starts_at", "id"], unique=False)
    op.create_index("ix_cm_session_of_mentor", "cm_session", ["mentor_id", "starts_at"], unique=False)
    op.create_index("ix_cm_session_of_person", "cm_session", ["young_person_id", "starts_at"], unique=False)
    keep_to_authority("cm_session")
    also_seen("cm_session", BUSY)
    keep_to_authority("cm_review")
    keep_to_authority("cm_review_score")


def downgrade() -> None:
    """Take the tables away again."""
    op.drop_index("ix_cm_session_of_person", table_name="cm_session")
    op.drop_index("ix_cm_session_of_mentor", table_name="cm_session")
    op.drop_index("ix_cm_session_newest", table_name="cm_session")
    op.drop_index("ix_cm_session_latest", table_name="cm_session")
    op.drop_index(op.f("ix_cm_session_enrolment_id"), table_name="cm_session")
    op.drop_index(op.f("ix_cm_session_commission_id"), table_name="cm_session")
    op.drop_index(op.f("ix_cm_session_authority_id"), table_name="cm_session")
    op.drop_table("cm_session")
    op.drop_index(op.f("ix_cm_review_score_young_person_id"), table_name="cm_review_score")
    op.drop_index(op.f("ix_cm_review_score_authority_id"), table_name="cm_review_score")
    op.drop_table("cm_review_score")
    op.drop_index(op.f("ix_cm_review_young_person_id"), table_name="cm_review")
    op.drop_index(op.f("ix_cm_review_superseded_by_id"), table_name="cm_review")
    op.drop_index("ix_cm_review_pairing", table_name="cm_review")
    op.drop_index(op.f("ix_cm_review_authority_id"), table_name="cm_review")
    op.drop_table("cm_review")
