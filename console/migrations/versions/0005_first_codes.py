"""One-time codes with which somebody chooses a password of their own: hashed, and who gave them."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.records import Instant

revision = "console_0005"
down_revision = "console_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "console_first_code",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("ab_user.id", ondelete="CASCADE"), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(64), unique=True),
        sa.Column("opening", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(120), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant()),
    )
    op.create_index("ix_console_first_code_account", "console_first_code", ["account_id"])
    op.create_index("ix_console_first_code_made", "console_first_code", ["authority_id", "made_at"])


def downgrade() -> None:
    """Drop the table. Whoever has not used a code needs a password set at the command line."""
    op.drop_table("console_first_code")
