"""How somebody keeps a list."""

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""


def downgrade() -> None:
    """Take the tables away."""
