"""Where a setting lies on a map, as the public register says."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for the two numbers; they are filled when the register is brought in next."""
    op.add_column("cm_setting", sa.Column("easting", sa.Integer(), nullable=True))
    op.add_column("cm_setting", sa.Column("northing", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("cm_setting", "northing")
    op.drop_column("cm_setting", "easting")
