"""Long work in the background with its progress and files, and an authority's own Word template of a report."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def _task() -> None:
    op.create_table(
        "cm_task",
        sa.Column("kind_of_task", sa.String(length=40), nullable=False),
        sa.Column("once", sa.String(length=80), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("asked_by_login", sa.String(length=120), nullable=False),
        sa.Column("stop_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.String(length=600), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("result_kind", sa.String(length=60), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_task_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_task")),
        sa.UniqueConstraint("authority_id", "id", name=op.f("uq_cm_task_authority_id_id")),
        sa.UniqueConstraint(
            "authority_id", "kind_of_task", "once", name=op.f("uq_cm_task_authority_id_kind_of_task_once")
        ),
    )
    op.create_index("ix_cm_task_authority_id", "cm_task", ["authority_id"], unique=False)
    op.create_index("ix_cm_task_waiting", "cm_task", ["authority_id", "state", "asked_at"], unique=False)
    op.create_index("ix_cm_task_asked_by", "cm_task", ["asked_by_login", "asked_at"], unique=False)
    keep_to_authority("cm_task")


def _progress() -> None:
    op.create_table(
        "cm_task_progress",
        sa.Column("task_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("checkpoint", sa.JSON(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_task_progress_authority_id")),
        sa.ForeignKeyConstraint(
            ["authority_id", "task_id"],
            ["cm_task.authority_id", "cm_task.id"],
            name=op.f("fk_cm_task_progress_authority_id_task_id"),
        ),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_cm_task_progress")),
    )
    op.create_index("ix_cm_task_progress_authority_id", "cm_task_progress", ["authority_id"], unique=False)
    keep_to_authority("cm_task_progress")


def _file() -> None:
    op.create_table(
        "cm_task_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("part IN ('given', 'piece', 'result')", name=op.f("ck_cm_task_file_part_known")),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_task_file_authority_id")),
        sa.ForeignKeyConstraint(
            ["authority_id", "task_id"],
            ["cm_task.authority_id", "cm_task.id"],
            name=op.f("fk_cm_task_file_authority_id_task_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_task_file")),
        sa.UniqueConstraint("task_id", "part", "number", name=op.f("uq_cm_task_file_task_id_part_number")),
    )
    op.create_index("ix_cm_task_file_authority_id", "cm_task_file", ["authority_id"], unique=False)
    op.create_index("ix_cm_task_file_task_id", "cm_task_file", ["task_id"], unique=False)
    op.create_index("ix_cm_task_file_expires", "cm_task_file", ["authority_id", "expires_at"], unique=False)
    keep_to_authority("cm_task_file")


def _template() -> None:
    op.create_table(
        "cm_report_template",
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kept_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_report_template_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_report_template")),
        sa.UniqueConstraint("authority_id", name=op.f("uq_cm_report_template_authority_id")),
    )
    op.create_index("ix_cm_report_template_authority_id", "cm_report_template", ["authority_id"], unique=False)
    keep_to_authority("cm_report_template")


def upgrade() -> None:
    """Make the tables and guard them."""
    _task()
    _progress()
    _file()
    _template()


def downgrade() -> None:
    """Take the tables away, what points at others first."""
    for table in ("cm_report_template", "cm_task_file", "cm_task_progress", "cm_task"):
        op.drop_table(table)
