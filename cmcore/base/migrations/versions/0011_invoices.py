"""Invoices with their lines."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_invoice",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("total_pence", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.String(length=120), nullable=False),
        sa.Column("submitted_by_login", sa.String(length=120), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(length=120), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("credits_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.CheckConstraint("starts_on <= ends_on", name=op.f("ck_cm_invoice_in_order")),
        sa.ForeignKeyConstraint(
            ["authority_id", "credits_id"],
            ["cm_invoice.authority_id", "cm_invoice.id"],
            name=op.f("fk_cm_invoice_authority_id_credits_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_invoice_authority_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f("fk_cm_invoice_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_invoice")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_invoice_authority_id_id")),
        sa.UniqueConstraint(
            "authority_id", "mentor_id", "number", name=op.f("uq_cm_invoice_authority_id_mentor_id_number")
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_cm_invoice_ref")),
    )
    for column in ("authority_id", "mentor_id", "credits_id"):
        op.create_index(f"ix_cm_invoice_{column}", "cm_invoice", [column], unique=False)
    op.create_index("ix_cm_invoice_waiting", "cm_invoice", ["authority_id", "state", "submitted_at"], unique=False)
    op.create_table(
        "cm_invoice_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("session_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("rate_pence", sa.Integer(), nullable=False),
        sa.Column("amount_pence", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_cm_invoice_line_some_time")),
        sa.ForeignKeyConstraint(
            ["authority_id", "invoice_id"],
            ["cm_invoice.authority_id", "cm_invoice.id"],
            name=op.f("fk_cm_invoice_line_authority_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["authority_id", "commission_id"],
            ["cm_commission.authority_id", "cm_commission.id"],
            name=op.f("fk_cm_invoice_line_authority_id_commission_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_invoice_line_authority_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f("fk_cm_invoice_line_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_invoice_line")),
        sa.UniqueConstraint(
            "invoice_id",
            "commission_id",
            "session_on",
            name=op.f("uq_cm_invoice_line_invoice_id_commission_id_session_on"),
        ),
    )
    for column in ("authority_id", "mentor_id"):
        op.create_index(f"ix_cm_invoice_line_{column}", "cm_invoice_line", [column], unique=False)
    op.create_index("ix_cm_invoice_line_billed", "cm_invoice_line", ["commission_id", "session_on"], unique=False)
    keep_to_authority("cm_invoice")
    keep_to_authority("cm_invoice_line")


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("cm_invoice_line")
    op.drop_table("cm_invoice")
