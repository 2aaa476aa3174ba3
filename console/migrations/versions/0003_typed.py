"""What somebody had typed when their sign-in ended, so that it opens again when they come back in."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.records import Instant

revision = "console_0003"
down_revision = "console_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "console_typed",
        sa.Column(
            "account_id",
            sa.Integer(),
            sa.ForeignKey("ab_user.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("path", sa.String(500), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("console_typed")
