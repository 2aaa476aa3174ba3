"""Plans of education, their targets and cycles."""

import sqlalchemy as sa
from alembic import op

from cmcore.base.migrations.guard import keep_to_authority

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CYCLE, TARGET, CONTRIBUTION = "cm_pep_cycle", "cm_pep_target", "cm_pep_contribution"


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


def _of_cycle(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["authority_id", "pep_cycle_id"],
        [f"{CYCLE}.authority_id", f"{CYCLE}.id"],
        name=op.f(f"fk_{table}_authority_id_pep_cycle_id"),
    )


def _known(table: str, column: str, *codes: str, empty: bool = False) -> sa.CheckConstraint:
    listed = ", ".join(f"'{each}'" for each in codes)
    also = f" OR {column} IS NULL" if empty else ""
    return sa.CheckConstraint(f"{column} IN ({listed}){also}", name=op.f(f"ck_{table}_{column}_known"))


def upgrade() -> None:
    """Make the tables and guard them."""
    op.create_table(
        CYCLE,
        *_kept(),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("term_starts_on", sa.Date(), nullable=False),
        sa.Column("term_ends_on", sa.Date(), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("setting_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("attended_by", sa.JSON(), nullable=False),
        sa.Column("agreed", sa.Text(), nullable=False),
        sa.Column("quality", sa.String(length=40), nullable=True),
        sa.Column("quality_note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        *_of_young_person(CYCLE),
        sa.ForeignKeyConstraint(["setting_id"], ["cm_setting.id"], name=op.f(f"fk_{CYCLE}_setting_id")),
        sa.UniqueConstraint("authority_id", "id", name=op.f(f"uq_{CYCLE}_authority_id_id")),
        sa.UniqueConstraint(
            "authority_id",
            "young_person_id",
            "year",
            "term",
            name=op.f(f"uq_{CYCLE}_authority_id_young_person_id_year_term"),
        ),
        _known(CYCLE, "plan", "pep", "petp"),
        _known(CYCLE, "quality", "red", "amber", "green", empty=True),
        sa.CheckConstraint("term_starts_on <= term_ends_on", name=op.f(f"ck_{CYCLE}_term_in_order")),
    )
    op.create_index(f"ix_{CYCLE}_of_term", CYCLE, ["authority_id", "year", "term", "state"])
    op.create_index(f"ix_{CYCLE}_due", CYCLE, ["authority_id", "state", "due_on"])
    op.create_index(f"ix_{CYCLE}_setting_id", CYCLE, ["setting_id"])
    op.create_table(
        TARGET,
        *_kept(),
        sa.Column("pep_cycle_id", sa.Integer(), nullable=False),
        sa.Column("kind_of_target", sa.String(length=40), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=True),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("review_note", sa.Text(), nullable=False),
        *_of_young_person(TARGET),
        _of_cycle(TARGET),
        sa.UniqueConstraint("authority_id", "id", name=op.f(f"uq_{TARGET}_authority_id_id")),
        _known(TARGET, "kind_of_target", "academic", "holistic", "cultural"),
        _known(TARGET, "outcome", "met", "partly", "not_met", "dropped", empty=True),
        sa.CheckConstraint("(outcome IS NULL) = (reviewed_on IS NULL)", name=op.f(f"ck_{TARGET}_outcome_has_its_day")),
    )
    op.create_index(f"ix_{TARGET}_open", TARGET, ["young_person_id", "outcome"])
    op.create_table(
        CONTRIBUTION,
        *_kept(),
        sa.Column("pep_cycle_id", sa.Integer(), nullable=False),
        sa.Column("mentor_id", sa.Integer(), nullable=True),
        sa.Column("written_by", sa.String(length=120), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("suggests", sa.Text(), nullable=False),
        sa.Column("words_said", sa.Text(), nullable=False),
        sa.Column("comes", sa.Boolean(), nullable=False),
        *_of_young_person(CONTRIBUTION),
        _of_cycle(CONTRIBUTION),
        sa.ForeignKeyConstraint(["mentor_id"], ["cm_mentor.id"], name=op.f(f"fk_{CONTRIBUTION}_mentor_id")),
    )
    op.create_index(f"ix_{CONTRIBUTION}_mentor_id", CONTRIBUTION, ["mentor_id"])
    for table in (CYCLE, TARGET, CONTRIBUTION):
        op.create_index(f"ix_{table}_authority_id", table, ["authority_id"])
        op.create_index(f"ix_{table}_young_person_id", table, ["young_person_id"])
        keep_to_authority(table)
    for table in (TARGET, CONTRIBUTION):
        op.create_index(f"ix_{table}_pep_cycle_id", table, ["pep_cycle_id"])


def downgrade() -> None:
    """Take the tables away."""
    for table in (CONTRIBUTION, TARGET, CYCLE):
        op.drop_table(table)
