"""Messages that leave the system."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and guard it."""
    op.create_table(
        "cm_message",
        sa.Column("kind_of_message", sa.String(length=40), nullable=False),
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind_of_message IN ('digest', 'expiry', 'concern')", name=op.f("ck_cm_message_kind_of_message_known")
        ),
        sa.CheckConstraint("sent_at IS NULL OR dropped_at IS NULL", name=op.f("ck_cm_message_sent_or_dropped")),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f("fk_cm_message_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cm_message")),
        sa.UniqueConstraint("login", "kind_of_message", "key", name=op.f("uq_cm_message_login_kind_of_message_key")),
    )
    op.create_index("ix_cm_message_authority_id", "cm_message", ["authority_id"], unique=False)
    op.create_index("ix_cm_message_waiting", "cm_message", ["authority_id", "sent_at", "dropped_at"], unique=False)
    keep_to_authority("cm_message")


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("cm_message")
