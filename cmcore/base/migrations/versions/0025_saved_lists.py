"""How somebody keeps a list: its filters, order and columns, for themselves, for a role or for everybody."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and guard it."""
    op.create_table(
        "cm_saved_list",
        sa.Column("list_key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("for_whom", sa.String(length=10), nullable=False),
        sa.Column("role_key", sa.String(length=40), nullable=False),
        sa.Column("asks", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("for_whom IN ('me', 'role', 'team')", name=op.f("ck_cm_saved_list_for_whom_known")),
        sa.CheckConstraint("(for_whom = 'role') = (role_key <> '')", name=op.f("ck_cm_saved_list_role_named")),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_saved_list_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_saved_list")),
        sa.UniqueConstraint(
            "authority_id",
            "login",
            "list_key",
            "for_whom",
            "role_key",
            "name",
            name="uq_cm_saved_list_named_once",
        ),
    )
    op.create_index("ix_cm_saved_list_authority_id", "cm_saved_list", ["authority_id"], unique=False)
    op.create_index("ix_cm_saved_list_login", "cm_saved_list", ["login"], unique=False)
    keep_to_authority("cm_saved_list")


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("cm_saved_list")
