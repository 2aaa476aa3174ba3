"""What was given out of the account, so that a later one tells nothing beside it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from cmcore.api import keep_to_authority

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RELEASE, COHORT = "cmp_attachment_aware_release", "cmp_attachment_aware_cohort"
_SUMS = ("before_number", "before_out_of", "after_number", "after_out_of")


def _number(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _check(name: str, said: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(said, name=op.f(f"ck_{RELEASE}_{name}"))


def upgrade() -> None:
    """Make the table and guard it."""
    op.create_table(
        RELEASE,
        _number("id"),
        _number("version"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        _number("authority_id"),
        _number("attachment_aware_cohort_id"),
        sa.Column("indicator", sa.String(length=40), nullable=False),
        *(_number(name) for name in ("schools", "counted", *_SUMS)),
        sa.Column("given_out_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{RELEASE}")),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{RELEASE}_authority_id")),
        sa.ForeignKeyConstraint(
            ["authority_id", "attachment_aware_cohort_id"],
            [f"{COHORT}.authority_id", f"{COHORT}.id"],
            name=op.f(f"fk_{RELEASE}_authority_id_attachment_aware_cohort_id"),
        ),
        _check("indicator_known", "indicator IN ('suspensions', 'exclusions', 'attendance')"),
        _check("of_schools", "counted >= 1 AND schools >= counted"),
        _check("counted_before", "before_number >= 0 AND before_out_of >= 1"),
        _check("counted_after", "after_number >= 0 AND after_out_of >= 1"),
    )
    for column in ("authority_id", "attachment_aware_cohort_id"):
        op.create_index(f"ix_{RELEASE}_{column}", RELEASE, [column])
    keep_to_authority(RELEASE)


def downgrade() -> None:
    """Take it away again."""
    op.drop_table(RELEASE)
