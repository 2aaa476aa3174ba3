"""Activity reports, and what a session knows of the one it stands in."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and guard it; sessions so far stand in no report."""
    op.create_table(
        "cm_activity_report",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.String(length=120), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_cm_activity_report_in_order")),
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f("fk_cm_activity_report_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "commission_id"],
            ["cm_commission.authority_id", "cm_commission.id"],
            name=op.f("fk_cm_activity_report_authority_id_commission_id"),
        ),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f("fk_cm_activity_report_mentor_id")),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_activity_report_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_activity_report")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_activity_report_authority_id_id")),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_activity_report_ref")),
    )
    for columns in (["authority_id"], ["mentor_id"], ["young_person_id"]):
        op.create_index(f"ix_cm_activity_report_{columns[0]}", "cm_activity_report", columns, unique=False)
    op.create_index(
        "ix_cm_activity_report_of_commission", "cm_activity_report", ["commission_id", "starts_on"], unique=False
    )
    op.create_index(
        "ix_cm_activity_report_waiting", "cm_activity_report", ["authority_id", "state", "submitted_at"], unique=False
    )
    keep_to_authority("cm_activity_report")
    for name in ("worrying", "settled"):
        op.add_column("cm_session", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("cm_session", sa.Column("activity_report_id", sa.Integer(), nullable=True))
    op.create_index("ix_cm_session_activity_report_id", "cm_session", ["activity_report_id"], unique=False)


def downgrade() -> None:
    """Take the table away, and what sessions know of it."""
    op.drop_index("ix_cm_session_activity_report_id", table_name="cm_session")
    for name in ("activity_report_id", "settled", "worrying"):
        op.drop_column("cm_session", name)
    op.drop_table("cm_activity_report")
