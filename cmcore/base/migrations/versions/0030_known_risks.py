"""Known risks of young people, and which mentors were briefed of them."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

RISK, BRIEFING = "cm_known_risk", "cm_risk_briefing"


def _kept() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("young_person_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
    ]


def _of_young_person(table: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(
            ["authority_id", "young_person_id"],
            ["cm_young_person.authority_id", "cm_young_person.id"],
            name=op.f(f"fk_{table}_authority_id_young_person_id"),
        ),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{table}_authority_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def upgrade() -> None:
    """Make both tables and guard them."""
    op.create_table(
        RISK,
        sa.Column("risk", sa.Text(), nullable=False),
        sa.Column("managed", sa.Text(), nullable=False),
        sa.Column("rag", sa.String(length=40), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.Text(), nullable=False),
        *_kept(),
        *_of_young_person(RISK),
        sa.UniqueConstraint("authority_id", "id", name=op.f(f"uq_{RISK}_authority_id_id")),
        sa.CheckConstraint("rag IN ('red', 'amber', 'green')", name=op.f(f"ck_{RISK}_rag_known")),
        sa.CheckConstraint("known_on <= review_on", name=op.f(f"ck_{RISK}_review_after")),
        sa.CheckConstraint("ended_on IS NULL OR known_on <= ended_on", name=op.f(f"ck_{RISK}_in_order")),
    )
    op.create_index(f"ix_{RISK}_open", RISK, ["authority_id", "ended_on", "review_on"])
    op.create_table(
        BRIEFING,
        sa.Column("known_risk_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("briefed_on", sa.Date(), nullable=False),
        sa.Column("briefed_by", sa.String(length=120), nullable=False),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        *_kept(),
        *_of_young_person(BRIEFING),
        sa.ForeignKeyConstraint(
            ["authority_id", "known_risk_id"],
            [f"{RISK}.authority_id", f"{RISK}.id"],
            name=op.f(f"fk_{BRIEFING}_authority_id_known_risk_id"),
        ),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f(f"fk_{BRIEFING}_mentor_id")),
    )
    op.create_index(f"ix_{BRIEFING}_known_risk_id", BRIEFING, ["known_risk_id"])
    op.create_index(f"ix_{BRIEFING}_mentor_id", BRIEFING, ["mentor_id"])
    for table in (RISK, BRIEFING):
        op.create_index(f"ix_{table}_authority_id", table, ["authority_id"])
        op.create_index(f"ix_{table}_young_person_id", table, ["young_person_id"])
        keep_to_authority(table)


def downgrade() -> None:
    """Take both tables away."""
    for table in (BRIEFING, RISK):
        op.drop_table(table)
