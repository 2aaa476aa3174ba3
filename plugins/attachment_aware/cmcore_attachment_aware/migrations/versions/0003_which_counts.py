"""Which counts a line that was given out sums, so that what several lines together would tell of a school is known."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

RELEASE = "cmp_attachment_aware_release"


def upgrade() -> None:
    """Make room for them; of lines that are out already it is not known."""
    op.add_column(RELEASE, sa.Column("which", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column(RELEASE, "which")
