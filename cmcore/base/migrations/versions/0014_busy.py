"""Whether a mentor is busy elsewhere is answered by a function, and no row of another authority is ever readable."""

from cmcore.base.migrations.guard import also_seen, answer, drop_functions, not_also_seen

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BUSY = "mentor_id = (SELECT nullif(current_setting('cm.mentor', true), '')::int)"


def upgrade() -> None:
    """Put the function in the place of the policy, which also stood in the way of the index in every other question."""
    not_also_seen("cm_session")
    drop_functions("cm_mentor_busy")
    answer(
        "cm_mentor_busy",
        "mentor integer, from_at timestamptz, until_at timestamptz, but integer, free text[]",
        "EXISTS (SELECT 1 FROM cm_session WHERE mentor_id = mentor AND starts_at < until_at AND ends_at > from_at "
        "AND (outcome IS NULL OR outcome <> ALL (free)) AND id IS DISTINCT FROM but)",
    )


def downgrade() -> None:
    """Put the policy back."""
    drop_functions("cm_mentor_busy")
    also_seen("cm_session", BUSY)
