"""Where plugins are switched on, and what went wrong in them."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        "cm_plugin_switch",
        sa.Column("plugin", sa.String(length=60), nullable=False),
        sa.Column("programme", sa.String(length=60), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_plugin_switch_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_plugin_switch")),
        sa.UniqueConstraint(
            "authority_id", "plugin", "programme", name=op.f("uq_cm_plugin_switch_authority_id_plugin_programme")
        ),
    )
    op.create_index("ix_cm_plugin_switch_authority_id", "cm_plugin_switch", ["authority_id"], unique=False)
    op.create_table(
        "cm_plugin_health",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plugin", sa.String(length=60), nullable=False),
        sa.Column("hook", sa.String(length=80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_plugin_health")),
        sa.UniqueConstraint("plugin", "hook", name=op.f("uq_cm_plugin_health_plugin_hook")),
    )
    keep_to_authority("cm_plugin_switch")


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("cm_plugin_health")
    op.drop_table("cm_plugin_switch")
