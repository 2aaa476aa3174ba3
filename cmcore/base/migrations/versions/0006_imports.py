"""Imports with what each changed."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_import_run",
        sa.Column("importer", sa.String(length=40), nullable=False),
        sa.Column("as_at", sa.Date(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by", sa.String(length=120), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by", sa.String(length=120), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_import_run_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_import_run")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_import_run_authority_id_id")),
    )
    op.create_index(op.f("ix_cm_import_run_authority_id"), "cm_import_run", ["authority_id"], unique=False)
    op.create_table(
        "cm_import_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("kind_of_record", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id", "run_id"],
            ["cm_import_run.authority_id", "cm_import_run.id"],
            name=op.f("fk_cm_import_change_authority_id_run_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_import_change_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_import_change")),
    )
    op.create_index(op.f("ix_cm_import_change_authority_id"), "cm_import_change", ["authority_id"], unique=False)
    op.create_index("ix_cm_import_change_record", "cm_import_change", ["kind_of_record", "record_id"], unique=False)
    op.create_index(op.f("ix_cm_import_change_run_id"), "cm_import_change", ["run_id"], unique=False)
    keep_to_authority("cm_import_run")
    keep_to_authority("cm_import_change")


def downgrade() -> None:
    """Take the tables away again."""
    op.drop_index(op.f("ix_cm_import_change_run_id"), table_name="cm_import_change")
    op.drop_index("ix_cm_import_change_record", table_name="cm_import_change")
    op.drop_index(op.f("ix_cm_import_change_authority_id"), table_name="cm_import_change")
    op.drop_table("cm_import_change")
    op.drop_index(op.f("ix_cm_import_run_authority_id"), table_name="cm_import_run")
    op.drop_table("cm_import_run")
