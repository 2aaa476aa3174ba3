"""Which accounts have a password that somebody else set, and is to be changed when they first sign in."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.records import Instant

revision = "console_0004"
down_revision = "console_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "console_first_password",
        sa.Column(
            "account_id",
            sa.Integer(),
            sa.ForeignKey("ab_user.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("set_at", Instant(), nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("console_first_password")
