"""Who confirmed which column of a file is which, and when something was last brought in by it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_TABLE = "cm_column_mapping"


def upgrade() -> None:
    """Make room for both. What was confirmed earlier counts as used when it was last changed."""
    op.add_column(_TABLE, sa.Column("confirmed_by", sa.String(length=120), nullable=False, server_default=""))
    op.add_column(_TABLE, sa.Column("last_used_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    op.drop_column(_TABLE, "last_used_on")
    op.drop_column(_TABLE, "confirmed_by")
