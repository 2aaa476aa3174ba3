"""Saved cohorts, and the tables of evidence that were given out."""

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""


def downgrade() -> None:
    """Take the tables away."""
