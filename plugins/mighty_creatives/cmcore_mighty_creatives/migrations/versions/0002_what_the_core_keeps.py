"""Reflective sessions, and who has read the risk assessment, go to the core, which keeps them for every provider."""

import sqlalchemy as sa
from alembic import op

from cmcore.api import keep_to_authority

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

READING, REFLECTIVE = "cmp_mighty_creatives_reading", "cmp_mighty_creatives_reflective"
#: What the risk assessment that was read is called there; its hazards stood on paper.
ACTIVITY, TEMPLATE = "Creative mentoring, one to one", "Induction pack of The Mighty Creatives"
_STAMPS = "created_at, changed_at"


def upgrade() -> None:
    """Move them over, within each authority, and take away what is empty then."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    none, yes = ("'[]'::json", "true") if postgresql else ("'[]'", "1")
    if postgresql:
        # Row-level security holds for whoever migrates, too: every authority is named for this transaction.
        everywhere = "SELECT string_agg(chain::text, ',') FROM cm_audit_head"
        op.execute(f"SELECT set_config('cm.authorities', coalesce(({everywhere}), ''), true)")
    op.execute(
        "INSERT INTO cm_supervision (authority_id, mentor_id, kind_of_support, held_on, led_by, attendance, version, "
        f"{_STAMPS}) SELECT authority_id, mentor_id, support, held_on, led_by, 'came', 1, {_STAMPS} "
        f"FROM {REFLECTIVE} r WHERE NOT EXISTS (SELECT 1 FROM cm_supervision s WHERE s.authority_id = r.authority_id "
        "AND s.mentor_id = r.mentor_id AND s.held_on = r.held_on AND s.kind_of_support = r.support)"
    )
    op.execute(
        "INSERT INTO cm_risk_assessment (authority_id, activity, template, hazards, exclusions, trained, "
        f"for_everybody, made_on, version, {_STAMPS}) SELECT authority_id, '{ACTIVITY}', '{TEMPLATE}', {none}, {none}, "
        f"'', {yes}, min(asked_on), 1, min(created_at), max(changed_at) FROM {READING} "
        "WHERE paper = 'risk_assessment' AND read_on IS NOT NULL GROUP BY authority_id"
    )
    op.execute(
        "INSERT INTO cm_assessment_read (authority_id, assessment_id, mentor_id, read_on, recorded_by, version, "
        f"{_STAMPS}) SELECT r.authority_id, a.id, r.mentor_id, min(r.read_on), max(r.recorded_by), 1, "
        f"min(r.created_at), max(r.changed_at) FROM {READING} r JOIN cm_risk_assessment a "
        f"ON a.authority_id = r.authority_id AND a.template = '{TEMPLATE}' "
        "WHERE r.paper = 'risk_assessment' AND r.read_on IS NOT NULL GROUP BY r.authority_id, a.id, r.mentor_id"
    )
    op.execute(f"DELETE FROM {READING} WHERE paper = 'risk_assessment'")
    op.drop_table(REFLECTIVE)


def downgrade() -> None:
    """Make the table again; what the core keeps by now stays there."""
    op.create_table(
        REFLECTIVE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("support", sa.String(length=40), nullable=False),
        sa.Column("led_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["cm_authority.id"], name=op.f(f"fk_{REFLECTIVE}_authority_id")),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f(f"fk_{REFLECTIVE}_mentor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{REFLECTIVE}")),
        sa.UniqueConstraint(
            "authority_id", "mentor_id", "held_on", name=op.f(f"uq_{REFLECTIVE}_authority_id_mentor_id_held_on")
        ),
        sa.CheckConstraint("support IN ('reflective', 'one_to_one')", name=op.f(f"ck_{REFLECTIVE}_support_known")),
    )
    op.create_index(f"ix_{REFLECTIVE}_held_on", REFLECTIVE, ["held_on"])
    for column in ("authority_id", "mentor_id"):
        op.create_index(f"ix_{REFLECTIVE}_{column}", REFLECTIVE, [column])
    keep_to_authority(REFLECTIVE)
