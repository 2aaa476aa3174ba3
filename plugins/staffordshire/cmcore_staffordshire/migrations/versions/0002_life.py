"""Music lessons, clubs, work experience, and the Virtual School Council."""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""


def downgrade() -> None:
    """Take the tables away."""
