"""The story of a young person."""

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and guard them."""


def downgrade() -> None:
    """Take the tables away."""
