"""Drafts of sessions; what got in the way of one, by whose clock it was written, and from which page it was sent."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and guard it; sessions so far were written by England's clock."""
    op.create_table(
        "cm_session_draft",
        sa.Column("began_by", sa.String(length=120), nullable=False),
        sa.Column("draft_of", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("week_on", sa.Date(), nullable=True),
        sa.Column("young_person_id", sa.Integer(), nullable=True),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "draft_of IN ('session', 'plan', 'record', 'week')", name=op.f("ck_cm_session_draft_draft_of_known")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_session_draft_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_session_draft_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_session_draft")),
        sa.UniqueConstraint("began_by", "mark", name=op.f("uq_cm_session_draft_began_by_mark")),
    )
    op.create_index("ix_cm_session_draft_authority_id", "cm_session_draft", ["authority_id"], unique=False)
    op.create_index("ix_cm_session_draft_young_person_id", "cm_session_draft", ["young_person_id"], unique=False)
    keep_to_authority("cm_session_draft")
    op.add_column("cm_session", sa.Column("zone", sa.String(length=40), nullable=False, server_default="Europe/London"))
    op.add_column("cm_session", sa.Column("in_the_way", sa.Text(), nullable=False, server_default=""))
    op.add_column("cm_session", sa.Column("sent_once", sa.String(length=40), nullable=True))
    op.create_index("ix_cm_session_sent_once", "cm_session", ["sent_once"], unique=True)


def downgrade() -> None:
    """Take the table away, and what sessions know since."""
    op.drop_index("ix_cm_session_sent_once", table_name="cm_session")
    for name in ("sent_once", "in_the_way", "zone"):
        op.drop_column("cm_session", name)
    op.drop_table("cm_session_draft")
