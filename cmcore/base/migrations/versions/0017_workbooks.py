"""Workbooks of lists brought in, and the rows held back."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _of_run(table: str) -> list[sa.schema.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["authority_id", "run_id"],
            ["cm_import_run.authority_id", "cm_import_run.id"],
            name=op.f(f"fk_{table}_authority_id_run_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """Say of an import who brought it in and of what; make the tables and guard them."""
    op.add_column("cm_import_run", sa.Column("login", sa.String(length=120), nullable=False, server_default=""))
    op.add_column("cm_import_run", sa.Column("of_kind", sa.String(length=60), nullable=False, server_default=""))
    op.create_table(
        "cm_workbook_row",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("kind_of_record", sa.String(length=60), nullable=False),
        sa.Column("act", sa.String(length=80), nullable=False),
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("sheet", sa.String(length=40), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=120), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'mended', 'left_out')", name=op.f("ck_cm_workbook_row_state_known")),
        *_of_run("cm_workbook_row"),
    )
    op.create_index(op.f("ix_cm_workbook_row_authority_id"), "cm_workbook_row", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_workbook_row_run_id"), "cm_workbook_row", ["run_id"], unique=False)
    op.create_index(
        "ix_cm_workbook_row_waiting", "cm_workbook_row", ["authority_id", "state", "kind_of_record"], unique=False
    )
    op.create_table(
        "cm_workbook_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("kind_of_record", sa.String(length=60), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        *_of_run("cm_workbook_key"),
    )
    op.create_index(op.f("ix_cm_workbook_key_authority_id"), "cm_workbook_key", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_workbook_key_run_id"), "cm_workbook_key", ["run_id"], unique=False)
    op.create_index(
        "ix_cm_workbook_key_row", "cm_workbook_key", ["authority_id", "kind_of_record", "fingerprint"], unique=False
    )
    op.create_table(
        "cm_invoice_headings",
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_invoice_headings_authority_id")
        ),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f("fk_cm_invoice_headings_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_invoice_headings")),
    )
    op.create_index(op.f("ix_cm_invoice_headings_authority_id"), "cm_invoice_headings", ["authority_id"], unique=False)
    op.create_index(op.f("ix_cm_invoice_headings_mentor_id"), "cm_invoice_headings", ["mentor_id"], unique=False)
    op.create_index(
        "uq_cm_invoice_headings_of_mentor", "cm_invoice_headings", ["authority_id", "mentor_id"], unique=True
    )
    for table in ("cm_workbook_row", "cm_workbook_key", "cm_invoice_headings"):
        keep_to_authority(table)


def downgrade() -> None:
    """Take the tables and columns away again."""
    for table in ("cm_invoice_headings", "cm_workbook_key", "cm_workbook_row"):
        op.drop_table(table)
    # SQLite copies a table to lose a column: its foreign keys and guards stay as they are.
    for name in ("of_kind", "login"):
        op.drop_column("cm_import_run", name)
