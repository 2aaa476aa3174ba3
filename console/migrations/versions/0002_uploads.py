"""Files that were given and wait to be confirmed, for an hour at most."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.records import Instant

revision = "console_0002"
down_revision = "console_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "console_upload",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("importer", sa.String(40), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index("ix_console_upload_account", "console_upload", ["account_id"])
    op.create_index("ix_console_upload_expires", "console_upload", ["expires_at"])


def downgrade() -> None:
    """Take the table away again."""
    op.drop_table("console_upload")
